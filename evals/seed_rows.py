"""The rows of the first article that must work: who, as what, through whom, and what is the outlet's own voice."""

from __future__ import annotations

from collections.abc import Callable

from sourceline.model.reading import Reading
from sourceline.model.source import Lineage, Source
from sourceline.model.speech import Act, Attribution

Row = Callable[[Reading], bool]


def judge_rows(dated: Reading, undated: Reading) -> dict[str, bool]:
    """Each row by its number; `dated` is the reading with `--published 2017-08-17`, `undated` that without."""
    rows = {name: row(dated) for name, row in _ROWS.items()}
    days = {d.span.text: (d.value, d.reason) for d in dated.dates}
    bare = {d.span.text: (d.value, d.reason) for d in undated.dates}
    rows["9 wednesday"] = days.get("Wednesday") == ("2017-08-16", None)
    rows["9 no date"] = bare.get("Wednesday") == (None, "no publication date") and undated.document.published is None
    return rows


def _said_by(reading: Reading, name: str) -> list[tuple[Attribution, Source]]:
    pairs = [(a, reading.source_of(a)) for a in reading.attributions]
    return [(a, source) for a, source in pairs if source is not None and source.name == name]


def _names(reading: Reading, ids: tuple[str, ...]) -> list[str]:
    return [source.name for source in reading.sources if source.id in ids]


def _davenport(reading: Reading) -> bool:
    said = _said_by(reading, "Kelsey Davenport")
    if not said:
        return False
    first, source = said[0]
    return (
        source.kind.value == "person"
        and source.role == "director of non-proliferation policy"
        and source.affiliation == "Arms Control Association"
        and len(first.content) == 2
        and _names(reading, first.via) == ["McClatchy Washington Bureau"]
    )


def _officials(reading: Reading) -> bool:
    said = _said_by(reading, "Pyongyang officials")
    return [(a.act, s.kind.value, s.named) for a, s in said] == [(Act.DENY, "government", False)]


def _institute(reading: Reading) -> bool:
    said = _said_by(reading, "Korea Research Institute of Chemical Technology")
    bounds = {(q.low, q.high) for q in reading.quantities}
    return [s.kind.value for _, s in said] == ["organisation"] and {(4, 4), (11, None)} <= bounds


def _kirby(reading: Reading) -> bool:
    said = _said_by(reading, "Reid Kirby")
    return [(s.kind.value, s.role, _names(reading, a.via)) for a, s in said] == [
        ("person", "military analyst", ["Bulletin of Atomic Scientists"])
    ]


def _state_media(reading: Reading) -> bool:
    said = _said_by(reading, "North Korean media")
    return [(s.kind.value, _names(reading, a.upstream)) for a, s in said] == [("media", ["Kim Jong Un"])]


def _trump(reading: Reading) -> bool:
    said = [(a, s) for a, s in _said_by(reading, "Trump") if a.act is not Act.ACCUSE]
    return len(said) == 2 and all(
        s.kind.value == "person" and s.role == "President" and _names(reading, a.via) == ["tweet"] for a, s in said
    )


def _declined(reading: Reading) -> bool:
    said = _said_by(reading, "U.S. military officials")
    return [a.act for a, _ in said] == [Act.DECLINE]


def _accused(reading: Reading) -> bool:
    said = [a for a, _ in _said_by(reading, "Trump") if a.act is Act.ACCUSE]
    own = [o.span.text for o in reading.unattributed]
    return (
        len(said) == 1
        and "the Syrian government" in said[0].wording
        and "at least 74 people" not in said[0].wording
        and any("at least 74 people" in text for text in own)
    )


def _own_voice(reading: Reading) -> bool:
    own = [o.span.text for o in reading.unattributed]
    wanted = ("began developing chemical weapons in 1961", "Both are banned by")
    return all(any(words in text for text in own) for words in wanted)


_ROWS: dict[str, Row] = {
    "3": _davenport,
    "4": _officials,
    "5": _institute,
    "6": lambda reading: len(_said_by(reading, "Kelsey Davenport")) == 3,
    "7": _kirby,
    "8": _state_media,
    "9": _trump,
    "10": _declined,
    "11": _accused,
    "13": _own_voice,
    "16": lambda reading: reading.lineage is Lineage.NOT_RECORDED,
}
