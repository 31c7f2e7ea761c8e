"""The stretches of a document that mentions are cut from: one sentence's words in one voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sourceline.match.mentions.frames import Way, way_of
from sourceline.match.mentions.tokens import Token, find_paragraphs
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution, Quotation

_BREAKS = frozenset(",;:.!?—–…")
_JOINING = frozenset("and but or nor so yet while whereas although though".split())


@dataclass(slots=True)
class Unit:
    """Words of one sentence, without the source and the cue around them."""

    paragraph: int
    sentence: Sequence[Token]
    tokens: list[Token]
    attribution: Attribution | None
    whole: dict[int, Attribution] = field(default_factory=dict)
    """Attributions whose proposition is the clause around their cue, by the place of the cue."""

    @property
    def direct(self) -> bool:
        return self.attribution is not None and self.attribution.quote is Quotation.DIRECT


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    attribution: int
    content: bool


_FREE = -1


class Layout:
    """Which of a reading's characters are contents, and which only frame them."""

    def __init__(self, reading: Reading) -> None:
        self._attributions = reading.attributions
        self.ways = [way_of(attribution, reading) for attribution in reading.attributions]
        places = []
        self.whole: dict[int, Attribution] = {}
        for number, attribution in enumerate(reading.attributions):
            if self.ways[number] is Way.CONTENT:
                places += [_Place(s.start, s.end, number, True) for s in attribution.content]
                places += [_Place(s.start, s.end, number, False) for s in (*attribution.source, *attribution.cue)]
            elif self.ways[number] is Way.WHOLE:
                self.whole[attribution.cue[0].start] = attribution
        # where spans overlap, the content has the words: an anonymous source may lie in another's content
        self._places = sorted(places, key=lambda p: (p.start, -p.content, p.end))
        self._starts = [place.start for place in self._places]

    def label(self, token: Token) -> tuple[int, bool]:
        """The attribution that the token belongs to, and whether to its content; (-1, False) for neither."""
        at = bisect_right(self._starts, token.start)
        best: _Place | None = None
        for place in reversed(self._places[max(0, at - 4) : at]):
            if place.end > token.start and (best is None or place.content > best.content):
                best = place
        return (_FREE, False) if best is None else (best.attribution, best.content)

    def attribution(self, number: int) -> Attribution:
        return self._attributions[number]


def find_units(reading: Reading) -> Iterator[Unit]:
    """The units of the body, in the order of the text; all words that frame nothing are in one."""
    layout = Layout(reading)
    for paragraph, sentences in find_paragraphs(reading.document):
        for sentence in sentences:
            yield from _units_of(paragraph, sentence, layout)


def _units_of(paragraph: int, sentence: Sequence[Token], layout: Layout) -> Iterator[Unit]:
    labels = [layout.label(token) for token in sentence]
    _absorb(sentence, labels)
    units: dict[int, Unit] = {}
    found: list[Unit] = []
    free: Unit | None = None
    for token, (number, content) in zip(sentence, labels, strict=True):
        if number == _FREE:
            if free is None:
                free = Unit(paragraph, sentence, [], None, layout.whole)
                found.append(free)
            free.tokens.append(token)
            continue
        if content:
            if number not in units:
                units[number] = Unit(paragraph, sentence, [], layout.attribution(number))
                found.append(units[number])
            units[number].tokens.append(token)
        if content or token.is_word:
            free = None
    yield from found


def _absorb(sentence: Sequence[Token], labels: list[tuple[int, bool]]) -> None:
    """Gives free words to the content that they run into without a break, and "and that ..." to the one before."""
    at, before = 0, (_FREE, False)
    content = (_FREE, False)
    while at < len(sentence):
        if labels[at][0] != _FREE:
            before = labels[at]
            content = before if before[1] else content
            at += 1
            continue
        end = at
        while end < len(sentence) and labels[end][0] == _FREE:
            end += 1
        after = labels[end] if end < len(sentence) else (_FREE, False)
        owner = _owner(sentence, at, end, before, after, content)
        if owner is not None:
            labels[at:end] = [owner] * (end - at)
        at = end


def _owner(
    sentence: Sequence[Token],
    start: int,
    end: int,
    before: tuple[int, bool],
    after: tuple[int, bool],
    content: tuple[int, bool],
) -> tuple[int, bool] | None:
    words = [token for token in sentence[start:end] if token.is_word]
    if not words:
        return before if before[1] and before == after else None
    if content[1] and words[0].lower in ("and", "but") and len(words) > 3 and words[1].lower == "that":
        return content
    if after[1] and sentence[end - 1].text not in _BREAKS and sentence[end - 1].lower not in _JOINING:
        return after
    if before[1] and sentence[start].text not in _BREAKS and sentence[start].lower not in _JOINING:
        return before
    return None
