"""Upstream: whom a speaker credits in turn, inside what is said or right behind it.

"KCNA reported that Kim had decided": Kim. "The Times, citing two officials": two officials.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sourceline.resolve.frames import find_frame
from sourceline.resolve.outlets import Outlets, is_possessive
from sourceline.resolve.papers import NOUNS
from sourceline.resolve.phrases import find_object, find_phrase, find_subject
from sourceline.resolve.sayings import IsMedia, Range, Saying, split_source
from sourceline.resolve.words import DETERMINERS, QUOTATION_MARKS, Word, split_words, word_set

SAYS = word_set("said says saying told tells wrote writes tweeted argued argues called admitted reported")
"""Forms that report what somebody said, whatever stands behind them."""
REPORTS = word_set(
    "announced announces claimed claims confirmed confirms denied denies warned warns testified acknowledged "
    "insisted insists declared stated states explained alleged asserted noted suggested suggests concluded "
    "contended argue say complained vowed reports estimated estimates predicted believe think"
)
"""Forms that do so where a clause follows: "claimed that"."""
BY_NAME = word_set(
    "announced confirmed denied denies warned testified acknowledged insisted declared alleged asserted concluded "
    "complained vowed believes thinks believed thought claimed promised predicted"
)
"""Forms that do so where a name is the subject, whatever stands behind them."""
SHOWS = word_set("says said shows showed found finds concluded indicates suggests suggested reads")
"""What a document does."""
DECIDES = word_set(
    "asked urged warned denied offered complained declined decided delayed agreed ordered approved planned plans "
    "intends intended postponed refused promised threatened considered demanded rejected"
)
"""Forms that a medium, a document or several people together report of another's saying or intention."""
_CITING = word_set("citing quoting cited quoted quotes cites echoing echoed echoes")
_FREE = word_set("what everything anything all as if whether")
_MEDIA = word_set("media newspaper newspapers paper broadcaster television tv radio agency network")
_CLAIMS = word_set(
    "claim claims allegation allegations accusation accusations suggestion suggestions assertion assertions "
    "statement statements remarks comments warning warnings denial account promise pledge announcement"
)
_PASSIVE = SAYS | word_set("told asked warned ordered advised informed described quoted accused urged")
_POLLS = word_set("poll polls polling survey surveys")
_ANSWERS = word_set("say believe think want favor favour support")
_CREDITED = word_set(
    "statement statements comments remarks words line claim claims criticism report reports data poll study "
    "article account letter speech message figures estimates assessment made"
)
_PAPERS = NOUNS | word_set("study poll survey report investigation review analysis data figures inquiry")
_PRONOUNS = word_set("he she they")
_GENERIC = word_set("nobody ever define either everyone everybody anyone someone people")
_REPORTING = SAYS | REPORTS | BY_NAME | SHOWS | DECIDES | _ANSWERS
_NO_CLAUSE = word_set("a something nothing things anything so")
_LONGEST = 4000


