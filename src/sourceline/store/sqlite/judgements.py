"""People's verdicts: a log that is only ever added to. Taking one back is another row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from sourceline.model.judgement import Judgement, Named, Verdict
from sourceline.model.source import SourceKind
from sourceline.model.speech import Attribution
from sourceline.store.days import microseconds, moment
from sourceline.store.encoding import decode_attribution, encode_attribution, without_words
from sourceline.store.sqlite.connection import Database, text_of
from sourceline.store.sqlite.damage import as_text, as_text_or_none, reads_back
from sourceline.store.standing import ABOUT_ATTRIBUTIONS, Ruling, offsets_of

_Body = tuple[list[list[str | None]], list[Any] | None, dict[str, str], str | None]
"""What is told of its sources, the attribution, the names in it, and the note."""
_UNDONE = "EXISTS (SELECT 1 FROM judgements u WHERE u.id = j.id AND u.undoes AND u.number > j.number)"
_ORDER = "j.at, j.id, j.number"
_ABOUT_SOURCES = "j.verdict IN ('same', 'different')"
"""In the words of the index `judgements_of_sources`."""


@reads_back
def stands(database: Database, id: str) -> bool:
    """Whether the latest word on this judgement is not that it is taken back."""
    latest = database.row("SELECT undoes FROM judgements WHERE id = ? ORDER BY number DESC LIMIT 1", (id,))
    return latest is not None and not latest[0]


@reads_back
def is_known(database: Database, judgement: Judgement) -> bool:
    """Whether the very same stands, and saying it again would overrule nothing that was said since."""
    if not stands(database, judgement.id):
        return False
    said = database.row("SELECT max(at) FROM judgements WHERE id = ? AND NOT undoes", (judgement.id,))[0]
    if microseconds(judgement.at) <= said:
        return True
    others = iterate_judgements(database, judgement.version, about_sources=not judgement.version)
    latest = None
    for other in others:
        if not other.undone and _subject(other) == _subject(judgement):
            latest = other
    return latest is None or latest.id == judgement.id


def append(database: Database, judgement: Judgement, names: Mapping[str, str]) -> None:
    """`names` are those that the ids of the judged attribution's sources stand for."""
    attribution = judgement.attribution
    body = (
        [_named_row(named) for named in judgement.sources],
        None if attribution is None else encode_attribution(attribution),
        dict(names),
        judgement.note,
    )
    database.run(
        """INSERT INTO judgements (id, at, author, undoes, version, verdict, body) VALUES (?, ?, ?, 0, ?, ?, ?)""",
        (
            judgement.id,
            microseconds(judgement.at),
            judgement.by,
            judgement.version,
            judgement.verdict.value,
            msgspec.msgpack.encode(body),
        ),
    )


def append_undoing(database: Database, id: str, at: datetime, by: str) -> None:
    database.run(
        "INSERT INTO judgements (id, at, author, undoes) VALUES (?, ?, ?, 1)",
        (id, microseconds(at), by),
    )


@reads_back
def judged_version(database: Database, id: str) -> str | None:
    """The version whose attribution a judgement is about."""
    row = database.row("SELECT version FROM judgements WHERE id = ? AND NOT undoes", (id,))
    return None if row is None else row[0]


@reads_back
def iterate_judgements(
    database: Database, version: str | None = None, *, about_sources: bool = False
) -> Iterator[Judgement]:
    where = "" if version is None else "AND j.version = :version"
    if about_sources:
        where += f" AND {_ABOUT_SOURCES}"
    rows = database.rows(
        f"""SELECT j.id, j.at, j.author, j.verdict, j.version, j.body, {_UNDONE}
            FROM judgements j WHERE NOT j.undoes {where} ORDER BY {_ORDER}""",
        {"version": version},
    )
    for id, at, author, verdict, of, body, undone in rows:
        sources, attribution, _, note = _decode(body)
        yield Judgement(
            id=as_text(id),
            at=moment(at),
            by=text_of(author) or "",
            verdict=Verdict(verdict),
            sources=tuple(_named_from(row) for row in sources),
            version=as_text_or_none(of),
            attribution=None if attribution is None else decode_attribution(attribution),
            note=note,
            undone=bool(undone),
        )


@reads_back
def rulings_of(database: Database, version: str) -> list[Ruling]:
    """The verdicts that stand on a version's attributions, in the order they were made."""
    rows = database.rows(
        f"""SELECT j.verdict, j.body FROM judgements j
            WHERE j.version = ? AND NOT j.undoes AND NOT {_UNDONE} ORDER BY {_ORDER}""",
        (version,),
    )
    rulings = []
    for verdict, body in rows:
        _, attribution, names, _ = _decode(body)
        if attribution is not None and Verdict(verdict) in ABOUT_ATTRIBUTIONS:
            rulings.append(Ruling(verdict=Verdict(verdict), attribution=decode_attribution(attribution), names=names))
    return rulings


def _subject(judgement: Judgement) -> object:
    """What a judgement is about: of two on the same only the later counts. Case, accents and signs of a source's name
    and description are no difference."""
    if judgement.attribution is not None:
        return judgement.version, offsets_of(judgement.attribution)
    return frozenset(tuple(map(_letters, (s.name, s.role, s.affiliation, s.kind))) for s in judgement.sources)


def _letters(text: str | None) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", (text or "").casefold()) if sign.isalnum())
    return bare or text or ""


def _decode(body: bytes) -> _Body:
    """Raises msgspec's errors for bytes that are none."""
    found: _Body = msgspec.msgpack.decode(body, type=_Body)
    return found


def _named_row(named: Named) -> tuple[str | None, ...]:
    """Without the kind where none is given."""
    row = named.name, named.role, named.affiliation
    return row if named.kind is None else (*row, named.kind.value)


def _named_from(row: list[str | None]) -> Named:
    name, role, affiliation, *kind = row
    return Named(
        name=as_text(name),
        role=role,
        affiliation=affiliation,
        kind=SourceKind(as_text(kind[0])) if kind else None,
    )


@reads_back
def forget_words(database: Database, version: str) -> None:
    """Takes the article's words out of the judgements of a removed version; their offsets stay."""
    rows = database.rows("SELECT number, body FROM judgements WHERE version = ? AND body IS NOT NULL", (version,))
    for number, body in rows:
        sources, attribution, _, note = _decode(body)
        stripped: tuple[object, ...] = (sources, None if attribution is None else without_words(attribution), {}, note)
        database.run("UPDATE judgements SET body = ? WHERE number = ?", (msgspec.msgpack.encode(stripped), number))


def names_in(attribution: Attribution, names: Mapping[str, str]) -> dict[str, str]:
    """Of the names of a reading's sources, by their ids, those that the attribution speaks of."""
    used = (attribution.speaker, *attribution.via, *attribution.upstream)
    return {id: names[id] for id in used if id is not None and id in names}
