"""Text from anywhere, made harmless to look at. Each character stays one character, so that spans keep their places."""

from __future__ import annotations

import re

_KEPT = {"\n", "\t"}
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in _KEPT} | {0x7F: 0x2421}
_UNSEEN = dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
_LINE_ENDS = {ord("\r"): 0x20, 0x2028: 0x20, 0x2029: 0x20}
# Marks, embeddings, overrides and isolates of the bidirectional algorithm (Unicode Annex 9).
# In a terminal nothing ends them.
_DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)

OBEYED = re.compile(f"[\x7f-\x9f\u2028\u2029{''.join(map(chr, _DIRECTIONS))}]")
"""What of the above JSON lets stand as it is."""

_FOR_PAGE = _PICTURES | _UNSEEN | _LINE_ENDS
_FOR_TERMINAL = _FOR_PAGE | _DIRECTIONS | {ord("\t"): 0x20}


def visible_on_page(text: str) -> str:
    """`text` without what HTML cannot hold: control characters become their pictures (␀, ␛), lone surrogates �.

    Markup is *not* escaped here, and directional overrides stay: the page isolates them.
    """
    return text.translate(_FOR_PAGE)


def visible_in_terminal(text: str) -> str:
    """`text` with nothing that a terminal obeys: no escape sequence, no control but the line feed, no override."""
    return text.translate(_FOR_TERMINAL)
