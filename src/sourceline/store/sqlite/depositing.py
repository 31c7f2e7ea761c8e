"""Putting versions in, reading them anew and taking them down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sourceline.errors import NotFound, UsageError
from sourceline.model.address import same_address
from sourceline.model.evidence import Removal
from sourceline.model.identity import Profile
from sourceline.model.reading import Reading
from sourceline.store.article_encoding import encode_meanings
from sourceline.store.contract import Deposit, Outcome
from sourceline.store.days import microseconds
from sourceline.store.encoding import encode_document, encode_reading
from sourceline.store.sameness import model_label, model_rank, text_sha256, version_id
from sourceline.store.sqlite.claims import pending
from sourceline.store.sqlite.connection import Database, text_of
from sourceline.store.sqlite.damage import as_number, reads_back
from sourceline.store.sqlite.judgements import forget_words, rulings_of
from sourceline.store.sqlite.latest import SERVERS_WORD, Sightings, indexed, site_of
from sourceline.store.sqlite.rows import Indexed, WordIndex, day_number, free_base
from sourceline.store.sqlite.seals import SEAL, SEAL_OF_NEW, UNREAD_AND_STANDING
from sourceline.store.sqlite.tallies import Tallies, unnamed_speakers
from sourceline.store.sqlite.versions import capture_columns, encode_profiles, load_kept, pack_hash, unpack_hash
from sourceline.store.standing import standing

_INSERT_VERSION = f"""
    INSERT INTO versions (id, document, name, number, at, text_sha256, sha256, url, address, outlet, outlet_kind, title,
        published, day, model, base, slots, unnamed, seen, latest, seal)
    VALUES (:id, :document, :name, 1, :at, :text_sha256, :sha256, :url, :address, :outlet_row, :outlet_kind, :title,
        :published, :day, :model, :base, :slots, :unnamed, :at, :latest, {SEAL_OF_NEW})"""
_INSERT_CAPTURE = """
    INSERT INTO captures (version, sha256, at, place, url, retrieved, content_type, headers, record)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_ALWAYS = -(1 << 63)
