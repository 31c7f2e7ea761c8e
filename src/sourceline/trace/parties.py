"""Who the parties of a claim are: ultimate sources, a body one with its spokespeople, its minister, its ministry.

Two voices are one party where their names, offices and identities show it. Where they merely may be one (unnamed
officials in two papers, an officer whose body is not told), that is a doubt (`doubts`): it lowers what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sourceline.model.claim import Article, Voice
from sourceline.model.source import SourceKind
from sourceline.trace.names import (
    BODY_NOUNS,
    MEDIA_NOUNS,
    OUTLET_NOUNS,
    is_initials,
    is_pointing,
    mentions_outlet,
    tokens_of,
)
from sourceline.trace.naming import Cast, by_token, head_of
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


@dataclass(slots=True)
class Party:
    """Voices that are one ultimate source."""

    id: int
    name: str
    kind: str
    shape: Shape
    voices: list[Voice] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    bodies: frozenset[str] = frozenset()
    """Words of the bodies that its voices are said to belong to."""
    fields: frozenset[str] = frozenset()
    publishes: bool = False
    """Whether it is an outlet's own voice, too."""
    longer: bool = False
    """Whether an article gives one longer name for its single word."""
    news: bool = False
    """Whether it is a news outlet, whose own word may rest on anybody."""

    @property
    def named(self) -> bool:
        return self.shape in (Shape.PERSON, Shape.BODY)


@dataclass(frozen=True, slots=True)
class _Node:
    voice: Voice | None
    """None for the article's own voice."""
    article: Article
    shape: Shape
    name: str
    words: tuple[str, ...]


