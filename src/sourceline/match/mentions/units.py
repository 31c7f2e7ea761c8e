"""The stretches of a document that mentions are cut from: one sentence's words in one voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.frames import Way, way_of
from sourceline.match.mentions.tails import Tail, find_tail
from sourceline.match.mentions.tokens import Token, find_paragraphs
from sourceline.match.mentions.verbs import is_finite
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution, Quotation

_BREAKS = frozenset(",;:.!?—–…")
_JOINING = frozenset("and but or nor so yet while whereas although though".split())
_QUOTES = frozenset('"“‘«')
_CLOSING = frozenset('"”’»')
_RELATIVE = frozenset(("who", "which", "whose", "where", "that"))
_LONG_SOURCE = 6
_ADDRESSEE = 5
_NAMED_BEFORE = 3
_SCENE = 25
"""Words after a content that may belong to it without a mark that says so."""

Label = tuple[int, bool]
"""Which attribution a token belongs to, and whether to its content."""
_FREE: Label = (-1, False)
_TAIL: Label = (-2, False)


@dataclass(slots=True)
class Unit:
    """Words of one sentence, without the source and the cue around them."""

    paragraph: int
    sentence: Sequence[Token]
    tokens: list[Token]
    attribution: Attribution | None = None
    named: Sequence[Token] = ()
    """The words for who says it, where the reading does not tell."""
    quoted: bool = False
    """Whether it is a quotation without a frame: it goes on with what was said before."""

    @property
    def direct(self) -> bool:
        quote = None if self.attribution is None else self.attribution.quote
        opened = quote is Quotation.MIXED and bool(self.tokens) and self.tokens[0].text in _QUOTES
        return self.quoted or quote is Quotation.DIRECT or opened


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    label: Label


@dataclass(slots=True)
class Layout:
    """Which of a reading's characters are contents, and which only frame them."""

    reading: Reading
    whole: dict[int, Attribution] = field(default_factory=dict)
    """Attributions whose proposition is the clause around their cue, by the place of the cue."""
    cues: dict[int, int] = field(default_factory=dict)
    """The number of each attribution, by the place of its cue."""
    _places: list[_Place] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, reading: Reading) -> Layout:
        layout = cls(reading)
        ways = [way_of(attribution, reading) for attribution in reading.attributions]
        kept = set()
        for number, attribution in enumerate(reading.attributions):
            layout.cues[attribution.cue[0].start] = number
            if ways[number] is Way.WHOLE:
                layout.whole[attribution.cue[0].start] = attribution
                if sum(len(span.text.split()) for span in attribution.source) > _LONG_SOURCE:
                    layout._places += [_Place(s.start, s.end, (number, False)) for s in attribution.source]
                else:
                    kept |= {(span.start, span.end) for span in attribution.source}
        for number, attribution in enumerate(reading.attributions):
            if ways[number] is Way.CONTENT:
                framing = [*attribution.cue, *(s for s in attribution.source if (s.start, s.end) not in kept)]
                layout._places += [_Place(s.start, s.end, (number, True)) for s in attribution.content]
                layout._places += [_Place(s.start, s.end, (number, False)) for s in framing]
        # where spans overlap, the content has the words: a source may lie in another's content
        layout._places.sort(key=lambda p: (p.start, -p.label[1], p.end))
        layout._starts = [place.start for place in layout._places]
        return layout

    def label(self, token: Token) -> Label:
        at = bisect_right(self._starts, token.start)
        best = _FREE
        for place in reversed(self._places[max(0, at - 4) : at]):
            if place.end > token.start and (best == _FREE or place.label[1] > best[1]):
                best = place.label
        return best


def find_units(reading: Reading, layout: Layout) -> Iterator[Unit]:
    """The units of the body, in the order of the text; words that frame nothing are in one as well."""
    for paragraph, sentences in find_paragraphs(reading.document):
        quoted = False
        for sentence in sentences:
            for unit in _units_of(paragraph, sentence, layout):
                free = unit.attribution is None and not unit.named
                unit.quoted = free and (quoted or _is_quotation(unit.tokens))
                yield unit
                quoted = unit.quoted and not any(token.text in _CLOSING for token in unit.tokens[1:])


def _units_of(paragraph: int, sentence: Sequence[Token], layout: Layout) -> Iterator[Unit]:
    labels = [layout.label(token) for token in sentence]
    tail = find_tail(sentence)
    spoken = None if tail is None else _take_tail(sentence, labels, tail, layout)
    _absorb(sentence, labels)
    units: dict[int, Unit] = {}
    found: list[Unit] = []
    free: Unit | None = None
    for at, (token, label) in enumerate(zip(sentence, labels, strict=True)):
        if label == _FREE:
            if free is None:
                free = Unit(paragraph, sentence, _subject(sentence, labels, at))
                found.append(free)
            free.tokens.append(token)
            continue
        if label[1]:
            if label[0] not in units:
                units[label[0]] = Unit(paragraph, sentence, [], layout.reading.attributions[label[0]])
                found.append(units[label[0]])
            units[label[0]].tokens.append(token)
        if label[1] or token.is_word:
            free = None
    if tail is not None and spoken is not None:
        for unit in found:
            if unit.attribution is None or layout.cues.get(sentence[tail.cue].start) == spoken:
                unit.named = sentence[slice(*tail.source)]
    yield from found
    yield from _said_of_sources(paragraph, sentence, labels)


