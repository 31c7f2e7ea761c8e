"""What a world can be asked to be like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Rates from 0 to 1. A desk's own habits move them up or down a little."""

    credit_drop: float = 0.3
    """How often an outlet that takes something over does not say from whom."""
    rewriting: float = 0.5
    """How often what is taken over is put in other words."""
    hidden: float = 0.15
    """Share of the articles that were published and never collected."""
    rounding: float = 0.25
    """How often a figure that is taken over loses its hedge or its exactness."""

    def __post_init__(self) -> None:
        for name in ("credit_drop", "rewriting", "hidden", "rounding"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise ValueError(f"{name} is a rate from 0 to 1, not {value}")


RECYCLED_AFTER = 30 * 24.0
"""Hours after which an old story told as new is a recycled one."""
