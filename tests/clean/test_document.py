from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.clean.document import clean_page, clean_record
from sourceline.errors import DamagedInput, InputError, UnknownFormat
from sourceline.model.record import Record
from sourceline.model.text import RegionKind, Snapshot
from sourceline.settings import Settings
from tests.carriers import printed

SETTINGS = Settings()
ARTICLE = (
    "Dockers vote to extend walkout\r\n\r\n"
    "Crane operators voted by a wide margin on Monday night to stay out for another fortnight, the union said.\r\n"
    "“Nobody in this town wants a summer without wages,” said Delroy Manniche.\r\n"
)
PAGE = (
    "<!doctype html><html><head><title>x</title><meta property='og:site_name' content='The Beacon'>"
    "<meta property='article:published_time' content='2031-03-06T09:15:00Z'></head><body><article><h1>Dockers vote</h1>"
    + "<p>The union said on Monday that the ballot had been held in a church hall, and it would be held again.</p>" * 1
    + "<p>Port managers insisted that the disputed lifting gear had passed three inspections since March.</p>"
    + "<p>“Nobody in this town wants a summer without wages,” said Delroy Manniche, who chairs the committee.</p>"
    + "</article></body></html>"
)


def test_a_plain_text_is_never_rewritten() -> None:
    document = clean_page(Snapshot(raw=ARTICLE.encode(), path="a.txt"), SETTINGS)
    assert document.text == ARTICLE
    assert document.title == "Dockers vote to extend walkout"
    assert document.published is None
    assert document.byline is None
    assert document.language == "en"
    assert document.notices == ()
    assert document.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert document.raw == ARTICLE.encode()


STATED = {"title": "Of the feed", "outlet": "Courier", "byline": "Bo Li", "published": "2031-01-02"}


def test_what_a_feed_stated_counts_where_the_page_says_nothing() -> None:
    page = "<html><body><p>" + "The union said on Monday that the ballot had been held in a church hall. " * 5
    bare = Snapshot(raw=page.encode(), url="https://www.beacon.example/x", content_type="text/html")
    document = clean_page(replace(bare, stated=STATED), SETTINGS)
    assert (document.outlet, document.byline, document.published) == ("Courier", "Bo Li", "2031-01-02")
    assert clean_page(bare, SETTINGS).outlet == "beacon.example"
    assert clean_page(replace(bare, stated=STATED), SETTINGS, published="2031-05-05").published == "2031-05-05"
    full = clean_page(Snapshot(raw=PAGE.encode(), url="https://beacon.example/x", stated=STATED), SETTINGS)
    assert (full.outlet, full.title, full.published) == ("The Beacon", "Dockers vote", "2031-03-06T09:15:00+00:00")
    assert clean_page(Snapshot(raw=b"", url="http://[1", content_type="text/html"), SETTINGS).outlet is None


def test_the_notices_of_collecting_come_first_and_hide_no_other() -> None:
    document = clean_page(Snapshot(raw=b"", notices=("fetched oddly",)), SETTINGS)
    assert document.notices == ("fetched oddly", "the document is empty")


def test_a_record_of_markup_is_read_line_by_line() -> None:
    markup = "<p>Ports &amp; rails.</p><script>no</script><p>He <b>said</b> so."
    assert clean_record(Record(text=markup, markup=True), SETTINGS).text == "Ports & rails.\nHe said so."
    assert clean_record(Record(text=markup), SETTINGS).text == markup


def test_the_same_bytes_have_the_same_id_and_a_given_id_stays() -> None:
    first = clean_page(Snapshot(raw=ARTICLE.encode(), path="a.txt"), SETTINGS)
    second = clean_page(Snapshot(raw=ARTICLE.encode(), path="b.txt"), SETTINGS)
    assert first.id == second.id == clean_record(Record(text=ARTICLE), SETTINGS).id
    assert clean_page(Snapshot(raw=ARTICLE.encode()), SETTINGS, id="d1").id == "d1"
    assert clean_record(Record(text=ARTICLE, id=""), SETTINGS).id == ""


