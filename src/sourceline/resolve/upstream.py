"""Upstream: whom a speaker credits in turn, inside what is said or right behind it.

"KCNA reported that Kim had decided": Kim. "The Times, citing two officials": two officials.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sourceline.resolve.carriers import NOUNS
from sourceline.resolve.frames import find_frame
from sourceline.resolve.outlets import Outlets, is_possessive
from sourceline.resolve.sayings import IsMedia, Range, Saying
from sourceline.resolve.subjects import find_object, find_phrase, find_subject
from sourceline.resolve.words import DETERMINERS, QUOTATION_MARKS, Word, split_words

SAYS = frozenset("said says saying told tells wrote writes tweeted argued argues called admitted reported".split())
"""Forms that report what somebody said, whatever stands behind them."""
REPORTS = frozenset(
    "announced announces claimed claims confirmed confirms denied denies warned warns testified acknowledged insisted "
    "insists declared stated states explained alleged asserted noted suggested suggests concluded contended argue say "
    "complained vowed reports estimated estimates predicted believe think".split()
)
"""Forms that do so where a clause follows: "claimed that"."""
BY_NAME = frozenset(
    "announced confirmed denied denies warned testified acknowledged insisted declared alleged asserted concluded "
    "complained vowed believes thinks believed thought claimed promised predicted".split()
)
"""Forms that do so where a name is the subject, whatever stands behind them."""
SHOWS = frozenset("says said shows showed found finds concluded indicates suggests suggested reads".split())
"""What a document does."""
DECIDES = frozenset(
    "asked urged warned denied offered complained declined decided delayed agreed ordered approved planned plans intends intended postponed refused promised threatened "
    "considered demanded rejected".split()
)
"""Forms that a medium, a document or several people together report of another's saying or intention."""
_CITING = frozenset("citing quoting cited quoted quotes cites echoing echoed echoes".split())
_FREE = frozenset("what everything anything all as if whether".split())
_MEDIA = frozenset("media newspaper newspapers paper broadcaster television tv radio agency network".split())
_POLLS = frozenset("poll polls polling survey surveys".split())
_ANSWERS = frozenset("say believe think want favor favour support".split())
_CREDITED = frozenset(
    "statement statements comments remarks words line claim claims criticism report reports data poll study article "
    "account letter speech message figures estimates assessment made".split()
)
_PAPERS = NOUNS | frozenset("study poll survey report investigation review analysis data figures inquiry".split())
_PRONOUNS = frozenset("he she they".split())
_GENERIC = frozenset("nobody ever define either everyone everybody anyone someone people".split())
_REPORTING = SAYS | REPORTS | BY_NAME | SHOWS | DECIDES | _ANSWERS
_NO_CLAUSE = frozenset("a something nothing things anything so".split())
_LONGEST = 4000


def find_upstream(
    text: str, saying: Saying, *, is_media: IsMedia, neighbours: Iterable[Saying] = ()
) -> tuple[Range, ...]:
    """The noun phrases, without determiner, of those whom the speaker credits, in the order of the text."""
    found: list[Range] = []
    source = [word for start, end in saying.source for word in split_words(text[start : min(end, start + 300)], start)]
    polled = any(word.lower in _POLLS for word in source)
    by_medium = bool(source) and (source[-1].lower in _MEDIA or Outlets(text, is_media).is_outlet(_bare(source)))
    for start, end in saying.content:
        words = split_words(text[start : min(end, start + _LONGEST)], start)
        found += _credited_in(words, by_medium, polled, bool(source) and _is_many_or_paper(source))
    found += _cited_in(find_frame(text, saying, neighbours, read_source=True))
    if not found and saying.cue and saying.content and _cites(text, saying):
        found += _first_credited(split_words(text[slice(*saying.content[0])][:300], saying.content[0][0]))
    own = {word.lower for at, word in enumerate(source) if word.is_capitalised and not is_possessive(source, at + 1)}
    return tuple(span for span in dict.fromkeys(found) if text[slice(*span)].split()[-1].lower() not in own)[:1]


