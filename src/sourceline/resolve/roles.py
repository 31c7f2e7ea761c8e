"""A speaker's role and affiliation, in the words that stand beside the name: title before it, apposition behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.lexicon.aliases import find_country
from sourceline.lexicon.nouns import NounClass, class_of, is_role
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind, Mention
from sourceline.resolve.kinds import PARTIES

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """Ranges of the text; None where nothing is stated."""

    role: Range | None
    affiliation: Range | None


_WORD = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*\.?|[^\w\s]")
_HONORIFICS = words_of("honorifics")
_TITLES = words_of("titles")
_MODIFIERS = words_of("role modifiers")
_DETERMINERS = words_of("articles")
_STOPS = words_of("clause openers")
_LINKS = words_of("links")
_BODY_WORDS = words_of("bodies")
_PARENTHESIS = re.compile(r"\s?\(([A-Z])(?:[-–, ]+([A-Z][\w. ]{0,20}))?\)")
_WHO_IS = re.compile(r",?\s+who\s+(?:(?:is|was|has\sbeen)\s+(?=(?:an?|the)\s)|(?:serve[sd]?|work(?:s|ed))\sas\s+)")
_APPOSED = re.compile(r"[’']?\s?(?:\([^)]{0,30}\))?,\s+(?:aged\s)?(?:\d{1,3},\s+)?")
_DESCRIBED = re.compile(
    r"\b(?:(?:[Tt]he\s)?(?P<possessor>\w[\w -]{1,40}?)(?:[’']s|(?<=s)[’'])|[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|"
    r"[Oo]ur|[Mm]y)\s(?P<role>[^,.;:!?“”\"\n]{3,80}),\s+(?:[\w.’'-]+\s+){0,3}$"
)
_UP_TO_NAME = re.compile(r",\s+(?:[\w.’'-]+\s+){0,3}")
"""How a description ends: quick to tell from the last comma, where the whole is slow to look for."""
_LONGEST = 160
_PRE_WORDS = 8


def find_role(text: str, name: Mention, first: int, last: int, names: Sequence[Mention], inside: bool) -> Role:
    """Role and affiliation of the person named, as the words around this mention within [first, last) state them.

    `names`: those near, in order. `inside`: whether [first, last) is a source phrase, which holds nothing but the
    name and what describes it; elsewhere the description has to show itself by a noun of function.
    """
    behind = _apposition(text, name, last, names, inside)
    before = _title(text, name, first, names, inside)
    described = _apposed_before(text, name, first, names)
    if described.role is not None and (inside or before.role is None):
        before = described
    parenthesis = _PARENTHESIS.match(text, name.end, min(len(text), name.end + 40))
    role = before.role or behind.role
    affiliation = before.affiliation or behind.affiliation
    if before.role and behind.role and not before.affiliation and behind.affiliation:
        role = behind.role if _length(before.role) < 6 else before.role
    if affiliation is None and parenthesis:
        affiliation = parenthesis.span(1)
    elif role is None and not inside:
        affiliation = None  # what merely stands near the name
    return Role(role, affiliation)


def _length(span: Range) -> int:
    return span[1] - span[0]


def _title(text: str, name: Mention, first: int, names: Sequence[Mention], inside: bool) -> Role:
    start = max(first, name.start - _LONGEST)
    words = list(_WORD.finditer(text, start, name.start))
    kept: list[re.Match[str]] = []
    for word in reversed(words):
        plain = word.group().lower()
        if plain.endswith(".") and _ends_sentence(word.group()):
            break
        if not word.group()[0].isalnum():
            if word.group() == "-" and kept:
                kept.append(word)
                continue
            break
        if not inside and not _may_be_title(word.group(), len(kept), text, word.start()):
            break
        joins = plain == "and" and inside and bool(kept)
        if (plain in _STOPS and not joins) or len(kept) >= _PRE_WORDS or (plain in _LINKS and not inside):
            break
        kept.append(word)
        if plain in _DETERMINERS:
            break
    kept.reverse()
    while kept and (kept[0].group().lower() in _DETERMINERS | _STOPS | _LINKS or not kept[0].group()[0].isalnum()):
        kept.pop(0)
    while kept and kept[-1].group().lower() in _HONORIFICS:
        kept.pop()
    if not kept or not any(_is_function(word.group()) for word in kept[-3:]):
        return Role(None, None)
    return split_role(text, [word.span() for word in kept], names)


def _ends_sentence(word: str) -> bool:
    """Whether the full stop is more than an abbreviation's: "Sen." and "U.S." go on, "Americans." does not."""
    lower = word.lower()
    return len(word) > 5 and "." not in word[:-1] and lower not in _TITLES and lower not in _HONORIFICS


