"""Adding to a ledger: what is collected is cleaned, read and kept, a few documents a transaction.

What is known already is passed over before it is read, so a run that was cut short goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from sourceline.clean.document import clean_page, clean_record
from sourceline.errors import InputError, SourcelineError
from sourceline.ledger.close_reading import Read
from sourceline.ledger.identities import identities_kept
from sourceline.ledger.keys import document_key, document_name, moment_of, version_time, whole_place
from sourceline.ledger.sightings import Seen, find_removal, foresee, note_seen, see_again, server_says
from sourceline.model.address import asked_address
from sourceline.model.evidence import Capture, Collected, Problem, Removal, Unchanged
from sourceline.model.reading import Failure
from sourceline.model.record import Record
from sourceline.model.text import Document
from sourceline.resolve.identity import profile_of
from sourceline.settings import Settings
from sourceline.store.contract import Deposit, Outcome, Store, Visit
from sourceline.store.warc import encode_record

Found = Collected | Problem | Unchanged
"""What collectors find."""

_BATCH = 200
"""Documents of one transaction at most."""
_PATIENCE = 0.25
"""Seconds that a finished document waits for others before it is committed."""
_AHEAD = 16
"""Inputs whose hashes are looked up together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One input dealt with: told only when what it brought is safe."""

    place: str
    outcome: Outcome | None
    """None for a problem."""
    problem: Problem | None = None
    removal: Removal | None = None
    """Why it was left out, where its text was taken down before."""


@dataclass(slots=True)
class Summary:
    """What an `add` did."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: int = 0

    @property
    def changed(self) -> bool:
        """Whether the ledger holds anything now that it did not hold before."""
        return any(self.outcomes[o] for o in Outcome if o not in (Outcome.UNCHANGED, Outcome.REMOVED))


@dataclass(frozen=True, slots=True)
class _Input:
    """An input on its way through the model."""

    collected: Collected
    sha256: str
    arrived: datetime
    """When its text was there, where the input tells no time: the run's beginning, a microsecond more for each input
    before it, so that the order of a file's lines counts, however they are committed."""


@dataclass(frozen=True, slots=True)
class _Aside:
    """An input that is not read: a problem, or what is known already."""

    event: Event
    visit: Visit | None = None
    seen: Seen | None = None

    @property
    def writes(self) -> bool:
        noted = self.seen is not None and self.seen.at is not None
        return noted or self.event.problem is not None or self.visit is not None


