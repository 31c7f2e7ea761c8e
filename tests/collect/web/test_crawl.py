from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.clean.document import clean_page, clean_record
from sourceline.collect.web.crawl import Outcome, collect_address, collect_addresses
from sourceline.model.evidence import Collected, Problem, Unchanged, Visit
from sourceline.model.record import Record
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from tests.collect.web.made_up import Known, Reply, Web, moved, resolve_to, typed

FEED = "https://beacon.example/feed.xml"
MAP = "https://beacon.example/sitemap.xml"
PAGE = (
    "<!doctype html><html><head><title>{0}</title></head><body><article><p>The port of {0} was shut for nine days "
    "after the storm, and the harbour master said on Monday that the cranes would not move before the weekend.</p>"
    "<p>“We count the losses later,” said Ana Ruiz, who runs the terminal for the city.</p></article></body></html>"
)


@pytest.fixture(autouse=True)
def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, {"inside.example": "10.0.0.7"})


def page(name: str) -> httpx.Response:
    return typed(PAGE.format(name), "text/html; charset=utf-8")


def feed(*items: str) -> httpx.Response:
    head = '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Beacon</title>'
    return typed(head + "".join(f"<item>{inner}</item>" for inner in items) + "</channel></rss>", "application/rss+xml")


def urls(*paths: str, kind: str = "urlset", entry: str = "url") -> httpx.Response:
    entries = "".join(f"<{entry}><loc>{path}</loc></{entry}>" for path in paths)
    return typed(f"<{kind}>{entries}</{kind}>", "application/xml")


def index(*paths: str) -> httpx.Response:
    return urls(*paths, kind="sitemapindex", entry="sitemap")


def collected(
    web: Web | Mapping[str, Reply | list[Reply]], url: str = FEED, settings: Settings | None = None
) -> list[Outcome]:
    given = settings if settings is not None else Settings()
    made = web if isinstance(web, Web) else Web(web)
    with made.session(given) as session:
        return list(collect_address(url, session, given))


def places(outcomes: Iterable[Outcome]) -> list[str]:
    return [outcome.place for outcome in outcomes if isinstance(outcome, Collected)]


def problems(outcomes: Iterable[Outcome]) -> list[tuple[str, str]]:
    return [(outcome.kind, outcome.message) for outcome in outcomes if isinstance(outcome, Problem)]


def snapshot(outcome: Outcome) -> Snapshot:
    assert isinstance(outcome, Collected)
    assert isinstance(outcome.content, Snapshot)
    assert outcome.raw == outcome.content.raw
    return outcome.content


def test_a_page_is_collected_as_it_is() -> None:
    (found,) = collected({"https://beacon.example/a": page("Orsk")}, "https://beacon.example/a")
    assert found.place == "https://beacon.example/a"
    assert snapshot(found).raw == PAGE.format("Orsk").encode()


@pytest.mark.parametrize("kind", ["application/pdf", "application/warc", "application/octet-stream", "text/plain"])
def test_anything_else_is_collected_with_its_type(kind: str) -> None:
    raw = b"%PDF-1.7 \x00\xff"
    (found,) = collected({"https://beacon.example/a": typed(raw, kind)}, "https://beacon.example/a")
    assert (snapshot(found).raw, snapshot(found).content_type) == (raw, kind)


def test_what_cannot_be_had_is_a_problem() -> None:
    (found,) = collected({}, "https://ana:geheim@beacon.example/a")
    assert found == Problem(
        place="https://beacon.example/a",
        kind="fetch",
        message="https://beacon.example/a answered 404: check the address",
    )


@pytest.mark.parametrize("url", ["", "said", "http://", "http://[1", "ftp://beacon.example", "http://\ud800.example/"])
def test_what_is_no_address_is_a_problem(url: str) -> None:
    assert [kind for kind, _ in problems(collected({}, url))] == ["fetch"]


