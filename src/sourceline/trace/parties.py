"""Who the parties of a claim are: ultimate sources, a body one with its spokespeople, its minister, its ministry.

Two voices are one party where their names, offices and identities show it. Where they merely may be one (unnamed
officials in two papers, an officer whose body is not told), that is kept as a doubt: it lowers what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sourceline.model.claim import Article, Voice
from sourceline.model.source import SourceKind
from sourceline.trace.names import (
    BODY_NOUNS,
    DOCUMENT_NOUNS,
    MEDIA_NOUNS,
    is_part,
    is_person_name,
    is_pointing,
    is_proper,
    names_outlet,
    share_name,
    tokens_of,
)
from sourceline.trace.testimony import Setting, Testimony

SPEAKING_OUTLETS = frozenset({"government", "company", "thinktank", "ngo", "organisation", "party", "university"})
"""Kinds of outlets that are parties themselves: what they publish is their own word."""

_OFFICES = frozenset(
    "spokesman spokeswoman spokesperson minister secretary superintendent ambassador director head chief president "
    "chairman chairwoman chair governor mayor commissioner officer official general commander deputy manager "
    "prosecutor premier chancellor consul envoy representative engineer inspector sergeant captain colonel "
    "executive ceo boss registrar coroner regulator counsel attache brigadier major admiral lieutenant".split()
)
"""Who holds one of these speaks for a body."""
_RESIDENTS = frozenset(
    "people person residents resident villagers villager neighbours neighbors neighbour neighbor locals witnesses "
    "witness survivors survivor passengers passenger relatives families workers worker parents those others staff "
    "employees insiders insider sources source crew".split()
)
_FIELDS: dict[str, frozenset[str]] = {
    "state": frozenset(
        "government ministry minister authorities officials office department embassy ambassador envoy consul council "
        "state commission commissioner secretary governor mayor premier chancellor attache army military navy general "
        "brigadier major admiral lieutenant staff inspectorate regulator inspector inspectors".split()
    ),
    "company": frozenset(
        "company operator firm owner maker management airline manufacturer bosses executive ceo manager shareholder "
        "engineer cannery".split()
    ),
    "police": frozenset("police superintendent constable detective sergeant".split()),
    "hospital": frozenset("hospital infirmary clinic surgeon nurse doctors".split()),
    "court": frozenset("court tribunal judge prosecutor registrar".split()),
    "union": frozenset("union workers".split()),
    "research": frozenset("university institute centre center professor researchers scientists laboratory".split()),
}
"""What a body's nouns and its people's offices tell of it: bodies of two fields are not one."""
_PRIVATE = frozenset(
    "mums mothers fathers parents relatives families neighbours residents villagers passengers".split()
)
_PEOPLE = frozenset(
    "official officials diplomat diplomats expert experts analyst analysts aide aides politician lawmaker doctor doctors "
    "engineer engineers inspectors soldiers banker lawyer scientist fisherman driver farmer nurse teacher".split()
)
_SKILLED = frozenset("experts analysts engineers observers critics lawyers scientists researchers bosses".split())
_FORMER = ("a former", "former", "ex-", "one-time", "retired")


class Shape(StrEnum):
    """What a name looks like, whatever kind the reading gave it: kinds go wrong, capitals seldom."""

    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    MEDIA = "media"
    """News outlets in general ("newspapers", "media reports")."""
    UNNAMED = "unnamed"
    """Somebody described, or a body's common noun."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why two parties are not shown to be distinct, and whether they are probably one."""

    reason: str
    probable: bool


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
    publishes: bool = False
    """Whether it is an outlet's own voice, too."""

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


