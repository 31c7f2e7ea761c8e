"""What a page is made of: a typed context, whose fields are all that its template may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page's context. Its template sees these fields and `frame`, and nothing else."""

    template: ClassVar[str]
    here: ClassVar[str] = ""
    """The path of the navigation's entry that the page belongs to."""

    heading: str
    """What the page is called, in its title and in the browser's list."""
    status: int = 200
    """Of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page."""

    ledger: str
    """The file's name."""
    search: str
    """What stands in the search box."""
    here: str
    sign: str
    """What forms carry."""
    author: str
    """Who judged last in this browser."""
    asks_token: bool
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a list goes on; None where it does not."""

    first: str | None
    """The address of its beginning, where this is not it."""
    next: str | None
