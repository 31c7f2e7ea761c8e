"""Files and standard input, read whole."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import BinaryIO

from sourceline.collect.names import shown
from sourceline.errors import InputError, MissingInput
from sourceline.model.text import Snapshot
from sourceline.settings import Settings

STANDARD_INPUT = "-"
_CHUNK = 1 << 20


def read_source(source: str, settings: Settings) -> Snapshot:
    """The bytes of a file, or of standard input for "-".

    Raises MissingInput where there is no such file or it may not be read, InputError where it is too large.
    """
    if source == STANDARD_INPUT:
        return Snapshot(raw=_read_bounded(sys.stdin.buffer, "standard input", settings.max_bytes))
    name = shown(source)
    path = Path(source)
    try:
        if path.is_dir():
            raise MissingInput(f"{name} is a folder: name a file in it")
        with path.open("rb") as file:
            raw = _read_bounded(file, name, settings.max_bytes)
    except FileNotFoundError:
        raise MissingInput(f"there is no file {name}: check the name, or give - for standard input") from None
    except PermissionError:
        raise MissingInput(f"{name} may not be read: check its permissions") from None
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            raise MissingInput(
                "there is no file of so long a name: to read a text itself, give - and pipe it"
            ) from None
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not valid"
        raise MissingInput(f"{name} cannot be read ({reason}): check the name") from None
    return Snapshot(raw=raw, path=source)


def _read_bounded(file: BinaryIO, name: str, limit: int) -> bytes:
    chunks, size = [], 0
    while chunk := file.read(min(_CHUNK, limit + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise InputError(f"{name} is larger than {limit:,} bytes: split it into documents of their own")
    return b"".join(chunks)
