"""Who the parties of a claim are: ultimate sources, a body one with its spokespeople, its minister, its ministry.

Two voices are one party where their names, offices and identities show it. Where they merely may be one (unnamed
officials in two papers, an officer whose body is not told), that is kept as a doubt: it lowers what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sourceline.model.claim import Article, Voice
from sourceline.model.source import SourceKind
from sourceline.trace.names import BODY_NOUNS, is_generic, is_part, tokens_of
from sourceline.trace.testimony import Setting, Testimony

SPEAKING_OUTLETS = frozenset({"government", "company", "thinktank", "ngo", "organisation", "party", "university"})
"""Kinds of outlets that are parties themselves: what they publish is their own word."""

_BODIES = (SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.MEDIA, SourceKind.GROUP)
_OFFICES = frozenset(
    "spokesman spokeswoman spokesperson minister secretary superintendent ambassador director head chief president "
    "chairman chairwoman chair governor mayor commissioner officer official general commander deputy manager "
    "prosecutor premier chancellor consul envoy representative engineer inspector sergeant captain colonel "
    "executive ceo boss registrar coroner regulator counsel attache".split()
)
"""Who holds one of these speaks for a body."""
_RESIDENTS = frozenset(
    "people person residents resident villagers villager neighbours neighbors neighbour neighbor locals witnesses "
    "witness survivors survivor passengers passenger relatives families workers worker parents those others".split()
)


@dataclass(slots=True)
class Party:
    """Voices that are one ultimate source."""

    id: int
    name: str
    kind: str
    named: bool
    voices: list[Voice] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it may be somebody of another name: unnamed, or an officer whose body is not told."""
        return not self.named


