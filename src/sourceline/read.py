"""The verbs that read: text, a file, a page, a batch. What they collect and clean goes through one pipeline."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO

from sourceline.clean.document import clean_page, clean_record
from sourceline.collect import files
from sourceline.collect.lines import ENDLESS, BoundedLines
from sourceline.collect.records import given_id, parse_record
from sourceline.collect.web.page import fetch_page
from sourceline.errors import InputError, InvalidRecord, SourcelineError, UndecodableInput
from sourceline.model.reading import Failure, Reading
from sourceline.model.record import Record
from sourceline.model.text import Document, Snapshot
from sourceline.pipeline import Pipeline
from sourceline.settings import Settings


def read_text(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    clean: bool = True,
) -> Reading:
    """The reading of a plain text. With `clean=False` everything is body.

    Raises UndecodableInput where the text holds half a surrogate pair, which is no character.
    """
    try:
        text.encode()
    except UnicodeEncodeError as failure:
        raise UndecodableInput("the text holds half a surrogate pair: decode it again from its bytes") from failure
    settings = Settings(clean=clean)
    record = Record(text=text, published=published, outlet=outlet, title=title, url=url)
    return _pipeline(settings.threads).read(clean_record(record, settings))


def read_file(
    path: str | os.PathLike[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
    clean: bool = True,
) -> Reading:
    """The reading of a text, HTML, PDF or mail file; `published` and `outlet` are for what the file does not say.

    Raises InputError where the file is missing or holds no article.
    """
    settings = Settings(clean=clean)
    return _read(files.read_source(os.fspath(path), settings), settings, published, outlet)


def read_url(
    url: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    clean: bool = True,
    allow_private: bool = False,
) -> Reading:
    """The reading of a web page. Private and local addresses are refused unless `allow_private`.

    Raises FetchError where the page cannot be had.
    """
    settings = Settings(clean=clean, allow_private=allow_private)
    return _read(fetch_page(url, settings), settings, published, outlet)


def read_source(source: str, settings: Settings, *, published: str | None = None, outlet: str | None = None) -> Reading:
    """The reading of what a command line names: a web address, a file, or - for standard input."""
    web = source.lower().startswith(("http://", "https://"))
    snapshot = fetch_page(source, settings) if web else files.read_source(source, settings)
    return _read(snapshot, settings, published, outlet)


def read_records(lines: BinaryIO, settings: Settings) -> Iterator[Reading | Failure]:
    """One reading, or one failure, for each line that is not blank, in the order of the lines.

    Raises InputError in the end, when all before it is read, where a line does not end: the rest cannot be read.
    """
    bounded = BoundedLines(lines, settings.max_bytes, ENDLESS)
    yield from _pipeline(settings.threads).read_many(_documents(bounded, settings))
    if bounded.endless:
        raise InputError(f"line {bounded.number} has no end within {ENDLESS:,} bytes: is the input JSON Lines?")


def _read(snapshot: Snapshot, settings: Settings, published: str | None, outlet: str | None) -> Reading:
    return _pipeline(settings.threads).read(clean_page(snapshot, settings, published=published, outlet=outlet))


def _documents(lines: BoundedLines, settings: Settings) -> Iterator[Document | Failure]:
    for line in lines:
        if line is None:
            message = f"line {lines.number} is longer than {settings.max_bytes:,} bytes: split it"
            yield Failure(id=None, kind=InvalidRecord.kind, message=message)
        elif line.strip():
            yield _document(line, lines.number, settings)


def _document(line: bytes, number: int, settings: Settings) -> Document | Failure:
    try:
        return clean_record(parse_record(line, number), settings)
    except SourcelineError as error:
        return Failure(id=given_id(line), kind=error.kind, message=str(error))
    except Exception as error:  # one document's surprise must not cost the others
        return Failure(id=given_id(line), kind="internal", message=f"line {number}: {type(error).__name__}: {error}")


@cache
def _pipeline(threads: int) -> Pipeline:
    """One pipeline, whatever the other settings say: loading the model takes longer than reading an article."""
    return Pipeline(Settings(threads=threads))
