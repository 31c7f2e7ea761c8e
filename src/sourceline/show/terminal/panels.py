"""What stands below the article at a terminal: the attributions, the sources, and the values that were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sourceline.model.source import Source
from sourceline.model.speech import Attribution
from sourceline.show.standings import Fact, Standing, Standings, naming, other_words, source_words, times
from sourceline.show.terminal.signs import ACT_COLOURS, NARROW, Signs, safe_line
from sourceline.show.values import Value, ValueKind, gathered

_HEADINGS = {ValueKind.DATE: "dates", ValueKind.QUANTITY: "quantities", ValueKind.PLACE: "places"}
_SOURCES_AT_MOST = 300
_VALUES_AT_MOST = 40
"""Of each kind: the panel is a look at what was read, and `--json` has all of it."""


def attribution_rows(
    attributions: Sequence[Attribution], standings: Standings, width: int, signs: Signs
) -> Iterator[RenderableType]:
    """The table of who said what; where there is no room for one, an entry under the other."""
    if width < NARROW:
        for number, attribution in enumerate(attributions, 1):
            yield _entry(number, attribution, standings, signs)
        return
    table = _table("#", "who", "act", "quote", "words", "conf.")
    for number, attribution in enumerate(attributions, 1):
        table.add_row()
        table.add_row(
            str(number),
            _who(attribution, standings, signs),
            Text(attribution.act.value, style=ACT_COLOURS[attribution.act]),
            attribution.quote.value,
            _words(attribution, standings, signs),
            f"{attribution.confidence:.2f}",
        )
    yield table


def source_rows(standings: Standings, width: int, signs: Signs) -> Iterator[RenderableType]:
    """Who speaks, as what, how often and through whom; the one who speaks most first."""
    if not len(standings):
        return
    yield ""
    ordered = standings.ordered()
    if width < NARROW:
        yield Text("Sources", style="dim")
        for standing in ordered[:_SOURCES_AT_MOST]:
            lines = [_name(standing.source), _kind(standing.source, signs.dot)]
            yield ""
            yield _hanging([*lines, *_parts(standing, standings, signs)])
    else:
        table = _table("source", "kind", "speaks")
        for standing in ordered[:_SOURCES_AT_MOST]:
            table.add_row()
            who = [_name(standing.source), *_position(standing.source, signs)]
            speaks = _parts(standing, standings, signs, with_position=False)
            table.add_row(_lines(who), _kind(standing.source, "\n"), _lines(speaks))
        yield table
    if (rest := len(ordered) - _SOURCES_AT_MOST) > 0:
        yield Text(f"(and {rest:,} more sources)", style="dim")
    if standings.untold:
        yield ""
        yield Text(f"Not told who speaks: {signs.numbers(standings.untold)}", style="dim")


def value_rows(values: Iterable[Value], width: int, signs: Signs) -> Iterator[RenderableType]:
    """Dates, quantities and places with what they were read as, each wording once."""
    for kind, of_kind in groupby(gathered(values), key=lambda pair: pair[0].kind):
        distinct = list(of_kind)
        heading = Text(_HEADINGS[kind], style="dim")
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        if width >= NARROW:
            grid.add_column(min_width=max(map(len, _HEADINGS.values())))
        grid.add_column(ratio=2, overflow="fold")
        grid.add_column(ratio=3, overflow="fold")
        rows = [_value(value, len(places), signs) for value, places in distinct[:_VALUES_AT_MOST]]
        if (rest := len(distinct) - _VALUES_AT_MOST) > 0:
            rows.append((Text(f"(and {rest:,} more)", style="dim"), Text()))
        for number, row in enumerate(rows):
            grid.add_row(*([Text() if number else heading] if width >= NARROW else []), *row)
        yield ""
        if width < NARROW:
            yield heading
        yield grid


def _value(value: Value, count: int, signs: Signs) -> tuple[Text, Text]:
    words = Text.assemble(safe_line(value.span.text), (f" {signs.times}{count}" if count > 1 else "", "dim"))
    return words, Text.assemble(("" if value.told else "not told: ", "dim"), safe_line(value.meaning))


def _table(*headings: str) -> Table:
    """Columns by their headings: those that hold somebody's words share the width, the others take what they need."""
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for heading in headings:
        if heading in ("who", "source"):
            table.add_column(heading, ratio=3, overflow="fold")
        elif heading in ("words", "speaks"):
            table.add_column(heading, ratio=5, overflow="fold")
        else:
            table.add_column(heading, justify="right" if heading in ("#", "conf.") else "left", no_wrap=True)
    return table