def test_the_items_of_a_feed_come_with_what_it_says_of_them() -> None:
    web = {
        FEED: feed("<title>Port shut</title><link>/a</link><pubDate>Thu, 06 Mar 2031 09:15:00 GMT</pubDate>"),
        "https://beacon.example/a": typed("<html><body><p>The port was shut, he said.</p></body></html>", "text/html"),
    }
    (found,) = collected(web)
    document = clean_page(snapshot(found), Settings())
    assert (document.title, document.outlet) == ("Port shut", "The Beacon")
    assert document.published == "2031-03-06T09:15:00+00:00"


def test_what_the_page_says_outranks_the_feed() -> None:
    head = (
        "<meta property='og:site_name' content='Courier'><meta property='article:published_time' content='2031-01-01'>"
    )
    web = {
        FEED: feed("<title>Of the feed</title><link>/a</link><pubDate>Thu, 06 Mar 2031 09:15:00 GMT</pubDate>"),
        "https://beacon.example/a": typed(PAGE.format("Orsk").replace("</head>", head + "</head>"), "text/html"),
    }
    (found,) = collected(web)
    document = clean_page(snapshot(found), Settings())
    assert (document.title, document.outlet, document.published) == ("Orsk", "Courier", "2031-01-01")


@pytest.mark.parametrize("reply", [404, moved("http://inside.example/"), moved("/a")])
def test_an_item_whose_page_cannot_be_had_is_read_from_the_feed_where_it_is_whole(reply: Reply) -> None:
    item = (
        "<title>Port shut</title><link>/a</link><pubDate>Thu, 06 Mar 2031 09:15:00 GMT</pubDate>"
        "<content:encoded><![CDATA[<p>The port was shut.</p><p>He <i>said</i> so.]]></content:encoded>"
    )
    (found,) = collected({FEED: feed(item), "https://beacon.example/a": reply})
    assert isinstance(found, Collected)
    assert isinstance(found.content, Record)
    assert found.place == f"{FEED}#1"
    assert b"<title>Port shut</title>" in found.raw
    document = clean_record(found.content, Settings())
    assert document.text == "The port was shut.\nHe said so."
    assert (document.title, document.outlet) == ("Port shut", "The Beacon")
    assert document.url == "https://beacon.example/a"
    assert str(document.extra["read_from_feed"]).startswith("its page cannot be had: ")


def test_items_without_a_link_are_read_where_they_are_whole_and_problems_where_not() -> None:
    found = collected({FEED: feed("<content:encoded>He said so.</content:encoded>", "<title>Nothing</title>")})
    assert places(found) == [f"{FEED}#1"]
    ((kind, message),) = problems(found)
    assert kind == "feed"
    assert message.startswith(f"{FEED}#2 has neither a page nor a full text")


def test_an_item_that_is_only_a_summary_and_has_no_page_is_a_problem() -> None:
    found = collected({FEED: feed("<link>/a</link><description>Short.</description>")})
    assert problems(found) == [("fetch", "https://beacon.example/a answered 404: check the address")]


def test_robots_keeps_from_an_item_and_the_others_go_on() -> None:
    web: dict[str, Reply | list[Reply]] = {
        "https://beacon.example/robots.txt": "User-agent: *\nDisallow: /closed",
        FEED: feed("<link>/closed/a</link>", "<link>/b</link>"),
        "https://beacon.example/b": page("Orsk"),
    }
    found = collected(web)
    assert places(found) == ["https://beacon.example/b"]
    assert [kind for kind, _ in problems(found)] == ["robots"]


def test_a_feed_with_ten_thousand_items_ends_at_the_limit_and_says_so() -> None:
    web = Web({FEED: feed(*(f"<link>/{n}</link>" for n in range(10_000)))})
    web.replies |= {f"https://beacon.example/{n}": ["text"] for n in range(10_000)}
    found = collected(web, settings=Settings(max_pages=20))
    assert len(places(found)) == 20
    assert problems(found) == [("limit", f"{FEED} lists 10,000 items, and 20 were taken: give a higher --max-pages")]
    assert len(web.log) == 22


