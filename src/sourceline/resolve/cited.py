"""Who is cited beside a saying, outside what is said: "The Times, citing two officials, reported"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourceline.lexicon.nouns import class_of
from sourceline.resolve.papers import NOUNS
from sourceline.resolve.phrases import find_object, name_beside
from sourceline.resolve.reports import CITING, range_of
from sourceline.resolve.sayings import Range
from sourceline.resolve.words import Word, word_set

_CITED = CITING | word_set("crediting credited credits")
_TOLD = word_set("told informed briefed assured warned advised")
_TELLING = word_set("word authority testimony")
_BASED = word_set("based basing relying relied relies drawing drew draws")
_ACCOUNTS = word_set(
    "account accounts interview interviews information data documents testimony statements figures reports report "
    "evidence remarks comments records conversations material"
)
_PAPERS = NOUNS | _ACCOUNTS | word_set("study survey poll investigation review analysis records sources lists")
_PASSIVE = word_set("was were is are been being be")
_LINKS = word_set("from by of with")
_PAIRS = frozenset((word, link) for words, link in ((_TOLD, "by"), (_TELLING, "of"), (_BASED, "on")) for word in words)
"""What leads to somebody two words on: "told by", "on the word of", "based on"."""
_NEAR = 6
"""Words between "attributed" and its "to", at most."""


def find_cited(frame: Sequence[Word]) -> Iterator[Range]:
    """Those whom the sentence about a saying cites, with their determiner. `frame`: its words without the content."""
    for at, word in enumerate(frame):
        lower = word.lower
        following = frame[at + 1].lower if at + 1 < len(frame) else ""
        before = frame[at - 1].lower if at else ""
        if lower in _CITED and before not in _PASSIVE and following not in ("by", "in", "for"):
            yield from _somebody(frame, at + 1)
        elif lower in ("attributing", "attributed") and before not in _PASSIVE:
            to = next((i for i in range(at + 1, min(len(frame), at + _NEAR)) if frame[i].lower == "to"), None)
            if to is not None:
                yield from _somebody(frame, to + 1)
        elif (lower, following) in _PAIRS:
            yield from _somebody(frame, at + 2)


def _somebody(frame: Sequence[Word], at: int) -> Iterator[Range]:
    """Who stands there, or behind "data from": nobody where it is no person, body or paper ("citing bad weather")."""
    who = find_object(frame, at)
    if who is None:
        return
    if frame[who[1] - 1].lower in _ACCOUNTS and who[1] < len(frame) and frame[who[1]].lower in _LINKS:
        who = find_object(frame, who[1] + 1) or who
    who = name_beside(frame, who) or who
    head = frame[who[1] - 1]
    if not head.is_capitalised and class_of(head.text) is None and head.lower not in _PAPERS:
        return
    cited = range_of(frame, who)
    if cited[0] < cited[1]:  # a frame put together of parts may be out of order
        yield cited
