"""What changed in a text, line by line, and within a line word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_MOST_LINES = 4000
_MOST_WORDS = 1500
"""Of a line that is compared word by word; longer ones are shown whole, before and after."""
_WORDS = re.compile(r"\s+|[^\s]+")
_AROUND = 1
"""Unchanged lines that are shown beside changed ones."""


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A line as it is now with what went, or lines that stayed and are not shown."""

    stretches: tuple[Stretch, ...] = ()
    skipped: int = 0


def changed_lines(before: str, after: str) -> tuple[Changed, ...] | None:
    """The lines that differ with their neighbours; None where the texts are too long to compare here."""
    old, new = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    if len(old) > _MOST_LINES or len(new) > _MOST_LINES:
        return None
    return tuple(_lines(old, new))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Changed]:
    operations = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (tag, i, j, k, m) in enumerate(operations):
        if tag == "equal":
            yield from _kept(old[i:j], first=place == 0, last=place == len(operations) - 1)
            continue
        both = min(j - i, m - k)
        for was, now in zip(old[i : i + both], new[k : k + both], strict=True):
            yield Changed(stretches=tuple(_words(was, now)))
        for line in old[i + both : j]:
            yield Changed(stretches=(Stretch(kind=Kind.GONE, text=line),))
        for line in new[k + both : m]:
            yield Changed(stretches=(Stretch(kind=Kind.NEW, text=line),))


def _kept(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[Changed]:
    head = 0 if first else _AROUND
    tail = 0 if last else _AROUND
    if len(lines) <= head + tail + 1:
        head, tail = len(lines), 0
    for line in lines[:head]:
        yield Changed(stretches=(Stretch(kind=Kind.SAME, text=line),))
    if skipped := len(lines) - head - tail:
        yield Changed(skipped=skipped)
    for line in lines[len(lines) - tail :] if tail else ():
        yield Changed(stretches=(Stretch(kind=Kind.SAME, text=line),))


def _words(was: str, now: str) -> Iterator[Stretch]:
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    if len(old) > 2 * _MOST_WORDS or len(new) > 2 * _MOST_WORDS:
        yield Stretch(kind=Kind.GONE, text=was)
        yield Stretch(kind=Kind.NEW, text=now)
        return
    gone, fresh = "", ""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = "".join(old[i:j])
        if tag != "equal" or (same.isspace() and (gone or fresh)):
            gone, fresh = gone + same, fresh + "".join(new[k:m])
            continue
        yield from _replaced(gone, fresh)
        gone, fresh = "", ""
        yield Stretch(kind=Kind.SAME, text=same)
    yield from _replaced(gone, fresh)


def _replaced(gone: str, fresh: str) -> Iterator[Stretch]:
    """Words that took the place of others, less the space that both end in."""
    common = len(gone) - len(gone.rstrip()) if gone[len(gone.rstrip()) :] == fresh[len(fresh.rstrip()) :] else 0
    tail = gone[len(gone) - common :] if common else ""
    if gone := gone.removesuffix(tail):
        yield Stretch(kind=Kind.GONE, text=gone)
    if fresh := fresh.removesuffix(tail):
        yield Stretch(kind=Kind.NEW, text=fresh)
    if tail:
        yield Stretch(kind=Kind.SAME, text=tail)
