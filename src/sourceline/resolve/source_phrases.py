"""A noun phrase that stands for a speaker, taken apart without a parser: determiner, head, and what lies behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.lexicon.aliases import find_country, find_places_named
from sourceline.lexicon.nouns import NounClass, class_of, is_plural
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind, EntityMention

Range = tuple[int, int]
"""Half-open characters [start, end) of the text that was read."""

LONGEST = 400
"""Code points of a phrase that are looked at."""

PRONOUNS = words_of("pronouns")
FIRST_PERSON = words_of("first person")
_STANDS_ALONE = PRONOUNS | FIRST_PERSON
_PARTIES = words_of("parties")
_DETERMINERS = words_of("determiners")
_POSSESSIVE_DETERMINERS = words_of("possessives")
_BEHIND = re.compile(
    r"of|for|from|in|inside|at|with|within|on|to|near|close|familiar|by|about|against|who|whom|whose|which|that|as|"
    r"involved|based|briefed|speaking|working|between|among|across|over|under|via|during|including|after|before|"
    r"representing|interviewed|surveyed|polled|said|then|now|currently|formerly"
)
_WORD = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*\.?|[^\w\s]")
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])$")
_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve"
_REFLEXIVES = frozenset(("himself", "herself", "itself", "themselves"))
_CALLED = re.compile(r"\s(?:called|named)\s+(?:[\w.’'-]+\s+){0,2}")
_APPOSED = re.compile(r"[^,]{0,60},\s*(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Prof)\b\.?\s+)?")
"""What leads from any description to the name of the one described: "counsel to the inquiry, Ms | Ana Ruiz"."""
_INTRODUCES = re.compile(r"[^,]{0,60},\s*(?:[\w.’'-]+\s+){0,3}")
"""What may stand between a description and the name it introduces: "its chairman, retired judge | Ana Ruiz"."""
_COUNTS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(), start=2)} | {
    "both": 2,
    "a dozen": 12,
    "couple": 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A source phrase, in characters of the text that was read."""

    start: int
    end: int
    words: tuple[str, ...]
    """Of the head phrase: from the determiner to the head."""
    head: str
    """The last word of the head phrase."""
    core: Range
    """The head phrase without its determiner."""
    determiner: str | None
    """In lower case; "'s" where a possessor stands before the noun."""
    possessor: Range | None
    name: EntityMention | None
    """The name that heads the phrase."""
    count: int | None

    @property
    def is_pronoun(self) -> bool:
        return len(self.words) == 1 and self.head.lower() in _STANDS_ALONE

    @property
    def is_plural(self) -> bool:
        return is_plural(self.head)


def read_phrase(text: str, start: int, end: int, names: Sequence[EntityMention]) -> Phrase | None:
    """The phrase at [start, end), or None where it has no word. `names`: those that overlap with it, in order."""
    end = min(end, start + LONGEST)
    head_words: list[re.Match[str]] = []
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        inside = any(name.start < match.start() < name.end for name in names)
        if inside:
            head_words.append(match)
            continue
        if word in "\"“”‘’'«»" or (word in "([" and not head_words):
            continue
        if not (word[0].isalnum() or word in "&%$"):
            break
        if head_words and _opens_behind(head_words, word):
            break
        head_words.append(match)
    while len(head_words) > 1 and head_words[-1].group().lower() in _REFLEXIVES:
        head_words.pop()  # "Ruiz himself"
    if not head_words:
        return None
    texts = [match.group() for match in head_words]
    determiner, first = _split_determiner(texts)
    possessor = None
    for at, word in enumerate(texts[:-1]):
        if _POSSESSIVE.search(word):
            possessor = (head_words[min(first, at)].start(), head_words[at].end() - len(_POSSESSIVE.search(word)[0]))  # type: ignore[index]
            determiner, first = "'s", at + 1
    core = (head_words[first].start(), head_words[-1].end())
    return Phrase(
        start=start,
        end=end,
        words=tuple(texts),
        head=_head(texts[first:]),
        core=core,
        determiner=determiner,
        possessor=possessor,
        name=_head_name(text, core, end, names),
        count=_count(texts),
    )


def _head(words: list[str]) -> str:
    """The last word, or the last one that is known for a speaker: "farmers downstream"."""
    plain = [_POSSESSIVE.sub("", word) for word in words]
    if class_of(plain[-1]) is None and plain[-1].islower():
        known = [word for word in plain if class_of(word) is not None]
        if known:
            return known[-1]
    return plain[-1]


def _opens_behind(before: list[re.Match[str]], word: str) -> bool:
    """Whether what follows the head begins here: "official | in the ministry", "report | published on Tuesday"."""
    lower = word.lower()
    if all(match.group().lower() in _DETERMINERS or match.group()[0].isdigit() for match in before):
        return lower not in ("to", "that", "of", "in", "out", "as") and _BEHIND.fullmatch(lower) is not None
    if _BEHIND.fullmatch(lower):
        return True
    noun = class_of(before[-1].group())
    return noun is not None and word == lower and lower.endswith(("ed", "ing")) and class_of(word) is None


def _split_determiner(words: list[str]) -> tuple[str | None, int]:
    first, determiner = 0, None
    while first < len(words) - 1 and (words[first].lower() in _DETERMINERS or words[first][0].isdigit()):
        determiner = determiner or words[first].lower()
        first += 1
    return determiner, first


def _count(words: list[str]) -> int | None:
    for word in words[:3]:
        lower = word.lower()
        if lower in _COUNTS:
            return _COUNTS[lower]
        if lower.isdecimal() and lower.isascii() and len(lower) < 5:
            return int(lower)
    return None


def _head_name(text: str, core: Range, end: int, names: Sequence[EntityMention]) -> EntityMention | None:
    for name in names:
        if name.start >= core[0] - 4 and name.start < core[1] <= name.end + 2 and name.end <= end:
            return None if is_people(text[name.start : name.end]) else name
    head = text[core[0] : core[1]].split()[-1:]
    for name in names:
        between = text[core[1] : name.start]
        if _CALLED.fullmatch(between) or (
            name.kind is EntityKind.PERSON
            and name.end <= end
            and not is_plural(head[-1] if head else "")
            and _APPOSED.fullmatch(between)
            and not text[name.end : end].strip(" ,.")
        ):
            return name
    if head and class_of(head[0]) is not None:  # "the trade minister, Ana Ruiz"
        for name in names:
            between = text[core[1] : name.start]
            if name.kind is EntityKind.PERSON and _INTRODUCES.fullmatch(between):
                return name
            if name.kind is not EntityKind.PERSON and _is_body(head[0]) and re.fullmatch(r",\s+(?:the\s)?", between):
                return name  # "the operator, Northline Ferries"
    return None


def _is_body(noun: str) -> bool:
    return class_of(noun) in (NounClass.ORGANISATION, NounClass.GOVERNMENT, NounClass.MEDIA, NounClass.DOCUMENT)


def is_people(name: str) -> bool:
    """Whether a name tells of people at large, by party, nation or calling: "Corran Republicans", "Mexicans"."""
    last = _POSSESSIVE.sub("", name.split()[-1]).rstrip("’'") if name.split() else ""
    if not is_plural(last) or find_places_named(name):
        return False
    called = class_of(last) in (NounClass.PERSON, NounClass.OFFICE, NounClass.COLLECTIVE)
    return last.lower() in _PARTIES or called or find_country(last) is not None


def is_possessed(phrase: Phrase) -> bool:
    """Whether somebody's: "her mother", "the company's lawyer"."""
    return phrase.determiner == "'s" or phrase.determiner in _POSSESSIVE_DETERMINERS
