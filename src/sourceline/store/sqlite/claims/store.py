"""`ClaimStore` in one SQLite file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sourceline.model.claim import Article
from sourceline.model.link import Constraint, Link
from sourceline.model.query import ClaimSummary, Page
from sourceline.store.claim_contract import Cluster, Counted
from sourceline.store.sqlite.claims import articles, candidates, clusters, links, pending
from sourceline.store.sqlite.claims.candidates import Candidates
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.tallies import IDENTITY

_CHUNK = 400


class SqliteClaims:
    """See `sourceline.store.claim_contract.ClaimStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._candidates = Candidates(database)

    # what is to be done -----------------------------------------------------------------------------------------------

    def matcher(self) -> str | None:
        return pending.matcher(self._database)

    def begin_anew(self, matcher: str) -> None:
        self._database.need_transaction()
        self._candidates.flush()
        pending.begin_anew(self._database, matcher)

    def unmatched(self, limit: int | None = None) -> list[str]:
        return pending.unmatched(self._database, limit)

    def count_unmatched(self) -> int:
        return pending.count_unmatched(self._database)

    def mark_unmatched(self, key: str) -> None:
        self._database.need_transaction()
        pending.mark(self._database, key)

    def mark_matched(self, key: str) -> None:
        self._database.need_transaction()
        pending.settle(self._database, key)

    # articles ---------------------------------------------------------------------------------------------------------

    def matched_version(self, key: str) -> str | None:
        return articles.matched_version(self._database, key)

    def put_article(self, article: Article) -> int:
        self._database.need_transaction()
        return articles.put(self._database, article)

    def drop_article(self, version: str) -> None:
        self._database.need_transaction()
        articles.drop(self._database, version)

    def article(self, version: str) -> tuple[Article, int] | None:
        return articles.load(self._database, version)

    def article_at(self, number: int) -> tuple[Article, int] | None:
        return articles.load_at(self._database, number)

    def articles(self) -> Iterator[tuple[Article, int]]:
        return articles.iterate(self._database)

    def in_order(self, numbers: Collection[int]) -> list[int]:
        return articles.in_order(self._database, numbers)

    def text(self, version: str) -> str | None:
        return articles.load_text(self._database, version)

    def article_number(self, number: int) -> int:
        return articles.first_number(articles.row_of(number)) - 1

    def mentions_with(self, id: str) -> list[int]:
        return articles.mentions_with(self._database, id)

    # candidates -------------------------------------------------------------------------------------------------------

    def add_keys(self, number: int, keys: Collection[str]) -> None:
        self._database.need_transaction()
        self._candidates.add(number, keys)

    def drop_keys(self, number: int, keys: Collection[str]) -> None:
        self._database.need_transaction()
        self._candidates.drop(number, keys)

    def holders(self, key: str, limit: int) -> list[int]:
        return self._candidates.holders(key, limit)

    def add_repeat(self, number: int, node: int) -> None:
        self._database.need_transaction()
        self._database.run("INSERT OR REPLACE INTO repeats VALUES (?, ?)", (number, node))

    def drop_repeat(self, number: int) -> None:
        self._database.need_transaction()
        self._database.run("DELETE FROM repeats WHERE mention = ?", (number,))

    def repeats(self, nodes: Collection[int]) -> dict[int, list[int]]:
        return candidates.repeats(self._database, nodes)

    def sizes(self, nodes: Collection[int]) -> dict[int, int]:
        return candidates.sizes(self._database, nodes)

    def first_repeat(self, node: int) -> int | None:
        return candidates.first_repeat(self._database, node)

    def node_of(self, number: int) -> int | None:
        row = self._database.row("SELECT node FROM repeats WHERE mention = ?", (number,))
        return None if row is None else int(row[0])

    # links ------------------------------------------------------------------------------------------------------------

    def put_links(self, links_: Iterable[Link]) -> None:
        self._database.need_transaction()
        links.put(self._database, links_)

    def drop_links(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._database.need_transaction()
        links.drop(self._database, pairs)

    def links(self, numbers: Collection[int]) -> list[Link]:
        return links.load(self._database, numbers)

    def put_ties(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._database.need_transaction()
        links.put_ties(self._database, pairs)

    def drop_ties(self, number: int) -> list[int]:
        self._database.need_transaction()
        return links.drop_ties(self._database, number)

    def tied(self, numbers: Collection[int]) -> set[int]:
        return links.tied(self._database, numbers)

    def put_constraints(self, judgement: str, constraints: Sequence[Constraint]) -> None:
        self._database.need_transaction()
        links.put_constraints(self._database, judgement, constraints)

    def constraints_of(self, judgement: str) -> list[Constraint]:
        return links.constraints_of(self._database, judgement)

    def constraints(self, numbers: Collection[int]) -> list[Constraint]:
        return links.load_constraints(self._database, numbers)

    # claims -----------------------------------------------------------------------------------------------------------

    def replace_claims(self, nodes: Collection[int], made: Iterable[Cluster]) -> None:
        self._database.need_transaction()
        clusters.replace(self._database, nodes, made)

    def touch(self, nodes: Collection[int]) -> None:
        self._database.need_transaction()
        clusters.touch(self._database, nodes)

    def cluster_with(self, node: int) -> Cluster | None:
        return clusters.load_with(self._database, node)

    def clusters(self) -> Iterator[Cluster]:
        return clusters.iterate(self._database)

    def claims(
        self, text: str | None = None, *, min_outlets: int = 0, limit: int = 50, after: str | None = None
    ) -> Page[ClaimSummary]:
        return clusters.page(self._database, text, min_outlets, max(1, limit), after)

    def put_counted(self, claim: str, counted: Counted) -> None:
        self._database.need_transaction()
        clusters.put_counted(self._database, claim, counted)

    def identities(self, profiles: Collection[str]) -> Mapping[str, str]:
        wanted, found = sorted(profiles), dict[str, str]()
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            found |= dict(
                self._database.rows(f"SELECT p.id, {IDENTITY} FROM profiles p WHERE p.id IN ({marks})", chunk)
            )
        return found
