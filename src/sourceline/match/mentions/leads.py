"""The words before a clause that it is about: what a relative clause describes, the subject of a conjunct."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.tokens import Token
from sourceline.match.mentions.verbs import is_finite

_RELATIVE = frozenset("who which whose whom where that".split())
_LONGEST = 8


def find_lead(sentence: Sequence[Token], unit: Sequence[Token], clause: Sequence[Token]) -> list[Token]:
    """Words of the sentence that the clause needs to be understood alone; none where it has a subject of its own.

    unit: the words in the same voice, of which the clause is a part.
    """
    first = clause[0]
    if first.lower in _RELATIVE or (len(clause) > 1 and clause[1].lower in ("which", "whom")):
        return _described(sentence, bisect_left(sentence, first.start, key=lambda token: token.start))
    if first.start == unit[0].start or not is_finite(clause, 0):
        return []
    return _subject(unit, first.start)


def _described(sentence: Sequence[Token], at: int) -> list[Token]:
    """The noun phrase before a relative clause."""
    end = at - 1 if at and sentence[at - 1].text in (",", "(", "–", "—") else at
    start = end
    while start and end - start < _LONGEST:
        token = sentence[start - 1]
        ends = token.lower in words_of("prepositions") and token.lower != "of"
        if not token.is_word or ends or is_finite(sentence, start - 1):
            break
        start -= 1
    return list(sentence[start:end])


def _subject(unit: Sequence[Token], before: int) -> list[Token]:
    """What stands before the first verb of the words that the clause goes on from."""
    found: list[Token] = []
    for at, token in enumerate(unit[:_LONGEST]):
        if token.start >= before or is_finite(unit, at):
            break
        found.append(token)
    return found if len(found) < min(_LONGEST, len(unit)) else []
