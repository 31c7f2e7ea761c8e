"""A reading as one self-contained HTML page: the article beside the list of who said what.

The page loads nothing and its content policy lets nothing load or run but its own style and script, each named by its
hash. Whatever the article contains arrives as text: everything is escaped here, once, by `_escape`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template
from urllib.parse import urlsplit

from sourceline.model.reading import Reading
from sourceline.model.speech import Act, Attribution
from sourceline.model.text import Document, RegionKind
from sourceline.show.layout import Line, Piece, Role, lay_out
from sourceline.show.safe import visible_on_page

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_TARGETS_AT_MOST = 400
"""Beyond so many attributions the rules that light all of one's words without script would outweigh the article."""


def render_page(reading: Reading) -> str:
    """The page, complete. The same reading gives the same bytes."""
    document = reading.document
    style = _resource("page.css") + _target_rules(len(reading.attributions))
    script = _resource("page.js")
    lines = list(lay_out(reading))
    return Template(_resource("page.html")).substitute(
        title=_escape(_page_title(document)),
        facts=_facts(document),
        notices="".join(f'<p class="notice" role="note">{_escape(notice)}</p>' for notice in reading.notices),
        tally=_tally(reading, lines),
        language=_language(document),
        article=_article(lines, reading),
        entries=_entries(reading.attributions),
        own_voice=_own_voice(reading),
        sha256=_escape(document.sha256),
        model=_escape(f"{reading.model.name} {reading.model.version}"),
        style=style,
        style_hash=_policy_hash(style),
        script=script,
        script_hash=_policy_hash(script),
    )


@cache
def _resource(name: str) -> str:
    return files("sourceline.show").joinpath(name).read_text(encoding="utf-8").strip()


def _policy_hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _escape(text: str) -> str:
    return escape(visible_on_page(text))


def _target_rules(count: int) -> str:
    """Where the address names an attribution, light every part of it. A browser without `:has` still has `:target`."""
    return "".join(
        f"\n.columns:has(:is(#a{number},#t{number}):target) .article .k{number}"
        "{background:color-mix(in srgb,var(--c) 45%,var(--paper))}"
        for number in range(1, min(count, _TARGETS_AT_MOST) + 1)
    )


def _page_title(document: Document) -> str:
    if document.title:
        return document.title
    first = next((line.strip() for line in document.text.split("\n", 50) if line.strip()), "")
    words = first.split()
    return (first if len(first) <= 120 else " ".join(words[:9])[:120] + " …") if words else document.id


def _facts(document: Document) -> str:
    facts = [f"<bdi>{_escape(fact)}</bdi>" for fact in (document.outlet, document.byline) if fact]
    facts.append(_published(document.published))
    if document.language and document.language != "en":
        facts.append(f"language: {_escape(document.language)}")
    if document.url:
        facts.append(_link(document.url))
    return " ".join(f"<span>{fact}</span>" for fact in facts)


def _published(published: str | None) -> str:
    if published is None:
        return "no publication date"
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return _escape(published)
    words = f"{moment.day} {moment:%B} {moment.year}"
    if len(published) > len("2031-03-06"):
        words += f", {moment:%H:%M} {moment.tzname() or ''}".rstrip()
    return f'<time datetime="{_escape(published)}">{_escape(words)}</time>'


