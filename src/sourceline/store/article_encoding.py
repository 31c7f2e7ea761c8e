"""An article as matching sees it, as small compressed bytes, and back without loss.

What is stated about the article is the version's and is not kept again. Words are kept once for the article, spans as
places in its text, and the rest is compressed with the text as its dictionary.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sourceline.errors import InvalidRecord, LedgerDamaged
from sourceline.model.claim import Article, Mention, Naming, Stance, Voice
from sourceline.model.evidence import Version
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.speech import Act
from sourceline.model.text import Span
from sourceline.model.value import Date, Quantity
from sourceline.store.days import microseconds, moment
from sourceline.store.encoding import BROKEN, LEVEL, dictionary_of, long_id, long_number, short_id, short_number

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder().decode
_ACTS, _STANCES = tuple(Act), tuple(Stance)


class _Table:
    """Each value once, known by its place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[Any, int] = {}

    def place(self, value: Any) -> int:
        found = self._places.get(value)
        if found is None:
            found = self._places[value] = len(self.values)
            self.values.append(value)
        return found

    def places(self, values: Iterable[Any]) -> list[int]:
        return [self.place(value) for value in values]

    def place_or_none(self, value: Any) -> int | None:
        return None if value is None else self.place(value)


def encode_article(article: Article, text: str) -> bytes:
    """Everything but what is stated about the article, and the vectors.

    Raises InvalidRecord where a span's words are not the text's.
    """
    words, voices, ids = _Table(), _Table(), _Table()
    mentions = [_mention_fields(m, text, words, voices, ids) for m in article.mentions]
    credited = voices.places(article.credited)
    fields = (
        None if article.published is None else microseconds(article.published),
        microseconds(article.seen),
        article.lineage,
        credited,
        [_voice_fields(voice) for voice in voices.values],
        words.values,
        b"".join(bytes.fromhex(id) if _is_content_id(id) else b"" for id in ids.values),
        [None if _is_content_id(id) else id for id in ids.values],
        mentions,
        article.prints,
        [(n.span.start, n.span.end - n.span.start, n.paragraph) for n in article.names],
    )
    squeezed = zlib.compressobj(LEVEL, zdict=dictionary_of(text))
    return squeezed.compress(_pack(fields)) + squeezed.flush()


def decode_article(data: bytes, version: Version, text: str, meanings: Mapping[str, bytes]) -> Article:
    """`meanings`: the vectors of its mentions, by their ids. Raises LedgerDamaged for bytes that are no article of this
    text."""
    try:
        expanded = zlib.decompressobj(zdict=dictionary_of(text))
        fields = _unpack(expanded.decompress(data) + expanded.flush())
        if not expanded.eof:
            raise ValueError("it is cut off")
        published, seen, lineage, credited, voices, words, short, long, mentions, prints, names = fields
        read = _Read(text, words, [_voice(row) for row in voices], list(_ids(short, long)), meanings)
        return Article(
            version=version.id,
            key=version.key,
            name=version.name,
            url=version.url,
            outlet=version.outlet,
            outlet_kind=version.outlet_kind,
            published=None if published is None else moment(published),
            seen=moment(seen),
            title=version.title,
            lineage=Lineage(lineage),
            credited=tuple(read.voices[place] for place in credited),
            mentions=tuple(read.mention(row) for row in mentions),
            prints=prints,
            names=tuple(Naming(span=Span.of(text, at, at + n), paragraph=paragraph) for at, n, paragraph in names),
        )
    except BROKEN as error:
        raise LedgerDamaged(f"an article in the ledger cannot be read back ({error}): run verify") from error


def encode_meanings(meanings: Mapping[str, bytes]) -> bytes:
    """Vectors by the ids of mentions; nothing for none."""
    if not meanings:
        return b""
    ids = sorted(meanings)
    return zlib.compress(_pack(([short_id(id) for id in ids], b"".join(meanings[id] for id in ids))), LEVEL)


def decode_meanings(data: bytes) -> dict[str, bytes]:
    """Raises LedgerDamaged for bytes that hold no vectors."""
    try:
        ids, vectors = _unpack(zlib.decompress(data))
        length = len(vectors) // len(ids)
        return {long_id(id): vectors[i * length : (i + 1) * length] for i, id in enumerate(ids)}
    except BROKEN as error:
        raise LedgerDamaged(f"meanings in the ledger cannot be read back ({error}): run verify") from error


