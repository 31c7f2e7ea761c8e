"""The noun phrase before a verb or behind a preposition, told by closed classes of words alone."""

from __future__ import annotations

from collections.abc import Sequence

from sourceline.lexicon.nouns import class_of
from sourceline.resolve.words import APOSTROPHES, DETERMINERS, MASK, QUOTATION_MARKS, Word, word_set

_PRONOUNS = word_set("he she they")
_NEVER = word_set(
    "i we you it me us him them there what that this which one ones nobody nothing everybody everyone anybody "
    "anyone someone somebody myself himself herself themselves"
)
_AUXILIARIES = word_set(
    "has have had also even recently once then later just already now still first often always himself herself "
    "themselves itself simply repeatedly reportedly previously earlier today yesterday again actually never soon "
    "long only both all twice lately"
)
_PROGRESSIVE = word_set("is are was were been keep keeps kept")
_TIMES = word_set("night week month year morning afternoon evening day time")
_WHICH_TIME = word_set("last this that one other")
_CONTRACTED = word_set("ve d re s m")
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_BOUNDARIES = word_set(
    "that because when while if as but after before than since although though whether where why how what which "
    "who so then is are was were be been being am do does did will would can could should may might must shall to "
    "not or until unless yet nor like about with by during despite under into through over against between said "
    "says told saying think thinks know knows believe have has had"
)
_POSTMODIFIERS = word_set("of in from for at on")
_HANGING = word_set("of in from for at on to with by near inside within among")
_ADJECTIVES = word_set("close loyal sympathetic familiar")
_PARTS = word_set(
    "one two three four five six seven eight nine ten some many most several few dozens scores hundreds thousands "
    "number majority group half third couple"
)
_QUANTIFIERS = word_set("all both several many most some any")
_LONGEST = 14


def find_subject(words: Sequence[Word], verb: int) -> tuple[int, int] | None:
    """Word range of the subject of the finite verb at `verb`, without determiner; None where none can be told."""
    end = verb
    skipped = _AUXILIARIES | _DAYS | (_PROGRESSIVE if words[verb].lower.endswith("ing") else frozenset())
    while end > 0:
        word = words[end - 1]
        if word.lower in skipped or word.lower.endswith("ly"):
            end -= 1
        elif end > 1 and _is_skipped_pair(words[end - 2], word):
            end -= 2
        else:
            break
    if end > 0 and words[end - 1].text in QUOTATION_MARKS and verb == end:
        return find_object(words, verb + 1, named=True)
    if end > 1 and words[end - 1].text == ",":
        before = _before_insertion(words, end - 1)
        if before is None:
            return find_object(words, verb + 1, named=True) if words[verb - 1].text == "," else None
        end = before
    return find_phrase(words, end)


def _is_skipped_pair(first: Word, second: Word) -> bool:
    """ "last week", and the "'ve" of "he've said"."""
    when = second.lower in _TIMES and first.lower in _WHICH_TIME
    return when or (second.lower in _CONTRACTED and first.text in APOSTROPHES)


def _before_insertion(words: Sequence[Word], comma: int) -> int | None:
    """Where the phrase ends that an insertion between commas ("Corran, the minister, said") follows."""
    for at in range(comma - 1, max(0, comma - _LONGEST), -1):
        if words[at].text == ",":
            return at
        if not words[at].is_word and words[at].text not in APOSTROPHES | {"."}:
            return None
    return None


def find_phrase(words: Sequence[Word], end: int) -> tuple[int, int] | None:
    """Word range of the noun phrase that ends before `end`, without determiner."""
    if end <= 0 or not words[end - 1].is_word or words[end - 1].text == MASK:
        return None
    last = words[end - 1].lower
    if last in _PRONOUNS:
        return end - 1, end
    if last in _NEVER or last in _BOUNDARIES or last in DETERMINERS or last in _POSTMODIFIERS or last in ("and", "s"):
        return None
    first = end
    common = not words[end - 1].is_capitalised
    while first > 0 and end - first < _LONGEST:
        word, next_word = words[first - 1], words[min(first, end - 1)]
        lower, within_name = word.lower, _is_joining(words, first - 1)
        if lower in DETERMINERS:
            break
        if within_name or (word.text == "." and first > 1 and _is_abbreviation(words[first - 2])):
            first -= 1
        elif not (word.is_word or word.text == "%") or word.text == MASK or lower in _BOUNDARIES or lower in _NEVER:
            if word.text in APOSTROPHES and next_word.text == "s":
                first -= 1
                continue
            break
        elif lower == "and" or (lower in _POSTMODIFIERS and not _is_joined(words, first - 1)):
            break
        elif word.is_capitalised or common or not next_word.is_capitalised or lower == "of":
            first -= 1
        else:
            break
    while first < end and (not words[first].is_word or words[first].lower in _POSTMODIFIERS | DETERMINERS):
        first += 1
    return (first, end) if first < end else None


