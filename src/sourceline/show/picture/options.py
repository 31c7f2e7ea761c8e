"""What a picture of a trace is told beside the trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sourceline.model.trace import Traced


class Form(StrEnum):
    WIDE = "wide"
    """Time runs to the right, a lane for each outlet; for windows, and paper."""
    NARROW = "narrow"
    """Time runs downwards, a line for each mention; for telephones."""


def _in_list(mention: Traced) -> str:
    return f"#m-{mention.mention}"


def _on_page(lane: str) -> str:
    return f"?open={lane}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOptions:
    form: Form = Form.WIDE
    most_lanes: int = 30
    """Lanes that are drawn one by one; where there are more, outlets share some."""
    most_rows: int = 40
    """Rows of the narrow form; where there are more, mentions of a day share some."""
    opened: frozenset[str] = frozenset()
    """Keys of shared lanes that are drawn one by one nevertheless."""
    families: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By outlet: what it is one of ("agencies"); outlets of a family share a lane before others do."""
    mention_address: Callable[[Traced], str] = _in_list
    """Where a mark leads."""
    lane_address: Callable[[str], str] = _on_page
    """Where a shared lane leads, by its key."""
