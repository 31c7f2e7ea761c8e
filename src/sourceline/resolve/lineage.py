"""Where a document as a whole says that its words come from: its own newsgathering, somebody credited, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sourceline.model.source import Lineage
from sourceline.model.text import Document, RegionKind, Span
from sourceline.resolve.credits import (
    Credit,
    CreditKind,
    find_credits,
    is_agency,
    is_outlet_name,
    is_same_outlet,
    plain_name,
)
from sourceline.resolve.sayings import IsMedia, Range

_OPENING_LINES = 8
"""Bylines and datelines stand among the first lines that hold anything, unless a region says so."""

_STAFF_BYLINE = re.compile(
    r"^(?:by\b.{0,120}?|[^.]{3,80}?[,|–—-]\s?)(?:staff (?:writer|reporter|correspondent)s?|"
    r"our (?:own )?(?:correspondent|reporter|staff)s?|(?:chief|senior|political|local|news|business|health|"
    r"science|court|crime|city|foreign|sports?|"
    r"diplomatic|security|environment|education) (?:reporter|correspondent|editor|writer)s?|"
    r"staff)\b[^a-z]*$",
    re.I,
)
_THIS_OUTLET = re.compile(
    r"\b(?:told|tells|telling|to|with|by|from|seen by|obtained by|reviewed by|contacted by|asked by)\s"
    r"(?:this (?:newspaper|paper|news site|website|site|magazine|outlet|publication|station|channel|programme|program|"
    r"reporter|correspondent|news organi[sz]ation)|our (?:reporter|correspondent|newsroom|paper|newspaper)s?)\b"
)
_TOLD_ME = re.compile(r"\b(?:told|tells) (?:me|us)\b")
_QUOTED = re.compile(r"“[^”\n]{0,2000}”?|\"[^\"\n]{0,2000}\"?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedOutlet:
    """An outlet or agency that the document credits: its name, and the words of the credit."""

    name: Span
    credit: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLineage:
    """The lineage with what shows it: `credited` for a credited document, `own` words for its own newsgathering."""

    lineage: Lineage
    credited: tuple[CreditedOutlet, ...] = ()
    own: tuple[Span, ...] = ()


def find_lineage(document: Document, *, is_media: IsMedia) -> DocumentLineage:
    """The document's lineage. "own" needs a positive sign; a credit that names nobody leaves it not recorded.

    An outlet that credits itself is no credit, but a sign of its own. Where both are found, a text taken over is
    credited; a colleague agency's contribution to a staff report leaves it own.
    """
    text, outlet = document.text, document.outlet
    credits: list[Credit] = []
    own: list[Range] = []
    for number, (start, end, kind) in enumerate(_lines(document)):
        near_top = number < _OPENING_LINES or kind in (RegionKind.BYLINE, RegionKind.DATELINE)
        credits += find_credits(text, (start, end), is_media=is_media, opening=near_top)
        if near_top and end - start < 160 and _is_staff(text[start:end], outlet, is_media):
            own.append((start, end))
        own += _own_words(text, start, end, outlet)
    bare = any(credit.name is None for credit in credits)
    named = [(credit, text[slice(*credit.name)]) for credit in credits if credit.name is not None]
    named = [pair for pair in named if _is_credit(*pair, outlet, is_media)]
    if outlet:
        own += [(c.start, c.end) for c, name in named if is_same_outlet(name, outlet)]
        named = [(c, name) for c, name in named if not is_same_outlet(name, outlet)]
    taken_over = any(credit.kind is not CreditKind.CONTRIBUTION for credit, _ in named)
    if named and (taken_over or not own):
        lineage = Lineage.CREDITED
    else:
        lineage = Lineage.OWN if own and not bare else Lineage.NOT_RECORDED
    return DocumentLineage(
        lineage=lineage,
        credited=tuple(
            CreditedOutlet(name=Span.of(text, *c.name), credit=Span.of(text, c.start, c.end))
            for c, _ in named
            if c.name is not None
        ),
        own=tuple(Span.of(text, *span) for span in dict.fromkeys(own)),
    )


def _lines(document: Document) -> Iterator[tuple[int, int, RegionKind]]:
    """The lines that hold anything, trimmed, each with the kind of the region that it begins in."""
    text = document.text
    at, region = 0, 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            while region < len(document.regions) and document.regions[region].end <= start:
                region += 1
            inside = region < len(document.regions) and document.regions[region].start <= start
            yield start, start + len(line.strip()), document.regions[region].kind if inside else RegionKind.BODY
        at = stop + 1


def _is_credit(credit: Credit, name: str, outlet: str | None, is_media: IsMedia) -> bool:
    """A copyright line of an outlet that may be the publishing one says nothing of where the words come from."""
    if credit.kind is CreditKind.COPYRIGHT:
        return is_agency(name) or (outlet is not None and is_outlet_name(name, is_media))
    return True


def _is_staff(line: str, outlet: str | None, is_media: IsMedia) -> bool:
    match = _STAFF_BYLINE.match(line)
    if match is None:
        return False
    agency = any(is_agency(part) for part in re.findall(r"[A-Z][\w.&'’ -]+", line.removeprefix("By "))) or is_media(
        re.sub(r"^by\s+|\s+staff.*$", "", line, flags=re.I)
    )
    return not agency or (outlet is not None and plain_name(outlet) in plain_name(line))


def _own_words(text: str, start: int, end: int, outlet: str | None) -> Iterator[Range]:
    """Words outside quotation marks by which the outlet shows that it was told something itself."""
    line = text[start:end]
    if "told " not in line and "this " not in line and "our " not in line and (not outlet or outlet not in line):
        return
    spoken = _QUOTED.sub(lambda match: "\x00" * len(match[0]), line)
    shapes = [_THIS_OUTLET, _TOLD_ME]
    if outlet:
        bare = re.escape(re.sub(r"^the\s", "", outlet.strip(), flags=re.I))
        shapes.append(
            re.compile(
                rf"\b(?:told|tells|interview with|spoke to|spoke with|speaking to|statement to)\s(?:the\s)?{bare}\b",
                re.I,
            )
        )
    for shape in shapes:
        match = shape.search(spoken)
        if match:
            yield start + match.start(), start + match.end()
