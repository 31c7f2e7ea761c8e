"""Which names of one text mean the same: rules on their words, and an abstention where two could be meant."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.lexicon.nouns import class_of
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind
from sourceline.resolve.agreement import COMPANY_FORMS, FEMININE_TITLES, GENERATIONS, MASCULINE_TITLES, PARTICLES
from sourceline.resolve.mentions import KINDS, Placed

Words = tuple[str, ...]

CLEARLY_NEARER = 600
"""Characters by which one bearer of a surname must have been named more recently than another to be meant."""

ESTABLISHED = 2
"""How often a surname alone must have meant one bearer, and never another, to mean that one whoever is near."""

CANDIDATES = 8
"""How many bearers of one name are looked at."""

_BREAK = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_BEFORE = re.compile(r"([^\W\d_]+)\.?\s{1,3}$")
OUTLET_NOUNS = words_of("outlets")
_SMALL = frozenset(("of", "for", "the", "and", "on", "in", "to", "&", "at", "de", "la"))

SAME_PLACES: dict[Words, Words] = {
    ("us",): ("united", "states"),
    ("usa",): ("united", "states"),
    ("united", "states", "of", "america"): ("united", "states"),
    ("uk",): ("united", "kingdom"),
    ("uae",): ("united", "arab", "emirates"),
    ("drc",): ("democratic", "republic", "of", "congo"),
    ("dprk",): ("north", "korea"),
    ("prc",): ("china",),
}


@dataclass(slots=True)
class _Bearer:
    """One entity while its names are being joined."""

    number: int
    words: Words
    kind: EntityKind
    first_at: int
    last_at: int
    masculine: bool | None = None
    bare: int = 0
    """How often the surname alone has meant this one."""


@dataclass(frozen=True, slots=True)
class NameLinks:
    """groups: the number of each name's entity; kinds: of each group; masculine: where a title says so; unsure: names
    that two entities could be meant by, each kept alone."""

    groups: list[int]
    kinds: list[EntityKind]
    masculine: list[bool | None]
    unsure: list[bool]


def name_words(name: str) -> Words:
    """The words that are compared: without case, accents, stops, invisible characters, and "the" in front."""
    plain = unicodedata.normalize("NFKD", name.replace("\u200b", "").replace("\u2060", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")
    words = [w.strip(".,'\"()").replace(".", "") for w in _BREAK.split(plain)]
    words = [w for w in words if w]
    while len(words) > 1 and words[0] == "the":
        words.pop(0)
    return tuple(words)


def link_names(text: str, names: Sequence[Placed]) -> NameLinks:
    """Joins the names of one text, given in its order. Persons: equal full names, initials, and a bare surname or
    first name that has one bearer, or one named clearly more recently; others: equal words, acronyms, and a shorter
    form that only one longer name begins or ends with."""
    words = [name_words(text[n.start : n.end]) for n in names]
    kinds = _vote_kinds(text, words, names)
    return _Linker(text, names, words, kinds).link()


def _vote_kinds(text: str, words: list[Words], names: Sequence[Placed]) -> list[EntityKind]:
    """Equal names have one kind: the sum of what each place of them says; a person's surname is no body."""
    sums: dict[Words, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for w, name in zip(words, names, strict=True):
        for i in range(3):
            sums[w][i] += name.kinds[i] * name.certainty
    kinds = [KINDS[max(range(3), key=sums[w].__getitem__)] for w in words]
    surnames = {_core(w)[-1] for w, kind in zip(words, kinds, strict=True) if kind is EntityKind.PERSON and len(w) > 1}
    for i, w in enumerate(words):
        if (
            len(w) == 1
            and kinds[i] is EntityKind.ORGANISATION
            and w[0] in surnames
            and not _has_article(text, names[i])
        ):
            kinds[i] = EntityKind.PERSON
    return kinds


def _has_article(text: str, name: Placed) -> bool:
    return text[max(0, name.start - 4) : name.start].casefold() == "the "


class _Linker:
    def __init__(self, text: str, names: Sequence[Placed], words: list[Words], kinds: list[EntityKind]) -> None:
        self._text, self._names, self._words, self._kinds = text, names, words, kinds
        self._bearers: list[_Bearer] = []
        self._groups = [-1] * len(names)
        self._unsure = [False] * len(names)

    def link(self) -> NameLinks:
        persons = [i for i, k in enumerate(self._kinds) if k is EntityKind.PERSON]
        self._link_persons([i for i in persons if self._words[i]])
        self._link_others([i for i, k in enumerate(self._kinds) if k is not EntityKind.PERSON and self._words[i]])
        for i, group in enumerate(self._groups):
            if group < 0:
                self._open(i)
        return NameLinks(
            self._groups, [b.kind for b in self._bearers], [b.masculine for b in self._bearers], self._unsure
        )

    def _open(self, i: int) -> _Bearer:
        at = self._names[i].start
        bearer = _Bearer(len(self._bearers), self._words[i], self._kinds[i], at, at)
        self._bearers.append(bearer)
        self._groups[i] = bearer.number
        return bearer

    def _join(self, i: int, bearer: _Bearer, masculine: bool | None = None) -> None:
        self._groups[i] = bearer.number
        bearer.last_at = max(bearer.last_at, self._names[i].start)
        if bearer.masculine is None:
            bearer.masculine = masculine

    # persons

    def _link_persons(self, persons: list[int]) -> None:
        by_last: dict[str, list[_Bearer]] = defaultdict(list)
        by_first: dict[str, list[_Bearer]] = defaultdict(list)
        full = [i for i in persons if len(_core(self._words[i])) > 1]
        for i in full:
            if self._words[i][0] not in PARTICLES:
                self._link_full_name(i, by_last, by_first)
        for i in full:  # "van der Berg" may be but a surname
            if self._words[i][0] in PARTICLES and " ".join(_core(self._words[i])) not in by_last:
                self._link_full_name(i, by_last, by_first)
        alone: dict[str, _Bearer] = {}
        for bearer in self._bearers:
            bearer.last_at = -1  # nobody has been named yet
        for i in persons:
            if self._groups[i] >= 0:
                self._join(i, self._bearers[self._groups[i]])
            else:
                self._link_bare_name(i, by_last, by_first, alone)

    def _link_full_name(self, i: int, by_last: dict[str, list[_Bearer]], by_first: dict[str, list[_Bearer]]) -> None:
        core = _core(self._words[i])
        masculine = self._title_gender(i)
        for bearer in reversed(by_last[core[-1]][-CANDIDATES:]):
            if _may_be_one(core, _core(bearer.words)) and not _differ(masculine, bearer.masculine):
                if len(core) > len(_core(bearer.words)):
                    bearer.words = self._words[i]
                self._join(i, bearer, masculine)
                return
        bearer = self._open(i)
        bearer.masculine = masculine
        by_last[core[-1]].append(bearer)
        by_first[core[0]].append(bearer)
        surname = " ".join(_surname(core))
        if surname != core[-1]:
            by_last[surname].append(bearer)

    def _link_bare_name(
        self,
        i: int,
        by_last: dict[str, list[_Bearer]],
        by_first: dict[str, list[_Bearer]],
        alone: dict[str, _Bearer],
    ) -> None:
        name, masculine = " ".join(_core(self._words[i])), self._title_gender(i)
        if not name:
            return
        for index in (by_last, by_first):
            bearers = [b for b in index.get(name, ())[:CANDIDATES] if not _differ(masculine, b.masculine)]
            if not bearers:
                continue
            meant = self._clearly_meant(bearers)
            if meant is None:
                self._unsure[i] = True
            else:
                self._join(i, meant, masculine)
                meant.bare += 1
            return
        known = alone.get(name)
        if known is not None and not _differ(masculine, known.masculine):
            self._join(i, known, masculine)
            return
        alone[name] = self._open(i)
        alone[name].masculine = masculine

    def _clearly_meant(self, bearers: list[_Bearer]) -> _Bearer | None:
        """The only one, the one named clearly more recently than every other, or the one that the name alone has meant
        so far."""
        if len(bearers) == 1:
            return bearers[0]
        ordered = sorted(bearers, key=lambda b: -b.last_at)
        nearest, second = ordered[0], ordered[1]
        if nearest.last_at < 0:
            return None
        if second.last_at < 0 or nearest.last_at - second.last_at > CLEARLY_NEARER:
            return nearest
        known = sorted(bearers, key=lambda b: -b.bare)
        return known[0] if known[0].bare >= ESTABLISHED and known[1].bare == 0 else None

    def _title_gender(self, i: int) -> bool | None:
        """True after "Mr", False after "Mrs" or "Ms", else None."""
        start = self._names[i].start
        before = _BEFORE.search(self._text, max(0, start - 16), start)
        title = before.group(1).casefold() if before else ""
        return True if title in MASCULINE_TITLES else False if title in FEMININE_TITLES else None

    # bodies and places

    def _link_others(self, others: list[int]) -> None:
        exact: dict[Words, _Bearer] = {}
        initials: dict[str, list[_Bearer]] = defaultdict(list)
        parts: dict[Words, list[_Bearer]] = defaultdict(list)
        for i in sorted(others, key=lambda i: (-len(self._words[i]), i)):
            words = self._body_words(i)
            known = exact.get(words)
            if known is None:
                known = self._longer_form(i, words, initials, parts)
                if known is None:
                    known = self._open(i)
                    _index(known, words, initials, parts)
                exact[words] = known
            self._join(i, known)
            known.first_at = min(known.first_at, self._names[i].start)

    def _body_words(self, i: int) -> Words:
        words = SAME_PLACES.get(self._words[i], self._words[i])
        while len(words) > 1 and words[-1] in COMPANY_FORMS and self._kinds[i] is EntityKind.ORGANISATION:
            words = words[:-1]
        return words

    def _longer_form(
        self, i: int, words: Words, initials: dict[str, list[_Bearer]], parts: dict[Words, list[_Bearer]]
    ) -> _Bearer | None:
        written = self._text[self._names[i].start : self._names[i].end]
        if len(words) == 1 and written.replace(".", "").isupper() and 2 <= len(words[0]) <= 8:
            meant = initials.get(words[0], [])
            if len(meant) == 1:
                return meant[0]
        if self._kinds[i] is not EntityKind.ORGANISATION:
            return None
        longer = [b for b in parts.get(words, ()) if b.kind is EntityKind.ORGANISATION]
        return longer[0] if len(longer) == 1 else None


def _index(
    bearer: _Bearer, words: Words, initials: dict[str, list[_Bearer]], parts: dict[Words, list[_Bearer]]
) -> None:
    """By its initials, and by its beginnings and longer endings."""
    if len(words) < 2:
        return
    keys = {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}
    for key in keys:
        if len(initials[key]) < CANDIDATES:
            initials[key].append(bearer)
    limit = words[:8]
    beginnings = {limit[:n] for n in range(1, len(limit)) if limit[n - 1] not in _SMALL}
    endings = {words[n:] for n in range(max(1, len(words) - 5), len(words) - 1) if words[n] not in _SMALL}
    if class_of(words[-1]) is not None or words[-1] in OUTLET_NOUNS:
        endings.add(words[-1:])  # "the Times", "the Department"
    for part in beginnings | endings:
        if len(parts[part]) < CANDIDATES:
            parts[part].append(bearer)


def _core(words: Words) -> Words:
    """Without "Jr" and the like."""
    return words[:-1] if len(words) > 1 and words[-1] in GENERATIONS else words


def _surname(core: Words) -> Words:
    """With the particles in front: van der Berg."""
    at = len(core) - 1
    while at > 1 and core[at - 1] in PARTICLES:
        at -= 1
    return core[at:]


def _may_be_one(a: Words, b: Words) -> bool:
    """Full names of equal last words: whether their first names agree, an initial agreeing with what it begins."""
    if len(_surname(a)) == len(a) or len(_surname(b)) == len(b):
        return _surname(a) == _surname(b)
    return _agree(a[0], b[0])


def _agree(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _differ(a: bool | None, b: bool | None) -> bool:
    return a is not None and b is not None and a != b
