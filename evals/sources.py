"""Who is behind each attribution: labelled sources against readings.

    python -m evals.sources CASES DOCUMENTS READINGS [--wrong N]

CASES and DOCUMENTS (`id`, `text`) are JSONL; READINGS is what `sourceline read --jsonl --no-clean` prints. A case gives
spans of the document's text, never text: docs/annotation.md says which. Only attributions that were found count.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.scoring import f1

Figures = dict[str, float]
Case = Mapping[str, Any]
ReadingObject = Mapping[str, Any]

_QUOTES = str.maketrans("", "", "\"'‘’“”„‚«»‹›.")
_DETERMINER = re.compile(r"^(?:the|an?|this|that|these|those|its|his|her|their|our|my|your)\s+(?=\S)")
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=\s|$))")
_WORD = re.compile(r"\w+(?:-\w+)*|,")
# What opens a phrase behind the noun that it describes: "an official | in the ministry", "people | close to the talks".
_BEHIND = re.compile(
    "about|after|against|among|at|before|between|by|for|from|in|inside|into|near|of|on|outside|over|through|to|under|"
    "with|within|without|who|whom|whose|which|that|close|familiar|involved|based|briefed|,"
)
_EMPTY = re.compile(
    _BEHIND.pattern + "|the|a|an|this|these|those|its|his|her|their|our|my|your|some|and|or|as|is|are|was|were|be|been"
)


def normalise_name(name: str) -> str:
    """Lower case, one blank between words, no determiner, quotation marks, full stops or possessive ending."""
    plain = _POSSESSIVE.sub("", name.casefold().strip())
    plain = " ".join(plain.translate(_QUOTES).split()).strip(" ,;:")
    return _DETERMINER.sub("", plain)


def is_same_name(name: str, accepted: Iterable[str]) -> bool:
    return normalise_name(name) in {normalise_name(wording) for wording in accepted}


def is_same_description(name: str, accepted: Iterable[str]) -> bool:
    """Equal, or the same head noun with more than half of the content words in common.

    Exactly half would let Bill Clinton pass for Hillary Clinton, and "a party official" for "a union official".
    """
    return any(_describes_same(normalise_name(name), normalise_name(wording)) for wording in accepted)


def _describes_same(a: str, b: str) -> bool:
    if a == b:
        return True
    ours, theirs = _content_words(a), _content_words(b)
    shared = (ours & theirs).total()
    return _head(a) == _head(b) != "" and 4 * shared > (ours.total() + theirs.total())


def _content_words(phrase: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(phrase) if not _EMPTY.fullmatch(word))


def _head(phrase: str) -> str:
    head = ""
    for word in _WORD.findall(phrase):
        if head and _BEHIND.fullmatch(word):
            break
        if not _EMPTY.fullmatch(word):
            head = word
    return head


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reading says about one labelled attribution: sources of its list, their ids looked up."""

    speaker: Mapping[str, Any] | None
    members: tuple[str, ...]
    via: tuple[str, ...]
    upstream: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One found case and what is right about it; None where the question does not arise."""

    case: Case
    answer: Answer
    speaker: bool
    wrong_name: bool
    kind: bool | None
    role: bool | None
    affiliation: bool | None
    members: bool | None
    via: tuple[int, int, int]
    """Items right, given and labelled."""
    upstream: tuple[int, int, int]


def read_cases(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def score_sources(
    documents: Mapping[str, str], cases: Sequence[Case], readings: Mapping[str, ReadingObject]
) -> Figures:
    """Figures in percent, beside the counts `labelled` and `found`.

    `documents`: text by id; `readings`: reading objects of the stable format by document id. `role` and `affiliation`
    are over all found cases, where none on both sides is right; `role_stated` over those where either side has one. A
    case may name what it does not answer under `unlabelled`. A figure without a single case is left out.
    """
    verdicts = list(judge_cases(documents, cases, readings))
    pronouns = [v for v in verdicts if v.case["where"] == "pronoun"]
    elsewhere = [v for v in verdicts if v.case["where"] == "elsewhere"]
    shares: dict[str, list[bool] | list[bool | None]] = {
        "speaker": [v.speaker for v in verdicts],
        "speaker_pronoun": [v.speaker for v in pronouns],
        "speaker_out_of_sentence": [v.speaker for v in pronouns + elsewhere],
        "kind": [v.kind for v in verdicts],
        "role": [bool(v.role is None or v.role) for v in verdicts if answers(v.case, "role")],
        "role_stated": [v.role for v in verdicts],
        "affiliation": [
            bool(v.affiliation is None or v.affiliation) for v in verdicts if answers(v.case, "affiliation")
        ],
        "affiliation_stated": [v.affiliation for v in verdicts],
        "wrong_name": [v.wrong_name for v in verdicts],
        "members": [v.members for v in verdicts],
    }
    figures = {"labelled": float(len(cases)), "found": float(len(verdicts))}
    for name, given in shares.items():
        asked = [right for right in given if right is not None]
        if asked:
            figures[name] = round(100 * sum(asked) / len(asked), 1)
    for name in ("via", "upstream"):
        counts = [getattr(v, name) for v in verdicts if answers(v.case, name)]
        right, given, labelled = (sum(count[i] for count in counts) for i in range(3))
        if given or labelled:
            figures[f"{name}_f1"] = f1(right, given, labelled)
    return figures


def answers(case: Case, question: str) -> bool:
    """Whether a case is labelled for a question such as `role`."""
    return question not in case.get("unlabelled", ())


def judge_cases(
    documents: Mapping[str, str], cases: Iterable[Case], readings: Mapping[str, ReadingObject]
) -> Iterator[Verdict]:
    """One verdict for every case whose cue overlaps with that of an attribution in its document's reading."""
    for case in cases:
        reading = readings.get(case["doc"])
        attribution = None if reading is None else find_attribution(reading, case["cue"])
        if reading is not None and attribution is not None:
            yield _judge(documents[case["doc"]], case, _answer(reading, attribution))


