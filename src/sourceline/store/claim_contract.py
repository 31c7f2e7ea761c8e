"""What a store keeps of claims: articles as matching sees them, where candidates are found, links, and what they add up
to. It decides nothing: what is written here follows from the versions alone and can be made again at any time.

A mention is known by a number that the store gives it with its article; numbers of one article are close together and
say nothing of order in time. A *node* is the mention that stands for all mentions of one wording; the others are its
repeats. Methods that write raise UsageError outside of `Store.writing()`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sourceline.model.claim import Article, Stance
from sourceline.model.link import Constraint, Link
from sourceline.model.query import ClaimSummary, Page
from sourceline.model.trace import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A node's part in a claim."""

    node: int
    stance: Stance
    """Towards the claim."""
    certainty: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A claim of several nodes, or of a wording that stands in several places."""

    id: str
    """That of its earliest mention."""
    statement: str
    members: tuple[Placed, ...]
    """In the order of their nodes' numbers."""
    quantity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What tracing found of a claim, kept for lists."""

    origins: Interval
    marks: tuple[str, ...]


class ClaimStore(Protocol):
    # what is to be done -----------------------------------------------------------------------------------------------

    def matcher(self) -> str | None:
        """What made all that is kept here; None where nothing was made yet."""

    def begin_anew(self, matcher: str) -> None:
        """Forgets all that was made, and marks every document as unmatched."""

    def unmatched(self, limit: int | None = None) -> list[str]:
        """Keys of the documents that changed since they were matched, in order."""

    def count_unmatched(self) -> int: ...

    def mark_unmatched(self, key: str) -> None:
        """Has a document looked at again. The store does so itself when a version comes, goes, or is read or judged
        anew."""

    def mark_matched(self, key: str) -> None: ...

    # articles ---------------------------------------------------------------------------------------------------------

    def matched_version(self, key: str) -> str | None:
        """The version of this document whose article is kept; None where there is none."""

    def put_article(self, article: Article) -> int:
        """Keeps the article of a version; the number of its first mention. The others follow, and the number before it
        is the article's own. Raises NotFound where
        there is no such version or its text was removed, InvalidRecord for words that are not of its text."""

    def drop_article(self, version: str) -> None:
        """Forgets an article; nothing where it is not kept. Its mentions must be no nodes or repeats any more."""

    def article(self, version: str) -> tuple[Article, int] | None:
        """A kept article with the number of its first mention."""

    def article_at(self, number: int) -> tuple[Article, int] | None:
        """The article that holds the mention with this number."""

    def articles(self) -> Iterator[tuple[Article, int]]:
        """All of them, in the order of their first mentions' numbers."""

    def in_order(self, numbers: Collection[int]) -> list[int]:
        """Mentions in the order of their articles' times, then of names, versions and places."""

    def text(self, version: str) -> str | None:
        """The text of a version, without what was read in it; None where it is not there."""

    def article_number(self, number: int) -> int:
        """The article's own number, of a mention: that before its first one's."""

    def mentions_with(self, id: str) -> list[int]:
        """The mentions with this id, or that lie in the attribution or own-voice assertion with it, in order."""

    # candidates -------------------------------------------------------------------------------------------------------

    def add_keys(self, number: int, keys: Collection[str]) -> None:
        """Makes a node, or whatever else has a number, findable by its keys (small letters and digits)."""

    def drop_keys(self, number: int, keys: Collection[str]) -> None:
        """`keys` are the very same that it was added with."""

    def holders(self, key: str, limit: int) -> list[int]:
        """At most so many of the numbers that have the key, in order."""

    def add_repeat(self, number: int, node: int) -> None: ...

    def drop_repeat(self, number: int) -> None: ...

    def repeats(self, nodes: Collection[int]) -> dict[int, list[int]]:
        """The repeats of those nodes that have any, in order."""

    def sizes(self, nodes: Collection[int]) -> dict[int, int]:
        """For each how many mentions it stands for, itself included, counted up to a thousand."""

    def first_repeat(self, node: int) -> int | None:
        """The repeat that comes first in the order of time, name, version and place."""

    def node_of(self, number: int) -> int | None:
        """The node that a repeat repeats; None for any other mention."""

    # links ------------------------------------------------------------------------------------------------------------

    def put_links(self, links: Iterable[Link]) -> None:
        """Of two links of one pair the later stays. Probabilities are kept to four places."""

    def drop_links(self, pairs: Iterable[tuple[int, int]]) -> None: ...

    def links(self, numbers: Collection[int]) -> list[Link]:
        """All links of these mentions, in the order of `first`, then `second`."""

    def put_ties(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Nodes that belong to one part of the graph whether they are linked or not, because one takes up what the
        other says."""

    def drop_ties(self, number: int) -> list[int]:
        """The nodes that it was tied to, in order."""

    def tied(self, numbers: Collection[int]) -> set[int]:
        """All nodes that these are tied to."""

    def put_constraints(self, judgement: str, constraints: Sequence[Constraint]) -> None:
        """What a judgement comes to now, in the place of what it came to before; () where it is not to be followed."""

    def constraints_of(self, judgement: str) -> list[Constraint]: ...

    def constraints(self, numbers: Collection[int]) -> list[Constraint]:
        """All constraints on these mentions."""

    # claims -----------------------------------------------------------------------------------------------------------

    def replace_claims(self, nodes: Collection[int], clusters: Iterable[Cluster]) -> None:
        """These nodes make these claims now; what they made before is forgotten, down to the whole claims. A node that
        no cluster holds is a claim of its own."""

    def touch(self, nodes: Collection[int]) -> None:
        """The numbers of these nodes' claims have to be counted again."""

    def cluster_with(self, node: int) -> Cluster | None:
        """The claim that holds the node; None where that is a claim of its own."""

    def clusters(self) -> Iterator[Cluster]:
        """All of them, in the order of their ids."""

    def claims(
        self, text: str | None = None, *, min_outlets: int = 0, limit: int = 50, after: str | None = None
    ) -> Page[ClaimSummary]:
        """Claims in whose statement the words are (all, if none are given), those in most articles first, then by id.
        Raises UsageError for a text or cursor that cannot be understood."""

    def put_counted(self, claim: str, counted: Counted) -> None:
        """Keeps what was counted of a claim, until the claim is touched."""

    def identities(self, profiles: Collection[str]) -> Mapping[str, str]:
        """The identities of these profiles (by their ids), as far as they are known."""
