"""Documents of a store as matching and tracing see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sourceline.ledger.corrections import corrected
from sourceline.match.mentions import article_of
from sourceline.model.claim import Article
from sourceline.model.evidence import Problem, Version
from sourceline.model.reading import Reading
from sourceline.resolve.identity import profile_of
from sourceline.store.contract import Store


def latest_version(versions: Iterable[Version]) -> Version | None:
    """Of a document's versions that have a text the one that was seen last."""
    standing = (version for version in versions if version.removal is None)
    return max(standing, key=lambda version: (version.latest, version.number), default=None)


def make_article(store: Store, key: str) -> Article | None:
    """The article of a document as it stands now, people's corrections applied; None where it has no text any more.

    One that cannot be made is a problem, and ends nothing.
    """
    version = latest_version(v for v in store.versions(key) if v.key == key)
    reading = None if version is None else store.reading(version.id)
    if version is None or reading is None:
        return None
    place = f"{version.name} ({version.id}), matched with others"
    try:
        article = _article(
            version, corrected(reading, store.judgements(version=version.id)), store.meanings(version.id)
        )
    except Exception as error:  # one document's surprise must not cost the others
        message = f"{type(error).__name__}: {error}"
        store.add_problem(Problem(place=place, kind="internal", message=message), datetime.now(UTC))
        return None
    store.solve_problem(place)
    return article


def draft_article(version: Version, reading: Reading, meanings: Mapping[str, bytes]) -> Article:
    """An article that is in no ledger."""
    return _article(version, reading, meanings)


def _article(version: Version, reading: Reading, meanings: Mapping[str, bytes]) -> Article:
    profiles = {source.id: profile_of(source) for source in reading.sources}
    article = article_of(version, reading, profiles={id: p.id for id, p in profiles.items() if p is not None})
    return replace(article, mentions=tuple(replace(m, vector=meanings.get(m.id, b"")) for m in article.mentions))
