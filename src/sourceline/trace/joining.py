"""Which voices of a claim's articles are one source: by their names, offices, bodies and identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sourceline.model.claim import Article, Voice
from sourceline.model.source import SourceKind
from sourceline.trace.names import BODY_NOUNS, is_initials, is_pointing, tokens_of
from sourceline.trace.naming import Cast, by_token, head_of
from sourceline.trace.outlets import Outlets
from sourceline.trace.testimony import Setting, Testimony
from sourceline.trace.voices import (
    OFFICES,
    OUTLET_FIELDS,
    Shape,
    fields_of,
    is_former,
    is_party,
    is_this_outlet,
    shape_of,
    speaks_for_body,
)

_SOMEBODY = frozenset("man woman person witness resident mother father son daughter survivor wife husband".split())
_MOST_OF_A_WORD = 64
"""Names that share a word which are compared with a shorter one."""

Places = dict[str, list[tuple[int, tuple[str, ...]]]]
"""Numbered names by each of their words."""


@dataclass(frozen=True, slots=True)
class Node:
    """A voice in an article, or the article's own."""

    voice: Voice | None
    """None for the article's own voice."""
    article: Article
    shape: Shape
    name: str
    words: tuple[str, ...]


class Joining:
    """Joins the voices of a claim's articles, step by step, from what is surest."""

    def __init__(self, testimonies: Sequence[Testimony], setting: Setting) -> None:
        self.nodes: list[Node] = []
        self.why: dict[int, list[str]] = defaultdict(list)
        """By the number of a group: why its voices are one."""
        self._setting = setting
        self._roots: list[int] = []
        self._at: dict[tuple[str, str, str], int] = {}
        self._casts: dict[str, Cast] = {}
        for testimony in testimonies:
            self._take(testimony)
        self._outlets = self._speaking()
        self._join_same_names()
        self._join_in_article()
        self._join_papers()
        self._join_shorter_names()
        self._join_offices()
        self._join_common_nouns()
        self._join_somebody()

    def group_of(self, article: Article, voice: Voice | None) -> int:
        """The number of the group that a voice is in; None for the article's own."""
        return self._root(self._at[_key(article, voice)])

    def groups(self) -> dict[int, list[Node]]:
        """The voices of each group, in the order in which they were met."""
        found: dict[int, list[Node]] = defaultdict(list)
        for number, node in enumerate(self.nodes):
            found[self._root(number)].append(node)
        return found

    def bodies_of(self, voice: Voice) -> list[str]:
        """Those that somebody is said to belong to, here or in other documents."""
        stated = [body for body in (voice.office_of, voice.affiliation) if body]
        return stated or list(self._setting.bodies_of(voice))

    def _take(self, testimony: Testimony) -> None:
        article, mention = testimony.article, testimony.mention
        self._add(None, article)
        for voice in (*((mention.speaker,) if mention.speaker else ()), *mention.via, *mention.upstream):
            self._add(voice, article)

    def _add(self, voice: Voice | None, article: Article) -> None:
        key = _key(article, voice)
        if key not in self._at:
            self._at[key] = len(self.nodes)
            name = voice.name if voice else article.outlet or ""
            shape = shape_of(voice) if voice else Shape.BODY
            self.nodes.append(Node(voice, article, shape, name, tokens_of(name)))
            self._roots.append(len(self._roots))

    def _root(self, node: int) -> int:
        while self._roots[node] != node:
            self._roots[node] = self._roots[self._roots[node]]
            node = self._roots[node]
        return node

    def _unite(self, a: int, b: int, why: str) -> None:
        first, second = sorted((self._root(a), self._root(b)))
        if first != second:
            self._roots[second] = first
            self.why[first] += [*self.why.pop(second, []), why]

    def _speaking(self) -> list[Article]:
        """One article of each outlet that is a party."""
        found = {n.article.outlet: n.article for n in self.nodes if is_party(n.article) and n.article.outlet}
        return [found[name] for name in sorted(found)]

    def _cast(self, article: Article) -> Cast:
        if article.version not in self._casts:
            self._casts[article.version] = Cast(article, self._outlets)
        return self._casts[article.version]

    def _join_same_names(self) -> None:
        places: dict[object, int] = {}
        for number, node in enumerate(self.nodes):
            for key in self._keys(node):
                if key in places:
                    self._unite(places[key], number, f"{node.name or 'it'} is one name")
                else:
                    places[key] = number

    def _keys(self, node: Node) -> Iterable[object]:
        voice, article = node.voice, node.article
        if voice is None:
            yield ("name", tuple(sorted(node.words))) if article.outlet else ("article", article.key)
            return
        if voice.profile is not None and node.shape is not Shape.UNNAMED:
            yield "identity", self._setting.identity_of(voice.profile)
        if node.shape in (Shape.PERSON, Shape.BODY) or (node.shape is Shape.DOCUMENT and len(node.words) > 1):
            yield "name", tuple(sorted(node.words))

    def _join_in_article(self) -> None:
        """ "One of them", "the company", "its spokesman", "this newspaper": whom the article has spoken of."""
        unnamed: dict[str, list[int]] = defaultdict(list)
        for number, node in enumerate(self.nodes):
            if node.voice is None:
                continue
            if is_this_outlet(node.name, node.article):
                self._unite(self._at[_key(node.article, None)], number, "the outlet speaks of itself")
            elif node.shape is Shape.UNNAMED or (node.shape is Shape.BODY and not node.voice.named):
                self._join_described(number, node, unnamed[node.article.version])

    def _join_described(self, number: int, node: Node, before: list[int]) -> None:
        assert node.voice is not None
        meant = self._cast(node.article).meant_by(node.voice)
        if meant is not None:
            place = self._named().get(tokens_of(meant))
            if place is not None and place != number:
                self._unite(place, number, f"{node.name!r} is {meant} there")
                return
        for other in before[-_MOST_OF_A_WORD:]:
            if is_pointing(node.name) or head_of(node.name) == head_of(self.nodes[other].name):
                self._unite(other, number, f"{node.name!r} is somebody the article has spoken of")
                break
        before.append(number)

    def _join_papers(self) -> None:
        """ "Monday's report in the Northern Post" with the Northern Post."""
        places = {n.article.outlet: number for number, n in enumerate(self.nodes) if n.voice is None}
        outlets = Outlets(name for name in places if name)
        for number, node in enumerate(self.nodes):
            if node.voice is None or len(node.words) < 3:
                continue
            for outlet in outlets.held_in(node.name)[:1]:
                self._unite(places[outlet], number, f"{node.name!r} is {outlet}'s")

    def _join_somebody(self) -> None:
        """ "A woman", where the article quotes but one person by name."""
        persons: dict[str, set[int]] = defaultdict(set)
        for number, node in enumerate(self.nodes):
            if node.voice is not None and node.shape is Shape.PERSON and not speaks_for_body(node.voice):
                persons[node.article.version].add(self._root(number))
        for number, node in enumerate(self.nodes):
            if node.voice is None or node.shape is not Shape.UNNAMED or head_of(node.name) not in _SOMEBODY:
                continue
            known = persons[node.article.version]
            if len(known) == 1 and not node.voice.count:
                self._unite(next(iter(known)), number, f"{node.name!r} is the one person quoted there")

    def _named(self) -> dict[tuple[str, ...], int]:
        """The first node of each name."""
        found: dict[tuple[str, ...], int] = {}
        for number, node in enumerate(self.nodes):
            if node.name and node.shape in (Shape.PERSON, Shape.BODY):
                found.setdefault(node.words, number)
        return found

    def _join_shorter_names(self) -> None:
        """A surname with the one full name it can mean; a body's short name with the one long name."""
        names = [(number, words) for words, number in self._named().items()]
        places = by_token(names)
        initials = by_token(
            (number, ("".join(word[0] for word in words),)) for number, words in names if len(words) > 1
        )
        for number, words in names:
            candidates = [*places[min(words, key=lambda w: (len(places[w]), w))][:_MOST_OF_A_WORD]]
            candidates += [(n, self.nodes[n].words) for n, _ in initials.get(words[0], ())] if len(words) == 1 else []
            node = self.nodes[number]
            longer = {
                self._root(n) for n, long in candidates if len(long) > len(words) and _is_short(node, self.nodes[n])
            }
            longer.discard(self._root(number))
            if len(longer) == 1:
                self._unite(longer.pop(), number, f"{node.name} is short for a longer name")

    def _join_offices(self) -> None:
        """Who speaks for a body is that body."""
        bodies = [(n, words) for words, n in self._named().items() if self.nodes[n].shape is Shape.BODY]
        places = by_token(bodies)
        former = {
            self._root(n) for n, node in enumerate(self.nodes) if node.voice is not None and is_former(node.voice)
        }
        spoken: dict[tuple[str, ...], int] = {}
        for number, node in enumerate(self.nodes):
            voice = node.voice
            if voice is None or node.shape is Shape.DOCUMENT or not speaks_for_body(voice):
                continue
            if self._root(number) in former:
                continue
            stated = self.bodies_of(voice)
            for body in stated:
                place = self._place(tokens_of(body), places)
                if place is not None:
                    self._unite(place, number, f"{voice.name} speaks for {body}")
                first = spoken.setdefault(tokens_of(body), number)
                self._unite(first, number, f"{voice.name} and {self.nodes[first].name} speak for {body}")
            if not stated:
                self._join_by_role(number, node, places)

    def _place(self, words: tuple[str, ...], places: Places) -> int | None:
        """The one body of which a name is a part, or that is part of it."""
        near = [entry for word in dict.fromkeys(words) for entry in places.get(word, ())[:_MOST_OF_A_WORD]]
        equal = {self._root(n) for n, other in near if other == words}
        parts = {self._root(n) for n, other in near if set(words) <= set(other) or set(other) <= set(words)}
        found = equal or parts
        return found.pop() if len(found) == 1 else None

    def _join_by_role(self, number: int, node: Node, places: Places) -> None:
        """ "The water minister" with the one body whose name holds the field; in a body's own document its officers."""
        voice = node.voice
        assert voice is not None
        told = set(tokens_of(voice.role or (voice.name if not voice.named else ""))) - OFFICES
        found: dict[int, int] = defaultdict(int)
        for word in sorted(told):
            for root in {self._root(n) for n, _ in places.get(word, ())[:_MOST_OF_A_WORD]}:
                found[root] += 1
        most = max(found.values(), default=0)
        best = [root for root, shared in found.items() if shared == most]
        if len(best) == 1:
            self._unite(best[0], number, f"{voice.name} is {voice.role or voice.name}")
        elif is_party(node.article):
            self._unite(self._at[_key(node.article, None)], number, f"{voice.name} speaks in its own document")
        else:
            body = self._cast(node.article).body_of(voice)
            place = self._named().get(tokens_of(body)) if body else None
            if place is not None:
                self._unite(place, number, f"{voice.name} speaks for {body}")

    def _join_common_nouns(self) -> None:
        """ "The ministry", "the company", "police": the one body of that kind that the claim's articles name; in a
        body's own document, that body."""
        bodies = [
            (n, self.nodes[n].words, fields_of_node(self.nodes[n]))
            for n in self._named().values()
            if self.nodes[n].shape is Shape.BODY and self._is_body(self.nodes[n])
        ]
        heads: dict[str, int] = {}
        for number, node in enumerate(self.nodes):
            words = set(node.words) & BODY_NOUNS
            voice = node.voice
            if voice is None or node.shape is not Shape.UNNAMED or not words:
                continue
            if is_former(voice) or voice.count or any(self.nodes[n].voice is None for n in (self._root(number),)):
                continue
            why = f"{node.name!r} is taken for the one body of that kind"
            named = {self._root(n) for n, other, _ in bodies if words & set(other)}
            fields = fields_of(words)
            alike = named or {self._root(n) for n, _, own in bodies if own & fields}
            if len(alike) == 1:
                self._unite(alike.pop(), number, why)
            elif not alike and is_party(node.article):
                self._unite(self._at[_key(node.article, None)], number, why)
            elif not named:
                for word in sorted(words):
                    self._unite(heads.setdefault(word, number), number, why)

    def _is_body(self, node: Node) -> bool:
        """Whether it may be meant by a body's noun: no news outlet."""
        if node.voice is None:
            return is_party(node.article)
        return node.voice.kind is not SourceKind.MEDIA and len(node.words) > 0


def fields_of_node(node: Node) -> set[str]:
    """The fields that a voice's name tells, or the kind of its outlet."""
    own = OUTLET_FIELDS.get(node.article.outlet_kind or "") if node.voice is None else None
    return fields_of(set(node.words)) | ({own} if own else set())


def _key(article: Article, voice: Voice | None) -> tuple[str, str, str]:
    """Voices that a reading does not have as sources have no id there: their names tell them apart."""
    return (article.version, "source", voice.source or f"?{voice.name}") if voice else (article.version, "outlet", "")


def _is_short(short: Node, long: Node) -> bool:
    few, many = short.words, long.words
    if short.shape is Shape.PERSON and long.shape is Shape.PERSON:
        return many[-len(few) :] == few
    if long.shape is Shape.PERSON:
        return len(few) == 1 and many[-1:] == few
    return short.shape is not Shape.PERSON and (set(few) <= set(many) or is_initials(few, many))