def test_the_same_page_is_fetched_once() -> None:
    web = Web({FEED: feed("<link>/a</link>", "<link>/a#b</link>"), "https://beacon.example/a": page("Orsk")})
    assert places(collected(web)) == ["https://beacon.example/a"]
    assert len(web.log) == 3


def test_an_atom_feed_and_a_json_feed_are_followed() -> None:
    atom = typed('<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a"/></entry></feed>', "text/plain")
    json = typed('{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a"}]}', "application/json")
    for reply in (atom, json):
        assert places(collected({FEED: reply, "https://beacon.example/a": page("Orsk")})) == [
            "https://beacon.example/a"
        ]


def test_links_are_seen_from_where_the_feed_was_in_the_end() -> None:
    there = "https://courier.example/feeds/x.xml"
    web = {FEED: moved(there), there: feed("<link>a</link>"), "https://courier.example/feeds/a": page("Orsk")}
    assert places(collected(web)) == ["https://courier.example/feeds/a"]


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream", "image/png", ""])
def test_a_feed_is_known_whatever_its_server_calls_it(kind: str) -> None:
    web = {FEED: typed(feed("<link>/a</link>").content, kind), "https://beacon.example/a": page("Orsk")}
    assert places(collected(web)) == ["https://beacon.example/a"]


def test_a_page_that_is_called_a_feed_is_a_page() -> None:
    (found,) = collected({FEED: typed(PAGE.format("Orsk"), "application/rss+xml")})
    assert snapshot(found).content_type == "text/html"
    document = clean_page(snapshot(found), Settings())
    assert "its server calls the page application/rss+xml" in document.notices
    assert "Ana Ruiz" in document.text


@pytest.mark.parametrize("body", ["", "sorry", "<maintenance/>", "{}"])
def test_what_is_called_a_feed_and_is_none_is_a_problem(body: str) -> None:
    ((kind, message),) = problems(collected({FEED: typed(body, "application/atom+xml")}))
    assert (kind, message.startswith(FEED)) == ("feed", True)


@pytest.mark.parametrize("padding", ["", f"<!--{'x' * 100_000}-->"], ids=["at once", "late"])
def test_a_feed_that_declares_entities_is_a_problem(padding: str) -> None:
    bomb = f"<!DOCTYPE rss [{padding}<!ENTITY a 'x'>]><rss><channel><item><link>/a</link></item></channel></rss>"
    ((kind, message),) = problems(collected({FEED: typed(bomb, "text/xml")}))
    assert kind == "feed"
    assert message == f"{FEED} declares entities of its own, which are not expanded: tell its keeper"


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes_and_said_to_be_damaged() -> None:
    raw = feed("<link>/a</link>", "<link>/b</link>").content[:-40]
    found = collected({FEED: typed(raw, "text/xml"), "https://beacon.example/a": page("Orsk")})
    assert places(found) == ["https://beacon.example/a"]
    assert "is damaged (line 1" in str(problems(found))


def test_an_item_that_leads_to_a_feed_is_not_followed() -> None:
    web = Web({FEED: feed("<link>/b.xml</link>"), "https://beacon.example/b.xml": feed("<link>/c</link>")})
    assert places(collected(web)) == ["https://beacon.example/b.xml"]


def test_a_news_sitemap_says_what_its_pages_do_not() -> None:
    news = (
        '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/a</loc><news:news>'
        "<news:publication><news:name>The Beacon</news:name></news:publication><news:title>Port shut</news:title>"
        "<news:publication_date>2031-03-06</news:publication_date></news:news></url></urlset>"
    )
    web = {MAP: typed(news, "text/xml"), "https://beacon.example/a": typed("He said so.", "text/plain")}
    (found,) = collected(web, MAP)
    document = clean_page(snapshot(found), Settings())
    assert (document.outlet, document.published, document.title) == ("The Beacon", "2031-03-06", "Port shut")


