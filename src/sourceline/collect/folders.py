"""Folders and patterns of names: which files they hold, in order, without leaving the folder or going in circles."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator
from pathlib import Path

from sourceline.collect.names import one_line
from sourceline.errors import InputError, MissingInput
from sourceline.model.evidence import Problem

_WILD = re.compile(r"[*?\[]")


def files_in(folder: str, *, deepest: int | None = None, hidden: bool = False) -> Iterator[str | Problem]:
    """The files of a folder and of the folders in it, sorted by name, each with the folder's name before its own.

    Hidden files and folders are left out unless `hidden`. A link to a file is followed if that lies in the folder, a
    link to a folder never: what is in it is met at its own place, or lies outside, which is a problem, as are devices
    and what may not be looked into. `deepest` is how many folders deep it goes, 0 for the folder alone.
    """
    root = os.path.realpath(folder)
    waiting: list[Iterator[os.DirEntry[str] | Problem]] = [_entries(folder, hidden)]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, Problem):
            yield entry
        elif entry.is_symlink():
            yield from _linked(entry, root)
        elif entry.is_dir(follow_symlinks=False):
            if deepest is None or len(waiting) <= deepest:
                waiting.append(_entries(entry.path, hidden))
        elif entry.is_file(follow_symlinks=False):
            yield entry.path
        else:
            yield _problem(entry.path, "it is a device or a pipe, no file: give it by its own name")


def is_pattern(source: str) -> bool:
    """Whether a name stands for several."""
    return _WILD.search(source) is not None


def files_matching(pattern: str) -> Iterator[str | Problem]:
    """The files, never folders, that a pattern matches, sorted: `*`, `?` and `[ab]` in a name, `**` for any folders.

    Hidden files and folders are matched only by a pattern that has a name beginning with a dot. Raises MissingInput
    where nothing matches.
    """
    parts = pattern.split("/")
    fixed = next(at for at, part in enumerate(parts) if is_pattern(part))
    folder = "/".join(parts[:fixed]) or ("/" if pattern.startswith("/") else "")
    wild = parts[fixed:]
    hidden = any(part.startswith(".") for part in wild)
    deepest = None if "**" in wild else len(wild) - 1
    found = False
    if Path(folder or ".").is_dir():
        for file in files_in(folder or ".", deepest=deepest, hidden=hidden):
            if isinstance(file, Problem):
                continue  # of files that nobody asked for
            name = os.path.relpath(file, folder or ".")
            if _matches(name.split("/"), wild):
                found = True
                yield str(Path(folder, name))
    if not found:
        raise MissingInput(f"no file matches {one_line(pattern)}: check the pattern and the folder")


def _matches(names: list[str], parts: list[str]) -> bool:
    """Whether the names of a path match the parts of a pattern. `places` is how far in the pattern one may be."""
    places = _onward({0}, parts)
    for name in names:
        stay = {place for place in places if place < len(parts) and parts[place] == "**"}
        step = {place + 1 for place in places - stay if place < len(parts) and fnmatch.fnmatchcase(name, parts[place])}
        places = _onward(stay | step, parts)
    return len(parts) in places


def _onward(places: set[int], parts: list[str]) -> set[int]:
    """With the places behind a `**`, which may stand for no folder at all."""
    found = set(places)
    for place, part in enumerate(parts):
        if place in found and part == "**":
            found.add(place + 1)
    return found


def _entries(folder: str, hidden: bool) -> Iterator[os.DirEntry[str] | Problem]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield _problem(folder, f"the folder may not be looked into ({error.strerror}): check its permissions")
        return
    for entry in entries:
        if hidden or not entry.name.startswith("."):
            yield entry


def _linked(entry: os.DirEntry[str], root: str) -> Iterator[str | Problem]:
    target = os.path.realpath(entry.path)
    inside = target == root or target.startswith(root.rstrip("/") + "/")
    if not inside:
        yield _problem(entry.path, "it is a link that leads out of the folder: give what it leads to by its own name")
    elif Path(target).is_file():
        yield entry.path
    elif not Path(target).is_dir():
        yield _problem(entry.path, "it is a link that leads nowhere: check it, or leave it out")


def _problem(path: str, message: str) -> Problem:
    kind = MissingInput.kind if "nowhere" in message else InputError.kind
    return Problem(place=one_line(path), kind=kind, message=message)