def _apposed_before(text: str, name: Mention, first: int, names: Sequence[Mention]) -> Role:
    """The description in front of a name: "The port's director, Ana Ruiz,"."""
    start = max(first, name.start - _LONGEST)
    comma = text.rfind(",", start, name.start)
    if comma < 0 or _UP_TO_NAME.fullmatch(text, comma, name.start) is None:
        return Role(None, None)
    match = _DESCRIBED.search(text, start, name.start)
    if match is None:
        return Role(None, None)
    possessor = match.span("possessor") if match["possessor"] else None
    spans = [m.span() for m in _WORD.finditer(text, *match.span("role"))]
    link = next((i for i, s in enumerate(spans) if text[slice(*s)].lower() in _LINKS and i), len(spans))
    if not spans or not is_role(text[slice(*spans[link - 1])]):
        return Role(None, None)
    found = split_role(text, spans, names)
    return Role(found.role, possessor or found.affiliation)


def _may_be_title(word: str, taken: int, text: str, at: int) -> bool:
    lower = word.lower()
    if lower in _HONORIFICS or lower in _TITLES or lower in _MODIFIERS or is_role(word) or lower in PARTIES:
        return True
    opens = at < 2 or text[at - 2 : at] in (". ", "\n\n", "! ", "? ") or text[at - 1] in '\n“"'
    return taken > 0 and ((word[:1].isupper() and not opens) or lower in _BODY_WORDS or lower in _DETERMINERS)


def _is_function(word: str) -> bool:
    lower = word.lower()
    return lower in _TITLES or is_role(word) or lower in ("nominee", "secretary", "whip", "laureate", "veteran")


def _apposition(text: str, name: Mention, last: int, names: Sequence[Mention], inside: bool) -> Role:
    reach = min(last, name.end + 60)
    match = _WHO_IS.match(text, name.end, reach) or _APPOSED.match(text, name.end, reach)
    if match is None:
        return Role(None, None)
    end = min(last, match.end() + _LONGEST)
    spans: list[Range] = []
    for word in _WORD.finditer(text, match.end(), end):
        lower = word.group().lower()
        in_name = any(n.start <= word.start() < n.end for n in names)
        if not in_name and ((lower in _STOPS and not (lower == "and" and spans)) or lower == "said"):
            break
        if not word.group()[0].isalnum() and not in_name:
            if word.group() in "'’-&":
                spans.append(word.span())
                continue
            break
        spans.append(word.span())
        if lower.endswith(".") and _ends_sentence(word.group()):
            spans[-1] = (word.start(), word.end() - 1)
            break
    while spans and text[slice(*spans[0])].lower() in _DETERMINERS:
        spans.pop(0)
    if not spans:
        return Role(None, None)
    link = next((i for i, s in enumerate(spans) if text[slice(*s)].lower() in _LINKS and i), len(spans))
    heads = [text[slice(*s)] for s in spans[:link]]
    plain = inside and bool(heads) and not heads[0].isdecimal() and not heads[-1][:1].isupper()
    if not plain and not any(_is_function(word) for word in heads[-2:]):
        return Role(None, None)
    return split_role(text, spans, names)


