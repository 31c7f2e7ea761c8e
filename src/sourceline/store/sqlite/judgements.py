"""People's verdicts: a log that is only ever added to. Taking one back is another row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from sourceline.model.judgement import Judgement, Located, Named, Verdict
from sourceline.model.source import SourceKind
from sourceline.model.speech import Attribution
from sourceline.model.text import Span
from sourceline.store.days import microseconds, moment
from sourceline.store.encoding import decode_attribution, encode_attribution, without_words
from sourceline.store.sqlite.connection import Database, text_of
from sourceline.store.sqlite.damage import as_text, as_text_or_none, reads_back
from sourceline.store.standing import ABOUT_ATTRIBUTIONS, Ruling, offsets_of

_Spans = list[tuple[int, int, str]]
_Body = tuple[list[list[str | None]], list[Any] | None, dict[str, str], str | None, list[tuple[str, str, _Spans]]]
"""What is told of its sources, the attribution, the names in it, the note, and the mentions: key, version, spans."""
_UNDONE = "EXISTS (SELECT 1 FROM judgements u WHERE u.id = j.id AND u.undoes AND u.number > j.number)"
_ORDER = "j.at, j.id, j.number"
_ABOUT_PAIRS = "j.verdict IN ('same', 'different')"
"""In the words of the index `judgements_of_sources`."""


class About(StrEnum):
    """What a judgement of a pair is of."""

    SOURCES = "sources"
    MENTIONS = "mentions"


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
    about = None if judgement.version else About.MENTIONS if judgement.mentions else About.SOURCES
    others = iterate_judgements(database, judgement.version, about=about)
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
        [(m.document, m.version, [(s.start, s.end, s.text) for s in m.spans]) for m in judgement.mentions],
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
    database: Database, version: str | None = None, *, about: About | None = None
) -> Iterator[Judgement]:
    where = "" if version is None else "AND j.version = :version"
    if about is not None:
        where += f" AND {_ABOUT_PAIRS}"
    rows = database.rows(
        f"""SELECT j.id, j.at, j.author, j.verdict, j.version, j.body, {_UNDONE}
            FROM judgements j WHERE NOT j.undoes {where} ORDER BY {_ORDER}""",
        {"version": version},
    )
    for id, at, author, verdict, of, body, undone in rows:
        sources, attribution, _, note, mentions = _decode(body)
        if about is not None and bool(mentions) is not (about is About.MENTIONS):
            continue
        yield Judgement(
            id=as_text(id),
            at=moment(at),
            by=text_of(author) or "",
            verdict=Verdict(verdict),
            sources=tuple(_named_from(row) for row in sources),
            mentions=tuple(_located(*mention) for mention in mentions),
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
        _, attribution, names, *_ = _decode(body)
        if attribution is not None and Verdict(verdict) in ABOUT_ATTRIBUTIONS:
            rulings.append(Ruling(verdict=Verdict(verdict), attribution=decode_attribution(attribution), names=names))
    return rulings


def _subject(judgement: Judgement) -> object:
    """What a judgement is about: of two on the same only the later counts. Case, accents and signs of a source's name
    and description are no difference."""
    if judgement.attribution is not None:
        return judgement.version, offsets_of(judgement.attribution)
    if judgement.mentions:
        return frozenset((m.version, tuple((s.start, s.end) for s in m.spans)) for m in judgement.mentions)
    return frozenset(tuple(map(_letters, (s.name, s.role, s.affiliation, s.kind))) for s in judgement.sources)


def _letters(text: str | None) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", (text or "").casefold()) if sign.isalnum())
    return bare or text or ""


def _decode(body: bytes) -> _Body:
    """Raises msgspec's errors for bytes that are none."""
    parts = msgspec.msgpack.decode(body, type=list[Any])
    if len(parts) == 4:
        parts.append([])  # an earlier program judged no mentions
    found: _Body = msgspec.convert(parts, type=_Body)
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
    rows = database.rows(
        f"SELECT number, body FROM judgements j WHERE (version = ? OR {_ABOUT_PAIRS}) AND body IS NOT NULL", (version,)
    )
    for number, body in rows:
        sources, attribution, _, note, mentions = _decode(body)
        if attribution is None and all(of != version for _, of, _ in mentions):
            continue
        bare = [(key, of, [(a, b, "" if of == version else t) for a, b, t in spans]) for key, of, spans in mentions]
        stripped: Any = (sources, None if attribution is None else without_words(attribution), {}, note, bare)
        database.run("UPDATE judgements SET body = ? WHERE number = ?", (msgspec.msgpack.encode(stripped), number))


def names_in(attribution: Attribution, names: Mapping[str, str]) -> dict[str, str]:
    """Of the names of a reading's sources, by their ids, those that the attribution speaks of."""
    used = (attribution.speaker, *attribution.via, *attribution.upstream)
    return {id: names[id] for id in used if id is not None and id in names}


def _located(document: str, version: str, spans: _Spans) -> Located:
    return Located(document=document, version=version, spans=tuple(Span(start=a, end=b, text=t) for a, b, t in spans))
