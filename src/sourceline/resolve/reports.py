"""Reports inside what is said: every place where somebody may be credited with a saying, a thought or a decision.

Candidates only, told by closed classes and the words that reports are made with; `upstream` weighs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sourceline.lexicon.nouns import class_of
from sourceline.resolve.outlets import is_possessive
from sourceline.resolve.phrases import find_object, find_phrase, find_subject, name_beside, widen_phrase
from sourceline.resolve.sayings import Range
from sourceline.resolve.words import APOSTROPHES, DETERMINERS, QUOTATION_MARKS, Word, word_set

CITING = word_set("citing quoting cited quoted quotes cites quote cite echoing echoed echoes")
CLAIMS = word_set(
    "claim claims allegation allegations accusation accusations suggestion suggestions assertion assertions "
    "statement statements remarks remark comments comment warning warnings denial account promise promises pledge "
    "announcement criticism words report reports analysis line view views opinion belief conclusion estimate estimates "
    "insistence contention argument assessment prediction message tweet letter speech proposal call study poll article "
    "figures data testimony"
)
"""Nouns of what somebody has said, written or found."""
DECIDES = word_set(
    "asked urged warned denied offered complained declined decided delayed agreed ordered postponed refused promised "
    "threatened considered demanded rejected vowed pledged approved"
)
"""Forms by which somebody else's decision or demand is reported: "state media reported that he had delayed it"."""
_RELATIVES = word_set("who that which")
_PRONOUNS = word_set("he she they it")
_JOINING = word_set("and then but or also later")
_AUXILIARIES = word_set("has have had also even recently once later just already now still often always then ever")
_TOLD = word_set("learned learn learnt heard hear hears told tell word information")
_CLAUSE_OPENERS = word_set("that when because while if but whether where after before as although though since")
_SENTENCE_ENDS = frozenset(".!?;:—–") | QUOTATION_MARKS
_FARTHEST = 30
"""Words that a subject may stand away from the second of two joined verbs."""


class How(StrEnum):
    """How the one who is credited stands to the word that reports."""

    SUBJECT = "subject"
    INVERTED = "inverted"
    WIDER = "wider"
    OPENING = "opening"
    JOINED = "joined"
    RELATIVE = "relative"
    OBJECT = "object"
    OWNER = "owner"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Word ranges of the content's words: who may be credited, without determiner, and the word that reports."""

    who: tuple[int, int]
    head: int
    word: int
    how: How

    @classmethod
    def of(cls, who: tuple[int, int], word: int, how: How) -> Report:
        return cls(who=who, head=who[1] - 1, word=word, how=how)


def find_reports(words: Sequence[Word], reporting: Collection[str]) -> Iterator[Report]:
    """The reports that `words` may hold, in the order of the words that report. `reporting`: these, in small letters.

    Linear: each looks at a bounded number of words around it.
    """
    for at, word in enumerate(words):
        lower = word.lower
        if lower != word.text and at and words[at - 1].is_word:
            continue  # a name within the sentence
        if lower in reporting and not is_owned_claim(words, at):
            yield from _with_subject(words, at)
            if at + 1 < len(words) and words[at + 1].lower == "by":
                yield from _with_object(words, at, at + 2, How.AGENT)
        if lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to":
            yield from _with_object(words, at, at + 2, How.OBJECT)
        elif lower in CITING:
            yield from _with_object(words, at, at + 1, How.OBJECT)
        elif lower in _TOLD and at + 1 < len(words) and words[at + 1].lower == "from":
            yield from _with_object(words, at, at + 2, How.OBJECT)
        if lower in CLAIMS:
            yield from _of_claim(words, at)


def is_owned_claim(words: Sequence[Word], at: int) -> bool:
    """The noun of "Brand's claim", which may be a verb elsewhere."""
    return words[at].lower in CLAIMS and at > 0 and bool(is_possessive(words, at - 1) or is_possessive(words, at - 2))


