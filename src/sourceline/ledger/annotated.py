"""Texts that people annotated, read from files: brat's .ann beside its .txt, in a folder or ZIP, and corrected JSON."""

from __future__ import annotations

import codecs
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from sourceline.errors import InvalidAnnotation, MissingInput
from sourceline.ledger.standoff import parse_standoff, person_attribution
from sourceline.model.speech import Act, Attribution
from sourceline.model.text import Span
from sourceline.neural.quotation import quote_states
from sourceline.store.standing import Offsets, offsets_of

_LARGEST = 64 * 1024 * 1024
"""Bytes of one file of annotations or its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A text and all the attributions that somebody sees in it."""

    place: str
    text: str
    attributions: tuple[Attribution, ...]
    speakers: Mapping[Offsets, str | None] = field(default_factory=dict)
    """Who speaks, by name, where the file says so (None: nobody that is known)."""


def read_annotated(path: Path) -> Iterator[Annotated]:
    """What a file or folder holds: .ann files with their .txt, a ZIP of such, or readings as JSON or JSON Lines.

    Raises MissingInput or InvalidAnnotation.
    """
    if path.is_dir():
        for annotations in sorted(path.rglob("*.ann")):
            yield _standoff(annotations, annotations.relative_to(path).as_posix())
    elif not path.exists():
        raise MissingInput(f"there is no file {path}: check the name")
    elif path.suffix == ".ann":
        yield _standoff(path, path.name)
    elif zipfile.is_zipfile(path):
        yield from _archive(path)
    else:
        yield from _json(path)


def _standoff(path: Path, place: str) -> Annotated:
    text = path.with_suffix(".txt")
    if not text.exists():
        raise MissingInput(f"{place} has no text beside it: {text.name} is missing")
    return _parsed(place, _content(path), _content(text))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as failure:
        raise InvalidAnnotation(f"{path} cannot be read ({failure.strerror}): check its permissions") from failure
    return _bounded(content, path.name)


def _archive(path: Path) -> Iterator[Annotated]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as failure:
        raise InvalidAnnotation(f"{path.name} cannot be unpacked ({failure}): write the ZIP again") from failure
    with archive:
        names = {info.filename: info for info in archive.infolist()}
        for name in sorted(names):
            if not name.endswith(".ann"):
                continue
            text = str(PurePosixPath(name).with_suffix(".txt"))
            if text not in names:
                raise MissingInput(f"{name} has no text beside it in {path.name}: {text} is missing")
            yield _parsed(name, *(_unpacked(archive, names[member]) for member in (name, text)))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as file:
            content = file.read(_LARGEST + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as failure:
        raise InvalidAnnotation(f"{info.filename} cannot be unpacked ({failure}): write the ZIP again") from failure
    return _bounded(content, info.filename)


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > _LARGEST:
        raise InvalidAnnotation(f"{name} is larger than {_LARGEST:,} bytes: split it")
    return content


def _parsed(place: str, annotations: bytes, text: bytes) -> Annotated:
    try:
        decoded, lines = text.decode("utf-8"), annotations.decode("utf-8")
    except UnicodeDecodeError as failure:
        raise InvalidAnnotation(f"{place} or its text is not UTF-8: save both as UTF-8") from failure
    return Annotated(place=place, text=decoded, attributions=parse_standoff(lines, decoded, place))


def _json(path: Path) -> Iterator[Annotated]:
    """Of JSON Lines one line after the other, so that a file may be of any length."""
    try:
        with path.open("rb") as file:
            lines = _lines(file, path)
            first = next(lines, None)
            if first is None:
                return
            try:
                reading = _loaded(first[1])
            except ValueError:  # one object on several lines, or none
                yield _reading(_whole(file, path, first[0]), path.name)
                return
            yield _reading(reading, f"{path.name}:{first[0]}")
            for number, line in lines:
                yield _reading(_line(line, path, number), f"{path.name}:{number}")
    except OSError as failure:
        raise InvalidAnnotation(f"{path.name} cannot be read ({failure}): give brat files or JSON") from failure


def _lines(file: BinaryIO, path: Path) -> Iterator[tuple[int, bytes]]:
    """Those that are not blank, with their numbers. Only \\n ends one: others may stand in a text."""
    number = 0
    while line := file.readline(_LARGEST + 1):
        number += 1
        if len(line) > _LARGEST:
            raise InvalidAnnotation(f"{path.name}:{number} is longer than {_LARGEST:,} bytes: give one reading a line")
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield number, line


def _whole(file: BinaryIO, path: Path, number: int) -> Any:
    file.seek(0)
    whole = file.read(_LARGEST + 1)
    if len(whole) > _LARGEST:
        raise InvalidAnnotation(f"{path.name}:{number} is not JSON: give one reading a line")
    return _line(whole.removeprefix(codecs.BOM_UTF8), path, number)


def _line(line: bytes, path: Path, number: int) -> Any:
    try:
        return _loaded(line)
    except UnicodeDecodeError as failure:
        raise InvalidAnnotation(f"{path.name}:{number} is not UTF-8: give brat files or readings as JSON") from failure
    except ValueError as failure:
        raise InvalidAnnotation(f"{path.name}:{number} is not JSON: give one reading a line") from failure


def _loaded(line: bytes) -> Any:
    """Raises ValueError where it is not JSON in UTF-8."""
    try:
        return json.loads(line.decode("utf-8"))
    except RecursionError as failure:
        raise ValueError("nested too deep") from failure


def _reading(reading: Any, place: str) -> Annotated:
    try:
        text = reading["document"]["text"]
        if not isinstance(text, str):
            raise TypeError
        states = quote_states(text)
        items = reading["attributions"]
        found = tuple(_attribution(item, text, states, place) for item in items)
        names = {source["id"]: source["name"] for source in reading.get("sources") or ()}
        speakers = {
            offsets_of(attribution): names.get(item["speaker"], item["speaker"])
            for item, attribution in zip(items, found, strict=True)
            if "speaker" in item
        }
    except (KeyError, TypeError, AttributeError) as failure:
        raise InvalidAnnotation(
            f"{place} is no reading: it needs document.text and attributions, as sourceline export jsonl writes them"
        ) from failure
    return Annotated(place=place, text=text, attributions=found, speakers=speakers)


def _attribution(item: Mapping[str, Any], text: str, states: bytearray, place: str) -> Attribution:
    act = item.get("act", Act.STATE)
    if act not in set(Act):
        raise InvalidAnnotation(f"{place} names no act: {act!r}; there are {', '.join(Act)}")
    source, cue, content = (
        tuple(_span(span, text, place) for span in item.get(part) or ()) for part in ("source", "cue", "content")
    )
    if not cue or not content:
        raise InvalidAnnotation(f"{place} has an attribution without a cue or without content")
    return person_attribution(text, states, (source, cue, content), Act(act))


def _span(span: Mapping[str, Any], text: str, place: str) -> Span:
    start, end = span["start"], span["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise InvalidAnnotation(f"{place} has no span within the text: {start}, {end}")
    found = Span.of(text, start, end)
    if span.get("text", found.text) != found.text:
        raise InvalidAnnotation(f"{place} has a span at {start} whose words are not those of the text")
    return found
