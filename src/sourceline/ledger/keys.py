"""Which article an input is: the key that all its versions share, and the id of one version."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from sourceline.model.address import same_address
from sourceline.model.evidence import Collected
from sourceline.model.ids import content_id
from sourceline.model.record import Record
from sourceline.model.text import Document

_STATED = ("updated", "modified", "date_modified", "retrieved")
"""Fields of a record that tell when its text was there, the first that is given counts."""


def stated_key(collected: Collected) -> str | None:
    """The key as the input itself gives it: by its id, or by its address. None where it gives neither."""
    content = collected.content
    address = same_address(content.url) if content.url else ""
    if isinstance(content, Record) and content.id is not None:
        return content_id("document", content.id, address)
    return address_key(content.url) if content.url and address else None


def address_key(url: str) -> str:
    """The key of a page that is known by its address."""
    return content_id("address", same_address(url))


def document_key(collected: Collected, document: Document) -> str:
    """The key of an input that may have neither id nor address: then its bytes are what it is known by."""
    stated = stated_key(collected)
    if stated is not None:
        return stated
    if document.url:
        return address_key(document.url)
    return content_id("bytes", hashlib.sha256(collected.raw).hexdigest())


def document_name(collected: Collected, key: str) -> str:
    """What people call it: the id that was given, or the name of its file, or the key."""
    content = collected.content
    if isinstance(content, Record):
        return content.id if content.id is not None else key
    if content.path is not None and content.url is None:
        return PurePath(content.path).stem or key
    return key


def whole_place(collected: Collected) -> str | None:
    """Of a whole file its name with all folders, which is the same wherever one stands; None where there is none."""
    content = collected.content
    path = None if isinstance(content, Record) else content.path
    return path if path is not None and PurePath(path).is_absolute() else None


def version_time(collected: Collected) -> datetime | None:
    """When the text was there, as the carrier or the record tells; None where neither does."""
    content = collected.content
    if not isinstance(content, Record):
        return content.retrieved
    for name in _STATED:
        moment = moment_of(content.extra.get(name))
        if moment is not None:
            return moment
    return None


def moment_of(given: Any) -> datetime | None:
    """The time that a text in ISO 8601 tells, in UTC where it names no zone; None where it tells none."""
    if not isinstance(given, str):
        return None
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
