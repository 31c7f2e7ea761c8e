"""What a clause is about: its words, names, figures, times and hedges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Generic, TypeVar

from sourceline.lexicon.fold import fold_name
from sourceline.lexicon.words import words_of
from sourceline.match.mentions.stems import content_words
from sourceline.match.mentions.tokens import Token, find_tokens
from sourceline.model.reading import Reading
from sourceline.model.source import Source
from sourceline.model.value import Date, Quantity

MOST_WORDS = 256
"""Content words of one mention: a clause with more is none that a person wrote."""
_MOST = 64
_NEAR = 30
_BEFORE_FIGURES = frozenset("about around some over nearly almost roughly".split())
_COUNTING = frozenset("least most to than many much".split())
"""Last words of phrases that weaken a figure and nothing else: "owned up to it" does not."""
_PHRASES = tuple(tuple(phrase.split("_")) for phrase in sorted(words_of("weakening phrases")))
_FIRST_PERSON = frozenset("i me my we us our".split())

_VALUE = TypeVar("_VALUE", Date, Quantity)


class Terms:
    """The names, figures and times of a reading, by their places."""

    def __init__(self, reading: Reading) -> None:
        self._dates = _Values(reading.dates)
        self._quantities = _Values(reading.quantities)
        self._meant: dict[int, tuple[int, Source]] = {}
        for source in reading.sources:
            for span in source.mentions if source.named else ():
                if len(span.text) <= 120:
                    self._meant.setdefault(span.start, (span.end, source))
        self._places = {place.span.start: place.name for place in reading.places}
        self._outlet = reading.document.outlet or ""
        title = reading.document.title or ""
        self.title = content_words(find_tokens(title, 0, min(len(title), 400)))
        self._known = {
            token.lower
            for source in reading.sources
            if source.named
            for token in find_tokens(source.name, 0, min(len(source.name), 120))
            if token.text[0].isupper()
        }
        several = (q.span.start for q in reading.quantities if not (q.low == q.high == 1))
        self.figures = frozenset(start for start in several if not self._dates.covers(start))
        """Where a figure stands that is no date's."""

    def dates(self, tokens: Sequence[Token], *around: Sequence[Token]) -> tuple[Date, ...]:
        """Those in the words; where there are none, those of the nearest of the stretches around that has any."""
        for stretch in (tokens, *around):
            found = self._dates.within(stretch)
            if found:
                return found
        return ()

    def quantities(self, tokens: Sequence[Token]) -> tuple[Quantity, ...]:
        times = [date.span for date in self._dates.within(tokens)]
        found = self._quantities.within(tokens)
        return tuple(q for q in found if not any(t.start < q.span.end and q.span.start < t.end for t in times))

    def words(self, tokens: Sequence[Token], speaker: str | None) -> tuple[str, ...]:
        """The stems; a pronoun is replaced by the name that it stands for. speaker: what "we" stands for."""
        pronouns = words_of("pronouns")
        found: list[str] = []
        for token in tokens:
            if len(found) >= MOST_WORDS:
                break
            name = None
            if token.lower in _FIRST_PERSON:
                name = speaker
            elif token.lower in pronouns and token.start in self._meant:
                name = self._meant[token.start][1].name
            if name is None:
                found.extend(content_words((token,)))
            else:
                found.extend(content_words(find_tokens(name, 0, min(len(name), 120))))
        return tuple(found[:MOST_WORDS])

    def names(self, tokens: Sequence[Token], sentence: Sequence[Token], speaker: str | None) -> tuple[str, ...]:
        """The folded names in the words or meant by them, in order, each once."""
        found: dict[str, None] = {}
        opening = sentence[0].start
        run: list[str] = []
        for at, token in enumerate(tokens):
            if len(found) >= _MOST:
                break
            meant = self._meant.get(token.start)
            if meant is not None:
                found.setdefault(fold_name(meant[1].name))
            if token.start in self._places:
                found.setdefault(fold_name(self._places[token.start]))
            if token.lower in _FIRST_PERSON and speaker:
                found.setdefault(fold_name(speaker))
            joined = bool(run) and tokens[at - 1].end + 1 >= token.start and not _owns(run[-1])
            if self._is_name(token, opening):
                run = [*run, token.text] if joined and len(run) < 8 else self._close(run, found, [token.text])
            else:
                run = self._close(run, found, [])
        self._close(run, found, [])
        found.pop("", None)
        return tuple(found)

    def _is_name(self, token: Token, opening: int) -> bool:
        if not token.text[0].isupper() or token.lower in words_of("function words"):
            return False
        bare = token.lower.removesuffix("'s")
        if f"{bare}." in words_of("honorifics") or bare in words_of("honorifics") or self._dates.covers(token.start):
            return False
        return token.start != opening or bare in self._known or token.start in self._places

    @staticmethod
    def _close(run: list[str], found: dict[str, None], following: list[str]) -> list[str]:
        if run:
            last = run[-1].removesuffix("'s").removesuffix("’s")
            found.setdefault(fold_name(" ".join([*run[:-1], last])))
        return following

    def hedges(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """Words that weaken it, each once."""
        weak = words_of("weakening words")
        found: dict[str, None] = {}
        for at, token in enumerate(tokens):
            if token.text not in ("May", "Might") and token.lower in weak and self._weakens(tokens, at):
                found.setdefault(token.lower)
            for phrase in _PHRASES:
                end = at + len(phrase)
                if token.lower == phrase[0] and tuple(t.lower for t in tokens[at:end]) == phrase:
                    figure = (t.start for t in (token, *tokens[end : end + 1]))
                    if phrase[-1] not in _COUNTING or self._quantities.covers(*figure):
                        found.setdefault(" ".join(phrase))
            if len(found) >= _MOST:
                break
        return tuple(found)

    def _weakens(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a word such as "about" stands before a figure; "could" need not."""
        around = (token.start for token in tokens[at : at + 2])
        return tokens[at].lower not in _BEFORE_FIGURES or self._quantities.covers(*around)

    def speaker_of(self, name: str | None) -> str | None:
        """What "we" stands for: the speaker, or the outlet where it speaks for itself."""
        return name or self._outlet or None


class _Values(Generic[_VALUE]):
    """Values by their places in the text."""

    def __init__(self, values: Iterable[_VALUE]) -> None:
        self._values: list[_VALUE] = sorted(values, key=lambda value: (value.span.start, value.span.end))
        self._starts: list[int] = [value.span.start for value in self._values]

    def within(self, tokens: Sequence[Token]) -> tuple[_VALUE, ...]:
        """Those that start in the words, at most 64."""
        if not tokens:
            return ()
        starts = {token.start for token in tokens}
        low, high = bisect_left(self._starts, tokens[0].start), bisect_left(self._starts, tokens[-1].end)
        found = (value for value in self._values[low:high] if value.span.start in starts)
        return tuple(islice(found, _MOST))

    def covers(self, *places: int) -> bool:
        """Whether one of the places lies in a value."""
        for place in places:
            at = bisect_right(self._starts, place) - 1
            if at >= 0 and place < self._values[at].span.end:
                return True
        return False


def _owns(word: str) -> bool:
    return word.endswith(("'s", "’s", "s'", "s’"))


def context_of(paragraph: Sequence[tuple[int, str]], low: int, high: int, title: Iterable[str]) -> tuple[str, ...]:
    """The words around a mention, each once: those of its paragraph that are near, and the title's.

    paragraph: the place and the stem of its content words. low, high: where the mention starts and ends.
    """
    first, last = bisect_left(paragraph, (low, "")), bisect_left(paragraph, (high, ""))
    near = paragraph[max(0, first - _NEAR) : first], paragraph[last : last + _NEAR]
    return tuple(dict.fromkeys([*(word for part in near for _, word in part), *list(title)[:_MOST]]))