def _link(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return _escape(url)
    if parts.scheme.lower() not in ("http", "https"):
        return _escape(url)
    shown = parts.hostname or url
    return f'<a href="{_escape(url)}" rel="noopener noreferrer nofollow"><bdi>{_escape(shown)}</bdi></a>'


def _language(document: Document) -> str:
    if document.language and _LANGUAGE.fullmatch(document.language):
        return f' lang="{document.language}" dir="auto"'
    return ' dir="auto"'


def _tally(reading: Reading, lines: list[Line]) -> str:
    """How many of what, each count a link to (the first of) what it counts."""
    rows = [_count(len(reading.attributions), "attribution", "#attributions")]
    counts = Counter(attribution.act for attribution in reading.attributions)
    for act in Act:
        if counts[act]:
            first = next(n for n, attribution in enumerate(reading.attributions, 1) if attribution.act is act)
            rows.append(
                f'<a href="#a{first}"><span class="act {act.value}">{act.value}</span> <b>{counts[act]}</b></a>'
            )
    if reading.unattributed:
        rows.append(_count(len(reading.unattributed), "sentence", "#o1", " in the outlet’s own voice"))
    furniture = sum(line.region is RegionKind.BOILERPLATE for line in lines)
    if furniture:
        rows.append(_count(furniture, "line", "#boilerplate", " not read"))
    return "".join(f"<li>{row}</li>" for row in rows)


def _count(count: int, noun: str, target: str, rest: str = "") -> str:
    return f'<a href="{target}"><b>{count}</b> {noun}{"" if count == 1 else "s"}{rest}</a>'


def _article(lines: list[Line], reading: Reading) -> str:
    if not lines:
        return '<p class="none">There is no text.</p>'
    blocks: list[str] = []
    named = False
    for boilerplate, group in groupby(lines, key=lambda line: line.region is RegionKind.BOILERPLATE):
        paragraphs = "\n".join(_paragraph(line, reading) for line in group)
        if boilerplate:
            name = "" if named else ' id="boilerplate"'
            named = True
            paragraphs = (
                f'<div class="boilerplate"{name}><span class="region-name">not read</span>\n{paragraphs}\n</div>'
            )
        blocks.append(paragraphs)
    return "\n".join(blocks)


def _paragraph(line: Line, reading: Reading) -> str:
    whole = line.region if line.region not in (None, RegionKind.BODY, RegionKind.BOILERPLATE) else None
    classes = " ".join(filter(None, ["gap" if line.after_gap else "", whole.value if whole else ""]))
    attribute = f' class="{classes}"' if classes else ""
    pieces = "".join(_piece(piece, reading, whole or RegionKind.BODY) for piece in line.pieces)
    return f'<p dir="auto"{attribute}>{pieces}</p>'


def _piece(piece: Piece, reading: Reading, around: RegionKind) -> str:
    numbers = sorted({mark.number for mark in piece.marks if mark.role is not Role.OWN})
    classes = [mark.role.value for mark in piece.marks]
    if piece.region not in (None, RegionKind.BODY, RegionKind.BOILERPLATE, around):
        classes.append(piece.region.value)
    acts = [mark.act.value for mark in piece.marks if mark.act]
    classes += acts[:1]
    classes += [f"k{number}" for number in numbers]
    text = _escape(piece.text)
    if classes:
        joined = " ".join(dict.fromkeys(classes))
        own = f' id="o{piece.begins_own}"' if piece.begins_own else ""
        text = f'<span class="{joined}"{own}{_data(numbers)}>{text}</span>'
    return text + "".join(_number(number, reading.attributions[number - 1]) for number in piece.ends)


def _data(numbers: Iterable[int]) -> str:
    joined = " ".join(map(str, numbers))
    return f' data-k="{joined}"' if joined else ""


def _number(number: int, attribution: Attribution) -> str:
    act = attribution.act.value
    label = f"attribution {number}: {act}"
    return (
        f'<sup class="no {act}"><a id="t{number}" href="#a{number}" data-k="{number}" aria-label="{label}" '
        f'title="{act}">{number}</a></sup>'
    )


def _entries(attributions: tuple[Attribution, ...]) -> str:
    if not attributions:
        return '<p class="none">No attribution was found in what was read.</p>'
    return "<ol>\n" + "\n".join(_entry(n, attribution) for n, attribution in enumerate(attributions, 1)) + "\n</ol>"


def _entry(number: int, attribution: Attribution) -> str:
    act = attribution.act.value
    source = " … ".join(span.text for span in attribution.source).rstrip(" ,;:–—")
    who = f'<bdi class="who">{_escape(source)}</bdi>' if source else '<span class="who unstated">nobody named</span>'
    cue = " … ".join(span.text for span in attribution.cue)
    saying = f' <bdi class="cuewords">{_escape(cue)}</bdi>' if cue else ""
    return (
        f'<li class="entry k{number}" id="a{number}" data-k="{number}">'
        f'<span class="n"><a href="#t{number}" aria-label="{number}, to its place in the article">{number}</a></span> '
        f"<span>{who}{saying}</span> "
        f'<span class="kind"><span class="act {act}">{act}</span> <span class="quote">{attribution.quote.value}</span> '
        f'<span class="sure" title="confidence">{attribution.confidence:.2f}</span></span>'
        f'<p class="words"><bdi>{_escape(attribution.wording)}</bdi></p></li>'
    )


def _own_voice(reading: Reading) -> str:
    if not reading.unattributed:
        return ""
    return (
        f"<details><summary>{len(reading.unattributed)} in the outlet’s own voice</summary>"
        f'<ol class="owns">{"".join(_own_items(reading))}</ol></details>'
    )


def _own_items(reading: Reading) -> Iterator[str]:
    for number, assertion in enumerate(reading.unattributed, 1):
        yield f'<li><a href="#o{number}"><bdi>{_escape(assertion.span.text)}</bdi></a></li>'
