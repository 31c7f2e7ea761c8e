from __future__ import annotations

import sys
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.web.elements import Elements, name_of
from sourceline.collect.web.encoding import find_encoding
from sourceline.collect.web.prologue import root_name
from sourceline.errors import InvalidFeed

ITEMS = frozenset({"item"})


def texts(raw: str | bytes, charset: str | None = None) -> list[str]:
    encoded = raw.encode() if isinstance(raw, str) else raw
    return ["".join(element.itertext()) for element in Elements(encoded, charset, ITEMS)]


def damage(raw: str) -> str | None:
    elements = Elements(raw.encode(), None, ITEMS)
    for _ in elements:
        pass
    return elements.damage


def bomb(reference: str) -> str:
    declared = '<!ENTITY a0 "said said ">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f"<!DOCTYPE r [{declared}]><r><item {reference}</item></r>"


@pytest.mark.parametrize(
    "raw",
    [
        bomb(">&a11;"),
        bomb("b='&a11;'>"),
        f"<!DOCTYPE r [<!ENTITY a '{'x' * 100_000}'>]><r><item>{'&a;' * 100_000}</item></r>",
        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hosts'>]><r><item>&a;</item></r>",
        "<!DOCTYPE r [<!ENTITY % a SYSTEM 'http://127.0.0.1:1/a.dtd'> %a;]><r><item>x</item></r>",
        "<!-- <rss> --><!DOCTYPE r [<!ENTITY a 'b'>]><r><item>&a;</item></r>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_before_they_grow(raw: str, encoding: str) -> None:
    encoded = raw.encode(encoding)
    opened: list[str] = []
    listening = True
    sys.addaudithook(lambda event, _: opened.append(event) if listening and event.startswith("socket") else None)
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(InvalidFeed, match=r"declares entities|no XML element"):
        texts(encoded)
    assert time.process_time() - start < 2
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    listening = False
    assert opened == []


LATE = (f"<!--{'x' * 100_000}-->", " " * 100_000, "<!ELEMENT a (b)>" * 6_250, f"<?x {'y' * 100_000}?>")


@pytest.mark.parametrize("padding", LATE, ids=("comment", "spaces", "elements", "instruction"))
def test_entities_declared_late_are_refused_as_well(padding: str) -> None:
    for subset in (f"{padding}<!ENTITY a 'b'>", f"<!ENTITY a ']>'>{padding}"):
        raw = f"<!DOCTYPE rss [{subset}]><rss><item>&a;</item></rss>"
        assert root_name(raw.encode()) == "rss"
        with pytest.raises(InvalidFeed, match="declares entities"):
            texts(raw)


def test_a_document_type_without_entities_is_read_and_not_fetched() -> None:
    raw = '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd"><rss><item>a</item></rss>'
    assert texts(raw) == ["a"]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("<r><item>a</item><item>b</item></r>", ["a", "b"]),
        ("<r><item>a &amp; b&nbsp;c&eacute; & d</item></r>", ["a & b\xa0cé  d"]),
        ("<r><item>\x01a\x0b&#1;b\ufffe</item></r>", ["ab"]),
        ("<r><item><![CDATA[<p>a</p>]]></item></r>", ["<p>a</p>"]),
        ("<r><item>&#146;&#x92;&#0;&#xD800;&#x1F600;&#9999999999;&#X41;</item></r>", ["’’\ufffd\ufffd😀\ufffdA"]),
        ("<r><item>a<br>b</item><item>c</item></r>", ["ab", "c"]),
        ("<r><item><p>a</item><item>b</p></item></r>", ["a", "b"]),
        ("<r><item>a<i></b></i></item></wrong><item>b</item></r>", ["a", "b"]),
        ("<r><item a='>'>a<br></item><item>b</item></r>", ["a", "b"]),
        ("<r><item><!-- <b> --><![CDATA[<i>]]><?x <u> ?><br></item><item>b</item></r>", ["<i>", "b"]),
        ("<r><!-- no --><item>a<!-- no -->b<?no no?></item></r>", ["ab"]),
        ("<r><item>a</it></item><item>b</item></r>", ["a", "b"]),
        ("<r><item>a</item><item>b", ["a", "b"]),
        ("  \n<r><item>a</item></r>", ["a"]),
        ("<r><item>a<item>b</item></item></r>", ["ab"]),
    ],
)
def test_elements_are_read_as_far_as_they_go(raw: str, read: list[str]) -> None:
    assert texts(raw) == read


