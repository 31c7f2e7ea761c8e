"""The signs of a picture: one shape for each stance, so that nothing is told by colour alone.

Shapes are paths around (0, 0), about 14 units wide; a class says which colour they have.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sourceline.model.claim import Stance


class Sign(StrEnum):
    """What a mark shows. The value is the class that its shape is drawn with."""

    ORIGIN = "origin"
    DENIAL_ORIGIN = "denial-origin"
    NO_ORIGIN = "no-origin"
    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines"


SIGN_OF: Mapping[Stance, Sign] = MappingProxyType({stance: Sign(stance.value) for stance in Stance})
_DIAMOND = "M0-9.5L9.5 0L0 9.5L-9.5 0Z"
SHAPES: Mapping[Sign, str] = MappingProxyType(
    {
        Sign.ORIGIN: _DIAMOND,
        Sign.DENIAL_ORIGIN: f"{_DIAMOND}M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5",
        Sign.NO_ORIGIN: f"{_DIAMOND}M-2.4-2.2A2.4 2.4 0 1 1 0 .6V1.4M0 4V4.4",
        Sign.ASSERTS: "M-6.5 0A6.5 6.5 0 1 1 6.5 0A6.5 6.5 0 1 1-6.5 0Z",
        Sign.DENIES: "M-5.5-5.5L5.5 5.5M5.5-5.5L-5.5 5.5",
        Sign.DOUBTS: "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0Z",
        Sign.DECLINES: "M0-7.5L7.5 0L0 7.5L-7.5 0ZM-3 0H3",
    }
)
WORDS: Mapping[Sign, str] = MappingProxyType(
    {
        Sign.ORIGIN: "source of the words",
        Sign.DENIAL_ORIGIN: "source of a denial or doubt",
        Sign.NO_ORIGIN: "source not given",
        Sign.ASSERTS: "asserts",
        Sign.DENIES: "denies",
        Sign.DOUBTS: "doubts",
        Sign.DECLINES: "would not say",
    }
)
STRIKE = "M-11 4L11-4"
"""Through a mark whose words were taken back."""
