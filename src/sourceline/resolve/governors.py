"""What a phrase of the frame hangs on: the preposition, or the form of "tell" or "issue", in front of it."""

from __future__ import annotations

from collections.abc import Sequence

from sourceline.resolve.words import DETERMINERS, MASK, QUOTATION_MARKS, Word, word_set

PREPOSITIONS = word_set("in via through on onto by from with to of per for at")
TOLD = word_set("told tell tells telling")
ISSUES = word_set(
    "release released releases releasing issue issued issues issuing write wrote written writes writing send sent "
    "sends sending post posted posts posting publish published publishes publishing circulated circulating put "
    "blasted sign signed signing made makes making filed files filing penned tweeted retweeted shared file air "
    "aired airing"
)
SHOWN_BY = word_set(
    "carried broadcast printed quoted relayed obtained reviewed seen published released reported posted aired leaked "
    "shared viewed"
)
INTERVIEWS = word_set("interview interviews appearance conversation call segment")
_BREAKS = ISSUES | TOLD | word_set("and or but nor")


def find_governor(frame: Sequence[Word], first: int) -> int | None:
    """The preposition or form of "tell" that governs the phrase beginning at `first`."""
    for at in range(first - 1, max(-1, first - 8), -1):
        word = frame[at]
        if word.lower in TOLD or word.lower in PREPOSITIONS:
            return at
        if word.text in QUOTATION_MARKS or word.text in "'’" or word.text == ",":
            continue
        if not word.is_word or word.text == MASK:
            return None
        if word.lower in ISSUES:
            return None
    return None


def first_of_phrase(frame: Sequence[Word], at: int) -> int:
    """Where the noun phrase begins whose head stands at `at`, without determiner."""
    first = at
    while first > 0 and at - first < 5:
        word = frame[first - 1]
        comma = word.text == "," and first > 1 and frame[first - 2].is_word and first < at
        if word.lower in DETERMINERS or word.lower in PREPOSITIONS or word.lower in _BREAKS:
            break
        if not comma and (not word.is_word or word.text == MASK or (word.text == "s")):
            break
        first -= 1
    while frame[first].text == ",":
        first += 1
    return first
