"""The ledger as Python sees it: `sourceline.open(path)`, and what can be done with one."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, count, pairwise
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeVar

from sourceline.errors import InvalidRecord, LedgerDamaged, LedgerFull, NotFound, UsageError
from sourceline.ledger.adding import Adder, Event, Summary
from sourceline.ledger.annotated import Annotated, read_annotated
from sourceline.ledger.changes import Difference, compare_readings, stays_of
from sourceline.ledger.claims import Claims, Tell
from sourceline.ledger.close_reading import Read, Reader, read_all
from sourceline.ledger.corrections import Imported, corrected, judge_attributions, speakers_passed_over
from sourceline.ledger.drafting import draft_document
from sourceline.ledger.identities import conflicts_of, identities_kept, reasons_of, refresh_identities, standing_words
from sourceline.ledger.judgement_ids import pair_id
from sourceline.ledger.linting import Linter
from sourceline.ledger.matcher import Matcher
from sourceline.ledger.naming import name_pair
from sourceline.ledger.pairs import judge_mentions, pair_conflicts
from sourceline.ledger.soundness import Fault, stamp_ledger, verify_ledger
from sourceline.model.address import asked_address
from sourceline.model.evidence import Capture, Problem, Removal, Sighting, Stamp, Version, Visit
from sourceline.model.identity import JudgementConflict, Profile, Proposal
from sourceline.model.judgement import Judgement, Named, Verdict
from sourceline.model.lint import LintFinding
from sourceline.model.query import ClaimSummary, Finding, Page, Passage, Query, SourceSummary
from sourceline.model.reading import Failure, Reading
from sourceline.model.source import Source
from sourceline.model.speech import Act
from sourceline.model.text import Document
from sourceline.model.trace import Edge, Trace
from sourceline.resolve.identity import identify, judged_keys, linked_keys, profile_of, propose
from sourceline.settings import Settings
from sourceline.store.contract import Store
from sourceline.store.sameness import model_rank

DEFAULT = "news.db"
"""The ledger of the folder one is in, where none is named."""

_T = TypeVar("_T")


def open(
    path: str | os.PathLike[str] = DEFAULT,
    *,
    settings: Settings | None = None,
    create: bool = True,
    readonly: bool = False,
    tell_wait: Callable[[float], None] | None = None,
) -> Ledger:
    """The ledger at `path`, made where there is none yet, unless `create` is False: then one that may not be written to
    is opened for reading. With `readonly` nothing is made or written in any case.

    `tell_wait` hears for how many seconds at most it waits when another program is writing. Raises LedgerError where it
    cannot be opened, NotFound where there is none and none is to be made.
    """
    from sourceline.store.sqlite import open_store

    if (readonly or not create) and not Path(path).exists():
        raise NotFound(f"there is no ledger {os.fspath(path)}: make one with sourceline add, or name it with --ledger")
    try:
        store = open_store(path, readonly=readonly, tell_wait=tell_wait)
    except LedgerFull:
        if create or readonly:
            raise
        store = open_store(path, readonly=True, tell_wait=tell_wait)
    return Ledger(store, settings=settings)


class Ledger:
    """Articles kept with their evidence and their readings. Close it, or use it in a `with`."""

    def __init__(
        self,
        store: Store,
        *,
        settings: Settings | None = None,
        reader: Reader | None = None,
        matcher: Matcher | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._store = store
        self._reader = reader
        self._claims = Claims(store, matcher)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    @property
    def files(self) -> frozenset[str]:
        """The real paths of the ledger's own files."""
        return self._store.files()

    # adding -----------------------------------------------------------------------------------------------------------

    def add(
        self,
        *sources: str | os.PathLike[str],
        columns: Mapping[str, str] | None = None,
        dry_run: bool = False,
        tell: Callable[[Event], None] | None = None,
    ) -> Summary:
        """Adds files, folders, patterns, addresses, feeds, archives; what is known already changes nothing.

        `columns` maps this program's field names to those of a table. `tell` hears of each input when it is safe.
        Interrupted, it keeps what is finished, and a second run goes on from there.
        """
        from sourceline.collect.inputs import collect_inputs
        from sourceline.collect.web.crawl import collect_address
        from sourceline.collect.web.session import WebSession

        if not dry_run:
            self._wait_to_write()
        adder = Adder(self._store, self._read_many, self.settings, tell=tell, kept=self._claims.follow)
        with WebSession(self.settings, visits=_Visited(self._store)) as session:
            collected = collect_inputs(
                [os.fspath(source) for source in sources],
                self.settings,
                addresses=lambda url: collect_address(url, session, self.settings),
                columns=columns,
            )
            found = (item for item in collected if not (isinstance(item, Problem) and self._is_own(item.place)))
            return adder.look(found) if dry_run else adder.add(found)

    def _is_own(self, place: str) -> bool:
        """Whether it is a file of the ledger: one that lies among the articles is no problem."""
        return os.path.realpath(place) in self.files

    def problems(self) -> Iterator[tuple[Problem, datetime]]:
        """The inputs that could not be read, with the reason and the time, in the order of places."""
        return self._store.problems()

    def reread(self, tell: Callable[[Difference], None] | None = None) -> int:
        """Reads again what an earlier model read, and says how many documents that were. Judgements stay, and so does
        what a later model read.

        What cannot be read keeps the reading it has, and becomes a problem; `tell` hears of the others.
        """
        self._wait_to_write()
        current = model_rank(self._model)
        standing = [v for v in self._store.versions() if v.removal is None]
        stale = [v.id for v in standing if v.model is None or model_rank(v.model) < current]
        texts = (self._kept(id)[1].document for id in stale)
        for id, after in zip(stale, self._read_many(texts), strict=True):
            version, before = self._kept(id)
            place = f"{version.name} ({id}), read again"
            if isinstance(after, Failure):
                problem = Problem(place=place, kind=after.kind, message=after.message)
                with self._store.writing():
                    self._store.add_problem(problem, datetime.now(UTC))
                continue
            found = {source.id: profile_of(source) for source in after.reading.sources}
            profiles = {id: profile for id, profile in found.items() if profile is not None}
            with self._store.writing():
                with identities_kept(self._store, profiles.values(), leaving=[before]):
                    self._store.replace_reading(id, after.reading, profiles, after.meanings)
                self._store.solve_problem(place)
            if tell is not None:
                tell(compare_readings((version, before), self._kept(id)))
        return len(stale)

    # finding ----------------------------------------------------------------------------------------------------------

    def versions(self, document: str | None = None) -> Iterator[Version]:
        """All versions, or those of one document by its name, key, address or version id."""
        return self._store.versions() if document is None else iter(self._versions_of(document))

    def reading(self, document: str) -> Reading:
        """What was read in a document, as people corrected it: in its latest version, or in the version with this id.

        Raises NotFound where there is none, or its text was removed.
        """
        version = self._store.version(document)
        if version is None:
            versions = self._one(document)
            version = next((v for v in versions if v.latest), versions[-1])
        return self._corrected(version.id)[1]

    def readings(self) -> Iterator[tuple[Version, Reading]]:
        """Every version that was not removed, with its reading as people corrected it."""
        judged = {j.version for j in self._store.judgements() if j.version is not None}
        for version in self._store.versions():
            if version.removal is None:
                yield self._corrected(version.id) if version.id in judged else self._kept(version.id)

    def search(self, text: str | None = None, **conditions: object) -> Iterator[Finding]:
        """Attributions, the latest published first. Conditions are the fields of `Query`."""
        return self.find_all(Query(text=text, **conditions))  # type: ignore[arg-type]  # the fields say what they take

    def find_all(self, query: Query) -> Iterator[Finding]:
        """`search` for a query that is made already."""
        return pages_of(lambda after: self._store.find(query, after=after))

    def find(self, query: Query, *, limit: int = 50, after: str | None = None) -> Page[Finding]:
        """One page of `search`."""
        return self._store.find(query, limit=limit, after=after)

    def count(self, query: Query) -> int:
        """How many attributions there are, counted up to 10,000."""
        return self._store.count(query)

    def passages(self, text: str, *, all_versions: bool = False) -> Iterator[Passage]:
        """Where whole texts hold the words, said by somebody or not: the latest ones of articles, or all."""
        return pages_of(lambda after: self._store.passages(text, after=after, all_versions=all_versions))

    def find_passages(self, text: str, *, limit: int = 50, after: str | None = None) -> Page[Passage]:
        """One page of `passages`."""
        return self._store.passages(text, limit=limit, after=after)

    def latest(self, *, limit: int = 50, after: str | None = None) -> Page[Version]:
        """One page of documents, each by its last version: the latest published first."""
        return self._store.latest(limit=limit, after=after)

    def captures(self, version: str) -> Iterator[Capture]:
        """The bytes that the version with this id was read from, as they were had: hashes, places and times."""
        return (capture for _, capture, _ in self._store.captures(version))

    def difference(self, document: str) -> Iterator[Difference]:
        """What changed each time that another version of a document was seen than before, also where a text came back.
        Raises NotFound where there is no such document."""
        known = set[str]()
        standing = [(version, seen) for version, seen in self.sightings(document) if version.removal is None]
        for (before, _), (after, at) in pairwise(stays_of(standing)):
            known.add(before.id)
            found = compare_readings(self._kept(before.id), self._kept(after.id))
            yield replace(found, at=at, returned=after.id in known)

    def sightings(self, document: str) -> list[tuple[Version, tuple[Sighting, ...]]]:
        """The versions of one document by their numbers, with each time that they were there: their bytes were had, or
        the server said that they are as they were. Raises NotFound where there is no such document."""
        return [(version, tuple(self._store.sightings(version.id))) for version in self._one(document)]

    # sources ----------------------------------------------------------------------------------------------------------

    def sources(
        self, text: str | None = None, *, acts: Collection[Act] = (), all_versions: bool = False
    ) -> Iterator[SourceSummary]:
        """Named sources across documents, those that speak most often first: in the latest version of each document, or
        in all of them."""
        return pages_of(lambda after: self._store.summaries(text, acts=acts, after=after, all_versions=all_versions))

    def find_sources(
        self, text: str | None = None, *, acts: Collection[Act] = (), limit: int = 50, after: str | None = None
    ) -> Page[SourceSummary]:
        """One page of `sources`."""
        return self._store.summaries(text, acts=acts, limit=limit, after=after)

    def source(self, name: str, *, all_versions: bool = False) -> SourceSummary:
        """One source by its name, by the id of its identity or by that of one of its profiles. Raises NotFound where
        there is none or more than one."""
        found = self._store.summary(self._store.identity_of(name) or name, all_versions=all_versions)
        if found is not None:
            return found
        page = self._store.summaries(name, limit=20, all_versions=all_versions)
        exact = [s for s in page.items if s.name.casefold() == name.casefold()]
        candidates = exact or list(page.items)
        if len(candidates) == 1:
            return candidates[0]
        if not candidates:
            raise NotFound(f"no source is called {name!r}: sourceline sources lists them")
        listed = ", ".join(f"{s.identity} ({s.name}{', ' + s.roles[0] if s.roles else ''})" for s in candidates[:5])
        raise NotFound(f"several sources may be meant by {name!r}: give the id of one of {listed}")

    def profiles(self, identity: str) -> tuple[tuple[Profile, ...], tuple[str, ...]]:
        """The profiles of the identity with this id, or that a profile with this id belongs to, in the order of their
        ids, and why they are held to be one."""
        found = tuple(self._store.identity_profiles(self._store.identity_of(identity) or identity))
        return found, reasons_of(self._store, found) if len(found) > 1 else ()

    def unnamed(self, *, all_versions: bool = False) -> Iterator[tuple[Version, Source, int]]:
        """Sources without a name, how often each speaks, and in which version: the latest ones, or all."""
        return pages_of(lambda after: self._store.unnamed(after=after, all_versions=all_versions))

    def find_unnamed(self, *, limit: int = 50, after: str | None = None) -> Page[tuple[Version, Source, int]]:
        """One page of `unnamed`."""
        return self._store.unnamed(limit=limit, after=after)

    def identity_of(self, id: str) -> str | None:
        """The id of the identity that the profile with this id belongs to; None where there is none. What was an
        identity's id leads to the one that absorbed it."""
        return self._store.identity_of(id)

    def proposals(self) -> Iterator[Proposal]:
        """Sources that may be one, the likeliest first, for a person to decide."""
        keys = {key for key, _ in self._store.profile_keys()}
        judgements = standing_words(self._store)
        profiles = self._store.profiles(keys)
        return propose(profiles, identify(profiles, judgements), judgements)

    # claims -----------------------------------------------------------------------------------------------------------

    def match(self, tell: Tell | None = None) -> None:
        """Finds which mentions put one claim, where documents changed since that was done last; whoever asks for claims
        or traces has it done. `tell` hears how many documents are done and how many are left.

        Raises LedgerFull or LedgerLocked where there is something to do and the ledger may not be written to.
        """
        self._claims.bring_up_to_date(tell)

    def claims(self, query: str | None = None, *, min_outlets: int = 0) -> Iterator[ClaimSummary]:
        """Claims whose statements hold the words, those in most articles first; then those that a single mention puts,
        the latest first. Raises UsageError for words that cannot be understood."""
        self.match()
        return self._claims.summaries(query, min_outlets=min_outlets)

    def find_claims(self, text: str | None = None, *, limit: int = 50, after: str | None = None) -> Page[ClaimSummary]:
        """One page of the claims that several mentions put, of what is matched so far; nothing is written."""
        return self._claims.page(text, limit=limit, after=after)

    def trace(
        self, claim: str | ClaimSummary, *, without: Collection[str] = (), as_of: datetime | None = None
    ) -> Trace:
        """Where a claim comes from, how many sources that is, and who disputes it; by its id or that of any mention,
        attribution or own-voice assertion in it.

        `without`: parties or outlets that are left out, by name. `as_of`: only what was published until then counts.
        Raises NotFound where there is no such id.
        """
        self.match()
        id = claim if isinstance(claim, str) else claim.id
        return self._claims.trace(id, without=tuple(without), as_of=as_of)

    def traces(self) -> Iterator[Trace]:
        """The trace of every claim, in the order of its first article's version, then of the place in its text."""
        self.match()
        return self._claims.traces()

    def edges(self) -> tuple[Edge, ...]:
        """Which document took something directly from which earlier one."""
        self.match()
        return self._claims.edges()

    def lint(
        self, draft: str | os.PathLike[str], *, min_origins: int | None = None, published: str | None = None
    ) -> Iterator[LintFinding]:
        """What the ledger has to say about a draft, in the order of the draft: its text, or a Path to its file.

        With `min_origins`, claims with fewer independent origins shown are named too. `published` is for what the draft
        does not say; without a date it is of today. Raises InputError where a file cannot be read.
        """
        self.match()
        document = draft_document(draft, self.settings, published)
        (read,) = self._read_many([document])
        if isinstance(read, Failure):
            raise InvalidRecord(f"the draft cannot be read: {read.message}")
        now = datetime.now(UTC)
        return Linter(self._store, self._claims, read, min_origins=min_origins, now=now).findings()

    # people's words ---------------------------------------------------------------------------------------------------

    def judge(
        self, verdict: Verdict | str, first: str | Named, second: str | Named, *, by: str, note: str | None = None
    ) -> Judgement:
        """Somebody's word that two sources, given by name or by the id of a profile or identity, are the same or
        different; or that two mentions, given by their ids, put the same claim or don't.

        Raises NotFound where one is not known, UsageError where nothing tells them apart.
        """
        decided = Verdict(verdict)
        if decided not in (Verdict.SAME, Verdict.DIFFERENT):
            raise UsageError(f"sources and mentions are judged same or different, not {decided}")
        if not by.strip():
            raise UsageError("a judgement needs its author: give a name")
        if isinstance(first, str) and isinstance(second, str) and self._are_mentions(first, second):
            made = judge_mentions(self._store, decided, (first, second), by=by, note=note)
            self.add_judgements([made])
            return made
        pair = name_pair(self._store, first, second, lambda name: self.source(name, all_versions=True).identity)
        sources = tuple(sorted(pair, key=_order))
        if sources[0] == sources[1]:
            raise UsageError(
                "nothing tells these two apart: give the ids of two profiles, which sourceline sources NAME lists"
            )
        id = pair_id(by, decided, sources, note)
        judgement = Judgement(id=id, at=datetime.now(UTC), by=by, verdict=decided, sources=sources, note=note)
        self.add_judgements([judgement])
        return judgement

    def _are_mentions(self, *ids: str) -> bool:
        """Whether mentions are meant. Raises UsageError where one is a mention and the other is not."""
        self.match()
        known = [bool(self._store.claims.mentions_with(id)) for id in ids]
        if any(known) and not all(known):
            other = ids[known.index(False)]
            raise UsageError(f"{other} is no mention: two mentions are judged, or two sources")
        return all(known)

    def add_judgements(self, judgements: Iterable[Judgement]) -> int:
        """Appends judgements, of sources, of mentions or of attributions; how many were new."""
        added = list(judgements)
        with self._store.writing():
            return self._append(added)

    def _append(self, judgements: Iterable[Judgement]) -> int:
        """In a transaction that is open; how many were new."""
        new = [j for j in judgements if self._store.add_judgement(j)]
        self._look_again(new)
        refresh_identities(self._store, {key for judgement in new for key in judged_keys(judgement)})
        return len(new)

    def import_annotations(self, path: str | os.PathLike[str], *, by: str, confirm: bool = False) -> Iterator[Imported]:
        """Takes corrected annotations back as judgements, all or none of them: what differs from what stands. The file
        as it was before takes them back.

        With `confirm`, what was left as it was is judged right. Raises InputError, which names the file, where one
        cannot be read.
        """
        if not by.strip():
            raise UsageError("a judgement needs its author: give a name")
        with self._store.writing():
            return iter(list(self._import(read_annotated(Path(path)), by, confirm)))

    def _import(self, texts: Iterable[Annotated], by: str, confirm: bool) -> Iterator[Imported]:
        kept = defaultdict[str, list[str]](list)
        for version in self._store.versions():
            if version.removal is None:
                kept[version.text_sha256].append(version.id)
        for annotated in texts:
            new = speakers = 0
            versions = kept[hashlib.sha256(annotated.text.encode("utf-8", "surrogatepass")).hexdigest()]
            for id in versions:
                readings = self._kept(id)[1], self._corrected(id)[1]
                given, at = annotated.attributions, datetime.now(UTC)
                new += self._append(judge_attributions(id, readings, given, by=by, at=at, confirm=confirm))
                speakers += speakers_passed_over(annotated, self._corrected(id)[1])
            yield Imported(place=annotated.place, known=bool(versions), judgements=new, speakers=speakers)

    def undo(self, judgement: str, *, by: str) -> None:
        """Takes a judgement back; both words stay. Raises NotFound where none with this id stands."""
        given = next((j for j in self._store.judgements() if j.id == judgement and not j.undone), None)
        if given is None:
            raise NotFound(f"no judgement {judgement} stands: sourceline judge list shows them")
        with self._store.writing():
            self._store.undo_judgement(judgement, at=datetime.now(UTC), by=by)
            self._look_again([given])
            words = list(self._store.judgements(about_sources=True))
            refresh_identities(self._store, linked_keys(judged_keys(given), words))

    def _look_again(self, judgements: Iterable[Judgement]) -> None:
        """Has the documents of judged mentions matched anew."""
        for document in {located.document for judgement in judgements for located in judgement.mentions}:
            self._store.claims.mark_unmatched(document)

    def judgements(self, version: str | None = None) -> Iterator[Judgement]:
        """All of them, or those of a version's attributions, those taken back too, in the order they were made."""
        return self._store.judgements(version=version)

    def conflicts(self) -> tuple[JudgementConflict, ...]:
        """Judgements that stand but cannot be followed, and why: for a person to settle."""
        of_mentions: list[JudgementConflict] = []
        if any(True for _ in self._store.judgements(about_mentions=True)):
            self.match()
            of_mentions = pair_conflicts(self._store)
        return (*conflicts_of(self._store), *of_mentions)

    # evidence ---------------------------------------------------------------------------------------------------------

    def verify(self, tell: Callable[[], None] | None = None, *, roots: bytes | None = None) -> Iterator[Fault]:
        """What is not as it was put; nothing where all is sound. `tell` is called for each capture.

        Signatures of time stamps are checked where an authority's root certificates (PEM) are given.
        """
        return verify_ledger(self._store, tell, roots=roots)

    def stamp(self, authority: str) -> Stamp | None:
        """Has an authority (RFC 3161, by its address) stamp all evidence that no earlier stamp covers.

        None where there is nothing new. Raises FetchError where it cannot be had, UsageError without the extra `stamp`.
        """
        from sourceline.collect.web.page import post

        return stamp_ledger(self._store, authority, lambda url, body, headers: post(url, body, headers, self.settings))

    def remove(self, document: str, *, by: str, reason: str) -> list[Version]:
        """Takes documents down, by name, key or address, or the text of one version by its id: hashes and reason stay.

        At an address that is every document there; with a text go the document's other versions of the same text. A
        document of which no version is left takes no further text. Raises NotFound where there is none, or where a
        name is that of several documents.
        """
        if not by.strip() or not reason.strip():
            raise UsageError("a removal needs its author and its reason")
        removed = self._meant(document)
        removal = Removal(at=datetime.now(UTC), by=by, reason=reason)
        standing = [version.id for version in removed if version.removal is None]
        with self._store.writing(), identities_kept(self._store, (), leaving=map(self._store.reading, standing)):
            self._claims.matching.forget({version.key for version in removed})
            for id in standing:
                self._store.remove(id, removal)
        return [self._store.version(version.id) or version for version in removed]

    def removed(self, document: str) -> list[Version]:
        """Of the versions that `remove` would take down those that were taken down before, and stay as they are.

        Raises as `remove` does."""
        return [version for version in self._meant(document) if version.removal is not None]

    def _meant(self, document: str) -> list[Version]:
        """The versions that a removal takes down."""
        version = self._store.version(document)
        if version is None:
            return (
                self._versions_of(document)
                if "://" in document and self._versions_of(document)
                else self._one(document)
            )
        return [v for v in self._store.versions(version.key) if v.text_sha256 == version.text_sha256]

    def records(self) -> Iterator[bytes]:
        """The evidence, one compressed WARC record after another: together a .warc.gz file."""
        return (record for _, _, record in self._store.captures())

    def export(self, format: str, out: BinaryIO) -> None:
        """Writes the ledger, people's corrections applied, in one of the formats of `sourceline export --help`.

        Raises UsageError where there is no such format, or where it needs an extra that is not installed.
        """
        from sourceline.show.exports import writer_of  # what is shown lies above; only this verb reaches up

        writer_of(format)(self, out)

    # within -----------------------------------------------------------------------------------------------------------

    def _wait_to_write(self) -> None:
        """Before anything is read: who cannot write learns it at once."""
        with self._store.writing():
            pass

    @property
    def _pipeline(self) -> Reader:
        if self._reader is None:
            from sourceline.pipeline import Pipeline  # the model is loaded by who reads, not by who looks

            self._reader = Pipeline(self.settings)
        return self._reader

    @property
    def _model(self) -> str:
        """As versions name theirs."""
        return f"{self._pipeline.model.name}/{self._pipeline.model.version}"

    def _read_many(self, items: Iterable[Document | Failure]) -> Iterator[Read | Failure]:
        """The model is loaded when there is something to read."""
        rest = iter(items)
        for first in rest:
            yield from read_all(self._pipeline, chain((first,), rest))

    def _kept(self, id: str) -> tuple[Version, Reading]:
        """A version that the store has told of. Raises NotFound where its text was taken down, LedgerDamaged where the
        store no longer has what it told of."""
        version, reading = self._store.version(id), self._store.reading(id)
        if version is None:
            raise LedgerDamaged(f"version {id} is missing though others lead to it: restore a copy of the ledger")
        if version.removal is not None:
            raise NotFound(f"the text of {version.name} was taken down ({version.removal.reason})")
        if reading is None:
            raise LedgerDamaged(f"the text of {version.name} ({id}) is missing: restore a copy of the ledger")
        return version, reading

    def _corrected(self, id: str) -> tuple[Version, Reading]:
        version, reading = self._kept(id)
        return version, corrected(reading, self._store.judgements(version=id))

    def _versions_of(self, document: str) -> list[Version]:
        """Those of the documents with this name, key or address, or the one with this id."""
        found = list(self._store.versions(document))
        if not found and (version := self._store.version(document)) is not None:
            found = [version]
        return found

    def _one(self, document: str) -> list[Version]:
        """The versions of one document, oldest first. Raises NotFound where there is none or several are meant."""
        named = self._versions_of(document)
        versions = [version for key in dict.fromkeys(v.key for v in named) for version in self._store.versions(key)]
        keys = list(dict.fromkeys(version.key for version in versions))
        if not keys:
            raise NotFound(f"there is no document {document!r}: sourceline search lists what there is")
        if len(keys) > 1:
            listed = ", ".join(f"{v.key} ({v.url or v.title or v.outlet or v.published})" for v in versions[:5])
            raise NotFound(f"several documents are called {document!r}: give the key of one of {listed}")
        return sorted(versions, key=lambda version: version.number)


class _Visited:
    """What the store remembers of addresses, as a web session asks for it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def conditions(self, url: str) -> Visit | None:
        """Of the last answer from this address."""
        found = self._store.visit(asked_address(url))
        return Visit(etag=found.etag, last_modified=found.last_modified) if found else None


def _order(named: Named) -> tuple[str, ...]:
    return named.name, named.role or "", named.affiliation or "", named.kind or ""


def pages_of(page: Callable[[str | None], Page[_T]]) -> Iterator[_T]:
    """All items of all pages, a page fetched when the one before is used up.

    Raises LedgerDamaged where the pages lead in a circle, as a broken index does: a cursor is kept back at every page
    whose number is a power of two (Brent 1980), so that any circle is noticed.
    """
    after: str | None = None
    kept: str | None = None
    for number in count(1):
        found = page(after)
        yield from found.items
        if (after := found.next) is None:
            return
        if after == kept:
            raise LedgerDamaged("the ledger is broken: a list of it leads in a circle: restore a copy")
        if number & (number - 1) == 0:
            kept = after
