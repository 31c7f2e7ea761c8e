"""The picture of a trace for a person at a terminal: how many sources, who relayed them, who disputes it, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sourceline.model.claim import Stance
from sourceline.model.trace import Drift, Figure, Interval, Origin, Trace, Traced
from sourceline.show.terminal.claims import origins_text
from sourceline.show.terminal.signs import Signs, safe_line

STANCE_STYLES = {
    Stance.ASSERTS: "green",
    Stance.DENIES: "red",
    Stance.DOUBTS: "yellow",
    Stance.DECLINES: "bright_black",
}
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MOST = 40
"""Mentions shown of one origin; --json has all of them."""
_MOST_ORIGINS = 20
_LONGEST = 160
_LONGEST_NAME = 80
_CREDITED = 0.95
"""Probability from which a step is shown as credited."""
_DEEPEST = 6


def trace_lines(trace: Trace, signs: Signs) -> Iterator[RenderableType]:
    """The header sentence, the origins with who relayed them, and what is to be known of the claim."""
    yield Text(_shortened(safe_line(trace.statement)), style="bold")
    yield header(trace, signs)
    yield ""
    yield _Picture(trace, signs).drawn()
    yield Text(_legend(signs), style="dim")
    for name, lines in _notes(trace, signs):
        yield ""
        yield Text(name, style="dim")
        for line in lines:
            yield _hanging(line)
    yield ""
    yield Text(f"sourceline trace {trace.claim}", style="dim")


def header(trace: Trace, signs: Signs) -> Text:
    """ "One source, perhaps two." and the counts that it must not be mistaken for."""
    first = next((m for m in trace.mentions if not m.undated), None)
    where = "" if first is None else f"{signs.dot}first {_time(first)}, {_name(first.outlet or first.document)}"
    counts = f"{_counted(trace.articles, 'article')}{signs.dot}{_counted(trace.outlets, 'outlet')}{where}"
    bar = origins_text(trace.independent_origins, signs)
    return Text.assemble(bar, "  ", (sources_sentence(trace.independent_origins), "bold"), f"   {counts}")


def sources_sentence(origins: Interval) -> str:
    """How many sources, in words."""
    low, best, high = origins.low, origins.best, origins.high
    if low == high:
        return f"{_number(best).capitalize()} {_noun(best)}."
    if best == low:
        shown = f"{_number(low).capitalize()} {_noun(low)}{'' if low else ' shown'}"
        return f"{shown}, perhaps {_number(high)}."
    return f"Probably {_number(best)} {_noun(best)}: {_number(low) if low else 'none'} shown, {_number(high)} at most."


@dataclass(frozen=True, slots=True)
class _Row:
    stem: str
    mention: Traced
    how: str


class _Picture:
    """A tree for each origin: its mentions under those that they were taken from."""

    def __init__(self, trace: Trace, signs: Signs) -> None:
        self._trace = trace
        self._signs = signs
        self._mentions = {mention.mention: mention for mention in trace.mentions}
        self._children: dict[str, list[Traced]] = defaultdict(list)
        for mention in trace.mentions:
            parent = self._mentions.get(mention.parent or "")
            if parent is not None and parent.origin == mention.origin:
                self._children[parent.mention].append(mention)

    def drawn(self) -> RenderableType:
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        groups = list(self._groups())
        for sign, title, top in groups[:_MOST_ORIGINS]:
            grid.add_row(sign, title)
            rows = list(self._rows(top, ""))
            for row in rows[:_MOST]:
                grid.add_row(*self._line(row))
            if len(rows) > _MOST:
                grid.add_row("", Text(f"and {len(rows) - _MOST:,} more, which --json lists", style="dim"))
        if len(groups) > _MOST_ORIGINS:
            grid.add_row("", Text(f"and {len(groups) - _MOST_ORIGINS:,} more origins, which --json lists", style="dim"))
        return grid

    def _groups(self) -> Iterator[tuple[Text, Text, list[Traced]]]:
        """Those who assert it, those who speak against it, what has no recorded origin: a sign, a title, and the
        mentions that were taken from none other."""
        stances = self._signs.stances
        by_origin: dict[str | None, list[Traced]] = defaultdict(list)
        for mention in self._trace.mentions:
            parent = self._mentions.get(mention.parent or "")
            if parent is None or parent.origin != mention.origin:
                by_origin[mention.origin].append(mention)
        for origin in sorted(self._trace.origins, key=lambda o: not o.asserts):
            if origin.id in by_origin:
                sign = Text(self._signs.origin) if origin.asserts else Text(stances[Stance.DENIES], style="red")
                yield sign, self._origin(origin), by_origin[origin.id]
        if None in by_origin:
            refusing = all(m.stance is Stance.DECLINES for m in by_origin[None])
            words = "would not say" if refusing else "lineage not recorded"
            yield Text(stances[Stance.DECLINES]), Text(words, style="italic"), by_origin[None]

    def _origin(self, origin: Origin) -> Text:
        kind = origin.kind.replace("_", " ")
        told = [kind, origin.channel.value.replace("_", " ")]
        if origin.source != origin.party:
            told.insert(0, f"through {_name(origin.source)}")
        style = "bold" if origin.asserts else "bold red"
        listed = self._signs.dot.join(dict.fromkeys(told))
        return Text.assemble((_name(origin.party), style), (f"  {listed}", "dim"))

    def _rows(self, mentions: Sequence[Traced], stem: str) -> Iterator[_Row]:
        """Depth first, in the order of time. Many deep, the rest stands one under the other."""
        stack = [(mention, stem, number == len(mentions) - 1) for number, mention in enumerate(mentions)][::-1]
        while stack:
            mention, before, is_last = stack.pop()
            step = mention.lineage[0] if mention.lineage else None
            inferred = step is not None and step.probability < _CREDITED
            branches = self._signs.inferred if inferred else (self._signs.branch, self._signs.last)
            how = "" if step is None else _shortened(safe_line(step.step))
            if step is not None and inferred:
                how += f" (inferred, {step.probability:.2f})"
            yield _Row(before + branches[is_last], mention, how)
            children = self._children.get(mention.mention, ())
            deeper = len(before) < 2 * _DEEPEST
            below = before + ("  " if is_last else self._signs.stem) if deeper else before
            stack += [(child, below, number == len(children) - 1) for number, child in enumerate(children)][::-1]

    def _line(self, row: _Row) -> tuple[Text, Text]:
        mention = row.mention
        mark = (self._signs.stances[mention.stance], STANCE_STYLES[mention.stance])
        words = _shortened(self._signs.quoted(" … ".join(span.text for span in mention.spans)))
        place = _name(mention.document)
        where = (_name(mention.outlet), f"{self._signs.dot}{place}") if mention.outlet else (place, "")
        line = Text.assemble((_time(mention), "dim"), "  ", (where[0], "bold"), (where[1], "dim"))
        if row.how:
            line.append(f"{self._signs.dot}{row.how}", style="dim italic")
        line.append(f"\n{words}")
        if mention.hedge_lost:
            line.append(f"{self._signs.dot}without {self._signs.quoted(mention.hedge_lost)}", style="yellow")
        return Text.assemble(row.stem, mark), line


def _notes(trace: Trace, signs: Signs) -> Iterator[tuple[str, list[str]]]:
    """What is to be known, under its headings; nothing where there is nothing."""
    if trace.reasons:
        yield "why", list(trace.reasons)
    if trace.disputed_by:
        said = (
            f"{_name(d.source or 'somebody')} ({d.kind.value}, {d.document}): "
            f"{_shortened(signs.quoted(' … '.join(s.text for s in d.spans)))}"
            for d in trace.disputed_by
        )
        yield "disputed by", list(said)
    if trace.drift is not None:
        yield "figures over time", [_drift(trace.drift, signs)]
    lost = [f"{m.document}: {signs.quoted(m.hedge_lost)}" for m in trace.mentions if m.hedge_lost]
    if lost:
        yield "what was lost on the way", [", ".join(lost)]
    turns: list[str] = []
    if trace.circular:
        turns.append("circular: what looks like a second support leads back to the first")
    if trace.recycled is not None:
        turns.append(
            f"recycled: {', '.join(trace.recycled.new_documents)} tell anew what {trace.recycled.old_document} had"
        )
    listed: Mapping[str, Sequence[str]] = {
        "withdrawn by": trace.withdrawn_by,
        "reversed by": trace.reversed_by,
        "told again as background in": trace.background,
        "said anew in": trace.reasserted,
    }
    turns += [f"{words} {', '.join(names)}" for words, names in listed.items() if names]
    if turns:
        yield "what became of it", turns


def _drift(drift: Drift, signs: Signs) -> str:
    arrow = " → " if signs.infinity == "∞" else " -> "
    unit = f" {drift.unit}" if drift.unit else ""
    values: list[str] = []
    before: tuple[object, object] | None = None
    for figure in drift.values:
        if (figure.low, figure.high) != before:
            values.append(f"{_value(figure, signs)}{unit} ({figure.document}, {figure.as_of or 'undated'})")
        before = figure.low, figure.high
    return f"{drift.what}: {arrow.join(values)}"


def _value(figure: Figure, signs: Signs) -> str:
    if figure.low == figure.high:
        return f"{figure.low:,}"
    if figure.high is None:
        return f"at least {figure.low:,}"
    if figure.low is None:
        return f"at most {figure.high:,}"
    return f"{figure.low:,}{signs.to}{figure.high:,}"


def _legend(signs: Signs) -> str:
    stances = "  ".join(f"{sign} {stance.value}" for stance, sign in signs.stances.items())
    return f"{stances}  {signs.origin} origin  {signs.branch} credited  {signs.inferred[0]} inferred"


def _time(mention: Traced) -> str:
    if mention.undated:
        return "undated"
    return (
        f"{mention.time:%Y-%m-%d}"
        if mention.time.hour == mention.time.minute == 0
        else f"{mention.time:%Y-%m-%d %H:%M}"
    )


def _number(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"


def _noun(number: int) -> str:
    return "source" if number == 1 else "sources"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _name(name: str) -> str:
    return _shortened(safe_line(name), _LONGEST_NAME)


def _shortened(words: str, longest: int = _LONGEST) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _hanging(words: str) -> RenderableType:
    grid = Table.grid(padding=(0, 0, 0, 2), expand=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(safe_line(words)))
    return grid
