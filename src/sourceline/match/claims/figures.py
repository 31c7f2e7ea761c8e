"""Figures of mentions: what is counted or measured, and whether two figures agree, differ or have nothing to do with
each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

from sourceline.match.mentions.stems import content_words, stem
from sourceline.match.mentions.tokens import find_tokens
from sourceline.model.claim import Mention
from sourceline.model.value import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    low: float | None
    high: float | None
    unit: str | None
    counted: str | None
    """The stem of the noun counted."""
    fate: str | None
    """What became of the people counted ("dead", "injured", "missing"), None where that is not what it tells."""

    @property
    def value(self) -> float:
        """The end that stands in the text, or the middle."""
        if self.low is None or self.high is None:
            return (self.low if self.low is not None else self.high) or 0.0
        return (self.low + self.high) / 2

    @property
    def telling(self) -> float:
        """How much it says that two have this figure, 0 to 1: nothing for one or two, much for 310,000 and 47."""
        value = abs(self.value)
        if value == 0:
            return 0.3
        digits = f"{value:.6g}".replace(".", "").strip("0")
        return min(1.0, 0.15 * max(0.0, log10(value)) + 0.25 * len(digits) - (0.2 if value < 4 else 0.0))

    def meets(self, other: Figure) -> bool:
        """Whether both may be the same number: one lies in the other's interval, "at least 11" and 11 or more."""
        return _at_most(self.low, other.high) and _at_most(other.low, self.high)

    def equals(self, other: Figure) -> bool:
        """Whether both name the same number, whatever stands before it ("about 310,000", "310,000")."""
        mine, theirs = self.value, other.value
        return mine == theirs or abs(mine - theirs) <= 0.005 * max(abs(mine), abs(theirs))

    def same_scale(self, other: Figure) -> bool:
        """Whether both count or measure what may be the same thing."""
        if (self.unit or other.unit) and self.unit != other.unit:
            return False
        if self.fate is not None or other.fate is not None:
            return self.fate == other.fate
        return self.counted is None or other.counted is None or self.counted == other.counted


def _at_most(low: float | None, high: float | None) -> bool:
    return low is None or high is None or low <= high


FATES = ("dead", "injured", "missing")


def figure_of(quantity: Quantity, mention: Mention) -> Figure:
    """The figure as it is compared. Its words are the mention's."""
    counted = None
    if quantity.counted:
        stems = content_words(find_tokens(quantity.counted[:200], 0, min(len(quantity.counted), 200)))
        counted = stems[-1] if stems else stem(quantity.counted.lower())
    people = counted is None or counted in _people() or any(counted in _fate_words(f) for f in FATES)
    fate = None
    if quantity.unit is None and people:
        known = {*mention.words, counted}
        fate = next((name for name in FATES if known & _fate_words(name)), None)
    return Figure(quantity.low, quantity.high, quantity.unit, counted, fate)


_FATE = {
    "dead": "dead die death kill killed toll drown perish body fatality lose fallen fell corpse victim grave bury",
    "injured": "injure injury wound wounded hurt casualty burn",
    "missing": "missing unaccounted untraced vanish",
}
_PEOPLE = (
    "people person man woman child boy girl soldier civilian resident worker passenger officer villager servicemen "
    "villager patient member miner fisherman sailor crew troop policeman student customer refugee family other"
)


def _fate_words(name: str) -> frozenset[str]:
    return _STEMS[name]


def _people() -> frozenset[str]:
    return _STEMS["people"]


_STEMS = {
    name: frozenset(stem(word) for word in words.split()) for name, words in (*_FATE.items(), ("people", _PEOPLE))
}