def test_a_page_gives_what_it_states_and_its_title_comes_first() -> None:
    document = clean_page(Snapshot(raw=PAGE.encode(), url="https://beacon.example/x"), SETTINGS)
    assert document.outlet == "The Beacon"
    assert document.published == "2031-03-06T09:15:00+00:00"
    assert document.title == "Dockers vote"
    assert document.url == "https://beacon.example/x"
    assert document.regions[0].kind is RegionKind.TITLE
    assert {region.kind for region in document.regions[1:]} == {RegionKind.BODY}


def test_what_the_caller_states_outranks_the_page() -> None:
    document = clean_page(Snapshot(raw=PAGE.encode()), SETTINGS, published="2030-01-01", outlet="Courier")
    assert (document.published, document.outlet) == ("2030-01-01", "Courier")


def test_a_record_keeps_its_fields() -> None:
    record = Record(
        text=ARTICLE,
        id="d1",
        outlet="Courier",
        outlet_kind="blog",
        byline="Ana",
        published="2031-03-06",
        extra={"n": 1},
    )
    document = clean_record(record, SETTINGS)
    assert (document.id, document.outlet, document.outlet_kind) == ("d1", "Courier", "blog")
    assert (document.byline, document.published, document.extra) == ("Ana", "2031-03-06", {"n": 1})


@pytest.mark.parametrize("stated", ["6 March", "2031-02-30", "0000", "99999-01-01", "2031-03-06" * 20])
def test_what_is_no_date_is_kept_beside_the_documents_own_fields(stated: str) -> None:
    extra = {"n": 1}
    record = Record(text=ARTICLE, published=stated, extra=extra)
    page = Snapshot(raw=PAGE.replace("2031-03-06T09:15:00Z", stated).encode())
    text = Snapshot(raw=ARTICLE.encode())
    for document in (clean_record(record, SETTINGS), clean_page(text, SETTINGS, published=stated)):
        assert document.published is None
        assert document.extra["published_given"] == stated
        assert "ISO 8601" in document.notices[0]
        assert len(document.notices[0]) < 150
    assert clean_page(page, SETTINGS).published is None
    assert extra == {"n": 1} == {k: v for k, v in clean_record(record, SETTINGS).extra.items() if k == "n"}


def test_a_field_of_the_documents_own_is_not_overwritten() -> None:
    document = clean_record(Record(text=ARTICLE, published="soon", extra={"published_given": 7}), SETTINGS)
    assert document.extra == {"published_given": 7}


def test_where_a_page_states_an_impossible_date_its_feed_tells_it() -> None:
    raw = PAGE.replace("2031-03-06T09:15:00Z", "2031-02-30").encode()
    document = clean_page(Snapshot(raw=raw, stated={"published": "2031-03-05"}), SETTINGS)
    assert (document.published, document.extra) == ("2031-03-05", {"published_given": "2031-02-30"})


def test_without_cleaning_everything_is_body() -> None:
    document = clean_record(Record(text=ARTICLE + "Sign up for our newsletter"), Settings(clean=False))
    (region,) = document.regions
    assert (region.kind, region.start, region.end) == (RegionKind.BODY, 0, len(document.text))
    assert document.title is None


@pytest.mark.parametrize("raw", [b"", b" \r\n\t ", b"\xef\xbb\xbf"])
def test_nothing_is_an_empty_document_with_a_notice(raw: bytes) -> None:
    document = clean_page(Snapshot(raw=raw), SETTINGS)
    assert document.regions == ()
    assert document.notices == ("the document is empty",)
    assert document.language is None


def test_another_language_is_said_and_marked() -> None:
    text = "Le ministre a dit vendredi que les négociations reprendraient lundi à Genève, selon deux diplomates."
    document = clean_record(Record(text=text), SETTINGS)
    assert document.language == "fr"
    assert "language fr is not read yet" in document.notices


