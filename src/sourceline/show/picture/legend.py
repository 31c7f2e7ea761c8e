"""What the signs mean, those that occur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.show.picture.marks import SHAPES, STRIKE, WORDS, Sign
from sourceline.show.picture.measure import text_width
from sourceline.show.picture.svg import element, number, words

_SIZE = 12.0
_LINE = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What occurs in a picture."""

    signs: frozenset[Sign]
    credited: bool
    inferred: bool
    struck: bool
    undated: bool


def legend_of(shown: Shown, width: float) -> tuple[str, float]:
    """The legend in lines as wide as may be, as SVG, and how high it is."""
    entries = [(_sign(sign), WORDS[sign]) for sign in Sign if sign in shown.signs]
    if shown.credited:
        entries.append((_arrow("credited"), "credited: has it from there, and says so"))
    if shown.inferred:
        entries.append((_arrow("inferred"), "inferred, with how probably"))
    if shown.struck:
        entries.append((element("path", class_="strike", d=STRIKE), "withdrawn, or rests on it"))
    if shown.undated:
        entries.append((element("path", class_="asserts undated", d=SHAPES[Sign.ASSERTS]), "undated: when first seen"))
    return _place(entries, width)


def _place(entries: Sequence[tuple[str, str]], width: float) -> tuple[str, float]:
    """Signs with their words, one after the other, in as many lines as they need."""
    x, y, drawn = 0.0, _LINE / 2, []
    for shape, said in entries:
        wide = 28 + text_width(said, _SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + _LINE
        drawn.append(element("g", [shape], transform=f"translate({number(x + 12)} {number(y)})"))
        drawn.append(words(said, x + 28, y + 4, "note"))
        x += wide + 18
    return "".join(drawn), y + _LINE / 2


def _sign(sign: Sign) -> str:
    return element("path", class_=sign.value, d=SHAPES[sign])


def _arrow(kind: str) -> str:
    parts = [element("path", class_="way", d="M-12 0H5"), element("path", class_="head", d="M11 0l-6-3.5v7Z")]
    return element("g", parts, class_=f"relay {kind}")