class Parties:
    """The parties of a claim's voices and of the outlets that are parties themselves."""

    def __init__(self, testimonies: Sequence[Testimony], setting: Setting) -> None:
        self._setting = setting
        self._nodes: list[_Node] = []
        self._roots: list[int] = []
        self._at: dict[tuple[str, str, str], int] = {}
        self._why: dict[int, list[str]] = defaultdict(list)
        for testimony in testimonies:
            self._take(testimony)
        self._join_same_names()
        self._join_pointing()
        self._join_shorter_names()
        self._join_offices()
        self._join_common_nouns()
        self._parties = self._make()

    def of_voice(self, voice: Voice, article: Article) -> Party:
        """The party that a voice of an article speaks for."""
        return self._parties[self._root(self._at[_key(article, voice)])]

    def of_outlet(self, article: Article) -> Party:
        """The party that the article's own voice is."""
        return self._parties[self._root(self._at[_key(article, None)])]

    def all(self) -> list[Party]:
        return list(self._parties.values())

    def may_be_one(self, a: Party, b: Party) -> Doubt | None:
        """Why nothing shows that two parties are distinct; None where their names do."""
        if a is b:
            return Doubt("they are one", True)
        found = [doubt for doubt in (_doubt(a, b), _doubt(b, a)) if doubt is not None]
        return max(found, key=lambda doubt: doubt.probable, default=None)

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
            self._nodes.append(_Node(voice, article, shape, name))
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
            yield ("name", tokens_of(article.outlet)) if article.outlet else ("article", article.key)
            return
        if voice.profile is not None and node.shape is not Shape.UNNAMED:
            yield "identity", self._setting.identity_of(voice.profile)
        if node.shape in (Shape.PERSON, Shape.BODY) or (node.shape is Shape.DOCUMENT and len(tokens_of(node.name)) > 1):
            yield "name", tokens_of(node.name)

    def _join_pointing(self) -> None:
        """ "One of them", "the paper", "its doctors": somebody whom the article has spoken of."""
        by_article: dict[str, list[int]] = defaultdict(list)
        for number, node in enumerate(self._nodes):
            by_article[node.article.version].append(number)
        for numbers in by_article.values():
            unnamed = [n for n in numbers if self._nodes[n].shape is Shape.UNNAMED and self._nodes[n].voice is not None]
            for place, number in enumerate(unnamed):
                node = self._nodes[number]
                if is_this_outlet(node.name, node.article):
                    self._unite(self._at[_key(node.article, None)], number, "the outlet speaks of itself")
                    continue
                for other in unnamed[:place]:
                    if is_pointing(node.name) or _share_head(node.name, self._nodes[other].name):
                        self._unite(other, number, f"{node.name!r} is somebody the article has spoken of")
                        break

    def _join_shorter_names(self) -> None:
        """A surname with the one full name it can mean; a body's short name with the one long name."""
        names = self._names()
        for number, node in names:
            words = tokens_of(node.name)
            longer = {
                self._root(other)
                for other, long in names
                if len(tokens_of(long.name)) > len(words) and _is_short_for(node, long)
            }
            longer.discard(self._root(number))
            if len(longer) == 1:
                self._unite(longer.pop(), number, f"{node.name} is short for a longer name")

    def _names(self) -> list[tuple[int, _Node]]:
        found: dict[tuple[str, ...], tuple[int, _Node]] = {}
        for number, node in enumerate(self._nodes):
            if node.name and node.shape in (Shape.PERSON, Shape.BODY):
                found.setdefault(tokens_of(node.name), (number, node))
        return list(found.values())

    def _join_offices(self) -> None:
        """Who speaks for a body is that body."""
        bodies = [(number, node.name) for number, node in self._names() if node.shape is Shape.BODY]
        spoken: dict[tuple[str, ...], int] = {}
        for number, node in enumerate(self._nodes):
            voice = node.voice
            if voice is None or not self._speaks_for_body(node):
                continue
            for body in self._bodies(voice):
                places = {self._root(other) for other, name in bodies if is_part(body, name) or is_part(name, body)}
                if len(places) == 1:
                    self._unite(places.pop(), number, f"{voice.name} speaks for {body}")
                first = spoken.setdefault(tokens_of(body), number)
                self._unite(first, number, f"both speak for {body}")
            if not self._bodies(voice):
                self._join_by_role(number, node, bodies)

    def _bodies(self, voice: Voice) -> list[str]:
        """Those that somebody is said to belong to, here or in other documents."""
        stated = [body for body in (voice.office_of, voice.affiliation) if body]
        return stated or list(self._setting.bodies_of(voice))

    def _speaks_for_body(self, node: _Node) -> bool:
        return node.voice is not None and node.shape is not Shape.DOCUMENT and speaks_for_body(node.voice)

    def _join_by_role(self, number: int, node: _Node, bodies: Sequence[tuple[int, str]]) -> None:
        """ "The water minister" with the one body whose name holds the field; in a body's own document its officers."""
        voice = node.voice
        assert voice is not None
        field_words = set(tokens_of(voice.role or (voice.name if not voice.named else ""))) - _OFFICES
        places = {self._root(other) for other, name in bodies if field_words & set(tokens_of(name))}
        if len(places) == 1:
            self._unite(places.pop(), number, f"{voice.name} is {voice.role or voice.name}")
        elif is_party(node.article):
            self._unite(self._at[_key(node.article, None)], number, f"{voice.name} speaks in its own document")

    def _join_common_nouns(self) -> None:
        """ "The ministry", "the company", "police": the one body with this noun in its name, in the article or in all;
        in a body's own document, that body."""
        bodies = [(number, node) for number, node in self._names() if node.shape is Shape.BODY]
        heads: dict[str, int] = {}
        for number, node in enumerate(self._nodes):
            words = set(tokens_of(node.name)) & BODY_NOUNS
            if node.voice is None or node.shape is not Shape.UNNAMED or not words:
                continue
            if node.name.casefold().startswith(_FORMER) or node.voice.kind is SourceKind.ANONYMOUS and node.voice.count:
                continue
            known = [(n, other) for n, other in bodies if words & set(tokens_of(other.name))]
            near = {self._root(n) for n, other in known if other.article.version == node.article.version}
            anywhere = {self._root(n) for n, _ in known}
            places = near if len(near) == 1 else anywhere
            why = f"{node.name!r} is taken for the one body of that kind"
            if len(places) == 1:
                self._unite(places.pop(), number, why)
            elif not places and is_party(node.article):
                self._unite(self._at[_key(node.article, None)], number, why)
            elif not places:
                for word in sorted(words):
                    self._unite(heads.setdefault(word, number), number, why)

    def _make(self) -> dict[int, Party]:
        groups: dict[int, list[_Node]] = defaultdict(list)
        for number, node in enumerate(self._nodes):
            groups[self._root(number)].append(node)
        parties = {}
        for place, (root, nodes) in enumerate(sorted(groups.items())):
            bodies = [b for n in nodes if n.voice is not None for b in self._bodies(n.voice)]
            parties[root] = _party(place, nodes, list(dict.fromkeys(self._why[root])), bodies)
        return parties


