"""Where a clause has its finite verb, told from the words alone.

There is no tagger here: closed classes of verbs, and what may stand before a form in -ed that is no participle.
"""

from __future__ import annotations

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.tokens import Sentence

_BEFORE_PARTICIPLES = frozenset("be been being having get gets got was were is are am had has have".split())


_ADDED = frozenset(("included", "excluded"))
"""Participles that close a phrase: "names and addresses included"."""


def is_finite(sentence: Sentence, at: int) -> bool:
    """Whether the word is likely to be a verb that has a subject ("left", "were", "collapsed")."""
    word = sentence[at].lower
    if not word[0].isalpha():
        return False
    before = sentence[at - 1].lower if at else ""
    if word in words_of("finite auxiliaries"):
        return before != "to" and not (at and sentence[at].text == "May")
    if word in words_of("irregular pasts"):
        return before not in _BEFORE_PARTICIPLES and not _is_noun_place(before)
    if word in words_of("present verbs"):
        return not _is_noun_place(before) and not _counts(before)
    return word.endswith("ed") and len(word) > 3 and _may_be_past(sentence, at, before)


def _is_noun_place(before: str) -> bool:
    """Whether a noun is likely after this word rather than a verb."""
    return before in words_of("articles") or before in words_of("prepositions") or before.endswith("'s")


def _counts(before: str) -> bool:
    """Whether a counted noun is likely after this word."""
    return before[:1].isdigit() or before in words_of("determiners")


def _may_be_past(sentence: Sentence, at: int, before: str) -> bool:
    if not before or _is_noun_place(before) or before in _BEFORE_PARTICIPLES or before.endswith("ly"):
        return before.endswith("ly") and at > 1 and _may_be_past(sentence, at - 1, sentence[at - 2].lower)
    after = sentence[at + 1].lower if at + 1 < len(sentence) else ""
    if _counts(before) and not after[:1].isalpha():  # "with 14 wounded."
        return False
    return (
        after not in ("by", "under")
        and sentence[at].lower not in _ADDED
        and (before[0].isalnum() and before not in words_of("finite auxiliaries"))
    )
