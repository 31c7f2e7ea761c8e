"""The mentions of a text as characters, and everything about them that coreference looks at, as arrays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.model.mention import EntityKind, MentionForm
from sourceline.neural.entity_heads import VECTOR, EntityFindings
from sourceline.neural.quotation import INSIDE
from sourceline.neural.tokens import Tokens
from sourceline.resolve.agreement import NEVER_NAMES, PREPOSITIONS, PRONOUNS, STATES, TITLES, Agreement, listed

Floats = NDArray[np.float32]
Range = tuple[int, int]

FORMS = (MentionForm.NAME, MentionForm.NOMINAL, MentionForm.PRONOUN)
KINDS = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE)

NOMINAL_CLASS = len(Agreement)
"""Classes: the agreements of pronouns, then four of nominals (definite, possessive, indefinite, bare), then names by
kind."""
NAME_CLASS = NOMINAL_CLASS + 4
CLASSES = NAME_CLASS + len(KINDS)

_DANGLING = PREPOSITIONS | {"and"}
"""What ends no name."""
_STATE = (0.05, 0.05, 0.9)

_MARKS = " \t\r\n\xa0\"“”„«»‘’'`,;:()[]{}<>*_|/\\–—-…\u200b\u200c\u200d\u2060\ufeff"
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*\.?")
_NAME_FOLLOWS = re.compile(r"\.? [^\W\d_a-z]")
_LAST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*$")
_SENTENCE_END = re.compile(r"(?<=[^\W_]{3})[.!?]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|[.!?][\"”’)]+\s+|\n+")
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "such"))
_INDEFINITE = listed(
    """
    a an some one two three four five six several many few any no another
    each every most other more dozens hundreds thousands
    """
)


@dataclass(frozen=True, slots=True)
class Placed:
    """One mention in characters; kinds: probabilities of person, organisation, place; vector: (64,)."""

    start: int
    end: int
    form: MentionForm
    kinds: tuple[float, float, float]
    certainty: float
    vector: NDArray[np.float16]

    @property
    def kind(self) -> EntityKind:
        return KINDS[max(range(3), key=self.kinds.__getitem__)]


def place_mentions(text: str, tokens: Tokens, findings: Iterable[EntityFindings]) -> list[Placed]:
    """What the windows found, in the order of the text: names without titles and possessive endings, nominals whose
    head is no name, pronouns of the list. No two names overlap, nor two nominals."""
    found: list[Placed] = []
    for part in findings:
        starts, ends = tokens.starts[part.starts].tolist(), tokens.ends[part.ends - 1].tolist()
        kinds, certainty = part.kinds.tolist(), part.certainty.tolist()
        for i, form in enumerate(part.forms.tolist()):
            place = _PLACING[form](text, starts[i], ends[i])
            if place is not None:
                shares = _STATE if form == 0 and _is_state(text, *place) else tuple(kinds[i])
                found.append(Placed(*place, FORMS[form], shares, certainty[i], part.vectors[i]))
    found.sort(key=lambda m: (m.start, -m.end))
    return _without_overlaps(found)


def _is_state(text: str, start: int, end: int) -> bool:
    """As in "Ashton, Md."."""
    return text[max(0, start - 2) : start] == ", " and text[start:end].replace(".", "").casefold() in STATES


def _without_overlaps(found: list[Placed]) -> list[Placed]:
    """Names and nominals each free of overlaps; no nominal that ends in a name; no name that is but a pronoun."""
    names = [m for m in found if m.form is MentionForm.NAME]
    kept_names: list[Placed] = []
    for m in names:
        if not kept_names or m.start >= kept_names[-1].end:
            kept_names.append(m)
    ends = [m.end for m in kept_names]
    reach = 0
    kept: list[Placed] = list(kept_names)
    for m in found:
        if m.form is MentionForm.NAME:
            continue
        at = bisect_right(ends, m.end - 1)
        covers = at < len(kept_names) and kept_names[at].start < m.end
        if m.form is MentionForm.NOMINAL:
            if covers or m.start < reach:
                continue
            reach = m.end
        elif covers:
            continue
        kept.append(m)
    kept.sort(key=lambda m: (m.start, -m.end))
    return kept


def _whole_words(text: str, start: int, end: int) -> Range:
    while start > 0 and start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return _strip(text, start, end)


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS and text[end - 1] != "]":
        end -= 1
    return start, end


def place_name(text: str, start: int, end: int) -> Range | None:
    """A name without surrounding marks, determiner, titles and possessive ending; None if nothing is left."""
    start, end = _whole_words(text, start, end)
    ending = _POSSESSIVE.search(text, start, end)
    if ending and ending.start() > start:
        end = ending.start()
    start, end = _dotted(text, start, end)
    words = list(_WORD.finditer(text, start, end))
    if not words:
        return None
    while len(words) > 1:
        plain = words[0].group().rstrip(".").casefold()
        if plain in TITLES or plain in NEVER_NAMES:
            words.pop(0)
        else:
            break
    while len(words) > 1 and words[-1].group().casefold() in _DANGLING:
        words.pop()
        end = words[-1].end()
    alone = words[0].group().rstrip(".").casefold()
    if len(words) == 1 and (alone in NEVER_NAMES or (alone in TITLES and _NAME_FOLLOWS.match(text, words[0].end()))):
        return None
    start = max(start, words[0].start()) if words[0].start() > start else start
    if end - 1 > start and text[end - 1] == "." and not _ends_in_abbreviation(words[-1].group()):
        end -= 1
    return (start, end) if start < end else None


def _dotted(text: str, start: int, end: int) -> Range:
    """The whole of an abbreviation with stops: what is found of "U.N.S.A." may be but a part."""
    while (
        start > 1 and text[start - 1] == "." and text[start - 2].isupper() and not text[start - 3 : start - 2].isalnum()
    ):
        start -= 2
    while end + 1 < len(text) and text[end - 1] == "." and text[end].isupper() and text[end + 1] == ".":
        end += 2
    return start, end


def _ends_in_abbreviation(word: str) -> bool:
    plain = word.rstrip(".").casefold()
    return "." in plain or len(plain) == 1 or plain in ("jr", "sr", "inc", "corp", "co", "ltd", "st", "bros")


def place_nominal(text: str, start: int, end: int) -> Range | None:
    start, end = _whole_words(text, start, end)
    if text[start : start + 2] in ("s ", "S ") and text[max(0, start - 1) : start] in ("'", "’"):
        start += 2  # what a possessive ending leaves: "Portugal's foreign minister"
    if start >= end:
        return None
    while end > start and text[end - 1] in ".!?":
        end -= 1
    inside = text[start:end]
    if inside.casefold() in PRONOUNS or not any(c.isalpha() for c in inside) or "\n" in inside:
        return None
    return start, end


def place_pronoun(text: str, start: int, end: int) -> Range | None:
    start, end = _whole_words(text, start, end)
    inside = text[start:end]
    if inside.casefold() not in PRONOUNS:
        return None
    if inside in ("US", "IT") and not text[max(0, start - 12) : end + 12].isupper():
        return None
    return start, end


_PLACING = (place_name, place_nominal, place_pronoun)


@dataclass(frozen=True, slots=True)
class Mentions:
    """k mentions in the order of the text; all arrays have k rows.

    classes: see NOMINAL_CLASS; heads: equal numbers for equal head words; sentences, paragraphs: ordinal numbers;
    quotes: ordinal number of the quotation that it stands in, else -1; spoken: whether it is (in) a source span.
    """

    placed: list[Placed]
    vectors: Floats
    kinds: Floats
    classes: NDArray[np.int64]
    heads: NDArray[np.int64]
    sentences: NDArray[np.int64]
    paragraphs: NDArray[np.int64]
    quotes: NDArray[np.int64]
    spoken: NDArray[np.bool_]
    first: NDArray[np.bool_]
    """Whether it is the first mention of its sentence."""

    def __len__(self) -> int:
        return len(self.placed)


def describe_mentions(text: str, states: bytearray, placed: list[Placed], sources: Sequence[Range]) -> Mentions:
    """The arrays of the mentions; `states` has a quotation state for each character of `text`."""
    k = len(placed)
    starts = np.array([m.start for m in placed], np.int64)
    ends = np.array([m.end for m in placed], np.int64)
    breaks = np.array([m.end() for m in _SENTENCE_END.finditer(text)], np.int64)
    lines = np.array([m.end() for m in re.finditer(r"\n+", text)], np.int64)
    inside = np.frombuffer(states, np.int8) == INSIDE
    opened = np.cumsum(np.diff(inside.astype(np.int8), prepend=0) == 1)
    sentences = np.searchsorted(breaks, starts, side="right")
    words: dict[str, int] = {}
    heads = np.array([words.setdefault(head_word(text, m), len(words)) for m in placed], np.int64)
    spoken = _in_sources(starts, ends, sources)
    return Mentions(
        placed=placed,
        vectors=np.stack([m.vector for m in placed]).astype(np.float32) if k else np.zeros((0, VECTOR), np.float32),
        kinds=np.array([m.kinds for m in placed], np.float32).reshape(k, 3),
        classes=np.array([class_of(text, m) for m in placed], np.int64),
        heads=heads,
        sentences=sentences,
        paragraphs=np.searchsorted(lines, starts, side="right"),
        quotes=np.where(inside[starts], opened[starts], -1) if k else np.zeros(0, np.int64),
        spoken=spoken,
        first=np.diff(sentences, prepend=-1) > 0,
    )


def _in_sources(starts: NDArray[np.int64], ends: NDArray[np.int64], sources: Sequence[Range]) -> NDArray[np.bool_]:
    if not sources:
        return np.zeros(len(starts), bool)
    ordered = np.array(sorted(sources), np.int64)
    reach = np.maximum.accumulate(ordered[:, 1])
    at = np.searchsorted(ordered[:, 0], starts, side="right") - 1
    return np.asarray((at >= 0) & (reach[np.maximum(at, 0)] >= ends))


def head_word(text: str, mention: Placed) -> str:
    last = _LAST_WORD.search(text, mention.start, mention.end)
    return (last.group() if last else text[mention.start : mention.end]).casefold()


def class_of(text: str, mention: Placed) -> int:
    inside = text[mention.start : mention.end]
    if mention.form is MentionForm.PRONOUN:
        return int(PRONOUNS[inside.casefold()])
    if mention.form is MentionForm.NAME:
        return NAME_CLASS + KINDS.index(mention.kind)
    words = inside.casefold().split()
    if words[0] in _DEFINITE:
        return NOMINAL_CLASS
    if words[0] in PRONOUNS or any(_POSSESSIVE.search(w) for w in words[:-1]):
        return NOMINAL_CLASS + 1
    if words[0] in _INDEFINITE or words[0][:1].isdigit():
        return NOMINAL_CLASS + 2
    return NOMINAL_CLASS + 3
