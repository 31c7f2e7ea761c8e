from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.web.feeds import Feed, Item, parse_feed, parse_json_feed
from sourceline.errors import InvalidFeed
from sourceline.model.text import Snapshot

URL = "https://feeds.beacon.example/world/rss.xml"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def feed(text: str | bytes, limit: int = 100, url: str | None = URL) -> Feed:
    return parse_feed(Snapshot(raw=text.encode() if isinstance(text, str) else text, url=url), limit)


def rss(items: str, head: str = "<title>The Beacon</title>") -> Feed:
    return feed(f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{head}{items}</channel></rss>')


def item(inner: str) -> Item:
    (only,) = rss(f"<item>{inner}</item>").items
    return only


def entry(inner: str, head: str = "") -> Item:
    (only,) = feed(f'<feed xmlns="http://www.w3.org/2005/Atom">{head}<entry>{inner}</entry></feed>').items
    return only


@pytest.mark.parametrize(
    ("inner", "url"),
    [
        ("<link>https://beacon.example/a</link>", "https://beacon.example/a"),
        ("<link>\n /a?b=1&amp;c=2 </link>", "https://feeds.beacon.example/a?b=1&c=2"),
        ("<link>a</link>", "https://feeds.beacon.example/world/a"),
        ('<link xml:base="https://www.beacon.example/x/">a</link>', "https://www.beacon.example/x/a"),
        ("<atom:link rel='self' href='/self'/><link>/a</link>", "https://feeds.beacon.example/a"),
        ("<guid>https://beacon.example/g</guid>", "https://beacon.example/g"),
        ("<guid isPermaLink='false'>https://beacon.example/g</guid>", None),
        ("<guid>urn:1</guid>", None),
        ("<feedburner:origLink>/o</feedburner:origLink><link>/a</link>", "https://feeds.beacon.example/o"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>file:///etc/hosts</link>", None),
        ("<link>http://[1/</link>", None),
        ("<title>no link</title>", None),
    ],
)
def test_where_an_item_leads(inner: str, url: str | None) -> None:
    assert item(inner).url == url


@pytest.mark.parametrize(
    ("inner", "url"),
    [
        ('<link href="/a"/>', "https://feeds.beacon.example/a"),
        ('<link rel="enclosure" href="/e"/><link rel="alternate" href="/a"/>', "https://feeds.beacon.example/a"),
        (
            '<link type="application/json" href="/j"/><link type="text/html" href="/a"/>',
            "https://feeds.beacon.example/a",
        ),
        ('<link rel="edit" href="/e"/><id>https://beacon.example/id</id>', None),
    ],
)
def test_where_an_entry_leads(inner: str, url: str | None) -> None:
    assert entry(inner).url == url


def test_what_an_item_says_of_its_page() -> None:
    found = item(
        "<media:title>no</media:title><title>Ports &amp;amp; &lt;b&gt;rails&lt;/b&gt; AT&amp;T</title><link>/a</link>"
        "<author>desk@beacon.example (Ana Ruiz)</author><dc:creator> Bo  Li </dc:creator>"
        "<pubDate>Thu, 06 Mar 2031 09:15:00 -0500</pubDate>"
    )
    assert found.stated == {
        "title": "Ports & rails AT&T",
        "byline": "Ana Ruiz, Bo Li",
        "outlet": "The Beacon",
        "published": "2031-03-06T09:15:00-05:00",
    }


@pytest.mark.parametrize(
    ("given_date", "date"),
    [
        ("Thu, 06 Mar 2031 09:15:00 GMT", "2031-03-06T09:15:00+00:00"),
        ("6 Mar 31 09:15 EST", "2031-03-06T09:15:00-05:00"),
        ("Thu, 06 Mar 2031 09:15:00 NST", "2031-03-06T09:15:00"),
        ("Thu, 36 Mar 2031 09:15:00 GMT", "Thu, 36 Mar 2031 09:15:00 GMT"),
        ("2031-03-06T09:15:00Z", "2031-03-06T09:15:00Z"),
        ("yesterday", "yesterday"),
        ("x" * 100, None),
    ],
)
def test_a_date_is_put_in_iso_8601_or_kept(given_date: str, date: str | None) -> None:
    assert item(f"<pubDate>{given_date}</pubDate>").stated.get("published") == date


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("<title>1 &lt; 2 &lt;b&gt;</title>", "1 < 2 <b>"),
        ('<title type="html">Q&amp;amp;A &lt;b&gt;so&lt;/b&gt;</title>', "Q&A so"),
        ('<title type="xhtml"><i xmlns="urn:x">He <b>said</b> &lt;so&gt;</i></title>', "He said <so>"),
        ('<title type="text/plain">He &lt;said&gt;</title>', "He <said>"),
    ],
)
def test_a_title_is_plain_text(title: str, plain: str) -> None:
    assert entry(title).stated["title"] == plain


def test_when_an_entry_was_changed_is_not_when_it_was_published() -> None:
    assert "published" not in entry("<updated>2031-03-06T09:15:00Z</updated>").stated


def test_an_outlet_is_the_feed_only_for_pages_of_its_own_site() -> None:
    items = rss(
        "<item><link>https://www.beacon.example/a</link></item><item><link>https://courier.example/a</link></item>"
        "<item><source url='https://courier.example/rss'>The Courier</source><link>https://courier.example/b</link></item>"
    ).items
    assert [found.stated.get("outlet") for found in items] == ["The Beacon", None, "The Courier"]


def test_the_title_of_a_picture_is_not_the_feeds() -> None:
    found = rss("<item><link>/a</link></item>", head="<image><title>Logo</title></image><title>The Beacon</title>")
    assert found.items[0].stated["outlet"] == "The Beacon"