def _is_joined(words: Sequence[Word], preposition: int) -> bool:
    """Whether the preposition hangs on a noun to its left: only "of" is taken to."""
    if preposition == 0:
        return False
    if words[preposition].lower == "in":
        return words[preposition + 1].text.isdigit()  # six in 10
    return words[preposition].lower == "of" and (words[preposition - 1].is_word or words[preposition - 1].text == "%")


def _is_abbreviation(word: Word) -> bool:
    return word.is_capitalised and len(word.text) < 5


def _is_joining(words: Sequence[Word], at: int) -> bool:
    """Whether the word stands within a name: the Center *for* Security Policy."""
    if words[at].lower not in ("of", "for", "the", "and") or not 0 < at < len(words) - 1:
        return False
    return words[at - 1].is_capitalised and words[at + 1].is_capitalised


def widen_phrase(words: Sequence[Word], phrase: tuple[int, int]) -> tuple[int, int] | None:
    """The phrase that this one hangs on behind a preposition, from its first word to its head: of "people close to
    Corran" and "voters in all five states" people and voters. None where it hangs on none."""
    first = phrase[0]
    wider = None
    for _ in range(3):
        while first and words[first - 1].lower in DETERMINERS | _QUANTIFIERS:
            first -= 1
        if not first or words[first - 1].lower not in _HANGING:
            break
        before = first - 1
        linked = words[before - 1] if before else words[before]
        close = words[before].lower in ("to", "with") and linked.lower in _ADJECTIVES
        done = words[before].lower == "by" and linked.lower.endswith(("ed", "en"))
        if close or done:
            before -= 1
        elif words[before].lower == "by" or (words[before].lower == "to" and class_of(linked.text) is None):
            break
        outer = find_phrase(words, before)
        if outer is None:
            break
        wider, first = outer, outer[0]
    return wider


def name_beside(words: Sequence[Word], phrase: tuple[int, int]) -> tuple[int, int] | None:
    """The name behind a comma that says who it is: of "the chairman, Ivo Brand, told" Ivo Brand."""
    start = phrase[1] + 1
    if start >= len(words) or words[phrase[1]].text != "," or words[phrase[1] - 1].is_capitalised:
        return None
    end = start
    while end < len(words) and words[end].is_word and words[end].is_capitalised:
        end += 1
    closed = end == len(words) or words[end].text in (",", ".")
    return (start, end) if start < end and closed else None


def find_object(words: Sequence[Word], start: int, *, named: bool = False) -> tuple[int, int] | None:
    """Word range of the noun phrase that begins at `start`, without determiner and what follows its head."""
    first = start
    while first < len(words) and (words[first].lower in DETERMINERS or words[first].text in QUOTATION_MARKS):
        first += 1
    end = first
    while end < len(words) and end - first < _LONGEST:
        following = _go_on(words, first, end)
        if following is None:
            break
        end = following
    while end > first and not words[end - 1].is_word:
        end -= 1
    some = end - first > 1 and words[first].lower in ("one", "ones")
    if end <= first or (words[first].lower in _NEVER and not some) or (named and not words[first].is_capitalised):
        return None
    return first, end


def _go_on(words: Sequence[Word], first: int, end: int) -> int | None:
    """Where the phrase [first, end) goes on to at the least; None where it ends."""
    word = words[end]
    if end == first:
        return end + 1 if word.is_word and word.lower not in _BOUNDARIES | _POSTMODIFIERS else None
    before = words[end - 1]
    if _is_joining(words, end) or (word.text == "." and _is_abbreviation(before)):
        return end + 1
    if word.text in APOSTROPHES and word.start == before.end and end + 1 < len(words) and words[end + 1].text == "s":
        return end + 2
    if word.lower == "of" and (before.lower in _PARTS or before.text.isdigit()):
        while end + 1 < len(words) and words[end + 1].lower in DETERMINERS:
            end += 1
        return end + 1
    if not word.is_word or word.text == MASK or word.lower in _BOUNDARIES | _POSTMODIFIERS | _NEVER:
        return None
    modifies = before.is_capitalised or (class_of(before.text) is not None and before.lower not in _PARTS)
    if modifies and not word.is_capitalised and word.lower != "and":
        noun = _next_noun(words, end)
        return None if noun is None else noun + 1
    return end + 1


def _next_noun(words: Sequence[Word], at: int) -> int | None:
    """Where the noun for a speaker stands that a name modifies: the Philippine immigration *agency*."""
    for noun in range(at, min(len(words), at + 3)):
        word = words[noun]
        if not word.is_word or word.is_capitalised or word.lower in _BOUNDARIES | _POSTMODIFIERS | DETERMINERS:
            return None
        if class_of(word.text) is not None:
            return noun
        if word.lower.endswith(("ed", "ing")):
            return None
    return None