class Parties:
    """The parties of a claim's voices and of the outlets that are parties themselves."""

    def __init__(self, testimonies: Sequence[Testimony], setting: Setting) -> None:
        self._setting = setting
        self._nodes: list[_Node] = []
        self._roots: list[int] = []
        self._at: dict[tuple[str, str, str], int] = {}
        self._why: dict[int, list[str]] = defaultdict(list)
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
        self._parties = self._make()

    def of_voice(self, voice: Voice, article: Article) -> Party:
        """The party that a voice of an article speaks for."""
        return self._parties[self._root(self._at[_key(article, voice)])]

    def of_outlet(self, article: Article) -> Party:
        """The party that the article's own voice is."""
        return self._parties[self._root(self._at[_key(article, None)])]

    def of(self, testimony: Testimony) -> Party:
        """The party of a mention's speaker, or of the article's own voice."""
        speaker = testimony.mention.speaker
        if speaker is None or is_this_outlet(speaker.name, testimony.article):
            return self.of_outlet(testimony.article)
        return self.of_voice(speaker, testimony.article)

    def all(self) -> list[Party]:
        return list(self._parties.values())

    # making -----------------------------------------------------------------------------------------------------------

    def _take(self, testimony: Testimony) -> None:
        article, mention = testimony.article, testimony.mention
        self._add(None, article)
        for voice in (*((mention.speaker,) if mention.speaker else ()), *mention.via, *mention.upstream):
            self._add(voice, article)

    def _add(self, voice: Voice | None, article: Article) -> None:
        key = _key(article, voice)
        if key not in self._at:
            self._at[key] = len(self._nodes)
            name = voice.name if voice else article.outlet or ""
            shape = shape_of(voice) if voice else Shape.BODY
            self._nodes.append(_Node(voice, article, shape, name, tokens_of(name)))
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
            self._why[first] += [*self._why.pop(second, []), why]

    def _speaking(self) -> list[Article]:
        """One article of each outlet that is a party."""
        found = {n.article.outlet: n.article for n in self._nodes if is_party(n.article) and n.article.outlet}
        return [found[name] for name in sorted(found)]

    def _cast(self, article: Article) -> Cast:
        if article.version not in self._casts:
            self._casts[article.version] = Cast(article, self._outlets)
        return self._casts[article.version]

    def _join_same_names(self) -> None:
        places: dict[object, int] = {}
        for number, node in enumerate(self._nodes):
            for key in self._keys(node):
                if key in places:
                    self._unite(places[key], number, f"{node.name or 'it'} is one name")
                else:
                    places[key] = number

    def _keys(self, node: _Node) -> Iterable[object]:
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
        for number, node in enumerate(self._nodes):
            if node.voice is None:
                continue
            if is_this_outlet(node.name, node.article):
                self._unite(self._at[_key(node.article, None)], number, "the outlet speaks of itself")
            elif node.shape is Shape.UNNAMED or (node.shape is Shape.BODY and not node.voice.named):
                self._join_described(number, node, unnamed[node.article.version])

    def _join_described(self, number: int, node: _Node, before: list[int]) -> None:
        assert node.voice is not None
        meant = self._cast(node.article).meant_by(node.voice)
        if meant is not None:
            place = self._named().get(tokens_of(meant))
            if place is not None and place != number:
                self._unite(place, number, f"{node.name!r} is {meant} there")
                return
        for other in before[-_MOST_OF_A_WORD:]:
            if is_pointing(node.name) or head_of(node.name) == head_of(self._nodes[other].name):
                self._unite(other, number, f"{node.name!r} is somebody the article has spoken of")
                break
        before.append(number)

    def _join_papers(self) -> None:
        """ "Monday's report in the Northern Post" with the Northern Post."""
        outlets = {
            n.article.outlet: number for number, n in enumerate(self._nodes) if n.voice is None and n.article.outlet
        }
        places = by_token((number, self._nodes[number].words) for number in outlets.values())
        for number, node in enumerate(self._nodes):
            if node.voice is None or len(node.words) < 3:
                continue
            near = {n for word in node.words for n, _ in places.get(word, ())[:_MOST_OF_A_WORD]}
            for place in sorted(near):
                if mentions_outlet(node.name, self._nodes[place].name):
                    self._unite(place, number, f"{node.name!r} is {self._nodes[place].name}'s")
                    break

    def _join_somebody(self) -> None:
        """ "A woman", where the article quotes but one person by name."""
        persons: dict[str, set[int]] = defaultdict(set)
        for number, node in enumerate(self._nodes):
            if node.voice is not None and node.shape is Shape.PERSON and not speaks_for_body(node.voice):
                persons[node.article.version].add(self._root(number))
        for number, node in enumerate(self._nodes):
            if node.voice is None or node.shape is not Shape.UNNAMED or head_of(node.name) not in _SOMEBODY:
                continue
            known = persons[node.article.version]
            if len(known) == 1 and not node.voice.count:
                self._unite(next(iter(known)), number, f"{node.name!r} is the one person quoted there")

    def _named(self) -> dict[tuple[str, ...], int]:
        """The first node of each name."""
        found: dict[tuple[str, ...], int] = {}
        for number, node in enumerate(self._nodes):
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
            candidates += [(n, self._nodes[n].words) for n, _ in initials.get(words[0], ())] if len(words) == 1 else []
            node = self._nodes[number]
            longer = {
                self._root(n) for n, long in candidates if len(long) > len(words) and _is_short(node, self._nodes[n])
            }
            longer.discard(self._root(number))
            if len(longer) == 1:
                self._unite(longer.pop(), number, f"{node.name} is short for a longer name")

    def _join_offices(self) -> None:
        """Who speaks for a body is that body."""
        bodies = [(n, words) for words, n in self._named().items() if self._nodes[n].shape is Shape.BODY]
        places = by_token(bodies)
        former = {
            self._root(n) for n, node in enumerate(self._nodes) if node.voice is not None and is_former(node.voice)
        }
        spoken: dict[tuple[str, ...], int] = {}
        for number, node in enumerate(self._nodes):
            voice = node.voice
            if voice is None or node.shape is Shape.DOCUMENT or not speaks_for_body(voice):
                continue
            if self._root(number) in former:
                continue
            stated = self._bodies(voice)
            for body in stated:
                place = self._place(tokens_of(body), places)
                if place is not None:
                    self._unite(place, number, f"{voice.name} speaks for {body}")
                first = spoken.setdefault(tokens_of(body), number)
                self._unite(first, number, f"{voice.name} and {self._nodes[first].name} speak for {body}")
            if not stated:
                self._join_by_role(number, node, places)

    def _place(self, words: tuple[str, ...], places: dict[str, list[tuple[int, tuple[str, ...]]]]) -> int | None:
        """The one body of which a name is a part, or that is part of it."""
        near = [entry for word in dict.fromkeys(words) for entry in places.get(word, ())[:_MOST_OF_A_WORD]]
        equal = {self._root(n) for n, other in near if other == words}
        parts = {self._root(n) for n, other in near if set(words) <= set(other) or set(other) <= set(words)}
        found = equal or parts
        return found.pop() if len(found) == 1 else None

    def _bodies(self, voice: Voice) -> list[str]:
        """Those that somebody is said to belong to, here or in other documents."""
        stated = [body for body in (voice.office_of, voice.affiliation) if body]
        return stated or list(self._setting.bodies_of(voice))

    def _join_by_role(self, number: int, node: _Node, places: dict[str, list[tuple[int, tuple[str, ...]]]]) -> None:
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
            (n, self._nodes[n].words, self._fields(self._nodes[n]))
            for n in self._named().values()
            if self._nodes[n].shape is Shape.BODY and self._is_body(self._nodes[n])
        ]
        heads: dict[str, int] = {}
        for number, node in enumerate(self._nodes):
            words = set(node.words) & BODY_NOUNS
            voice = node.voice
            if voice is None or node.shape is not Shape.UNNAMED or not words:
                continue
            if is_former(voice) or voice.count or any(self._nodes[n].voice is None for n in (self._root(number),)):
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

    def _is_body(self, node: _Node) -> bool:
        """Whether it may be meant by a body's noun: no news outlet."""
        if node.voice is None:
            return is_party(node.article)
        return node.voice.kind is not SourceKind.MEDIA and len(node.words) > 0

    def _fields(self, node: _Node) -> set[str]:
        own = OUTLET_FIELDS.get(node.article.outlet_kind or "") if node.voice is None else None
        return fields_of(set(node.words)) | ({own} if own else set())

    def _make(self) -> dict[int, Party]:
        groups: dict[int, list[_Node]] = defaultdict(list)
        for number, node in enumerate(self._nodes):
            groups[self._root(number)].append(node)
        parties = {}
        for place, (root, nodes) in enumerate(sorted(groups.items())):
            bodies = [b for n in nodes if n.voice is not None for b in self._bodies(n.voice)]
            fields = {f for n in nodes for f in self._fields(n)}
            parties[root] = _party(place, nodes, list(dict.fromkeys(self._why[root])), bodies, fields)
        return parties


