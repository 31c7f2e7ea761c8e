from __future__ import annotations

import pytest

from sourceline.clean.dateline import dateline_length


@pytest.mark.parametrize(
    "dateline",
    [
        "NEW YORK, Nov. 19 (UPI) —",
        "TESSEL, Halvenia, Feb 11 (Corran Wire) -",
        "WASHINGTON (AP) —",
        "OMBREY —",
        "LOS ANGELES (Reuters) -",
        "Tarsk, June 30 (TNA) --",
        "GENVARA, 9 September 2031 –",
        "(Reuters) -",
        "ST. PAUL, Minn. (AP) —",
        "London (CNN)",
    ],
)
def test_a_dateline_ends_where_the_report_begins(dateline: str) -> None:
    assert dateline_length(f"{dateline} The minister said on Monday that talks would resume.") == len(dateline)


@pytest.mark.parametrize(
    "line",
    [
        "The minister said on Monday that talks would resume.",
        "NATO said on Monday that talks would resume.",
        "Anna Ruiz - who wrote the report - said so.",
        "In March, the ministry (which denies it) — and only the ministry — knew.",
        "“WE WON — TWICE,” she said.",
        "",
    ],
)
def test_other_beginnings_are_none(line: str) -> None:
    assert dateline_length(line) == 0