def find_upstream(
    text: str, saying: Saying, *, is_media: IsMedia, neighbours: Iterable[Saying] = ()
) -> tuple[Range, ...]:
    """The noun phrases, without determiner, of those whom the speaker credits, in the order of the text."""
    found: list[Range] = []
    source = split_source(text, saying)
    reporter = _Reporter.of(source, Outlets(text, is_media))
    for start, end in saying.content:
        found += _credited_in(split_words(text[start : min(end, start + _LONGEST)], start), reporter)
    found += _cited_in(find_frame(text, saying, neighbours, read_source=True))
    if not found and saying.cue and saying.content and _cites(text, saying):
        found += _first_credited(split_words(text[slice(*saying.content[0])][:300], saying.content[0][0]))
    own = {word.lower for at, word in enumerate(source) if word.is_capitalised and not is_possessive(source, at + 1)}
    return tuple(span for span in dict.fromkeys(found) if text[slice(*span)].split()[-1].lower() not in own)[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reporter:
    """What kind of source is reporting here."""

    medium: bool
    poll: bool
    others_only: bool
    """Whether "he" and "she" in what this source says must be somebody else: a document, several people."""

    @classmethod
    def of(cls, source: Sequence[Word], outlets: Outlets) -> _Reporter:
        if not source:
            return cls(medium=False, poll=False, others_only=False)
        last = source[-1]
        bare = source[1:] if source[0].lower in DETERMINERS else source
        owner = (len(source) == 1 and last.lower in DETERMINERS) or last.text in ("s", "'", "’")
        return cls(
            medium=last.lower in _MEDIA or outlets.is_outlet(bare),
            poll=any(word.lower in _POLLS for word in source),
            others_only=not owner and not last.is_capitalised and (last.lower in NOUNS or last.text.endswith("s")),
        )


def _cites(text: str, saying: Saying) -> bool:
    start, end = saying.cue[-1]
    return bool(_CITING.intersection(text[max(start, end - 40) : end].lower().split()))


def _first_credited(words: Sequence[Word]) -> Iterator[Range]:
    """Of "Corran's statement" Corran; of "remarks made by Ana Ruiz" Ana Ruiz."""
    for at, word in enumerate(words[:12]):
        owned = {word.lower for word in words[at + 1 : at + 5]}
        owner = is_possessive(words, at) and words[at - 1].is_capitalised and owned & _CREDITED
        maker = word.lower in ("by", "from") and {word.lower for word in words[max(0, at - 3) : at]} & _CREDITED
        if owner or maker:
            credited = find_object(words, at + 1) if maker else find_phrase(words, at)
            if credited is not None:
                yield words[credited[0]].start, words[credited[1] - 1].end
            return


def _credited_in(words: Sequence[Word], reporter: _Reporter) -> Iterator[Range]:
    quoted = reporter.others_only
    for at, word in enumerate(words):
        if word.text in QUOTATION_MARKS:
            quoted = reporter.others_only or (word.text != "”" and not quoted)
        lower, before = word.lower, words[at - 1].lower if at else ""
        if lower != word.text:
            continue
        if lower in _REPORTING:
            subject = find_subject(words, at)
            if subject is not None and _credits(words, subject, at, reporter):
                named = words[subject[0]].lower not in _PRONOUNS
                if quoted or named:
                    yield words[subject[0]].start, words[subject[1] - 1].end
        if lower in _CLAIMS:
            yield from _claimant(words, at)
        elif lower in _CITING or (lower == "to" and before == "according") or (lower == "by" and before in _PASSIVE):
            yield from _object_at(words, at + 1)


def _cited_in(frame: Sequence[Word]) -> Iterator[Range]:
    for at, word in enumerate(frame):
        if word.lower in ("citing", "quoting"):
            yield from _object_at(frame, at + 1)


def _claimant(words: Sequence[Word], claim: int) -> Iterator[Range]:
    """Whose claim it is: of "a magazine's claim that" and "claims by the magazine that" the magazine."""
    following = words[claim + 1].lower if claim + 1 < len(words) else ""
    if following in ("by", "from"):
        yield from _object_at(words, claim + 2)
        return
    for at in range(claim - 1, max(0, claim - 5), -1):
        if is_possessive(words, at):
            owner = find_phrase(words, at)
            if owner is not None:
                yield words[owner[0]].start, words[owner[1] - 1].end
            return


def _credits(words: Sequence[Word], subject: tuple[int, int], verb: int, reporter: _Reporter) -> bool:
    """Whether subject and verb report what somebody says, thinks or has decided."""
    lower, following = words[verb].lower, words[verb + 1].lower if verb + 1 < len(words) else ""
    head = words[subject[1] - 1]
    named = head.is_capitalised and head.lower not in _PRONOUNS
    if head.lower in _GENERIC:
        return False
    if subject[0] and words[subject[0] - 1].lower in _FREE and not named:
        return False
    if lower == "saying" and not reporter.others_only and subject[1] == verb:
        return False
    if lower in SAYS:
        return following not in _NO_CLAUSE
    return any(
        (
            lower in REPORTS and following == "that",
            lower in BY_NAME and named,
            lower in SHOWS and head.lower in _PAPERS,
            lower in DECIDES and (reporter.medium or reporter.others_only),
            lower in _ANSWERS and reporter.poll,
        )
    )


def _object_at(words: Sequence[Word], at: int) -> Iterator[Range]:
    """Who stands behind "citing": of "data from the Institute" the institute."""
    credited = find_object(words, at)
    if credited is not None and credited[1] < len(words) and words[credited[1]].lower in ("from", "by"):
        credited = find_object(words, credited[1] + 1, named=True) or credited
    if credited is not None:
        yield words[credited[0]].start, words[credited[1] - 1].end
