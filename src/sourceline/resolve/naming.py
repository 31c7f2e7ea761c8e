"""What the alias table adds to a source: ids as hints, and which names are media."""

from __future__ import annotations

from functools import lru_cache

from sourceline.lexicon.aliases import Entry, find_entries, find_entry
from sourceline.model.source import Source, SourceKind
from sourceline.resolve.lineage import CreditedOutlet


@lru_cache(maxsize=4096)
def is_media(name: str) -> bool:
    """Whether every entry of this name is an outlet, an agency or a platform."""
    kinds = {entry.kind for entry in find_entries(name)}
    return kinds == {SourceKind.MEDIA}


def ids_of(entry: Entry | None) -> dict[str, str]:
    """The ids of an entry, under their names in the formats."""
    if entry is None:
        return {}
    ids = {"wikidata": entry.wikidata, "iso3166": entry.iso3166}
    return {key: value for key, value in ids.items() if value}


def credited_source(name: str, outlet: CreditedOutlet) -> Source:
    """The source that a document credits as a whole."""
    entry = find_entry(outlet.name.text)
    kind = entry.kind if entry else SourceKind.MEDIA
    return Source(id=name, name=outlet.name.text, named=True, kind=kind, mentions=(outlet.name,), ids=ids_of(entry))
