"""Credit lines: the lines of a document that say whose words these are, and whom they name.

"© 2031 Corran Wire", "The Corran Wire contributed to this report", "Source: Lirra Herald", "VARNHOLM (Corran Wire) —",
"By Corran Wire Staff", "This article was originally published by the Lirra Herald".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sourceline.resolve.outlets import INSTITUTION_WORDS, OUTLET_WORDS
from sourceline.resolve.sayings import IsMedia, Range
from sourceline.resolve.words import word_set


class CreditKind(StrEnum):
    """What kind of line gives the credit."""

    COPYRIGHT = "copyright"
    CONTRIBUTION = "contribution"
    SOURCE = "source"
    REPRINT = "reprint"
    DATELINE = "dateline"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Characters of the document's text: the words of the credit, and the name in them; no name where none is given."""

    kind: CreditKind
    start: int
    end: int
    name: Range | None


_AGENCY_NAMES = (
    "associated press|ap|reuters|thomson reuters|agence france-presse|afp|upi|united press international|"
    "bloomberg|tass|itar-tass|xinhua|kcna|yonhap|kyodo|kyodo news|jiji press|dpa|efe|ansa|interfax|"
    "ria novosti|pti|ani|ians|press trust of india|press association|pa|pa media|canadian press|aap|"
    "anadolu agency|anadolu|irna|isna|mehr|ukrinform|tanjug|belga|lusa|apa|cns|mena|wam|bernama|antara|"
    "newswires|dow jones newswires"
)
AGENCIES = frozenset(_AGENCY_NAMES.split("|"))
_AGENCY_WORDS = word_set("wire newswire wires agency press service syndicate")

