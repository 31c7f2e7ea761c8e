"""The words of a document's body, in paragraphs and sentences: what clauses are cut from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sourceline.lexicon.words import words_of
from sourceline.model.text import Document, RegionKind

_TOKEN = re.compile(r"\w+(?:[’'.,:/-]\w+)*|[^\w\s]")
_MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec no st vs approx dept govt".split())
_CLOCK = frozenset(("a.m", "p.m"))
"""May end a sentence, where a capital follows."""
_OPENING = frozenset("\"'“‘«([")
_CLOSING = frozenset("\"'”’»)]")
_ENDS = frozenset(".!?…")
_MOST = 200
"""Sentences: a longer paragraph is read as several."""
LONGEST = 400
"""Tokens: a longer sentence is none that a person wrote, and is cut there."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a figure or a mark, half-open code points [start, end) of the document's text."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_figure(self) -> bool:
        return self.text[0].isdigit()


Sentence = Sequence[Token]


def find_paragraphs(document: Document) -> Iterator[tuple[int, list[list[Token]]]]:
    """The number of each paragraph of the body (its line of the text, from 0), and its sentences."""
    lines = [at for at, letter in enumerate(document.text) if letter == "\n"]
    wrapped = len(document.regions) > 1
    for region in document.regions:
        if region.kind not in (RegionKind.BODY, RegionKind.CAPTION):
            continue
        for start, end in _stretches(document.text, region.start, region.end, wrapped):
            found = find_sentences(document.text, start, end)
            while sentences := list(islice(found, _MOST)):
                yield bisect_right(lines, sentences[0][0].start - 1), sentences


def _stretches(text: str, start: int, end: int, whole: bool) -> Iterator[tuple[int, int]]:
    """A region found by cleaning is one paragraph, though its lines be wrapped; else a line is one."""
    if whole:
        yield start, end
        return
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def find_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The words and marks of a stretch."""
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        yield Token(match.start(), match.end(), word, word.lower().replace("’", "'"))


def find_sentences(text: str, start: int, end: int) -> Iterator[list[Token]]:
    """The sentences of a stretch, also of those inside quotation marks; a credit in brackets is one by itself."""
    sentence: list[Token] = []
    ended = False
    for token in find_tokens(text, start, end):
        word = token.text
        if ended and not (word in _CLOSING and token.start == sentence[-1].end):
            if _opens(sentence, token):
                yield sentence
                sentence = []
            ended = False
        if len(sentence) >= LONGEST:
            yield sentence
            sentence, ended = [], False
        sentence.append(token)
        if word in _ENDS:
            ended = word != "." or not _is_abbreviation(sentence)
        elif word == ")" and sentence[0].text == "(":
            ended = True
    if sentence:
        yield sentence


def _opens(sentence: Sentence, token: Token) -> bool:
    """Whether the token opens a sentence, after one that may have ended."""
    if token.start == sentence[-1].end and token.text not in _OPENING:
        return False
    last = next((t for t in reversed(sentence) if t.text not in _CLOSING), sentence[-1])
    if len(sentence) > 1 and sentence[-2].lower in _CLOCK:
        return token.text[0].isupper()
    if token.text[0].isupper() or token.is_figure or token.text in _OPENING or token.text in "-•*–—":
        return True
    return sentence[-1] is last and last.text in ".…" and token.start > sentence[-1].end


def _is_abbreviation(sentence: Sentence) -> bool:
    """Whether the full stop that ends the sentence so far belongs to its last word ("Mr.", "Feb.", "J.")."""
    if len(sentence) < 2 or sentence[-1].start != sentence[-2].end:
        return False
    word = sentence[-2]
    if len(word.text) == 1 and word.text.isalpha() and word.text != "I":
        return True
    if word.lower in _CLOCK:
        return False
    if "." in word.text and not word.is_figure:  # U.S.
        return True
    return word.lower in _MONTHS or f"{word.lower}." in words_of("honorifics") or f"{word.lower}." in words_of("titles")
