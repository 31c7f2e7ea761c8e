"""The fields of a document under the names that exports give them: Media Cloud, GDELT, NewsAPI and tools like these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sourceline.errors import UsageError
from sourceline.model.record import Number

FIELDS = ("text", "id", "url", "outlet", "outlet_kind", "published", "title", "byline")
"""What a document is made of, in our own words."""

_NAMES: dict[str, str] = {
    "text": "text body content fulltext articletext articlebody storytext bodytext maintext plaintext cleanedtext",
    "url": "url link weburl articleurl storyurl documentidentifier mentionidentifier sourceurl",
    "title": "title headline webtitle articletitle storytitle",
    "published": "published publishdate publishedat pubdate publicationdate datepublished datepublish publishedon "
    "webpublicationdate datetimepub datetime firstpublicationdate date",
    "outlet": "outlet medianame sourcename publisher publication sitename sourcecommonname source outletname newspaper "
    "domain sourcedomain",
    "byline": "byline author authors creator",
    "id": "id storiesid storyid articleid uuid uri",
}
"""Other tools' names in the order of trust, without case and signs."""
_ALIASES = {field: tuple(names.split()) for field, names in _NAMES.items()}
_SIGNS = re.compile(r"[\W_]+")
_CUT = re.compile(r"(?:…|\.\.\.)?\s*\[\+?\d+ chars\]\s*$")
"""How NewsAPI ends a text of which it gives the beginning only."""
_INNER = ("name", "title", "main", "value")
"""Where tools put the words of a field that is an object itself."""


class Columns:
    """Which field of a document is found under which name.

    `chosen` goes before all else: it names the column for a field, as in {"text": "story"}. Raises UsageError for a
    field that documents do not have.
    """

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        self.chosen = dict(chosen or {})
        for field in self.chosen:
            if field not in FIELDS:
                raise UsageError(f"a document has no field {field!r}: choose columns for {', '.join(FIELDS)}")

    def own(self, given: Mapping[str, Any], *, foreign: bool = True) -> dict[str, Any]:
        """The fields under our names, what is not known of them under its own. With `foreign` the names of other tools
        are known too; without, only ours and the chosen ones."""
        rest = dict(given)
        found = {field: rest.pop(name) for field, name in self.chosen.items() if name in rest}
        for field in found:
            if field in rest:  # a column of this name that was not chosen
                rest[f"original_{field}"] = rest.pop(field)
        for field in FIELDS:
            if field not in found and field in rest and not (foreign and _is_blank(rest[field])):
                found[field] = rest.pop(field)
        if foreign:
            self._rename(found, rest)
            for field in FIELDS:
                if field in found:
                    found[field] = _words(found[field]) if field != "id" else found[field]
                elif field in rest:
                    del rest[field]  # it is blank
        return {**found, **rest}

    def missing(self, names: list[str]) -> list[str]:
        """The chosen columns that a table of these does not have."""
        return [name for name in self.chosen.values() if name not in names]

    def know(self, names: list[str], field: str) -> bool:
        """Whether one of the columns holds the field."""
        if field in self.chosen:
            return self.chosen[field] in names
        return any(_folded(name) in _ALIASES[field] for name in names)

    @staticmethod
    def _rename(found: dict[str, Any], rest: dict[str, Any]) -> None:
        folded: dict[str, str] = {}
        for name in rest:
            folded.setdefault(_folded(name), name)
        for field, aliases in _ALIASES.items():
            if field in found:
                continue
            for alias in aliases:
                name = folded.get(alias, "")
                if name in rest and not _is_blank(rest[name]) and (field != "text" or isinstance(rest[name], str)):
                    found[field] = rest.pop(name)
                    break


def is_cut(text: str) -> bool:
    """Whether a text is only the beginning of one, and says so."""
    return _CUT.search(text[-60:]) is not None


def _folded(name: str) -> str:
    return _SIGNS.sub("", name).lower()


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _words(value: Any) -> Any:
    """A field's value as words, where a tool made it a list or an object."""
    if isinstance(value, Mapping):
        inner = next((value[name] for name in _INNER if isinstance(value.get(name), str)), None)
        return inner if inner is not None else value
    if isinstance(value, list):
        words = [word for word in map(_words, value) if isinstance(word, str) and word.strip()]
        return ", ".join(words) or None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.written if isinstance(value, Number) else value
