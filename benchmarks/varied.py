"""Many readings from a few: our own articles, read once by the model, and then their paragraphs dealt out anew with
other names, figures and rare words. Every span is moved with its words, so that a varied reading is a sound one.
"""

from __future__ import annotations

import gzip
import hashlib
import random
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sourceline.clean.document import clean_record
from sourceline.lexicon.fold import fold_name
from sourceline.model.evidence import Capture
from sourceline.model.identity import Profile
from sourceline.model.ids import content_id
from sourceline.model.reading import Reading
from sourceline.model.record import Record
from sourceline.model.source import Source
from sourceline.model.speech import Assertion, Attribution
from sourceline.model.text import Document, Region, RegionKind, Span
from sourceline.model.value import Date, Place, Quantity
from sourceline.pipeline import Pipeline
from sourceline.settings import Settings
from sourceline.store.contract import Deposit
from training.markup import parse_markup

ROOT = Path(__file__).resolve().parent.parent
_SITES = re.compile(r"[0-9]+|[A-Z][a-z]{3,}|[a-z]{5,}")
DAYS = 1200
"""Over so many days the articles are spread."""
_SURNAMES = 40_000
_RARE = 150_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph with everything that was read in it, its offsets from the paragraph's first character."""

    text: str
    reading: Reading
    names: frozenset[str]
    """The words of its sources' names."""


def read_blocks(articles: int) -> list[Block]:
    """The paragraphs of so many of our own articles, each with what the model read in it."""
    paths = [*sorted(ROOT.glob("examples/*.txt")), *sorted(ROOT.glob("training/fiction/*.txt"))[::3]][:articles]
    pipeline = Pipeline(Settings())
    texts = [parse_markup(path.read_text("utf-8"))["text"] for path in paths]
    readings = (pipeline.read(clean_record(Record(id=str(i), text=t), Settings())) for i, t in enumerate(texts))
    return [block for reading in readings for block in _blocks(reading)]


def _blocks(reading: Reading) -> Iterator[Block]:
    text = reading.document.text
    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        low, high = paragraph.span()

        def within(item: Any, low: int = low, high: int = high) -> bool:
            return all(low <= span.start and span.end <= high for span in _spans(item))

        attributions = tuple(filter(within, reading.attributions))
        used = {n for a in attributions for n in (a.speaker, *a.via, *a.upstream)}
        sources = tuple(
            replace(
                s, members=(), office_of=None, mentions=tuple(m for m in s.mentions if low <= m.start and m.end <= high)
            )
            for s in reading.sources
            if s.id in used and (s.anonymity_reason is None or low <= s.anonymity_reason.start < high)
        )
        known = {s.id for s in sources}
        move = _Move(text=paragraph[0], olds=[low], news=[0], shift=0)
        wanted = tuple(a for a in attributions if {a.speaker, *a.via, *a.upstream} - {None} <= known)
        part = replace(
            reading,
            document=replace(reading.document, text=paragraph[0]),
            attributions=tuple(map(move.item, wanted)),
            sources=tuple(map(move.item, sources)),
            **{name: tuple(map(move.item, filter(within, getattr(reading, name)))) for name in _FOUND},
        )
        names = frozenset(word for s in sources if s.named for word in re.findall(r"[A-Z][a-z]{3,}", s.name))
        yield Block(text=paragraph[0], reading=part, names=names)


_FOUND = ("unattributed", "dates", "quantities", "places")
_SPANS = {
    Attribution: ("source", "cue", "content"),
    Source: ("mentions", "anonymity_reason"),
    Assertion: ("span",),
    Date: ("span",),
    Quantity: ("span",),
    Place: ("span",),
}
"""The fields that hold spans."""


