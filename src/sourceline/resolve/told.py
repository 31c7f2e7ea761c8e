"""Carriers that are outlets: whom the speaker told, where he wrote, the show that he spoke on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourceline.resolve.governors import INTERVIEWS, SHOWN_BY, TOLD, find_governor, first_of_phrase
from sourceline.resolve.outlets import (
    OUTLET_WORDS,
    SHOW_WORDS,
    STAFF,
    Outlets,
    find_names,
    is_possessive,
    skip_quotation_mark,
    span_of,
)
from sourceline.resolve.papers import NOUNS, PLACES_OF_POSTING
from sourceline.resolve.sayings import Range
from sourceline.resolve.words import DETERMINERS, QUOTATION_MARKS, Word, word_set

_AIR = word_set("radio television tv")
_COMMON_OUTLETS = _AIR | word_set(
    "newspaper newspapers paper magazine network broadcaster station channel tabloid weekly daily agency website media"
)
_TITLE_ENDS = QUOTATION_MARKS | frozenset(",.")
_INTO = word_set("in via through on by from with per")
_CLOSING = word_set("that in on at last this earlier yesterday after before by he she it they there his her its")
_SENT = word_set("statement message email e-mail comments remarks reply")
_TALKS = word_set(
    "spoke speaking speaks talk talked talking sat said shared sharing share chat chatted exclusive q&a "
    "discussion interviews session sit-down"
)
_WRITTEN = word_set("wrote write writes written writing published")
_MODIFIED = word_set("bestselling best-selling poll polls survey surveys bestseller")


def find_outlets(frame: Sequence[Word], outlets: Outlets) -> Iterator[Range]:
    """Outlets by name, each with the title of its show: "told Corran Radio", "on Corran Radio's Morning Hour"."""
    for first, last in _names_and_parts(frame, outlets):
        governor = find_governor(frame, first)
        if governor is None:
            continue
        lower = frame[governor].lower
        nearest = frame[last].lower if last < len(frame) else ""
        told = lower in TOLD or lower in ("to", "with")
        quoted = frame[first - 1].text in QUOTATION_MARKS if first else False
        name = frame[first:last]
        end = end_of_show(frame, last)
        if end == last and (nearest in NOUNS or nearest in PLACES_OF_POSTING):
            continue  # the phrase as a whole is the carrier: "Facebook post"
        if nearest in _MODIFIED:
            continue
        titled = is_titled(frame, first, last, told=told) or _is_placed_as_one(frame, (first, last), governor, outlets)
        if titled or outlets.is_outlet(name, told=told) or (lower == "on" and end > last):
            if _is_reached(frame, governor):
                yield frame[first].start, frame[end - 1].end
        elif lower in ("on", "with"):
            if quoted or is_show(name):
                yield span_of(name)
        elif lower == "in" and governor and frame[governor - 1].lower in _WRITTEN and outlets.may_be_title(name):
            yield span_of(name)


def _is_placed_as_one(frame: Sequence[Word], name: tuple[int, int], governor: int, outlets: Outlets) -> bool:
    """A name that says nothing itself where only an outlet stands: "told the Bell." """
    first, last = name
    before = [w.lower for w in frame[max(0, first - 3) : first]]
    if len(before) == 3 and before[1] in ("to", "with") and before[2] in DETERMINERS:
        if before[0] == "interview":
            return True
        return before[0] in _SENT and before[2] == "the" and outlets.may_be_called(frame[first:last])
    if frame[governor].lower not in TOLD or governor != first - 2 or frame[first - 1].text != "the":
        return False
    closed = last == len(frame) or not frame[last].is_word or frame[last].lower in _CLOSING
    return closed and outlets.may_be_called(frame[first:last])


def find_common_outlets(frame: Sequence[Word]) -> Iterator[Range]:
    """Outlets without a name: "told state radio", "on local television", "told a Portuguese newspaper"."""
    for at, word in enumerate(frame):
        following = frame[at + 1].lower if at + 1 < len(frame) else ""
        if word.text not in _COMMON_OUTLETS or following in _COMMON_OUTLETS or following in STAFF | NOUNS:
            continue
        first = first_of_phrase(frame, at)
        governor = first - 1
        if governor >= 0 and frame[governor].lower in ("this", "our", "my", "these"):
            continue  # the outlet that publishes is no carrier
        bare = governor < 0 or frame[governor].lower not in DETERMINERS
        while governor >= 0 and frame[governor].lower in DETERMINERS:
            governor -= 1
        if governor < 0 or (bare and first == at):
            continue
        before = [w.lower for w in frame[max(0, governor - 3) : governor]]
        lower = frame[governor].lower
        interviewed = lower in ("with", "to") and bool(INTERVIEWS.intersection(before))
        if lower in TOLD or interviewed or (lower == "on" and word.lower in _AIR):
            yield frame[first].start, word.end


def _names_and_parts(frame: Sequence[Word], outlets: Outlets) -> Iterator[tuple[int, int]]:
    """The names of the frame; of one that is no outlet as a whole, the part behind or before a link."""
    last = 0
    for first, end in find_names(frame):
        if first < last:
            continue  # the title of a show that has been taken
        words = frame[first:end]
        last = end
        links = [i for i in range(first + 1, end - 1) if not frame[i].is_capitalised]
        if links and not outlets.is_known(words):
            parts = [(i + 1, end) for i in links] + [(first, i) for i in links]
            part = next((p for p in parts if outlets.is_known(frame[slice(*p)])), None)
            if part is not None:
                first, end = part
        last = max(last, end_of_show(frame, end))
        yield first, end


def end_of_show(frame: Sequence[Word], at: int) -> int:
    """Behind "CNN": where "CNN's State of the Union" ends; `at` itself where no show's title follows."""
    title = at
    owner = is_possessive(frame, title)
    title += owner
    if title < len(frame) and frame[title].lower in ("channel", "show", "program", "programme"):
        title += 1
        owner += is_possessive(frame, title)
        title += is_possessive(frame, title)
    opened = skip_quotation_mark(frame, title)
    if not owner and opened == title:
        return at
    if opened > title:
        closed = next((i for i in range(opened + 1, min(opened + 9, len(frame))) if frame[i].text in _TITLE_ENDS), 0)
        return closed or at
    name = next(find_names(frame[opened : opened + 12]), None)
    if name is None or (name[0] > 0 and frame[opened].lower not in DETERMINERS | _INTO):
        return at
    if name[0] > 1:
        return at
    end = opened + name[1]
    return end if is_show(frame[opened:end]) else at


def is_titled(words: Sequence[Word], first: int, last: int, *, told: bool = False) -> bool:
    """A capital "The" within the sentence, as newspapers have it in their names: The Post, The Hill."""
    return first > 1 and words[first - 1].text == "The" and (told or words[last - 1].lower in OUTLET_WORDS)


def is_show(words: Sequence[Word]) -> bool:
    return len(words) > 1 and any(word.lower in SHOW_WORDS for word in words)


def _is_reached(frame: Sequence[Word], governor: int) -> bool:
    """Whether the preposition leads to a carrier here: not "of", "by" and "from" at large."""
    word = frame[governor].lower
    before = [w.lower for w in frame[max(0, governor - 6) : governor]]
    if word in TOLD:
        return True
    if word == "of":
        return bool(STAFF.intersection(before[-1:]) or TOLD.intersection(before))
    if word in ("at", "for"):
        return any(w in STAFF or w in TOLD or w in _WRITTEN for w in before)
    if word == "with":
        return any(w in INTERVIEWS or w in NOUNS or w in _TALKS for w in before)
    if word in ("by", "from"):
        return bool(SHOWN_BY.intersection(before[-2:]))
    return True
