"""The picture of a trace: its sentence, and what it leaves to --json."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from sourceline.model.claim import Stance
from sourceline.model.trace import Channel, Interval, Origin, Trace, Traced
from sourceline.show.terminal.signs import Signs
from sourceline.show.terminal.trace import sources_sentence, trace_lines

MENTION = Traced(
    mention="m0", version="v0", document="d0", outlet="Vellin Post", time=datetime(2031, 3, 6, tzinfo=UTC),
    undated=False, attribution=None, unattributed=None, spans=(), source="Ana Ruiz", stance=Stance.ASSERTS,
    origin="o0", parent=None, lineage=(),
)  # fmt: skip
ORIGIN = Origin(
    id="o0", party="Ana Ruiz", source="Ana Ruiz", kind="person", channel=Channel.INTERVIEW, first_document="d0",
    asserts=True,
)  # fmt: skip


def drawn(mentions: list[Traced], origins: list[Origin]) -> list[str]:
    one = Interval(low=1, best=1, high=1)
    trace = Trace(
        claim="c", statement="the depot was shut", mentions=tuple(mentions), origins=tuple(origins),
        independent_origins=one, newsgathering_acts=one, reasons=(), articles=len(mentions), outlets=1,
        first_published=None,
    )  # fmt: skip
    out = io.StringIO()
    Console(file=out, width=80).print(*trace_lines(trace, Signs(unicode=True)), sep="\n")
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((1, 1, 1), "One source."),
        ((1, 1, 2), "One source, perhaps two."),
        ((0, 0, 1), "No sources shown, perhaps one."),
        ((0, 1, 2), "Probably one source: none shown, two at most."),
        ((1, 3, 4), "Probably three sources: one shown, four at most."),
    ],
)
def test_how_many_sources_in_words(numbers: tuple[int, int, int], words: str) -> None:
    low, best, high = numbers
    assert sources_sentence(Interval(low=low, best=best, high=high)) == words


def test_an_endless_name_takes_no_screens() -> None:
    endless = "A" * 10_000
    lines = drawn(
        [replace(MENTION, outlet=endless, document=endless)], [replace(ORIGIN, party=endless, source=f"{endless}s")]
    )
    assert len(lines) < 20
    assert any("AAA…" in line for line in lines)


def test_many_origins_are_counted_and_left_to_json() -> None:
    numbers = range(50)
    mentions = [replace(MENTION, mention=f"m{n}", document=f"d{n}", origin=f"o{n}") for n in numbers]
    lines = drawn(mentions, [replace(ORIGIN, id=f"o{n}") for n in numbers])
    assert sum("◆  " in line for line in lines) == 20
    assert any("and 30 more origins, which --json lists" in line for line in lines)
