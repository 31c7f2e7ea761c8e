"""Texts with their names marked in place: "[p Ana Ruiz] met the [o Arms Board] in [l Marrow]"."""

from __future__ import annotations

import re

import numpy as np

from sourceline.model.mention import MentionForm
from sourceline.neural.entity_heads import VECTOR
from sourceline.resolve.mentions import Placed

KINDS = {"p": (0.9, 0.05, 0.05), "o": (0.05, 0.9, 0.05), "l": (0.05, 0.05, 0.9)}
_MARKED = re.compile(r"\[([pol]) ([^\]]+)\]")


def read_marked(marked: str) -> tuple[str, list[Placed]]:
    """The text without its marks, and the names that they mark."""
    text, names, at = "", [], 0
    for m in _MARKED.finditer(marked):
        text += marked[at : m.start()]
        start = len(text)
        text += m.group(2)
        vector = np.zeros(VECTOR, np.float16)
        names.append(Placed(start, len(text), MentionForm.NAME, KINDS[m.group(1)], 0.9, vector))
        at = m.end()
    return text + marked[at:], names


def show_marked(text: str, names: list[Placed]) -> list[str]:
    """Each name with the letter of its kind: "p Ana Ruiz"."""
    letters = {"person": "p", "organisation": "o", "place": "l"}
    return [f"{letters[n.kind.value]} {text[n.start : n.end]}" for n in names if n.form is MentionForm.NAME]
