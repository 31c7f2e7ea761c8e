from __future__ import annotations

import subprocess
import zlib
from typing import Any

import pytest

from sourceline.clean import pdf
from sourceline.clean.pdf import extract_pdf
from sourceline.errors import DamagedInput, UnknownFormat
from tests.carriers import Placed, pdf_of, printed

TITLE: Placed = (72, 700, 20, "Depot talks stall")


def page(number: int, *lines: str) -> list[str | Placed]:
    """A page with a running head and a page number around its lines."""
    body: list[str | Placed] = [(72, 760 - 14 * place, 11, line) for place, line in enumerate(lines)]
    return [(200, 815, 8, f"The Sarrow Standard, issue {number + 11}"), *body, (290, 30, 8, f"Page {number} of 3")]


def test_lines_become_paragraphs_and_hyphens_are_mended() -> None:
    text = extract_pdf(
        printed(
            [
                [
                    TITLE,
                    (72, 660, 11, "Nobody was turned away from the depot on Tuesday, the govern-"),
                    (72, 646, 11, "ment said, and the well-known Sarrow inspectors would return."),
                    (72, 620, 11, "“That is not what we saw,” said the dockers' union, which had"),
                    (72, 606, 11, "sent its own observers."),
                ]
            ]
        )
    ).text
    assert text.split("\n\n") == [
        "Depot talks stall",
        "Nobody was turned away from the depot on Tuesday, the government said, and the well-known Sarrow inspectors "
        "would return.",
        "“That is not what we saw,” said the dockers' union, which had sent its own observers.",
    ]


def test_running_heads_and_page_numbers_are_left_out_and_a_paragraph_goes_on() -> None:
    text = extract_pdf(
        printed(
            [
                page(
                    1,
                    "The ministry said on Tuesday that the inspectors would be back at the",
                    "depot within a week, if the",
                ),
                page(2, "weighing equipment was returned by then.", "Nobody answered."),
                page(3, "Nobody was there."),
            ]
        )
    ).text
    assert text.split("\n\n") == [
        "The ministry said on Tuesday that the inspectors would be back at the depot within a week, if the weighing "
        "equipment was returned by then.",
        "Nobody answered.",
        "Nobody was there.",
    ]


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("Depot talks stall", "Depot talks stall"),
        ("Microsoft Word - depot talks stall.docx", None),
        ("depot_talks_stall.indd", None),
        ("Untitled", None),
        ("An unrelated annual report", None),
        ("", None),
    ],
)
def test_a_title_is_taken_where_the_page_shows_it(title: str, taken: str | None) -> None:
    assert extract_pdf(printed([[TITLE, "Said so."]], {"Title": title})).title == taken


@pytest.mark.parametrize(
    ("created", "line", "published"),
    [
        ("D:20250306091500Z", "Sarrow, 6 March 2025", "2025-03-06"),
        ("D:20250306091500Z", "Published on Mar. 6th, 2025, in print", "2025-03-06"),
        ("D:20250306", "2025-03-06", "2025-03-06"),
        ("D:20250306091500Z", "Sarrow, 5 March 2025", None),
        ("D:20251399", "2025-13-99", None),
        ("yesterday", "6 March 2025", None),
    ],
)
def test_the_day_it_was_made_counts_where_the_page_bears_it(created: str, line: str, published: str | None) -> None:
    assert extract_pdf(printed([[line, "Said so."]], {"CreationDate": created})).published == published


def test_an_author_is_the_byline_where_the_page_names_them() -> None:
    assert extract_pdf(printed([["By Ines Calder", "Said so."]], {"Author": "Ines Calder"})).byline == "Ines Calder"
    assert extract_pdf(printed([["By Ines Calder", "Said so."]], {"Author": "Office User"})).byline is None


def test_a_pdf_of_pictures_and_one_that_is_broken_say_what_to_do() -> None:
    with pytest.raises(UnknownFormat, match="OCR"):
        extract_pdf(printed([[]]))
    for raw in (b"", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(range(256)) * 40, printed([["Said so."]])[:300]):
        with pytest.raises(DamagedInput, match=r"no PDF that can be opened|damaged"):
            extract_pdf(raw)


def test_a_pdf_without_its_table_is_read_all_the_same() -> None:
    whole = printed([["Said so."]])
    assert extract_pdf(whole[: whole.rindex(b"xref")] + b"trailer<</Root 1 0 R>>").text == "Said so."


def test_a_bomb_of_pages_within_pages_ends() -> None:
    raw = printed([["Said so."]]).replace(b"/Count 1", b"/Count 900000000")
    assert "Said so." in extract_pdf(raw).text
    with pytest.raises((DamagedInput, UnknownFormat)):
        extract_pdf(printed([["Said so."]]).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"))


def test_a_bomb_of_packed_streams_is_defused() -> None:
    bomb = zlib.compress(zlib.compress(b"BT /F1 9 Tf (x) Tj ET " * 5_000_000, 9), 9)
    raw = pdf_of([b"BT /F1 11 Tf 72 700 Td (Said so.) Tj ET", b"@"], filters=0)
    at = raw.rindex(b"<</Length 1>>stream\n@\n")
    packed = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\n" % (len(bomb), bomb)
    raw = raw[:at] + packed + raw[at + len(b"<</Length 1>>stream\n@\n") :]
    try:
        page = extract_pdf(raw)
    except DamagedInput as error:
        assert "takes too long" in str(error) or "too much memory" in str(error)
    else:
        assert page.text.startswith("Said so.")
        assert len(page.text) < 50_000_000


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.001)
    with pytest.raises(DamagedInput, match="takes too long"):
        extract_pdf(printed([["Said so."]]))


def test_a_reader_that_crashes_keeps_the_pages_before(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = pdf._WORKER.read_text(encoding="utf-8")
    crashing = worker.replace(
        "            page = document[number]\n",
        "            page = document[number]\n            if number == 1: import os; os.abort()\n",
    )
    assert crashing != worker

    started: Any = subprocess.Popen

    def popen(command: list[str], **options: Any) -> Any:
        return started([*command[:-1], "-c", crashing], **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    found = extract_pdf(printed([["Said so."], ["Said more."]]))
    assert found.text == "Said so."
    assert found.notices == ("only the first 1 of 2 pages could be read",)
