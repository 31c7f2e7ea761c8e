"""What stands in the search box: words, and terms such as source:, outlet:, act:, since:, until:."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sourceline.errors import UsageError
from sourceline.model.query import Query
from sourceline.model.speech import Act

_TERM = re.compile(r'(?<!\S)(source|outlet|act|since|until|unnamed):("[^"]*"|[^\s"]*)(?!\S)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"'})
FIELDS = ("source", "outlet", "act", "since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search: its words, and the conditions beside them."""

    words: str | None
    query: Query

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked that whole texts do not know of."""
        query = self.query
        return any((query.source, query.outlet, query.acts, query.since, query.until, query.named is not None))


def parse_search(text: str) -> Asked:
    """Raises UsageError for a term without its words, one that is given twice, and an act that there is none of."""
    plain = text.translate(_QUOTES)
    given: dict[str, str] = {}
    for term in _TERM.finditer(plain):
        name, value = term[1], term[2].strip('"').strip()
        if not value:
            raise UsageError(f"{name}: needs what to look for: write {_example(name)}")
        if name == "act" and name in given:
            value = f"{given[name]},{value}"
        elif name in given:
            raise UsageError(f"{name}: is given twice: leave one out")
        given[name] = value
    words = " ".join(_TERM.sub(" ", plain).split()) or None
    return Asked(
        words=words,
        query=Query(
            text=words,
            source=given.get("source"),
            outlet=given.get("outlet"),
            acts=parse_acts(given.get("act", "")),
            since=given.get("since"),
            until=given.get("until"),
            named=False if given.get("unnamed", "no") not in ("no", "") else None,
        ),
    )


def write_term(name: str, value: str) -> str:
    """A term as `parse_search` reads it."""
    plain = value.replace('"', " ").strip()
    return f'{name}:"{plain}"' if re.search(r"\s", plain) else f"{name}:{plain}"


def parse_acts(given: str) -> tuple[Act, ...]:
    """The acts of a list with commas; none for an empty one. Raises UsageError for what is none."""
    names = [name.strip().lower() for name in given.split(",") if name.strip()]
    unknown = next((name for name in names if name not in set(Act)), None)
    if unknown is not None:
        raise UsageError(f"{unknown[:40]!r} is no act: there are {', '.join(Act)}")
    return tuple(dict.fromkeys(Act(name) for name in names))


def _example(name: str) -> str:
    return {
        "source": 'source:Ruiz or source:"Ana Ruiz"',
        "outlet": 'outlet:"Harbor Ledger"',
        "act": "act:deny,decline",
        "since": "since:2031-03-06",
        "until": "until:2031-03",
        "unnamed": "unnamed:yes",
    }[name]
