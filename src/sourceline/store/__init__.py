"""Where a ledger is kept: one contract, and the stores that fulfil it."""