def test_an_index_and_its_sitemaps_packed_or_not_are_followed() -> None:
    web = {
        MAP: index("/one.xml", "/two.xml.gz"),
        "https://beacon.example/one.xml": urls("/a"),
        "https://beacon.example/two.xml.gz": typed(gzip.compress(urls("/b").content), "application/x-gzip"),
        "https://beacon.example/a": page("Orsk"),
        "https://beacon.example/b": page("Tarn"),
    }
    assert places(collected(web, MAP)) == ["https://beacon.example/a", "https://beacon.example/b"]


def test_sitemaps_that_list_each_other_are_read_once() -> None:
    web = Web(
        {
            MAP: index("/sitemap.xml", "/b.xml"),
            "https://beacon.example/b.xml": index("/sitemap.xml", "/b.xml", "/c.xml"),
            "https://beacon.example/c.xml": urls("/a"),
            "https://beacon.example/a": page("Orsk"),
        }
    )
    assert places(collected(web, MAP)) == ["https://beacon.example/a"]
    assert len(web.log) == 5


def test_indexes_without_end_end() -> None:
    def deeper(request: httpx.Request) -> httpx.Response:
        return index(f"{request.url.path}x")

    web = Web({})
    web.replies |= {f"{MAP}{'x' * n}": [deeper] for n in range(50)}
    ((kind, message),) = problems(collected(web, MAP))
    assert kind == "limit"
    assert "more than 3 sitemap indexes" in message
    assert len(web.log) == 5


def test_an_index_of_very_many_sitemaps_ends_at_the_limit() -> None:
    web = Web({MAP: index(*(f"/{n}.xml" for n in range(500)))})
    web.replies |= {f"https://beacon.example/{n}.xml": [urls()] for n in range(500)}
    found = collected(web, MAP, Settings(max_sitemaps=7))
    assert problems(found) == [("limit", f"{MAP} lists 500 sitemaps, and 7 were taken: give a higher --max-sitemaps")]
    assert len(web.log) == 9


def test_when_the_pages_are_enough_no_further_sitemap_is_read() -> None:
    web = Web({MAP: index("/1.xml", "/2.xml", "/3.xml")})
    web.replies |= {f"https://beacon.example/{n}.xml": [urls(f"/{n}a", f"/{n}b")] for n in (1, 2, 3)}
    web.replies |= {f"https://beacon.example/{n}{x}": ["text"] for n in (1, 2, 3) for x in "ab"}
    found = collected(web, MAP, Settings(max_pages=3))
    assert places(found) == [f"https://beacon.example/{name}" for name in ("1a", "1b", "2a")]
    assert [message.partition(" lists ")[2] for _, message in problems(found)] == [
        "2 pages, and 1 were taken: give a higher --max-pages",
        "1 sitemaps more that were not read: give a higher --max-pages",
    ]


def test_a_sitemap_that_is_none_is_a_problem_and_the_others_go_on() -> None:
    web = {
        MAP: index("/no.xml", "/gone.xml", "/yes.xml"),
        "https://beacon.example/no.xml": page("Orsk"),
        "https://beacon.example/yes.xml": urls("/a"),
        "https://beacon.example/a": page("Orsk"),
    }
    found = collected(web, MAP)
    assert places(found) == ["https://beacon.example/a"]
    assert [kind for kind, _ in problems(found)] == ["feed", "fetch"]


def test_a_packed_sitemap_that_unpacks_to_too_much_is_a_problem() -> None:
    raw = gzip.compress(b"<urlset>" + b" " * 5_000_000 + b"</urlset>")
    found = collected({MAP: typed(raw, "application/gzip")}, MAP, Settings(max_bytes=1_000_000))
    ((kind, message),) = problems(found)
    assert (kind, "unpacks to more than 1,000,000 bytes" in message) == ("feed", True)


