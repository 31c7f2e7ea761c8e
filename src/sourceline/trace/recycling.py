"""What became of an old claim: published again as new, recalled with its date, or said anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sourceline.model.trace import Recycled
from sourceline.trace.links import speaker_of
from sourceline.trace.names import tokens_of
from sourceline.trace.origins import Descent
from sourceline.trace.testimony import Testimony
from sourceline.trace.voices import Shape, shape_of

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


_NUMBERS = frozenset("new figures numbers data reports studies papers".split())


@dataclass(slots=True)
class Fates:
    """Ids given with documents, by what they do with an old claim."""

    recycled: list[str] = field(default_factory=list)
    background: list[str] = field(default_factory=list)
    reasserted: list[str] = field(default_factory=list)


def find_recycled(
    testimonies: Sequence[Testimony], descent: Descent, after: timedelta
) -> tuple[Recycled | None, tuple[str, ...], tuple[str, ...]]:
    """What was published again as new long after it first appeared, which begins with somebody who gives nobody for it
    after a silence; the documents that only recall it (background), and those in which somebody says it anew."""
    asserting = [t for t in testimonies if t.asserts and t.article.published is not None]
    if not asserting:
        return None, (), ()
    first = last = asserting[0]
    fates = Fates()
    new: set[str] = set()
    for testimony in asserting:
        if testimony.time - first.time < after:
            last = testimony
            continue
        name = testimony.article.name
        if _recalls(testimony, first):
            fates.background.append(name)
            continue
        if _is_anew(testimony, first, descent):
            fates.reasserted.append(name)
        elif _follows(testimony, new, descent) or (testimony.time - last.time >= after and _is_as_new(testimony)):
            fates.recycled.append(name)
            new.add(testimony.article.version)
        else:
            fates.background.append(name)
        last = testimony
    others = {*fates.reasserted}
    names = tuple(dict.fromkeys(n for n in fates.recycled if n not in others))
    background = tuple(dict.fromkeys(n for n in fates.background if n not in names and n not in others))
    found = Recycled(old_document=first.article.name, new_documents=names) if names else None
    return found, background, tuple(dict.fromkeys(fates.reasserted))


def _recalls(testimony: Testimony, first: Testimony) -> bool:
    """Whether it names the time of the first appearance or one before it, or is the first outlet's own again."""
    years = [year for date in testimony.mention.dates for year in _YEAR.findall(date.value or "")]
    if years and min(years) <= str(first.time.year):
        return True
    return testimony.article.outlet is not None and testimony.article.outlet == first.article.outlet


def _is_anew(testimony: Testimony, first: Testimony, descent: Descent) -> bool:
    """Whether a party that is named says it again or for the first time, and not merely a paper."""
    root = descent.origin.get(testimony.id)
    if root is None or root.first.time <= first.time or root.first.article.version != testimony.article.version:
        return False
    return (root.party.named and not root.party.news) or _is_other_value(testimony, first)


def _is_other_value(testimony: Testimony, first: Testimony) -> bool:
    ours, theirs = ({(q.low, q.high) for q in t.mention.quantities} for t in (testimony, first))
    return bool(ours) and bool(theirs) and not ours & theirs


def _follows(testimony: Testimony, new: set[str], descent: Descent) -> bool:
    """Whether it was taken from a document that recycles it."""
    parent = descent.parent.get(testimony.id)
    return parent is not None and parent.mention.article.version in new


def _is_as_new(testimony: Testimony) -> bool:
    """Whether nobody who said it then is given for it: no speaker, or none with a name."""
    speaker = speaker_of(testimony)
    if speaker is None:
        return True
    return not set(tokens_of(speaker.name)) - _NUMBERS or shape_of(speaker) in (Shape.UNNAMED, Shape.MEDIA)
