"""What an `add` meets that is known already: it is not read again, but that it was there again is noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sourceline.ledger.keys import address_key, stated_key, version_time, whole_place
from sourceline.model.address import asked_address
from sourceline.model.evidence import Collected, Removal, Unchanged
from sourceline.model.text import Document
from sourceline.store.contract import Outcome, Store
from sourceline.store.sameness import text_sha256, version_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A document's known bytes, had again, or a server's word that they are the same."""

    key: str
    sha256: str | None
    """None on the server's word."""
    at: datetime | None
    """None where nothing new is to be noted."""
    url: str | None = None
    """The address that gave its word."""
    removed: bool = False
    """Whether the text was taken down."""


def server_says(item: Unchanged) -> Seen:
    return Seen(key=address_key(item.url), sha256=None, at=item.retrieved, url=item.url)


def see_again(store: Store, item: Collected, sha256: str, key: str, arrived: datetime) -> Seen | None:
    """What bytes that the document with this key may have tell of it; None where they have to be read.

    The same bytes under another name or address are another document; had at an earlier time, they tell since when the
    text was there. `arrived` counts where they tell no time and are a sighting all the same.
    """
    known = store.known(sha256, key) if stated_key(item) in (None, key) else None
    if known is None:
        return None
    if known.removed:
        return Seen(key=key, sha256=sha256, at=None, removed=True)
    at = version_time(item)
    if at is None:
        return Seen(key=key, sha256=sha256, at=arrived if _is_put_back(store, item, sha256) else None)
    if as_utc(at) < known.since:
        return None
    return Seen(key=key, sha256=sha256, at=None if store.seen(sha256, key, at) else at)


def _is_put_back(store: Store, item: Collected, sha256: str) -> bool:
    """Whether a file holds again what it held before something else. Where nothing tells when a text was there, the
    file's place alone shows that it is there now; a line of a table may just be an old one, added once more."""
    place = whole_place(item)
    last = None if place is None else store.bytes_at(place)
    return last is not None and last != sha256


def note_seen(store: Store, seen: Seen) -> tuple[Outcome, Removal | None]:
    """Notes it where it has a time, in a transaction then; what it changed, and why it was left out if it was."""
    outcome = Outcome.REMOVED if seen.removed else Outcome.UNCHANGED
    if seen.at is not None and seen.sha256 is not None:
        outcome = store.see(seen.key, seen.sha256, seen.at)
    elif seen.at is not None and seen.url is not None:
        visit = store.visit(asked_address(seen.url))
        if visit is not None and visit.at <= as_utc(seen.at):
            outcome = store.see_unchanged(seen.key, since=visit.at, at=seen.at)
    return outcome, find_removal(store, seen.key, seen.sha256) if outcome is Outcome.REMOVED else None


def foresee(store: Store, key: str, document: Document) -> tuple[Outcome, Removal | None]:
    """What a document of bytes that are not known would be, and why it would be left out if it would."""
    versions = list(store.versions(key))
    text = text_sha256(document.text)
    removed = [version for version in versions if version.removal is not None]
    alike = [version for version in removed if version.text_sha256 == text]
    if removed and (alike or len(removed) == len(versions)):
        return Outcome.REMOVED, (alike or removed)[0].removal
    if any(version.id == version_id(key, document) for version in versions):
        return Outcome.CAPTURE, None
    return Outcome.VERSION if versions else Outcome.DOCUMENT, None


def find_removal(store: Store, key: str, sha256: str | None) -> Removal | None:
    """Why a document's text was taken down: the one with these bytes, or else any of it."""
    removed = sorted(store.versions(key), key=lambda version: version.sha256 != sha256)
    return next((version.removal for version in removed if version.removal is not None), None)


def as_utc(moment: datetime) -> datetime:
    """A time without an offset counts as UTC, as in the store."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
