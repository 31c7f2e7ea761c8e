"""The scorer of sources: what counts as right, what as wrong, and what is not asked."""

from __future__ import annotations

from typing import Any

import pytest

from evals.sources import (
    find_faults,
    is_same_description,
    is_same_name,
    normalise_name,
    score_sources,
)

TEXT = (
    "Mara Tolland, the trade minister of Veldan, told the Harbor Ledger that exports fell, citing two auditors. "
    "She said it would pass. A senior official in the ministry denied it. Olin Brack and Tess Arvid agreed."
)


def spans(*phrases: str) -> list[list[int]]:
    return [[TEXT.index(phrase), TEXT.index(phrase) + len(phrase)] for phrase in phrases]


def case(cue: str, **labels: Any) -> dict[str, Any]:
    blank = {"source": [], "kind": "person", "named": True, "name": [], "role": [], "affiliation": []}
    rest: dict[str, Any] = {"via": [], "upstream": [], "count": None, "reason": None, "members": [], "where": "here"}
    return {"doc": "d", "cue": spans(cue), **blank, **rest, **labels}


TOLLAND = {"name": spans("Mara Tolland"), "role": spans("trade minister"), "affiliation": spans("Veldan")}
TOLD = case("told", **TOLLAND, via=[spans("Harbor Ledger", "the Harbor Ledger")], upstream=[spans("two auditors")])
SAID = case("said", **TOLLAND, source=spans("She"), where="pronoun")
DENIED = case("denied", kind="anonymous", named=False, name=spans("A senior official in the ministry", "official"))
AGREED = case(
    "agreed", kind="group", name=spans("Olin Brack and Tess Arvid"), members=spans("Olin Brack", "Tess Arvid")
)
CASES = [TOLD, SAID, DENIED, AGREED]


def source(ident: str, name: str, kind: str = "person", named: bool = True, **fields: Any) -> dict[str, Any]:
    return {"id": ident, "name": name, "named": named, "kind": kind, "role": None, "affiliation": None, **fields}


SOURCES = [
    source("s1", "Mara Tolland", role="trade minister", affiliation="Veldan"),
    source("s2", "Harbor Ledger", "media"),
    source("s3", "two auditors", "anonymous", named=False),
    source("s4", "a senior official", "anonymous", named=False),
    source("s5", "Olin Brack; Tess Arvid", "group", members=["s6", "s7"]),
    source("s6", "Olin Brack"),
    source("s7", "Tess Arvid"),
]
RIGHT: dict[str, dict[str, Any]] = {
    "told": {"speaker": "s1", "via": ["s2"], "upstream": ["s3"]},
    "said": {"speaker": "s1"},
    "denied": {"speaker": "s4"},
    "agreed": {"speaker": "s5"},
}


def reading(
    answers: dict[str, dict[str, Any]] = RIGHT, sources: list[dict[str, Any]] | None = SOURCES
) -> dict[str, Any]:
    attributions = [
        {
            "cue": [{"start": start, "end": end} for start, end in spans(cue)],
            "speaker": None,
            "via": [],
            "upstream": [],
            **answer,
        }
        for cue, answer in answers.items()
    ]
    return {"document": {"id": "d"}, "attributions": attributions, "sources": sources}


def score(read: dict[str, Any], cases: list[dict[str, Any]] = CASES) -> dict[str, float]:
    return score_sources({"d": TEXT}, cases, {"d": read})


def test_everything_right() -> None:
    assert score(reading()) == {
        "labelled": 4,
        "found": 4,
        "speaker": 100,
        "speaker_pronoun": 100,
        "speaker_out_of_sentence": 100,
        "kind": 100,
        "role": 100,
        "role_stated": 100,
        "affiliation": 100,
        "affiliation_stated": 100,
        "wrong_name": 0,
        "members": 100,
        "via_f1": 100,
        "upstream_f1": 100,
    }


def test_what_is_not_found_is_not_asked() -> None:
    figures = score(reading({"told": RIGHT["told"]}))
    assert (figures["labelled"], figures["found"], figures["speaker"]) == (4, 1, 100)
    assert "speaker_pronoun" not in figures and "members" not in figures


def test_the_attribution_with_the_greater_overlap_answers() -> None:
    read = reading({"told": {"speaker": "s6"}, "told the Harbor": {"speaker": "s1"}})
    read["attributions"][0]["cue"][0]["end"] -= 2
    assert score(read, [TOLD])["speaker"] == 100


def test_a_reading_without_sources_knows_nobody() -> None:
    figures = score(reading(sources=None))
    assert figures["found"] == 4
    assert (figures["speaker"], figures["kind"], figures["wrong_name"]) == (0, 0, 0)
    assert (figures["role"], figures["role_stated"]) == (50, 0)
    assert (figures["via_f1"], figures["upstream_f1"], figures["members"]) == (0, 0, 0)


def test_a_missing_document_is_not_found() -> None:
    assert score_sources({"d": TEXT}, CASES, {})["found"] == 0


