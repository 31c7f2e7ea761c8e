"""What changed between two readings: attributions that came, went or are put in other words, and what is stated about
the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import groupby

from sourceline.model.evidence import Sighting, Version
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution
from sourceline.model.text import Document

_ALIKE = 0.6
"""Share of words in order from which two contents are taken for one saying put differently."""

_STATED = ("title", "byline", "outlet", "outlet_kind", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One attribution before and after; None where it came or went. `what` names the parts that differ."""

    before: Attribution | None
    after: Attribution | None
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """One thing stated about an article, before and after; None where it was not stated."""

    what: str
    """`title`, `byline`, `outlet`, `outlet_kind` or `published`: what makes another version."""
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed from one version, or one reading, to the next."""

    before: Version
    after: Version
    changes: tuple[Change, ...]
    kept: int
    """Attributions that are the same in both."""
    text_changed: bool
    stated: tuple[Restated, ...] = ()
    """What is stated otherwise."""
    at: datetime | None = None
    """When the later text was seen first after the earlier one; None where it is one text, read anew."""
    returned: bool = False
    """Whether the later text had been there before the earlier one, and came back."""


def stays_of(seen: Iterable[tuple[Version, Iterable[Sighting]]]) -> list[tuple[Version, datetime]]:
    """Which version was there after which, each time with its first sighting: one that came back is there twice."""
    sightings = [(s.at, version.number, version) for version, found in seen for s in found]
    sightings.sort(key=lambda sighting: sighting[:2])
    return [(version, at) for _, ((at, _, version), *_) in groupby(sightings, key=lambda sighting: sighting[1])]


def compare_readings(before: tuple[Version, Reading], after: tuple[Version, Reading]) -> Difference:
    """The attributions that came, went or changed, in the order of the later text, what went at the place it had."""
    old, new = list(before[1].attributions), list(after[1].attributions)
    old_keys = [_wording(before[1], a) for a in old]
    new_keys = [_wording(after[1], a) for a in new]
    changes: list[Change] = []
    kept = 0
    for tag, i, j, k, m in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            kept += j - i
        else:
            changes += _pair(before[1], old[i:j], after[1], new[k:m])
    return Difference(
        before=before[0],
        after=after[0],
        changes=tuple(changes),
        kept=kept,
        text_changed=before[0].text_sha256 != after[0].text_sha256,
        stated=tuple(_restated(before[1].document, after[1].document)),
    )


def _restated(before: Document, after: Document) -> Iterator[Restated]:
    for what in _STATED:
        was, now = getattr(before, what), getattr(after, what)
        if was != now:
            yield Restated(what=what, before=was, after=now)


def _pair(before: Reading, old: Sequence[Attribution], after: Reading, new: Sequence[Attribution]) -> list[Change]:
    """Within a stretch that differs: each later attribution with the earlier one most like it."""
    left = list(old)
    changes = []
    for attribution in new:
        likeness, best = max(((_likeness(x, attribution), x) for x in left), key=lambda x: x[0], default=(0.0, None))
        if best is None or likeness < _ALIKE:
            changes.append(Change(before=None, after=attribution))
            continue
        left.remove(best)
        was, now = _parts(before, best), _parts(after, attribution)
        changes.append(Change(before=best, after=attribution, what=tuple(k for k in was if was[k] != now[k])))
    return [*(Change(before=x, after=None) for x in left), *changes]


def _likeness(a: Attribution, b: Attribution) -> float:
    return SequenceMatcher(None, a.wording.casefold().split(), b.wording.casefold().split(), autojunk=False).ratio()


def _wording(reading: Reading, attribution: Attribution) -> tuple[object, ...]:
    return tuple(_parts(reading, attribution).values())


def _parts(reading: Reading, attribution: Attribution) -> dict[str, object]:
    """What a reader would call a change: not where it stands, and not how sure the machine is."""
    source = reading.source_of(attribution)
    return {
        "source": " ".join(span.text for span in attribution.source),
        "cue": " ".join(span.text for span in attribution.cue),
        "content": " ".join(attribution.wording.split()),
        "act": attribution.act,
        "speaker": source.name if source else None,
        "via": tuple(s.name for s in map(reading.source, attribution.via) if s),
        "upstream": tuple(s.name for s in map(reading.source, attribution.upstream) if s),
    }
