"""Claims and traces for a person at a terminal: lists with bars, and the picture of one claim's origins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sourceline.model.query import ClaimSummary
from sourceline.model.trace import Interval
from sourceline.show.terminal.signs import NARROW, Signs, safe_line

_MOST_BARS = 5
_MARK_STYLES = {"disputed": "red", "withdrawn": "magenta", "recycled": "yellow", "circular": "yellow", "drift": "cyan"}


def claim_table(summaries: Iterable[ClaimSummary], width: int, signs: Signs) -> RenderableType:
    """A line or two for each claim."""
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    narrow = width < NARROW
    table.add_column("origins", no_wrap=True)
    table.add_column("claim", ratio=1, overflow="fold")
    if not narrow:
        table.add_column("articles", justify="right", no_wrap=True)
        table.add_column("outlets", justify="right", no_wrap=True)
        table.add_column("first", no_wrap=True)
        table.add_column("last", no_wrap=True)
    for summary in summaries:
        said = Text(safe_line(summary.statement))
        marks = marks_text(summary.marks, signs)
        told = Text(summary.id, style="dim")
        if marks:
            told = Text.assemble(marks, "  ", told)
        if narrow:
            counts = f"{summary.articles:,} articles{signs.dot}{summary.outlets:,} outlets"
            period = f"{signs.dot}{_day(summary.first)} to {_day(summary.last)}"
            table.add_row(origins_text(summary.independent_origins, signs), said)
            table.add_row("", Text(counts + period, style="dim"))
            table.add_row("", told)
            continue
        table.add_row(
            origins_text(summary.independent_origins, signs),
            Text.assemble(said, "\n", told),
            f"{summary.articles:,}",
            f"{summary.outlets:,}",
            _day(summary.first),
            _day(summary.last),
        )
    return table


def origins_text(origins: Interval | None, signs: Signs) -> Text:
    """The bar and the numbers: best, then low to high."""
    if origins is None:
        return Text("not counted", style="dim")
    filled, open_ = min(origins.low, _MOST_BARS), min(origins.high, _MOST_BARS)
    bar = signs.filled * filled + signs.open * (open_ - filled)
    span = f"{origins.low}" if origins.low == origins.high else f"{origins.low}{signs.to}{origins.high}"
    return Text.assemble((f"{bar:<{_MOST_BARS}}", "bold"), " ", (str(origins.best), "bold"), f"{signs.dot}{span}")


def marks_text(marks: Iterable[str], signs: Signs) -> Text:
    line = Text()
    for number, mark in enumerate(marks):
        line.append(signs.dot if number else "", style="dim")
        line.append(mark, style=_MARK_STYLES.get(mark, ""))
    return line


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
