"""Carriers of a saying: what its words came through, as the frame of the saying shows it.

"told the Corran Ledger", "wrote in the Quarterly Review", "said in a statement", "on CNN's State of the Union".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sourceline.model.mention import Mention
from sourceline.model.speech import Act
from sourceline.resolve.frames import find_frame
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
from sourceline.resolve.sayings import IsMedia, Range, Saying
from sourceline.resolve.words import DAYS, DETERMINERS, MASK, QUOTATION_MARKS, Word, split_words

NOUNS = frozenset(
    "statement statements tweet tweets post posts posting letter letters email emails e-mail e-mails memo memos "
    "memorandum op-ed op-eds essay column blog website facebook twitter instagram snapchat youtube reddit telegram "
    "book memoir autobiography video videos ad ads advertisement release press-release article editorial "
    "documents note message messages text texts transcript report filing affidavit communique podcast newsletter "
    "voicemail recording questionnaire petition notice circular newsletter leaflet diary log submission manifesto "
    "cable telegram fax pamphlet dispatch communiqué bulletin broadcast deposition minutes dossier".split()
)
"""Nouns of what carries words: written, sent, recorded or posted. A speech, a rally or a meeting is an occasion."""

_PLATFORMS = frozenset("twitter facebook instagram snapchat youtube reddit telegram weibo linkedin tumblr periscope".split())
_PLACES_OF_POSTING = frozenset(
    "account accounts page pages feed website websites site sites blog blogs channel profile profiles".split()
)
_INTERVIEWS = frozenset("interview interviews appearance conversation call segment".split())
_PREPOSITIONS = frozenset("in via through on onto by from with to of per for at".split())
_INTO = frozenset("in via through on by from with per".split())
_ISSUES = frozenset(
    "release released releases releasing issue issued issues issuing write wrote written writes writing send sent sends "
    "sending post posted posts posting publish published publishes publishing circulated circulating put blasted "
    "sign signed signing made makes making filed files filing penned tweeted retweeted shared file air aired "
    "airing".split()
)
_TOLD = frozenset("told tell tells telling".split())
_SHOWN_BY = frozenset("obtained reviewed seen published released reported posted aired leaked shared viewed".split())


def find_carriers(
    text: str,
    saying: Saying,
    *,
    is_media: IsMedia,
    names: Sequence[Mention] = (),
    neighbours: Iterable[Saying] = (),
) -> tuple[Range, ...]:
    """The carriers between the speaker and this article, outermost first: noun phrases without determiner.

    `names` (a tagger's) only sharpen the decision; `neighbours` are the sayings just before and after this one.
    """
    near = tuple(neighbours)
    if not saying.cue:
        return ()
    if not saying.source and saying.act is Act.QUESTION:
        return ()  # "told CNN when asked about it": the question took another way
    frame = find_frame(text, saying, near)
    outlets = Outlets(text, is_media, names)
    found = [*_outlets_in(frame, outlets), *_common_outlets_in(frame), *_papers_in(frame)]
    found = [carrier for carrier in found if _is_ours(carrier, saying, near, frame)]
    around = [span for other in near for span in _reporting_outlet(text, saying, other, outlets)]
    return _longest_of([*around, *found, *_shown_by(split_source(text, saying), outlets)])


def _longest_of(spans: Sequence[Range]) -> tuple[Range, ...]:
    """Without doubles, and without what is part of another."""
    kept = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
    return tuple(dict.fromkeys(kept))


def is_written(carrier: str) -> bool:
    """Whether the carrier is something written or a place where people write: what "wrote" can go on in."""
    words = carrier.lower().split()
    return bool(words) and words[-1] in NOUNS | _PLACES_OF_POSTING | _PLATFORMS


def _reporting_outlet(text: str, saying: Saying, other: Saying, outlets: Outlets) -> Iterator[Range]:
    """The outlet whose own saying contains this one: "..., the judge said, according to the Corran Ledger"."""
    if not any(start <= saying.cue[0][0] and saying.cue[-1][1] <= end for start, end in other.content):
        return
    source = split_source(text, other)
    for first, last in find_names(source):
        if outlets.is_outlet(source[first:last]):
            yield span_of(source[first:last])
            return


def split_source(text: str, saying: Saying) -> list[Word]:
    """The words of the source, at most the first 300 characters of each part."""
    return [word for start, end in saying.source for word in split_words(text[start : min(end, start + 300)], start)]


def _is_ours(carrier: Range, saying: Saying, others: Iterable[Saying], frame: Sequence[Word]) -> bool:
    """Whether no other speaker's cue stands between the carrier and our cue, and none holds the carrier.

    A phrase that opens the sentence ("In a letter, ...") serves whatever is said in it.
    """
    first, last = min(s for s, _ in saying.cue), max(e for _, e in saying.cue)
    opens = sum(word.is_word and word.lower not in DETERMINERS for word in _before(frame, carrier[0])) < 4
    for other in others:
        shares = not other.source or tuple(other.source) == tuple(saying.source)
        for start, end in other.cue:
            if start < carrier[1] and carrier[0] < end and not _overlaps(carrier, saying.cue):
                return False
            if last <= carrier[0] and carrier[1] <= start and _opens_clause(frame, carrier[0]):
                return False
            if last <= start and end <= carrier[0] and not shares:
                return False
            if carrier[1] <= start and end <= first and not shares:
                own_speaker = any(carrier[1] <= s and e <= first for s, e in other.source)
                if own_speaker or not opens:
                    return False
    return True


def _overlaps(span: Range, others: Iterable[Range]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _opens_clause(frame: Sequence[Word], place: int) -> bool:
    """Whether "and" or "but" stands before the phrase at `place`: "... and in a statement called it ..."."""
    before = [w.lower for w in _before(frame, place) if w.lower not in DETERMINERS][-2:]
    return len(before) == 2 and before[0] in ("and", "but")


def _before(frame: Sequence[Word], place: int) -> list[Word]:
    return [word for word in frame if word.end <= place]


_AIR = frozenset("radio television tv".split())
_COMMON_OUTLETS = _AIR | frozenset(
    "newspaper newspapers paper magazine network broadcaster station channel tabloid weekly daily agency website media".split()
)
_TITLE_ENDS = QUOTATION_MARKS | frozenset(",.")
_CLOSING = frozenset("that in on at last this earlier yesterday after before by he she it they there his her its".split())
_TALKS = frozenset(
    "spoke speaking speaks talk talked talking sat said shared sharing share chat chatted exclusive q&a discussion "
    "interviews session sit-down".split()
)
_WRITTEN = frozenset("wrote write writes written writing published".split())
_MODIFIED = frozenset("bestselling best-selling poll polls survey surveys bestseller".split())


def _outlets_in(frame: Sequence[Word], outlets: Outlets) -> Iterator[Range]:
    for first, last in _names_and_parts(frame, outlets):
        governor = _governor(frame, first)
        if governor is None:
            continue
        lower = frame[governor].lower
        nearest = frame[last].lower if last < len(frame) else ""
        told = lower in _TOLD or lower in ("to", "with")
        quoted = frame[first - 1].text in QUOTATION_MARKS if first else False
        name = frame[first:last]
        end = _end_of_show(frame, last)
        if end == last and (nearest in NOUNS or nearest in _PLACES_OF_POSTING):
            continue  # the phrase as a whole is the carrier: "Facebook post"
        titled = _is_titled(frame, first, last, told=told)
        if nearest in _MODIFIED:
            continue
        before = [w.lower for w in frame[max(0, first - 3) : first]]
        if before[:1] == ["interview"] and before[1] in ("to", "with") and before[2] in DETERMINERS:
            titled = True  # an interview to the Advocate
        if lower in _TOLD and first and frame[first - 1].text == "the" and governor == first - 2:
            followed = frame[last] if last < len(frame) else None
            loose = followed is None or not followed.is_word or followed.lower in _CLOSING
            titled = titled or loose and outlets.may_be_called(name)
        if titled or outlets.is_outlet(name, told=told) or lower == "on" and end > last:
            if _is_reached(frame, governor):
                yield frame[first].start, frame[end - 1].end
        elif lower == "in" and governor and frame[governor - 1].lower in _WRITTEN and outlets.may_be_title(name):
            yield span_of(name)
        elif lower in ("on", "with") and (quoted or _is_show(name)):
            yield span_of(name)


def _common_outlets_in(frame: Sequence[Word]) -> Iterator[Range]:
    """Outlets without a name: "told state radio", "on local television", "told a Portuguese newspaper"."""
    for at, word in enumerate(frame):
        following = frame[at + 1].lower if at + 1 < len(frame) else ""
        if word.text not in _COMMON_OUTLETS or following in _COMMON_OUTLETS or following in STAFF | NOUNS:
            continue
        first = _first_of_phrase(frame, at)
        governor = first - 1
        if governor >= 0 and frame[governor].lower in ("this", "our", "my", "these"):
            continue  # the outlet that publishes is no carrier
        bare = governor < 0 or frame[governor].lower not in DETERMINERS
        while governor >= 0 and frame[governor].lower in DETERMINERS:
            governor -= 1
        if governor < 0 or bare and first == at:
            continue
        before = [w.lower for w in frame[max(0, governor - 3) : governor]]
        lower = frame[governor].lower
        if lower in _TOLD or lower == "on" and word.lower in _AIR or lower in ("with", "to") and (
            _INTERVIEWS.intersection(before)
        ):
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
        last = max(last, _end_of_show(frame, end))
        yield first, end


def _end_of_show(frame: Sequence[Word], at: int) -> int:
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
    if name is None or name[0] > 0 and frame[opened].lower not in DETERMINERS | _INTO:
        return at
    if name[0] > 1:
        return at
    end = opened + name[1]
    return end if _is_show(frame[opened:end]) else at


def _is_titled(words: Sequence[Word], first: int, last: int, *, told: bool = False) -> bool:
    """A capital "The" within the sentence, as newspapers have it in their names: The Post, The Hill."""
    return first > 1 and words[first - 1].text == "The" and (told or words[last - 1].lower in OUTLET_WORDS)


def _is_show(words: Sequence[Word]) -> bool:
    return len(words) > 1 and any(word.lower in SHOW_WORDS for word in words)


def _governor(frame: Sequence[Word], first: int) -> int | None:
    """The preposition or form of "tell" that governs the phrase beginning at `first`."""
    for at in range(first - 1, max(-1, first - 8), -1):
        word = frame[at]
        if word.lower in _TOLD or word.lower in _PREPOSITIONS:
            return at
        if word.text in QUOTATION_MARKS or word.text in "'’" or word.text == ",":
            continue
        if not word.is_word or word.text == MASK:
            return None
        if word.lower in _ISSUES:
            return None
    return None


def _is_reached(frame: Sequence[Word], governor: int) -> bool:
    """Whether the preposition leads to a carrier here: not "of", "by" and "from" at large."""
    word = frame[governor].lower
    before = [w.lower for w in frame[max(0, governor - 6) : governor]]
    if word in _TOLD:
        return True
    if word == "of":
        return bool(STAFF.intersection(before[-1:]))
    if word in ("at", "for"):
        return any(w in STAFF or w in _TOLD or w in _WRITTEN for w in before)
    if word == "with":
        return any(w in _INTERVIEWS or w in NOUNS or w in _TALKS for w in before)
    if word in ("by", "from"):
        return bool(_SHOWN_BY.intersection(before[-2:]))
    return True


def _papers_in(frame: Sequence[Word]) -> Iterator[Range]:
    for at, word in enumerate(frame):
        lower = word.lower
        if lower == "media" and at and frame[at - 1].lower == "social":
            first = at - 1
        elif lower in NOUNS or lower in _PLACES_OF_POSTING or lower == "show":
            first = _first_of_phrase(frame, at)
        else:
            continue
        following = frame[at + 1].lower if at + 1 < len(frame) else ""
        if following in NOUNS | _PLACES_OF_POSTING | STAFF | _INTERVIEWS | _COMPOUNDS or is_possessive(frame, at + 1):
            continue
        governor = first - 1
        if lower in ("page", "pages") and (first == at and frame[governor].lower not in _OWNERS or frame[first].lower == "front"):
            continue
        while governor >= 0 and (frame[governor].lower == "out" or frame[governor].lower in DETERMINERS or frame[governor].text in QUOTATION_MARKS):
            governor -= 1
        if governor >= 0 and frame[governor].text in ("s", "'", "’"):  # in Mr. Corran's letter
            governor = _owner(frame, governor)
        if governor >= 1 and frame[governor].lower == "of" and frame[governor - 1].lower in _SERIES:  # in one of a series of messages
            governor = _owner(frame, governor - 1)
        if governor >= 0 and _carries(frame, governor, at) or _is_taken_up(frame, at):
            yield frame[first].start, word.end


def _is_taken_up(frame: Sequence[Word], noun: int) -> bool:
    """An op-ed in May, in which she ..."""
    following = [word.lower for word in frame[noun + 1 : noun + 7]]
    return any(pair == ("in", "which") for pair in zip(following, following[1:], strict=False))


def _first_of_phrase(frame: Sequence[Word], at: int) -> int:
    first = at
    while first > 0 and at - first < 5:
        word = frame[first - 1]
        comma = word.text == "," and first > 1 and frame[first - 2].is_word and first < at
        if word.lower in DETERMINERS or word.lower in _PREPOSITIONS or word.lower in _ISSUES | _BREAKS:
            break
        if not comma and (not word.is_word or word.text == MASK or (word.text == "s")):
            break
        first -= 1
    while frame[first].text == ",":
        first += 1
    return first


def _owner(frame: Sequence[Word], at: int) -> int:
    for i in range(at, max(-1, at - 7), -1):
        if frame[i].lower != "of" and (frame[i].lower in _PREPOSITIONS or frame[i].lower in _ISSUES):
            return i
    return -1


_OWNERS = frozenset("his her its their my your s ' ’".split())
_SERIES = frozenset("one series flurry string blizzard barrage slew number pair couple".split())
_BREAKS = frozenset("and or but nor".split())
_COMPOUNDS = frozenset("link phone board campaign campaigns thread chain chains server servers buy deal club tour".split())
_THROUGH = frozenset("ad ads statement letter twitter facebook website account blog media".split())
_ON = frozenset("facebook twitter instagram snapchat youtube reddit telegram media website site blog page account feed "
                "show podcast video channel profile accounts pages websites sites blogs profiles".split())


def _carries(frame: Sequence[Word], governor: int, noun: int) -> bool:
    word, what = frame[governor].lower, frame[noun].lower
    if word in ("on", "onto"):
        return what in _ON
    if word == "to":
        according = governor > 0 and frame[governor - 1].lower == "according"
        return according or what in _PLACES_OF_POSTING or what in _PLATFORMS
    if word == "through":
        return what in _THROUGH
    if word in ("in", "via", "by", "per", "with", "from"):
        return True
    return word in _ISSUES


def _shown_by(source: Sequence[Word], outlets: Outlets) -> Iterator[Range]:
    """Carriers within the source: "a letter obtained by the Corran Ledger", "a report in the Corran Ledger"."""
    if any(word.lower in ("poll", "polls", "survey", "surveys") for word in source):
        return  # who publishes a poll has mostly made it
    for first, last in find_names(source):
        governor = _governor(source, first)
        if governor is None or not (outlets.is_outlet(source[first:last]) or _is_titled(source, first, last)):
            continue
        before = [w.lower for w in source[max(0, governor - 2) : governor]]
        if source[governor].lower == "by" and _SHOWN_BY.intersection(before) or source[governor].lower == "in":
            yield span_of(source[first:last])
