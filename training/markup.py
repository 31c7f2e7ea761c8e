"""The inline markup of docs/annotation.md: text with <s>, <q>, <c> and <o> tags to plain text and spans."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

_TAG = re.compile(r"<(/?)([sqco])((?: [^<>]*)?)>")
_ROLES = {"s": "source", "q": "cue", "c": "content"}


def parse_markup(marked: str) -> dict[str, Any]:
    """{"text", "attributions": [{"source", "cue", "content", "act"}], "own": [[start, end]]}; spans are [start, end].

    Raises ValueError for tags that nest, stay open, or an attribution without cue or content.
    """
    pieces: list[str] = []
    spans: dict[str, dict[str, Any]] = defaultdict(lambda: {"source": [], "cue": [], "content": [], "act": None})
    own: list[list[int]] = []
    position, read, opened = 0, 0, None
    for tag in _TAG.finditer(marked):
        plain = marked[read : tag.start()]
        pieces.append(plain)
        position += len(plain)
        read = tag.end()
        closing, kind, arguments = tag.group(1), tag.group(2), tag.group(3).split()
        if not closing:
            if opened:
                raise ValueError(f"a tag inside a tag at character {tag.start()}")
            opened = (kind, position, arguments)
            continue
        if not opened or opened[0] != kind:
            raise ValueError(f"</{kind}> without its opening at character {tag.start()}")
        _record(opened, position, spans, own)
        opened = None
    if opened:
        raise ValueError(f"<{opened[0]}> is never closed")
    pieces.append(marked[read:])
    for number, spoken in spans.items():
        if not spoken["cue"] or not spoken["content"]:
            raise ValueError(f"attribution {number} lacks a cue or a content")
    rows = sorted(spans.values(), key=lambda a: a["cue"][0])
    return {"text": "".join(pieces), "attributions": rows, "own": own}


def _record(
    opened: tuple[str, int, list[str]], end: int, spans: dict[str, dict[str, Any]], own: list[list[int]]
) -> None:
    kind, start, arguments = opened
    if kind == "o":
        own.append([start, end])
        return
    for number in (a for a in arguments if a.isdigit()):
        spans[number][_ROLES[kind]].append([start, end])
        if kind == "q":
            spans[number]["act"] = arguments[-1]
