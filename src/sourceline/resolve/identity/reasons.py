"""Why profiles are held to be one, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from sourceline.lexicon.aliases import find_entry
from sourceline.model.judgement import Judgement, Named
from sourceline.model.source import SourceKind
from sourceline.resolve.identity.merges import Cluster

_SHOWN = 3
"""Wordings that a reason lists."""
_LONGEST = 80


def say_alike(cluster: Cluster) -> str | None:
    """What the profiles of a cluster share; None for a single one."""
    if len(cluster.members) < 2:
        return None
    profiles = [one.profile for one in cluster.members]
    both = "both" if len(profiles) == 2 else f"all {len(profiles)}"
    called = f"{both} are called {cut(profiles[0].name)}"
    if profiles[0].kind is not SourceKind.PERSON:
        known = "which the alias table knows" if find_entry(profiles[0].name) else "a name that few others have"
        return f"{called}, {known}, and read as {profiles[0].kind.value}"
    offices = [one.function.offices if one.function else frozenset() for one in cluster.members]
    shared = min(frozenset.intersection(*offices), default=None)
    roles = shared or _wordings(profile.role for profile in profiles)
    bodies = _wordings(one.body.name for one in cluster.members if one.body is not None)
    speak = f" and speak as {roles}" if roles else ""
    return f"{called}{speak}" + (f"{'' if speak else ' and are'} of {bodies}" if bodies else "")


def say_judged(judgement: Judgement) -> str:
    """Who decided it, and when (the day, in the judgement's own time zone)."""
    first, second = (say_named(named) for named in judgement.sources)
    return f"{judgement.by} judged {first} the same as {second} on {judgement.at:%Y-%m-%d}"


def say_named(named: Named) -> str:
    """A description in one phrase: "Ana Ruiz (trade minister, Veldan)"."""
    rest = ", ".join(cut(part) for part in (named.role, named.affiliation, named.kind) if part)
    return f"{cut(named.name)} ({rest})" if rest else cut(named.name)


def _wordings(texts: Iterable[str | None]) -> str:
    seen: dict[str, str] = {}
    for text in texts:
        if text:
            seen.setdefault(text.casefold(), cut(text))
    shown = list(seen.values())[:_SHOWN]
    return " or ".join(shown) + (" or the like" if len(seen) > _SHOWN else "")


def cut(text: str) -> str:
    """The text on one line, and not too long for one."""
    words = " ".join(text[: 4 * _LONGEST].split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