class Parties:
    """The parties of a claim's voices and of the outlets that are parties themselves."""

    def __init__(self, testimonies: Sequence[Testimony], setting: Setting) -> None:
        self._setting = setting
        self._nodes: list[tuple[Voice | None, Article]] = []
        self._roots: list[int] = []
        self._at: dict[tuple[str, str], int] = {}
        self._why: dict[int, list[str]] = defaultdict(list)
        for testimony in testimonies:
            self._take(testimony)
        self._join()
        self._parties = self._make()

    def of_voice(self, voice: Voice, article: Article) -> Party:
        """The party that a voice of an article speaks for."""
        return self._parties[self._root(self._at[article.version, voice.source])]

    def of_outlet(self, article: Article) -> Party:
        """The party that the article's own voice is."""
        return self._parties[self._root(self._at[article.version, ""])]

    def all(self) -> list[Party]:
        return list(self._parties.values())

    def may_be_one(self, a: Party, b: Party) -> str | None:
        """Why nothing shows that two parties are distinct; None where their names do."""
        if a is b:
            return "they are one"
        for one, other in ((a, b), (b, a)):
            if (reason := _doubt(one, other)) is not None:
                return reason
        return None

    # making -----------------------------------------------------------------------------------------------------------

    def _take(self, testimony: Testimony) -> None:
        article, mention = testimony.article, testimony.mention
        self._add(None, article)
        for voice in (*((mention.speaker,) if mention.speaker else ()), *mention.via, *mention.upstream):
            self._add(voice, article)

    def _add(self, voice: Voice | None, article: Article) -> None:
        key = article.version, voice.source if voice else ""
        if key not in self._at:
            self._at[key] = len(self._nodes)
            self._nodes.append((voice, article))
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

    def _join(self) -> None:
        self._join_same_names()
        self._join_shorter_names()
        self._join_offices()
        self._join_generic()

    def _join_same_names(self) -> None:
        places: dict[object, int] = {}
        for number, (voice, article) in enumerate(self._nodes):
            for key in self._keys(voice, article):
                if key in places:
                    self._unite(places[key], number, "one name")
                else:
                    places[key] = number

    def _keys(self, voice: Voice | None, article: Article) -> Iterable[object]:
        if voice is None:
            if article.outlet:
                yield "name", tokens_of(article.outlet)
            else:
                yield "article", article.key
            return
        if voice.profile is not None:
            yield "identity", self._setting.identity_of(voice.profile)
        if voice.named and voice.kind is not SourceKind.ANONYMOUS:
            yield "name", tokens_of(voice.name)

    def _join_shorter_names(self) -> None:
        """A surname with the one full name it can mean; a body's short name with the one long name."""
        full = self._names()
        for number, name, kind in full:
            words = tokens_of(name)
            longer = {
                self._root(other)
                for other, long, long_kind in full
                if len(tokens_of(long)) > len(words)
                and _compatible(kind, long_kind)
                and (_is_surname(words, tokens_of(long)) if _is_person(kind, long_kind) else is_part(name, long))
            }
            if len(longer) == 1:
                self._unite(longer.pop(), number, f"{name} is short for a longer name")

    def _names(self) -> list[tuple[int, str, SourceKind]]:
        found: dict[tuple[str, ...], tuple[int, str, SourceKind]] = {}
        for number, (voice, article) in enumerate(self._nodes):
            if voice is None and article.outlet:
                kind = SourceKind.ORGANISATION if article.outlet_kind in SPEAKING_OUTLETS else SourceKind.MEDIA
                found.setdefault(tokens_of(article.outlet), (number, article.outlet, kind))
            elif voice is not None and voice.named and voice.kind is not SourceKind.ANONYMOUS:
                found.setdefault(tokens_of(voice.name), (number, voice.name, voice.kind))
        return list(found.values())

    def _join_offices(self) -> None:
        """Who speaks for a body is that body."""
        bodies = [(number, name) for number, name, kind in self._names() if kind in _BODIES]
        for number, (voice, _) in enumerate(self._nodes):
            if voice is None or not speaks_for_body(voice):
                continue
            for body in filter(None, (voice.office_of, voice.affiliation)):
                places = {self._root(other) for other, name in bodies if is_part(body, name) or is_part(name, body)}
                if len(places) == 1:
                    self._unite(places.pop(), number, f"{voice.name} speaks for {body}")
                    break
            else:
                self._join_by_role(number, voice, bodies)
        spoken: dict[tuple[str, ...], int] = {}
        for number, (voice, _) in enumerate(self._nodes):
            if voice is not None and speaks_for_body(voice) and (body := voice.office_of or voice.affiliation):
                first = spoken.setdefault(tokens_of(body), number)
                self._unite(first, number, f"both speak for {body}")

    def _join_by_role(self, number: int, voice: Voice, bodies: Sequence[tuple[int, str]]) -> None:
        """ "The water minister" with the one body whose name holds the field."""
        if voice.affiliation or voice.office_of or not voice.role:
            return
        field_words = set(tokens_of(voice.role)) - _OFFICES
        if not field_words:
            return
        places = {self._root(other) for other, name in bodies if field_words & set(tokens_of(name))}
        if len(places) == 1:
            self._unite(places.pop(), number, f"{voice.name} is {voice.role}")

    def _join_generic(self) -> None:
        """ "The ministry", "the company", "police": the one body that has this noun in its name, in the article or in
        all of them."""
        bodies = [
            (number, name, self._nodes[number][1].version)
            for number, name, kind in self._names()
            if kind in _BODIES and not is_generic(name)
        ]
        speaking = {number for number, (voice, a) in enumerate(self._nodes) if voice is None and is_party(a)}
        for number, (voice, article) in enumerate(self._nodes):
            if voice is None or voice.kind in (SourceKind.PERSON, SourceKind.DOCUMENT):
                continue
            words = set(tokens_of(voice.name)) & BODY_NOUNS
            if not words or not (is_generic(voice.name) or not voice.named):
                continue
            known = [(n, v) for n, name, v in bodies if words & set(tokens_of(name)) or (n in speaking and not words)]
            near = {self._root(n) for n, v in known if v == article.version}
            anywhere = {self._root(n) for n, _ in known}
            places = near if len(near) == 1 else anywhere
            if len(places) == 1:
                self._unite(places.pop(), number, f"{voice.name!r} is taken for the one body of that kind")

    def _make(self) -> dict[int, Party]:
        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._nodes)):
            groups[self._root(number)].append(number)
        parties = {}
        for place, (root, numbers) in enumerate(sorted(groups.items())):
            nodes = [self._nodes[number] for number in numbers]
            parties[root] = _party(place, nodes, sorted(set(self._why[root])))
        return parties


