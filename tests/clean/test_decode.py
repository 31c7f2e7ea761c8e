from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.clean.decode import decode_bytes
from sourceline.errors import UndecodableInput

SENTENCE = "“Exports fell 4%,” said Zoë Ruiz, the trade minister.\r\n\tShe gave no reason.\n"


def test_utf_8_is_kept_as_it_is_with_its_line_ends() -> None:
    assert decode_bytes(SENTENCE.encode()) == (SENTENCE, [])


def test_one_byte_order_mark_is_taken_away_and_no_more() -> None:
    assert decode_bytes(codecs.BOM_UTF8 + SENTENCE.encode()) == (SENTENCE, [])
    assert decode_bytes(codecs.BOM_UTF8 * 2 + b"a") == ("\ufeffa", [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_with_and_without_its_mark(encoding: str) -> None:
    text, notices = decode_bytes(SENTENCE.encode(encoding))
    assert text == SENTENCE
    assert notices[0].startswith("decoded as UTF-")


def test_what_is_not_utf_8_is_windows_1252_and_says_so() -> None:
    text, notices = decode_bytes("“caf\xe9” €5".encode("cp1252"))
    assert text == "“café” €5"
    assert notices == ["decoded as Windows-1252"]


def test_a_byte_that_windows_1252_leaves_open_is_no_error() -> None:
    assert decode_bytes(b"caf\xe9 \x81 said")[0] == "café \x81 said"


def test_the_charset_that_the_carrier_named_is_used() -> None:
    text, notices = decode_bytes("Министр сказал".encode("koi8-r"), "KOI8-R")
    assert text == "Министр сказал"
    assert notices == ["decoded as koi8-r"]


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8", "base64", "", "\0"])
def test_a_wrong_charset_does_no_harm(charset: str) -> None:
    assert decode_bytes(b"caf\xe9", charset)[0] == "café"


@pytest.mark.parametrize(
    "raw",
    [b"\0\1\2\3", b"MZ\x90\0\3", b"said \0 so", bytes(range(256)), codecs.BOM_UTF16_LE + b"\0\xd8", b"\1\2\3\4" * 30],
)
def test_binary_is_refused(raw: bytes) -> None:
    with pytest.raises(UndecodableInput, match=r"no text|not: save"):
        decode_bytes(raw)


def test_nothing_is_a_text() -> None:
    assert decode_bytes(b"") == ("", [])


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "utf-16", "shift_jis", "rot13"]))
def test_any_bytes_are_text_or_refused(raw: bytes, charset: str | None) -> None:
    try:
        text, _ = decode_bytes(raw, charset)
    except UndecodableInput:
        return
    assert "\0" not in text
    text.encode("utf-8")
