"""ZIP and WACZ: archives of files, whose members are collected like files. Nothing is unpacked to a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, Any, BinaryIO, cast

from sourceline.collect.member import Collect, Found, Means, Member
from sourceline.collect.names import one_line
from sourceline.collect.streams import Metered, read_whole
from sourceline.errors import DamagedInput, EmptyInput, InputError, OversizedInput, UnknownFormat
from sourceline.model.evidence import Problem
from sourceline.model.format import Format, unread

_DIRECTORY = 16 * 1024 * 1024
"""Bytes that the list of members may have: 150,000 names and more."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""bzip2 and LZMA unpack a few bytes to gigabytes in one step."""
_ENCRYPTED = 0x1
_WACZ = "datapackage.json"
_OFFICE = ("[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml")


def read_zip(member: Member, stream: BinaryIO, means: Means, collect: Collect) -> Found:
    """What `collect` finds in each member, in the order of the archive's list. Of a WACZ only the WARCs are read.

    Raises UnknownFormat for Office files, EPUBs and programs in a ZIP, DamagedInput for what is no sound ZIP.
    """
    if not stream.seekable():
        stream = io.BytesIO(read_whole(stream, means.settings.max_bytes, "the archive within"))
    try:
        archive = zipfile.ZipFile(_Modest(stream))
    except (zipfile.BadZipFile, ValueError, zlib.error, EOFError, NotImplementedError, UnicodeError):
        raise DamagedInput("it is no sound ZIP file: get it again, or unpack it and give the folder") from None
    with archive:
        members = archive.infolist()
        _check(members)
        wacz = any(info.filename == _WACZ for info in members)
        for info in members:
            if not _is_passed_over(info, wacz=wacz):
                yield from _member(archive, info, member, collect)
            if member.budget.spent:
                return  # and has been said


def _check(members: list[zipfile.ZipInfo]) -> None:
    """Raises UnknownFormat for archives that are one document or none, EmptyInput for empty ones."""
    if not members:
        raise EmptyInput("the archive is empty: give one that holds articles")
    names = {info.filename for info in members}
    if names.intersection(_OFFICE):
        if "META-INF/container.xml" in names:
            raise unread(Format.EPUB)
        raise unread(Format.OFFICE)
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        raise unread(Format.PROGRAM)


def _is_passed_over(info: zipfile.ZipInfo, *, wacz: bool) -> bool:
    parts = [part for part in info.filename.split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return info.filename.endswith("/") or hidden or (wacz and not info.filename.startswith("archive/"))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, outer: Member, collect: Collect) -> Found:
    try:
        if info.flag_bits & _ENCRYPTED:
            raise UnknownFormat("it is locked with a password: unpack the archive and give the folder")
        if info.compress_type not in _PACKINGS:
            raise UnknownFormat("it is packed in a rare way: unpack the archive and give the folder")
        with _opened(archive, info) as packed:
            sound = Metered(cast(BinaryIO, _Sound(packed)), outer.budget)
            yield from collect(outer.inner(info.filename, cast(BinaryIO, sound)))
    except InputError as error:
        yield Problem(place=f"{outer.place}#{one_line(info.filename)}", kind=error.kind, message=str(error))


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(info)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise DamagedInput(_DAMAGED) from None


_DAMAGED = "it is damaged in the archive: get the archive again"


class _Sound:
    """A member's bytes. Raises DamagedInput where they are not those that were packed."""

    def __init__(self, member: Any) -> None:
        self._member = member

    def read(self, size: int) -> bytes:
        try:
            piece: bytes = self._member.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise DamagedInput(_DAMAGED) from None
        return piece


class _Modest(io.RawIOBase):
    """A seekable stream that gives no more than a directory may have at once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY:
            raise OversizedInput("the archive has too many members: unpack it and give the folder")
        return self._stream.read(size)