def test_a_packed_sitemap_that_is_cut_off_is_a_problem() -> None:
    raw = gzip.compress(urls(*(f"/{n * 7919 % 10_007}" for n in range(10_000))).content)[:-500]
    ((kind, message),) = problems(collected({MAP: typed(raw, "application/gzip")}, MAP))
    assert (kind, message) == ("feed", f"{MAP} is cut off: try again later")


def test_another_packed_file_is_collected_untouched() -> None:
    raw = gzip.compress(b"WARC/1.0\r\n")
    (found,) = collected({MAP: typed(raw, "application/gzip")}, MAP)
    assert snapshot(found).raw == raw


def test_what_is_unchanged_is_no_problem_and_a_feed_is_always_read() -> None:
    web = Web({FEED: feed("<link>/a</link>", "<link>/b</link>"), "https://beacon.example/b": page("Orsk")})
    web.replies["https://beacon.example/a"] = [304]
    known = Known({url: Visit(etag='"1"') for url in (FEED, "https://beacon.example/a")})
    with web.session(visits=known) as session:
        found = list(collect_address(FEED, session, Settings()))
    assert [type(outcome) for outcome in found] == [Unchanged, Collected]
    assert found[0].place == "https://beacon.example/a"


def test_many_addresses_are_taken_as_they_are_asked_for() -> None:
    pages = [f"https://h{n % 7}.example/{n}" for n in range(600)]
    web = Web(dict.fromkeys(pages, "text"))
    given = iter(pages)
    with web.session() as session:
        outcomes = collect_addresses(given, session, Settings())
        first = next(outcomes)
        assert len(list(given)) > 300
    assert isinstance(first, Collected)


def test_one_bad_address_does_not_cost_the_others() -> None:
    web = Web({"https://beacon.example/a": page("Orsk")})
    with web.session() as session:
        found = list(collect_addresses(["nowhere", "https://beacon.example/a", FEED], session, Settings()))
    assert places(found) == ["https://beacon.example/a"]
    assert len(problems(found)) == 2


BODY = st.lists(
    st.sampled_from(
        "<rss><channel> <item> </item> <link>/a</link> <urlset> <url><loc>/b</loc></url> <sitemapindex> <feed> <entry> "
        '{ } "items": [ ] {"url":"/a"} jsonfeed.org/version/ <html> <!DOCTYPE_r_[ <!ENTITY_a_"b"> ]> \0 \x1f\x8b\x08 '
        "&amp; said".split(" ")
    ).map(lambda part: part.replace("_", " ").encode("latin-1"))
    | st.binary(max_size=6),
    max_size=12,
).map(b"".join)
KINDS = st.sampled_from(
    [b"text/html", b"application/rss+xml", b"application/feed+json", b"application/gzip", b"", b"\xe9; charset=hz"]
)


@given(BODY, st.booleans(), KINDS)
def test_any_answer_is_collected_or_a_problem(body: bytes, packed: bool, kind: bytes) -> None:
    web = Web(
        {FEED: httpx.Response(200, content=gzip.compress(body) if packed else body, headers=[(b"Content-Type", kind)])}
    )
    found = collected(web)
    assert all(isinstance(outcome, Collected | Problem) for outcome in found)
    assert "internal" not in [kind for kind, _ in problems(found)]


def test_a_surprise_in_one_address_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def surprise(snapshot: Snapshot) -> None:
        raise RuntimeError("not expected")

    monkeypatch.setattr("sourceline.collect.web.crawl.find_listing", surprise)
    (found,) = collected({FEED: "text"})
    assert found == Problem(place=FEED, kind="internal", message=f"{FEED}: RuntimeError: not expected")


def test_the_way_of_a_downgraded_page_reaches_its_document() -> None:
    web = {"https://beacon.example/a": moved("http://beacon.example/a"), "http://beacon.example/a": page("Orsk")}
    (found,) = collected(web, "https://beacon.example/a")
    assert any("plain HTTP" in notice for notice in clean_page(snapshot(found), Settings()).notices)
