from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.clean.html import extract_article, flatten, stated_charset

BODY = "".join(
    f"<p>Paragraph {number}: the union said on Monday that the ballot had been held in a church hall, and that it "
    "would be repeated next week if the port did not change its offer.</p>"
    for number in range(6)
)
PAGE = f"""<!DOCTYPE html><html><head><title>Dockers vote | The Beacon</title>
<meta property="og:site_name" content="The Beacon"><meta name="author" content="Ana Ruiz">
<meta property="article:published_time" content="2031-03-06T09:15:00Z">
<link rel="canonical" href="https://beacon.example/dockers"><script>var said = "<p>not this</p>";</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Dockers vote to extend strike</h1>{BODY}
</article><footer>© 2031 The Beacon</footer></body></html>"""


def test_an_article_comes_with_what_the_page_states() -> None:
    page = extract_article(PAGE, "https://beacon.example/dockers?ref=1")
    assert page.text.startswith("Dockers vote to extend strike\nParagraph 0: the union said")
    assert page.text.count("Paragraph") == 6
    assert "not this" not in page.text
    assert "Home" not in page.text
    assert page.title == "Dockers vote to extend strike"
    assert page.byline == "Ana Ruiz"
    assert page.outlet == "The Beacon"
    assert page.published == "2031-03-06T09:15:00Z"


def test_a_page_without_a_date_has_none() -> None:
    undated = PAGE.replace("article:published_time", "x")
    assert extract_article(undated, "https://beacon.example/2031/03/06/dockers").published is None


@pytest.mark.parametrize("markup", ["<html></html>", "<html><body><nav></nav><script>x</script></body></html>", "<p>"])
def test_a_page_with_no_article_is_empty_and_says_so(markup: str) -> None:
    page = extract_article(markup)
    assert page.text == ""
    assert page.notices == ("no article was found on the page",)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "She said so." + "</div>" * 100_000,
        "<html>" + "<b>" * 100_000 + "She said so.",
        "<p>She said so.</p>" + "<p>" * 300_000,
        "<html><p>She said so.</p>" + "<!--" * 100_000,
        "<html><p>She said so.</p>" + "<" * 500_000,
        "<html><p>She said so.</p>" + "<script>" * 100_000,
        "<html><p>She said so.</p>" + "&" * 500_000,
    ],
    ids=["nested", "unclosed", "many", "comments", "brackets", "scripts", "entities"],
)
def test_hostile_pages_take_little_time_and_never_fail(markup: str) -> None:
    started = time.process_time()
    extract_article(markup)
    assert time.process_time() - started < 10


def test_a_page_too_deep_for_the_extractor_is_read_line_by_line() -> None:
    page = extract_article("<html><body>" + "<div>" * 1000 + "She said so." + "</div>" * 1000)
    assert page.text == "She said so."
    assert "line by line" in page.notices[0]


def test_flattened_blocks_are_lines_and_inline_marks_are_none() -> None:
    markup = (
        "<h1>Dockers <em>vote</em></h1><style>p {}</style><p>She&nbsp;said &lt;so&gt;</p><!-- <p>no</p> --><li>a<br>b"
    )
    assert flatten(markup) == "Dockers vote\nShe said <so>\na\nb"


def test_the_charset_in_the_head() -> None:
    assert stated_charset(b'<html><head><meta charset="windows-1251">') == "windows-1251"
    assert stated_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">') == "koi8-r"
    assert stated_charset(b"<p>charset=x</p>") is None


@given(st.text(alphabet=st.sampled_from("<>!-/ abpdiv=\"'&;#x1\n"), max_size=200))
def test_any_markup_is_flattened(markup: str) -> None:
    assert "\n\n" not in flatten(markup)


def test_a_tag_without_an_end_takes_no_longer() -> None:
    start = time.process_time()
    assert flatten("<" + "a" * 300_000).startswith("<a")
    extract_article("<p>She said so.</p><" + "a" * 300_000)
    assert time.process_time() - start < 5