def _key(article: Article, voice: Voice | None) -> tuple[str, str, str]:
    """Voices that a reading does not have as sources have no id there: their names tell them apart."""
    return (article.version, "source", voice.source or f"?{voice.name}") if voice else (article.version, "outlet", "")


def is_party(article: Article) -> bool:
    """Whether the outlet is a party itself, so that its own voice is that party's word."""
    return (article.outlet_kind or "") in SPEAKING_OUTLETS


def is_this_outlet(name: str, article: Article) -> bool:
    """Whether an outlet speaks of itself ("this newspaper", "we")."""
    folded = name.casefold()
    if folded.startswith(("this ", "our ")) and set(tokens_of(name)) & (MEDIA_NOUNS | {"newsletter", "blog", "site"}):
        return True
    return article.outlet is not None and is_proper(name) and names_outlet(name, article.outlet)


def shape_of(voice: Voice) -> Shape:
    """What a voice's name looks like."""
    words = set(tokens_of(voice.name))
    if is_person_name(voice.name) and voice.kind is not SourceKind.DOCUMENT:
        return Shape.PERSON if voice.kind is SourceKind.PERSON or not words & BODY_NOUNS else Shape.BODY
    if voice.kind is SourceKind.DOCUMENT or words & DOCUMENT_NOUNS:
        return Shape.MEDIA if words & {"reports"} and not is_proper(voice.name) else Shape.DOCUMENT
    if words & MEDIA_NOUNS and not is_proper(voice.name):
        return Shape.MEDIA
    if not is_proper(voice.name) or voice.kind is SourceKind.ANONYMOUS:
        return Shape.UNNAMED
    if voice.kind is SourceKind.PERSON:
        return Shape.PERSON
    return Shape.BODY if voice.kind is not SourceKind.GROUP or words & BODY_NOUNS else Shape.UNNAMED


