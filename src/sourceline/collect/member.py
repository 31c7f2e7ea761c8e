"""What is handed from one collector to the next: a member of a source, and what is needed to take it apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias

from sourceline.collect.columns import Columns
from sourceline.collect.names import one_line
from sourceline.collect.streams import Budget
from sourceline.errors import SourcelineError
from sourceline.model.evidence import Collected, Problem, Unchanged
from sourceline.settings import Settings

Found: TypeAlias = Iterator[Collected | Problem | Unchanged]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file, what is piped in, or a file within one, with its bytes still to be read."""

    place: str
    """For people: on one line."""
    name: str
    """The whole name with all folders, as it is: tells the kind of file, and the same file again. Empty for standard
    input."""
    stream: BinaryIO = field(repr=False)
    budget: Budget = field(repr=False)
    depth: int = 0
    """How many carriers it was in."""

    def inner(self, name: str, stream: BinaryIO) -> Member:
        """A file in this one."""
        return Member(
            place=f"{self.place}#{one_line(name)}",
            name=f"{self.name}#{name}",
            stream=stream,
            budget=self.budget,
            depth=self.depth + 1,
        )


Collect: TypeAlias = Callable[[Member], Found]
"""Finds what is in a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What collecting is done with."""

    settings: Settings
    columns: Columns
    addresses: Callable[[str], Found]
    """Fetches what is at a web address."""


def guarded(place: str, found: Found) -> Found:
    """What was found; what goes wrong on the way is a problem at `place`, and the end of it."""
    try:
        yield from found
    except SourcelineError as error:
        yield Problem(place=place, kind=error.kind, message=str(error))
    except OSError as error:
        yield Problem(place=place, kind="input", message=f"it cannot be read ({error.strerror or error}): try again")
    except Exception as error:  # one input's surprise must not cost the others
        yield Problem(place=place, kind="internal", message=f"{type(error).__name__}: {error}")
