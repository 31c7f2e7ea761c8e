"""Claims in a SQLite ledger: articles, candidates, links, clusters."""
