"""The page: self-contained, each span beside its entry, and nothing of the article but its text."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from sourceline.model.reading import Reading
from sourceline.model.source import Lineage, Source, SourceKind
from sourceline.model.text import Span
from sourceline.model.value import Date, Place, PlaceUse, Quantity
from sourceline.show.page import render_page
from tests.resolved import resolved, with_speakers
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


@pytest.mark.parametrize("sample", [article, resolved])
def test_loads_nothing(sample: Callable[[], Reading]) -> None:
    page = render_page(sample())
    parsed = Page(page)
    assert {tag for tag, _ in parsed.tags}.isdisjoint({"link", "img", "iframe", "object", "form", "base"})
    assert not any("src" in attributes for _, attributes in parsed.tags)
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize("sample", [article, resolved])
def test_policy_lets_only_its_own_style_and_script_through(sample: Callable[[], Reading]) -> None:
    page = render_page(sample())
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

    def page(text: str) -> Page:
        said = re.sub("[XYZ]", lambda _: text.replace("<s", "< s"), marked)
        return Page(render_page(told(reading_of(said, **fields(text)), text)))

    parsed = page(evil)
    assert [tag for tag, _ in parsed.tags] == [tag for tag, _ in page("W").tags]
    assert not parsed.stack
    assert "\0" not in parsed.text
    assert not any(name.startswith("on") for _, attributes in parsed.tags for name in attributes)


def told(reading: Reading, text: str) -> Reading:
    """The reading with sources, a lineage and values that are all called `text`."""
    (content,) = reading.attributions[0].content
    first = Source(
        id=text,
        name=f"{text} {text}!",
        named=False,
        kind=SourceKind.ANONYMOUS,
        role=text,
        affiliation=text,
        members=("b",),
        office_of="b",
        anonymity_reason=Span(start=0, end=1, text=text),
    )
    second = Source(id="b", name=text, named=True, kind=SourceKind.MEDIA)
    credited = Source(id="c", name=text, named=True, kind=SourceKind.MEDIA)
    return replace(
        with_speakers(reading, {1: text}, via={1: ("b", text)}, upstream={1: ("b",)}),
        sources=(first, second, credited),
        lineage=Lineage.CREDITED,
        dates=(Date(span=content, value=None, reason=text), Date(span=content, value=text, reason=None)),
        quantities=(Quantity(span=content, low=1, high=None, unit=text, counted=text),),
        places=(Place(span=content, name=f"{text}!", country=text, use=PlaceUse.METONYMIC),),
    )


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


@pytest.mark.parametrize("sample", [article, resolved])
def test_each_attribution_links_to_its_entry_and_back(sample: Callable[[], Reading]) -> None:
    parsed = Page(render_page(sample()))
    ids = [a["id"] for _, a in parsed.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    targets = {link["href"] for link in parsed.all("a")}
    for number in range(1, len(sample().attributions) + 1):
        assert {f"#a{number}", f"#t{number}"} <= targets
    assert {(target or "")[1:] for target in targets if (target or "").startswith("#")} <= set(ids)


def test_shared_source_belongs_to_both_attributions() -> None:
    page = render_page(reading_of("<s 1 2>She</s> <q 1>said</q> <c 1>no</c>, <q 2 demand>asked</q> <c 2>for more</c>."))
    assert re.search(r'<span class="source state k1 k2" data-k="1 2">She</span>', page)


def entry(page: str, number: int) -> str:
    """The text of the entry of an attribution."""
    return text_of(page, rf'<li class="entry k{number}".*?</li>')


def text_of(page: str, pattern: str) -> str:
    found = re.search(pattern, page, re.S)
    assert found is not None
    return " ".join(Page(found[0]).text.split())


def test_entry_names_its_speaker_with_role_and_other_words() -> None:
    page = render_page(resolved())
    assert entry(page, 2).startswith("2 Marit Osei-Lund director-general · inspectorate urged demand")
    assert entry(page, 4).startswith("4 Radek Vohl foreign minister · Karsova “The former envoy” promised")
    assert entry(page, 8).startswith("8 “he” not told added")


def test_entry_has_its_chain() -> None:
    page = render_page(resolved())
    assert entry(page, 3).endswith("via Harbor Ledger ← statement")
    assert entry(page, 7).endswith("upstream: Imre Kass")
    assert 'class="chain"' not in render_page(article())


def test_sources_say_who_as_what_how_often_and_through_whom() -> None:
    page = render_page(resolved())
    assert text_of(page, r'<li class="standing[^"]*" id="s2".*?</li>') == (
        "Radek Vohl foreign minister · Karsova person named "
        "twice deny intend in 3, 4 jointly in 10 via Harbor Ledger, statement"
    )
    assert text_of(page, r'<li class="standing[^"]*" id="s5".*?</li>') == (
        "Two officials close to the talks anonymous unnamed, 2 people "
        "once warn in 5 name withheld “because they were not authorised to discuss the visit”"
    )
    assert "Not told who speaks: 8" in Page(page).text
    assert 'id="sources"' not in render_page(article())


def test_source_leads_to_all_that_it_speaks_and_its_address_lights_them() -> None:
    page = render_page(resolved())
    assert re.search(r'<li class="standing k1 k2 k11" id="s1" data-k="1 2 11">', page)
    assert ".columns:has(#s1:target) .article :is(.k1,.k2,.k11){" in page
    assert ".columns:has(#s1:target) .entry:is(.k1,.k2,.k11){" in page


def test_a_great_many_sources_begin_closed() -> None:
    def opened(count: int) -> bool:
        sources = tuple(Source(id=str(n), name=f"N{n}", named=True, kind=SourceKind.PERSON) for n in range(count))
        return '<details class="sources" id="sources" open>' in render_page(replace(article(), sources=sources))

    assert (opened(13), opened(200)) == (True, False)


def test_lineage_stands_among_the_facts() -> None:
    assert '<bdi class="lineage">Credited to Continental Wire Service</bdi>' in render_page(resolved())
    assert '<bdi class="lineage">Where its words come from is not recorded</bdi>' in render_page(article())


def test_values_are_marked_within_the_attributions_and_listed() -> None:
    page = render_page(resolved())
    assert re.search(
        r'<span class="content warn k5" data-k="5">'
        r'<span class="value" id="v\d+" title="quantity: \[11, ∞\) containers">'
        r"at least 11 containers</span></span>",
        page,
    )
    assert 'title="date: not told: no day is meant"' in page
    panel = text_of(page, r'<details class="values">.*?</details>')
    assert panel.startswith("6 dates · 5 quantities · 3 places")
    assert "later this month 2031-03-09 to 2031-03-31" in panel
    assert '<details class="values">' not in render_page(article())


def test_value_over_several_pieces_has_one_address() -> None:
    reading = reading_of("<s 1>Ruiz</s> <q 1>said</q> <c 1>nothing</c>.")
    text = reading.document.text
    whole = Span.of(text, 0, len(text))
    page = render_page(replace(reading, dates=(Date(span=whole, value="2031", reason=None),)))
    assert page.count('id="v1"') == 1
    assert page.count('title="date: 2031"') > 3


def test_values_disturb_no_mark() -> None:
    class Marks(HTMLParser):
        """For each character of the article, the classes that it stands under, but for the values'."""

        def __init__(self, reading: Reading) -> None:
            super().__init__()
            self.stack: list[str] = []
            self.found: list[tuple[str, tuple[str, ...]]] = []
            article = re.search(r"<article.*?</article>", render_page(reading), re.S)
            assert article is not None
            self.feed(article[0])

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.stack.append(dict(attrs).get("class") or "")

        def handle_endtag(self, tag: str) -> None:
            self.stack.pop()

        def handle_data(self, data: str) -> None:
            classes = tuple(name for name in self.stack if name != "value")
            self.found += [(character, classes) for character in data]

    bare = replace(resolved(), dates=(), quantities=(), places=())
    assert len(Marks(bare).found) > 500
    assert Marks(resolved()).found == Marks(bare).found


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
