"""Readings made by hand: a marked text becomes a Reading, with no model and no file."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from sourceline.model.ids import content_id
from sourceline.model.reading import ModelVersion, Reading
from sourceline.model.source import Lineage
from sourceline.model.speech import Act, Assertion, Attribution, Quotation
from sourceline.model.text import Document, Region, RegionKind, Span

_TAG = re.compile(r"<(/?)([sqco]|r)((?: [\w]+)*)>")
MODEL = ModelVersion(name="by-hand", version="0")


def reading_of(marked: str, *, notices: tuple[str, ...] = (), **document: Any) -> Reading:
    """The reading that the marks spell out: s source, q cue (with its act), c content, o own voice, r region.

    `<s 1>She</s> <q 1 deny>denied</q> <c 1>it</c>`; tags may nest, and `<s 1 2>` serves two attributions.
    """
    text, spans = _parse(marked)
    parts: defaultdict[str, dict[str, list[Span]]] = defaultdict(lambda: {"s": [], "q": [], "c": []})
    acts: dict[str, Act] = {}
    own: list[Span] = []
    regions: list[Region] = []
    for tag, words, start, end in sorted(spans, key=lambda span: span[2]):
        span = Span.of(text, start, end)
        if tag == "o":
            own.append(span)
        elif tag == "r":
            regions.append(Region(kind=RegionKind(words[0]), start=start, end=end))
        else:
            for number in filter(str.isdigit, words):
                parts[number][tag].append(span)
                if tag == "q":
                    acts[number] = Act(next((word for word in words if not word.isdigit()), "state"))
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    fields = {"id": "d01", "language": "en", **document}
    return bare_reading(
        Document(text=text, sha256=sha256, regions=tuple(regions), **fields),
        attributions=tuple(_attribution(parts[n], acts.get(n, Act.STATE)) for n in sorted(parts, key=int)),
        unattributed=tuple(Assertion(id=content_id(span.start, span.text), span=span) for span in own),
        notices=notices,
    )


def bare_reading(document: Document, **found: Any) -> Reading:
    """A reading in which nothing was found but what is given."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("attributions", "sources", "unattributed", "dates", "quantities", "places", "notices"), ()
    )
    return Reading(document=document, **{**nothing, "lineage": Lineage.NOT_RECORDED, "model": MODEL, **found})


def _attribution(part: dict[str, list[Span]], act: Act) -> Attribution:
    opened = [span.text[:1] in "“\"'‘" for span in part["c"]]
    mixed = any("“" in span.text for span in part["c"])
    quote = Quotation.DIRECT if opened and all(opened) else Quotation.MIXED if mixed else Quotation.INDIRECT
    return Attribution(
        id=content_id(*(span.start for spans in part.values() for span in spans)),
        source=tuple(part["s"]),
        cue=tuple(part["q"]),
        content=tuple(part["c"]),
        quote=quote,
        act=act,
        confidence=0.93,
    )


def _parse(marked: str) -> tuple[str, list[tuple[str, list[str], int, int]]]:
    text = ""
    at = 0
    open_tags: list[tuple[str, list[str], int]] = []
    spans: list[tuple[str, list[str], int, int]] = []
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        if tag[1]:
            index = max(i for i, (name, _, _) in enumerate(open_tags) if name == tag[2])
            name, words, start = open_tags.pop(index)
            spans.append((name, words, start, len(text)))
        else:
            open_tags.append((tag[2], tag[3].split(), len(text)))
    return text + marked[at:], spans


ARTICLE = (Path(__file__).parent / "article.txt").read_text(encoding="utf-8")


def article() -> Reading:
    """An article of every act, with a title, a byline, a dateline, own-voice sentences and page furniture."""
    return reading_of(
        ARTICLE,
        title="Depot talks stall as both sides blame the weather",
        byline="Ines Calder",
        outlet="The Sarrow Standard",
        published="2031-03-09T14:30:00+00:00",
        url="https://standard.example/depot-talks",
        notices=("decoded as Windows-1252",),
    )
