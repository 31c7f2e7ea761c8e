"""What a role says of a person: the function, whom it is like, and whether few can hold it at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sourceline.lexicon.nouns import singular_of
from sourceline.lexicon.words import words_of
from sourceline.resolve.identity.keys import fold_words

_LONGEST = 200
"""Characters of a role that are read."""
_FAMILIES = {
    word: family
    for family in (
        "ministers", "lawmakers", "candidates", "leaders", "voices", "lawyers", "scholars", "police", "soldiers",
        "diplomats", "journalists", "clergy", "doctors",
    )
    for word in words_of(f"functions of {family}")
}  # fmt: skip
_FAMILY_NAMES = frozenset(_FAMILIES.values())
_ANYBODY = words_of("functions of anybody")
_HELD_BY_FEW = words_of("offices that few hold")
_PUBLIC = words_of("offices of a state") | _HELD_BY_FEW
_PUBLIC_FAMILIES = frozenset(("ministers", "lawmakers", "candidates", "diplomats", "voices"))
_PORTFOLIOS = words_of("portfolios")
_LESSER = words_of("lesser ranks")
_LINKS = words_of("links")
_GENERALS = frozenset(("attorney", "auditor", "consul", "director", "inspector", "prosecutor", "secretary"))
"""Before "general", which then is no rank of soldiers."""
_BEHIND = frozenset(("designate", "elect", "emerita", "emeritus", "nominate"))
_HOUSES = frozenset(("assembly", "congress", "house", "legislature", "parliament", "senate"))
_PRESS = frozenset(("media", "press"))
_SPELLINGS = {
    "defense": "defence", "labor": "labour", "economic": "economy", "financial": "finance",
    "transportation": "transport", "agricultural": "agriculture", "mp": "lawmaker", "sen": "senator",
    "rep": "representative", "gov": "governor", "gen": "general", "col": "colonel", "capt": "captain",
    "lt": "lieutenant", "maj": "major", "sgt": "sergeant", "adm": "admiral", "prof": "professor", "sec": "secretary",
    "amb": "ambassador",
}  # fmt: skip
_PARTS = re.compile(r"[,;/]|\band\b|&")


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A role as it is compared."""

    words: tuple[str, ...]
    head: str
    """The noun of it, singular: of the first that is told of several."""
    family: str
    """Functions of one family may be one person's in one body ("founder", "chairman"); an unknown function is a family
    of its own; "" for what anybody is ("official")."""
    masculine: bool | None
    """Where the word tells: "spokesman", "spokeswoman"."""
    offices: frozenset[str]
    """Offices so few hold that a full name beside them tells who it is ("trade minister", "mayor")."""

    @property
    def is_known(self) -> bool:
        """Whether its family is one of the table, and not just its own noun."""
        return self.family in _FAMILY_NAMES

    @property
    def is_public(self) -> bool:
        """Whether few of one name in a whole country have such a function: an envoy, no economist."""
        return self.family in _PUBLIC_FAMILIES or self.head in _PUBLIC


def read_function(role: str | None) -> Function | None:
    """The function that a role states; None where it states none."""
    return _read(role[:_LONGEST]) if role else None


@lru_cache(maxsize=8192)
def _read(role: str) -> Function | None:
    parts = [_fold_part(part) for part in _PARTS.split(role)]
    parts = [part for part in parts if part]
    if not parts:
        return None
    heads = [_head_of(part) for part in parts]
    families = [_family_of(part, head) for part, head in zip(parts, heads, strict=True)]
    main = next((i for i, family in enumerate(families) if family), 0)
    return Function(
        words=tuple(word for part in parts for word in part),
        head=heads[main],
        family=families[main],
        masculine=_gender_of(heads[main]),
        offices=frozenset(
            office
            for part, head, family in zip(parts, heads, families, strict=True)
            for office in _offices_of(part, head, family)
        ),
    )


def _fold_part(part: str) -> tuple[str, ...]:
    words = [_SPELLINGS.get(word, word) for word in fold_words(part)]
    while words and words[0] in ("a", "an", "the"):
        words.pop(0)
    return tuple(words)


def _before_link(part: tuple[str, ...]) -> tuple[str, ...]:
    end = next((i for i, word in enumerate(part) if i and word in _LINKS), len(part))
    return part[:end]


def _head_of(part: tuple[str, ...]) -> str:
    """The noun of the function, singular: the last word before "of" or "elect"."""
    words = [singular_of(word) for word in _before_link(part)]
    while len(words) > 1 and words[-1] in _BEHIND:
        words.pop()
    if words[-1] == "general" and len(words) > 1 and words[-2] in _GENERALS:
        return "attorney-general" if words[-2] == "attorney" else words[-2]
    return words[-1]


def _family_of(part: tuple[str, ...], head: str) -> str:
    if head == "member" and not _HOUSES.isdisjoint(part):
        return "lawmakers"
    if head in ("secretary", "officer", "head") and not _PRESS.isdisjoint(part):
        return "voices"
    if (head, True) in (("secretary", "general" in part), ("officer", "chief" in part), ("teacher", "head" in part)):
        return "leaders"
    return _FAMILIES.get(head, "" if head in _ANYBODY else head)


def _gender_of(head: str) -> bool | None:
    if head.endswith("woman"):
        return False
    return True if head.endswith("man") and head not in ("human", "layman") else None


def _offices_of(part: tuple[str, ...], head: str, family: str) -> set[str]:
    rank = "".join(f"{word} " for word in _before_link(part) if word in _LESSER)
    offices = {f"{rank}{head}"} & _HELD_BY_FEW
    if family == "ministers":
        offices |= {f"{rank}{word} minister" for word in part if word in _PORTFOLIOS}
    return offices