def test_an_author_of_the_feed_is_that_of_entries_without_one() -> None:
    head = "<title>Beacon</title><author><name>Foreign desk</name></author>"
    assert entry('<link href="/a"/>', head).stated["byline"] == "Foreign desk"
    named = entry("<author><name>Ana Ruiz</name><email>a@beacon.example</email></author>", head)
    assert named.stated["byline"] == "Ana Ruiz"


@pytest.mark.parametrize(
    ("inner", "text", "markup"),
    [
        ('<content type="html">&lt;p&gt;She said so.</content>', "<p>She said so.", True),
        ("<content>1 &lt; 2, she said.</content>", "1 < 2, she said.", False),
        ('<content src="https://beacon.example/a">x</content>', None, False),
        ('<content type="image/png">iVBOR</content>', None, False),
        ('<content type="html"> </content>', None, False),
        ("<summary>Only that.</summary>", None, False),
    ],
)
def test_the_full_text_of_an_entry(inner: str, text: str | None, markup: bool) -> None:
    found = entry(inner)
    assert (found.text, found.markup) == (text, markup)


def test_the_full_text_as_xhtml_and_as_rss_has_it() -> None:
    found = entry('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">She <b>said</b> so.</div></content>')
    assert found.text is not None
    assert "She <b>said</b> so." in found.text
    assert found.markup
    encoded = item("<description>short</description><content:encoded><![CDATA[<p>Long.</p>]]></content:encoded>")
    assert (encoded.text, encoded.markup) == ("<p>Long.</p>", True)


def test_the_evidence_of_an_item_is_the_item() -> None:
    first, second = rss("<item><title>Ä</title></item><item><title>B</title></item>").items
    assert "<title>Ä</title>".encode() in first.raw
    assert b"<title>B</title>" not in first.raw
    assert first.raw == rss("<item><title>Ä</title></item>").items[0].raw
    assert second.number == 2


def test_rss_1_and_vocabularies_that_are_not_declared() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel><title>B</title></channel><item rdf:about="https://b.example/1"><title>t</title>'
        "<dc:date>2031-03-06</dc:date></item></rdf:RDF>"
    )
    (found,) = feed(rdf).items
    assert found.url == "https://b.example/1"
    assert found.stated == {"title": "t", "published": "2031-03-06"}


def test_only_so_many_items_are_held_and_all_are_counted() -> None:
    found = rss("".join(f"<item><link>/{n}</link></item>" for n in range(10_000)))
    assert (len(found.items), found.total) == (100, 10_000)


def json_feed(value: object, limit: int = 100) -> Feed:
    return parse_json_feed(Snapshot(raw=json.dumps(value).encode(), url=URL), limit)


def test_a_json_feed() -> None:
    found = json_feed(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "The Beacon",
            "authors": [{"name": "Desk"}],
            "items": [
                {"url": "/a", "title": "T", "date_published": "2031-03-06T09:15:00Z", "content_html": "<p>x"},
                {
                    "external_url": "https://courier.example/b",
                    "authors": [{"name": "A"}, {"name": "B"}],
                    "content_text": "y",
                },
                {"id": 5},
                "no object",
            ],
        }
    )
    first, second, third = found.items
    assert first.url == "https://feeds.beacon.example/a"
    assert first.stated["title"] == "T"
    assert (first.stated["byline"], first.stated["outlet"]) == ("Desk", "The Beacon")
    assert (first.text, first.markup) == ("<p>x", True)
    assert (second.stated["byline"], second.stated.get("outlet"), second.text) == ("A, B", None, "y")
    assert third.url is None
    assert found.total == 3
    assert found.damage == "1 of its items are no objects"


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{", b'{"items": {}}', b"\xff", b"[" * 100_000, b'{"items": [' + b"9" * 5000 + b"]", b"nul"]
)
def test_what_is_no_json_feed_is_invalid(raw: bytes) -> None:
    with pytest.raises(InvalidFeed):
        parse_json_feed(Snapshot(raw=raw), 10)


@pytest.mark.parametrize("value", [None, 5, [], {}, [[]], "\ud800", True])
def test_odd_values_of_a_json_feed_are_passed_over(value: object) -> None:
    names = ("url", "title", "authors", "author", "date_published", "content_html", "content_text")
    for found in json_feed({"title": value, "items": [dict.fromkeys(names, value)]}).items:
        assert found.raw
        (found.text or "").encode()
        for said in found.stated.values():
            said.encode()


PARTS = st.sampled_from(
    "<item> </item> <entry> </entry> <link> </link> <link_href='a'_rel='alternate'/> /a http://[ <title_type='xhtml'> "
    "</title> <author> </author> <name> </name> <content_src='x'> </content> <pubDate> </pubDate> <guid> </guid> &lt; "
    "Thu,_99_Mar_2031_09:15:00_-9999 <source/> \0 xml:base='http://[' <dc:date/> <content:encoded> <![CDATA[ ]]> "
    "&bogus; <item_rdf:about='x'>".replace("_", "\t").split(" ")
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_any_feed_is_read_or_invalid(inner: str) -> None:
    for head in (f"<rss {SPACES}><channel>", '<feed xmlns="http://www.w3.org/2005/Atom">', ""):
        try:
            found = feed(head + inner)
        except InvalidFeed:
            continue
        for one in found.items:
            assert one.url is None or one.url.startswith(("http://", "https://"))
            assert all(said.strip() == said and said for said in one.stated.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["items", "url", "title", "authors", "name", "content_html"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.one_of(JSON.map(lambda value: json.dumps({"items": value})), JSON.map(json.dumps)).map(str.encode))
def test_any_json_is_a_feed_or_invalid(raw: bytes) -> None:
    try:
        parse_json_feed(Snapshot(raw=raw, url=URL), 5)
    except InvalidFeed as failure:
        assert str(failure)