def _with_subject(words: Sequence[Word], verb: int) -> Iterator[Report]:
    before = verb
    while before > 0 and (words[before - 1].lower in _AUXILIARIES or words[before - 1].lower.endswith("ly")):
        before -= 1
    previous = words[before - 1] if before else None
    if previous is not None and previous.lower in _RELATIVES and before > 1:
        end = before - 1
        while end > 1 and words[end - 1].text in (",", "]", "["):
            end -= 1
        who = find_phrase(words, end)
        if who is not None:
            yield Report.of(who, verb, How.RELATIVE)
            return
    if previous is not None and previous.lower == "it":
        yield Report.of((before - 1, before), verb, How.SUBJECT)
        return
    who = find_subject(words, verb) if verb else None
    if who is not None and who[0] < verb:
        named = name_beside(words, who)
        who = named if named is not None and named[1] < verb else who
        yield Report.of(who, verb, How.SUBJECT)
        yield from _wider_subjects(words, who, verb)
    elif who is not None:
        yield Report.of(who, verb, How.INVERTED)
    elif previous is None or previous.text in QUOTATION_MARKS or previous.text == ",":
        who = find_object(words, verb + 1)
        if who is not None:
            yield Report.of(who, verb, How.INVERTED)
    elif previous.lower in _JOINING:
        who = _clause_subject(words, before - 1)
        if who is not None:
            yield Report.of(who, verb, How.JOINED)


def _wider_subjects(words: Sequence[Word], nearest: tuple[int, int], verb: int) -> Iterator[Report]:
    """What the nearest noun phrase may only describe: "voters in Corran say", "Brand, a pastor at Tarsk, said"."""
    wider = widen_phrase(words, nearest)
    if wider is not None:
        yield Report(who=(wider[0], nearest[1]), head=wider[1] - 1, word=verb, how=How.WIDER)
    opening = _clause_subject(words, nearest[0])
    if opening is not None and (wider is None or opening[0] != wider[0]):
        described = words[opening[1]].text == "," or words[opening[1]].lower.endswith(("ed", "ing"))
        if described:
            yield Report.of(opening, verb, How.OPENING)


def _clause_subject(words: Sequence[Word], joint: int) -> tuple[int, int] | None:
    """What opens the clause before "and": of "One guy came in and said" the guy."""
    first = joint
    while first > 0 and joint - first < _FARTHEST:
        word = words[first - 1]
        if word.text in _SENTENCE_ENDS or word.lower in _CLAUSE_OPENERS:
            break
        first -= 1
    if first == joint:
        return None
    if words[first].lower in _PRONOUNS:
        return first, first + 1
    first += words[first].lower == "one"
    who = find_object(words, first)
    if who is None or who[1] >= joint:
        return None
    noun = next((at for at in range(who[0], who[1]) if class_of(words[at].text) is not None), who[1] - 1)
    return who[0], noun + 1


def _with_object(words: Sequence[Word], word: int, at: int, how: How) -> Iterator[Report]:
    """Who stands behind "citing": of "data from the Institute" the institute."""
    who = find_object(words, at)
    if who is not None and who[1] < len(words) and words[who[1]].lower in ("from", "by"):
        who = find_object(words, who[1] + 1, named=True) or who
    if who is not None:
        yield Report.of(who, word, how)


def _of_claim(words: Sequence[Word], claim: int) -> Iterator[Report]:
    """Whose claim it is: of "a magazine's claim that" and "claims made by the magazine that" the magazine."""
    for at in range(claim + 1, min(len(words) - 1, claim + 5)):
        if words[at].lower in ("by", "from"):
            who = find_object(words, at + 1)
            if who is not None and words[who[0]].lower not in ("and", "or"):
                yield Report.of(who, claim, How.AGENT)
                return
        if not words[at].is_word or words[at].lower == "that":
            break
    for at in range(claim - 1, max(0, claim - 5), -1):
        if is_possessive(words, at):
            who = find_phrase(words, at)
            if who is not None:
                yield Report.of(who, claim, How.OWNER)
            return
        if words[at].text not in APOSTROPHES and not words[at].is_word:
            return


def range_of(words: Sequence[Word], who: tuple[int, int]) -> Range:
    """Characters of a phrase with its determiner: "the minister" may be somebody known, "a minister" is not."""
    first, last = who
    if first and words[first - 1].lower in DETERMINERS and words[first - 1].lower != "that":
        first -= 1
    return words[first].start, words[last - 1].end
