"""Many readings from a few: our own articles, read once by the model, and then their paragraphs dealt out anew with
other names, figures and rare words. Every span is moved with its words, so that a varied reading is a sound one.
"""

from __future__ import annotations

import hashlib
import random
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sourceline.clean.document import clean_record
from sourceline.lexicon.fold import fold_name
from sourceline.model.evidence import Capture
from sourceline.model.identity import Profile
from sourceline.model.ids import content_id
from sourceline.model.reading import Reading
from sourceline.model.record import Record
from sourceline.model.text import Document, Region, RegionKind, Span
from sourceline.pipeline import Pipeline
from sourceline.settings import Settings
from sourceline.store.contract import Deposit
from training.markup import parse_markup

ROOT = Path(__file__).resolve().parent.parent
_SITES = re.compile(r"[0-9]+|[A-Z][a-z]{3,}|[a-z]{5,}")
_OUTLETS = 150
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
            replace(s, members=(), office_of=None, mentions=tuple(filter(within, s.mentions)))
            for s in reading.sources
            if s.id in used and (s.anonymity_reason is None or within(s.anonymity_reason))
        )
        known = {s.id for s in sources}
        part = replace(
            reading,
            document=replace(reading.document, text=paragraph[0]),
            attributions=tuple(a for a in attributions if {a.speaker, *a.via, *a.upstream} - {None} <= known),
            sources=sources,
            **{name: tuple(filter(within, getattr(reading, name))) for name in _FOUND},
        )
        names = frozenset(word for s in sources if s.named for word in re.findall(r"[A-Z][a-z]{3,}", s.name))
        yield Block(text=paragraph[0], reading=_moved(part, lambda at, low=low: at - low, paragraph[0]), names=names)


_FOUND = ("unattributed", "dates", "quantities", "places")


def _spans(item: Any) -> Iterator[Span]:
    if isinstance(item, Span):
        yield item
    elif isinstance(item, tuple):
        for part in item:
            yield from _spans(part)
    elif is_dataclass(item):
        for field in fields(item):
            yield from _spans(getattr(item, field.name))


def _moved(item: Any, place: Callable[[int], int], text: str) -> Any:
    """The same with every span at its new place in the new text."""
    if isinstance(item, Span):
        return Span.of(text, place(item.start), place(item.end))
    if isinstance(item, tuple):
        return tuple(_moved(part, place, text) for part in item)
    if is_dataclass(item) and not isinstance(item, (Document, type)):
        changed = {f.name: _moved(getattr(item, f.name), place, text) for f in fields(item)}
        return type(item)(**changed)
    return item


class Newsroom:
    """Deals out deposits, the same ones for the same seed."""

    def __init__(self, blocks: list[Block], seed: int = 7) -> None:
        self._blocks = blocks
        self._rng = random.Random(seed)
        self._outlets = [f"The {_name(self._rng)} {paper}" for paper in ("Post", "Wire", "Herald") for _ in range(50)]

    def deposits(self, count: int, *, first: int = 0) -> Iterator[Deposit]:
        for number in range(first, first + count):
            yield self._deposit(number)

    def _deposit(self, number: int) -> Deposit:
        rng = self._rng
        day = date(2029, 1, 1) + timedelta(days=rng.randrange(1200))
        published = datetime(day.year, day.month, day.day, rng.randrange(24), rng.randrange(60), tzinfo=UTC)
        reading = self._reading(number, published.isoformat() if rng.random() < 0.97 else None)
        text = reading.document.text.encode()
        # what a record holds is the store's business as little as in a ledger: bytes of about the page's size
        import gzip

        record = gzip.compress(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n" + text, 6)
        profiles = {s.id: _profile(s) for s in reading.sources if s.named}
        return Deposit(
            key=content_id("benchmark", number),
            name=f"d{number:06}",
            at=published,
            capture=Capture(
                sha256=reading.document.sha256,
                place=f"corpus.jsonl:{number + 1}",
                url=reading.document.url,
                retrieved=published + timedelta(minutes=5),
                content_type="text/html",
                headers={"content-type": "text/html"},
            ),
            record=record,
            reading=reading,
            profiles=profiles,
        )

    def _reading(self, number: int, published: str | None) -> Reading:
        rng = self._rng
        parts: list[Reading] = []
        attributions = 0
        wanted = min(60, max(2, round(rng.gauss(12, 5))))
        while attributions < wanted:
            part = self._varied(rng.choice(self._blocks))
            parts.append(part)
            attributions += len(part.attributions)
        starts = list(accumulate((len(part.document.text) + 2 for part in parts), initial=0))
        text = "\n\n".join(part.document.text for part in parts)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        found: dict[str, list[Any]] = {name: [] for name in ("attributions", "sources", *_FOUND)}
        for index, (part, start) in enumerate(zip(parts, starts, strict=False)):
            moved = _moved(part, lambda at, start=start: at + start, text)
            names = {s.id: f"s{len(found['sources']) + i + 1}" for i, s in enumerate(moved.sources)}
            found["sources"] += [replace(s, id=names[s.id]) for s in moved.sources]
            found["attributions"] += [
                replace(
                    a,
                    id=content_id(number, index, a.id),
                    speaker=names.get(a.speaker),
                    via=tuple(names[v] for v in a.via),
                    upstream=tuple(names[u] for u in a.upstream),
                )
                for a in moved.attributions
            ]
            for name in _FOUND:
                found[name] += getattr(moved, name)
        document = Document(
            id=f"d{number:06}",
            text=text,
            sha256=sha256,
            url=f"https://outlet.example/{number}",
            outlet=self._outlets[_zipf(rng, _OUTLETS)],
            title=text.split(".")[0][:90],
            published=published,
            language="en",
            regions=(Region(kind=RegionKind.BODY, start=0, end=len(text)),),
        )
        base = parts[0]
        return replace(base, document=document, notices=(), **{n: tuple(v) for n, v in found.items()})

    def _varied(self, block: Block) -> Reading:
        """The block in other words: its sources' names, its figures and some of its longer words exchanged."""
        rng = self._rng
        new_names = {name: _surname(_zipf(rng, _SURNAMES)) for name in sorted(block.names)}
        pieces, olds, news = [], [0], [0]
        end = length = 0
        for site in _SITES.finditer(block.text):
            word = site[0]
            new = new_names.get(word)
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
        text = "".join([*pieces, block.text[end:]])

        def place(at: int) -> int:
            index = bisect_right(olds, at) - 1
            return min(news[index] + at - olds[index], news[index + 1] if index + 1 < len(news) else len(text))

        moved: Reading = _moved(block.reading, place, text)
        sources = tuple(replace(s, name=_renamed(s.name, new_names)) for s in moved.sources)
        return replace(moved, sources=sources, document=replace(moved.document, text=text))


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
