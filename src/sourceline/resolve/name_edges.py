"""Where a name begins and ends: what is found as one name may hold a title, a possessor, or two names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sourceline.lexicon.aliases import find_country, find_entry
from sourceline.lexicon.nouns import NounClass, class_of, is_listed
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind, MentionForm
from sourceline.resolve.agreement import GENERATIONS, PARTICLES, TITLES
from sourceline.resolve.mentions import Placed

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?(?:['’]s?(?!\w))?")
_POSSESSOR = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SMALL = re.compile(r"\b[a-z]+\b")
_OPENS = re.compile(r"(?:^|[.!?:\n“\"‘(])['’”\")\]]*\s*$")
_GOES_ON = re.compile(r"\.?(?:['’]s)?\s(?=[^\W\d_a-z])")
_ABBREVIATED = words_of("titles")
_SURNAMES_TOO = words_of("surnames too")
_PLAIN = words_of("role modifiers") | words_of("parties") | {"presidential", "democratic", "republican"}
_BODY, _PLACE, _PERSON = (0.05, 0.9, 0.05), (0.05, 0.05, 0.9), (0.9, 0.05, 0.05)


def part_names(text: str, placed: Sequence[Placed]) -> list[Placed]:
    """The mentions with each name cut to the name alone: "Corran Gov. Ana Ruiz" is a place and a person, "the Times’
    Ivo Brandt" an outlet and a person, "Ruiz and Sens" one person. A person's name that ends in another full name of
    the text is that name where what stands before it is known for a description."""
    parted: list[Placed] = []
    for mention in placed:
        if mention.form is MentionForm.NAME:
            parted.extend(_parts(text, mention))
        else:
            parted.append(mention)
    return _without_descriptions(text, sorted(parted, key=lambda m: (m.start, -m.end)))


def _parts(text: str, name: Placed) -> Iterator[Placed]:
    words = list(_WORD.finditer(text, name.start, name.end))
    capital = next((i for i, word in enumerate(words) if not word.group().islower()), 0)
    if words and not any(word.group() in PARTICLES for word in words[:capital]):
        del words[:capital]  # "presidential Ana Ruiz"
    if not words or all(_is_short_title(word.group()) for word in words):
        return
    if words[0].start() > name.start:
        name = replace(name, start=words[0].start())
    cut = _cut(words, name.kind)
    if cut is None:
        yield _without_title_behind(text, name, words)
        return
    left, right = words[: cut[0]], words[cut[1] :]
    while left and is_title(left[-1].group()):
        left.pop()
    if left:
        end = left[-1].end() - len((_POSSESSOR.search(left[-1].group()) or [""])[0])
        kinds = name.kinds if cut[2] else _PLACE if find_country(text[left[0].start() : end]) else _BODY
        yield replace(name, start=left[0].start(), end=end, kinds=kinds)
    if right:
        yield from _parts(text, replace(name, start=right[0].start(), kinds=_PERSON if not cut[2] else name.kinds))


def _cut(words: list[re.Match[str]], kind: EntityKind) -> tuple[int, int, bool] | None:
    """Where the left part ends and the right one begins, in words, and whether both are of one kind."""
    texts = [word.group() for word in words]
    for i in range(len(texts) - 2, -1, -1):
        if i == 0:
            if kind is EntityKind.PERSON and is_title(texts[0]):
                return 0, 1, False
            break
        if kind is EntityKind.PERSON and texts[i] in ("and", "&"):
            return i, i + 1, True
        if _POSSESSOR.search(texts[i]) and kind is EntityKind.PERSON:
            return i + 1, i + 1, False
        if is_title(texts[i]) and texts[i + 1].casefold().rstrip(".") not in GENERATIONS:
            dotted = texts[i].lower() in _ABBREVIATED and texts[i].endswith(".")
            if dotted or kind is EntityKind.PERSON:
                return i, i + 1, False
    if len(texts) > 1 and _POSSESSOR.search(texts[0]) and kind is EntityKind.PERSON:
        return 1, 1, False
    if len(texts) > 2 and texts[-2] in ("and", "&") and is_title(texts[-1]):
        return len(texts) - 2, len(texts), True
    return None


def is_title(word: str) -> bool:
    """Whether a word within a name leads to the name proper: "Gov.", "Secretary", not "Bishop" nor "Chapman"."""
    lower = word.lower()
    if lower.endswith("."):
        return lower in _ABBREVIATED or lower[:-1] in TITLES
    if lower in _SURNAMES_TOO:
        return False
    listed = is_listed(lower) and class_of(lower) in (NounClass.OFFICE, NounClass.PERSON)
    return listed or lower in _ABBREVIATED or f"{lower}." in _ABBREVIATED or lower == "sens"


def _is_short_title(word: str) -> bool:
    lower = word.lower()
    return lower in _ABBREVIATED or f"{lower}." in _ABBREVIATED or lower == "sens"


def _without_title_behind(text: str, name: Placed, words: list[re.Match[str]]) -> Placed:
    """ "State Department Inspector | General Ivo Brandt": a function that leads on to a person ends no name."""
    kept = list(words)
    if not _GOES_ON.match(text, name.end):
        return name
    while len(kept) > 1 and is_title(kept[-1].group()):
        kept.pop()
    return name if len(kept) == len(words) else replace(name, end=kept[-1].end())


def _without_descriptions(text: str, placed: list[Placed]) -> list[Placed]:
    names = [m for m in placed if m.form is MentionForm.NAME]
    persons = [m for m in names if m.kind is EntityKind.PERSON]
    full = {text[m.start : m.end] for m in persons if text[m.start : m.end].count(" ") == 1}
    small = frozenset(_SMALL.findall(text))
    kept = [m for m in placed if m.form is not MentionForm.NAME or not _is_common(text, m, small)]
    return [_undescribed(text, m, full, small) for m in kept]


def _is_common(text: str, name: Placed, small: frozenset[str]) -> bool:
    """Whether a name is a common noun at the beginning of a sentence or line: "Dockers vow to stay out"."""
    word = text[name.start : name.end]
    if not word.isalpha() or not is_listed(word) or word.lower() not in small or find_entry(word) is not None:
        return False
    return _OPENS.search(text, max(0, name.start - 4), name.start) is not None


def _undescribed(text: str, name: Placed, full: set[str], small: frozenset[str]) -> Placed:
    """`full`: the text's names of two words; `small`: the words that it writes without a capital."""
    if name.form is not MentionForm.NAME or name.kind is not EntityKind.PERSON:
        return name
    words = list(_WORD.finditer(text, name.start, name.end))
    if len(words) < 3 or text[words[-2].start() : name.end] not in full:
        return name
    before = (word.group() for word in words[:-2])
    return replace(name, start=words[-2].start()) if all(_describes(word, small) for word in before) else name


def _describes(word: str, small: frozenset[str]) -> bool:
    lower = word.lower()
    return lower in _PLAIN or lower in small or class_of(word) is not None or find_country(word) is not None
