"""Sentences from frames: the slots filled, the claim's own words marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.media_world.prose.naming import Called

_SLOT = re.compile(r"“\{[qQ]\}[,.]?”|\{[\w]+\}|\[[^\[\]|]+\|[^\[\]|]+\]")
_STOPS = ",.:;”!?—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a paragraph. `put`: it is the very words that put the claim."""

    text: str
    put: bool = False


def capital(text: str) -> str:
    """With its first letter large, behind quotation marks too."""
    for at, char in enumerate(text):
        if char.isalnum():
            return text[:at] + char.upper() + text[at + 1 :]
    return text


def fill_frame(frame: str, fills: dict[str, str], content: dict[str, str], source: Called | None) -> tuple[Part, ...]:
    """`content`: what may stand for {c}, {d}, {q}; of these the longest part is the claim's mention."""
    parts: list[Part] = []
    at = 0
    for match in _SLOT.finditer(frame):
        parts.append(Part(text=frame[at : match.start()]))
        parts.append(_slot(match[0], frame[match.end() : match.end() + 1], fills, content, source))
        at = match.end()
    parts.append(Part(text=frame[at:]))
    parts = _close_up([part for part in parts if part.text])
    first = parts[0]
    return (Part(text=capital(first.text), put=first.put), *parts[1:])


def _close_up(parts: list[Part]) -> list[Part]:
    """Without the comma of an apposition where an empty slot has brought a stop behind it."""
    ends = [after.text[0] in _STOPS for after in parts[1:]] + [False]
    return [
        Part(text=part.text[:-1], put=part.put) if stop and not part.put and part.text.endswith(",") else part
        for part, stop in zip(parts, ends, strict=True)
    ]


def _slot(slot: str, after: str, fills: dict[str, str], content: dict[str, str], source: Called | None) -> Part:
    if slot.startswith("“"):
        words = content["q"] if "{q}" in slot else capital(content["q"]) + "."
        return Part(text=slot.replace("{q}", capital(words)).replace("{Q}", words).replace("..”", ".”"), put=True)
    if slot.startswith("["):
        one, many = slot[1:-1].split("|")
        return Part(text=many if source is not None and source.plural else one)
    name = slot[1:-1]
    if name in ("c", "d"):
        return Part(text=content[name], put=True)
    if name in ("C", "D"):
        return Part(text=capital(content[name.lower()]), put=True)
    if name in ("s", "S") and source is not None:
        comma = "," if source.open and after and after not in _STOPS else ""
        return Part(text=(capital(source.text) if name == "S" else source.text) + comma)
    return Part(text=fills[name])


def pronouns(source: Called | None) -> dict[str, str]:
    """He, she or they, as far as the article has said."""
    feminine = source.feminine if source is not None else None
    he, his, himself = ("they", "their", "themselves")
    if feminine is not None:
        he, his, himself = ("she", "her", "herself") if feminine else ("he", "his", "himself")
    return {"he": he, "He": capital(he), "his": his, "himself": himself}
