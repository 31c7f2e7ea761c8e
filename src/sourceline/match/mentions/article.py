"""One version of an article as matching and tracing see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import takewhile

from sourceline.match.mentions.find import Vectors, find_mentions
from sourceline.match.mentions.names import find_names
from sourceline.match.mentions.voices import Voices
from sourceline.model.claim import Article, Voice
from sourceline.model.evidence import Version
from sourceline.model.reading import Reading


def article_of(
    version: Version,
    reading: Reading,
    *,
    profiles: Mapping[str, str] | None = None,
    vector: Vectors | None = None,
    prints: bytes = b"",
) -> Article:
    """The version with its mentions. `profiles` and `vector` are those of `find_mentions`; `prints`: the fingerprints
    of its words.

    What is stated about the article is the version's: another version of it may say otherwise.
    """
    return Article(
        version=version.id,
        key=version.key,
        name=version.name,
        url=version.url,
        outlet=version.outlet,
        outlet_kind=version.outlet_kind,
        published=published_at(version.published),
        seen=_in_utc(version.at),
        title=version.title,
        lineage=reading.lineage,
        credited=_credited(reading, profiles or {}),
        mentions=find_mentions(reading, vector=vector, profiles=profiles),
        names=find_names(reading.document),
        prints=prints,
    )


def published_at(stated: str | None) -> datetime | None:
    """A publication date as a time in UTC: a day alone begins at midnight; None where it is none or cannot be one."""
    if stated is None:
        return None
    try:
        return _in_utc(datetime.fromisoformat(stated.strip()))
    except (ValueError, OverflowError):
        return None


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _credited(reading: Reading, profiles: Mapping[str, str]) -> tuple[Voice, ...]:
    """Whom the document as a whole credits: a reading has them last among its sources, and nothing refers to them."""
    referred = {name for a in reading.attributions for name in (a.speaker, *a.via, *a.upstream)}
    referred |= {name for source in reading.sources for name in (source.office_of, *source.members)}
    credited = list(takewhile(lambda source: source.id not in referred, reversed(reading.sources)))
    return Voices(reading, profiles).voices(source.id for source in reversed(credited))
