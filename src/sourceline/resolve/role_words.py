"""A description of somebody, taken apart: the function, and the body that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.lexicon.aliases import find_country
from sourceline.lexicon.nouns import NounClass, class_of, is_role
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind, EntityMention
from sourceline.resolve.agreement import NEVER_NAMES, PREPOSITIONS
from sourceline.resolve.kinds import PARTIES

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """Ranges of the text; None where nothing is stated."""

    role: Range | None
    affiliation: Range | None


_DETERMINERS = words_of("articles")
_LINKS = words_of("links")
_BODY_WORDS = words_of("bodies")
_TITLES, _HONORIFICS, _MODIFIERS = words_of("titles"), words_of("honorifics"), words_of("role modifiers")
_BODIES = (NounClass.ORGANISATION, NounClass.GOVERNMENT, NounClass.MEDIA)
_WITHIN = frozenset(("of", "for", "and", "&", "the", "a", "an", "on"))
"""What may stand within the name of a body, before another word with a capital."""
_SEATS = frozenset(("state", "city", "town", "county", "province", "island", "republic", "kingdom", "house", "office"))
_OWNING = frozenset(("party", "council", "committee", "company", "union", "ministry", "government", "treasury"))
"""Nouns for a body that parts from the function right behind it: "party officials"."""
_COMPOUNDS = frozenset(("state", "staff", "ceremonies", "counsel", "arms"))
"""What goes with a function for good: "secretary of state", "chief of staff"."""
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_RACES = frozenset(("presidential", "gubernatorial", "senatorial", "mayoral"))
_PRESS = ["press", "secretary"]
_PLAIN_TAIL = 4
"""Words of a function's own tail that are kept with it: "head of policy", "director of arms control policy"."""


def ends_sentence(word: str) -> bool:
    """Whether the full stop is more than an abbreviation's: "Sen." and "U.S." go on, "Americans." does not."""
    lower = word.lower()
    return lower not in _TITLES | _HONORIFICS and len(word) > 5 and "." not in word[:-1]


def split_role(text: str, words: Sequence[Range], names: Sequence[EntityMention]) -> Role:
    """A description such as "director of policy for the Arms Board" or "Harbour ministry spokesman" as the function
    and the body. `words`: its words in order; `names`: those near."""
    return _Description(text, words, names).split()


