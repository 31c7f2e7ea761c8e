"""What the description of the example world says happens in it does happen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise, permutations
from typing import Any

import pytest

from tests.example_world import CLAIMS, DOCUMENTS, FEATURES, GOLD, RECORDS, published, texts

EDGES = {(edge["from"], edge["to"]): edge for edge in GOLD["edges"]}


def mentions(claim: str, document: str, stance: str = "asserts") -> list[dict[str, Any]]:
    return [m for m in CLAIMS[claim]["mentions"] if m["doc"] == document and m["stance"] == stance]


def origins(claim: str, *documents: str, stance: str = "asserts") -> set[str]:
    return {m["origin"] for document in documents for m in mentions(claim, document, stance)}


def credited(source: str, target: str) -> bool | None:
    edge = EDGES.get((source, target))
    return None if edge is None else edge["credited"]


def is_wire_copy(credit: bool) -> Callable[[list[str]], bool]:
    def held(documents: list[str]) -> bool:
        found = {
            target: edge["credited"]
            for (source, target), edge in EDGES.items()
            if DOCUMENTS[source]["outlet_kind"] == "wire" and edge["kind"] == "edited_copy"
        }
        return {document for document, credited in found.items() if credited is credit} == set(documents)

    return held


def relayed(credit: bool) -> Callable[[list[str]], bool]:
    def held(documents: list[str]) -> bool:
        exclusive = FEATURES["an exclusive"][0]
        return all(
            bool(mentions("c01", document))
            and origins("c01", document) & origins("c01", exclusive)
            and (credited(exclusive, document) is True or ("Castrel Courier" in texts()[document])) is credit
            for document in documents
        )

    return held


def says(pattern: str) -> Callable[[list[str]], bool]:
    return lambda documents: all(re.search(pattern, texts()[document]) for document in documents)


def is_recycled(documents: list[str]) -> bool:
    old, *new = documents
    stale = all(published(document) - published(old) >= timedelta(days=30) for document in new)
    return stale and CLAIMS["c10"]["recycled"] == {"old_doc": old, "new_docs": new}


def is_circular(documents: list[str]) -> bool:
    first, digest, again, found_out = documents
    return (
        CLAIMS["c09"]["circular"] is True
        and credited(first, digest) is True
        and credited(digest, again) is True
        and DOCUMENTS[first]["outlet"] == DOCUMENTS[again]["outlet"]
        and len(origins("c09", first, digest, again)) == 1
        and bool(mentions("c09", found_out, "denies"))
    )


def drifts(documents: list[str]) -> bool:
    told = {value["doc"]: (value["low"], value["high"]) for value in CLAIMS["c01"]["drift"]["values"]}
    wanted = [(None, 40), (40, 40), (40, None), (24, 99), (38, 38)]
    return [told[document] for document in documents] == wanted


def is_corrected(documents: list[str]) -> bool:
    correction, wrong, *downstream = documents
    announced = [e for e in GOLD["edits"] if e["kind"] == "correction" and e["announced_in"] == correction]
    return (
        [edit["doc"] for edit in announced] == [wrong]
        and CLAIMS["c08"]["withdrawn_by"] == [correction]
        and all(credited(wrong, document) and origins("c08", wrong, document) == {"o1"} for document in downstream)
    )


def is_silently_edited(documents: list[str]) -> bool:
    (document,) = documents
    first, second = (record for record in RECORDS if record.id == document)
    (edit,) = (edit for edit in GOLD["edits"] if edit["kind"] == "silent")
    lines = [set(version.text.split("\n\n")) for version in (first, second)]
    return (
        edit["doc"] == document
        and (first.url, first.published) == (second.url, second.published)
        and "updated" not in first.extra
        and str(second.extra["updated"]) > str(second.published)
        and lines[0] - lines[1] == set(edit["removed"])
        and lines[1] - lines[0] == set(edit["added"])
        and not re.search(r"(?i)updated|corrected|earlier version", second.text)
    )


def one_origin_in_several(claim: str, stance: str = "asserts") -> Callable[[list[str]], bool]:
    """All the documents have the claim, and all from the same origin."""

    def held(documents: list[str]) -> bool:
        each = [origins(claim, document, stance=stance) for document in documents]
        return len(documents) >= 3 and all(found == each[0] and len(found) == 1 for found in each)

    return held


def is_one_conference(documents: list[str]) -> bool:
    shared = set.intersection(*(origins("c03", document) for document in documents))
    held = {origin["id"] for origin in CLAIMS["c03"]["origins"] if origin["channel"] == "press_conference"}
    return len(documents) >= 3 and bool(shared & held) and not any(pair in EDGES for pair in permutations(documents, 2))


def two_parties(claim: str) -> Callable[[list[str]], bool]:
    def held(documents: list[str]) -> bool:
        by_id = {origin["id"]: origin["source"] for origin in CLAIMS[claim]["origins"]}
        parties = [{by_id[origin] for origin in origins(claim, document)} for document in documents]
        return CLAIMS[claim]["independent_origins"]["low"] == 2 and len(set.union(*parties)) == 2

    return held


def is_two_interviews(documents: list[str]) -> bool:
    found = [origin for origin in CLAIMS["c12"]["origins"] if origin["first_doc"] in documents]
    return (
        len(found) == 2
        and len({origin["source"] for origin in found}) == 1
        and CLAIMS["c12"]["independent_origins"] == {"low": 1, "high": 1}
        and CLAIMS["c12"]["newsgathering_acts"]["low"] >= 2
    )


def is_conflict(documents: list[str]) -> bool:
    ours = {(d["doc"]) for d in CLAIMS["c01"]["disputed_by"] if d["kind"] == "conflict"}
    theirs = {(d["doc"]) for d in CLAIMS["c02"]["disputed_by"] if d["kind"] == "conflict"}
    return documents[0] in ours and documents[1] in theirs


def loses_caution(documents: list[str]) -> bool:
    (lost,) = (m for m in CLAIMS["c14"]["mentions"] if "hedge_lost" in m)
    return lost["doc"] == documents[-1] and all(
        credited(source, target) and lost["hedge_lost"] in texts()[source] for source, target in pairwise(documents)
    )


def is_report_with_summary(documents: list[str]) -> bool:
    report, summary = documents
    return credited(report, summary) is True and len(texts()[summary].split()) < len(texts()[report].split()) / 2


def is_quoted_abroad(documents: list[str]) -> bool:
    state, *abroad = documents
    return DOCUMENTS[state]["outlet_kind"] == "state_media" and all(
        "TIB" in texts()[document] and origins("c16", document) == origins("c16", state) for document in abroad
    )


def changes_account(documents: list[str]) -> bool:
    before, notice, after, noticed = documents
    denials = [origins("c01", document, stance="denies") for document in (before, notice)]
    return (
        all(denials)
        and bool(mentions("c15", after))
        and set.union(*denials) <= origins("c01", noticed, stance="denies")
        and re.search(r"It was the first time that Pelmora had said", texts()[noticed]) is not None
    )


HELD: dict[str, Callable[[list[str]], bool]] = {
    "wire copy, credited": is_wire_copy(True),
    "wire copy, not credited": is_wire_copy(False),
    "an exclusive": lambda documents: (
        CLAIMS["c01"]["origins"][0]["channel"] == "leak" and [CLAIMS["c01"]["origins"][0]["first_doc"]] == documents
    ),
    "the exclusive relayed, credited": relayed(True),
    "the exclusive relayed, not credited": relayed(False),
    "another exclusive, relayed with and without credit": lambda documents: (
        [credited(documents[0], document) for document in documents[1:]] == [True, False]
    ),
    "a ministry denies": lambda documents: all(mentions("c01", document, "denies") for document in documents),
    "unnamed officials, with the reason": says(
        r"asked not to be (?:identified|named) because|not authorized to speak|under the rules on which"
    ),
    "no comment": says(r"declined to comment|no comment|not comment"),
    "could not be reached": says(r"could not be reached"),
    "a recycled figure": is_recycled,
    "the same figure as dated background": lambda documents: all(
        mentions("c10", document) and re.search(r"last June|15 June 2033", texts()[document]) for document in documents
    ),
    "a circular confirmation": is_circular,
    "a drifting figure": drifts,
    "a correction, and what it withdraws": is_corrected,
    "a silent edit": is_silently_edited,
    "two interviews of one person": is_two_interviews,
    "one news conference, quoted by several": is_one_conference,
    "two independent origins": two_parties("c04"),
    "two independent origins, by ear and by letter": two_parties("c03"),
    "looks like three sources and is one": one_origin_in_several("c07"),
    "another body, another figure": is_conflict,
    "a report and its summary": is_report_with_summary,
    "a caution lost on the way": loses_caution,
    "state media quoted abroad": is_quoted_abroad,
    "a post, quoted by several": one_origin_in_several("c01", "doubts"),
    "one party that changes its account": changes_account,
}


def test_every_row_of_the_readme_has_its_check_and_names_documents_that_are_there() -> None:
    assert list(FEATURES) == list(HELD)
    for documents in FEATURES.values():
        assert documents
        assert set(documents) <= set(DOCUMENTS)


@pytest.mark.parametrize("what", HELD)
def test_what_the_readme_says_happens_does_happen(what: str) -> None:
    assert HELD[what](FEATURES[what])
