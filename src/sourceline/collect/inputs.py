"""What a command line names, turned into articles one by one: files, folders, patterns, standard input, addresses."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from sourceline.collect.carriers import collect_member
from sourceline.collect.columns import Columns
from sourceline.collect.files import STANDARD_INPUT, open_source
from sourceline.collect.folders import files_in, files_matching, is_pattern
from sourceline.collect.member import Found, Means, Member, guarded
from sourceline.collect.names import one_line
from sourceline.collect.streams import Budget, Metered
from sourceline.model.evidence import Problem
from sourceline.settings import Settings


def collect_inputs(
    sources: Iterable[str],
    settings: Settings,
    *,
    addresses: Callable[[str], Found],
    columns: Mapping[str, str] | None = None,
) -> Found:
    """Every article that the sources hold, in their order, and a Problem for all that cannot be read.

    A source is a file, a folder (with the folders in it), a pattern of names (`articles/*.html`, `**`), `-` for
    standard input, or a web address, which `addresses` fetches. A file may be plain text, HTML, PDF, mail or MHTML,
    JSONL, JSON, CSV or TSV, WARC, WACZ, ZIP, and any of these in gzip. `columns` says under which name a table or
    JSON object has a field, as in {"text": "story"}. One article is held at a time, none larger than
    `settings.max_bytes`. Raises UsageError, and nothing else, for a field in `columns` that documents do not have.
    """
    means = Means(settings=settings, columns=Columns(columns), addresses=addresses)
    return (found for source in sources for found in guarded(one_line(source), _collect(source, means)))


def _collect(source: str, means: Means) -> Found:
    if source.lower().startswith(("http://", "https://")):
        yield from means.addresses(source)
    elif source == STANDARD_INPUT:
        yield from _file(source, means)
    elif _is_folder(source):
        yield from _files(files_in(source), means)
    elif is_pattern(source) and not _is_there(source):
        yield from _files(files_matching(source), means)
    else:
        yield from _file(source, means)


def _files(files: Iterator[str | Problem], means: Means) -> Found:
    for file in files:
        if isinstance(file, Problem):
            yield file
        else:
            yield from guarded(one_line(file), _file(file, means))


def _file(path: str, means: Means) -> Found:
    piped = path == STANDARD_INPUT
    with open_source(path) as file:
        about = os.fstat(file.fileno()) if not piped else None
        regular = about is not None and stat.S_ISREG(about.st_mode)
        budget = Budget(about.st_size if about and regular else 0, means.settings.max_bytes)
        stream = file if regular else cast(BinaryIO, Metered(file, budget, earns=True))
        name = "" if piped else _whole_name(Path(path))
        place = "standard input" if piped else one_line(path)
        yield from collect_member(Member(place=place, name=name, stream=stream, budget=budget), means)


def _whole_name(path: Path) -> str:
    """With all folders; the last name as it is given: that of a link tells the kind of file."""
    return str(path.parent.resolve() / path.name)


def _is_folder(source: str) -> bool:
    try:
        return bool(source.strip()) and Path(source).is_dir()
    except (OSError, ValueError):
        return False


def _is_there(source: str) -> bool:
    try:
        return Path(source).exists()
    except (OSError, ValueError):
        return False