def speaks_for_body(voice: Voice) -> bool:
    """Whether somebody's office makes their words those of a body."""
    if voice.office_of:
        return True
    words = set(tokens_of(voice.role or "")) | (set() if voice.named else set(tokens_of(voice.name)))
    former = (voice.role or "").casefold().startswith(_FORMER) or voice.name.casefold().startswith(_FORMER)
    return bool(words & _OFFICES) and not former and (voice.named or not voice.count)


def _party(number: int, nodes: Sequence[_Node], reasons: list[str], bodies: Sequence[str]) -> Party:
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
    words = frozenset(word for body in bodies for word in tokens_of(body))
    return Party(
        id=number,
        name=name,
        kind=kind,
        shape=shape,
        voices=voices,
        reasons=reasons,
        bodies=words,
        publishes=bool(own),
    )


def _is_short_for(short: _Node, long: _Node) -> bool:
    few, many = tokens_of(short.name), tokens_of(long.name)
    if short.shape is Shape.PERSON and long.shape is Shape.PERSON:
        return many[-len(few) :] == few
    if long.shape is Shape.PERSON:
        return len(few) == 1 and many[-1:] == few
    return short.shape is not Shape.PERSON and is_part(short.name, long.name)


def _share_head(name: str, other: str) -> bool:
    """Whether two descriptions may be of the same people: their nouns agree but for the plural."""
    first, second = ({word.rstrip("s") for word in tokens_of(n)} for n in (name, other))
    return bool(first & second)


def _doubt(one: Party, other: Party) -> Doubt | None:
    """Why `one` may be `other`."""
    if Shape.MEDIA in (one.shape, other.shape):
        return Doubt("news reports in general may rest on anybody", True)
    if one.shape is Shape.UNNAMED:
        return _doubt_unnamed(one, other)
    if one.shape is Shape.DOCUMENT:
        return _doubt_document(one, other)
    if other.shape is Shape.DOCUMENT or other.shape is Shape.UNNAMED:
        return None
    if share_name(_words_of(one), _words_of(other)):
        return Doubt(f"{one.name} and {other.name} may speak for one body", True)
    if _is_bare(one):
        return Doubt(f"what {one.name} is is not told: it may be {other.name}", True)
    if one.shape is Shape.PERSON and not one.bodies and (_is_official(one) or not _has_role(one)):
        untold = other.shape is Shape.BODY or (_is_official(one) and _is_official(other) and not other.bodies)
        if untold and _may_be_of_one_field(one, other):
            return Doubt(f"whom {one.name} speaks for is not told: it may be {other.name}", _is_official(one))
    return None


