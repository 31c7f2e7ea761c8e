"""Text on its way into a page: escaped here, once, and nowhere else."""

from __future__ import annotations

from html import escape

from sourceline.show.safe import visible_on_page


def escaped(text: str) -> str:
    """`text` as it may stand between tags and in quoted attributes."""
    return escape(visible_on_page(text))
