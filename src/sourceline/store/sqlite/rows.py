"""Rows of the search index: what each says, and where it stands.

Row ids begin with the day, the latest first, and within a day they are dealt out as versions come: the first for the
version's whole text, the next ones for its attributions in the order of the text. So a search that reads the index in
the order of its ids gives the latest publications first and may stop early, and ids stay close enough to be stored in
few bytes. The order within a day is made when it is asked for (`finding.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from sourceline.errors import LedgerFull
from sourceline.model.reading import Reading
from sourceline.store.days import first_day
from sourceline.store.sqlite.connection import Database
from sourceline.store.sqlite.damage import reads_back
from sourceline.store.standing import Standing

DAY_BITS = 28
"""So many rows may a day have: those without a date, all in one, about 268 million."""
UNDATED = date.max.toordinal()
_MOST_HELD = 8 * 1024 * 1024
"""Characters of rows kept back until they are written in the order of their ids."""

_START = attrgetter("start", "end")

WHOLE_TEXT = "whole"
NAMED, UNNAMED = "named", "unnamed"

IndexRow = tuple[int, str, str, str]
"""Id, words, speaker, facets."""


def day_number(published: str | None) -> int:
    """Days left until the last of the calendar, so that later days come first; none: after all others."""
    ordinal = first_day(published)
    return UNDATED if ordinal is None else number_of_day(ordinal)


def number_of_day(ordinal: int) -> int:
    return date.max.toordinal() - ordinal


def day_from_number(number: int) -> str | None:
    """In ISO 8601, None where there is no date."""
    return None if number == UNDATED else date.fromordinal(date.max.toordinal() - number).isoformat()


def day_of_row(row: int) -> int:
    return row >> DAY_BITS


def first_row(day: int) -> int:
    return day << DAY_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What a version's rows are made from."""

    reading: Reading
    profiles: Sequence[int | None]
    """For each source of the reading."""
    stands: Sequence[Standing]
    outlet: int | None
    latest: bool = True
    """Whether of its document it is the version that was seen last."""


def index_rows(base: int, version: Indexed) -> Iterator[IndexRow]:
    document = version.reading.document
    title = document.title if document.title is not None and document.title not in document.text else None
    yield base, document.text if title is None else f"{document.text}\n{title}", "", WHOLE_TEXT
    sources = {source.id: i for i, source in enumerate(version.reading.sources)}
    for row, stands in enumerate(version.stands, base + 1):
        attribution = stands.attribution
        spans = sorted((*attribution.source, *attribution.cue, *attribution.content), key=_START)
        facets = [attribution.act.value] if version.outlet is None else [attribution.act.value, f"o{version.outlet}"]
        index = sources.get(attribution.speaker or "")
        name = ""
        if index is not None:
            speaker = version.reading.sources[index]
            name = speaker.name
            facets.append(NAMED if speaker.named else UNNAMED)
            if (profile := version.profiles[index]) is not None:
                facets.append(f"p{profile}")
        yield row, " ".join(span.text for span in spans), name, " ".join(facets)


class WordIndex:
    """Writes rows in the order of their ids: whatever comes out of order would cost the index a segment of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._added: list[IndexRow] = []
        self._dropped: list[IndexRow] = []
        self._held = 0
        database.before_commit.append(self.flush)
        database.after_rollback.append(self._forget)

    def add(self, base: int, version: Indexed) -> None:
        self._hold(self._added, base, version)

    def drop(self, base: int, version: Indexed) -> None:
        """Takes rows out again; they have to be the very same that were put in."""
        self.flush()
        self._hold(self._dropped, base, version)
        self.flush()

    def _hold(self, rows: list[IndexRow], base: int, version: Indexed) -> None:
        for row in index_rows(base, version):
            rows.append(row)
            self._held += len(row[1]) + 100
        if self._held > _MOST_HELD:
            self.flush()

    def flush(self) -> None:
        if self._dropped:
            self._database.run_many(
                "INSERT INTO search (search, rowid, words, speaker, facets) VALUES ('delete', ?, ?, ?, ?)",
                sorted(self._dropped),
            )
        if self._added:
            self._database.run_many(
                "INSERT INTO search (rowid, words, speaker, facets) VALUES (?, ?, ?, ?)", sorted(self._added)
            )
        self._forget()

    def _forget(self) -> None:
        self._added, self._dropped, self._held = [], [], 0


@reads_back
def free_base(database: Database, day: int, extent: int) -> int:
    """The first of so many free row ids in a day. Raises LedgerFull where the day has no more."""
    last = database.row(
        "SELECT base, slots FROM versions WHERE base < ? ORDER BY base DESC LIMIT 1", (first_row(day + 1),)
    )
    if last is not None and not 0 <= last[1] < 1 << DAY_BITS:
        raise ValueError(f"a version has {last[1]!r:.40} attributions")
    base = first_row(day) if last is None or day_of_row(last[0]) != day else last[0] + last[1] + 1
    if base + extent > first_row(day + 1):
        raise LedgerFull(f"a ledger holds {1 << DAY_BITS:,} attributions a day: begin another one")
    return base