def _spans(item: Any) -> Iterator[Span]:
    for name in _SPANS[type(item)]:
        held = getattr(item, name)
        yield from held if isinstance(held, tuple) else () if held is None else (held,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """From the places of one text to those of another, which begins `shift` characters into the whole."""

    text: str
    olds: list[int]
    news: list[int]
    shift: int

    def place(self, at: int) -> int:
        index = bisect_right(self.olds, at) - 1
        last = index + 1 == len(self.olds)
        return min(self.news[index] + at - self.olds[index], len(self.text) if last else self.news[index + 1])

    def span(self, span: Span) -> Span:
        start, end = self.place(span.start), self.place(span.end)
        return Span(start=start + self.shift, end=end + self.shift, text=self.text[start:end])

    def item(self, item: Any, **other: Any) -> Any:
        """The same with its spans moved, and other fields exchanged."""
        for name in _SPANS[type(item)]:
            held = getattr(item, name)
            if held is not None:
                other[name] = tuple(map(self.span, held)) if isinstance(held, tuple) else self.span(held)
        return replace(item, **other)


class Newsroom:
    """Deals out deposits, the same ones for the same seed."""

    def __init__(self, blocks: list[Block], *, undated: float = 0.03, edited: float = 0.0, seed: int = 7) -> None:
        """`undated`, `edited`: shares of articles without a date, and of those that come a second time, edited."""
        self._blocks = blocks
        self._undated = undated
        self._edited = edited
        self._rng = random.Random(seed)
        self._outlets = [f"The {_name(self._rng)} {paper}" for paper in ("Post", "Wire", "Herald") for _ in range(50)]

    def deposits(self, count: int, *, first: int = 0) -> Iterator[Deposit]:
        for number in range(first, first + count):
            deposit = self._deposit(number)
            yield deposit
            if self._edited and self._rng.random() < self._edited:
                yield self._edit(number, deposit)

    def _edit(self, number: int, before: Deposit) -> Deposit:
        """Another text of the same article, an hour later."""
        after = self._deposit(number)
        document = replace(after.reading.document, published=before.reading.document.published)
        return replace(after, at=before.at + timedelta(hours=1), reading=replace(after.reading, document=document))

    def _deposit(self, number: int) -> Deposit:
        rng = self._rng
        day = date(2029, 1, 1) + timedelta(days=rng.randrange(DAYS))
        published = datetime(day.year, day.month, day.day, rng.randrange(24), rng.randrange(60), tzinfo=UTC)
        dated = rng.random() >= self._undated
        reading = self._reading(number, published.isoformat() if dated else None)
        document = reading.document
        return Deposit(
            key=content_id("benchmark", number),
            name=document.id,
            at=published,
            capture=Capture(
                sha256=document.sha256,
                place=f"corpus.jsonl:{number + 1}",
                url=document.url,
                retrieved=published + timedelta(minutes=5),
                content_type="text/html",
                headers={"content-type": "text/html"},
            ),
            record=gzip.compress(f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n{document.text}".encode(), 6),
            reading=reading,
            profiles={s.id: _profile(s) for s in reading.sources if s.named},
        )

    def _reading(self, number: int, published: str | None) -> Reading:
        rng = self._rng
        found: dict[str, list[Any]] = {name: [] for name in ("attributions", "sources", *_FOUND)}
        texts: list[str] = []
        length = 0
        wanted = min(60, max(2, round(rng.gauss(12, 5))))
        while len(found["attributions"]) < wanted:
            block = rng.choice(self._blocks)
            move, names = self._varied(block, length)
            self._add(found, number, block, move, names)
            texts.append(move.text)
            length += len(move.text) + 2
        text = "\n\n".join(texts)
        document = Document(
            id=f"d{number:06}",
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            url=f"https://outlet.example/{number}",
            outlet=self._outlets[_zipf(rng, len(self._outlets))],
            title=text.split(".")[0][:90],
            published=published,
            language="en",
            regions=(Region(kind=RegionKind.BODY, start=0, end=len(text)),),
        )
        first = self._blocks[0].reading
        return replace(first, document=document, notices=(), **{name: tuple(items) for name, items in found.items()})

    def _add(self, found: dict[str, list[Any]], number: int, block: Block, move: _Move, names: dict[str, str]) -> None:
        """What was read in the block, at its new place and with its own numbers for sources."""
        reading, before = block.reading, len(found["sources"])
        ids: dict[str | None, str] = {s.id: f"s{before + i}" for i, s in enumerate(reading.sources, 1)}
        found["sources"] += [move.item(s, id=ids[s.id], name=_renamed(s.name, names)) for s in reading.sources]
        found["attributions"] += [
            move.item(
                a,
                id=content_id(number, move.shift, a.id),
                speaker=ids.get(a.speaker),
                via=tuple(ids[v] for v in a.via),
                upstream=tuple(ids[u] for u in a.upstream),
            )
            for a in reading.attributions
        ]
        for name in _FOUND:
            found[name] += map(move.item, getattr(reading, name))

    def _varied(self, block: Block, shift: int) -> tuple[_Move, dict[str, str]]:
        """The block in other words, its sources' names, its figures and some of its longer words exchanged; and the
        new names."""
        rng = self._rng
        names = {name: _surname(_zipf(rng, _SURNAMES)) for name in sorted(block.names)}
        pieces, olds, news = [], [0], [0]
        end = length = 0
        for site in _SITES.finditer(block.text):
            word = site[0]
            new = names.get(word)
            if new is None and word.isdigit():
                new = "".join(rng.choice("123456789") for _ in word)
            if new is None and (word[0].isupper() or rng.random() > 0.04):
                continue
            new = new or _surname(_SURNAMES + _zipf(rng, _RARE)).lower()
            pieces += [block.text[end : site.start()], new]
            length += site.start() - end + len(new)
            end = site.end()
            olds.append(end)
            news.append(length)
        return _Move(text="".join([*pieces, block.text[end:]]), olds=olds, news=news, shift=shift), names


def _renamed(name: str, names: dict[str, str]) -> str:
    return re.sub(r"[A-Z][a-z]{3,}", lambda word: names.get(word[0], word[0]), name)


def _profile(source: Any) -> Profile:
    parts = (fold_name(source.name), source.name, source.kind, source.role, source.affiliation)
    return Profile(
        id=content_id(*parts),
        key=parts[0],
        name=source.name,
        kind=source.kind,
        role=source.role,
        affiliation=source.affiliation,
        ids=source.ids,
    )


def _zipf(rng: random.Random, size: int) -> int:
    """A rank below `size`, rank r about as often as 1 / (r + 1)."""
    return min(size - 1, int(size ** rng.random()) - 1)


_SYLLABLES = "ba cel dor fen gal hul jin kor lam mer nol pra quin ros sal tor ulm vel win yar zet bro cla dre".split()


def _surname(rank: int) -> str:
    word = ""
    rank += 24 * 24
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word.capitalize()


def _name(rng: random.Random) -> str:
    return _surname(rng.randrange(5000))