def _subject(sentence: Sequence[Token], labels: Sequence[Label], at: int) -> list[Token]:
    """The subject of a verb that stands free, where the frame of an attribution has it."""
    start = at
    while start and labels[start - 1] == labels[at - 1] != _FREE and at - start <= _LONG_SOURCE:
        start -= 1
    if labels[at - 1][1] or start == at or at - start > _LONG_SOURCE or not is_finite(sentence, at):
        return []
    return list(sentence[start:at])


def _take_tail(sentence: Sequence[Token], labels: list[Label], tail: Tail, layout: Layout) -> int | None:
    """Makes the tail a frame of what stands before it, where the reading has it otherwise.

    Returns the number of the attribution whose cue it holds, -1 where it holds none, None where nothing was changed.
    """
    number = layout.cues.get(sentence[tail.cue].start)
    before, after = labels[: tail.start], labels[tail.start : tail.end]
    if number is not None and before.count((number, False)) > _NAMED_BEFORE:
        return None
    if number is not None and (number, True) in before and (number, True) not in after:
        return None
    if number is None and any(label[1] for label in before):
        if not any(label[1] for label in after):
            labels[tail.start : tail.end] = [_TAIL] * (tail.end - tail.start)
        return None
    frame = _TAIL if number is None else (number, False)
    labels[tail.start : tail.end] = [frame] * (tail.end - tail.start)
    if number is not None:
        for at in range(tail.start):
            if labels[at] == _FREE or labels[at][0] == number:
                labels[at] = number, True
    return -1 if number is None else number


def _is_quotation(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens if token.is_word]
    return len(words) > 1 and tokens[0].text in _QUOTES and words[0] is tokens[1]


def _said_of_sources(paragraph: int, sentence: Sequence[Token], labels: Sequence[Label]) -> Iterator[Unit]:
    """What a source's description asserts: "Mr Dahl, who sold 200 shares in May, said"."""
    at = 1
    while at < len(sentence):
        if sentence[at].lower in _RELATIVE and labels[at] != _FREE and not labels[at][1]:
            end = at
            while end < len(sentence) and labels[end] == labels[at] != _FREE and sentence[end].text != ",":
                end += 1
            if end - at >= 4:
                yield Unit(paragraph, sentence, list(sentence[at:end]))
            at = max(at, end)
        at += 1


def _absorb(sentence: Sequence[Token], labels: list[Label]) -> None:
    """Gives free words to the content that they run into without a break, and "and that ..." to the one before."""
    at, before, content = 0, _FREE, _FREE
    while at < len(sentence):
        if labels[at] != _FREE:
            before = labels[at]
            content = before if before[1] else content
            at += 1
            continue
        end = at
        while end < len(sentence) and labels[end] == _FREE:
            end += 1
        after = labels[end] if end < len(sentence) else _FREE
        owner = _owner(sentence, (at, end), before, after, content)
        if owner is not None:
            labels[at:end] = [owner] * (end - at)
        at = end


def _owner(
    sentence: Sequence[Token], place: tuple[int, int], before: Label, after: Label, content: Label
) -> Label | None:
    start, end = place
    words = [at for at in range(start, end) if sentence[at].is_word]
    if not words:
        colon = any(token.text in ":;" for token in sentence[start:end])
        return content if content[1] and (colon or before == after) else None
    first, last = sentence[start], sentence[end - 1]
    opening = [sentence[at].lower for at in words[:2]]
    if content[1] and len(words) > 3 and opening in (["and", "that"], ["but", "that"]):
        return content
    if after[1] and before == (after[0], False) and len(words) <= _ADDRESSEE:
        return before  # "told the Herald", "said on Monday that"
    if after[1] and not _breaks(last):
        return after
    if before[1] and (not _breaks(first) or _is_loose_end(sentence, start, end, len(words))):
        return before
    return None


def _is_loose_end(sentence: Sequence[Token], start: int, end: int, words: int) -> bool:
    """Whether a sentence ends in words that have no verb: they go with the content before them."""
    if end < len(sentence) or words > _SCENE or sentence[start].text != ",":
        return False
    first = sentence[start + 1].lower
    if first in words_of("reporting verbs") or first in _JOINING:
        return False
    return not any(is_finite(sentence, at) for at in range(start, end))


def _breaks(token: Token) -> bool:
    return token.text in _BREAKS or token.lower in _JOINING
