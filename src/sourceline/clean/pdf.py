"""PDF to an article's text, through PDFium in a process of its own with bounds on time and memory."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sourceline.clean.html import Page
from sourceline.clean.paragraphs import PrintedLine, PrintedPage, join_paragraphs
from sourceline.clean.pdf_worker import BROKEN, LOCKED
from sourceline.errors import DamagedInput, InputError, UnknownFormat

PATIENCE = 90.0
"""Seconds that one PDF may take."""
_WORKER = Path(__file__).with_name("pdf_worker.py")
_NO_TITLE = re.compile(
    r"^(?:microsoft |untitled|document\d*$|layout \d|slide \d|powerpoint|unknown|none$|\(anonymous\)|https?:|file:)"
    r"|\.(?:docx?|pdf|indd|qxd|rtf|odt|pptx?|xlsx?|txt|tex|html?|pages)$",
    re.IGNORECASE,
)
"""What programs put where a title should be."""
_TITLE_SHARE = 0.7
"""Share of a title's words that the first page has to have."""
_LONGEST_TITLE = 300
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_MONTHS_TEXT = "january february march april may june july august september october november december"
_MONTHS = tuple(_MONTHS_TEXT.split())


def extract_pdf(raw: bytes) -> Page:
    """The text of a PDF, a paragraph a line with a blank one between, and what its metadata state.

    Running heads and page numbers are left out, hyphens at the ends of lines mended. The title, the byline and the
    date are taken only where the first page shows them too: programs put names of files and days of printing there.
    Raises UnknownFormat where it is locked or holds pictures only, DamagedInput where it cannot be read or takes more
    time or memory than a document may.
    """
    if find_spec("pypdfium2") is None or not sys.executable:
        raise InputError("reading PDF needs the package pypdfium2: reinstall sourceline")
    printed = _Printed()
    code = _run(raw, printed)
    if code == LOCKED:
        raise UnknownFormat("the PDF is locked with a password: save a copy without one")
    if code == BROKEN:
        raise DamagedInput("it is no PDF that can be opened: get it again, or save it anew from a PDF viewer")
    if not printed.pages:
        raise DamagedInput(f"the PDF {_reason(code)}: save it anew from a PDF viewer, or give its text")
    paragraphs = join_paragraphs(printed.pages)
    if not paragraphs:
        raise UnknownFormat("the PDF's pages hold no text, only pictures: give it to OCR first (as ocrmypdf does)")
    notices = []
    if len(printed.pages) < printed.count:
        notices.append(f"only the first {len(printed.pages):,} of {printed.count:,} pages could be read")
    first = " ".join(join_paragraphs(printed.pages[:1]))
    return Page(
        text="\n\n".join(paragraphs),
        title=_title(printed.metadata.get("Title", ""), first),
        byline=_byline(printed.metadata.get("Author", ""), first),
        published=_published(printed.metadata.get("CreationDate", ""), first),
        notices=tuple(notices),
    )


@dataclass(slots=True)
class _Printed:
    """What the process has told."""

    count: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    pages: list[PrintedPage] = field(default_factory=list)

    def tell(self, row: list[Any]) -> None:
        if row[0] == "document":
            self.count, self.metadata = row[1], row[2]
        else:
            height, lines = row[1], row[2] or ()
            self.pages.append(PrintedPage(height=height, lines=tuple(map(_line, lines))))


def _line(row: list[Any]) -> PrintedLine:
    text, left, right, bottom, top, size, hyphen = row
    return PrintedLine(text=text, left=left, right=right, bottom=bottom, top=top, size=size, hyphen=hyphen)


def _run(raw: bytes, printed: _Printed) -> int:
    """The exit code of the process. What it wrote until it was ended for its time or memory is kept."""
    process = subprocess.Popen(
        [sys.executable, "-P", str(_WORKER)],  # -P: the stage's modules are not to stand for the library's own
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            written, _ = process.communicate(raw, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            written, _ = process.communicate()
        except BaseException:
            process.kill()
            raise
    *rows, _ = written.split(b"\n")  # the last is empty, or was cut off
    for row in rows:
        printed.tell(json.loads(row))
    return process.returncode


def _reason(code: int) -> str:
    if code in (-signal.SIGKILL, -getattr(signal, "SIGXCPU", signal.SIGKILL)):
        return "takes too long to read"
    return "needs too much memory, or is damaged"


def _title(stated: str, first: str) -> str | None:
    title = " ".join(stated.split())
    words = _folded(title).split()
    if len(words) < 2 or len(title) > _LONGEST_TITLE or _NO_TITLE.search(title):
        return None
    there = set(_folded(first).split())
    return title if sum(word in there for word in words) >= _TITLE_SHARE * len(words) else None


def _byline(stated: str, first: str) -> str | None:
    """The author, where the first page names them."""
    author = " ".join(stated.split())
    named = (
        len(author.split()) > 1 and len(author) <= _LONGEST_TITLE and f" {_folded(author)} " in f" {_folded(first)} "
    )
    return author if named else None


def _published(stated: str, first: str) -> str | None:
    """The day on which it was made, where the first page bears that date."""
    found = _CREATED.match(stated)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day > datetime.now().date():
        return None
    month = f"(?:{_MONTHS[day.month - 1]}|{_MONTHS[day.month - 1][:3]})"
    number = f"0?{day.day}(?:st|nd|rd|th)?"
    forms = (f"{month} {number} {day.year}", f"{number} (?:of )?{month} {day.year}", f"{day:%Y %m %d}")
    return day.isoformat() if re.search(rf"\b(?:{'|'.join(forms)})\b", _folded(first)) else None


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())
