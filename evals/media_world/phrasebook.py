"""The phrase files, read: affairs with their claims, and pools of sentences by kind and voice.

They belong to the simulator alone. Nothing here comes from the product's own tables, and a test keeps it so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "phrases"
VOICES = ("wire", "broadsheet", "tabloid", "broadcast", "blog", "digest", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who may speak in an affair. `anyone`: a vague phrase for the whole class of such sources."""

    key: str
    kind: str
    name: str
    short: str
    titles: tuple[str, ...]
    anyone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSpec:
    """What can be claimed in an affair: who may say so, who may deny it, and words for both."""

    key: str
    figure: bool
    by: tuple[str, ...]
    against: tuple[str, ...]
    clauses: tuple[str, ...]
    denials: tuple[str, ...]
    cores: tuple[tuple[str, frozenset[str]], ...]
    denial_cores: tuple[str, ...]
    title: str
    start: tuple[int, int] | None
    grows: bool
    conflicts: str | None

    @property
    def seen(self) -> bool:
        """Whether an outlet's own reporter can see it."""
        return "seen" in self.by

    @property
    def is_count(self) -> bool:
        """Whether the figure belongs to one counting body."""
        return self.figure and len(self.by) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AffairSpec:
    """A kind of affair."""

    key: str
    topic: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    thing: str
    roles: dict[str, Role]
    claims: tuple[ClaimSpec, ...]


def _lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").split("\n")
    return [line.rstrip() for line in lines if line.strip() and not line.startswith("#")]


def _options(text: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())


@cache
def pools(name: str) -> dict[str, tuple[str, ...]]:
    """The pools of a phrase file, by the words in square brackets above them."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in _lines(FOLDER / f"{name}.txt"):
        if line.startswith("[") and line.endswith("]") and "|" not in line:
            section = line[1:-1]
            found[section] = []
        elif section:
            found[section].append("" if line == "|" else line)
    return {key: tuple(lines) for key, lines in found.items()}


@cache
def sayings(kind: str, voice: str) -> tuple[str, ...]:
    """The frames in which one kind of sentence is put in one voice: the common ones and its own."""
    book = {**pools("sayings"), **pools("quotations")}
    return book[f"{kind} common"] + book.get(f"{kind} {voice}", ())


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of single words or names."""
    return tuple(word.replace("_", " ") for line in pools("names")[name] for word in line.split())


@cache
def swaps() -> tuple[tuple[str, str], ...]:
    """Pairs of words that a desk exchanges."""
    pairs = (line.split(" = ") for line in _lines(FOLDER / "edits.txt"))
    return tuple((old, new) for old, new in pairs)


@cache
def affairs() -> tuple[AffairSpec, ...]:
    """All kinds of affair, sorted by name."""
    return tuple(_affair(path) for path in sorted((FOLDER / "affairs").glob("*.txt")))


def _affair(path: Path) -> AffairSpec:
    head: dict[str, str] = {}
    roles: dict[str, Role] = {}
    blocks: list[tuple[str, dict[str, str]]] = []
    for line in _lines(path):
        if line.startswith("role "):
            role = _role(line.removeprefix("role "))
            roles[role.key] = role
        elif line.startswith("claim "):
            blocks.append((line.removeprefix("claim "), {}))
        else:
            key, _, value = line.partition(": ")
            (blocks[-1][1] if blocks else head)[key] = value
    return AffairSpec(
        key=head["affair"],
        topic=head["topic"],
        first=_options(head["first"]),
        second=_options(head["second"]),
        thing=head["thing"],
        roles=roles,
        claims=tuple(_claim(name, fields) for name, fields in blocks),
    )


def _role(line: str) -> Role:
    parts = [part.strip() for part in line.split("|")]
    key, kind = parts[0].split()
    if kind in ("government", "company", "organisation"):
        return Role(key=key, kind=kind, name=parts[1], short=parts[2], titles=_options(parts[3], "/"), anyone=parts[4])
    options = _options(parts[1], "/")
    return Role(key=key, kind=kind, name=parts[1], short="", titles=options, anyone=parts[2])


def _claim(name: str, fields: dict[str, str]) -> ClaimSpec:
    key, kind = name.split()
    if "clause" in fields:
        clauses = _options(fields["clause"])
    else:
        predicates = _options(fields["predicate"])
        clauses = tuple(f"{subject} {predicate}" for subject in _options(fields["subject"]) for predicate in predicates)
    low_high = fields["start"].split() if "start" in fields else None
    return ClaimSpec(
        key=key,
        figure=kind == "figure",
        by=tuple(fields["by"].split()),
        against=tuple(fields.get("against", "").split()),
        clauses=clauses,
        denials=_options(fields.get("deny", "")),
        cores=tuple(_core(core) for core in _options(fields["core"])),
        denial_cores=_options(fields.get("deny core", "")),
        title=fields["title"],
        start=(int(low_high[0]), int(low_high[1])) if low_high else None,
        grows=fields.get("grows") == "yes",
        conflicts=fields.get("conflicts"),
    )


def _core(text: str) -> tuple[str, frozenset[str]]:
    core, _, roles = text.partition(" @")
    return core, frozenset(roles.split(",")) if roles else frozenset()
