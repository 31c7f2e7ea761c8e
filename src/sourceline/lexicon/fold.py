"""One spelling for many: the forms in which names are looked up."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 120
"""Code points; nothing longer is a name of anything here."""

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻʽ`"), "'")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O"})
_JOINERS = re.compile(r"[\s\u2010-\u2015_/-]+")
_EDGES = " ,;:!?'\"()[]“”«»"


def tidy_name(name: str) -> str:
    """A name on one line with straight apostrophes, its case and dots kept; "" where it is too long to be one."""
    if len(name) > LONGEST_NAME:
        return ""
    visible = name if name.isascii() else "".join(c for c in name if unicodedata.category(c) != "Cf")
    return " ".join(visible.translate(_APOSTROPHES).split())


def fold_name(name: str) -> str:
    """A name without case, accents, dots, hyphens or a leading article; "" where nothing is left or it is no name."""
    plain = unicodedata.normalize("NFKD", tidy_name(name).translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _JOINERS.sub(" ", plain.replace(".", "")).strip(_EDGES).casefold().removeprefix("the ")
    return f"st {plain.removeprefix('saint ')}" if plain.startswith("saint ") else plain
