"""How addresses and file names are shown in messages."""

from __future__ import annotations

import re

_LONGEST = 200
_USER = re.compile(r"(?<=://)[^\s/?#]*@")
"""What stands in front of a host."""
_BROKEN_USER = re.compile(r"(?<=://)[^\s/?#@:\[]*:(?!\d*(?:[\s/?#]|$))[^\s@]{0,500}@")
"""The same where the password holds a / ? or #, which ends the host: what follows the colon is no port."""


def without_password(text: str) -> str:
    """The text with no user and no password in its addresses."""
    return _BROKEN_USER.sub("", _USER.sub("", text))


def shown(name: str) -> str:
    """The name on one line: without a password, what cannot be printed replaced, and a long one cut."""
    printable = one_line(name)
    return printable if len(printable) <= _LONGEST else printable[: _LONGEST - 1] + "…"


def one_line(name: str) -> str:
    """The whole name on one line: without a password, what cannot be printed replaced."""
    name = without_password(name)
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