def test_a_page_of_furniture_only_says_that_no_article_was_found() -> None:
    document = clean_record(Record(text="Home\nSubscribe\nPrivacy Policy\nMost read"), SETTINGS)
    assert not [region for region in document.regions if region.kind is RegionKind.BODY]
    assert document.notices[0].startswith("no article was found")


@pytest.mark.parametrize(
    ("raw", "kind", "advice"),
    [
        (b"PK\x03\x04...", None, "ZIP files .* .sourceline add."),
        (b"\x1f\x8b\x08\x00", None, "gzip-compressed files .* .sourceline add."),
        (b"WARC/1.0\r\n", None, "WARC files .* .sourceline add."),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", None, "feed's address"),
        (b"{\\rtf1 hello}", None, "save it as PDF, HTML or plain text"),
        (b"\x89PNG\r\n\x1a\n", None, "give the text that it shows"),
        (b"anything", "image/png", "give the text that it shows"),
        (b"anything", "video/mp4", "give its transcript"),
        (b"MZ\x90\x00", None, "program files .* give plain text, an HTML page or a PDF"),
    ],
)
def test_formats_that_hold_no_article_say_what_to_do(raw: bytes, kind: str | None, advice: str) -> None:
    with pytest.raises(UnknownFormat, match=advice):
        clean_page(Snapshot(raw=raw, content_type=kind), SETTINGS)


@pytest.mark.parametrize(("raw", "kind"), [(b"%PDF-1.7 ...", None), (b"anything", "application/pdf")])
def test_a_pdf_that_is_none_says_so(raw: bytes, kind: str | None) -> None:
    with pytest.raises(DamagedInput, match="no PDF that can be opened"):
        clean_page(Snapshot(raw=raw, content_type=kind), SETTINGS)


def test_a_pdf_and_a_mail_are_documents() -> None:
    pdf = clean_page(Snapshot(raw=printed([["Dockers vote to stay out", "The union said so on Monday."]])), SETTINGS)
    assert "The union said so on Monday." in pdf.text
    mail = b"From: Ana Ruiz <ana@standard.example>\nMIME-Version: 1.0\nSubject: Dockers vote\n\nThe union said so.\n"
    document = clean_page(Snapshot(raw=mail), SETTINGS)
    assert (document.title, document.byline, document.raw) == ("Dockers vote", "Ana Ruiz", mail)
    assert document.text.split() == "Dockers vote The union said so.".split()


def test_a_text_that_speaks_of_a_format_is_a_text() -> None:
    text = "Such files begin with %PDF-1.7, the archivist said. Others begin with PK, and WARC/1.0 begins a crawl.\n"
    assert clean_page(Snapshot(raw=text.encode()), SETTINGS).text == text


def test_a_text_about_markup_is_no_page() -> None:
    text = "The <p> tag, the <div> tag and the <span> tag were invented in that order, the engineer said."
    assert clean_page(Snapshot(raw=text.encode(), path="a.txt"), SETTINGS).text == text
    assert clean_page(Snapshot(raw=text.encode()), SETTINGS).text == text


@given(st.binary(max_size=300), st.sampled_from([None, "text/html", "text/plain"]))
@settings(deadline=None)
def test_any_bytes_are_a_document_or_an_input_error(raw: bytes, kind: str | None) -> None:
    try:
        document = clean_page(Snapshot(raw=raw, content_type=kind), SETTINGS)
    except InputError as failure:
        assert "\n" not in str(failure)
        return
    for region in document.regions:
        assert document.text[region.start : region.end].strip()


def test_a_page_that_names_utf_16_in_ascii_is_read_as_what_it_is() -> None:
    page = PAGE.replace("<head>", "<head><meta charset='utf-16'>")
    assert (
        clean_page(Snapshot(raw=page.encode()), SETTINGS).text == clean_page(Snapshot(raw=PAGE.encode()), SETTINGS).text
    )
