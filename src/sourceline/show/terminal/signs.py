"""The signs and colours of the terminal's view, and the way anything from an article gets into it."""

from __future__ import annotations

from collections.abc import Sequence

from sourceline.model.claim import Stance
from sourceline.model.speech import Act
from sourceline.show.safe import visible_in_terminal

ACT_COLOURS = {
    Act.STATE: "cyan",
    Act.FIND: "blue",
    Act.BELIEVE: "cyan",
    Act.DENY: "red",
    Act.DECLINE: "bright_black",
    Act.ACCUSE: "magenta",
    Act.THREATEN: "magenta",
    Act.WARN: "yellow",
    Act.DEMAND: "bright_yellow",
    Act.INTEND: "green",
    Act.QUESTION: "bright_black",
}
NARROW = 72
"""Below so many columns a table would squeeze its words: entries are set one under the other instead."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBERS_AT_MOST = 12
_OPENING, _CLOSING = tuple("“\"‘'"), tuple("”\"’'")


class Signs:
    """The few signs of the view, with stand-ins where the encoding has only ASCII."""

    def __init__(self, *, unicode: bool) -> None:
        self.own = "◦" if unicode else "o "
        self.bar = "│ " if unicode else "| "
        self.dot = " · " if unicode else " - "
        self.from_ = " ← " if unicode else " <- "
        self.infinity = "∞" if unicode else "inf"
        self.times = "×" if unicode else "x"
        self.to = "–" if unicode else "-"
        self.filled, self.open = ("▮", "▯") if unicode else ("#", ".")
        self.origin = "◆" if unicode else "*"
        self.stances = dict(zip(Stance, "●✕○◇" if unicode else "+x?-", strict=True))
        """asserts, denies, doubts, declines"""
        self.branch, self.last, self.stem = ("├─", "└─", "│ ") if unicode else ("|-", "`-", "| ")
        self.inferred = ("├╌", "└╌") if unicode else ("|~", "`~")
        self._more = "…" if unicode else "..."
        self._quotes = "“”" if unicode else '""'
        self._unicode = unicode

    def number(self, number: int) -> str:
        return str(number).translate(_SUPERSCRIPT) if self._unicode else f"[{number}]"

    def numbers(self, numbers: Sequence[int]) -> str:
        """ "1, 4, 7", and no more than a line or so of them."""
        shown = [str(number) for number in numbers[:_NUMBERS_AT_MOST]]
        return ", ".join([*shown, self._more] if len(numbers) > len(shown) else shown)

    def quoted(self, words: str) -> str:
        """In quotation marks, where the words do not bring their own."""
        if words[:1] in _OPENING and words[-1:] in _CLOSING:
            return safe_line(words)
        return f"{self._quotes[0]}{safe_line(words)}{self._quotes[1]}"


def safe_line(text: str) -> str:
    """`text` on one line, with nothing that a terminal obeys."""
    return visible_in_terminal(text).replace("\n", " ")
