"""Cuts a sentence into clauses that carry one proposition each.

A conjunct, a relative clause or a clause of time is cut off where it has a verb or a figure of its own. Each rule
looks a bounded number of words ahead, so that cutting is linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from itertools import pairwise

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.tokens import Sentence, Token
from sourceline.match.mentions.verbs import is_finite

_AHEAD = 14
"""Words within which a conjunct must show its verb: a subject with a long apposition is seldom met."""
_JOINING = frozenset("and but or nor so yet while whereas although though".split())
_RELATIVE = frozenset("which who whom whose where when".split())
_AT_THE_TIME = frozenset("when as after while".split())
_DASHES = frozenset("–—-")
_COMMAS = frozenset(",;:–—-")
_ADVERBS = frozenset("also then later never now still not even only just already subsequently".split())

Clause = list[Token]


def cut_clauses(sentence: Sentence, figures: Collection[int], direct: bool) -> list[Clause]:
    """The clauses of a sentence in its order, marks at their edges left out; all of its words are in one of them.

    figures: where quantities start, in code points. direct: whether it stands in quotation marks; people's own words
    are cut less.
    """
    cutter = _Cutter(sentence, figures, direct)
    return [clause for clause in cutter.clauses() if any(t.is_word for t in clause)]


class _Cutter:
    def __init__(self, sentence: Sentence, figures: Collection[int], direct: bool) -> None:
        self._tokens = sentence
        self._direct = direct
        self._finite = [at for at in range(len(sentence)) if is_finite(sentence, at)]
        self._figures = [at for at, token in enumerate(sentence) if token.start in figures]
        self._words = [at for at, token in enumerate(sentence) if token.is_word]

    def clauses(self) -> list[Clause]:
        parts = self._listed()
        if not parts:
            for low, high in self._stretches():
                aside = self._end_of_aside(low, high)
                parts.append(list(self._tokens[low:aside]))
                if aside < high:
                    parts[-2].extend(self._tokens[aside:high])
        return [_trim(part) for part in parts]

    def _listed(self) -> list[Clause]:
        """ "11 dead, 60 missing": the items of a list in which each has its figure and none a verb."""
        marks = [at for at, token in enumerate(self._tokens) if token.text in (",", ";")]
        if self._finite or not marks or len(self._figures) < 2:
            return []
        edges = [-1, *marks, len(self._tokens)]
        parts = [(a + 1, b) for a, b in pairwise(edges)]
        if not all(self._has_figure(a, b) and self._count(self._words, a, b) >= 2 for a, b in parts):
            return []
        return [list(self._tokens[a:b]) for a, b in parts]

    def _stretches(self) -> list[tuple[int, int]]:
        found, low = [], 0
        for at in range(1, len(self._tokens) - 1):
            if at > low and self._cuts(low, at):
                found.append((low, at))
                low = at
        found.append((low, len(self._tokens)))
        return found

    def _cuts(self, low: int, at: int) -> bool:
        """Whether a clause that began at `low` ends before the mark or the conjunction here."""
        token = self._tokens[at]
        if token.text == ";":
            return True
        if token.text == ":":
            return self._cuts_at_colon(low, at)
        if token.text in _DASHES:
            return self._cuts_at_dash(low, at)
        comma = self._tokens[at - 1].text == ","
        if token.lower in _JOINING:
            return self._joins(low, at, comma)
        if token.lower in _AT_THE_TIME and self._tells_when(low, at):
            return True
        if token.lower in words_of("prepositions") and self._tokens[at + 1].lower in ("which", "whom"):
            return self._is_weighty_relative(at)
        if token.lower == "that":
            return self._reports(low, at, comma)
        if token.lower == "rather":
            return self._contrasts(at)
        if not comma:
            return False
        if token.lower in _RELATIVE:
            return self._is_weighty_relative(at)
        return self._is_participial(low, at) or self._is_absolute(low, at)

    def _cuts_at_colon(self, low: int, at: int) -> bool:
        if self._tokens[at].end == self._tokens[at + 1].start:
            return False
        if self._has_finite(low, at):
            return self._has_finite(at, min(len(self._tokens), at + 2 * _AHEAD))
        words, right = self._count(self._words, low, at), self._count(self._words, at, len(self._tokens))
        return right >= 4 and (words <= 4 or (words <= 8 and self._has_finite(at, len(self._tokens))))

    def _cuts_at_dash(self, low: int, at: int) -> bool:
        if self._tokens[at].start == self._tokens[at - 1].end or not self._has_finite(low, at):
            return False
        verb = self._next(self._finite, at)
        paired = any(token.text in _DASHES for token in self._tokens[at + 1 : verb])
        return verb is not None and at + 1 < verb <= at + _AHEAD and not paired

    def _joins(self, low: int, at: int, comma: bool) -> bool:
        """Whether a conjunction joins clauses, not words: "11 are dead and 60 are missing"."""
        start = at + 1
        comma = comma or self._tokens[at - 1].text in _DASHES
        if start >= len(self._tokens):
            return False
        if self._is_gapped(low, start):
            return True
        if self._tokens[start].lower == "that":
            return self._has_finite(at, min(len(self._tokens), at + _AHEAD))
        end = self._end_of_conjunct(start)
        left, right = self._count(self._words, low, at), self._count(self._words, start, end)
        figures = self._has_figure(low, at) and self._has_figure(start, end)
        verb = self._next(self._finite, start)
        if verb is None or verb >= end or verb > start + _AHEAD:
            return False
        plain = self._tokens[verb].lower in words_of("finite auxiliaries")
        if not self._has_finite(0 if verb == start else low, at) and not (comma and plain and left >= 6):
            return False
        if self._tokens[start].lower == "not" or self._is_elliptic(verb):
            return False
        while start < verb and self._tokens[start].lower in _ADVERBS:
            start += 1
        if self._direct:
            return figures or (comma and verb > start and left >= 10 and right >= 10)
        if verb == start:
            return left >= 5 and right >= 3 and (figures or (comma and right >= 6))
        if not self._may_be_subject(start, verb):
            return False
        return figures or (left >= 3 and right >= (2 if comma else 3))

    def _is_elliptic(self, verb: int) -> bool:
        """ "five worked and three did not": the verb stands only before the conjunction."""
        rest = [token.lower for token in self._tokens[verb : self._end_of_phrase(verb)] if token.is_word]
        return rest[0] in words_of("finite auxiliaries") and all(word in words_of("negations") for word in rest[1:])

    def _may_be_subject(self, start: int, verb: int) -> bool:
        return not any(self._tokens[at].text in _COMMAS for at in range(start, min(verb, start + 3)))

    def _is_gapped(self, low: int, start: int) -> bool:
        """ "the police counting 17 and the hospital 26": a conjunct of a name and a figure, its verb left out."""
        if not self._has_figure(low, start) or start + 1 >= len(self._tokens):
            return False
        stop = start
        while stop < len(self._tokens) and stop < start + 9 and self._tokens[stop].is_word:
            stop += 1
        if stop - start < 2 or self._has_finite(start, stop) or (stop < len(self._tokens) and stop == start + 9):
            return False
        figure = self._next(self._figures, start)
        if figure is None or not start < figure < stop or stop - figure > 2:
            return False
        first = self._tokens[start]
        return first.lower in ("the", "that", "those") or first.text[0].isupper()

    def _tells_when(self, low: int, at: int) -> bool:
        """ "60 are missing after a wave tore through": the time of something counted, with a verb of its own."""
        end = self._end_of_conjunct(at + 1)
        verb = self._next(self._finite, at + 1)
        if verb is None or not at + 1 < verb < end or not self._has_finite(low, at) or not self._has_figure(low, at):
            return False
        return self._count(self._words, low, at) >= 3 and self._count(self._words, at, end) >= 4

    def _is_weighty_relative(self, at: int) -> bool:
        end = self._end_of_relative(at)
        if not self._has_finite(at, end):
            return False
        return self._has_figure(at, end) or self._count(self._words, at, end) >= 8 or end == len(self._tokens)

    def _is_participial(self, low: int, at: int) -> bool:
        """ ", having worked at three of them": a participle with figures or names of its own."""
        word = self._tokens[at].lower
        if self._direct or not word.isalpha() or not word.endswith("ing") or len(word) < 6:
            return False
        if not self._has_finite(low, at):
            return False
        end = self._end_of_conjunct(at)
        weighty = self._has_figure(at, end) or sum(t.text[0].isupper() for t in self._tokens[at:end]) >= 2
        return weighty and self._count(self._words, at, end) >= 4

    def _is_absolute(self, low: int, at: int) -> bool:
        """ ", with 14 wounded", ", the police counting 17": a figure with a participle or less."""
        end = self._end_of_phrase(at)
        if self._direct or self._has_finite(at, end) or not self._has_finite(low, at):
            return False
        if self._count(self._words, at, end) < 3:
            return False
        if [token.lower for token in self._tokens[end - 2 : end]] == ["among", "them"]:
            return True
        if not self._has_figure(at, end):
            return False
        if self._tokens[at].lower == "with":
            return True
        return any(t.lower.endswith("ing") and len(t.lower) > 5 for t in self._tokens[at + 1 : min(end, at + 7)])

    def _reports(self, low: int, at: int, comma: bool) -> bool:
        """ "reports in the press that ...", ", that ...": what is reported inside of what is said."""
        verb = self._next(self._finite, at + 1)
        if verb is None or not at + 1 < verb <= at + _AHEAD or self._count(self._words, low, at) < 2:
            return False
        if comma:
            return self._has_finite(low, at)
        before = self._tokens[max(low, at - 4) : at]
        return any(token.lower in words_of("nouns of reports") for token in before)

    def _contrasts(self, at: int) -> bool:
        """ "at least six rather than the four it has declared": each with a figure, the latter with a verb."""
        than = at + 1 < len(self._tokens) and self._tokens[at + 1].lower == "than"
        end = self._end_of_phrase(at)
        return than and self._has_figure(at, end) and self._has_finite(at, end)

    def _end_of_phrase(self, at: int) -> int:
        """The next mark, at most some dozen words on."""
        stop = min(len(self._tokens), at + _AHEAD)
        for place in range(at, stop):
            if self._tokens[place].text in _COMMAS:
                return place
        return stop

    def _end_of_aside(self, low: int, high: int) -> int:
        """Where a relative clause ends before its stretch does; what is left takes up the clause before it."""
        if low == 0 or self._tokens[low].lower not in _RELATIVE:
            return high
        return min(high, self._end_of_relative(low))

    def _end_of_conjunct(self, start: int) -> int:
        """Where the clause that starts here may end at the latest."""
        stop = min(len(self._tokens), start + 3 * _AHEAD)
        for at in range(start, stop):
            if self._tokens[at].text in (";", ":"):
                return at
        return stop

    def _end_of_relative(self, at: int) -> int:
        """After the comma that closes the relative clause, or the end of the sentence."""
        verb = self._next(self._finite, at)
        if verb is None:
            return len(self._tokens)
        for place in range(verb + 1, min(len(self._tokens), verb + 3 * _AHEAD)):
            comma = self._tokens[place].text == "," and place + 1 < len(self._tokens)
            if comma and self._resumes(place + 1):
                return place + 1
        return len(self._tokens)

    def _resumes(self, at: int) -> bool:
        """Whether the verb of the main clause stands here, after the comma that ends an aside."""
        word = self._tokens[at].lower
        if word in _JOINING:
            return False
        verb = word in words_of("irregular pasts") or word in words_of("present verbs") or word.endswith("ed")
        return verb or self._next(self._finite, at) in (at, at + 1)

    def _has_finite(self, low: int, high: int) -> bool:
        return self._count(self._finite, low, high) > 0

    def _has_figure(self, low: int, high: int) -> bool:
        return self._count(self._figures, low, high) > 0

    @staticmethod
    def _count(places: list[int], low: int, high: int) -> int:
        return bisect_left(places, high) - bisect_left(places, low)

    @staticmethod
    def _next(places: list[int], at: int) -> int | None:
        found = bisect_left(places, at)
        return places[found] if found < len(places) else None


def _refers(following: Token) -> bool:
    """Whether "that" before this word is a pronoun ("that is", "that of the hospital")."""
    return following.lower == "of" or following.lower in words_of("finite auxiliaries")


def _dangles(clause: Clause, high: int) -> bool:
    return high > 1 and clause[high - 1].lower in ("and", "but", "or")


def _trim(clause: Clause) -> Clause:
    """Without marks and conjunctions at its edges; quotation marks stay."""
    low, high = 0, len(clause)
    while low < high and (clause[low].text in _COMMAS or clause[low].text in ".)•*"):
        low += 1
    while low < high - 1 and clause[low].lower in ("and", "but", "that", "or", ",") and clause[low + 1].is_word:
        if clause[low].lower == "that" and _refers(clause[low + 1]):
            break
        low += 1
    while high > low and (clause[high - 1].text in _COMMAS or clause[high - 1].text in ".(…" or _dangles(clause, high)):
        high -= 1
    return clause[low:high]
