"""How addresses and file names are shown in messages."""

from __future__ import annotations

_LONGEST = 200


def shown(name: str) -> str:
    """The name on one line: what cannot be printed is replaced, and a long one is cut."""
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return printable if len(printable) <= _LONGEST else printable[: _LONGEST - 1] + "…"