_NAME = r"(?P<name>(?:[Tt]he )?[A-Z0-9À-ÖØ-Þ][^\n.;:|()!?]{0,70}(?:\.(?:com|org|net|co\.uk)\b)?)"
_PIECE = r"(?:article|story|report|piece|post|column|content|essay|interview|item|work)"
_SHAPES: tuple[tuple[CreditKind, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        CreditKind.REPRINT,
        ("publish", "appear", "posted", "print", "written", "produced"),
        re.compile(
            rf"\b(?:this|the|an earlier version of this|a version of this)\s(?:[\w-]+\s)?{_PIECE}\s"
            rf"(?:(?:was|is|has been|had been)\s)?(?:(?:originally|first|also|previously)\s)*"
            rf"(?:published|appeared|appears|posted|printed|written|produced|republished|reproduced|reprinted)\s"
            rf"(?:[\w-]+\s){{0,3}}?(?:by|in|on|at|from|for)\s(?:permission\s(?:of|from)\s)?{_NAME}",
            re.IGNORECASE,
        ),
    ),
    (
        CreditKind.REPRINT,
        ("permission", "courtesy"),
        re.compile(
            r"\b(?:re-?published|re-?printed|reproduced|syndicated|used|distributed|provided|supplied|published)\s"
            rf"(?:here\s)?(?:(?:with|by)\s(?:the\s)?(?:kind\s)?permission\s(?:of|from)|courtesy\sof)\s{_NAME}",
            re.IGNORECASE,
        ),
    ),
    (
        CreditKind.REPRINT,
        ("publish", "printed", "reproduced", "syndicated", "distributed", "provided", "supplied"),
        re.compile(
            rf"^(?:re-?published|re-?printed|reproduced|syndicated|distributed|provided|supplied)\s(?:from|by)\s{_NAME}",
            re.I,
        ),
    ),
    (
        CreditKind.REPRINT,
        ("published", "appeared"),
        re.compile(rf"^(?:originally|first)\s(?:published|appeared)\s(?:by|in|on|at)\s{_NAME}", re.I),
    ),
    (CreditKind.REPRINT, ("courtesy",), re.compile(rf"^courtesy(?:\sof)?:?\s{_NAME}", re.I)),
    (
        CreditKind.CONTRIBUTION,
        ("contributed",),
        re.compile(
            rf"^[\[(]?(?:(?:reporting|information|material|files?)\s(?:from|by)\s)?{_NAME}\s(?:also\s)?contributed\b",
            re.I,
        ),
    ),
    (
        CreditKind.CONTRIBUTION,
        ("reporting", "information", "material", "file", "input"),
        re.compile(
            r"\b(?:with|includes?|additional)\s(?:[\w-]+\s)?(?:reporting|information|material|files?|inputs?)"
            rf"(?:\s(?:from|by)\s|:\s?){_NAME}",
            re.I,
        ),
    ),
    (CreditKind.CONTRIBUTION, ("with ",), re.compile(rf"^with\s(?:files\sfrom\s)?{_NAME}$", re.I)),
    (CreditKind.SOURCE, ("—", "–", "- "), re.compile(rf"^[—–-]{{1,2}}\s?{_NAME}$")),
    (
        CreditKind.COPYRIGHT,
        ("©", "(c)", "copyright"),
        re.compile(
            r"(?:©|\(c\)|\bcopyright\b)\s*(?:©|\(c\))?\s*(?:(?:19|20|21)\d\d(?:\s?[-–]\s?\d{2,4})?)?,?\s*(?:by\s)?"
            rf"{_NAME}",
            re.I,
        ),
    ),
    (
        CreditKind.SOURCE,
        ("source", "via", "credit", "h/t"),
        re.compile(rf"^(?:news\s)?(?:source|via|credit|h/t)\s?:\s*{_NAME}?\s*$", re.I),
    ),
)
"""Each with words of which the line must have one: they are quick to look for, the shapes are not."""
_DATELINE = re.compile(
    r"^(?:[^()\n]{2,80}?\s)?\((?P<name>(?!\d)[A-Z][\w&/. '’-]{1,38})\)\s?[-–—‑]{1,3}(?=\s|$|[A-Z“\"])"
)
_DATELINE_START = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+|[A-ZÀ-ÖØ-Þ][\w'’.-]+(?:,? [A-ZÀ-ÖØ-Þ\d][\w'’.-]*)*,? ?\(|\(")
_BYLINE = re.compile(r"^by\b[:\s]\s*(?P<rest>.{2,150})$|^(?P<alone>.{2,60})$", re.I)
_TAIL = re.compile(
    r"(?:\s?[-–—|,]\s.*|,\swith\s.*|"
    r"\s(?:all rights|and (?:is|was|has|edited)|under (?:a|the)|under licen|with (?:permission|the)|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|"
    r"in (?:19|20|21)\d\d|may not|staff|contributed|to this|for this|reporters?|writers?|correspondents?|"
    r"news service contributed|where|which|licen[cs]e).*)$",
    re.I,
)
LONGEST_LINE = 400


def find_credits(text: str, line: Range, *, is_media: IsMedia, opening: bool) -> Iterator[Credit]:
    """The credits that one line [start, end) of the text gives. `opening`: it stands near the top, where datelines and
    bylines are."""
    start, end = line
    head = text[start : min(end, start + LONGEST_LINE)]
    if opening:
        dateline = _DATELINE.match(head[:140])
        if dateline and _DATELINE_START.match(head):
            agency = _stripped(text, start + dateline.start("name"), start + dateline.end("name"))
            if not re.fullmatch(r"[DRI]-\w+\.?", text[slice(*agency)]):  # a legislator's party and state
                yield Credit(kind=CreditKind.DATELINE, start=agency[0], end=agency[1], name=agency)
    if end - start > LONGEST_LINE:
        return
    taken: list[Range] = []
    folded = head.casefold()
    for kind, signs, shape in _SHAPES:
        match = shape.search(head) if any(sign in folded for sign in signs) else None
        if match is None or any(start + match.start() < e and s < start + match.end() for s, e in taken):
            continue
        span = start + match.start(), start + match.end()
        given = match.group("name")
        if given is None or not given.strip():
            if kind is CreditKind.SOURCE:
                yield Credit(kind=kind, start=span[0], end=span[1], name=None)
            continue
        name = _name_in(text, start + match.start("name"), start + match.end("name"))
        if name is None:
            continue
        signed = kind is CreditKind.SOURCE and head[0] in "—–-"
        if (kind is CreditKind.CONTRIBUTION or signed) and not is_outlet_name(text[slice(*name)], is_media):
            continue  # a colleague, or the one who wrote it
        taken.append(span)
        yield Credit(kind=kind, start=span[0], end=max(name[1], _sentence_end(text, name[1], end)), name=name)
    if opening and not taken:
        yield from _credits_of_byline(text, start, head, is_media)


def _sentence_end(text: str, at: int, end: int) -> int:
    stop = text.find(". ", at, end)
    return end if stop < 0 else stop + 1


def _credits_of_byline(text: str, start: int, line: str, is_media: IsMedia) -> Iterator[Credit]:
    match = _BYLINE.match(line)
    if match is None:
        return
    if match["rest"] is None:
        name = _name_in(text, start, start + len(line))
        if name is not None and is_agency(text[slice(*name)]) and name[1] - name[0] >= len(line) - 4:
            yield Credit(kind=CreditKind.BYLINE, start=name[0], end=name[1], name=name)
        return
    group = "rest"
    at = start + match.start(group)
    for part in re.finditer(r"[^,|/()–—]+", match[group]):
        name = _name_in(text, at + part.start(), at + part.end())
        if name is None:
            continue
        words = text[slice(*name)]
        known = is_agency(words) or is_media(words)
        if known or (part.start() > 0 and is_outlet_name(words, is_media)):
            yield Credit(kind=CreditKind.BYLINE, start=start, end=start + len(line.rstrip()), name=name)
            return


def _name_in(text: str, start: int, end: int) -> Range | None:
    """The name within [start, end) alone: no determiner, nothing of what follows it."""
    words = text[start:end]
    tail = _TAIL.search(words)
    if tail:
        end = start + tail.start()
    start, end = _stripped(text, start, end)
    if text[start : start + 4].lower() == "the ":
        start += 4
    if (
        end - start < 2
        or not (text[start].isupper() or text[start].isdigit() or "." in text[start:end])
        or len(text[start:end].split()) > 8
    ):
        return None
    return start, end


def _stripped(text: str, start: int, end: int) -> Range:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    return start, end


def is_agency(name: str) -> bool:
    """Whether an agency is named: a known one, or one whose last word says so."""
    plain = plain_name(name)
    words = plain.split()
    named = len(words) > 1 and (words[-1] in _AGENCY_WORDS or words[-2:] == ["press", "association"])
    return plain in AGENCIES or named


def is_outlet_name(name: str, is_media: IsMedia) -> bool:
    """Whether an outlet or an agency is named."""
    words = plain_name(name).split()
    if is_media(name) or is_agency(name):
        return True
    looks = len(words) > 1 and any(word in OUTLET_WORDS for word in (words[0], words[-1]))
    return looks and not INSTITUTION_WORDS.intersection(words)


def plain_name(name: str) -> str:
    """Lower case, without determiner, full stops and doubled blanks."""
    return " ".join(name.casefold().replace(".", "").removeprefix("the ").split()).removesuffix("'s").removesuffix("’s")


def is_same_outlet(a: str, b: str) -> bool:
    """Equal names, one the first words of the other, or its initials."""
    a, b = plain_name(a), plain_name(b)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if long.startswith(f"{short} "):
        return True
    initials = "".join(word[0] for word in long.split() if word not in ("the", "of", "and"))
    return len(short) > 1 and short == initials
