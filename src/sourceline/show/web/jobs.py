"""Adding in the background. A job is a folder beside the ledger: what was given, and how far it is, so that a page
shows it after a reload and a server that was stopped goes on with it when it starts again.

One job at a time, as one program at a time writes to a ledger.
"""

from __future__ import annotations

import os
import queue
import secrets
import shutil
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from sourceline.errors import LedgerFull, SourcelineError
from sourceline.ledger import ledger as ledgers
from sourceline.ledger.adding import Event
from sourceline.model.evidence import Problem
from sourceline.settings import Settings
from sourceline.show.web.claims import match_claims

_STATE = "job.json"
_GIVEN = "given"
_MOST_PROBLEMS = 200
"""Problems that a job keeps; the ledger has all of them."""
_BETWEEN = 0.5
"""Seconds between two notes of how far a job is."""
_MOST_LISTED = 30
_PATIENCE = 10.0
"""Seconds that a stopping server waits for what is just being read."""


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What was asked to be added, and what became of it."""

    id: str
    at: datetime
    named: tuple[str, ...]
    """What was given, as people call it."""
    sources: tuple[str, ...]
    """Addresses, and files of the job's folder."""
    state: JobState = JobState.WAITING
    dealt: int = 0
    """Inputs dealt with."""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    """How many inputs changed what (`Outcome`)."""
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    error: str | None = None
    """What ended it, where it failed."""
    ended: datetime | None = None

    @property
    def over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


class Jobs:
    """The jobs of one ledger. Reading them is for any thread; one thread of its own does them."""

    def __init__(self, ledger: str, settings: Settings) -> None:
        self._ledger = ledger
        self._settings = settings
        self._folder = Path(f"{ledger}.adding")
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to work, first on what a server that was stopped left undone."""
        for job in reversed(self.listed()):
            if not job.over:
                self._queue.put(job.id)
        self._thread = threading.Thread(target=self._work, name="adding", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """What is finished is kept; the rest is taken up at the next start."""
        self._stopping.set()
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def folder_of(self, id: str) -> Path:
        """Where what is given with a new job is to be put; made if need be."""
        folder = self._folder / id / _GIVEN
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @staticmethod
    def new_id() -> str:
        """In the order of time."""
        return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"

    def submit(self, id: str, named: Sequence[str], sources: Sequence[str]) -> Job:
        """Has something added when its turn comes."""
        job = Job(id=id, at=datetime.now(UTC), named=tuple(named), sources=tuple(sources))
        self._save(job)
        self._queue.put(id)
        return job

    def drop(self, id: str) -> None:
        """Forgets what was given with a job that did not come about."""
        shutil.rmtree(self._folder / id, ignore_errors=True)

    def find(self, id: str) -> Job | None:
        """The job with this id; None where there is none, or its folder cannot be read."""
        if not id.replace("-", "").isalnum():
            return None
        try:
            return msgspec.json.decode((self._folder / id / _STATE).read_bytes(), type=Job)
        except (OSError, ValueError):
            return None

    def listed(self) -> list[Job]:
        """The latest first."""
        try:
            names = sorted((entry.name for entry in os.scandir(self._folder)), reverse=True)
        except OSError:
            return []
        found = (self.find(name) for name in names[:_MOST_LISTED])
        return [job for job in found if job is not None]

    def _save(self, job: Job) -> None:
        """Whoever reads meanwhile sees the state before or after."""
        place = self._folder / job.id / _STATE
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(job))
        new.replace(place)

    def _work(self) -> None:
        while (id := self._queue.get()) is not None and not self._stopping.is_set():
            job = self.find(id)
            if job is not None and not job.over:
                self._do(job)

    def _do(self, job: Job) -> None:
        progress = _Progress(self, replace(job, state=JobState.RUNNING))
        try:
            progress.save()
            with ledgers.open(self._ledger, create=False, settings=self._settings) as ledger:
                ledger.add(*job.sources, tell=progress)
                match_claims(ledger)
            progress.end(JobState.DONE)
        except _Stopped:
            progress.save()
            return
        except SourcelineError as error:
            progress.end(JobState.FAILED, str(error))
        except Exception as error:  # a job's surprise must not end the others
            progress.end(JobState.FAILED, f"internal error, please report it: {type(error).__name__}: {error}")
        shutil.rmtree(self._folder / job.id / _GIVEN, ignore_errors=True)  # the ledger has the evidence

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def note(self, job: Job) -> None:
        """Keeps how far a job is. A disk that takes no more ends the job, not the pages."""
        try:
            self._save(job)
        except OSError as error:
            raise LedgerFull(
                f"{self._folder} cannot be written ({error.strerror}): make room, then try again"
            ) from error


class _Stopped(BaseException):
    """The server ends: no error, and nothing that an add may take for one."""


class _Progress:
    """Hears of each input of a job."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self._jobs = jobs
        self._job = job
        self._outcomes: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._problem_count = 0
        self._dealt = 0
        self._saved = 0.0

    def __call__(self, event: Event) -> None:
        self._dealt += 1
        if event.outcome is not None:
            self._outcomes[event.outcome.value] += 1
        if event.problem is not None:
            self._problem_count += 1
            if len(self._problems) < _MOST_PROBLEMS:
                self._problems.append(_as_given(event.problem))
        if self._jobs.stopping:
            raise _Stopped
        if time.monotonic() - self._saved > _BETWEEN:
            self.save()

    def save(self) -> None:
        self._jobs.note(self._state())
        self._saved = time.monotonic()

    def end(self, state: JobState, error: str | None = None) -> None:
        self._jobs.note(replace(self._state(), state=state, error=error, ended=datetime.now(UTC)))

    def _state(self) -> Job:
        return replace(
            self._job,
            dealt=self._dealt,
            outcomes=dict(self._outcomes),
            problems=tuple(self._problems),
            problem_count=self._problem_count,
        )


def _as_given(problem: Problem) -> Problem:
    """Without the folders of the job, which tell a visitor nothing."""
    _, given, name = problem.place.rpartition(f"{os.sep}{_GIVEN}{os.sep}")
    return replace(problem, place=name) if given else problem
