"""The cases of identity: well made, and scored as it says."""

from __future__ import annotations

from collections import Counter

from evals.identity import Case, judge, measure_identity, read_cases, share
from sourceline.resolve.identity import identify
from tests.resolve.identity.told import body, person


def test_cases_are_many_and_each_is_of_two_profiles() -> None:
    cases = read_cases()
    counts = Counter(case.verdict for case in cases)
    assert set(counts) == {"same", "different", "undecidable"}
    assert min(counts.values()) >= 20
    assert len({case.id for case in cases}) == len(cases) >= 80
    assert all(case.first.id != case.second.id and case.about for case in cases)
    assert len({frozenset((case.first.id, case.second.id)) for case in cases}) == len(cases)


def test_outcomes_say_what_was_merged_and_what_proposed() -> None:
    cases = [
        Case("a", "same", "", person("Ana Ruiz", "mayor"), person("Ana Ruiz", "mayor", "Tarrow")),
        Case("b", "same", "", body("TWB"), body("Tarrow Water Board")),
        Case("c", "different", "", body("Ostran Mills"), body("Lirra Mills")),
    ]
    outcomes, identities, proposals = judge(cases)
    assert [(o.merged, o.proposal is not None) for o in outcomes] == [(True, False), (False, True), (False, False)]
    assert len(identities) == 5
    assert [o.proposal for o in outcomes if o.proposal] == proposals


def test_no_case_is_merged_wrongly_and_none_across_cases() -> None:
    figures = measure_identity()
    assert figures["merge_precision"] == figures["undecidable_apart"] == 100
    profiles = [p for case in read_cases() for p in (case.first, case.second)]
    known = {p.id: p for p in profiles}
    assert all(len({known[id].key for id in i.profiles}) == 1 for i in identify(profiles, ()))


def test_a_share_of_nothing_is_whole() -> None:
    assert (share(1, 3), share(0, 0)) == (33.3, 100.0)
