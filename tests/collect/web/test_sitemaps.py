from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.web.sitemaps import Sitemap, parse_sitemap
from sourceline.errors import InvalidFeed
from sourceline.model.text import Snapshot

HEAD = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def sitemap(inner: str, limit: int = 100, head: str = HEAD) -> Sitemap:
    raw = f"{head}{inner}</urlset>".encode()
    return parse_sitemap(Snapshot(raw=raw, url="https://beacon.example/sitemap.xml"), limit, limit)


def url(path: str, changed: str = "") -> str:
    return f"<url><loc>{path}</loc><lastmod>{changed}</lastmod></url>"


def test_a_news_sitemap_says_title_outlet_and_date() -> None:
    (page,) = sitemap(
        "<url><loc>https://beacon.example/a?b=1&amp;c=2</loc><lastmod>2031-03-07</lastmod><news:news><news:publication>"
        "<news:name>The Beacon</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2031-03-06T09:15:00Z</news:publication_date><news:title> Ports &amp;  rails "
        "</news:title></news:news><image:image><image:loc>https://beacon.example/i.png</image:loc><image:title>no</image:title>"
        "</image:image></url>"
    ).pages
    assert page.url == "https://beacon.example/a?b=1&c=2"
    assert page.stated == {"title": "Ports & rails", "outlet": "The Beacon", "published": "2031-03-06T09:15:00Z"}


def test_the_date_of_a_change_is_not_one_of_publication() -> None:
    (page,) = sitemap(url("/a", "2031-03-06")).pages
    assert page.stated == {}
    assert page.changed is not None


def test_the_newest_come_first_and_those_without_a_date_last_in_their_order() -> None:
    found = sitemap(
        url("/x") + url("/old", "2029-12-31") + url("/y", "soon") + url("/noon", "2031-03-06T12:00:00+02:00")
        + url("/later", "2031-03-06T11:00:00Z") + url("/day", "2031-03-06")
    )  # fmt: skip
    paths = [page.url.removeprefix("https://beacon.example") for page in found.pages]
    assert paths == ["/later", "/noon", "/day", "/old", "/x", "/y"]


def test_only_the_newest_are_held_and_all_are_counted() -> None:
    found = sitemap("".join(url(f"/{n}", f"20{n % 90 + 10}-01-01") for n in range(5000)), limit=3)
    assert found.total == 5000
    assert [page.url for page in found.pages] == [f"https://beacon.example/{n}" for n in (89, 179, 269)]
    assert sitemap(url("/a"), limit=0).pages == ()


def test_entries_without_an_address_of_the_web_are_counted() -> None:
    found = sitemap("<url/>" + url("ftp://beacon.example/a") + url("http://[1") + url("/" + "a" * 5000) + url("/a"))
    assert found.unusable == 4
    assert [page.url for page in found.pages] == ["https://beacon.example/a"]


@pytest.mark.parametrize("head", [HEAD, "<urlset>", '<urlset xmlns="http://www.google.com/schemas/sitemap/0.84">'])
def test_an_index_lists_sitemaps_whatever_its_vocabulary(head: str) -> None:
    found = sitemap("<sitemap><loc>/b.xml</loc></sitemap>" + url("/a"), head=head)
    assert [entry.url for entry in found.sitemaps] == ["https://beacon.example/b.xml"]
    assert len(found.pages) == 1


@pytest.mark.parametrize(
    "changed", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2031-13-01", "2031", "1"]
)
def test_an_odd_date_is_none(changed: str) -> None:
    assert len(sitemap(url("/a", changed) + url("/b", "2031-01-01")).pages) == 2


PARTS = st.sampled_from(
    "<url> </url> <loc> </loc> /a https://b.example/ http://[ <lastmod> </lastmod> 2031-03-06 <sitemap> </sitemap> "
    "<news:name> </news:name> &amp; &x; \0 <![CDATA[ ]]> 9999-12-31T23:59Z".split(" ")
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_any_sitemap_is_read(inner: str) -> None:
    found = sitemap(inner)
    assert found.total == len(found.pages)
    assert all(page.url.startswith(("http://", "https://")) for page in found.pages)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_sitemap_or_invalid(raw: bytes) -> None:
    try:
        parse_sitemap(Snapshot(raw=raw), 5, 5)
    except InvalidFeed as failure:
        assert str(failure)
