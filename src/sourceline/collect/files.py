"""Files and standard input, read whole."""

from __future__ import annotations

import errno
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from sourceline.collect.names import shown
from sourceline.errors import InputError, MissingInput
from sourceline.model.text import Snapshot
from sourceline.settings import Settings

STANDARD_INPUT = "-"
_CHUNK = 1 << 20


_ADDRESS = re.compile(r"\s*([a-z][a-z0-9+.-]{0,20})://(.*)", re.IGNORECASE | re.DOTALL)


def read_source(source: str, settings: Settings) -> Snapshot:
    """The bytes of a file, or of standard input for "-".

    Raises MissingInput where there is no such file or it may not be read, InputError where it is too large.
    """
    piped = source == STANDARD_INPUT
    try:
        with open_source(source) as file:
            raw = _read_bounded(file, "standard input" if piped else shown(source), settings.max_bytes)
    except OSError as error:
        raise _unreadable(source, error) from None
    return Snapshot(raw=raw, path=None if piped else source)


def open_source(source: str) -> AbstractContextManager[BinaryIO]:
    """A file, to be closed by its `with`, or standard input for "-", which stays open.

    Raises MissingInput where there is no such file or it may not be read.
    """
    if source == STANDARD_INPUT:
        if sys.stdin is None:  # closed before the interpreter started
            raise MissingInput("standard input is closed: name a file, or pipe a text in")
        return nullcontext(sys.stdin.buffer)
    if not source.strip():
        raise MissingInput("no input is named: give a file, a web address, or - for standard input")
    path = Path(source)
    try:
        if path.is_dir():
            raise MissingInput(f"{shown(source)} is a folder: name a file in it")
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from None


def _unreadable(source: str, error: OSError | ValueError) -> MissingInput:
    if source == STANDARD_INPUT:
        return MissingInput(f"standard input cannot be read ({error}): name a file, or pipe a text in")
    name = shown(source)
    if isinstance(error, FileNotFoundError):
        return _absent(source, name)
    if isinstance(error, PermissionError):
        return MissingInput(f"{name} may not be read: check its permissions")
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return MissingInput("there is no file of so long a name: to read a text itself, give - and pipe it")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not valid"
    return MissingInput(f"{name} cannot be read ({reason}): check the name")


def _absent(source: str, name: str) -> MissingInput:
    """What to say of a name that no file has."""
    address = _ADDRESS.match(source)
    if address is None:
        return MissingInput(f"there is no file {name}: check the name, or give - for standard input")
    scheme, rest = address[1].lower(), address[2]
    if scheme == "file":
        path = shown(unquote(rest.removeprefix("localhost")))
        return MissingInput(f"{name} is an address: give the name of the file alone, {path}")
    if scheme in ("http", "https"):
        return MissingInput(f"{name} is not fetched here: save the page as a file and give that")
    return MissingInput(f"{name} cannot be fetched, only http:// and https:// can: save it as a file and give that")


def _read_bounded(file: BinaryIO, name: str, limit: int) -> bytes:
    chunks, size = [], 0
    while chunk := file.read(min(_CHUNK, limit + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise InputError(f"{name} is larger than {limit:,} bytes: split it into documents of their own")
    return b"".join(chunks)
