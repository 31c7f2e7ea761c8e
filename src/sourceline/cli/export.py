"""`sourceline export`: a ledger in another format."""

from __future__ import annotations

import argparse
import codecs
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from sourceline.cli.options import add_ledger, open_named
from sourceline.collect.names import shown
from sourceline.errors import UsageError
from sourceline.show.safe import visible_in_terminal

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from sourceline.ledger.ledger import Ledger

_BINARY = frozenset({"parquet", "brat", "warc"})
_FILES = {
    "json": "ledger.json",
    "jsonl": "readings.jsonl",
    "csv": "attributions.csv",
    "parquet": "attributions.parquet",
    "webannotation": "annotations.jsonld",
    "brat": "texts.zip",
    "warc": "evidence.warc.gz",
}
"""Names that fit the formats, for advice."""


_TERMINAL = """\
A terminal is shown text with nothing in it that it would obey; formats that are no text have to go to a file or a pipe.
"""


def _description() -> str:
    from sourceline.show.exports import FORMATS

    width = max(map(len, FORMATS))
    listed = "\n".join(f"  {name:<{width}}  {words}" for name, words in FORMATS.items())
    return f"Writes a ledger in another format, people's corrections applied.\n\n{listed}\n\n{_TERMINAL}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from sourceline.show.exports import FORMATS

    parser.add_argument("format", choices=tuple(FORMATS), metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("-o", "--out", metavar="FILE", help="where to write it (standard output)")
    add_ledger(parser)


def run(arguments: argparse.Namespace) -> int:
    watched = arguments.out in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    to_file = f"sourceline export {arguments.format} -o {_FILES[arguments.format]}"
    if watched and arguments.format in _BINARY:
        raise UsageError(f"{arguments.format} is no text for a terminal: write it to a file with {to_file}, or pipe it")
    with open_named(arguments) as ledger:
        _check_place(arguments.out, ledger)
        with _output(arguments.out) as out:
            ledger.export(arguments.format, cast(BinaryIO, _Watched(out)) if watched else out)
    if watched:
        print(f"shown for reading: {to_file} writes the file itself", file=sys.stderr)
    if arguments.out not in (None, "-"):
        print(f"wrote {shown(arguments.out)}", file=sys.stderr)
    return 0


def _check_place(out: str | None, ledger: Ledger) -> None:
    """Raises UsageError for a file of the ledger itself."""
    if out not in (None, "-") and os.path.realpath(str(out)) in ledger.files:
        raise UsageError(f"{shown(str(out))} is the ledger: name another file")


@contextmanager
def _output(name: str | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears under its name when it is whole."""
    if name in (None, "-"):
        if sys.stdout is None:  # closed before the interpreter started
            raise UsageError("standard output is closed: name a file with -o")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(str(name)).resolve()  # through a link, to what it leads to
    if path.is_dir():
        raise UsageError(f"{shown(str(name))} is a folder: name a file in it")
    if path.exists() and not path.is_file():  # a device or a pipe: it has no place to be put in when it is whole
        with path.open("wb") as out:
            yield out
        return
    try:
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as failure:
        raise UsageError(f"{shown(str(name))} cannot be written: {failure.strerror}") from failure
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(unfinished).chmod(0o644)
        Path(unfinished).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise


class _Watched(io.RawIOBase):
    """UTF-8 on its way to a terminal: without the byte order mark and with nothing that a terminal obeys."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")

    def writable(self) -> bool:
        return True

    def write(self, piece: ReadableBuffer) -> int:
        given = bytes(piece)
        text = visible_in_terminal(self._decoder.decode(given).replace("\r\n", "\n"))
        self._out.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
        return len(given)


DESCRIPTION = _description()
