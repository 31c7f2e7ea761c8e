"""The nouns of matching: what two mentions have to do with each other, and what people say of that."""

from __future__ import annotations

from dataclasses import dataclass

from sourceline.model.claim import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two mentions that were held against each other, by their numbers in a store; `first` < `second`."""

    first: int
    second: int
    relation: Relation
    probability: float
    """That they put the same claim, 0 to 1; of rivals, that they would if it were not for the figures."""
    opposite: float = 0.0
    """The probability that one says the contrary of the other, if they put the same claim."""
    weighed: float = 0.0
    """The probability among the links around it; of rivals, nothing."""
    reasons: int = 0
    """Why, a bit for each reason that the matcher knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A person's word on two mentions, by their numbers: they put the same claim, or they do not."""

    first: int
    second: int
    same: bool
