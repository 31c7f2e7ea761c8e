"""`sourceline read`: one article, or a batch, and who said what in it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sourceline.cli.options import add_color
from sourceline.collect.names import shown
from sourceline.errors import UsageError

if TYPE_CHECKING:
    from sourceline.model.reading import Reading
    from sourceline.settings import Settings

DESCRIPTION = """\
Reads an article and shows who said what: in the terminal, as JSON, or as a self-contained page.

  sourceline read article.txt
  sourceline read https://outlet.example/story --json
  sourceline read page.html --html reading.html
  sourceline read --jsonl documents.jsonl > readings.jsonl
"""


_PIECE = 1 << 20
"""Bytes of a long line that are held at a time."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="FILE|URL|-", help="a text, HTML, PDF or mail file, a web address, or - for standard input"
    )
    form = parser.add_argument_group("what comes out (the terminal's view, if none is chosen)")
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help="the input is JSON Lines, one document a line; so is the output, one reading a line in the same order, "
        "with an error record where a document cannot be read",
    )
    form.add_argument("--html", metavar="OUT", help="a self-contained page, written to OUT (- for standard output)")
    add_color(form)
    how = parser.add_argument_group("how it is read")
    how.add_argument(
        "--published", metavar="DATE", help="when it was published, ISO 8601, where the input does not say"
    )
    how.add_argument("--outlet", metavar="NAME", help="who published it, where the input does not say")
    how.add_argument(
        "--no-clean", action="store_true", help="everything is body: look for no titles, bylines, page furniture"
    )
    how.add_argument("--allow-private", action="store_true", help="also fetch from private and local addresses")


def run(arguments: argparse.Namespace) -> int:
    _check(arguments)
    from sourceline.settings import Settings

    settings = Settings(clean=not arguments.no_clean, allow_private=arguments.allow_private)
    if arguments.jsonl:
        return _read_batch(arguments.source, settings)
    from sourceline.read import read_source

    reading = read_source(arguments.source, settings, published=arguments.published, outlet=arguments.outlet)
    if arguments.json:
        _write_json(reading)
    elif arguments.html is not None:
        _write_page(reading, arguments.html)
    else:
        _print(reading, arguments.color)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """Raises UsageError for options that do not go together."""
    if arguments.json and arguments.html is not None:
        raise UsageError("--json and --html are two outputs: choose one")
    if arguments.jsonl:
        for option in ("json", "html", "published", "outlet"):
            if getattr(arguments, option) not in (None, False):
                reason = (
                    "each line is a reading already" if option in ("json", "html") else "each document brings its own"
                )
                raise UsageError(f"--jsonl and --{option} do not go together: {reason}")
    if arguments.html is not None:
        _check_page(arguments.html, arguments.source)
    if arguments.outlet is not None and not arguments.outlet.strip():
        raise UsageError("--outlet takes a name: leave it out where the outlet is not known")
    if sys.stdout is None and arguments.html in (None, "-"):  # closed before the interpreter started
        raise UsageError("standard output is closed: redirect it to a file")
    if arguments.published is not None:
        from sourceline.clean.published import normalise_date

        if normalise_date(arguments.published) is None:
            raise UsageError(
                f"--published takes a date such as 2031-03-06 or 2031-03-06T09:15:00+00:00, not {arguments.published!r}"
            )


def _check_page(out: str, source: str) -> None:
    """Raises UsageError for a page that has no name, or the name of what is read."""
    if not out.strip():
        raise UsageError("--html takes the name of the page to write, or - for standard output")
    with suppress(OSError, ValueError):  # one of the two is no file, or not yet
        if Path(out).is_file() and Path(out).samefile(source):
            raise UsageError(f"--html would overwrite {shown(source)}, which is to be read: give another name")


def _write_json(reading: Reading) -> None:
    from sourceline.show.json import encode_json, reading_object

    sys.stdout.buffer.write(encode_json(reading_object(reading), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def _write_page(reading: Reading, out: str) -> None:
    from sourceline.show.page import render_page

    page = render_page(reading).encode()
    if out == "-":
        sys.stdout.buffer.write(page)
        sys.stdout.buffer.flush()
        return
    try:
        Path(out).write_bytes(page)
    except OSError as failure:
        raise UsageError(f"{shown(out)} cannot be written: {failure.strerror}") from failure
    print(f"wrote {shown(out)}", file=sys.stderr)


def _print(reading: Reading, color: str) -> None:
    from sourceline.cli.console import open_console
    from sourceline.show.terminal.reading import print_reading

    print_reading(reading, open_console(color))


def _read_batch(source: str, settings: Settings) -> int:
    from sourceline.collect.files import open_source
    from sourceline.model.reading import Failure
    from sourceline.read import read_records
    from sourceline.show.json import encode_json, encode_reading, failure_object

    out = sys.stdout.buffer
    failures = 0
    with open_source(source) as lines, _progress(source) as advance:
        for result in read_records(lines, settings):
            if isinstance(result, Failure):
                failures += 1
                line = encode_json(failure_object(result))
            else:
                line = b"".join(encode_reading(result))
            # A line is out before the next is begun, so that a run that is killed has lost nothing it finished.
            out.write(line + b"\n")
            out.flush()
            advance()
    if failures:
        print(f"sourceline: {failures} could not be read: see the error records", file=sys.stderr)
    return 0


class _Advance(Protocol):
    def __call__(self) -> None: ...


@contextmanager
def _progress(source: str) -> Iterator[_Advance]:
    """A bar on standard error, where that is a terminal and the readings go elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("articles"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=_count_lines(source))
        yield lambda: progress.advance(task)


def _count_lines(source: str) -> int | None:
    path = Path(source)
    if source == "-" or not path.is_file():
        return None
    count, blank = 0, True
    with path.open("rb") as lines:
        while piece := lines.readline(_PIECE):
            blank = blank and not piece.strip()
            if piece.endswith(b"\n"):
                count, blank = count + (not blank), True
    return count + (not blank)
