"""The publication date, only where the page's metadata state it. No date is ever guessed from words or addresses."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.issued",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "article.published",
    "published-date",
    "originalpublicationdate",
    "citation_publication_date",
    "date",
)
"""Names of meta elements in the order of trust."""
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage)$")
_LONGEST = 60
_COARSE = re.compile(r"([0-9]{4})(?:-([0-9]{2})|-W([0-9]{2}))?")
"""A year, a month or a week."""
_SHORT_WEEK = re.compile(r"([0-9]{4})(W[0-9]{2})")
"""A week in ISO 8601's form without hyphens; Python would give its Monday."""


def normalise_date(given: str) -> str | None:
    """The date or time in ISO 8601, or None if it is in no form that can be read without guessing, or not in the
    calendar (30 February, the year 0, a time that is in none of its years in UTC).

    Years, months and weeks alone stay as they are; a time keeps its offset.
    """
    stripped = given.strip()
    if (week := _SHORT_WEEK.fullmatch(stripped)) is not None:
        stripped = f"{week[1]}-{week[2]}"
    if (coarse := _COARSE.fullmatch(stripped)) is not None:
        return stripped if _begins(coarse) else None
    try:
        return date.fromisoformat(stripped).isoformat()  # a day alone: no time is made up for it
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(stripped)
        if moment.tzinfo is not None:
            moment.astimezone(UTC)
        return moment.isoformat()
    except (ValueError, OverflowError):
        return None


def _begins(coarse: re.Match[str]) -> bool:
    """Whether there is a first day of the year, month or week."""
    year, month, week = (int(part) if part else None for part in coarse.groups())
    try:
        if week is not None:
            date.fromisocalendar(year or 0, week, 1)
        else:
            date(year or 0, 1 if month is None else month, 1)
    except (ValueError, OverflowError):
        return False
    return True


def stated_date(tree: Any) -> str | None:
    """What the head, the JSON-LD or a marked element of a parsed page give as its publication date, as they give it.

    The most trusted that is a date; where none is, the most trusted.
    """
    first = None
    for given in _stated(tree):
        if normalise_date(given) is not None:
            return given
        first = first or given
    return first


def _stated(tree: Any) -> Iterator[str]:
    """In the order of trust."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if content and len(content) <= _LONGEST:
            stated.setdefault(name.strip().lower(), content)
    yield from (stated[name] for name in _META[:3] if name in stated)
    yield from _linked_data(tree)
    yield from (stated[name] for name in _META[3:] if name in stated)
    for element in tree.iter("time"):
        marked = (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None
        value = (element.get("datetime") or "").strip()
        if marked and value and len(value) <= _LONGEST:
            yield value


def _linked_data(tree: Any) -> Iterator[str]:
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json" or not element.text:
            continue
        try:
            waiting = deque([json.loads(element.text)])
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.popleft()
            if isinstance(node, list):
                waiting.extendleft(reversed(node))
            elif isinstance(node, dict):
                kinds = node.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                value = node.get("datePublished")
                if (
                    any(isinstance(n, str) and _ARTICLE.search(n) for n in names)
                    and isinstance(value, str)
                    and 0 < len(value) <= _LONGEST
                ):
                    yield value.strip()
                graph = node.get("@graph")
                if isinstance(graph, list):
                    waiting.extend(graph)
