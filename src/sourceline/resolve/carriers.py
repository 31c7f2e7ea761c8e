"""Carriers of a saying: what its words came through, as the frame of the saying shows it.

"told the Corran Ledger", "wrote in the Quarterly Review", "said in a statement", "on CNN's State of the Union".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sourceline.model.mention import EntityMention
from sourceline.model.speech import Act
from sourceline.resolve.frames import find_frame
from sourceline.resolve.governors import SHOWN_BY, find_governor
from sourceline.resolve.outlets import Outlets, find_names, span_of
from sourceline.resolve.papers import find_papers
from sourceline.resolve.sayings import IsMedia, Range, Saying, split_source
from sourceline.resolve.told import find_common_outlets, find_outlets, is_titled
from sourceline.resolve.words import DETERMINERS, Word


def find_carriers(
    text: str,
    saying: Saying,
    *,
    is_media: IsMedia,
    names: Sequence[EntityMention] = (),
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
    found = [*find_outlets(frame, outlets), *find_common_outlets(frame), *find_papers(frame)]
    found = [carrier for carrier in found if _is_ours(carrier, saying, near, frame)]
    around = [span for other in near for span in _reporting_outlet(text, saying, other, outlets)]
    return _longest_of([*around, *found, *_shown_by(split_source(text, saying), outlets)])


def _longest_of(spans: Sequence[Range]) -> tuple[Range, ...]:
    """Without doubles, and without what is part of another."""
    kept = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
    return tuple(dict.fromkeys(kept))


def _reporting_outlet(text: str, saying: Saying, other: Saying, outlets: Outlets) -> Iterator[Range]:
    """The outlet whose own saying contains this one: "..., the judge said, according to the Corran Ledger"."""
    if not any(start <= saying.cue[0][0] and saying.cue[-1][1] <= end for start, end in other.content):
        return
    source = split_source(text, other)
    for first, last in find_names(source):
        if outlets.is_outlet(source[first:last]):
            yield span_of(source[first:last])
            return


def _is_ours(carrier: Range, saying: Saying, others: Iterable[Saying], frame: Sequence[Word]) -> bool:
    """Whether no other speaker's cue stands between the carrier and our cue, and none holds the carrier.

    A phrase that opens the sentence ("In a letter, ...") serves whatever is said in it.
    """
    first, last = min(s for s, _ in saying.cue), max(e for _, e in saying.cue)
    opens = sum(word.is_word and word.lower not in DETERMINERS for word in _before(frame, carrier[0])) < 4
    for other in others:
        shares = not other.source or not saying.source or tuple(other.source) == tuple(saying.source)
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


def _shown_by(source: Sequence[Word], outlets: Outlets) -> Iterator[Range]:
    """Carriers within the source: "a letter obtained by the Corran Ledger", "a report in the Corran Ledger"."""
    if any(word.lower in ("poll", "polls", "survey", "surveys") for word in source):
        return  # who publishes a poll has mostly made it
    for first, last in find_names(source):
        governor = find_governor(source, first)
        if governor is None or not (outlets.is_outlet(source[first:last]) or is_titled(source, first, last)):
            continue
        before = [w.lower for w in source[max(0, governor - 2) : governor]]
        if (source[governor].lower == "by" and SHOWN_BY.intersection(before)) or source[governor].lower == "in":
            yield span_of(source[first:last])