def _cites(text: str, saying: Saying) -> bool:
    start, end = saying.cue[-1]
    return bool(_CITING.intersection(text[max(start, end - 40) : end].lower().split()))


def _first_credited(words: Sequence[Word]) -> Iterator[Range]:
    """Of "Corran's statement" Corran; of "remarks made by Ana Ruiz" Ana Ruiz."""
    for at, word in enumerate(words[:12]):
        owned = {word.lower for word in words[at + 1 : at + 5]}
        if is_possessive(words, at) and words[at - 1].is_capitalised and owned & _CREDITED or (
            word.lower in ("by", "from") and {word.lower for word in words[max(0, at - 3) : at]} & _CREDITED
        ):
            credited = find_object(words, at + 1) if word.lower in ("by", "from") else find_phrase(words, at)
            if credited is not None:
                yield words[credited[0]].start, words[credited[1] - 1].end
            return


def _bare(source: Sequence[Word]) -> Sequence[Word]:
    return source[1:] if source[0].lower in DETERMINERS else source


def _is_many_or_paper(source: Sequence[Word]) -> bool:
    """Whether "he" and "she" in what this source says must be somebody else."""
    last = source[-1]
    if len(source) == 1 and last.lower in DETERMINERS or last.text in ("s", "'", "’"):
        return False
    return not last.is_capitalised and (last.lower in NOUNS or last.text.endswith("s"))


def _credited_in(words: Sequence[Word], by_medium: bool, polled: bool, others_only: bool) -> Iterator[Range]:
    quoted = others_only
    for at, word in enumerate(words):
        if word.text in QUOTATION_MARKS:
            quoted = others_only or word.text != "”" and not quoted
        lower = word.lower
        if lower != word.text:
            continue
        if lower in _REPORTING:
            subject = find_subject(words, at)
            if subject is not None and _credits(words, subject, at, by_medium, polled, others_only):
                named = words[subject[0]].lower not in _PRONOUNS
                if quoted or named:
                    yield words[subject[0]].start, words[subject[1] - 1].end
        elif lower in _CITING or lower == "to" and at and words[at - 1].lower == "according":
            yield from _object_at(words, at + 1)


def _cited_in(frame: Sequence[Word]) -> Iterator[Range]:
    for at, word in enumerate(frame):
        if word.lower in ("citing", "quoting"):
            yield from _object_at(frame, at + 1)


def _credits(
    words: Sequence[Word], subject: tuple[int, int], verb: int, by_medium: bool, polled: bool, others_only: bool
) -> bool:
    """Whether subject and verb report what somebody says, thinks or has decided."""
    lower, following = words[verb].lower, words[verb + 1].lower if verb + 1 < len(words) else ""
    head = words[subject[1] - 1]
    named = head.is_capitalised and head.lower not in _PRONOUNS
    if subject[0] and words[subject[0] - 1].lower in _FREE and not named:
        return False
    if head.lower in _GENERIC:
        return False
    if lower == "saying" and not others_only and subject[1] == verb:
        return False
    if lower in SAYS:
        return following not in _NO_CLAUSE
    return (
        lower in REPORTS and following == "that"
        or lower in BY_NAME and named
        or lower in SHOWS and head.lower in _PAPERS
        or lower in DECIDES and (by_medium or others_only)
        or lower in _ANSWERS and polled
    )


def _object_at(words: Sequence[Word], at: int) -> Iterator[Range]:
    """Who stands behind "citing": of "data from the Institute" the institute."""
    credited = find_object(words, at)
    if credited is not None and credited[1] < len(words) and words[credited[1]].lower in ("from", "by"):
        credited = find_object(words, credited[1] + 1, named=True) or credited
    if credited is not None:
        yield words[credited[0]].start, words[credited[1] - 1].end
