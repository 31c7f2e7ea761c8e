"""What a ledger answers, for a person at a terminal: findings, passages, sources, problems, faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sourceline.ledger.soundness import Fault
from sourceline.model.evidence import Problem, Version
from sourceline.model.identity import JudgementConflict, Profile, Proposal
from sourceline.model.judgement import Judgement
from sourceline.model.query import Finding, Passage, SourceSummary
from sourceline.model.source import Source
from sourceline.model.speech import Act, Attribution
from sourceline.show.terminal.signs import ACT_COLOURS, Signs, safe_line

_LONGEST = 280
"""Characters of one saying that are shown; `--json` has all of it."""
_ROLES = 3
_PROFILES = 12


def finding_lines(finding: Finding, signs: Signs) -> Iterator[RenderableType]:
    """Who and what kind of saying, the words, where."""
    attribution = finding.attribution
    who = _speaker(finding.speaker, attribution, signs)
    judged = Text("  judged by a person", style="green") if finding.judged else Text()
    yield Text.assemble(who, "  ", _act(attribution.act), judged)
    yield indented(shortened(signs.quoted(attribution.wording)))
    chain = []
    if finding.via:
        chain.append("via " + signs.from_.join(safe_line(source.name) for source in finding.via))
    if finding.upstream:
        chain.append("upstream: " + ", ".join(safe_line(source.name) for source in finding.upstream))
    if chain:
        yield indented(signs.dot.join(chain), "dim")
    yield indented(where(finding.version, signs), "dim")


def passage_lines(passage: Passage, signs: Signs) -> Iterator[RenderableType]:
    yield Text(where(passage.version, signs), style="bold")
    before, words, after = (" ".join(safe_line(part).split()) for part in (passage.before, passage.text, passage.after))
    line = Text.assemble("  ", before, " " if passage.before[-1:].isspace() else "", (words, "bold"))
    line.append((" " if passage.after[:1].isspace() else "") + after)
    yield line


def where(version: Version, signs: Signs) -> str:
    """The article in one line: when, which outlet, its title, its name in the ledger."""
    edited = f"version {version.number}" if version.number > 1 else None
    parts = (day(version.published), version.outlet, version.title, version.name, edited)
    return signs.dot.join(safe_line(part) for part in parts if part)


def day(published: str | None) -> str:
    return published[:10] if published else "undated"


def source_table(summaries: Iterable[SourceSummary], signs: Signs) -> Table:
    table = _table(("source", 4), ("kind", 0), ("docs", 0), ("outlets", 0), ("what it did", 4), ("first - last", 0))
    for summary in summaries:
        who = Text(safe_line(summary.name), style="bold")
        position = signs.dot.join(safe_line(x) for x in (*summary.roles[:1], *summary.affiliations[:1]))
        if position:
            who.append(f"\n{position}", style="dim")
        who.append(f"\n{summary.identity}", style="dim")
        first, last = summary.first or "", summary.last or ""
        period = first[:10] if first[:10] == last[:10] else f"{first[:10]}\n{last[:10]}"
        table.add_row(who, summary.kind, str(summary.documents), str(summary.outlets), _acts(summary.acts), period)
    return table


def dossier_head(summary: SourceSummary, signs: Signs) -> Iterator[RenderableType]:
    """Who a source is, across documents, and what it did."""
    yield Text.assemble((safe_line(summary.name), "bold"), (f"  {summary.kind}{signs.dot}{summary.identity}", "dim"))
    for label, words in (("described as", summary.roles), ("of", summary.affiliations)):
        if words:
            more = f" and {len(words) - _ROLES} more" if len(words) > _ROLES else ""
            yield indented(f"{label}: {signs.dot.join(map(safe_line, words[:_ROLES]))}{more}")
    period = f", {day(summary.first)} to {day(summary.last)}" if summary.first else ""
    yield indented(f"in {counted(summary.documents, 'document')} of {counted(summary.outlets, 'outlet')}{period}")
    yield Text.assemble("  ", _acts(summary.acts, ", "))


def profile_lines(profiles: Sequence[Profile], reasons: Sequence[str], signs: Signs) -> Iterator[RenderableType]:
    """What a source is made of, with the ids that `judge` takes, and why; nothing where it is of one piece."""
    if len(profiles) < 2:
        return
    yield indented("held to be one:")
    for profile in profiles[:_PROFILES]:
        described = (profile.name, profile.role, profile.affiliation)
        yield indented(f"  {profile.id}  {signs.dot.join(safe_line(part) for part in described if part)}")
    if len(profiles) > _PROFILES:
        yield indented(f"  and {len(profiles) - _PROFILES:,} more, which --json lists")
    for reason in reasons:
        yield indented(f"because {safe_line(reason)}", "dim")


def unnamed_lines(version: Version, source: Source, times: int, signs: Signs) -> Iterator[RenderableType]:
    count = f"{source.count} people{signs.dot}" if source.count else ""
    yield Text.assemble((safe_line(source.name), "bold"), (f"  {count}{counted(times, 'attribution')}", "dim"))
    reason = source.anonymity_reason
    stated = f"reason given: {signs.quoted(reason.text)}" if reason else "no reason given for leaving out the name"
    yield indented(shortened(stated))
    yield indented(where(version, signs), "dim")


def proposal_lines(proposal: Proposal, names: tuple[str, str]) -> Iterator[RenderableType]:
    yield Text.assemble(
        (safe_line(names[0]), "bold"), (f" {proposal.first}", "dim"), "  may be  ",
        (safe_line(names[1]), "bold"), (f" {proposal.second}", "dim"), f"  {proposal.score:.2f}",
    )  # fmt: skip
    for reason in proposal.reasons:
        yield indented(safe_line(reason), "dim")


def judgement_lines(judgement: Judgement, conflict: JudgementConflict | None, signs: Signs) -> Iterator[RenderableType]:
    about = " / ".join(safe_line(s.name) + (f" ({s.kind})" if s.kind else "") for s in judgement.sources)
    if judgement.mentions:
        words = (" … ".join(span.text for span in located.spans) for located in judgement.mentions)
        about = " / ".join(shortened(signs.quoted(said)) for said in words)
    if judgement.attribution is not None:
        about = shortened(signs.quoted(judgement.attribution.wording))
    yield Text.assemble(
        (judgement.id, "dim"), "  ", (judgement.verdict.value, "bold"), "  ", about,
        ("  taken back" if judgement.undone else "", "yellow"),
    )  # fmt: skip
    note = f"{signs.dot}{safe_line(judgement.note)}" if judgement.note else ""
    yield indented(f"{safe_line(judgement.by)}{signs.dot}{judgement.at:%Y-%m-%d %H:%M}{note}", "dim")
    if conflict is not None:
        against = f" ({', '.join(conflict.against)})" if conflict.against else ""
        yield indented(f"cannot be followed: {safe_line(conflict.reason)}{against}", "yellow")


def problem_table(problems: Iterable[tuple[Problem, datetime]]) -> Table:
    table = _table(("input", 3), ("kind", 0), ("why, and what to do", 5), ("noted", 0))
    for problem, noted in problems:
        table.add_row(safe_line(problem.place), problem.kind, safe_line(problem.message), f"{noted:%Y-%m-%d}")
    return table


def fault_lines(fault: Fault, signs: Signs) -> Iterator[RenderableType]:
    yield Text.assemble((safe_line(fault.place), "bold red"), f"  {safe_line(fault.message)}")
    if fault.version is not None:
        yield indented(f"{where(fault.version, signs)}{signs.dot}{fault.version.id}", "dim")


def _speaker(source: Source | None, attribution: Attribution, signs: Signs) -> Text:
    if source is None:
        words = " ".join(span.text for span in attribution.source)
        return Text(f"{signs.quoted(words)}: not told who" if words else "nobody named", style="italic")
    told = source.name.casefold()
    position = ", ".join(safe_line(x) for x in (source.role, source.affiliation) if x and x.casefold() not in told)
    return Text.assemble(
        (safe_line(source.name), "bold" if source.named else ""), (f"  {position}" if position else "", "dim")
    )


def _act(act: Act) -> Text:
    return Text(act.value, style=ACT_COLOURS[act])


def _acts(acts: Mapping[Act, int], between: str = " ") -> Text:
    line = Text()
    for number, (act, count) in enumerate(sorted(acts.items(), key=lambda item: (-item[1], item[0]))):
        line.append(between if number else "")
        line.append(f"{act.value} {count}", style=ACT_COLOURS[act])
    return line


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def indented(words: str, style: str = "") -> RenderableType:
    grid = Table.grid(padding=(0, 0, 0, 2), expand=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(words, style=style))
    return grid


def _table(*columns: tuple[str, int]) -> Table:
    """Columns with their share of the width; 0 takes what it needs."""
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for heading, ratio in columns:
        numeric = heading in ("docs", "outlets")
        table.add_column(
            heading, ratio=ratio or None, overflow="fold", no_wrap=not ratio, justify="right" if numeric else "left"
        )
    return table
