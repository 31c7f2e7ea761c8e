"""A reading as one self-contained HTML page: the article beside the list of who said what.

The page loads nothing and its content policy lets nothing load or run but its own style and script, each named by its
hash. Whatever the article contains arrives as text: everything goes through `escaped`, once.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from string import Template
from urllib.parse import urlsplit

from sourceline.model.reading import Reading
from sourceline.model.speech import Act, Attribution
from sourceline.model.text import Document, RegionKind
from sourceline.show.layout import Line, Piece, Role, lay_out
from sourceline.show.markup import escaped
from sourceline.show.page_ledger import entries, own_voice, source_list, value_list
from sourceline.show.standings import Standings, lineage_sentence
from sourceline.show.values import Value, values_of

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_TARGETS_AT_MOST = 400
"""Beyond so many attributions the rules that light all of one's words without script would outweigh the article."""


def render_page(reading: Reading) -> str:
    """The page, complete. The same reading gives the same bytes."""
    document = reading.document
    standings = Standings(reading)
    values = values_of(reading)
    style = _resource("page.css") + _target_rules(reading, standings)
    script = _resource("page.js")
    lines = list(lay_out(reading, [value.span for value in values]))
    article = _Article(reading, values)
    return Template(_resource("page.html")).substitute(
        title=escaped(_page_title(document)),
        facts=_facts(document, lineage_sentence(reading, standings)),
        notices="".join(f'<p class="notice" role="note">{escaped(notice)}</p>' for notice in reading.notices),
        tally=_tally(reading, lines, len(standings)),
        language=_language(document),
        article=article.render(lines),
        sources=source_list(standings),
        entries=entries(reading.attributions, standings),
        own_voice=own_voice(reading),
        values=value_list(values, article.anchored),
        sha256=escaped(document.sha256),
        model=escaped(f"{reading.model.name} {reading.model.version}"),
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


def _target_rules(reading: Reading, standings: Standings) -> str:
    """Where the address names an attribution, light every part of it; where it names a source, all that it speaks.

    A browser without `:has` still has `:target`.
    """
    lit = "{background:color-mix(in srgb,var(--c) 45%,var(--paper))}"
    count = min(len(reading.attributions), _TARGETS_AT_MOST)
    rules = [f"\n.columns:has(:is(#a{n},#t{n}):target) .article .k{n}{lit}" for n in range(1, count + 1)]
    for standing in standings.ordered():
        if parts := ",".join(f".k{number}" for number in standing.speaks if number <= count):
            targeted = f"\n.columns:has(#s{standing.number}:target)"
            rules.append(
                f"{targeted} .article :is({parts}){lit}{targeted} .entry:is({parts}){{background:var(--glow)}}"
            )
    return "".join(rules)


def _page_title(document: Document) -> str:
    if document.title:
        return document.title
    first = next((line.strip() for line in document.text.split("\n", 50) if line.strip()), "")
    words = first.split()
    return (first if len(first) <= 120 else " ".join(words[:9])[:120] + " …") if words else document.id


def _facts(document: Document, lineage: str) -> str:
    facts = [f"<bdi>{escaped(fact)}</bdi>" for fact in (document.outlet, document.byline) if fact]
    facts.append(_published(document.published))
    if document.language and document.language != "en":
        facts.append(f"language: {escaped(document.language)}")
    if document.url:
        facts.append(_link(document.url))
    facts.append(f'<bdi class="lineage">{escaped(lineage.removesuffix("."))}</bdi>')
    return " ".join(f"<span>{fact}</span>" for fact in facts)


def _published(published: str | None) -> str:
    if published is None:
        return "no publication date"
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return escaped(published)
    words = f"{moment.day} {moment:%B} {moment.year}"
    if len(published) > len("2031-03-06"):
        words += f", {moment:%H:%M} {moment.tzname() or ''}".rstrip()
    return f'<time datetime="{escaped(published)}">{escaped(words)}</time>'


def _link(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return escaped(url)
    if parts.scheme.lower() not in ("http", "https"):
        return escaped(url)
    shown = parts.hostname or url
    return f'<a href="{escaped(url)}" rel="noopener noreferrer nofollow"><bdi>{escaped(shown)}</bdi></a>'


def _language(document: Document) -> str:
    if document.language and _LANGUAGE.fullmatch(document.language):
        return f' lang="{document.language}" dir="auto"'
    return ' dir="auto"'


def _tally(reading: Reading, lines: list[Line], sources: int) -> str:
    """How many of what, each count a link to (the first of) what it counts."""
    rows = [_count(sources, "source", "#sources")] if sources else []
    rows += [_count(len(reading.attributions), "attribution", "#attributions")]
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


class _Article:
    """The article's markup. It remembers which values it gave an address."""

    def __init__(self, reading: Reading, values: Sequence[Value]) -> None:
        self._attributions = reading.attributions
        self._values = values
        self.anchored: set[int] = set()

    def render(self, lines: list[Line]) -> str:
        if not lines:
            return '<p class="none">There is no text.</p>'
        blocks: list[str] = []
        named = False
        for boilerplate, group in groupby(lines, key=lambda line: line.region is RegionKind.BOILERPLATE):
            paragraphs = "\n".join(map(self._paragraph, group))
            if boilerplate:
                name = "" if named else ' id="boilerplate"'
                named = True
                paragraphs = (
                    f'<div class="boilerplate"{name}><span class="region-name">not read</span>\n{paragraphs}\n</div>'
                )
            blocks.append(paragraphs)
        return "\n".join(blocks)

    def _paragraph(self, line: Line) -> str:
        whole = line.region if line.region not in (None, RegionKind.BODY, RegionKind.BOILERPLATE) else None
        classes = " ".join(filter(None, ["gap" if line.after_gap else "", whole.value if whole else ""]))
        attribute = f' class="{classes}"' if classes else ""
        pieces = "".join(self._piece(piece, whole or RegionKind.BODY) for piece in line.pieces)
        return f'<p dir="auto"{attribute}>{pieces}</p>'

    def _piece(self, piece: Piece, around: RegionKind) -> str:
        numbers = sorted({mark.number for mark in piece.marks if mark.role is not Role.OWN})
        classes = [mark.role.value for mark in piece.marks]
        if piece.region not in (None, RegionKind.BODY, RegionKind.BOILERPLATE, around):
            classes.append(piece.region.value)
        acts = [mark.act.value for mark in piece.marks if mark.act]
        classes += acts[:1]
        classes += [f"k{number}" for number in numbers]
        text = escaped(piece.text)
        if piece.values:
            text = self._with_values(text, piece.values)
        if classes:
            joined = " ".join(dict.fromkeys(classes))
            own = f' id="o{piece.begins_own}"' if piece.begins_own else ""
            text = f'<span class="{joined}"{own}{_data(numbers)}>{text}</span>'
        return text + "".join(_number(number, self._attributions[number - 1]) for number in piece.ends)

    def _with_values(self, text: str, numbers: Sequence[int]) -> str:
        """An element within the marks for each value; the first of each has its address."""
        for number in reversed(numbers):
            value = self._values[number - 1]
            name = "" if number in self.anchored else f' id="v{number}"'
            self.anchored.add(number)
            told = "" if value.told else "not told: "
            meaning = f"{value.kind.value}: {told}{escaped(value.meaning)}"
            text = f'<span class="value"{name} title="{meaning}">{text}</span>'
        return text


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
