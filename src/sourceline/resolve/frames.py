"""The frame of a saying: the sentence about its cue, without what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sourceline.resolve.sayings import Range, Saying
from sourceline.resolve.words import MASK, Word, split_words

REACH = 300
"""How many characters a frame goes beyond the cue or a content on either side."""
_LONGEST_CONTENT = 3000
"""A longer content is not stepped over."""

_CLOSERS = r"\"'”’»)\]"
_END = re.compile(rf"[.!?…][{_CLOSERS}]{{0,3}}(?=\s|$)|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Prof|St|Jr|Sr|Hon|Pres|Maj|Capt|Adm|Cmdr|"
    r"No|vs|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Calif|Fla|Mass|Conn|Ky|Va|Md|Pa|Ill|Mich|"
    r"Minn|Wis|Ariz|Ore|Colo|Tenn|Ala|Ga|La|Ind|Tex|Okla|Neb|Nev|Del))$"
)


def find_frame(text: str, saying: Saying, others: Iterable[Saying] = (), *, read_source: bool = False) -> list[Word]:
    """The words of the sentence about the cue; contents, and the source unless `read_source`, are masked.

    `others`: the sayings near by. What they contain is masked too, unless it contains this one.
    """
    if not saying.cue:
        return []
    head = [*saying.cue, *(s for s in saying.source if _is_near(s, saying.cue))]
    low, high = min(s for s, _ in head), max(e for _, e in head)
    if high - low > _LONGEST_CONTENT:
        low, high = saying.cue[0][0], min(saying.cue[-1][1], saying.cue[0][0] + REACH)
    contents = sorted((s, e) for s, e in saying.content if s < e)
    start, end = _find_sentence(text, low, high, tuple(contents))
    masks = [*contents, *([] if read_source else saying.source)]
    for other in others:
        masks += [c for c in other.content if not any(c[0] < e and s < c[1] for s, e in head)]
    return split_words(_masked(text, start, end, masks), start)


@lru_cache(maxsize=8)
def _find_sentence(text: str, low: int, high: int, contents: tuple[Range, ...]) -> Range:
    """Carriers and upstream ask for the same frame one after the other."""
    return _go_left(text, low, contents), _go_right(text, high, contents)


def _is_near(part: Range, cue: Sequence[Range]) -> bool:
    return any(max(s - part[1], part[0] - e) < REACH for s, e in cue)


def _go_right(text: str, at: int, contents: Sequence[Range]) -> int:
    """Where the sentence ends, stepping over contents that begin in it."""
    while True:
        ahead = next(((s, e) for s, e in contents if s >= at or s < at < e), None)
        stop = min(len(text), at + REACH if ahead is None else min(ahead[0], at + REACH))
        end = _sentence_end(text, at, stop)
        if end is not None:
            return end
        if ahead is None or ahead[0] > stop or ahead[1] - ahead[0] > _LONGEST_CONTENT:
            return stop
        at = ahead[1]
        tail = text[max(ahead[0], at - 3) : at + 2]
        if re.search(rf"[.!?…][{_CLOSERS}]*\s*$", tail) or at >= len(text):
            return at


def _sentence_end(text: str, start: int, stop: int) -> int | None:
    for match in _END.finditer(text, start, stop):
        if match[0] == "\n":
            return match.start()
        if match[0][0] == "." and _ABBREVIATED.search(text, max(0, match.start() - 8), match.start()):
            continue
        following = text[match.end() : match.end() + 3].lstrip(" \t")
        if following and following[0].islower():
            continue
        return match.end()
    return None


def _go_left(text: str, at: int, contents: Sequence[Range]) -> int:
    """Where the sentence begins, stepping over contents that do not begin one themselves."""
    while True:
        behind = next(((s, e) for s, e in reversed(contents) if e <= at or s < at < e), None)
        stop = max(0, at - REACH if behind is None else max(behind[1], at - REACH))
        start = _sentence_start(text, stop, at)
        if start is not None:
            return start
        if behind is None or behind[1] < stop or behind[1] - behind[0] > _LONGEST_CONTENT:
            return stop
        at = min(behind[0], at)
        if at == 0:
            return 0


def _sentence_start(text: str, stop: int, at: int) -> int | None:
    """The last sentence beginning in [stop, at], None where none is."""
    found: int | None = 0 if stop == 0 else None
    for match in _END.finditer(text, max(0, stop - 4), at):
        if match.end() < stop:
            continue
        if match[0] == "\n":
            found = match.end()
            continue
        if match[0][0] == "." and _ABBREVIATED.search(text, max(0, match.start() - 8), match.start()):
            continue
        following = text[match.end() : match.end() + 3].lstrip(" \t")
        if following and following[0].islower():
            continue
        found = match.end()
    return found


def _masked(text: str, start: int, end: int, masks: Iterable[Range]) -> str:
    parts: list[str] = []
    at = start
    for low, high in sorted(masks):
        low, high = max(low, at), min(high, end)
        if low < high:
            parts += text[at:low], MASK * (high - low)
            at = high
    return "".join((*parts, text[at:end]))