def split_role(text: str, words: Sequence[Range], names: Sequence[Mention]) -> Role:
    """A description such as "director of policy for the Arms Board" or "Harbour ministry spokesman" as the function
    and the body that it belongs to."""
    while len(words) > 3 and text[slice(*words[0])].lower() == "one" and text[slice(*words[1])].lower() == "of":
        words = words[3:] if text[slice(*words[2])].lower() in _DETERMINERS else words[2:]
    texts = [text[a:b] for a, b in words]
    links = [i for i, word in enumerate(texts) if word.lower() in _LINKS and 0 < i < len(words) - 1]
    for i in reversed(links):
        rest = i + 1
        while rest < len(words) and texts[rest].lower() in _DETERMINERS:
            rest += 1
        if rest >= len(words):
            continue
        named = any(n.start < words[-1][1] and n.end > words[rest][0] for n in names) or texts[rest][:1].isupper()
        known = class_of(texts[-1]) in (NounClass.ORGANISATION, NounClass.GOVERNMENT, NounClass.MEDIA)
        if named or (known and texts[i].lower() in ("at", "for", "with", "of", "from")):
            first = _first_link(links, i, texts, names, words)
            rest = first + 1
            while rest < len(words) - 1 and texts[rest].lower() in _DETERMINERS:
                rest += 1
            role = _without_body(text, words[:first], names)
            body = (words[rest][0], _end_of_body(words[rest:], texts[rest:], names))
            return Role(role.role, role.affiliation or body)
    return _without_body(text, words, names)


def _end_of_body(words: Sequence[Range], texts: Sequence[str], names: Sequence[Mention]) -> int:
    """A body ends before an "and" outside of its name, and before the full stop of the sentence."""
    end = words[-1][1]
    for i, (start, _) in enumerate(words):
        joins = texts[i].lower() in ("and", "or", "but") and i > 0
        if joins and not any(n.start < start < n.end for n in names):
            end = words[i - 1][1]
            texts = texts[:i]
            break
    return end - 1 if _ends_sentence(texts[-1]) and texts[-1].endswith(".") else end


def _first_link(links: list[int], last: int, texts: list[str], names: Sequence[Mention], words: Sequence[Range]) -> int:
    """ "Institute of Rivers" is one name: the link that parts role and body stands outside of every name."""
    outside = [i for i in links if i <= last and not any(n.start < words[i][0] < n.end for n in names)]
    for i in outside:
        after = i + 1
        while after < len(words) and texts[after].lower() in _DETERMINERS:
            after += 1
        if after < len(words) and texts[after][:1].isupper():
            return i
    return outside[-1] if outside else last


def _without_body(text: str, words: Sequence[Range], names: Sequence[Mention]) -> Role:
    if not words:
        return Role(None, None)
    texts = [text[a:b] for a, b in words]
    last = -1
    for i, (a, _) in enumerate(words):
        lower = re.sub(r"['’]s?$", "", texts[i]).lower()
        named = any(n.start <= a < n.end and n.kind is not EntityKind.OTHER for n in names)
        if named or lower in PARTIES or (texts[i][:1].isupper() and find_country(texts[i]) is not None):
            last = i
    if last < 0 or last >= len(words) - 1:
        return Role((words[0][0], words[-1][1]), None) if last < 0 else Role(None, (words[0][0], words[-1][1]))
    first = last
    while first > 0 and any(n.start <= words[first - 1][0] < n.end for n in names):
        first -= 1
    if last + 2 < len(words) and texts[last + 1] in _BODY_WORDS:
        last += 1
    end = words[last][1]
    end -= len(re.search(r"(?:['’]s|(?<=s)['’])?$", text[words[first][0] : end])[0])  # type: ignore[index]
    return Role((words[last + 1][0], words[-1][1]), (words[first][0], end))
