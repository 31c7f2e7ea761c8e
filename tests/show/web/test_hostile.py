"""Articles that would like to be more than text: nothing of them becomes a tag, a link that runs, or a template."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sourceline as sl
from sourceline.show.web import WebOptions
from sourceline.show.web.addresses import is_inner, web_address
from sourceline.show.web.rendering import NAVIGATION
from tests.ledger.by_hand import pipeline_module
from tests.show.web.browser import Browser, Page, browsing

EVIL = (
    "A<script>document.title='owned'</script><img/src=x/onerror=alert(1)>",
    "A</main></body><style>*{display:none}</style>",
    'A"><svg/onload=alert(1)>',
    "A'onmouseover='alert(1)",
    "A{{7*7}}{%block/main%}${title}",
    "A\u202eevil\u2066\u200f",
    "A\x00\x1b[31m\x9b",
    'A=HYPERLINK("https://evil.example")',
    "A" + "x" * 10_000,
)
TAGS = set(
    """html head meta title link script body a header div form input button nav main h1 h2 p ol ul li span bdi time
    section article aside sup details summary footer kbd code dl dt dd b i table thead tbody tr th td label select
    option textarea fieldset legend mark noscript figure figcaption svg line circle path rect text del ins""".split()
)


def articles(evil: str, name: str) -> list[dict[str, str]]:
    """An article and its next version; the words are everywhere that words may be."""
    plain = evil.replace(".", "")
    text = f"{evil} Ruiz, {plain[:40].replace(',', ' ')}, said {plain} was shut. An official denied {plain} it."
    stated = {"id": f"{name} {evil}", "url": f"javascript:alert(1)//{evil}", "outlet": evil}
    return [{**stated, "title": evil, "text": text}, {**stated, "title": f"{evil} 2", "text": f"{text} More."}]


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evil")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
        with sl.open(folder / "news.db") as ledger:
            for number, words in enumerate(EVIL):
                for article in articles(words, str(number)):
                    given = folder / "given.jsonl"
                    given.write_text(json.dumps(article) + "\n")
                    ledger.add(given)
            (folder / 'no <b>text"onload=x.pdf').write_bytes(b"%PDF")
            ledger.add(folder / 'no <b>text"onload=x.pdf')
    return folder / "news.db"


@pytest.fixture
def visitor(evil: Path) -> Iterator[Browser]:
    with browsing(WebOptions(ledger=str(evil))) as opened:
        yield opened


def check(page: Page, path: str) -> None:
    assert {tag for tag, _ in page.tags} <= TAGS, path
    assert not page.stack, path
    for tag, given in page.tags:
        assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in given), (path, tag, given)
        for name in ("href", "src", "action"):
            leads = given.get(name)
            assert leads is None or leads.startswith(("/", "#", "https://")), (path, leads)
    assert "\x00" not in page.text and "\x1b" not in page.text


def test_every_page_holds_it_as_text(visitor: Browser) -> None:
    waiting, met = [path for path, _ in NAVIGATION], set[str]()
    while waiting and len(met) < 120:
        path = waiting.pop(0).partition("#")[0]
        if path not in met:
            met.add(path)
            page = visitor.get(path)
            check(page, path)
            waiting += page.links
    assert any("/changes" in path for path in met) and any("/correct" in path for path in met)
    assert any(path.startswith("/sources/") for path in met) and any("?q=outlet" in path for path in met)


@pytest.mark.parametrize("words", EVIL)
def test_what_is_asked_comes_back_as_text(visitor: Browser, words: str) -> None:
    for path in ("/", "/sources", "/documents", "/articles/x", "/sources/x", "/silence"):
        for name in ("q", "name", "act", "after", "show", "words"):
            answer = visitor.client.get(path, params={name: words[:1500]})
            assert answer.status_code in (200, 400, 404), (path, name, answer.status_code)
            check(Page(answer.text), path)


def test_template_syntax_is_text(visitor: Browser) -> None:
    page = visitor.get("/documents")
    assert "A{{7*7}}" in page.text and "A49" not in page.text


def test_overrides_are_isolated(visitor: Browser) -> None:
    for path in ("/documents", "/sources", "/silence", "/?q=evil"):
        page = visitor.client.get(path).text
        places = [found.start() for found in re.finditer("\u202e", page)]
        assert places or path != "/documents"
        for place in places:
            begun = max(page.rfind(sign, 0, place) for sign in ("<bdi", "<title", "<input"))
            assert page.rfind("</bdi>", 0, place) < begun, path


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "//x", "file:///etc", "http://[", "http:", "", None],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize("path", ["", "x", "//x", "/\\x", "https://x", "/a\nb", "/a\tb"])
def test_other_sites_are_not_within(path: str) -> None:
    assert not is_inner(path)
    assert is_inner("/a?b=c#d")
