"""The versions of an article, for a person at a terminal: what changed from one to the next, when each was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.text import Text

from sourceline.ledger.changes import Change, Difference, Restated
from sourceline.model.evidence import Removal, Sighting, Version
from sourceline.model.speech import Attribution
from sourceline.show.terminal.found import counted, indented, shortened, where
from sourceline.show.terminal.signs import Signs, safe_line


def stay_lines(seen: Iterable[tuple[Version, Sequence[Sighting]]]) -> Iterator[RenderableType]:
    """Of each version when it was there, first and last, and how often it was seen."""
    for version, sightings in seen:
        line = f"version {version.number}: {_minute(version.at)}"
        if version.seen is not None and version.seen != version.at:
            line += f" to {_minute(version.seen)}"
        line += f", seen {counted(len(sightings), 'time')}" + (", the latest" if version.latest else "")
        if version.removal is not None:
            line += f", {removal_sentence(version.removal)}"
        yield Text(safe_line(line), style="dim")


def sighting_lines(seen: Iterable[tuple[Sighting, Version]]) -> Iterator[RenderableType]:
    for sighting, version in seen:
        shown = "the server said that it is unchanged" if sighting.sha256 is None else f"sha256 {sighting.sha256}"
        yield Text.assemble(f"{_minute(sighting.at)}  version {version.number}  ", (shown, "dim"))


def removal_sentence(removal: Removal) -> str:
    """When, by whom and why; not yet made safe for a terminal."""
    return f"taken down on {removal.at:%Y-%m-%d} by {removal.by} ({removal.reason})"


def difference_lines(difference: Difference, signs: Signs) -> Iterator[RenderableType]:
    before, after = difference.before, difference.after
    yield Text(where(after, signs), style="bold")
    if before.id == after.id:
        yield indented(f"{before.model} read it before, {after.model} now", "dim")
    else:
        way = "back to" if difference.returned else "to"
        since = difference.at or after.at
        yield indented(
            f"version {before.number} ({_minute(before.at)}) {way} version {after.number} ({_minute(since)})", "dim"
        )
    for restated in difference.stated:
        yield from _restated_lines(restated)
    if not difference.changes:
        other = "nothing else differs" if difference.stated else "nothing differs"
        same = "the text differs, no attribution does" if difference.text_changed else other
        yield indented(f"{same}: {counted(difference.kept, 'attribution')} the same")
        return
    for change in difference.changes:
        yield from _change_lines(change, signs)
    yield indented(f"{counted(difference.kept, 'attribution')} the same", "dim")


def _restated_lines(restated: Restated) -> Iterator[RenderableType]:
    yield Text.assemble(("~ ", "yellow"), (f"stated otherwise: {restated.what.replace('_', ' ')}", "dim"))
    for sign, style, words in (("-", "red", restated.before), ("+", "green", restated.after)):
        told = "not stated" if words is None else shortened(safe_line(words))
        yield Text.assemble((f"    {sign} ", style), told)


def _change_lines(change: Change, signs: Signs) -> Iterator[RenderableType]:
    if change.before is None and change.after is not None:
        yield Text.assemble(("+ ", "green"), shortened(_said(change.after, signs)))
    elif change.after is None and change.before is not None:
        yield Text.assemble(("- ", "red"), shortened(_said(change.before, signs)))
    elif change.before is not None and change.after is not None:
        yield Text.assemble(("~ ", "yellow"), (f"changed: {', '.join(change.what)}", "dim"))
        yield Text.assemble(("    - ", "red"), shortened(_said(change.before, signs)))
        yield Text.assemble(("    + ", "green"), shortened(_said(change.after, signs)))


def _said(attribution: Attribution, signs: Signs) -> str:
    source = " ".join(span.text for span in attribution.source) or "nobody named"
    cue = " ".join(span.text for span in attribution.cue)
    return f"{safe_line(source)} {safe_line(cue)} ({attribution.act.value}) {signs.quoted(attribution.wording)}"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
