"""One request as a page sees it: the ledger, what is asked, and what a form brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sourceline.errors import UsageError
from sourceline.ledger.ledger import Ledger
from sourceline.model.query import Page
from sourceline.show.web.addresses import address
from sourceline.show.web.forms import Form
from sourceline.show.web.jobs import Jobs
from sourceline.show.web.options import WebOptions
from sourceline.show.web.proposals import Proposals
from sourceline.show.web.view import Pager

ROWS = 50
"""Of one page of a list."""
_LONGEST = 2000
"""Characters of a parameter that are looked at."""
_MOST = 100
"""Values of one parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """`ledger` is open for reading; while a form is dealt with, for writing."""

    ledger: Ledger
    path: str
    asked: Mapping[str, str]
    """The query's parameters, each with its first value."""
    repeated: Sequence[tuple[str, str]] = ()
    """The same, each with all its values."""
    parts: Mapping[str, str]
    """What stands in the path's places."""
    now: datetime
    author: str
    options: WebOptions
    jobs: Jobs
    proposals: Proposals
    form: Form = field(default_factory=Form)

    def get(self, name: str) -> str:
        """A parameter, "" where it is not given. Raises UsageError for one that no page made."""
        given = self.asked.get(name, "").strip()
        if len(given) > _LONGEST:
            raise UsageError(f"what is asked is too long: at most {_LONGEST} characters")
        return given

    def each(self, name: str) -> tuple[str, ...]:
        """All that is given of a parameter, each once. Raises UsageError for more than any page makes."""
        given = tuple(dict.fromkeys(value.strip() for key, value in self.repeated if key == name and value.strip()))
        if len(given) > _MOST or any(len(value) > _LONGEST for value in given):
            raise UsageError(f"what is asked is too much: at most {_MOST} times {_LONGEST} characters")
        return given

    @property
    def after(self) -> str | None:
        """The cursor behind which the list goes on."""
        return self.get("after") or None

    def pager(self, page: Page[Any], **keep: str) -> Pager:
        """Addresses of this list's beginning and its next page, what else is asked being kept."""
        return Pager(
            first=address(self.path, **keep) if self.after else None,
            next=address(self.path, **keep, after=page.next) if page.next else None,
        )
