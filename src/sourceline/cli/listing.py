"""How commands that list something from a ledger write it: lines for a person, or one object a line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sourceline.cli.console import open_console
from sourceline.errors import UsageError
from sourceline.show.json import encode_json
from sourceline.show.terminal.signs import Signs

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_T = TypeVar("_T")


def write_objects(objects: Iterable[dict[str, Any]]) -> int:
    """JSON Lines on standard output, each line out before the next is begun. How many there were."""
    if sys.stdout is None:  # closed before the interpreter started
        raise UsageError("standard output is closed: redirect it to a file")
    written = 0
    for item in objects:
        sys.stdout.buffer.write(encode_json(item) + b"\n")
        sys.stdout.buffer.flush()
        written += 1
    return written


class Listing:
    """A terminal that is written to part by part, so that a reader who closes the pipe stops the work."""

    def __init__(self, color: str) -> None:
        self.console: Console = open_console(color)
        self.signs = Signs(unicode=(self.console.encoding or "").lower().startswith("utf"))

    def write(self, *parts: RenderableType) -> None:
        for part in parts:
            self.console.print(part, overflow="fold", soft_wrap=False, highlight=False, markup=False, emoji=False)

    def write_each(self, items: Iterable[_T], lines: Callable[[_T], Iterable[RenderableType]]) -> int:
        """Each item's lines and a blank one. How many items there were."""
        written = 0
        for item in items:
            self.write(*lines(item), "")
            written += 1
        return written

    def hint(self, words: str) -> None:
        """What to do next, dimmed."""
        self.console.print(words, style="dim", highlight=False, markup=False, emoji=False)


def limited(items: Iterator[_T], limit: int) -> Iterator[_T]:
    """At most `limit` of them, all for 0."""
    return islice(items, limit) if limit else items
