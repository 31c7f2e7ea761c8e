from __future__ import annotations

import pytest

from sourceline.model.format import Format, is_binary, sniff_format, unread

MAIL = b"Received: from x\r\n by y\r\nSubject: Talks\r\n\r\nSaid so."


@pytest.mark.parametrize(
    ("raw", "format"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b" \r\n%PDF-1.7\n", Format.PDF),
        (b"\x01junk\n%PDF-1.4\r", Format.PDF),
        (b"WARC/1.1\r\n", Format.WARC),
        (b"PK\x03\x04", Format.ZIP),
        (b"\x1f\x8b\x08", Format.GZIP),
        (MAIL, Format.MAIL),
        (b"From ana@standard.example Tue Mar  6\n" + MAIL, Format.MAILBOX),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", Format.FEED),
        (b"\xef\xbb\xbf<urlset xmlns='x'>", Format.FEED),
        (b"RIFF\0\0\0\0WEBPVP8", Format.IMAGE),
        (b"\0\0\0\x18ftypmp42", Format.FILM),
        (b"\xd0\xcf\x11\xe0", Format.OFFICE),
        (b"", None),
        (b"Nobody was turned away.", None),
        (b"From: the minister\nTo: all\n\nSaid so.", None),
        (b"Subject: to approval, the talks go on.", None),
        (b"In %PDF-1.7 the table, he said, stands last.", None),
        (b"<!doctype html><p>An <rss> element</p>", None),
        (b"From the depot: nothing.\nSaid so.", None),
    ],
)
def test_formats_by_their_first_bytes(raw: bytes, format: Format | None) -> None:
    assert sniff_format(raw) == format


def test_bytes_outrank_the_carriers_word_and_that_the_name() -> None:
    assert sniff_format(b"%PDF-1.7\n", content_type="image/png") == Format.PDF
    assert sniff_format(b"x", content_type="Image/PNG; x=y", name="a.eml") == Format.IMAGE
    assert sniff_format(b"From: a\nSubject: b\n\nc", name="a.EML") == Format.MAIL
    assert sniff_format(b"From: a\nSubject: b\n\nc", name="a.txt") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_not_binary(encoding: str) -> None:
    assert not is_binary("Nobody was turned away, she said.".encode(encoding))


@pytest.mark.parametrize("raw", [b"a\0\0", bytes(100), bytes(range(256)), b"abc\0\0\0def\0\0"])
def test_binary(raw: bytes) -> None:
    assert is_binary(raw)


@pytest.mark.parametrize("format", list(Format))
def test_what_is_not_read_says_what_to_do(format: Format) -> None:
    message = str(unread(format))
    assert message.startswith(f"{format} files are not read here: ")
    assert "\n" not in message
