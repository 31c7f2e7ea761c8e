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


@pytest.mark.parametrize(
    ("place", "bad", "replaced"),
    [
        (0, b"\xff", 1),
        (40, b"\x92", 1),
        (10**6, b"\xe2\x80", 1),
        (40, b"\xe9\xe9", 2),
        (40, b"\x92\x81", 2),
    ],
)
def test_utf_8_with_a_few_bad_bytes_is_utf_8_and_says_how_many(place: int, bad: bytes, replaced: int) -> None:
    raw = SENTENCE.encode()
    text, notices = decode_bytes(raw[:place] + bad + raw[place:])
    assert text.replace("\ufffd", "") == SENTENCE
    assert text.count("\ufffd") == replaced
    count = "one bad place" if replaced == 1 else "2 bad places"
    assert notices[0].startswith(f"decoded as UTF-8 with {count}")


def test_a_text_cut_off_within_its_only_other_character_than_ascii_is_not_proof_of_utf_8() -> None:
    assert decode_bytes("caf\xe9".encode()[:-1]) == ("caf\xc3", ["decoded as Windows-1252"])


def test_a_replacement_character_that_the_text_holds_is_not_counted() -> None:
    assert decode_bytes("é é \ufffd".encode()) == ("é é \ufffd", [])
    assert decode_bytes(b"\xff" + "é é \ufffd".encode())[1] == [
        "decoded as UTF-8 with one bad place replaced by U+FFFD"
    ]


def test_bad_bytes_behind_the_mark_of_utf_8_are_counted() -> None:
    assert decode_bytes(codecs.BOM_UTF8 + b"a \xe9 \xe9") == (
        "a \ufffd \ufffd",
        ["decoded as UTF-8 with 2 bad places, each replaced by U+FFFD"],
    )


@given(st.lists(st.sampled_from("“café” Zoë’s £5 – naïve Müller said.” €3 “No".split()), max_size=30))
def test_windows_1252_does_not_become_utf_8(words: list[str]) -> None:
    text = " ".join(words)
    assert decode_bytes(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "utf-16be", "utf-32", "koi8-r", "iso-8859-15", "gb18030"])
def test_a_label_that_the_bytes_belie_is_passed_over(charset: str) -> None:
    assert decode_bytes(SENTENCE.encode() * 2, charset) == (SENTENCE * 2, [])


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-32"])
def test_a_label_of_two_or_four_bytes_on_ascii_is_passed_over(charset: str) -> None:
    assert decode_bytes(b"She said so on Monday, and no more.\n", charset) == (
        "She said so on Monday, and no more.\n",
        [],
    )
    raw = b"The caf\xe9 was closed, she said on Monday.\n\n"
    assert decode_bytes(raw, charset) == (raw.decode("cp1252"), ["decoded as Windows-1252"])
    assert decode_bytes(SENTENCE.encode() + b"\xff", charset)[0] == SENTENCE + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_label_of_two_or_four_bytes_that_is_right_is_used(encoding: str) -> None:
    for text in (SENTENCE, "部长说，谈判已经结束。" * 3):
        assert decode_bytes(text.encode(encoding), encoding)[0] == text


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "utf-7", "punycode", "idna"])
def test_codecs_that_no_browser_knows_are_no_charsets(charset: str) -> None:
    text = "He typed \\ud800 and +2AA- and xn--nxasmq6b, she said.\n"
    assert decode_bytes(text.encode(), charset) == (text, [])


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


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "utf-16", "shift_jis", "rot13", "utf-7"]))
def test_any_bytes_are_text_or_refused(raw: bytes, charset: str | None) -> None:
    try:
        text, _ = decode_bytes(raw, charset)
    except UndecodableInput:
        return
    assert "\0" not in text
    text.encode("utf-8")
