"""Worlds: stretches of documents on one story, and which of them put the same. Ours are the storylines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sourceline.attribute.sentences import find_sentences

STORYLINES = Path(__file__).parent / "storylines"

SHORTEST, LONGEST = 12, 500
"""Characters of a sentence or clause."""

_CLAUSE = re.compile(
    r"[,;:—–()“”\"]\s+|\s(?=(?:that|which|who|whose|because|after|before|when|while|but|and|as|if|although)\s)"
)
_FEWEST_WORDS = 4

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters of `text` that put one proposition."""

    text: str
    ranges: tuple[Range, ...]

    @property
    def wording(self) -> str:
        return " ".join(self.text[start:end] for start, end in self.ranges)


@dataclass(frozen=True, slots=True)
class Member:
    """A stretch, where it stands, and what it tells of; two members are alike by what both tell of. `whole`: it is no
    mere clause."""

    stretch: Stretch
    document: str
    about: frozenset[str]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """Members from documents on one topic or story, hard to keep apart."""

    name: str
    members: tuple[Member, ...]


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def find_clauses(text: str, start: int, end: int) -> Iterator[Range]:
    """Parts of a sentence between its commas, dashes and conjunctions, each of four words at least."""
    cuts = [start, *(m.end() for m in _CLAUSE.finditer(text, start, end)), end]
    low = start
    for at in cuts[1:]:
        part = text[low:at].rstrip(' ,;:—–(“"')
        if len(part.split()) >= _FEWEST_WORDS:
            yield low, low + len(part)
            low = at


def cut_text(text: str) -> Iterator[Stretch]:
    """Its sentences and their clauses."""
    for start, end in find_sentences(text):
        clauses = list(find_clauses(text, start, end))
        for part in dict.fromkeys([(start, end), *clauses]):
            if SHORTEST <= part[1] - part[0] <= LONGEST:
                yield Stretch(text, (part,))


def read_storyline(folder: Path) -> World:
    """The mentions of a storyline's claims, by the claims they put."""
    texts = {row["id"]: row["text"] for row in read_rows(folder / "documents.jsonl")}
    return World(folder.name, tuple(place_mentions(texts, _read_claims(folder))))


def _read_claims(folder: Path) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = json.loads((folder / "gold.json").read_text("utf-8"))["claims"]
    return claims


def widen_storyline(world: World, claims: Iterable[dict[str, Any]]) -> World:
    """With the sentences that the mentions stand in, and the claims' statements: more to learn from, since what a
    reading finds has not always the edges of gold."""
    found: dict[tuple[str, Range], Member] = {}
    for member in world.members:
        text, (span,) = member.stretch.text, member.stretch.ranges
        for start, end in find_sentences(text):
            if start <= span[0] and span[1] <= end and (start, end) != span:
                about = member.about.union(*(m.about for m in (found.get((member.document, (start, end))),) if m))
                found[member.document, (start, end)] = Member(Stretch(text, ((start, end),)), member.document, about)
    stated = (
        Member(Stretch(c["statement"], ((0, len(c["statement"])),)), f"statement {c['id']}", frozenset((c["id"],)))
        for c in claims
    )
    return World(world.name, (*world.members, *found.values(), *stated))


def place_mentions(texts: dict[str, str], claims: Iterable[dict[str, Any]]) -> Iterator[Member]:
    """Each stretch once, with all the claims that it puts."""
    found: dict[tuple[str, Range], set[str]] = {}
    for claim in claims:
        for mention in claim["mentions"]:
            span = find_occurrence(texts[mention["doc"]], mention["text"], mention["n"])
            found.setdefault((mention["doc"], span), set()).add(claim["id"])
    for (document, span), about in found.items():
        yield Member(Stretch(texts[document], (span,)), document, frozenset(about))


def find_occurrence(text: str, wording: str, n: int) -> Range:
    """The n-th place, counted from 0. Raises ValueError where there are not so many."""
    at = -1
    for _ in range(n + 1):
        at = text.index(wording, at + 1)
    return at, at + len(wording)


def read_storylines(folders: Iterable[Path]) -> list[World]:
    return [read_storyline(gold.parent) for folder in folders for gold in sorted(folder.glob("*/gold.json"))]


def read_wide_storylines(folders: Iterable[Path]) -> list[World]:
    """For training."""
    found = [gold.parent for folder in folders for gold in sorted(folder.glob("*/gold.json"))]
    return [widen_storyline(read_storyline(folder), _read_claims(folder)) for folder in found]
