"""What a line shows of itself: the features of the line classifier, by name.

A line is looked at by its first and last words only, so that the work for one line is bounded whatever its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

HEAD = 160
"""Characters looked at from the start of a line."""
TAIL = 60
"""Characters looked at from its end."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b{_MONTH}\.?,? \d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b{_MONTH}\.? (?:19|20)\d\d\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b(?! ?%)|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?:\d+|an?|one|two|three) (?:second|minute|min|hour|hr|day|week|month|year)s? ago\b", re.IGNORECASE
)
_HANDLE = re.compile(r"(?:^|[\s(])@\w{2,}")
_EMAIL = re.compile(r"\S@\S+\.\w|\[email", re.IGNORECASE)
_LINKS = ("http://", "https://", "www.", ".com", ".org", ".net", ".co.uk")
_DIGIT = re.compile(r"\d")
_CAMEL = re.compile(r"[a-z][A-Z]")
_PHONE = re.compile(r"\+?\(?\d[\d() -]{6,}\d")
_NAME = re.compile(
    r"(?:[A-Z][\w’'.-]*\.? ){1,4}(?:(?:de|van|von|bin|al|el|da|la|le|di|der|den|ten) )?[A-Z][\w’'-]+"
    r"(?:,? (?:and|&) (?:[A-Z][\w’'.-]* ?){2,4})?"
)
_BY = re.compile(r"(?:by|BY|By)[: ]\s*[A-Z]\w")
_BRACKETED = re.compile(r"[(\[|][^()\[\]|]{2,60}[)\]]?$")
_CREDITED = re.compile(
    r"\b(?:[Pp]hoto|PHOTO|[Ii]mage|[Pp]icture|[Pp]hotograph|[Cc]redit|CREDIT|[Ss]ource|SOURCE)s?:? [^.]{2,50}$"
)
_SLASHED = re.compile(r"[A-Z]\w+ ?/ ?[A-Z]\w+")
_FUNCTION_TEXT = (
    "the a an of in on at to for with and or but by from as that this these those it its his her their our your my he "
    "she they we you i who which what when where not no than then into over after before about between during"
)
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
_FINITE_TEXT = (
    "is are was were has have had will would could should can may might must do does did said says say told added "
    "isn’t isn't wasn’t wasn't don't don’t didn't didn’t won't won’t it's it’s i'm i’m we're we’re"
)
_FINITE = frozenset(_FINITE_TEXT.split())
_PRONOUN = frozenset(["he", "she", "they", "we", "it", "i", "you", "him", "them", "us", "me"])
_CLOSING = "\"'”’»)]"


def _bucket(value: float, edges: tuple[float, ...]) -> int:
    return bisect_left(edges, value)


def _end_class(text: str) -> str:
    stripped = text.rstrip(_CLOSING)
    last = stripped[-1:] or text[-1]
    quoted = "q" if text[-1] in "\"'”’»" else ""
    if text.endswith(("...", "…", "[…]", "[...]")):
        return "ellipsis"
    if last in ".!?:;,":
        return last + quoted
    if text[-1] in ")]":
        return ")"
    if last.isalpha():
        return "letter" + quoted
    return "digit" if last.isdigit() else "other"


def _start_class(text: str) -> str:
    first = text[0]
    if first.isalpha():
        return "upper" if first.isupper() else "lower"
    if first.isdigit():
        return "digit"
    if first in "\"'“‘«":
        return "quote"
    if first in "•·●▪*":
        return "bullet"
    if first in "-–—":
        return "dash"
    return first if first in "([#@©>|" else "other"


def line_features(text: str) -> list[str]:
    """The names of the features that hold of one trimmed, non-blank line."""
    long = len(text) > HEAD + TAIL
    head = text[:HEAD] if long else text
    tail = text[-TAIL:]
    low = head.lower()
    numbered = bool(_DIGIT.search(head))
    words = _WORD.findall(head)
    count = len(words) if not long else 60
    lowered = [word.lower() for word in words]
    size = _bucket(count, (0, 1, 2, 3, 4, 6, 9, 13, 19, 29, 45))
    end, start = _end_class(tail), _start_class(text)
    known = [f"size {size}", f"end {end}", f"start {start}", f"size {size} end {end}"]
    content = [word for word, lower in zip(words, lowered, strict=True) if lower not in _FUNCTION]
    capital = sum(1 for word in content if word[0].isupper())
    ratio = _bucket(capital / len(content), (0.0, 0.2, 0.4, 0.6, 0.8, 0.99)) if content else 9
    known += [f"capital {ratio}", f"capital {ratio} size {min(size, 8)}"]
    function = _bucket((len(words) - len(content)) / len(words), (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)) if words else 9
    known += [f"function {function}", f"function {function} size {min(size, 8)}"]
    finite = not _FINITE.isdisjoint(lowered)
    past = any(word.endswith("ed") and len(word) > 4 for word in lowered)
    sentence = end[0] in ".!?" and end != "ellipsis"
    flags = {
        "finite": finite,
        "past": past,
        "pronoun": not _PRONOUN.isdisjoint(lowered),
        "caps": head.isupper() and len(head) > 3,
        "quoted": any(mark in head for mark in '"“”«‘') or "'" in (head[0], tail[-1]),
        "comma": "," in head,
        "colon": ":" in head[:-1],
        "sentences": ". " in head or "? " in head or "! " in head or ".” " in head,
        "bar": " | " in head,
        "bars": head.count(" | ") > 1,
        "arrow": "»" in head or "›" in head or "→" in head or " > " in head,
        "copyright": "©" in head or "(c)" in low,
        "date": numbered and bool(_DATE.search(head)),
        "clock": numbered and bool(_CLOCK.search(head)),
        "ago": " ago" in head and bool(_AGO.search(head)),
        "handle": "@" in head and bool(_HANDLE.search(head)),
        "email": ("@" in head or "[email" in head or "@" in tail) and bool(_EMAIL.search(head) or _EMAIL.search(tail)),
        "link": any(sign in low for sign in _LINKS),
        "phone": numbered and bool(_PHONE.search(head)),
        "name": len(head) < 70 and bool(_NAME.fullmatch(head)),
        "by": bool(_BY.match(head)),
        "credit tail": bool(_BRACKETED.search(tail) or _CREDITED.search(tail)),
        "slashed": "/" in tail and bool(_SLASHED.search(tail)),
        "camel": bool(_CAMEL.search(head)),
        "prose": sentence and (finite or past) and count >= 8,
        "sentence": sentence and count >= 4,
    }
    shape = [name for name, holds in flags.items() if holds]
    known += shape
    short = "short" if count < 9 else "middle" if count < 20 else "long"
    known += [f"{name} {short}" for name in shape]
    known.append(f"sentence {sentence} finite {finite} {short}")
    return known + _word_features(low, tail, long)


def _word_features(low: str, tail: str, long: bool) -> list[str]:
    tokens = ["0" if token.isdigit() else token for token in _TOKEN.findall(low)[:32]]
    names = [f"w {token}" for token in tokens]
    names += [f"w {first} {second}" for first, second in pairwise(tokens)]
    if tokens:
        names.append(f"first {tokens[0]}")
        names.append(f"last {tokens[-1]}")
        if len(tokens) > 1:
            names.append(f"first {tokens[0]} {tokens[1]}")
        if len(tokens) < 5:
            names.append("all " + " ".join(tokens))
    if long:
        names += [f"w {token}" for token in _TOKEN.findall(tail.lower())[-8:]]
    return names