def find_attribution(reading: ReadingObject, cue: Sequence[Sequence[int]]) -> Mapping[str, Any] | None:
    """The attribution whose cue shares most characters with the given one; None where none shares any."""
    best, most = None, 0
    for attribution in reading.get("attributions") or ():
        shared = sum(max(0, min(s["end"], e) - max(s["start"], b)) for s in attribution["cue"] for b, e in cue)
        if shared > most:
            best, most = attribution, shared
    return best


def _answer(reading: ReadingObject, attribution: Mapping[str, Any]) -> Answer:
    sources = {source["id"]: source for source in reading.get("sources") or ()}

    def names(ids: Iterable[str] | None) -> tuple[str, ...]:
        return tuple(sources[i]["name"] for i in ids or () if i in sources)

    speaker = sources.get(attribution.get("speaker"))
    return Answer(
        speaker=speaker,
        members=names(speaker.get("members")) if speaker else (),
        via=names(attribution.get("via")),
        upstream=names(attribution.get("upstream")),
    )


def _judge(text: str, case: Case, answer: Answer) -> Verdict:
    speaker = answer.speaker
    members = _members_right(text, case, answer) if case["members"] else None
    right = members or _speaker_right(texts_of(text, case["name"]), case["named"], speaker)
    known = bool(case["name"])
    return Verdict(
        case=case,
        answer=answer,
        speaker=right,
        wrong_name=speaker is not None and bool(speaker["named"]) and not right,
        kind=speaker is not None and speaker["kind"] == case["kind"] if known and answers(case, "kind") else None,
        role=_stated_right(text, case, speaker, "role"),
        affiliation=_stated_right(text, case, speaker, "affiliation"),
        members=members,
        via=_count_items(text, case.get("via", ()), answer.via),
        upstream=_count_items(text, case.get("upstream", ()), answer.upstream),
    )


