"""Reads one PDF in a process of its own: a broken file may crash or hang the native library, and nothing else then.

Run by path, with the PDF on standard input. It imports nothing of sourceline. Each line of its output is a JSON array:
first ["document", pages, metadata], then for each page ["page", height, lines], a line being
[text, left, right, bottom, top, size, hyphen] in points from the page's lower left corner.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space: the interpreter and the library take 200 MB, a long report as much again."""
SECONDS = 60
"""Of processor time."""
MAX_PAGES = 1000
MAX_CHARACTERS = 5_000_000
MAX_LINES = 200_000
_LINE_ENDS = (10, 13, 2)
"""The last is what the library gives for a hyphen at the end of a line, instead of that and the line's end."""
_METADATA = ("Title", "Author", "CreationDate")
LOCKED, BROKEN = 3, 4
"""Exit codes: it has a password; it is no PDF that can be opened."""


def main() -> int:
    _limit()
    import pypdfium2
    import pypdfium2.raw as native

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        pages = len(document)
        metadata = {name: document.get_metadata_value(name)[:1000] for name in _METADATA}
    except pypdfium2.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else BROKEN
    _write(["document", pages, metadata])
    left, rows = MAX_CHARACTERS, MAX_LINES
    for number in range(min(pages, MAX_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
            count = min(text.count_chars(), left)
            lines = _lines(native, text, count, rows)
            height = page.get_height()
            text.close()
            page.close()
        except pypdfium2.PdfiumError:
            _write(["page", 0, None])
            continue
        left, rows = left - count, rows - len(lines)
        _write(["page", round(height, 1), lines])
        if left <= 0 or rows <= 0:
            break
    return 0


def _limit() -> None:
    """Memory and time of this process, where the system knows limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _lines(native: Any, text: Any, count: int, limit: int) -> list[list[Any]]:
    """The lines of a page in the order of the library, each where it stands."""
    lines: list[list[Any]] = []
    begin = 0
    units: list[int] = []
    for at in range(count):
        if len(lines) >= limit:
            return lines
        unit = native.FPDFText_GetUnicode(text, at)
        if unit in _LINE_ENDS:
            _line(native, text, begin, at, units, unit == 2, lines)
            begin, units = at + 1, []
        else:
            units.append(unit)
    _line(native, text, begin, count, units, False, lines)
    return lines


def _line(native: Any, text: Any, begin: int, end: int, units: list[int], hyphen: bool, lines: list[list[Any]]) -> None:
    words = _decoded(units)
    if not words.strip():
        return
    first = begin + len(words) - len(words.lstrip()) if len(words) == len(units) else begin
    last = max(first, end - 1 - (len(words) - len(words.rstrip()) if len(words) == len(units) else 0))
    left, bottom, _, _ = _box(native, text, first)
    _, low, right, top = _box(native, text, last)
    size = round(native.FPDFText_GetFontSize(text, (first + last) // 2), 1)
    where = [left, right, min(bottom, low), top, size]
    lines.append([words.strip(), *(round(number, 1) for number in where), hyphen])


def _box(native: Any, text: Any, at: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character's cell: of one size for all characters of a font."""
    box = native.FS_RECTF()
    native.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _decoded(units: list[int]) -> str:
    """UTF-16 or UTF-32 units as text, without NULs, control characters and halves of pairs."""
    raw = "".join(map(chr, units)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return "".join(character for character in raw if character == "\t" or character >= " ")


def _write(row: list[Any]) -> None:
    sys.stdout.write(json.dumps(row, separators=(",", ":")) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
