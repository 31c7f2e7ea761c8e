"""Whether a ledger is as it was written: every kept byte hashed again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sourceline.collect.names import one_line
from sourceline.collect.stamping import Post, check_stamp, request_stamp
from sourceline.errors import LedgerDamaged, LedgerError, MissingExtra
from sourceline.ledger.judgement_ids import id_of
from sourceline.model.evidence import Capture, Stamp, Version
from sourceline.store.contract import Store
from sourceline.store.warc import decode_record, differing

_WHOLE = "the ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in the ledger that is not as it was put there. `version` is None where it is the store itself."""

    version: Version | None
    place: str
    message: str


def verify_ledger(
    store: Store, tell: Callable[[], None] | None = None, *, roots: bytes | None = None
) -> Iterator[Fault]:
    """Hashes every capture's bytes, every text and every judgement again and names what differs; `tell` is called for
    each capture.

    Stamps are checked too, their signatures where `roots` (PEM) are given.
    """
    checks = (
        (Fault(version=None, place=_WHOLE, message=message) for message in store.faults()),
        _check_stamps(store, roots),
        _check_judgements(store),
        _check_captures(store, tell),
    )
    for check in checks:
        try:
            yield from check
        except LedgerDamaged as damage:  # it ends one check, not the others
            yield Fault(version=None, place=_WHOLE, message=str(damage))


def stamp_ledger(store: Store, authority: str, post: Post) -> Stamp | None:
    """Has an authority stamp what no earlier stamp covers; None where nothing is new. Raises FetchError, UsageError."""
    stamps = list(store.stamps())
    covered = {sha256 for stamp in stamps for sha256 in stamp.hashes}
    new = [sha256 for sha256 in store.hashes() if sha256 not in covered]
    if not new:
        return None
    stamp = request_stamp(authority, stamps[-1].digest if stamps else None, new, post)
    with store.writing():
        store.add_stamp(stamp)
    return stamp


def _check_stamps(store: Store, roots: bytes | None) -> Iterator[Fault]:
    before: Stamp | None = None
    unchecked = False
    kept: set[str] | None = None
    for stamp in store.stamps():
        place = f"the stamp of {stamp.at:%Y-%m-%d %H:%M} by {stamp.authority}"
        try:
            wrong = None if unchecked else check_stamp(stamp, roots)
        except MissingExtra as lack:  # once is enough, and everything else is checked without it
            wrong, unchecked = f"stamps are not checked: {lack}", True
        if wrong is not None:
            yield Fault(version=None, place=place, message=wrong)
        if stamp.previous != (before.digest if before else None):
            yield Fault(version=None, place=place, message="it does not follow the stamp before it")
        if before is not None and stamp.at < before.at:
            yield Fault(version=None, place=place, message="it is of an earlier time than the stamp before it")
        before = stamp
        kept = set(store.hashes()) if kept is None else kept
        if missing := len(set(stamp.hashes) - kept):
            yield Fault(version=None, place=place, message=f"{missing:,} of the captures that it covers are gone")


def _check_judgements(store: Store) -> Iterator[Fault]:
    """People's words against their ids, which are hashes of what they say."""
    for judgement in store.judgements():
        if judgement.id != id_of(judgement):
            message = f"it is not what {judgement.by} judged: its id is not that of its content"
            yield Fault(version=None, place=f"the judgement {judgement.id}", message=message)


def _check_captures(store: Store, tell: Callable[[], None] | None) -> Iterator[Fault]:
    checked: str | None = None
    for version, capture, record in store.captures():
        if tell is not None:
            tell()
        for message in _check_record(version, capture, record):
            yield Fault(version=version, place=one_line(capture.place), message=message)
        if version.id != checked:
            checked = version.id
            yield from _check_text(store, version)


def _check_record(version: Version, capture: Capture, record: bytes) -> Iterator[str]:
    """The bytes against their hash, and what is said of them against what their record says."""
    # of a version's first bytes the time is known, though they may tell none
    at = version.at if capture.sha256 == version.sha256 else None
    if at is not None and capture.retrieved not in (None, at):
        yield "the version is of another time than its first bytes"
    try:
        if hashlib.sha256(decode_record(record)).hexdigest() != capture.sha256:
            yield "the kept bytes have another hash"
        if differ := differing(record, capture, at):
            yield f"the kept record says another {' and '.join(differ)}"
    except LedgerError as failure:
        yield str(failure)


def _check_text(store: Store, version: Version) -> Iterator[Fault]:
    place = version.url or version.name
    try:
        reading = store.reading(version.id)
    except LedgerError as failure:
        yield Fault(version=version, place=place, message=str(failure))
        return
    if reading is None:
        yield Fault(version=version, place=place, message="its reading is missing")
        return
    text = reading.document.text
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != version.text_sha256:
        yield Fault(version=version, place=place, message="its text has another hash")
    spans = (s for a in reading.attributions for s in (*a.source, *a.cue, *a.content))
    if any(text[s.start : s.end] != s.text for s in spans):
        yield Fault(version=version, place=place, message="an attribution's words are not those of the text")