def texts_of(text: str, spans: Iterable[Sequence[int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def _speaker_right(accepted: list[str], named: bool, speaker: Mapping[str, Any] | None) -> bool:
    if not accepted:
        return speaker is None or not speaker["named"]
    if speaker is None:
        return False
    if named:
        return is_same_name(speaker["name"], accepted)
    return not speaker["named"] and is_same_description(speaker["name"], accepted)


def _members_right(text: str, case: Case, answer: Answer) -> bool:
    labelled = Counter(map(normalise_name, texts_of(text, case["members"])))
    return labelled == Counter(map(normalise_name, answer.members))


def _stated_right(text: str, case: Case, speaker: Mapping[str, Any] | None, question: str) -> bool | None:
    if not answers(case, question):
        return None
    return _words_right(texts_of(text, case[question]), speaker[question] if speaker else None)


def _words_right(accepted: list[str], given: str | None) -> bool | None:
    if not accepted and not given:
        return None
    return bool(given) and is_same_name(given or "", accepted)


def _count_items(text: str, labelled: Sequence[Sequence[Sequence[int]]], given: Sequence[str]) -> tuple[int, int, int]:
    """Each labelled item (a list of alternative spans) may be matched once, each given name too."""
    left = list(given)
    for alternatives in labelled:
        accepted = texts_of(text, alternatives)
        match = next((name for name in left if is_same_description(name, accepted)), None)
        if match is not None:
            left.remove(match)
    return len(given) - len(left), len(given), len(labelled)


def find_faults(text: str, case: Case) -> list[str]:
    """What is amiss with the form of a case: empty where it is sound."""
    flat = {key: case[key] for key in ("cue", "source", "name", "role", "affiliation", "members")}
    flat |= {key: [span for item in case[key] for span in item] for key in ("via", "upstream")}
    flat["reason"] = [case["reason"]] if case["reason"] else []
    faults = [
        f"{key}: {span} is no phrase of the text"
        for key, spans in flat.items()
        for start, end in spans
        for span in [(start, end)]
        if not 0 <= start < end <= len(text) or text[start:end] != text[start:end].strip()
    ]
    if not case["cue"]:
        faults.append("cue: empty")
    if case["kind"] not in _KINDS:
        faults.append(f"kind: {case['kind']}")
    if case["where"] not in _WHERES:
        faults.append(f"where: {case['where']}")
    if case["named"] and (not case["name"] or case["kind"] == "anonymous"):
        faults.append("named: no name, or an anonymous one")
    return faults


_KINDS = ("person", "organisation", "government", "media", "document", "anonymous", "group")
_WHERES = ("here", "pronoun", "elsewhere")


def show_wrong(documents: Mapping[str, str], verdicts: Iterable[Verdict], limit: int) -> None:
    for verdict in verdicts:
        questions = ("speaker", "kind", "role", "affiliation", "members")
        wrong = [name for name in questions if getattr(verdict, name) is False]
        wrong += [name for name in ("via", "upstream") if len(set(getattr(verdict, name))) > 1]
        if not wrong or limit <= 0:
            continue
        limit -= 1
        case, text, answer = verdict.case, documents[verdict.case["doc"]], verdict.answer
        print(f"{case['doc']} {case['cue']} {case['where']}: {', '.join(wrong)}")
        for key in ("name", "role", "affiliation", "members"):
            print(f"    {key} {texts_of(text, case[key])}")
        for key in ("via", "upstream"):
            items = [texts_of(text, item) for item in case.get(key, ())]
            print(f"    {key} {items}, given {list(getattr(answer, key))}")
        shown = ("name", "named", "kind", "role", "affiliation")
        given = {key: answer.speaker[key] for key in shown} if answer.speaker else None
        print(f"    kind {case['kind']}, given {given}, members {list(answer.members)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print so many cases that are not right")
    options = parser.parse_args()
    cases = read_cases(options.cases)
    documents = {row["id"]: row["text"] for row in map(json.loads, options.documents.read_text("utf-8").splitlines())}
    objects = map(json.loads, options.readings.read_text("utf-8").splitlines())
    readings = {row["document"]["id"]: row for row in objects if "error" not in row}
    for case in cases:
        for fault in find_faults(documents[case["doc"]], case):
            print(f"{case['doc']} {case['cue']}: {fault}")
    show_wrong(documents, judge_cases(documents, cases, readings), options.wrong)
    for name, value in score_sources(documents, cases, readings).items():
        print(f"{name:<28}{value:>8g}")


if __name__ == "__main__":
    main()