def is_party(article: Article) -> bool:
    """Whether the outlet is a party itself, so that its own voice is that party's word."""
    return (article.outlet_kind or "") in SPEAKING_OUTLETS


def speaks_for_body(voice: Voice) -> bool:
    """Whether somebody's office makes their words those of a body."""
    if voice.office_of:
        return True
    words = set(tokens_of(voice.role or "")) | (set() if voice.named else set(tokens_of(voice.name)))
    former = "former" in (voice.role or "").casefold() or voice.name.casefold().startswith(
        ("a former", "former", "ex-")
    )
    return bool(words & _OFFICES) and not former and voice.kind is SourceKind.PERSON


def _party(number: int, nodes: Sequence[tuple[Voice | None, Article]], reasons: list[str]) -> Party:
    voices = [voice for voice, _ in nodes if voice is not None]
    own = [article for voice, article in nodes if voice is None]
    bodies = [v for v in voices if v.kind is not SourceKind.PERSON and v.named]
    names = [v.name for v in bodies] or [a.outlet for a in own if a.outlet] or [v.name for v in voices]
    name = max(names, key=lambda n: (len(tokens_of(n)), names.count(n), n), default="")
    if bodies:
        kind = str(max(bodies, key=lambda v: (len(v.name), v.name)).kind)
    elif own and any(is_party(a) for a in own):
        kind = "government" if any(a.outlet_kind == "government" for a in own) else "organisation"
    elif own and not voices:
        kind = "own_reporting"
    else:
        kind = str(voices[0].kind) if voices else "own_reporting"
    named = bool(own) or any(
        v.named and v.kind not in (SourceKind.ANONYMOUS,) and not is_generic(v.name) for v in voices
    )
    return Party(id=number, name=name, kind=kind, named=named, voices=voices, reasons=reasons)


def _compatible(kind: SourceKind, other: SourceKind) -> bool:
    return (kind is SourceKind.PERSON) == (other is SourceKind.PERSON) and SourceKind.DOCUMENT not in (kind, other)


def _is_person(kind: SourceKind, other: SourceKind) -> bool:
    return kind is SourceKind.PERSON and other is SourceKind.PERSON


def _is_surname(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return bool(short) and long[-len(short) :] == short


def _doubt(one: Party, other: Party) -> str | None:
    """Why `one` may be `other`."""
    if not one.named and not other.named and "document" not in (one.kind, other.kind):
        return f"{one.name} and {other.name} are not named: they may be the same"
    persons = [v for v in one.voices if v.kind is SourceKind.PERSON]
    if persons and len(persons) == len(one.voices):
        untold = all(not v.affiliation and not v.office_of for v in persons)
        if untold and any(speaks_for_body(v) or not v.role for v in persons) and _is_body(other):
            return f"whom {one.name} speaks for is not told: it may be {other.name}"
    if not one.named:
        words = {word for v in one.voices for word in tokens_of(v.name)}
        if words & _RESIDENTS and _is_private(other):
            return f"{one.name} may include {other.name}"
        if words & BODY_NOUNS and _is_body(other):
            return f"{one.name} may be {other.name}"
        mine = {word for v in one.voices for word in tokens_of(v.affiliation or "")}
        theirs = set(tokens_of(other.name)) | {w for v in other.voices for w in tokens_of(v.affiliation or "")}
        if mine & theirs:
            return f"{one.name} may speak for {other.name}"
    elif "document" in (one.kind, other.kind) and _share_words(one, other):
        return f"{one.name} and {other.name} may be one document, or one the other's"
    elif _is_body(one) and _is_body(other) and set(tokens_of(one.name)) & set(tokens_of(other.name)):
        return f"{one.name} and {other.name} may be one body"
    return None


def _share_words(one: Party, other: Party) -> bool:
    if one.kind == other.kind and not (one.named and other.named):
        return True
    return bool(set(tokens_of(one.name)) & set(tokens_of(other.name)))


def _is_body(party: Party) -> bool:
    return party.kind in {str(kind) for kind in _BODIES} or party.kind == "own_reporting"


def _is_private(party: Party) -> bool:
    """Whether it is a person who speaks for nobody but themselves."""
    return bool(party.voices) and all(
        v.kind is SourceKind.PERSON and not v.affiliation and not v.office_of for v in party.voices
    )
