from __future__ import annotations

import time

import pytest
import trafilatura

from sourceline.clean.published import normalise_date, stated_date


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("2031-03-06", "2031-03-06"),
        ("2031-03-06T09:15:00Z", "2031-03-06T09:15:00+00:00"),
        ("2031-03-06T09:15:00+02:00", "2031-03-06T09:15:00+02:00"),
        (" 2031-03-06 ", "2031-03-06"),
        ("2031-03", "2031-03"),
        ("2031-W07", "2031-W07"),
        ("2031", "2031"),
        ("20310306", "2031-03-06"),
        ("2031W104", "2031-03-06"),
        ("2031W07", "2031-W07"),
        ("２０３１", None),
        ("2031-02-30", None),
        ("2031-13", None),
        ("2031-00", None),
        ("0000", None),
        ("0000-05", None),
        ("0000-00-00", None),
        ("99999", None),
        ("99999-01-01", None),
        ("2031-W53", None),
        ("2032-W53", "2032-W53"),
        ("2031-W00", None),
        ("2031-03-06T25:00:00", None),
        ("9999-12-31T23:00:00-05:00", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("06/03/2031", None),
        ("last Tuesday", None),
        ("", None),
    ],
)
def test_only_iso_8601_is_normalised(given: str, normal: str | None) -> None:
    assert normalise_date(given) == normal


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:published_time" content="2031-03-06">',
        '<meta itemprop="datePublished" content="2031-03-06">',
        '<meta name="DC.date.issued" content="2031-03-06">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-03-06"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "Report", "datePublished": "2031-03-06"}]}</script>',
        '<p><time itemprop="datePublished" datetime="2031-03-06">yesterday</time></p>',
    ],
)
def test_a_date_that_the_page_states_is_found(markup: str) -> None:
    assert stated_date(trafilatura.load_html(f"<html><head></head><body>{markup}</body></html>")) == "2031-03-06"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Published on 6 March 2031</p>",
        '<p><time datetime="2031-03-06">6 March</time></p>',
        '<a href="/2031/03/06/story.html">Story</a>',
        '<script type="application/ld+json">{"@type": "Person", "datePublished": "2031-03-06"}</script>',
        '<script type="application/ld+json">{broken</script>',
        '<meta property="article:modified_time" content="2031-03-06">',
        "<footer>© 2031</footer>",
    ],
)
def test_no_date_is_invented(markup: str) -> None:
    assert stated_date(trafilatura.load_html(f"<html><head></head><body>{markup}</body></html>")) is None


def test_linked_data_of_many_nodes_takes_no_longer() -> None:
    node = '{"@type": "NewsArticle", "datePublished": "2031-03-06"}'
    markup = f'<html><script type="application/ld+json">[{"1, " * 300_000}{node}]</script></html>'
    tree = trafilatura.load_html(markup)
    start = time.process_time()
    assert stated_date(tree) == "2031-03-06"
    assert time.process_time() - start < 2


def test_linked_data_is_searched_in_its_order() -> None:
    def article(day: int) -> str:
        return f'{{"@type": "NewsArticle", "datePublished": "2031-03-0{day}"}}'

    data = f'[{{"@graph": [{article(3)}]}}, [{article(1)}], {article(2)}]'
    tree = trafilatura.load_html(f'<html><script type="application/ld+json">{data}</script></html>')
    assert stated_date(tree) == "2031-03-01"


def test_what_is_no_date_gives_way_to_what_is_one() -> None:
    impossible = '<meta property="article:published_time" content="0000-00-00T00:00:00Z">'
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-03-06"}</script>'
    for markup, stated in ((impossible + data, "2031-03-06"), (impossible, "0000-00-00T00:00:00Z")):
        assert stated_date(trafilatura.load_html(f"<html><head>{markup}</head><body></body></html>")) == stated
