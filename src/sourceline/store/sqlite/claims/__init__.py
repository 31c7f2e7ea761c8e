"""Claims in a SQLite ledger: articles, candidates, links, clusters."""

from sourceline.store.sqlite.claims.store import SqliteClaims

__all__ = ["SqliteClaims"]
