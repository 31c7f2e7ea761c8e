"""Nodes of a store as documents come and go: which mention stands for its wording, and by what it is found."""

from __future__ import annotations

from base64 import b32encode
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sourceline.ledger.matcher import Matcher
from sourceline.ledger.pairs import Pairs
from sourceline.match.claims import Sketch
from sourceline.model.claim import Article, Mention
from sourceline.store.claim_contract import ClaimStore

_HELD = 20_000
"""Mentions whose articles and sketches are kept in memory, about."""


def short_key(kind: str, key: str) -> str:
    """A key of hexadecimal digits as it is kept: the index is made of them, and 40 bits will do."""
    return kind + b32encode(bytes.fromhex(key[:10])).decode("ascii").lower()


class Nodes:
    """What one transaction makes of them."""

    def __init__(self, claims: ClaimStore, matcher: Matcher, pairs: Pairs) -> None:
        self._claims = claims
        self._matcher = matcher
        self._pairs = pairs
        self._articles: dict[int, tuple[Article, int]] = {}
        """By the numbers of mentions."""
        self._sketches: dict[int, Sketch] = {}
        self._keys: dict[int, Sequence[str]] = {}
        self._stories: dict[str, Sequence[str]] = {}
        """By version."""
        self.changes: Counter[str] = Counter()
        """By how many each key's holders became more."""
        self.fresh: set[int] = set()
        self.gone: set[int] = set()
        self.touched: set[int] = set()
        """Nodes for which something changed."""

    # articles ---------------------------------------------------------------------------------------------------------

    def put_article(self, article: Article) -> int:
        number = self._claims.put_article(article)
        keys = self.story_keys(article)
        self._claims.add_keys(number - 1, keys)
        self.changes.update(keys)
        return number

    def drop_article(self, article: Article, number: int) -> None:
        """Its mentions have left."""
        keys = self.story_keys(article)
        self._claims.drop_keys(number - 1, keys)
        self.changes.subtract(keys)
        self._claims.drop_article(article.version)
        del self._stories[article.version]
        for i in range(len(article.mentions)):
            self._articles.pop(number + i, None)
            self._sketches.pop(number + i, None)
            self._keys.pop(number + i, None)

    def article(self, number: int) -> tuple[Article, int]:
        """The article of a mention, with the number of its first one."""
        found = self._articles.get(number)
        if found is None:
            found = self._claims.article_at(number)
            assert found is not None, "a mention has an article"
            if len(self._articles) > _HELD:
                self._articles.clear()
                self._sketches.clear()
                self._keys.clear()
                self._stories.clear()
            for i in range(len(found[0].mentions)):
                self._articles[found[1] + i] = found
        return found

    def mention(self, number: int) -> Mention:
        article, first = self.article(number)
        return article.mentions[number - first]

    def of_article(self, number: int) -> list[int]:
        """The nodes among the mentions of this mention's article."""
        article, first = self.article(number)
        numbers = range(first, first + len(article.mentions))
        return [n for n in numbers if self._claims.node_of(n) is None]

    def sketch(self, number: int) -> Sketch:
        sketch = self._sketches.get(number)
        if sketch is None:
            article, first = self.article(number)
            self._sketches |= {first + i: made for i, made in enumerate(self._matcher.sketches(article))}
            sketch = self._sketches[number]
        return sketch

    def wording(self, number: int) -> str:
        """The same for mentions that say the same in the same words."""
        return self._all_keys(number)[0]

    def keys(self, number: int) -> Sequence[str]:
        """By which candidates are found."""
        return self._all_keys(number)[1:]

    def _all_keys(self, number: int) -> Sequence[str]:
        keys = self._keys.get(number)
        if keys is None:
            wording, *others = self._matcher.keys(self.sketch(number))
            keys = self._keys[number] = [wording, *sorted({short_key("k", key) for key in others})]
        return keys

    def story_keys(self, article: Article) -> Sequence[str]:
        keys = self._stories.get(article.version)
        if keys is None:
            found = {short_key("s", key) for key in self._matcher.story_keys(article)}
            keys = self._stories[article.version] = sorted(found)
        return keys

    # coming and going -------------------------------------------------------------------------------------------------

    def leave(self, numbers: Collection[int]) -> None:
        """Takes mentions out; where one stood for others, the next of these stands for the rest."""
        nodes = {number: self._claims.node_of(number) for number in numbers}
        for number, node in nodes.items():
            if node is not None:
                self._claims.drop_repeat(number)
                self.touched.add(node)
        for number in sorted(n for n, node in nodes.items() if node is None):
            ties = self._drop_node(number)
            heir = self._claims.first_repeat(number)
            if heir is not None:
                self._claims.drop_repeat(heir)
                self._hand_over(number, heir, ties)
                self._add_node(heir)

    def join(self, numbers: Iterable[int]) -> None:
        """Takes mentions in, in the order of time: as a node, or as a repeat of one."""
        joined = list(numbers)
        for number in joined:
            node = next(iter(self._claims.holders(self._token(number), 1)), None)
            if node is None:
                self._add_node(number)
            elif self._claims.in_order([number, node])[0] == node:
                self._claims.add_repeat(number, node)
                self.touched.add(node)
            else:
                self._hand_over(node, number, self._drop_node(node))
                self._claims.add_repeat(node, number)
                self._add_node(number)
        for article, first in {self.article(number)[1]: self.article(number) for number in joined}.values():
            for place, mention in enumerate(article.mentions):
                if mention.refers_to is not None:
                    self._tie(first + place)

    def referent(self, number: int) -> int | None:
        """The node of the mention that this one takes up."""
        article, first = self.article(number)
        id = article.mentions[number - first].refers_to
        place = None if id is None else next((i for i, m in enumerate(article.mentions) if m.id == id), None)
        return None if place is None else self._claims.node_of(first + place) or first + place

    def _tie(self, number: int) -> None:
        """A mention that takes up another belongs to the same part of the graph."""
        node, referent = self._claims.node_of(number) or number, self.referent(number)
        if referent is not None and referent != node:
            self._claims.put_ties([(node, referent)])
            self.touched |= {node, referent}

    def _hand_over(self, node: int, heir: int, ties: Iterable[int]) -> None:
        for repeat in self._claims.repeats([node]).get(node, ()):
            self._claims.add_repeat(repeat, heir)
        ends = [end for end in ties if end != heir]
        self._claims.put_ties((end, heir) for end in ends)
        self.touched.update(ends)

    def _add_node(self, number: int) -> None:
        keys = self.keys(number)
        self._claims.add_keys(number, [self._token(number), *keys])
        self.changes.update(keys)
        self.fresh.add(number)
        self.touched.add(number)
        self.gone.discard(number)

    def _drop_node(self, number: int) -> list[int]:
        """What it was tied to."""
        keys = self.keys(number)
        self._claims.drop_keys(number, [self._token(number), *keys])
        self.changes.subtract(keys)
        links, ties = self._claims.links([number]), self._claims.drop_ties(number)
        self._claims.drop_links((link.first, link.second) for link in links)
        bound = [c for c in self._claims.constraints([number]) if c.same]
        self.touched |= {end for link in links for end in (link.first, link.second)}
        self.touched |= {end for word in bound for end in (word.first, word.second)}.union(ties)
        self.fresh.discard(number)
        self.gone.add(number)
        return ties

    def _token(self, number: int) -> str:
        """What mentions of one node have in common. One that somebody judged is a node of its own."""
        token = f"w{self.wording(number)}"
        return f"{token}x{number}" if self._pairs.is_judged(number) else token
