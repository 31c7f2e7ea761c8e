"""What speaks for and against a report inside a content: named features for the scorer, all of the words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sourceline.resolve.outlets import Outlets, is_possessive
from sourceline.resolve.papers import NOUNS
from sourceline.resolve.reports import CITING, DECIDES, How, Report
from sourceline.resolve.sayings import IsMedia, Saying, split_source
from sourceline.resolve.words import DETERMINERS, QUOTATION_MARKS, Word, word_set

_MEDIA = word_set("media newspaper newspapers paper broadcaster television tv radio agency network")
_PAPERS = NOUNS | word_set(
    "study report investigation review analysis data figures inquiry transcript transcripts documents audio summary"
)
_POLLS = word_set("poll polls polling survey surveys")
_SPOKEN_FOR = word_set("spokesman spokeswoman spokesperson aide aides manager officials adviser advisers campaign")
_PRONOUNS = word_set("he she they it")
_OPEN = word_set(
    "nobody everyone everybody anyone someone people many some few others voters americans most none critics experts "
    "men women folks guys families kids supporters"
)
_NEXT = word_set("that to if whether how what he she they i we you the a it so of about for in by on as me us him her")
_BEFORE = word_set("if when what as whether that and but because the than how which who where after so like until")
_UNREAL = word_set("would will could should can may might to not never n't t cannot must do does did if")
_CONDITIONS = word_set("if when until unless whether want should let")
_POSSESSIVES = word_set("his her their its our my your")
_SHARE = re.compile(r"\d|percent|%|majority|half|third", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """What kind of source makes the report, and the words that are its own name's."""

    kind: str
    cue: str
    own: frozenset[str]

    @classmethod
    def of(cls, text: str, saying: Saying, is_media: IsMedia) -> Reporter:
        source = split_source(text, saying)
        cue = [word for s, e in saying.cue for word in text[s : min(e, s + 100)].lower().split()]
        own = {w.lower for at, w in enumerate(source) if w.is_capitalised and not is_possessive(source, at + 1)}
        return cls(kind=_kind_of_source(source, Outlets(text, is_media)), cue=_kind_of_cue(cue), own=frozenset(own))


def _kind_of_source(source: Sequence[Word], outlets: Outlets) -> str:
    if not source:
        return "none"
    last = source[-1]
    lowers = {word.lower for word in source}
    bare = source[1:] if source[0].lower in DETERMINERS else source
    if len(source) == 1 and (last.lower in _PRONOUNS or last.lower in ("i", "we", "who")):
        return last.lower
    if lowers & _POLLS:
        return "poll"
    if last.lower in _MEDIA or outlets.is_outlet(bare):
        return "medium"
    if last.lower in _PAPERS or any(word.lower in _PAPERS for word in bare[:2]):
        return "paper"
    if lowers & _SPOKEN_FOR:
        return "spokesman"
    if last.is_capitalised:
        return "name"
    return "several" if last.text.endswith("s") else "other"


def _kind_of_cue(cue: Sequence[str]) -> str:
    words = {word.strip(",:;") for word in cue}
    if "according" in words:
        return "according"
    if words & CITING:
        return "citing"
    if words & {"said", "says", "told", "wrote", "added", "tweeted", "say"}:
        return "said"
    if words & {"reported", "reports", "report", "revealed"}:
        return "reported"
    return "other"


def read_quoted(words: Sequence[Word]) -> list[bool]:
    """For each word whether it stands in quotation marks; a part whose first mark closes begins within some."""
    inside = False
    for word in words:
        if word.text in QUOTATION_MARKS:
            inside = word.text == "”"
            break
    quoted = []
    for word in words:
        if word.text in QUOTATION_MARKS and word.text not in ("‘",):
            inside = word.text != "”" and (word.text == "“" or not inside)
        quoted.append(inside)
    return quoted