def _entry(number: int, attribution: Attribution, standings: Standings, signs: Signs) -> RenderableType:
    entry = Table.grid(padding=(0, 1, 0, 0), expand=True)
    entry.add_column(justify="right", no_wrap=True, min_width=2)
    entry.add_column(ratio=1, overflow="fold")
    how = Text.assemble(
        (attribution.act.value, ACT_COLOURS[attribution.act]),
        (f"{signs.dot}{attribution.quote.value}{signs.dot}{attribution.confidence:.2f}", "dim"),
    )
    words = _words(attribution, standings, signs)
    entry.add_row(str(number), Group(_who(attribution, standings, signs), how, words, ""))
    return entry


def _who(attribution: Attribution, standings: Standings, signs: Signs) -> Text:
    """The speaker; where the article says it in other words, those beside; where nobody can tell, that."""
    standing = standings.of(attribution.speaker)
    if standing is None:
        words = source_words(attribution)
        if not words:
            return Text("nobody named", style="italic dim")
        return Text.assemble(signs.quoted(words), (": not told", "italic dim"))
    name = _name(standing.source)
    if words := other_words(attribution, standing.source):
        name.append_text(Text(f" {signs.quoted(words)}", style="italic"))
    return _lines([name, *_position(standing.source, signs)])


def _words(attribution: Attribution, standings: Standings, signs: Signs) -> Text:
    chain = []
    if carriers := standings.those(attribution.via):
        chain.append("via " + signs.from_.join(_plain(carrier) for carrier in carriers))
    if credited := standings.those(attribution.upstream):
        chain.append("upstream: " + ", ".join(_plain(source) for source in credited))
    words = [Text(safe_line(attribution.wording))]
    return _lines([*words, Text(signs.dot.join(chain), style="dim")] if chain else words)


def _name(source: Source) -> Text:
    return Text(safe_line(source.name), style="bold" if source.named else "")


def _plain(standing: Standing) -> str:
    return safe_line(standing.source.name)


def _position(source: Source, signs: Signs) -> list[Text]:
    """Role and affiliation, one line where there is either."""
    position = signs.dot.join(safe_line(words) for words in (source.role, source.affiliation) if words)
    return [Text(position, style="dim")] if position else []


def _kind(source: Source, between: str) -> Text:
    return Text.assemble(source.kind.value, (f"{between}{naming(source)}", "dim"))


def _parts(standing: Standing, standings: Standings, signs: Signs, *, with_position: bool = True) -> list[Text]:
    """What a source does, a line each."""
    lines = _position(standing.source, signs) if with_position else []
    if standing.speaks:
        lines.append(_acts(standing, signs))
    return lines + [_fact(fact, signs) for fact in standings.facts(standing)]


def _acts(standing: Standing, signs: Signs) -> Text:
    line = Text(f"{times(len(standing.speaks))}: ")
    for number, (act, count) in enumerate(standing.acts):
        line.append(signs.dot if number else "", style="dim")
        line.append(act.value, style=ACT_COLOURS[act])
        line.append(f" {signs.times}{count}" if count > 1 else "")
    line.append(f"{signs.dot}in {signs.numbers(standing.speaks)}", style="dim")
    return line


def _fact(fact: Fact, signs: Signs) -> Text:
    parts = [fact.label]
    if fact.numbers:
        parts.append(signs.numbers(fact.numbers))
    if fact.sources:
        shown = [f"{_plain(s)}{f' {signs.times}{count}' if count > 1 else ''}" for s, count in islice(fact.sources, 20)]
        parts.append(", ".join(shown) + (f" and {len(fact.sources) - 20:,} more" if len(fact.sources) > 20 else ""))
    if fact.words:
        parts.append(signs.quoted(fact.words))
    return Text(" ".join(parts), style="dim")


def _lines(lines: Iterable[Text]) -> Text:
    return Text("\n").join(lines)


def _hanging(lines: Iterable[Text]) -> RenderableType:
    """The first line, and the others under it a little to the right."""
    first, *others = lines
    grid = Table.grid(expand=True)
    grid.add_column(min_width=2, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row("", _lines(others))
    return Group(first, grid)