"""Earlier than any time: a reading that was put in on purpose stays until a later model's comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A reading with its profiles, ready to be kept."""

    reading: Reading
    profiles: Mapping[str, Profile]
    blobs: tuple[bytes, bytes]
    meanings: bytes

    @classmethod
    def of(cls, reading: Reading, profiles: Mapping[str, Profile], meanings: Mapping[str, bytes]) -> _Text:
        blobs = (encode_document(reading.document), encode_reading(reading))
        return cls(reading=reading, profiles=profiles, blobs=blobs, meanings=encode_meanings(meanings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A version that is there already."""

    row: int
    document: int
    text_sha256: str
    first: tuple[int, str, str, str]
    """Of its first deposit: when the text was there, hash of the bytes, name and address."""
    seen: int
    """When it was there last."""
    model: str | None
    read: tuple[int, str]
    """Of the deposit whose reading is kept: when the text was there, and the hash of the bytes."""
    removed: bool


class Depositor:
    """Writes evidence; every method belongs inside a transaction."""

    def __init__(self, database: Database, words: WordIndex, tallies: Tallies) -> None:
        self._database = database
        self._words = words
        self._tallies = tallies
        self._sightings = Sightings(database, tallies)

    def put(self, deposit: Deposit) -> Outcome:
        document = deposit.reading.document
        id, text = version_id(deposit.key, document), text_sha256(document.text)
        versions = self._versions_of(deposit.key)
        removed = [known.removed for known in versions.values()]
        if any(removed) and (all(removed) or any(k.removed and k.text_sha256 == text for k in versions.values())):
            return Outcome.REMOVED
        kept = _Text.of(deposit.reading, deposit.profiles, deposit.meanings)
        if (known := versions.get(id)) is not None:
            return self._put_again(deposit, id, known, kept)
        document_row = next((known.document for known in versions.values()), None)
        if document_row is None:
            document_row = self._database.run("INSERT INTO documents (key) VALUES (?)", (deposit.key,))
        at = microseconds(deposit.at)
        standing = [(k.seen, k.first[0], other) for other, k in versions.items() if not k.removed]
        self._insert(
            deposit, id, text, document_row, kept, latest=(at, at, id) > max(standing, default=(_ALWAYS, 0, ""))
        )
        pending.mark_document(self._database, document_row)
        if versions:
            self._number(document_row)
            self._sightings.settle(document_row)
        return Outcome.VERSION if versions else Outcome.DOCUMENT

    def replace_reading(
        self, id: str, reading: Reading, profiles: Mapping[str, Profile], meanings: Mapping[str, bytes]
    ) -> None:
        """Raises NotFound where there is no such version or its text was removed, UsageError for another text."""
        row = self._database.row("SELECT version, text_sha256, removed_at FROM versions WHERE id = ?", (id,))
        if row is None:
            raise NotFound(f"the ledger has no version {id}: look it up first")
        if row[2] is not None:
            raise NotFound(f"the text of version {id} was removed: there is nothing to read anew")
        if unpack_hash(row[1]) != text_sha256(reading.document.text):
            raise UsageError(f"the reading is of another text than version {id}: put it as a version of its own")
        self._replace(row[0], id, _Text.of(reading, profiles, meanings), None)

    @reads_back
    def withdraw(self, id: str) -> None:
        """Takes a version out of what is found, until it is judged anew: before its judgements are changed."""
        kept = load_kept(self._database, id)
        if kept is None:
            return
        site = site_of(self._database, kept.row)
        self._words.drop(site.base, indexed(kept, site))
        self._tallies.leave(kept.row, site.document, indexed(kept, site))
        self._database.run("UPDATE versions SET base = NULL, slots = 0, unnamed = 0 WHERE version = ?", (kept.row,))

    @reads_back
    def judge_anew(self, id: str) -> None:
        """Puts a withdrawn version back, in line with the judgements that stand; nothing where it has no text."""
        kept = load_kept(self._database, id)
        if kept is not None:
            self._mark_unmatched(kept.row)
            self._enter(kept.row, indexed(kept, site_of(self._database, kept.row)))

    def remove(self, id: str, removal: Removal) -> None:
        """Raises NotFound where there is no such version; one that is removed already stays as it is."""
        row = self._database.row("SELECT version, removed_at, document FROM versions WHERE id = ?", (id,))
        if row is None:
            raise NotFound(f"the ledger has no version {id}: look it up first")
        if row[1] is not None:
            return
        self.withdraw(id)
        self._mark_unmatched(row[0])
        self._database.run("DELETE FROM texts WHERE version = ?", (row[0],))
        self._database.run("DELETE FROM readings WHERE version = ?", (row[0],))
        self._database.run("DELETE FROM meanings WHERE version = ?", (row[0],))
        self._database.run("UPDATE captures SET record = NULL, headers = '{}' WHERE version = ?", (row[0],))
        self._database.run(
            """UPDATE versions SET title = NULL, model = NULL, latest = 0, removed_at = ?, removed_by = ?,
                   removed_reason = ? WHERE version = ?""",
            (microseconds(removal.at), removal.by, removal.reason, row[0]),
        )
        self._seal(row[0])
        self._sightings.settle(row[2])
        forget_words(self._database, id)
        self._database.forgets = True

    # versions ---------------------------------------------------------------------------------------------------------

    @reads_back
    def _versions_of(self, key: str) -> dict[str, _Known]:
        rows = self._database.rows(
            """SELECT v.id, v.version, v.document, v.text_sha256, v.at, v.sha256, v.name, v.url, v.model, v.read_at,
                      v.read_sha256, v.removed_at, v.seen
               FROM versions v JOIN documents d ON d.document = v.document WHERE d.key = ?""",
            (key,),
        )
        return {
            id: _Known(
                row=row,
                document=document,
                text_sha256=unpack_hash(text),
                first=(at, unpack_hash(sha256), text_of(name) or "", text_of(url) or ""),
                model=model,
                read=(at, unpack_hash(sha256)) if read_at is None else (read_at, unpack_hash(read_sha256)),
                removed=removed is not None,
                seen=seen,
            )
            for id, row, document, text, at, sha256, name, url, model, read_at, read_sha256, removed, seen in rows
        }

    @reads_back
    def _insert(self, deposit: Deposit, id: str, text: str, document_row: int, kept: _Text, *, latest: bool) -> None:
        document = deposit.reading.document
        at, sha256 = microseconds(deposit.at), pack_hash(deposit.capture.sha256)
        day, outlet = day_number(document.published), self._outlet_row(document.outlet)
        profiles = self._profile_rows(kept)
        stands = standing(kept.reading, rulings_of(self._database, id))
        version = Indexed(reading=kept.reading, profiles=profiles, stands=stands, outlet=outlet, latest=latest)
        base = free_base(self._database, day, 1 + len(stands))
        blobs = {"text": kept.blobs[0], "profiles": encode_profiles(profiles), "reading": kept.blobs[1]}
        row = self._database.run(
            _INSERT_VERSION,
            {
                "id": id,
                "document": document_row,
                "key": deposit.key,
                "name": deposit.name,
                "at": at,
                "text_sha256": pack_hash(text),
                "sha256": sha256,
                "url": document.url,
                "address": _address(document.url),
                "outlet_row": outlet,
                "outlet": document.outlet,
                "outlet_kind": document.outlet_kind,
                "title": document.title,
                "published": document.published,
                "day": day,
                "model": model_label(deposit.reading.model),
                "base": base,
                "slots": len(stands),
                "unnamed": len(unnamed_speakers(version.reading, version.stands)),
                "latest": latest,
                **UNREAD_AND_STANDING,
                **blobs,
            },
        )
        capture = (row, sha256, at, *capture_columns(deposit.capture), deposit.record)
        self._sightings.add(row, at, self._database.run(_INSERT_CAPTURE, capture))
        self._database.run("INSERT INTO texts VALUES (?, ?)", (row, blobs["text"]))
        self._database.run("INSERT INTO readings VALUES (?, ?, ?)", (row, blobs["profiles"], blobs["reading"]))
        self._put_meanings(row, kept)
        self._words.add(base, version)
        self._tallies.enter(row, document_row, day, version)

    def _seal(self, row: int) -> None:
        """After every change of what the seal is of."""
        self._database.run(f"UPDATE versions AS v SET seal = {SEAL} WHERE version = ?", (row,))

    def _profile_rows(self, kept: _Text) -> tuple[int | None, ...]:
        """For each source of the reading."""
        profiles = [kept.profiles.get(source.id) for source in kept.reading.sources]
        rows = self._tallies.profile_rows([profile for profile in profiles if profile is not None])
        return tuple(None if profile is None else rows[profile.id] for profile in profiles)

    @reads_back
    def _outlet_row(self, name: str | None) -> int | None:
        if name is None:
            return None
        found = self._database.row("SELECT outlet FROM outlets WHERE name = ?", (name,))
        if found is not None:
            return int(found[0])
        return self._database.run("INSERT INTO outlets (name, folded) VALUES (?, ?)", (name, name.casefold()))

    @reads_back
    def _number(self, document: int) -> None:
        """Numbers the versions of a document from 1, in the order in which their texts were there."""
        rows = self._database.rows(
            "SELECT version, number FROM versions WHERE document = ? ORDER BY at, id", (document,)
        )
        changed = [(number, row) for number, (row, known) in enumerate(rows, 1) if number != known]
        self._database.run_many("UPDATE versions SET number = ? WHERE version = ?", changed)

    # what is known already --------------------------------------------------------------------------------------------

    @reads_back
    def _put_again(self, deposit: Deposit, id: str, known: _Known, kept: _Text) -> Outcome:
        captured, capture = self._put_capture(known.row, deposit)
        at, sha256 = microseconds(deposit.at), deposit.capture.sha256
        self._sightings.add(known.row, at, capture)
        url = kept.reading.document.url
        if (at, sha256, deposit.name, url or "") < known.first:
            self._database.run(
                """UPDATE versions SET at = ?, sha256 = ?, name = ?, url = ?, address = ?,
                       read_at = coalesce(read_at, at), read_sha256 = coalesce(read_sha256, sha256)
                   WHERE version = ?""",
                (at, pack_hash(sha256), deposit.name, url, _address(url), known.row),
            )
            self._seal(known.row)
            self._number(known.document)
            pending.mark_document(self._database, known.document)
        returned = self._sightings.settle(known.document)
        model = model_label(kept.reading.model)
        if self._outranks((model, (at, sha256), kept.blobs), known):
            self._replace(known.row, id, kept, (at, sha256))
            if model != known.model and not captured and not returned:
                return Outcome.READING
        return Outcome.RETURNED if returned else Outcome.CAPTURE if captured else Outcome.UNCHANGED

    @reads_back
    def _outranks(self, offered: tuple[str, tuple[int, str], tuple[bytes, bytes]], known: _Known) -> bool:
        """Whether the offered reading is kept instead of the known one: by the later model, else of the earlier bytes,
        so that the order of writing does not matter."""
        model, read, blobs = offered
        if model != known.model:
            return known.model is None or model_rank(model) > model_rank(known.model)
        if read != known.read:
            return read < known.read
        held = self._database.row(
            "SELECT document, reading FROM texts NATURAL JOIN readings WHERE version = ?", (known.row,)
        )
        return blobs < tuple(held)

    @reads_back
    def _put_capture(self, version: int, deposit: Deposit) -> tuple[bool, int]:
        """Whether the bytes are new, and the row that they are in. Of several deposits of the same ones the first is
        kept, whatever came first."""
        at, sha256 = microseconds(deposit.at), pack_hash(deposit.capture.sha256)
        offered = (at, *capture_columns(deposit.capture), deposit.record)
        found = self._database.row(
            """SELECT capture, at, place, url, retrieved, content_type, headers, record FROM captures
               WHERE sha256 = ? AND version = ?""",
            (sha256, version),
        )
        if found is None:
            return True, self._database.run(_INSERT_CAPTURE, (version, sha256, *offered))
        row, *columns, record = found
        known = [text_of(column) if isinstance(column, bytes) else column for column in columns]
        if _sortable(offered) < _sortable([*known, record]):
            self._database.run(
                """UPDATE captures SET at = ?, place = ?, url = ?, retrieved = ?, content_type = ?, headers = ?,
                       record = ? WHERE version = ? AND sha256 = ?""",
                (*offered, version, sha256),
            )
        return False, as_number(row)

    # seen again -------------------------------------------------------------------------------------------------------

    @reads_back
    def see(self, key: str, sha256: str, at: int) -> Outcome:
        rows = self._database.rows(
            """SELECT v.version, v.document, c.capture, v.removed_at FROM captures c
               JOIN versions v ON v.version = c.version JOIN documents d ON d.document = v.document
               WHERE c.sha256 = ? AND d.key = ? ORDER BY v.removed_at IS NOT NULL, v.at DESC, v.id DESC LIMIT 1""",
            (pack_hash(sha256), key),
        )
        return self._see(rows, at)

    @reads_back
    def see_unchanged(self, key: str, *, since: int, at: int) -> Outcome:
        rows = self._database.rows(
            """SELECT v.version, v.document, ?, v.removed_at FROM sightings s
               JOIN versions v ON v.version = s.version JOIN documents d ON d.document = v.document
               WHERE d.key = ? AND s.at <= ? ORDER BY s.at DESC, v.at DESC, v.id DESC LIMIT 1""",
            (SERVERS_WORD, key, since),
        )
        return self._see(rows, at)

    def _see(self, rows: Sequence[tuple[int, int, int, int | None]], at: int) -> Outcome:
        for version, document, capture, removed in rows:
            if removed is not None:
                return Outcome.REMOVED
            self._sightings.add(version, at, capture)
            return Outcome.RETURNED if self._sightings.settle(document) else Outcome.UNCHANGED
        return Outcome.UNCHANGED

    # texts ------------------------------------------------------------------------------------------------------------

    @reads_back
    def _replace(self, row: int, id: str, kept: _Text, read: tuple[int, str] | None) -> None:
        self.withdraw(id)
        self._mark_unmatched(row)
        at, sha256 = read or (_ALWAYS, "")
        self._database.run(
            "UPDATE versions SET model = ?, read_at = ?, read_sha256 = ? WHERE version = ?",
            (model_label(kept.reading.model), at, pack_hash(sha256), row),
        )
        profiles = self._profile_rows(kept)
        self._database.run("UPDATE texts SET document = ? WHERE version = ?", (kept.blobs[0], row))
        self._database.run(
            "UPDATE readings SET profiles = ?, reading = ? WHERE version = ?",
            (encode_profiles(profiles), kept.blobs[1], row),
        )
        self._put_meanings(row, kept)
        self._seal(row)
        stands = standing(kept.reading, rulings_of(self._database, id))
        site = site_of(self._database, row)
        version = Indexed(
            reading=kept.reading, profiles=profiles, stands=stands, outlet=site.outlet, latest=site.latest
        )
        self._enter(row, version)

    def _put_meanings(self, row: int, kept: _Text) -> None:
        self._database.run("DELETE FROM meanings WHERE version = ?", (row,))
        if kept.meanings:
            self._database.run("INSERT INTO meanings VALUES (?, ?)", (row, kept.meanings))

    @reads_back
    def _enter(self, row: int, version: Indexed) -> None:
        """Makes a version be found that is not."""
        site = site_of(self._database, row)
        base = free_base(self._database, site.day, 1 + len(version.stands))
        self._words.add(base, version)
        self._tallies.enter(row, site.document, site.day, version)
        self._database.run(
            "UPDATE versions SET base = ?, slots = ?, unnamed = ? WHERE version = ?",
            (base, len(version.stands), len(unnamed_speakers(version.reading, version.stands)), row),
        )

    def _mark_unmatched(self, row: int) -> None:
        self._database.run("INSERT OR IGNORE INTO unmatched SELECT document FROM versions WHERE version = ?", (row,))


def _address(url: str | None) -> str | None:
    return same_address(url) if url else None


def _sortable(columns: Sequence[object]) -> list[tuple[bool, object]]:
    """Columns of which some may be missing: nothing comes before everything else."""
    return [(column is not None, "" if column is None else column) for column in columns]
