"""Adding: text that is pasted, files, web addresses and feeds; and how far each of these jobs is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import ClassVar

from starlette.routing import Route

from sourceline.clean.published import normalise_date
from sourceline.errors import NotFound, UsageError
from sourceline.model.evidence import Problem
from sourceline.show.web.addresses import web_address
from sourceline.show.web.answering import Answer, change, page, redirect
from sourceline.show.web.forms import Form
from sourceline.show.web.jobs import Job
from sourceline.show.web.view import View
from sourceline.show.web.visit import Visit

_MOST_ADDRESSES = 100
_MOST_PROBLEMS = 200
_UNSAFE = re.compile(r"[^\w.\- ]+")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What could not be read, and when that was."""

    problem: Problem
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage(View):
    template: ClassVar[str] = "add.html"
    here: ClassVar[str] = "/add"

    jobs: tuple[Job, ...]
    problems: tuple[Trouble, ...]
    """Of the whole ledger, whatever added to it."""
    more_problems: bool
    megabytes: int
    """What one form may bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage(View):
    template: ClassVar[str] = "job.html"
    here: ClassVar[str] = "/add"

    job: Job


def add_page(visit: Visit) -> AddPage:
    problems = [Trouble(problem=p, at=at) for p, at in islice(visit.ledger.problems(), _MOST_PROBLEMS + 1)]
    return AddPage(
        heading="Add",
        jobs=tuple(visit.jobs.listed()),
        problems=tuple(problems[:_MOST_PROBLEMS]),
        more_problems=len(problems) > _MOST_PROBLEMS,
        megabytes=visit.options.max_upload // (1024 * 1024),
    )


def job_page(visit: Visit) -> JobPage:
    """Raises NotFound where there is no such job."""
    job = visit.jobs.find(visit.parts["job"])
    if job is None:
        raise NotFound("there is no such job: the page Add lists the latest ones")
    return JobPage(heading=", ".join(job.named)[:100] or "Adding", job=job)


def add(visit: Visit) -> Answer:
    """Takes what was given and begins to add it. Raises UsageError where nothing was, or what was is no address."""
    addresses = _addresses(visit.form.get("addresses"))
    record = _record(visit.form)
    if not (addresses or record or visit.form.files):
        raise UsageError("nothing was given: paste a text, choose files, or name web addresses")
    id = visit.jobs.new_id()
    try:
        folder = visit.jobs.folder_of(id)
        kept = list(_kept(visit.form, folder))
        named = [name for name, _ in kept] + addresses
        sources = [str(path) for _, path in kept] + addresses
        if record:
            pasted = folder / "pasted.jsonl"
            pasted.write_bytes(json.dumps(record, ensure_ascii=True).encode() + b"\n")
            named.append(record.get("title") or f"“{' '.join(record['text'].split()[:8])} …”")
            sources.append(str(pasted))
        job = visit.jobs.submit(id, named, sources)
    except OSError:
        visit.jobs.drop(id)
        raise
    return redirect(f"/add/{job.id}")


def _addresses(given: str) -> list[str]:
    """Web addresses, one a line. What is none never reaches the ledger's `add`, which would take it for a file here."""
    lines = [line.strip() for line in given.splitlines() if line.strip()]
    if len(lines) > _MOST_ADDRESSES:
        raise UsageError(f"at most {_MOST_ADDRESSES} addresses at once: a feed or sitemap may bring more pages")
    for line in lines:
        if web_address(line) is None:
            raise UsageError(f"{line[:80]!r} is no web address: write https://…, one on each line")
    return lines


def _record(form: Form) -> dict[str, str]:
    """The pasted text as a document, with what was said of it."""
    if not form.get("text"):
        return {}
    published = form.get("published")
    if published and normalise_date(published) is None:
        raise UsageError(f"{published[:40]!r} is no date: write 2031-03-06, or leave it out")
    if form.get("url") and web_address(form.get("url")) is None:
        raise UsageError(f"{form.get('url')[:80]!r} is no web address: write https://…, or leave it out")
    names = ("text", "title", "outlet", "published", "url")
    return {name: form.get(name) for name in names if form.get(name)}


def _kept(form: Form, folder: Path) -> Iterator[tuple[str, Path]]:
    """The uploaded files in the folder of the job, under names that are safe there, each with its own name."""
    for number, file in enumerate(form.files):
        name = PureWindowsPath(PurePosixPath(file.filename or "").name).name
        safe = _UNSAFE.sub("_", name).strip(". ")[-_LONGEST_NAME:] or "file"
        path = folder / str(number) / safe
        path.parent.mkdir()
        with path.open("wb") as out:
            shutil.copyfileobj(file.file, out)
        yield name or "file", path


ROUTES = (
    Route("/add", page(add_page), methods=["GET"]),
    Route("/add", change(add), methods=["POST"]),
    Route("/add/{job}", page(job_page)),
)
