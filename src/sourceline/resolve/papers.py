"""Carriers that are written, sent, recorded or posted: a statement, a tweet, a letter, a memoir."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sourceline.resolve.governors import INTERVIEWS, ISSUES, PREPOSITIONS, first_of_phrase
from sourceline.resolve.outlets import STAFF, is_possessive
from sourceline.resolve.sayings import Range
from sourceline.resolve.words import DETERMINERS, QUOTATION_MARKS, Word, word_set

NOUNS = word_set(
    "statement statements tweet tweets post posts posting letter letters email emails e-mail e-mails memo memos "
    "memorandum op-ed op-eds essay column blog website facebook twitter instagram snapchat youtube reddit "
    "telegram book memoir autobiography video videos ad ads advertisement release press-release article editorial "
    "documents note message messages text texts transcript report filing affidavit communique podcast newsletter "
    "voicemail recording questionnaire petition notice circular newsletter leaflet diary log submission manifesto "
    "cable telegram fax pamphlet dispatch communiqué bulletin broadcast deposition minutes dossier"
)
"""Nouns of what carries words. A speech, a rally or a meeting is an occasion."""
PLACES_OF_POSTING = word_set(
    "account accounts page pages feed website websites site sites blog blogs channel profile profiles"
)
_PLATFORMS = word_set("twitter facebook instagram snapchat youtube reddit telegram weibo linkedin tumblr periscope")
_OWNERS = word_set("his her its their my your s ' ’")
_SERIES = word_set("one series flurry string blizzard barrage slew number pair couple")
_COMPOUNDS = word_set("link phone board campaign campaigns thread chain chains server servers buy deal club tour")
_THROUGH = word_set("ad ads statement letter twitter facebook website account blog media")
_ON = word_set(
    "facebook twitter instagram snapchat youtube reddit telegram media website site blog page account feed show "
    "podcast video channel profile accounts pages websites sites blogs profiles"
)


def is_written(carrier: str) -> bool:
    """Whether the carrier is something written or a place where people write: what "wrote" can go on in."""
    words = carrier.lower().split()
    return bool(words) and words[-1] in NOUNS | PLACES_OF_POSTING | _PLATFORMS


def find_papers(frame: Sequence[Word]) -> Iterator[Range]:
    """Noun phrases, without determiner, of what was written, sent, recorded or posted with the words of this saying."""
    for at, word in enumerate(frame):
        lower = word.lower
        if lower == "media" and at and frame[at - 1].lower == "social":
            first = at - 1
        elif lower in NOUNS or lower in PLACES_OF_POSTING or lower == "show":
            first = first_of_phrase(frame, at)
        else:
            continue
        following = frame[at + 1].lower if at + 1 < len(frame) else ""
        if following in NOUNS | PLACES_OF_POSTING | STAFF | INTERVIEWS | _COMPOUNDS or is_possessive(frame, at + 1):
            continue
        if lower in ("page", "pages") and not _is_posted_on(frame, first, at):
            continue
        governor = _governor_of(frame, first)
        if (governor >= 0 and _carries(frame, governor, at)) or _is_taken_up(frame, at):
            yield frame[first].start, word.end


def _is_posted_on(frame: Sequence[Word], first: int, page: int) -> bool:
    """Whether the page is one that people post on, and no leaf of a book or paper."""
    owned = first > 0 and frame[first - 1].lower in _OWNERS
    return owned or (first < page and frame[first].lower != "front")


def _governor_of(frame: Sequence[Word], first: int) -> int:
    governor = first - 1
    while governor >= 0 and (
        frame[governor].lower == "out"
        or frame[governor].lower in DETERMINERS
        or frame[governor].text in QUOTATION_MARKS
    ):
        governor -= 1
    if governor >= 0 and frame[governor].text in ("s", "'", "’"):  # in Mr. Corran's letter
        governor = _owner(frame, governor)
    if governor >= 1 and frame[governor].lower == "of" and frame[governor - 1].lower in _SERIES:
        governor = _owner(frame, governor - 1)  # in one of a series of messages
    return governor


def _is_taken_up(frame: Sequence[Word], noun: int) -> bool:
    """An op-ed in May, in which she ..."""
    following = [word.lower for word in frame[noun + 1 : noun + 7]]
    return any(pair == ("in", "which") for pair in pairwise(following))


def _owner(frame: Sequence[Word], at: int) -> int:
    for i in range(at, max(-1, at - 7), -1):
        if frame[i].lower != "of" and (frame[i].lower in PREPOSITIONS or frame[i].lower in ISSUES):
            return i
    return -1


def _carries(frame: Sequence[Word], governor: int, noun: int) -> bool:
    """Whether the preposition or verb makes the noun a carrier: "on" a blog, but not "on" a letter."""
    word, what = frame[governor].lower, frame[noun].lower
    if word in ("on", "onto"):
        return what in _ON
    if word == "to":
        according = governor > 0 and frame[governor - 1].lower == "according"
        return according or what in PLACES_OF_POSTING or what in _PLATFORMS
    if word == "through":
        return what in _THROUGH
    if word in ("in", "via", "by", "per", "with", "from"):
        return True
    return word in ISSUES
