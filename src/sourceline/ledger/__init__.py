"""The ledger: articles kept with their evidence, read once, found again."""