def _mention_fields(m: Mention, text: str, words: _Table, voices: _Table, ids: _Table) -> tuple[Any, ...]:
    flags = m.negated | m.direct << 1
    return (
        ids.place(m.id),
        ids.place_or_none(m.attribution),
        ids.place_or_none(m.unattributed),
        _places(text, m.spans),
        m.paragraph,
        _STANCES.index(m.stance),
        flags,
        None if m.act is None else _ACTS.index(m.act),
        voices.place_or_none(m.speaker),
        voices.places(m.via),
        voices.places(m.upstream),
        ids.place_or_none(m.refers_to),
        [words.places(part) for part in (m.hedges, m.words, m.names, m.context)],
        [
            (_places(text, (q.span,)), short_number(q.low), short_number(q.high), q.unit, q.counted)
            for q in m.quantities
        ],
        [(_places(text, (d.span,)), d.value, d.reason) for d in m.dates],
    )


def _places(text: str, spans: Iterable[Span]) -> list[int]:
    """Distance from the last end, and length."""
    numbers: list[int] = []
    last = 0
    for span in spans:
        if text[span.start : span.end] != span.text or not 0 <= span.start <= span.end:
            raise InvalidRecord(f"characters {span.start} to {span.end} of the text are not {span.text!r}")
        numbers += (span.start - last, span.end - span.start)
        last = span.end
    return numbers


def _voice_fields(voice: Voice) -> tuple[Any, ...]:
    return (
        voice.source, voice.name, voice.named, voice.kind, voice.role, voice.affiliation, voice.office_of,
        short_number(voice.count), voice.members, None if voice.profile is None else short_id(voice.profile),
    )  # fmt: skip


def _voice(row: Sequence[Any]) -> Voice:
    source, name, named, kind, role, affiliation, office_of, count, members, profile = row
    number = long_number(count)
    return Voice(
        source=source,
        name=name,
        named=named,
        kind=SourceKind(kind),
        role=role,
        affiliation=affiliation,
        office_of=office_of,
        count=None if number is None else int(number),
        members=tuple(members),
        profile=None if profile is None else long_id(profile),
    )


def _is_content_id(id: str) -> bool:
    return len(id) == 16 and isinstance(short_id(id), bytes)


def _ids(short: bytes, long: Sequence[str | None]) -> Iterator[str]:
    at = 0
    for id in long:
        if id is None:
            yield short[at : at + 8].hex()
            at += 8
        else:
            yield id


class _Read:
    """What the rows of one article's mentions refer to."""

    def __init__(
        self, text: str, words: list[str], voices: list[Voice], ids: list[str], meanings: Mapping[str, bytes]
    ) -> None:
        self.text = text
        self.words = words
        self.voices = voices
        self.ids = ids
        self._meanings = meanings

    def mention(self, row: Sequence[Any]) -> Mention:
        (
            id, attribution, unattributed, spans, paragraph, stance, flags, act, speaker, via, upstream, refers_to,
            terms, quantities, dates,
        ) = row  # fmt: skip
        words, ids, voices = self.words, self.ids, self.voices
        hedges, stems, names, context = (tuple([words[i] for i in part]) for part in terms)
        return Mention(
            id=ids[id],
            attribution=None if attribution is None else ids[attribution],
            unattributed=None if unattributed is None else ids[unattributed],
            spans=self._spans(spans),
            paragraph=paragraph,
            stance=_STANCES[stance],
            negated=bool(flags & 1),
            act=None if act is None else _ACTS[act],
            direct=bool(flags & 2),
            speaker=None if speaker is None else voices[speaker],
            via=tuple([voices[i] for i in via]),
            upstream=tuple([voices[i] for i in upstream]),
            refers_to=None if refers_to is None else ids[refers_to],
            hedges=hedges,
            words=stems,
            names=names,
            quantities=tuple(
                Quantity(span=self._spans(at)[0], low=long_number(low), high=long_number(high), unit=unit, counted=noun)
                for at, low, high, unit, noun in quantities
            ),
            dates=tuple(Date(span=self._spans(at)[0], value=value, reason=reason) for at, value, reason in dates),
            context=context,
            vector=self._meanings.get(ids[id], b""),
        )

    def _spans(self, numbers: Sequence[int]) -> tuple[Span, ...]:
        found = []
        last = 0
        for step, length in zip(numbers[::2], numbers[1::2], strict=True):
            start = last + step
            last = start + length
            found.append(Span(start=start, end=last, text=self.text[start:last]))
        return tuple(found)
