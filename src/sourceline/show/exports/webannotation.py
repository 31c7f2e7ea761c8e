"""W3C Web Annotation Data Model (Recommendation, 2017): one annotation for each span of an attribution.

The target names the article by its address and finds the words twice, by quotation and by position. What a span is to
its attribution (source, cue, content) is a tag; all spans of one attribution link to its id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution
from sourceline.model.text import Span
from sourceline.show.exports import Exported
from sourceline.show.json import encode_json

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Characters before and after that make a quotation findable."""


def write(ledger: Exported, out: BinaryIO) -> None:
    out.write(
        b'{"@context": "' + _CONTEXT.encode() + b'", "id": "urn:sourceline:annotations", "type": "AnnotationPage",'
    )
    out.write(b' "items": [')
    for number, item in enumerate(_annotations(ledger)):
        out.write((b",\n" if number else b"\n") + encode_json(item))
    out.write(b"]}\n")


def _annotations(ledger: Exported) -> Iterator[dict[str, Any]]:
    for version, reading in ledger.readings():
        for attribution in reading.attributions:
            for part in ("source", "cue", "content"):
                for number, span in enumerate(getattr(attribution, part)):
                    yield _annotation(version, reading, attribution, (part, number, span))


def _annotation(
    version: Version, reading: Reading, attribution: Attribution, place: tuple[str, int, Span]
) -> dict[str, Any]:
    part, number, span = place
    text = reading.document.text
    speaker = reading.source_of(attribution)
    whole = f"urn:sourceline:{version.id}:{attribution.id}"
    bodies = [_tag(part, "tagging"), _tag(attribution.act.value, "classifying"), _tag(whole, "linking")]
    if speaker is not None:
        bodies.append(_tag(speaker.name, "identifying"))
    return {
        "id": f"{whole}:{part}:{number}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {
            "source": version.url or f"urn:sha256:{version.sha256}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": span.text,
                    "prefix": text[max(0, span.start - _AROUND) : span.start],
                    "suffix": text[span.end : span.end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    }


def _tag(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}
