"""The page: self-contained, each span beside its entry, and nothing of the article but its text."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from sourceline.show.page import render_page
from tests.samples import article, reading_of

HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=alert(1)>",
    "</article></main><style>*{display:none}</style>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- --> ]]> </script> &amp; &#60;b&#62;",
    "\0\x1b[31m\u202eevil\u2066 \ud800",
    "${title} $title {{ 7 * 7 }}",
)


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.stack: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.texts.append((self.stack[-1] if self.stack else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return "".join(text for tag, text in self.texts if tag not in ("style", "script"))


def test_loads_nothing() -> None:
    page = render_page(article())
    parsed = Page(page)
    assert {tag for tag, _ in parsed.tags}.isdisjoint({"link", "img", "iframe", "object", "form", "base"})
    assert not any("src" in attributes for _, attributes in parsed.tags)
    assert "url(" not in page
    assert "@import" not in page


def test_policy_lets_only_its_own_style_and_script_through() -> None:
    page = render_page(article())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not any(name.startswith("on") or name == "style" for _, a in Page(page).tags for name in a)


@pytest.mark.parametrize("evil", HOSTILE)
def test_whatever_the_article_contains_arrives_as_text(evil: str) -> None:
    marked = "<s 1>X</s> <q 1>says</q> <c 1>Y</c>. <o>Z</o>"
    plain = [tag for tag, _ in Page(render_page(reading_of(marked, **fields("W")))).tags]
    evil_marked = marked
    for letter in "XYZ":
        evil_marked = evil_marked.replace(letter, evil.replace("<s", "< s"))
    parsed = Page(render_page(reading_of(evil_marked, **fields(evil))))
    assert [tag for tag, _ in parsed.tags] == plain
    assert not parsed.stack
    assert "\0" not in parsed.text


def fields(text: str) -> dict[str, Any]:
    return {
        "id": text,
        "title": text,
        "byline": text,
        "outlet": text,
        "published": text,
        "url": text,
        "language": text,
        "notices": (text,),
    }


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "file:///etc", "http://[", "JAVASCRIPT:x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    links = Page(render_page(reading_of("Text.", url=url))).all("a")
    assert all((link["href"] or "").startswith("#") for link in links)


def test_each_attribution_links_to_its_entry_and_back() -> None:
    parsed = Page(render_page(article()))
    ids = [a["id"] for _, a in parsed.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    targets = {link["href"] for link in parsed.all("a")}
    for number in range(1, len(article().attributions) + 1):
        assert {f"#a{number}", f"#t{number}"} <= targets
    assert {(target or "")[1:] for target in targets if (target or "").startswith("#")} <= set(ids)


def test_shared_source_belongs_to_both_attributions() -> None:
    page = render_page(reading_of("<s 1 2>She</s> <q 1>said</q> <c 1>no</c>, <q 2 demand>asked</q> <c 2>for more</c>."))
    assert re.search(r'<span class="source state k1 k2" data-k="1 2">She</span>', page)


def test_act_is_named_and_not_only_coloured() -> None:
    page = render_page(article())
    for attribution in article().attributions:
        assert f'<span class="act {attribution.act.value}">{attribution.act.value}</span>' in page


def test_whole_article_is_there() -> None:
    text = Page(render_page(article())).text
    squeezed = re.sub(r"\s+", "", re.sub(r"\d+", "", text))
    for line in article().document.text.split("\n"):
        assert re.sub(r"\s+", "", re.sub(r"\d+", "", line)) in squeezed


def test_boilerplate_is_set_apart() -> None:
    page = render_page(article())
    assert re.search(r'<div class="boilerplate" id="boilerplate">.*More on the depot.*Ten gardens.*</div>', page, re.S)


def test_same_reading_gives_the_same_page() -> None:
    assert render_page(article()) == render_page(article())


def test_empty_reading_has_a_page_that_says_so() -> None:
    page = render_page(reading_of("", notices=("the text is empty",)))
    assert "There is no text." in page
    assert "the text is empty" in page
    assert "No attribution was found in what was read." in page


def test_date_is_shown_in_words_with_its_exact_form() -> None:
    page = render_page(article())
    assert '<time datetime="2031-03-09T14:30:00+00:00">9 March 2031, 14:30 UTC</time>' in page
    assert "no publication date" in render_page(reading_of("Text."))