class _Description:
    def __init__(self, text: str, words: Sequence[Range], names: Sequence[EntityMention]) -> None:
        while len(words) > 3 and text[slice(*words[0])].lower() == "one" and text[slice(*words[1])].lower() == "of":
            words = words[3:] if text[slice(*words[2])].lower() in _DETERMINERS else words[2:]
        self._text, self._words = text, list(words)
        self._texts = [text[a:b] for a, b in words]
        self._lower = [word.lower() for word in self._texts]
        self._named = [
            any(n.start <= a < n.end and n.kind is not EntityKind.OTHER for n in names)
            and not (is_small_role(word) or word.lower() in _RACES)
            for (a, _), word in zip(words, self._texts, strict=True)
        ]
        self._inner = [any(n.start < a < n.end for n in names) for a, _ in words]

    def split(self) -> Role:
        first = next((i for i in range(1, len(self._words)) if self._is_link(i)), len(self._words))
        if first == len(self._words):
            return self._before(first)
        end, at = first, first
        if (
            self._lower[first] == "of"
            and self._lower[first + 1 : first + 2][:1]
            and self._lower[first + 1] in _COMPOUNDS
        ):
            end = at = min(first + 2, len(self._words))
        while at < len(self._words):
            body = self._body(at) if self._lower[at] in _LINKS else None
            if body is not None:
                before = self._before(end)
                return Role(before.role, before.affiliation or body)
            following = next((i for i in range(at + 1, len(self._words)) if self._is_link(i)), len(self._words))
            if at == end and self._lower[at] in ("of", "for") and following - at <= _PLAIN_TAIL + 1:
                end = following  # "head | of policy"
            at = following
        return self._before(end)

    def _is_link(self, i: int) -> bool:
        return self._lower[i] in PREPOSITIONS and not self._inner[i]

    def _body(self, link: int) -> Range | None:
        """The body that a preposition leads to: a name, words with capitals, or a noun for a body."""
        first = link + 1
        while first < len(self._words) and self._lower[first] in _DETERMINERS:
            first += 1
        start = first
        while start < len(self._words) and not self._is_proper(start):
            if self._is_link(start) or start - first > 2 or self._lower[start] in ("and", "or"):
                return self._plain_body(first)
            start += 1
        if start >= len(self._words) or (start > first and class_of(self._texts[start - 1]) in _BODIES):
            return self._plain_body(first)
        return self._words[start][0], self._end(self._end_of_name(start))

    def _plain_body(self, first: int) -> Range | None:
        """ "the transport ministry", "the state of New York"; "at" and what follows it tells of which."""
        last = first
        while last < len(self._words) and not self._is_link(last) and self._lower[last] not in ("and", "or"):
            last += 1
        if last == first or (class_of(self._texts[last - 1]) not in _BODIES and self._lower[last - 1] not in _SEATS):
            return None
        if last + 1 < len(self._words) and self._lower[last] in ("of", "at"):
            beyond = last + 2 if self._lower[last + 1] in _DETERMINERS else last + 1
            if beyond < len(self._words) and self._is_proper(beyond):
                begin = self._words[first if self._lower[last] == "of" else beyond][0]
                return begin, self._end(self._end_of_name(beyond))
        return self._words[first][0], self._end(last - 1)

    def _end_of_name(self, start: int) -> int:
        """The last word of a body that begins at `start`."""
        i = start
        while i + 1 < len(self._words):
            following = i + 1
            if self._inner[following] or (self._is_proper(following) and not self._is_link(following)):
                i = following
                continue
            beyond = following
            while beyond < len(self._words) and self._lower[beyond] in _WITHIN:
                beyond += 1
            joins = self._lower[following] in _WITHIN and beyond < len(self._words) and self._is_proper(beyond)
            if joins and self._lower[following] not in ("and", "&"):
                i = beyond
            elif self._lower[following] in _BODY_WORDS or class_of(self._texts[following]) in _BODIES:
                i = following
            elif self._texts[following] in "-&" and beyond < len(self._words):
                i = beyond
            else:
                break
        return i

    def _end(self, last: int) -> int:
        end = self._words[last][1]
        return end - 1 if self._texts[last].endswith(".") and ends_sentence(self._texts[last]) else end

    def _is_proper(self, i: int) -> bool:
        return self._named[i] or (self._texts[i][:1].isupper() and self._lower[i] not in NEVER_NAMES)

    def _before(self, end: int) -> Role:
        """What stands before the first preposition: "Harbour ministry | spokesman", "Democratic | nominee"."""
        words = self._words[:end]
        if not words:
            return Role(None, None)
        last = next((i for i in reversed(range(self._first_tail(end))) if self._is_body_word(i)), -1)
        whole = words[0][0], words[-1][1]
        if last < 0:
            return Role(whole, None)
        if last >= end - 1:
            return Role(None, whole)
        first = last
        while first > 0 and (self._is_body_word(first - 1) and not self._is_modifier(first - 1)):
            first -= 1
        if first > 0 and self._is_modifier(first - 1) and self._texts[last].replace(".", "").isupper():
            return Role(whole, (words[first][0], words[last][1]))  # "Assistant U.S. Attorney"
        if last + 2 < end and self._texts[last + 1] in _BODY_WORDS and self._lower[last + 1 : last + 3] != _PRESS:
            last += 1
        elif last + 2 < end and self._lower[last] in PARTIES and self._texts[last + 2].islower():
            last += self._texts[last + 1][:1].isupper() and not is_function(
                self._texts[last + 1]
            )  # "Democratic Farmers | leader"
        body_end = words[last][1]
        body_end -= len((_POSSESSIVE.search(self._text[words[first][0] : body_end]) or [""])[0])
        return Role((words[last + 1][0], words[-1][1]), (words[first][0], body_end))

    def _first_tail(self, end: int) -> int:
        """Where the function's own tail begins, if it has one: "head | of policy"."""
        return next((i for i in range(1, end) if self._is_link(i)), end)

    def _is_modifier(self, i: int) -> bool:
        return self._lower[i] in _MODIFIERS and not self._named[i]

    def _is_body_word(self, i: int) -> bool:
        bare = _POSSESSIVE.sub("", self._texts[i])
        if bare != self._texts[i] or (self._lower[i] in _OWNING and i + 2 == self._first_tail(len(self._words))):
            return True
        if self._named[i] or bare.lower() in PARTIES:
            return True
        if not bare[:1].isupper():
            return False
        if find_country(bare) is not None:
            return True
        return self._leads_small(i) and not self._opens(i) and not is_function(bare) and not self._is_modifier(i)

    def _leads_small(self, i: int) -> bool:
        """Whether the function behind is written small, so that a capital tells of a name."""
        return i + 1 < len(self._words) and self._texts[self._first_tail(len(self._words)) - 1].islower()

    def _opens(self, i: int) -> bool:
        at = self._words[i][0]
        return i == 0 and (
            at < 2 or self._text[at - 2 : at] in (". ", "\n\n", "! ", "? ") or self._text[at - 1] in '\n“"'
        )


def is_function(word: str) -> bool:
    """Whether a word is a title or tells of a function."""
    lower = word.lower()
    return lower in _TITLES or is_role(word) or lower in ("nominee", "secretary", "whip", "laureate", "veteran")


def is_small_role(word: str) -> bool:
    return word.islower() and is_role(word)
