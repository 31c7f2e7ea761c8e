"""What resolving reads of an attribution: character ranges of the text that was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sourceline.model.speech import Act
from sourceline.resolve.words import Word, split_words

Range = tuple[int, int]
"""Half-open characters [start, end) of the text that was read."""

IsMedia = Callable[[str], bool]
"""Whether a name is that of an outlet, an agency or a platform."""


class Saying(Protocol):
    """An attribution in the characters of the text that was read."""

    @property
    def source(self) -> Sequence[Range]: ...
    @property
    def cue(self) -> Sequence[Range]: ...
    @property
    def content(self) -> Sequence[Range]: ...
    @property
    def act(self) -> Act: ...


def split_source(text: str, saying: Saying) -> list[Word]:
    """The words of the source, at most the first 300 characters of each part."""
    return [word for start, end in saying.source for word in split_words(text[start : min(end, start + 300)], start)]
