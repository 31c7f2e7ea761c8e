"""Streams whose first bytes can be looked at, and gzip unpacked piece by piece within a budget."""

from __future__ import annotations

import codecs
import io
import zlib
from typing import BinaryIO

from sourceline.errors import DamagedInput, OversizedInput, SourcelineError

LOOKED_AT = 1 << 16
"""Bytes that are looked at to tell what a stream is."""
RATIO = 200
"""How many times the size of its source all that is unpacked from it may have, layer upon layer. Articles in WARC or
ZIP have 3 to 20."""
_PIECE = 1 << 14
_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_MEMBER = b"\x1f\x8b\x08"


class Budget:
    """What may still be unpacked from one source, in bytes: RATIO times its own size, and `allowance` beyond."""

    def __init__(self, size: int, allowance: int) -> None:
        self._left = allowance + RATIO * size

    @property
    def spent(self) -> bool:
        return self._left < 0

    def earn(self, size: int) -> None:
        """So many bytes more of the source have been read, where its size was not known before."""
        self._left += RATIO * size

    def spend(self, size: int) -> None:
        """So many bytes have been unpacked. Raises OversizedInput where they are too many."""
        self._left -= size
        if self._left < 0:
            raise OversizedInput(
                f"it unpacks to more than {RATIO} times its size: unpack what is wanted of it and give that"
            )


class Readable(io.RawIOBase):
    """A stream made of another's bytes, to be read once, on and on."""

    def readable(self) -> bool:
        return True


class Rejoined(Readable):
    """A stream with bytes put back before it; `failure` is how it ended already, to be raised after them."""

    def __init__(self, head: bytes, rest: BinaryIO, failure: SourcelineError | None = None) -> None:
        self._head = memoryview(head)
        self._rest = rest
        self._failure = failure

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than the stub's Buffer
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        if self._failure is not None:
            raise self._failure
        piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class Metered(Readable):
    """A stream that cannot seek, and whose bytes are spent from a budget, or earn some."""

    def __init__(self, stream: BinaryIO, budget: Budget, *, earns: bool = False) -> None:
        self._stream = stream
        self._count = budget.earn if earns else budget.spend

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than the stub's Buffer
        piece = self._stream.read(len(buffer))
        self._count(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)


class Gunzip(Readable):
    """What gzip members hold, one after another; with `stops`, each ends like a file until `next_member` is called.

    Reading raises DamagedInput where a member is cut off or broken, OversizedInput where the budget is spent. Bytes
    after the last member that are none are passed over, as gzip does.
    """

    def __init__(self, packed: BinaryIO, budget: Budget, *, stops: bool = False) -> None:
        self._packed = packed
        self._budget = budget
        self._stops = stops
        self._engine = zlib.decompressobj(31)
        self._input = b""
        self._between = True
        self._waits = False
        self._broken = False

    def next_member(self) -> bool:
        """Go on with the next member, if there is one."""
        self._waits = False
        return not self._between or self._begin()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than the stub's Buffer
        while not self._waits and (not self._between or self._begin()):
            piece = self._unpack(len(buffer))
            if piece:
                self._budget.spend(len(piece))
                buffer[: len(piece)] = piece
                return len(piece)
        return 0

    def _begin(self) -> bool:
        """Whether another member begins here, or, after one that was broken, further on."""
        if self._broken:
            self._find()
        while len(self._input) < len(_GZIP) and (more := self._packed.read(_PIECE)):
            self._input = (self._input + more).lstrip(b"\0")  # tapes are padded
        if not self._input.startswith(_GZIP):
            return False
        self._engine = zlib.decompressobj(31)
        self._between = False
        return True

    def _find(self) -> None:
        """To what looks like the beginning of a member."""
        self._broken = False
        self._input = self._input[1:]
        while (start := self._input.find(_MEMBER)) < 0:
            more = self._packed.read(_PIECE)
            self._input = self._input[1 - len(_MEMBER) :] + more if more else b""
            if not more:
                return
        self._input = self._input[start:]

    def _unpack(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end of a member, or where more is to be read first."""
        if not self._input:
            self._input = self._packed.read(_PIECE)
            if not self._input:
                self._between = self._waits = True
                raise DamagedInput("its gzip data is cut off: get the file again")
        try:
            piece = self._engine.decompress(self._input, size)
        except zlib.error:
            self._between = self._waits = self._broken = True
            raise DamagedInput("its gzip data is damaged: get the file again") from None
        self._input = self._engine.unconsumed_tail
        if self._engine.eof:
            self._input = self._engine.unused_data
            self._between = True
            self._waits = self._stops
        return piece


class Recoded(Readable):
    """Text in another encoding as UTF-8. What is no character becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._ended = False

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than the stub's Buffer
        while not self._ready and not self._ended:
            piece = self._stream.read(_PIECE)
            self._ended = not piece
            self._ready = self._decoder.decode(piece, final=self._ended).encode("utf-8", "replace")
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def as_utf8(head: bytes, stream: BinaryIO) -> BinaryIO:
    """The stream without a byte order mark; where that marks UTF-16 or UTF-32, in UTF-8. `head` is how it begins."""
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
        return stream
    mark, encoding = _marked(head)
    stream.read(len(mark))
    return io.BufferedReader(Recoded(stream, encoding), _PIECE) if encoding else stream


def utf8_head(head: bytes) -> bytes:
    """The first bytes as `as_utf8` would give them."""
    mark, encoding = _marked(head)
    if not encoding:
        return head.removeprefix(codecs.BOM_UTF8)
    return head[len(mark) :].decode(encoding, "ignore").encode("utf-8", "replace")


def _marked(head: bytes) -> tuple[bytes, str]:
    return next((found for found in _MARKS if head.startswith(found[0])), (b"", ""))


def look(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes, and a stream that still has them.

    What is wrong with a stream further on does not keep its first bytes back: it is raised when they have been read.
    """
    if stream.seekable():
        head = read_up_to(stream, LOOKED_AT)
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    pieces: list[bytes] = []
    left, failure = LOOKED_AT, None
    try:
        while left and (piece := stream.read(left)):
            pieces.append(piece)
            left -= len(piece)
    except SourcelineError as error:
        if not pieces:
            raise
        failure = error
    head = b"".join(pieces)
    return head, io.BufferedReader(Rejoined(head, stream, failure), _PIECE)


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, fewer only where the stream ends."""
    pieces, left = [], size
    while left and (piece := stream.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def read_whole(stream: BinaryIO, limit: int, what: str = "it") -> bytes:
    """All bytes of a stream. Raises OversizedInput for more than `limit`."""
    raw = read_up_to(stream, limit + 1)
    if len(raw) > limit:
        raise OversizedInput(f"{what} is larger than {limit:,} bytes: split it into documents of their own")
    return raw


def inflate(packed: bytes, window: int, limit: int) -> bytes:
    """What zlib or gzip data hold (`window` is zlib's `wbits`). Raises OversizedInput beyond `limit` bytes,
    DamagedInput where they are broken or cut off."""
    engine = zlib.decompressobj(window)
    try:
        unpacked = engine.decompress(packed, limit + 1)
    except zlib.error:
        raise DamagedInput("its packed content is damaged: get it again") from None
    if len(unpacked) > limit:
        raise OversizedInput(f"it unpacks to more than {limit:,} bytes: give the part to be read as a file")
    if not engine.eof:
        raise DamagedInput("its packed content is cut off: get it again")
    return unpacked