def describe_report(
    words: Sequence[Word], report: Report, quoted: bool, reporter: Reporter, strengths: Mapping[str, int]
) -> Iterator[str]:
    """Names of the report's features. `strengths`: of each word that reports, how surely it does, from 0."""
    first, last = report.who
    word = words[report.word].lower
    strength = strengths.get(word, 0)
    who = _kind_of_who(words, report)
    following = _kind_of_next(words, report.word + 1)
    how = report.how.value
    spoken = "quoted" if quoted else "plain"
    opening = _kind_of_before(words, first)
    yield f"how {how}"
    yield f"word {word}"
    yield f"strength {strength}"
    yield f"who {who}"
    yield spoken
    yield f"next {following}"
    yield f"before {opening}"
    yield f"source {reporter.kind}"
    yield f"cue {reporter.cue}"
    yield f"{how} {who}"
    yield f"{how} {strength}"
    yield f"{who} {spoken}"
    yield f"{who} {reporter.kind}"
    yield f"{who} {spoken} {reporter.kind}"
    yield f"{strength} next {following}"
    yield f"{how} cue {reporter.cue}"
    yield f"{how} next {following}"
    if report.how in (How.AGENT, How.OBJECT):
        yield f"{how} behind {_kind_of_next(words, last)}"
    yield f"{strength} {reporter.kind}"
    if _UNREAL.intersection(w.lower for w in words[max(0, report.word - 3) : report.word]):
        yield "unreal"
    if _CONDITIONS.intersection(w.lower for w in words[max(0, first - 5) : first]):
        yield "conditional"
    if any(_SHARE.search(w.text) for w in words[first:last]):
        yield "share"
        yield f"share {reporter.kind}"
    yield f"length {min(last - first, 5)}"
    yield f"place {min(first.bit_length(), 6)}"


def _kind_of_who(words: Sequence[Word], report: Report) -> str:
    first = report.who[0]
    head = words[report.head]
    if head.lower in _PRONOUNS:
        return head.lower
    if head.lower in _POSSESSIVES:
        return "possessive"
    if head.lower in _OPEN:
        return "open"
    if head.is_capitalised:
        return "name"
    determiner = words[first - 1].lower if first else ""
    if determiner in ("the", "this", "that", "these", "those"):
        return "definite"
    if determiner in ("a", "an", "another"):
        return "indefinite"
    if determiner in DETERMINERS:
        return "possessed"
    return "plural" if head.text.endswith("s") else "bare"


def _kind_of_next(words: Sequence[Word], at: int) -> str:
    if at >= len(words):
        return "end"
    if words[at].text in (",", ":") and at + 1 < len(words) and words[at + 1].text in QUOTATION_MARKS | {"'"}:
        return "quotation"
    word = words[at]
    if word.text in QUOTATION_MARKS:
        return "mark"
    if word.lower in _NEXT:
        return word.lower
    if not word.is_word:
        return "stop"
    return "name" if word.is_capitalised else "word"


def _kind_of_before(words: Sequence[Word], first: int) -> str:
    while first and words[first - 1].lower in DETERMINERS:
        first -= 1
    if not first:
        return "start"
    word = words[first - 1]
    if word.text in QUOTATION_MARKS:
        return "mark"
    if word.lower in _BEFORE:
        return word.lower
    if not word.is_word:
        return "comma" if word.text == "," else "stop"
    return "word"


def is_announced(words: Sequence[Word], report: Report, reporter: Reporter) -> bool:
    """Whether a medium reports what somebody has decided or demanded: the decision is announced, and no
    finding of the medium's own. Too rare in the labels to be learned."""
    decided = words[report.word].lower in DECIDES and report.how in (How.SUBJECT, How.WIDER)
    unreal = _UNREAL.intersection(w.lower for w in words[max(0, report.word - 3) : report.word])
    known = _kind_of_who(words, report) in ("name", "definite")
    return reporter.kind == "medium" and decided and known and not unreal


def is_own(words: Sequence[Word], report: Report, reporter: Reporter) -> bool:
    """Whether who would be credited bears the speaker's own name."""
    return words[report.head].lower in reporter.own and report.how is not How.AGENT
