"""SVG, written piece by piece: everything escaped, no style attributes, no scripts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sourceline.show.picture.measure import plain_line
from sourceline.show.safe import visible_on_page


def number(value: float) -> str:
    """As short as a tenth of a unit allows."""
    return f"{value:.1f}".removesuffix(".0")


def attributes(given: dict[str, str | float | None]) -> str:
    """` name="value"` for each that has one; `class_` is written "class", and "_" elsewhere "-"."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"' for name, value in given.items() if value is not None
    )


def _value(value: str | float) -> str:
    return escape(visible_on_page(value)) if isinstance(value, str) else number(value)


def element(name: str, content: Iterable[str] | None = None, /, **given: str | float | None) -> str:
    """An element; `content` is markup already."""
    opened = f"<{name}{attributes(given)}"
    return f"{opened}/>" if content is None else f"{opened}>{''.join(content)}</{name}>"


def words(content: str, x: float, y: float, class_: str, **given: str | float | None) -> str:
    """A line of text; `content` is plain."""
    return element("text", [escape(plain_line(content))], class_=class_, x=x, y=y, **given)


def plain(name: str, content: str, **given: str | float | None) -> str:
    """An element that holds text: a title, a description."""
    return element(name, [escape(plain_line(content))], **given)