def _doubt_unnamed(one: Party, other: Party) -> Doubt | None:
    words = {word for v in one.voices for word in tokens_of(v.name)} | set(tokens_of(one.name))
    known = words & (_OFFICES | _RESIDENTS | _PRIVATE | BODY_NOUNS | _PEOPLE)
    if not known or is_pointing(one.name):
        return Doubt(f"who {one.name!r} is is not told", True)
    if other.shape is Shape.UNNAMED:
        if _is_about_private(one) != _is_about_private(other) and _fields_of(one) | _fields_of(other):
            return None
        alike = bool({word.rstrip("s") for word in known} & {word.rstrip("s") for word in tokens_of(other.name)})
        return Doubt(f"{one.name} and {other.name} are not named: they may be the same", alike)
    former = one.name.casefold().startswith(_FORMER)
    if other.shape is Shape.DOCUMENT:
        wrote = not former and bool(words & _PEOPLE) and not words & _RESIDENTS
        return Doubt(f"{one.name} may have written {other.name}", False) if wrote else None
    if other.shape is Shape.PERSON:
        if _is_bare(other):
            return Doubt(f"{one.name} may be {other.name}", True)
        if words & _SKILLED:
            return Doubt(f"{one.name} may include {other.name}", False)
        if words & _RESIDENTS and not other.bodies and not _is_official(other):
            return Doubt(f"{one.name} may include {other.name}", False)
        if share_name(words | one.bodies, _words_of(other)):
            return Doubt(f"{one.name} may be {other.name}", False)
        if words & BODY_NOUNS and _is_official(other) and _may_be_of_one_field(one, other):
            return Doubt(f"{other.name} may speak for the {one.name}", True)
        return None
    if share_name(words | one.bodies, _words_of(other)):
        return Doubt(f"{one.name} may speak for {other.name}", not words & (_PEOPLE | _OFFICES))
    if _may_be_of_one_field(one, other) and (words & BODY_NOUNS or (words & _OFFICES and not one.bodies)):
        return Doubt(f"{one.name} may be {other.name}", bool(words & BODY_NOUNS))
    return None


def _doubt_document(one: Party, other: Party) -> Doubt | None:
    if other.shape is Shape.DOCUMENT and (_is_plain_document(one) or _is_plain_document(other)):
        return Doubt(f"{one.name} and {other.name} may be one document", True)
    if other.shape is not Shape.UNNAMED and share_name(_words_of(one), _words_of(other)):
        return Doubt(f"{one.name} and {other.name} may go together", False)
    if _is_plain_document(one) and other.shape in (Shape.BODY, Shape.PERSON):
        return Doubt(f"{one.name} may be a paper of {other.name}", other.shape is Shape.BODY)
    return None


def _fields_of(party: Party) -> set[str]:
    """The fields that its nouns and offices tell."""
    words = set(tokens_of(party.name))
    for voice in party.voices:
        words |= set(tokens_of(voice.role or "")) | set(tokens_of(voice.affiliation or "")) | set(tokens_of(voice.name))
    found = {name for name, nouns in _FIELDS.items() if words & nouns}
    return found | ({"state"} if party.kind == "government" and "police" not in found else set())


def _may_be_of_one_field(one: Party, other: Party) -> bool:
    first, second = _fields_of(one), _fields_of(other)
    return not first or not second or bool(first & second)


def _is_about_private(party: Party) -> bool:
    words = {word for v in party.voices for word in tokens_of(v.name)}
    return bool(words & (_PRIVATE | _RESIDENTS)) and not words & _OFFICES


def _words_of(party: Party) -> frozenset[str]:
    return frozenset(tokens_of(party.name)) | party.bodies


def _is_plain_document(party: Party) -> bool:
    """Whether nothing but its kind is told ("the document", "its report")."""
    return not set(tokens_of(party.name)) - DOCUMENT_NOUNS - BODY_NOUNS - {"figures", "new", "own"}


def _is_bare(party: Party) -> bool:
    """Whether it is a single name without office or body: a capital that stands for its state, a surname alone."""
    words = tokens_of(party.name)
    return len(words) == 1 and not party.publishes and party.named and not set(words) & BODY_NOUNS


def _is_official(party: Party) -> bool:
    return any(speaks_for_body(v) for v in party.voices)


def _has_role(party: Party) -> bool:
    return any(v.role for v in party.voices)