def _key(article: Article, voice: Voice | None) -> tuple[str, str, str]:
    """Voices that a reading does not have as sources have no id there: their names tell them apart."""
    return (article.version, "source", voice.source or f"?{voice.name}") if voice else (article.version, "outlet", "")


def _has_longer(node: _Node) -> bool:
    """Whether the article has one longer name that begins with a node's single word."""
    names = {tokens_of(naming.span.text) for naming in node.article.names}
    return len({words for words in names if len(words) > 1 and words[0] == node.words[0]}) == 1


def _is_medium(voices: Sequence[Voice]) -> bool:
    """Whether all that is said of it is that of a news outlet."""
    return bool(voices) and all(
        v.kind is SourceKind.MEDIA and set(tokens_of(v.name)) & (OUTLET_NOUNS | MEDIA_NOUNS) for v in voices
    )


def _is_short(short: _Node, long: _Node) -> bool:
    few, many = short.words, long.words
    if short.shape is Shape.PERSON and long.shape is Shape.PERSON:
        return many[-len(few) :] == few
    if long.shape is Shape.PERSON:
        return len(few) == 1 and many[-1:] == few
    return short.shape is not Shape.PERSON and (set(few) <= set(many) or is_initials(few, many))


def _party(number: int, nodes: Sequence[_Node], reasons: list[str], bodies: Sequence[str], fields: set[str]) -> Party:
    voices = [node.voice for node in nodes if node.voice is not None]
    own = [node.article for node in nodes if node.voice is None]
    speaking = any(is_party(article) for article in own)
    shapes = {node.shape for node in nodes if node.voice is not None or speaking or len(nodes) == 1}
    shape = next((s for s in (Shape.BODY, Shape.PERSON, Shape.DOCUMENT, Shape.MEDIA) if s in shapes), Shape.UNNAMED)
    names = [n.name for n in nodes if n.shape is shape and n.name] or [n.name for n in nodes if n.name]
    name = max(names, key=lambda n: (len(tokens_of(n)) if len(n) < 60 else 0, names.count(n), n), default="")
    kinds = [str(v.kind) for v in voices if v.kind is not SourceKind.PERSON] if shape is Shape.BODY else []
    if speaking:
        kind = "government" if any(a.outlet_kind == "government" for a in own) else "organisation"
    elif not voices:
        kind = "own_reporting"
    else:
        kind = max(kinds or [str(v.kind) for v in voices], key=lambda k: ((kinds or [""]).count(k), k))
    offices = {w for v in voices for t in (v.role, v.affiliation, v.name) if t for w in tokens_of(t)}
    told = fields | fields_of(offices) | ({"state"} if kind == "government" and "police" not in fields else set())
    return Party(
        id=number,
        name=name,
        kind=kind,
        shape=shape,
        voices=voices,
        reasons=reasons,
        bodies=frozenset(word for body in bodies for word in tokens_of(body)),
        fields=frozenset(told),
        publishes=bool(own),
        longer=any(len(n.words) == 1 and _has_longer(n) for n in nodes if n.voice is not None),
        news=(bool(own) and not speaking) or _is_medium(voices),
    )