class Adder:
    """One `add`: from what collectors find to committed deposits."""

    def __init__(
        self,
        store: Store,
        read_many: Callable[[Iterable[Document | Failure]], Iterator[Read | Failure]],
        settings: Settings,
        *,
        tell: Callable[[Event], None] | None = None,
        kept: Callable[[], object] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._read_many = read_many
        self._settings = settings
        self._tell = tell
        self._kept = kept
        """What is to be done after each transaction."""
        self._clock = clock
        self._summary = Summary()
        self._waiting: deque[_Input] = deque()
        self._ready: list[tuple[_Input, Read]] = []
        self._aside: list[_Aside] = []
        self._since = time.monotonic()
        self._met: set[str] = set()
        """Keys of this transaction's documents."""
        self._began = clock()

    def add(self, found: Iterable[Found]) -> Summary:
        """Keeps everything found. An interruption keeps what is finished."""
        try:
            for result in self._read_many(self._documents(found)):
                given = self._waiting.popleft()
                if isinstance(result, Failure):
                    self._fail(Problem(place=given.collected.place, kind=result.kind, message=result.message))
                else:
                    self._ready.append((given, result))
                self._commit_when_due()
        finally:
            self._finish()
        return self._summary

    def look(self, found: Iterable[Found]) -> Summary:
        """What `add` would do, as far as it can be told without reading: nothing is kept."""
        for item, _, seen in self._with_seen(found):
            if isinstance(item, Problem):
                self._fail(item)
            elif isinstance(item, Unchanged):
                self._aside.append(_Aside(Event(place=item.place, outcome=Outcome.UNCHANGED)))
            elif seen is not None:
                self._aside.append(
                    _Aside(Event(place=item.place, outcome=Outcome.UNCHANGED), None, replace(seen, at=None))
                )
            else:
                self._look_at(item)
        for each in self._aside:
            self._count(self._settled(each))
        return self._summary

    def _look_at(self, item: Collected) -> None:
        given = self._clean(item)
        if isinstance(given, Failure):
            self._fail(Problem(place=item.place, kind=given.kind, message=given.message))
        else:
            outcome, removal = foresee(self._store, self._key(item, given), given)
            self._aside.append(_Aside(Event(place=item.place, outcome=outcome, removal=removal)))

    def _documents(self, found: Iterable[Found]) -> Iterator[Document | Failure]:
        """What has to be read, cleaned; everything else is set aside."""
        for item, given, seen in self._with_seen(found):
            if isinstance(item, Problem):
                self._fail(item)
            elif isinstance(item, Unchanged) or seen is not None:
                visit = _visit(item) if isinstance(item, Collected) else None
                self._aside.append(_Aside(Event(place=item.place, outcome=Outcome.UNCHANGED), visit, seen))
            elif given is not None:
                self._waiting.append(given)
                yield self._clean(item)
            self._commit_when_due()

    def _with_seen(self, found: Iterable[Found]) -> Iterator[tuple[Found, _Input | None, Seen | None]]:
        """Each item, as an input if it is one, and what is known of it already, if that makes reading it needless."""
        rest = iter(found)
        number = 0
        while items := list(islice(rest, 1 if self._waiting else _AHEAD)):
            hashes = [hashlib.sha256(item.raw).hexdigest() if isinstance(item, Collected) else "" for item in items]
            captured = self._store.captured({sha256 for sha256 in hashes if sha256})
            for item, sha256 in zip(items, hashes, strict=True):
                arrived = self._began + timedelta(microseconds=number)
                number += 1
                if isinstance(item, Collected):
                    given = _Input(item, sha256, arrived)
                    key = captured.get(sha256)
                    seen = None if key is None else see_again(self._store, item, sha256, key, arrived)
                    yield item, given, seen
                else:
                    yield item, None, server_says(item) if isinstance(item, Unchanged) else None

    def _clean(self, item: Collected) -> Document | Failure:
        try:
            if isinstance(item.content, Record):
                return clean_record(item.content, self._settings)
            return clean_page(item.content, self._settings)
        except SourcelineError as error:
            return Failure(id=None, kind=error.kind, message=str(error))
        except Exception as error:  # one document's surprise must not cost the others
            return Failure(id=None, kind="internal", message=f"{type(error).__name__}: {error}")

    def _fail(self, problem: Problem) -> None:
        self._aside.append(_Aside(Event(place=problem.place, outcome=None, problem=problem)))

    def _finish(self) -> None:
        """Writes the rest; interrupted in that, once more before the interruption has its way."""
        try:
            self._commit()
        except KeyboardInterrupt:
            self._commit()
            raise

    def _commit_when_due(self) -> None:
        if len(self._ready) + len(self._aside) >= _BATCH or time.monotonic() - self._since > _PATIENCE:
            self._commit()

    def _commit(self) -> None:
        """Writes what is ready in one transaction, then tells of it."""
        ready, aside = self._ready, self._aside
        self._ready, self._aside = [], []
        try:
            events = self._keep(ready, aside)
        except KeyboardInterrupt:  # undone with the transaction, and to be written on the way out
            self._ready, self._aside = ready + self._ready, aside + self._aside
            raise
        for event in events:
            self._count(event)
        if ready and self._kept is not None:
            self._kept()
        self._since = time.monotonic()

    def _keep(self, ready: Sequence[tuple[_Input, Read]], aside: Sequence[_Aside]) -> list[Event]:
        """One transaction; where a document is refused, one for each, and that document becomes a problem."""
        if not ready and not any(each.writes for each in aside):
            return [self._settled(each) for each in aside]
        self._met = set()
        try:
            deposits = [(given, self._deposit(given, reading)) for given, reading in ready]
            with self._store.writing():
                # first what servers say is unchanged, while the visits are those that they were asked about
                events = [self._settled(each) for each in aside]
                with identities_kept(self._store, [p for _, d in deposits for p in d.profiles.values()]):
                    events += [self._put(given, deposit) for given, deposit in deposits]
                for each in aside:
                    if each.event.problem is not None:
                        self._store.add_problem(each.event.problem, self._clock())
                    if each.visit is not None:
                        self._visited(each.visit)
        except InputError as refusal:
            if len(ready) == 1 and not aside:
                place = ready[0][0].collected.place
                problem = Problem(place=place, kind=refusal.kind, message=str(refusal))
                return self._keep([], [_Aside(Event(place=place, outcome=None, problem=problem))])
            return self._keep([], aside) + [event for one in ready for event in self._keep([one], ())]
        return events

    def _settled(self, aside: _Aside) -> Event:
        """What became of an input that is not read."""
        if aside.seen is None:
            return aside.event
        outcome, removal = note_seen(self._store, aside.seen)
        return replace(aside.event, outcome=outcome, removal=removal)

    def _deposit(self, given: _Input, read: Read) -> Deposit:
        reading = read.reading
        collected, content = given.collected, given.collected.content
        snapshot = None if isinstance(content, Record) else content
        key = self._key(collected, reading.document)
        capture = Capture(
            sha256=given.sha256,
            place=whole_place(collected) or collected.place,
            url=content.url,
            retrieved=snapshot.retrieved if snapshot else None,
            content_type=snapshot.content_type if snapshot else None,
            headers=snapshot.headers if snapshot else {},
        )
        at = version_time(collected) or self._first_time(key, reading.document) or given.arrived
        self._met.add(key)
        profiles = {source.id: profile_of(source) for source in reading.sources}
        return Deposit(
            key=key,
            name=document_name(collected, key),
            at=at,
            capture=capture,
            record=encode_record(replace(capture, place=collected.place), collected.raw, at),
            reading=reading,
            profiles={id: profile for id, profile in profiles.items() if profile is not None},
            meanings=read.meanings,
        )

    def _first_time(self, key: str, document: Document) -> datetime | None:
        """When it was published, for the first text of an article: an edit that states its time must not come before
        it. A later text that states none was there when it was added."""
        if key in self._met or next(self._store.versions(key), None) is not None:
            return None
        return moment_of(document.published)

    def _key(self, collected: Collected, document: Document) -> str:
        """An edited file is another version of what stood at its place."""
        place = None if document.url else whole_place(collected)
        known = None if place is None else self._store.key_at(place)
        return known or document_key(collected, document)

    def _put(self, given: _Input, deposit: Deposit) -> Event:
        place = given.collected.place
        known = self._store.known(given.sha256, deposit.key) if version_time(given.collected) is None else None
        # twice in one transaction and without a time, it brings as little as in two
        outcome = Outcome.UNCHANGED if known is not None and not known.removed else self._store.put(deposit)
        self._store.solve_problem(place)
        visit = _visit(given.collected)
        if visit is not None:
            self._visited(visit)
        removal = find_removal(self._store, deposit.key, given.sha256) if outcome is Outcome.REMOVED else None
        return Event(place=place, outcome=outcome, removal=removal)

    def _visited(self, visit: Visit) -> None:
        """The latest visit is remembered, whatever is added first."""
        before = self._store.visit(visit.url)
        if before is None or before.at <= visit.at:
            self._store.set_visit(visit)

    def _count(self, event: Event) -> None:
        if event.outcome is None:
            self._summary.problems += 1
        else:
            self._summary.outcomes[event.outcome] += 1
        if self._tell is not None:
            self._tell(event)


def _visit(collected: Collected) -> Visit | None:
    """What a later conditional request of the same address needs."""
    content = collected.content
    if isinstance(content, Record) or content.url is None or content.retrieved is None:
        return None
    headers = {name.lower(): value for name, value in content.headers.items()}
    return Visit(
        url=asked_address(content.url),
        at=content.retrieved,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )
