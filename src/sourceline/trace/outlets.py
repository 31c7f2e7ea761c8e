"""Outlets by the words of their names: which of many a name may mean, without comparing it with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sourceline.model.claim import Voice
from sourceline.model.source import SourceKind
from sourceline.trace.names import mentions_outlet, names_outlet, tokens_of

_MOST = 64
"""Outlets of one word that are looked at."""


class Outlets:
    """Grows as outlets become known."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self.add(name)

    def add(self, outlet: str) -> None:
        if outlet in self._known:
            return
        self._known.add(outlet)
        words = tokens_of(outlet)
        for word in dict.fromkeys((*words, "".join(word[0] for word in words if word))):
            self._by_word[word].append(outlet)

    def called(self, name: str) -> list[str]:
        """Those that a name may mean."""
        return [outlet for outlet in self._near(name) if names_outlet(name, outlet)]

    def meant_by(self, voice: Voice) -> list[str]:
        """Those that a voice is, or in which it appeared."""
        return [outlet for outlet in self._near(voice.name) if names(voice, outlet)]

    def held_in(self, name: str) -> list[str]:
        """Those whose whole names stand in a longer one ("Monday's report in the Northern Post")."""
        return [outlet for outlet in self._near(name) if mentions_outlet(name, outlet)]

    def _near(self, name: str) -> list[str]:
        """Outlets that share a word with a name, those of the rarest words first, or its initials."""
        told = tokens_of(name)
        words = sorted((w for w in dict.fromkeys(told) if w in self._by_word), key=lambda w: len(self._by_word[w]))
        found = [outlet for word in words for outlet in self._by_word[word][:_MOST]]
        if len(told) > 1:
            found += self._by_word.get("".join(word[0] for word in told if word), ())[:_MOST]
        return list(dict.fromkeys(found[: 2 * _MOST]))


def names(voice: Voice, outlet: str) -> bool:
    """Whether a voice is an outlet, or something that appeared in it."""
    return names_outlet(voice.name, outlet) or (
        (voice.kind is SourceKind.DOCUMENT or len(tokens_of(voice.name)) > 3) and mentions_outlet(voice.name, outlet)
    )
