"""gzip and deflate unpacked in small steps, so that a few bytes never become gigabytes unseen."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_STEP = 1 << 16
_GZIP, _ZLIB, _BARE = 31, 15, -15
"""What zlib calls its window bits."""
_MAGIC = b"\x1f\x8b"
_MAX_MEMBERS = 1000
"""gzip files strung together; each takes time and may be empty."""


class Damaged(ValueError):
    """Packed bytes that are cut off or are not packed so at all."""


def unpack_gzip(raw: bytes) -> Iterator[bytes]:
    """The content of gzip files strung together, in pieces of at most 64 KiB. Raises Damaged.

    What stands after the last file is passed over, as everybody does.
    """
    return _unpack((raw[start : start + _STEP] for start in range(0, len(raw), _STEP)), _GZIP)


def unpack_stream(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A body as its Content-Encoding packed it, in pieces of at most 64 KiB.

    Raises Damaged, also for an encoding that nobody asked for.
    """
    if encoding in ("", "identity"):
        return iter(pieces)
    if encoding in ("gzip", "x-gzip"):
        return _unpack(pieces, _GZIP)
    if encoding == "deflate":
        return _deflated(iter(pieces))
    raise Damaged("is packed in a way that was not asked for")


def _deflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """With zlib's header, as the standard says, or bare, as some servers send it."""
    first = b""
    while len(first) < 2 and (piece := next(pieces, None)) is not None:
        first += piece
    headed = len(first) >= 2 and first[0] & 15 == 8 and int.from_bytes(first[:2]) % 31 == 0
    return _unpack(chain([first], pieces), _ZLIB if headed else _BARE)


def _unpack(pieces: Iterable[bytes], bits: int) -> Iterator[bytes]:
    unpacking, members, begun = zlib.decompressobj(bits), 1, False
    for piece in pieces:
        rest = piece
        while rest:
            if unpacking.eof:
                if bits != _GZIP or not _MAGIC.startswith(rest[:2]):
                    return
                members += 1
                if members > _MAX_MEMBERS:
                    raise Damaged(f"consists of more than {_MAX_MEMBERS:,} packed files")
                unpacking = zlib.decompressobj(bits)
            begun = True
            try:
                found = unpacking.decompress(rest, _STEP)
            except zlib.error:
                raise Damaged("is not packed as it says") from None
            if found:
                yield found
            rest = unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail
    if begun and (last := unpacking.flush()):
        yield last
    if begun and not unpacking.eof:
        raise Damaged("is cut off")