def test_a_named_character_is_found_wherever_the_pieces_end() -> None:
    for padding in range((1 << 18) - 20, (1 << 18) + 2):
        assert texts(f"<r><!--{'x' * (padding - 20)}--><item>a&eacute;b</item></r>") == ["aéb"]


@pytest.mark.parametrize("raw", ["<r><item>", "<r>" + "<x>" * 1000, "<r><item>" + "x" * 11_000_000 + "</item></r>"])
def test_what_may_have_cost_elements_is_told(raw: str) -> None:
    told = damage(raw)
    assert told is not None
    assert told.startswith(("line ", "a tag or a text of more than 4,000,000"))
    assert "\n" not in told


def test_an_item_of_very_many_elements_ends_the_reading() -> None:
    elements = Elements(("<r><item>a</item><item>" + "<b/>" * 60_000 + "</item></r>").encode(), None, ITEMS)
    assert ["".join(element.itertext()) for element in elements] == ["a"]
    assert elements.damage == "more than 50,000 elements"


def test_very_many_elements_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sourceline.collect.web.elements._MOST", 1000)
    elements = Elements(("<r>" + "<item/>" * 2000 + "</r>").encode(), None, ITEMS)
    assert sum(1 for _ in elements) == 999
    assert elements.damage == "more than 1,000 elements"


def test_a_stray_character_is_no_damage() -> None:
    assert damage("<r><item>a & b &foo; \x01</item></r>") is None


@pytest.mark.parametrize("raw", [b"", b" ", b"<", b"said", b"\0\0", b"\xff\xfe", b"{}"])
def test_no_element_at_all_is_invalid(raw: bytes) -> None:
    with pytest.raises(InvalidFeed, match="no XML element"):
        texts(raw)


def test_memory_stays_flat_however_many_elements_there_are() -> None:
    raw = ("<r>" + "<item>a<b>said</b></item><other>x</other>" * 30_000 + "</r>").encode()
    tracemalloc.start()
    assert sum(1 for _ in Elements(raw, None, ITEMS)) == 30_000
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("Мир".encode("utf-16"), "utf-8", "Мир"),
        ("Мир".encode("cp1251"), "windows-1251", "Мир"),
        ("Мир".encode(), "iso-8859-1", "Мир"),
        ("日本".encode("shift_jis"), "Shift_JIS", "日本"),
        ("日本".encode("iso2022_jp"), "ISO-2022-JP", "日本"),
        (b"caf\xe9 \x93x\x94", None, "café “x”"),
        (b"caf\xe9", "utf-8", "café"),
        (b"caf\xe9", "no-such-charset", "café"),
        ("ééééé".encode() + b"\xe9", "utf-8", "ééééé\ufffd"),
        (b"plain", "zlib", "plain"),
        (b"caf\xe9", "punycode", "café"),
    ],
)
def test_the_encoding_is_found(raw: bytes, charset: str | None, text: str) -> None:
    kind = find_encoding(raw, charset)
    assert raw.decode(kind, "replace") == text


def test_the_declared_encoding_counts_where_the_carrier_says_nothing() -> None:
    raw = '<?xml version="1.0" encoding="windows-1251"?><r><item>Мир</item></r>'.encode("cp1251")
    assert texts(raw) == ["Мир"]


def test_names_are_known_by_their_vocabulary() -> None:
    raw = (
        b"<r xmlns:m='urn:m' xmlns:d='http://purl.org/dc/elements/1.1/' xmlns:a='http://www.w3.org/2005/Atom'>"
        b"<item><m:title/><d:creator/><a:link/><dc:date/></item></r>"
    )
    (item,) = (list(map(name_of, element)) for element in Elements(raw, None, ITEMS))
    assert item == ["{urn:m}title", "dc:creator", "link", "dc:date"]


MARKUP = st.lists(
    st.sampled_from(
        "<item> </item> <r> </r> <a_b=' '> &amp; &x; & <![CDATA[ ]]> <!-- --> <?x <!DOCTYPE_r_[ <!ENTITY_a_'b'> ]> é "
        "\0 said <item/> xmlns='urn:x' <x:y>".replace("_", "\t").split(" ")
    ),
    max_size=30,
).map("".join)


@given(
    st.one_of(MARKUP.map(str.encode), st.binary(max_size=300)), st.sampled_from([None, "utf-16", "cp1251", "hz", "x"])
)
def test_any_bytes_are_read_or_invalid(raw: bytes, charset: str | None) -> None:
    try:
        assert all(isinstance(text, str) for text in texts(raw, charset))
    except InvalidFeed as failure:
        assert "\n" not in str(failure)
    root_name(raw)