def test_null_is_no_wrong_name_and_another_name_is() -> None:
    nobody = score(reading({**RIGHT, "said": {"speaker": None}}))
    other = score(reading({**RIGHT, "said": {"speaker": "s6"}}))
    assert (nobody["speaker"], nobody["speaker_pronoun"], nobody["wrong_name"]) == (75, 0, 0)
    assert (other["speaker"], other["speaker_pronoun"], other["wrong_name"]) == (75, 0, 25)


def test_a_surname_alone_is_not_the_fullest_name() -> None:
    short = [source("s1", "Tolland"), *SOURCES[1:]]
    assert score(reading(sources=short), [SAID])["speaker"] == 0


def test_a_name_given_to_an_unnamed_source_is_wrong() -> None:
    figures = score(reading({"denied": {"speaker": "s1"}}), [DENIED])
    assert (figures["speaker"], figures["wrong_name"]) == (0, 100)


def test_an_unnamed_source_must_be_said_to_be_unnamed() -> None:
    named = [*SOURCES[:3], source("s4", "a senior official", "anonymous", named=True), *SOURCES[4:]]
    assert score(reading(sources=named), [DENIED])["speaker"] == 0


@pytest.mark.parametrize(("speaker", "right", "wrong"), [(None, 100, 0), ("s4", 100, 0), ("s1", 0, 100)])
def test_nobody_can_tell(speaker: str | None, right: float, wrong: float) -> None:
    figures = score(reading({"said": {"speaker": speaker}}), [case("said", where="pronoun")])
    assert (figures["speaker"], figures["wrong_name"]) == (right, wrong)
    assert "kind" not in figures


def test_a_role_that_nobody_stated_is_wrong() -> None:
    figures = score(reading({"denied": {"speaker": "s1"}}), [DENIED])
    assert (figures["role"], figures["role_stated"]) == (0, 0)


def test_a_question_that_a_case_does_not_answer_is_not_asked() -> None:
    silent = {
        **case("said", name=spans("Mara Tolland")),
        "unlabelled": ["kind", "role", "affiliation", "via", "upstream"],
    }
    figures = score_sources({"d": TEXT}, [silent], {"d": reading()})
    assert figures["speaker"] == 100
    assert not {"kind", "role", "role_stated", "affiliation", "via_f1", "upstream_f1"} & set(figures)


def test_one_member_missing() -> None:
    fewer = [*SOURCES[:4], source("s5", "Olin Brack and others", "group", members=["s6"]), *SOURCES[5:]]
    figures = score(reading(sources=fewer), [AGREED])
    assert (figures["members"], figures["speaker"]) == (0, 0)


def test_the_joint_name_will_do_without_the_members() -> None:
    joint = [*SOURCES[:4], source("s5", "Olin Brack and Tess Arvid", "group")]
    figures = score(reading(sources=joint), [AGREED])
    assert (figures["members"], figures["speaker"]) == (0, 100)


def test_carriers_are_counted_one_by_one() -> None:
    figures = score(reading({"told": {"speaker": "s1", "via": ["s2", "s3"], "upstream": []}}), [TOLD])
    assert (figures["via_f1"], figures["upstream_f1"]) == (66.7, 0)
    twice = score(reading({"told": {"speaker": "s1", "via": ["s2", "s2"]}}), [TOLD])
    assert twice["via_f1"] == 66.7


def test_an_id_that_leads_nowhere() -> None:
    figures = score(reading({"told": {"speaker": "s99", "via": ["s99"]}}), [TOLD])
    assert (figures["speaker"], figures["via_f1"]) == (0, 0)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("The Harbor Ledger", "harbor ledger"),
        ("“Mara  Tolland’s”", "mara tolland"),
        ("the auditors’", "auditors"),
        ("U.V. Ministry", "uv ministry"),
        ("O’Dell", "odell"),
        ("The", "the"),
        ("", ""),
    ],
)
def test_normal_names(name: str, normal: str) -> None:
    assert normalise_name(name) == normal
    assert is_same_name(name, ["somebody", normal])


@pytest.mark.parametrize(
    ("given", "accepted", "same"),
    [
        ("senior official", "a senior official in the ministry", True),
        ("officials in Veldan", "Veldan officials", True),
        ("official", "a senior official in the ministry", False),
        ("the ministry", "a senior official in the ministry", False),
        ("a party official", "a union official", False),
        ("Olin Brack", "Tess Brack", False),
        ("people close to the talks", "people familiar with the talks", True),
        ("of the", "in the", False),
        ("", "experts", False),
    ],
)
def test_descriptions(given: str, accepted: str, same: bool) -> None:
    assert is_same_description(given, [accepted]) is same


def test_faults_of_a_case() -> None:
    assert find_faults(TEXT, TOLD) == find_faults(TEXT, AGREED) == []
    assert find_faults(TEXT, {**TOLD, "name": []}) == ["named: no name, or an anonymous one"]
    assert find_faults(TEXT, {**TOLD, "kind": "robot", "where": "there"}) == ["kind: robot", "where: there"]
    assert find_faults(TEXT, {**TOLD, "via": [[[0, 5]]]}) == ["via: (0, 5) is no phrase of the text"]
    assert find_faults(TEXT, {**TOLD, "role": [[5, 999]], "reason": [3, 3]})[1:] == [
        "reason: (3, 3) is no phrase of the text"
    ]
