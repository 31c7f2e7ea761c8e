"""Readings made by hand: a marked text becomes a Reading, with no model and no file."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import Any

from sourceline.model.ids import content_id
from sourceline.model.reading import ModelVersion, Reading
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
    document = {"id": "d01", "language": "en", **document}
    return Reading(
        document=Document(
            text=text, sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), regions=tuple(regions), **document
        ),
        attributions=tuple(_attribution(parts[n], acts.get(n, Act.STATE)) for n in sorted(parts, key=int)),
        unattributed=tuple(Assertion(id=content_id(span.start, span.text), span=span) for span in own),
        notices=notices,
        model=MODEL,
    )


def _attribution(part: dict[str, list[Span]], act: Act) -> Attribution:
    opened = [span.text[:1] in "“\"'‘" for span in part["c"]]
    quote = Quotation.DIRECT if opened and all(opened) else Quotation.MIXED if any("“" in s.text for s in part["c"]) else None
    return Attribution(
        id=content_id(*(span.start for spans in part.values() for span in spans)),
        source=tuple(part["s"]),
        cue=tuple(part["q"]),
        content=tuple(part["c"]),
        quote=quote or Quotation.INDIRECT,
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


ARTICLE = """<r title>Depot talks stall as both sides blame the weather</r>
<r byline>By Ines Calder, in Port Sarrow</r>

<r dateline>PORT SARROW, 9 March —</r> <r body><o>Talks on reopening the Tolvin depot broke off on Tuesday after six hours.</o> <s 1 2>Marit Osei-Lund, the inspectorate’s director-general,</s> <q 1 state>said</q> <c 1>her team had seen “three of the four declared sites”</c> and <q 2 demand>urged</q> <c 2>Karsova to open the fourth by Friday</c>.

<c 3>“Nobody was turned away,”</c> <s 3>the foreign minister, Radek Vohl,</s> <q 3 deny>insisted</q>. <c 3>“The road was under water, and water does not take orders from me.”</c>

<s 4>Two officials close to the talks</s> <q 4 warn>warned</q> <c 4>that a second refusal could end the mission</c>. <s 5>The depot’s operator, Aldemar Freight,</s> <q 5 decline>did not respond to</q> <c 5>questions</c>.

<s 6>Opposition leader Sanne Droste</s> <q 6 accuse>accused</q> <c 6>the ministry of “hiding a lorry behind a puddle”</c>, and <s 7>her party</s> <q 7 threaten>threatened</q> <c 7>to block the budget unless the gates opened</c>.

<o>The depot has been shut since 19 February.</o> <s 8>A satellite survey by Lund University of Karsova</s> <q 8 find>found</q> <c 8>that 1,200 containers had been moved since then</c>. <s 9 10>Residents</s> <q 9 believe>believe</q> <c 9>the number is higher</c>, and <q 10 question>ask</q> <c 10>why the lights are on at night</c>. <s 11>The inspectorate</s> <q 11 intend>plans</q> <c 11>to return on Monday</c>.</r>
<r boilerplate>More on the depot
Follow her at @inescalder
Sign up for our morning letter

Ferry fares to rise again, operator says
Ten gardens to see before the frost</r>
"""


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
