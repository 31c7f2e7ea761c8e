"""brat standoff (https://brat.nlplab.org/standoff.html) in the form that PolNeAR has it, a text and its spans for each
version, in one ZIP.

An attribution is an event: its trigger, an `Attribution` span, lies on the cue, its arguments are the `Source`, `Cue`
and `Content` spans, each in as many pieces as it has; one without a source is an `Attribution-no-source`. The act is
the event's attribute `Act`, and its note is the id it has in the ledger. `ledger/standoff.py` reads it back.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution
from sourceline.model.text import Span
from sourceline.show.exports import Exported

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80


def write(ledger: Exported, out: BinaryIO) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for version, reading in ledger.readings():
            name = _file_name(version)
            _add(archive, f"{name}.txt", reading.document.text)
            _add(archive, f"{name}.ann", standoff(reading))


def standoff(reading: Reading) -> str:
    """The lines of a reading's .ann file."""
    lines: list[str] = []
    spans = 0
    for number, attribution in enumerate(reading.attributions, 1):
        arguments = []
        for kind, pieces in _parts(attribution):
            spans += 1
            lines.append(_text_bound(spans, kind, pieces))
            arguments.append((kind, spans))
        spans += 1
        event = "Attribution" if attribution.source else "Attribution-no-source"
        lines.append(_text_bound(spans, event, attribution.cue))
        joined = " ".join(f"{kind}:T{span}" for kind, span in arguments)
        lines.append(f"E{number}\t{event}:T{spans} {joined}")
        lines.append(f"A{number}\tAct E{number} {attribution.act.value}")
        lines.append(f"#{number}\tAnnotatorNotes E{number}\t{attribution.id}")
    return "".join(f"{line}\n" for line in lines)


def _parts(attribution: Attribution) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for kind, pieces in (("Source", attribution.source), ("Cue", attribution.cue), ("Content", attribution.content)):
        if pieces:
            yield kind, pieces


def _text_bound(number: int, kind: str, pieces: tuple[Span, ...]) -> str:
    """brat allows no line end within a span, so one that holds some is cut there into pieces."""
    cut = [piece for span in pieces for piece in _lines(span)]
    places = ";".join(f"{start} {end}" for start, end, _ in cut)
    return f"T{number}\t{kind} {places}\t{' '.join(words for _, _, words in cut)}"


def _lines(span: Span) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"[^\r\n]+", span.text):
        yield span.start + match.start(), span.start + match.end(), match.group().replace("\t", " ")


def _file_name(version: Version) -> str:
    """Unlike those of other versions, whatever their names are: its id is in it."""
    return f"{_UNSAFE.sub('_', version.name)[:_LONGEST].strip('._') or 'document'}-{version.id}"


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """With a fixed time, so that equal ledgers give equal bytes."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode("utf-8", "replace"))
