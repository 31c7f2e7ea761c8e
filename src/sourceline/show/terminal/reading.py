"""A reading for a person at a terminal: the article with its spans marked, then who said what, the sources and
the values.

Everything means the same without colour: numbers tie the words to the table, a ring marks the outlet's own voice, a bar
what was not read. Nothing that a terminal would obey gets through from the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

from rich.console import Console, RenderableType
from rich.text import Text

from sourceline.model.reading import Reading
from sourceline.model.text import RegionKind
from sourceline.show.layout import Line, Piece, Role, lay_out
from sourceline.show.standings import Standings, lineage_sentence
from sourceline.show.terminal.panels import attribution_rows, source_rows, value_rows
from sourceline.show.terminal.signs import ACT_COLOURS, Signs, safe_line
from sourceline.show.values import values_of

_WIDEST = 100
_LONGEST = 400_000
"""Characters of text shown; nobody scrolls through more, and `--json` and `--html` have all of it."""


class LeavingConsole(Console):
    """A console that lets a closed pipe be told from a failure: rich's own ends the process with 1."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


def print_reading(reading: Reading, console: Console) -> None:
    """Write the reading to `console`, line by line: a reader who closes the pipe early stops the work."""
    width = min(console.width, _WIDEST)
    signs = Signs(unicode=(console.encoding or "").lower().startswith("utf"))
    for part in _parts(reading, console, width, signs):
        console.print(part, width=width, overflow="fold", soft_wrap=False, highlight=False, markup=False, emoji=False)


def _parts(reading: Reading, console: Console, width: int, signs: Signs) -> Iterator[RenderableType]:
    document = reading.document
    standings = Standings(reading)
    if document.title and document.title not in _titles(reading):
        yield Text(safe_line(document.title), style="bold")
    facts = (document.outlet, document.byline, document.published or "no publication date", document.url)
    yield Text(signs.dot.join(safe_line(fact) for fact in facts if fact), style="dim")
    yield Text(safe_line(lineage_sentence(reading, standings)), style="dim")
    for notice in reading.notices:
        yield Text(f"note: {safe_line(notice)}", style="yellow")
    yield from _article(reading, console, width, signs)
    yield ""
    listed = tuple(a for a in reading.attributions if not a.cue or a.cue[0].start < _LONGEST)
    if listed:
        yield from attribution_rows(listed, standings, width, signs)
    else:
        yield Text("No attributions.", style="bold")
    if len(listed) < len(reading.attributions):
        yield Text(f"(and {len(reading.attributions) - len(listed):,} more attributions)", style="dim")
    yield from source_rows(standings, width, signs)
    yield from value_rows(values_of(reading, infinity=signs.infinity), width, signs)
    yield ""
    yield _legend(reading, signs)


def _titles(reading: Reading) -> set[str]:
    """The titles that the article itself shows."""
    document = reading.document
    return {document.text[r.start : r.end].strip() for r in document.regions if r.kind is RegionKind.TITLE}


def _article(reading: Reading, console: Console, width: int, signs: Signs) -> Iterator[RenderableType]:
    before: RegionKind | None = None
    for line in lay_out(reading):
        if line.pieces[0].start >= _LONGEST:
            break
        boilerplate = line.region is RegionKind.BOILERPLATE
        if line.after_gap or boilerplate != (before is RegionKind.BOILERPLATE):
            yield ""
        text = _line(line, signs)
        yield from _barred(text, console, width, signs) if boilerplate else (text,)
        before = line.region
    if (rest := len(reading.document.text) - _LONGEST) > 0:
        yield Text(f"\n(cut here, with {rest:,} characters left: --html and --json have them all)", style="dim")


def _barred(text: Text, console: Console, width: int, signs: Signs) -> Iterator[RenderableType]:
    for line in text.wrap(console, max(width - len(signs.bar), 1), overflow="fold"):
        yield Text.assemble((signs.bar, "dim"), line)


def _line(line: Line, signs: Signs) -> Text:
    text = Text(style=_region_style(line.region), end="\n")
    for piece in line.pieces:
        room = _LONGEST - piece.start
        if room <= 0:
            break
        if piece.begins_own:
            text.append(signs.own, style="dim")
        text.append(safe_line(piece.text[:room]), style=_piece_style(piece))
        for number in piece.ends:
            text.append(signs.number(number), style="bold")
    return text


def _region_style(region: RegionKind | None) -> str:
    if region is RegionKind.TITLE:
        return "bold"
    return "" if region in (None, RegionKind.BODY) else "dim"


def _piece_style(piece: Piece) -> str:
    mark = piece.leading
    if mark is None:
        return _region_style(piece.region)
    if mark.role is Role.SOURCE:
        return "bold"
    if mark.role is Role.OWN or mark.act is None:
        return "underline"
    colour = ACT_COLOURS[mark.act]
    return f"bold underline {colour}" if mark.role is Role.CUE else colour


def _legend(reading: Reading, signs: Signs) -> Text:
    furniture = any(region.kind is RegionKind.BOILERPLATE for region in reading.document.regions)
    parts = [
        f"{signs.number(1)} number in the table" if reading.attributions else "",
        f"{signs.own.strip()} the outlet's own voice" if reading.unattributed else "",
        f"{signs.bar.strip()} page furniture, not read" if furniture else "",
        safe_line(f"{reading.model.name} {reading.model.version}"),
    ]
    return Text(signs.dot.join(islice(filter(None, parts), 4)), style="dim")
