"""A reading for a person at a terminal: the article with its spans marked, then the table of who said what.

Everything means the same without colour: numbers tie the words to the table, a ring marks the outlet's own voice, a bar
what was not read. Nothing that a terminal would obey gets through from the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sourceline.model.reading import Reading
from sourceline.model.speech import Act, Attribution
from sourceline.model.text import RegionKind
from sourceline.show.layout import Line, Piece, Role, lay_out
from sourceline.show.safe import visible_in_terminal

_ACT_COLOURS = {
    Act.STATE: "cyan",
    Act.FIND: "blue",
    Act.BELIEVE: "cyan",
    Act.DENY: "red",
    Act.DECLINE: "bright_black",
    Act.ACCUSE: "magenta",
    Act.THREATEN: "magenta",
    Act.WARN: "yellow",
    Act.DEMAND: "bright_yellow",
    Act.INTEND: "green",
    Act.QUESTION: "bright_black",
}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDEST = 100
_NARROW = 72
"""Below so many columns the table would squeeze its words: entries are set one under the other instead."""
_LONGEST = 400_000
"""Characters of text shown; nobody scrolls through more, and `--json` and `--html` have all of it."""


class LeavingConsole(Console):
    """A console that lets a closed pipe be told from a failure: rich's own ends the process with 1."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


def print_reading(reading: Reading, console: Console) -> None:
    """Write the reading to `console`, line by line: a reader who closes the pipe early stops the work."""
    width = min(console.width, _WIDEST)
    signs = _Signs(unicode=(console.encoding or "").lower().startswith("utf"))
    for part in _parts(reading, console, width, signs):
        console.print(part, width=width, overflow="fold", soft_wrap=False, highlight=False, markup=False, emoji=False)


class _Signs:
    """The few signs of the view, with stand-ins where the encoding has only ASCII."""

    def __init__(self, *, unicode: bool) -> None:
        self.own = "◦" if unicode else "o "
        self.bar = "│ " if unicode else "| "
        self.dot = " · " if unicode else " - "
        self._unicode = unicode

    def number(self, number: int) -> str:
        return str(number).translate(_SUPERSCRIPT) if self._unicode else f"[{number}]"


def _parts(reading: Reading, console: Console, width: int, signs: _Signs) -> Iterator[RenderableType]:
    document = reading.document
    if document.title and document.title not in _titles(reading):
        yield Text(_safe(document.title), style="bold")
    facts = (document.outlet, document.byline, document.published or "no publication date", document.url)
    yield Text(signs.dot.join(_safe(fact) for fact in facts if fact), style="dim")
    for notice in reading.notices:
        yield Text(f"note: {_safe(notice)}", style="yellow")
    yield from _article(reading, console, width, signs)
    yield ""
    listed = tuple(a for a in reading.attributions if not a.cue or a.cue[0].start < _LONGEST)
    if not listed:
        yield Text("No attributions.", style="bold")
    elif width < _NARROW:
        for number, attribution in enumerate(listed, 1):
            yield _entry(number, attribution, signs)
    else:
        yield _table(listed)
    if len(listed) < len(reading.attributions):
        yield Text(f"(and {len(reading.attributions) - len(listed):,} more attributions)", style="dim")
    yield ""
    yield _legend(reading, signs)


def _titles(reading: Reading) -> set[str]:
    """The titles that the article itself shows."""
    document = reading.document
    return {document.text[r.start : r.end].strip() for r in document.regions if r.kind is RegionKind.TITLE}


def _safe(text: str) -> str:
    return visible_in_terminal(text).replace("\n", " ")


def _article(reading: Reading, console: Console, width: int, signs: _Signs) -> Iterator[RenderableType]:
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


def _barred(text: Text, console: Console, width: int, signs: _Signs) -> Iterator[RenderableType]:
    for line in text.wrap(console, max(width - len(signs.bar), 1), overflow="fold"):
        yield Text.assemble((signs.bar, "dim"), line)


def _line(line: Line, signs: _Signs) -> Text:
    text = Text(style=_region_style(line.region), end="\n")
    for piece in line.pieces:
        room = _LONGEST - piece.start
        if room <= 0:
            break
        if piece.begins_own:
            text.append(signs.own, style="dim")
        text.append(_safe(piece.text[:room]), style=_piece_style(piece))
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
    colour = _ACT_COLOURS[mark.act]
    return f"bold underline {colour}" if mark.role is Role.CUE else colour


def _who(attribution: Attribution) -> Text:
    source = " … ".join(span.text for span in attribution.source).rstrip(" ,;:–—")
    return Text(_safe(source), style="bold") if source else Text("nobody named", style="italic dim")


def _table(attributions: tuple[Attribution, ...]) -> Table:
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("who", ratio=3, overflow="fold")
    table.add_column("act", no_wrap=True)
    table.add_column("quote", no_wrap=True)
    table.add_column("words", ratio=5, overflow="fold")
    table.add_column("conf.", justify="right", no_wrap=True)
    for number, attribution in enumerate(attributions, 1):
        table.add_row()
        table.add_row(
            str(number),
            _who(attribution),
            Text(attribution.act.value, style=_ACT_COLOURS[attribution.act]),
            attribution.quote.value,
            Text(_safe(attribution.wording)),
            f"{attribution.confidence:.2f}",
        )
    return table


def _entry(number: int, attribution: Attribution, signs: _Signs) -> RenderableType:
    entry = Table.grid(padding=(0, 1, 0, 0), expand=True)
    entry.add_column(justify="right", no_wrap=True, min_width=2)
    entry.add_column(ratio=1, overflow="fold")
    how = Text.assemble(
        (attribution.act.value, _ACT_COLOURS[attribution.act]),
        (f"{signs.dot}{attribution.quote.value}{signs.dot}{attribution.confidence:.2f}", "dim"),
    )
    entry.add_row(str(number), Group(_who(attribution), how, Text(_safe(attribution.wording)), ""))
    return entry


def _legend(reading: Reading, signs: _Signs) -> Text:
    furniture = any(region.kind is RegionKind.BOILERPLATE for region in reading.document.regions)
    parts = [
        f"{signs.number(1)} number in the table" if reading.attributions else "",
        f"{signs.own.strip()} the outlet's own voice" if reading.unattributed else "",
        f"{signs.bar.strip()} page furniture, not read" if furniture else "",
        _safe(f"{reading.model.name} {reading.model.version}"),
    ]
    return Text(signs.dot.join(islice(filter(None, parts), 4)), style="dim")
