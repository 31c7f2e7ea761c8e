"""The key of a name: what is left of it once case, accents, titles, dots, possessives and punctuation are gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sourceline.lexicon.fold import LONGEST_NAME, plain_letters, show_letters
from sourceline.lexicon.words import words_of
from sourceline.model.ids import content_id
from sourceline.model.source import SourceKind
from sourceline.resolve.agreement import GENERATIONS, PARTICLES, TITLES

_ADDRESS = words_of("forms of address")
_REGAL = words_of("regal names")
_TITLES = (TITLES | _ADDRESS) - _REGAL
_BEFORE_SURNAMES = frozenset(("dr", "doctor", "miss", "mister", "mr", "mrs", "ms", "mx", "prof", "professor"))
"""Forms of address that leave a bare surname where they are cut off; any other title has to leave two words."""
_AFTER = words_of("letters after names")
_SIGNS = str.maketrans({"&": " and ", "™": " ", "®": " ", "©": " ", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"})
_POSSESSIVE = re.compile(r"'s?(?!\w)|(?<=\w)'(?=\w)")
_SAME_WORDS = {"saint": "st", "junior": "jr", "senior": "sr"}


def fold_key(name: str, kind: SourceKind) -> str:
    """The name's words between blanks. Of persons also without titles and letters after the name. A name of nothing
    but signs is its own key; what is too long for a name ends in a digest. "" only for blank names."""
    shown = show_letters(name)
    words = fold_words(_without_letters_after(shown) if kind is SourceKind.PERSON else shown)
    if kind is SourceKind.PERSON:
        words = _without_titles(words)
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = " ".join(words) or shown.casefold()
    return key if len(key) <= LONGEST_NAME else f"{key[:LONGEST_NAME]} {content_id(key)}"


def fold_words(text: str) -> tuple[str, ...]:
    """The words of a name, role or body in one spelling: initials run together, possessives cut off."""
    plain = plain_letters(show_letters(text).translate(_SIGNS)).casefold()
    plain = _POSSESSIVE.sub("", plain)
    words = _join_initials(unicodedata.normalize("NFC", _without_marks(plain)).split())
    return tuple(_SAME_WORDS.get(word, word) for word in words)


def name_keys(name: str) -> frozenset[str]:
    """The keys that profiles of this name may have, as it is not said whether a person is meant: one, or two where
    a person's would be without a title. None for a blank name."""
    return frozenset((fold_key(name, SourceKind.PERSON), fold_key(name, SourceKind.ORGANISATION))) - {""}


def is_full_name(key: str) -> bool:
    """Whether a person's key has a given name and a surname: two words of two letters or more, particles aside."""
    words = key.split()
    if words and words[-1] in GENERATIONS:
        words.pop()
    return sum(len(word) > 1 for word in words if word not in PARTICLES) > 1


def _without_marks(text: str) -> str:
    """With blanks for punctuation and control characters; currency signs, arrows and pictures stay."""
    if text.isascii():
        return text.translate(_ASCII_MARKS)
    return "".join(" " if _is_mark(c) else c for c in text)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC"


_ASCII_MARKS = dict.fromkeys((i for i in range(128) if _is_mark(chr(i))), " ")


def _join_initials(words: Iterable[str]) -> list[str]:
    """ "j", "r", "halloway" as "jr", "halloway"."""
    joined: list[str] = []
    open_run = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and open_run:
            joined[-1] += word
        else:
            joined.append(word)
        open_run = single
    return joined


def _without_letters_after(name: str) -> str:
    """Without "MP" or "Ph.D." behind a name of two words and more; they have to be written as such."""
    words = name.split()
    while len(words) > 2:
        last = words[-1].strip(",").replace(".", "")
        if last.casefold() not in _AFTER or sum(c.isupper() for c in last) < 2:
            break
        words.pop()
    return " ".join(words)


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    at = 0
    while at < len(words) - 1 and words[at] in _TITLES:
        rest = words[at + 1 :]
        if words[at] not in _BEFORE_SURNAMES and sum(len(word) > 1 for word in rest) < 2:
            break
        at += 1
    return words[at:]
