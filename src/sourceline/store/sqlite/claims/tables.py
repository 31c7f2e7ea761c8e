"""The tables that claims are kept in: the statements of their migration."""

from __future__ import annotations

STATEMENTS = (
    # documents that changed since they were matched: at first all
    "CREATE TABLE unmatched (document INTEGER PRIMARY KEY REFERENCES documents)",
    "INSERT INTO unmatched SELECT document FROM documents",
    "CREATE TABLE matcher (label TEXT NOT NULL)",
    # of each version's mentions, as it was read: they cannot be made again from the reading
    "CREATE TABLE meanings (version INTEGER PRIMARY KEY REFERENCES versions, vectors BLOB NOT NULL)",
    # one a document: of the version that counts. A mention's number is the version's row, shifted, and its place
    """CREATE TABLE articles (
        version INTEGER PRIMARY KEY REFERENCES versions, at INTEGER NOT NULL, article BLOB NOT NULL)""",
    # four bytes of the ids of mentions, and of what they lie in
    """CREATE TABLE addresses (
        id INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (id, version)) WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE candidates USING fts5 (
        keys, content='', columnsize=0, detail=none, tokenize='ascii')""",
    "INSERT INTO candidates (candidates, rank) VALUES ('automerge', 8)",
    "CREATE TABLE repeats (mention INTEGER PRIMARY KEY, node INTEGER NOT NULL)",
    "CREATE INDEX repeats_by_node ON repeats (node)",
    # each link twice, once from either end
    """CREATE TABLE links (
        mention INTEGER NOT NULL,
        other INTEGER NOT NULL,
        relation INTEGER NOT NULL,
        probability INTEGER NOT NULL,
        opposite INTEGER NOT NULL,
        weighed INTEGER NOT NULL,
        reasons INTEGER NOT NULL,
        PRIMARY KEY (mention, other)) WITHOUT ROWID""",
    """CREATE TABLE ties (
        mention INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (mention, other)) WITHOUT ROWID""",
    """CREATE TABLE constraints (
        judgement TEXT NOT NULL,
        mention INTEGER NOT NULL,
        other INTEGER NOT NULL,
        same INTEGER NOT NULL,
        PRIMARY KEY (mention, other, judgement)) WITHOUT ROWID""",
    "CREATE INDEX constraints_by_judgement ON constraints (judgement)",
    # counted: what tracing found, nothing since the claim was touched; articles, outlets, first, last: likewise
    """CREATE TABLE claims (
        claim INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        statement TEXT NOT NULL,
        quantity TEXT,
        articles INTEGER,
        outlets INTEGER,
        first INTEGER,
        last INTEGER,
        counted BLOB)""",
    "CREATE INDEX claims_by_id ON claims (id)",
    "CREATE INDEX claims_by_size ON claims (articles DESC, id)",
    "CREATE TABLE members (node INTEGER PRIMARY KEY, claim INTEGER NOT NULL REFERENCES claims, part BLOB NOT NULL)",
    "CREATE TABLE reasons (reason INTEGER PRIMARY KEY, words TEXT NOT NULL UNIQUE)",
    "CREATE INDEX members_by_claim ON members (claim)",
    """CREATE VIRTUAL TABLE statements USING fts5 (
        statement, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')""",
)
