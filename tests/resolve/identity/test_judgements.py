"""People's verdicts outrank the machine's: what they join, split, and cannot do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.model.identity import Profile
from sourceline.model.judgement import Judgement, Named, Verdict
from sourceline.resolve.identity import identify, judged_keys, judgement_conflicts, linked_keys
from tests.resolve.identity.told import body, different, groups, person, same, together

MINISTER = person("Ana Ruiz", "trade minister", "Veldan")
STRIKER = person("Ana Ruiz", "striker", "Hallen Rovers")
BARE = person("Ana Ruiz")
SHORT = person("A. Ruiz", "minister", "Veldan")
OTHER = person("Anna Ruys", "minister", "Veldan")


def one(*profiles: Profile) -> frozenset[str]:
    return frozenset(p.id for p in profiles)


def test_same_joins_across_keys_and_says_who_said_so() -> None:
    (identity,) = identify([MINISTER, SHORT], [same(MINISTER, SHORT)])
    assert identity.reasons == (
        "Ada judged Ana Ruiz (trade minister, Veldan) the same as A. Ruiz (minister, Veldan) on 2031-03-06",
    )


def test_same_takes_along_what_the_machine_has_joined() -> None:
    variant = person("Ana Ruiz", "minister", "Veldan")
    assert groups([MINISTER, variant, SHORT, STRIKER], [same(variant, SHORT)]) == {
        one(MINISTER, variant, SHORT),
        one(STRIKER),
    }


def test_same_holds_against_conflicting_roles() -> None:
    assert groups([MINISTER, STRIKER], [same(MINISTER, STRIKER)]) == {one(MINISTER, STRIKER)}


def test_different_splits_what_the_machine_would_join() -> None:
    deputy = person("Ana Ruiz", "deputy trade minister", "Veldan")
    assert groups([MINISTER, deputy]) == {one(MINISTER, deputy)}
    assert groups([MINISTER, deputy], [different(MINISTER, deputy)]) == {one(MINISTER), one(deputy)}


def test_who_fits_both_sides_of_a_different_stays_apart() -> None:
    deputy = person("Ana Ruiz", "deputy trade minister", "Veldan")
    either = person("Ana Ruiz", "minister", "Veldan")
    assert groups([MINISTER, deputy, either], [different(MINISTER, deputy)]) == {
        one(p) for p in (MINISTER, deputy, either)
    }


def test_a_bare_name_means_the_bare_profile_where_others_of_the_name_contradict() -> None:
    assert groups([MINISTER, STRIKER, BARE], [same(MINISTER, BARE)]) == {one(MINISTER, BARE), one(STRIKER)}
    assert groups([MINISTER, STRIKER, BARE], [different(MINISTER, BARE)]) == {one(p) for p in (MINISTER, STRIKER, BARE)}


def test_a_bare_name_means_everybody_of_the_name_where_nothing_contradicts() -> None:
    assert groups([MINISTER, BARE, SHORT], [same(Named(name="Ana Ruiz"), Named(name="A. Ruiz"))]) == {
        one(MINISTER, BARE, SHORT)
    }


def test_a_name_that_several_have_is_reported_and_joins_nothing() -> None:
    judgement = same(Named(name="Ana Ruiz"), SHORT)
    assert groups([MINISTER, STRIKER, SHORT], [judgement]) == {one(p) for p in (MINISTER, STRIKER, SHORT)}
    (conflict,) = judgement_conflicts([MINISTER, STRIKER, SHORT], [judgement])
    assert (conflict.judgement, conflict.against) == (judgement.id, ())
    assert conflict.reason == "several sources are called Ana Ruiz: add role or affiliation"


def test_a_judgement_holds_after_a_reading_in_other_words() -> None:
    judgement = different(MINISTER, person("Ana Ruiz", "deputy trade minister", "Veldan"))
    again = (
        person("Ana Ruiz", "minister for trade", "the Veldan"),
        person("Ana Ruiz", "Deputy trade minister", "Veldan"),
    )
    assert len(groups(again)) == 1
    assert len(groups(again, [judgement])) == 2


def test_the_later_word_on_the_very_same_pair_wins() -> None:
    assert groups([MINISTER, SHORT], [same(MINISTER, SHORT, 1), different(SHORT, MINISTER, 2)]) == {
        one(MINISTER),
        one(SHORT),
    }
    assert groups([MINISTER, SHORT], [same(MINISTER, SHORT, 3), different(SHORT, MINISTER, 2)]) == {
        one(MINISTER, SHORT)
    }
    assert not judgement_conflicts([MINISTER, SHORT], [same(MINISTER, SHORT, 1), different(SHORT, MINISTER, 2)])


def test_times_without_a_zone_are_those_of_greenwich() -> None:
    earlier, later = same(MINISTER, SHORT, 1), different(MINISTER, SHORT, 2)
    naive = replace(later, at=later.at.replace(tzinfo=None))
    assert groups([MINISTER, SHORT], [naive, earlier]) == {one(MINISTER), one(SHORT)}


def test_a_word_taken_back_counts_no_more_and_one_before_it_again() -> None:
    earlier, taken_back = same(MINISTER, SHORT, 1), different(SHORT, MINISTER, 2, undone=True)
    assert groups([MINISTER, SHORT], [earlier, taken_back]) == {one(MINISTER, SHORT)}
    assert groups([MINISTER, SHORT], [replace(earlier, undone=True), taken_back]) == {one(MINISTER), one(SHORT)}


def test_of_a_contradictory_chain_the_later_same_gives_way_and_is_reported() -> None:
    first, later, against = same(MINISTER, SHORT, 1), same(SHORT, OTHER, 2), different(MINISTER, OTHER, 3)
    profiles = [MINISTER, SHORT, OTHER]
    assert groups(profiles, [against, later, first]) == {one(MINISTER, SHORT), one(OTHER)}
    (conflict,) = judgement_conflicts(profiles, [first, later, against])
    assert (conflict.judgement, conflict.against) == (later.id, (against.id,))
    assert conflict.reason.endswith("but they have been judged different")


def test_two_sides_of_a_different_that_are_one_description_are_reported() -> None:
    judgement = different(Named(name="Ana Ruiz"), Named(name="Ana  Ruiz"))
    (conflict,) = judgement_conflicts([BARE, MINISTER], [judgement])
    assert (conflict.judgement, conflict.against) == (judgement.id, ())
    assert judgement_conflicts([STRIKER], []) == ()


def test_names_told_apart_by_their_writing_only_can_be_judged() -> None:
    town, firm = body("Norden"), body("NORDEN")
    assert groups([town, firm], [same(town, firm)]) == {one(town, firm)}
    railways = body("Ostran Railways"), body("OSTRAN RAILWAYS")
    assert groups(railways, [different(*railways)]) == {one(railways[0]), one(railways[1])}


def test_a_same_is_not_about_those_of_another_kind() -> None:
    firm, group, founder = body("Ferring"), body("Ferring Mills"), person("Ferring")
    assert groups([firm, group, founder], [same(firm, group)]) == {one(firm, group), one(founder)}


def test_a_same_of_a_person_and_a_firm_is_reported() -> None:
    firm, founder = body("Ferring Mills"), person("Otto Ferring")
    assert groups([firm, founder], [same(firm, founder)]) == {one(firm), one(founder)}
    (conflict,) = judgement_conflicts([firm, founder], [same(firm, founder)])
    assert conflict.reason.endswith("but they are of kinds that cannot be one")


def test_judgements_of_nobody_known_change_nothing() -> None:
    unknown = Named(name="Milo Garrant")
    judgements = [same(unknown, MINISTER), different(unknown, BARE)]
    assert groups([MINISTER, BARE], judgements) == groups([MINISTER, BARE])
    assert judgement_conflicts([MINISTER, BARE], judgements) == ()


def test_linked_keys_are_those_that_people_hold_to_be_one() -> None:
    judgements = [
        same(MINISTER, SHORT),
        same(SHORT, OTHER),
        different(OTHER, STRIKER),
        same(body("Be Ce"), body("De E")),
    ]
    assert linked_keys({"ana ruiz"}, judgements) == {"ana ruiz", "a ruiz", "anna ruys"}
    assert linked_keys({"be ce", "x"}, judgements) == {"be ce", "de e", "x"}
    assert linked_keys({"ana ruiz"}, [replace(judgements[0], undone=True)]) == {"ana ruiz"}
    assert linked_keys((), judgements) == frozenset()
    assert judged_keys(judgements[0]) == {"ana ruiz", "a ruiz"}


POOL = [
    person(name, role, affiliation)
    for name in ("Ana Ruiz", "ANA RUIZ", "A. Ruiz", "Anna Ruys")
    for role, affiliation in (
        (None, None),
        ("minister", "Veldan"),
        ("trade minister", None),
        ("striker", "Hallen Rovers"),
    )
] + [body("Ruiz Mills"), body("RUIZ MILLS"), body("Norden"), body("Norden", "government")]
DESCRIPTIONS = st.sampled_from(
    [Named(name=p.name, role=p.role, affiliation=p.affiliation) for p in POOL]
    + [Named(name="Ana Ruiz", role="minister")]
)
VERDICTS = st.builds(
    lambda verdict, first, second, hour: verdict(first, second, hour),
    st.sampled_from([same, different]),
    DESCRIPTIONS,
    DESCRIPTIONS,
    st.integers(0, 5),
)
PROFILES = st.lists(st.sampled_from(POOL), max_size=10, unique_by=lambda p: p.id)
JUDGEMENTS = st.lists(VERDICTS, max_size=6, unique_by=lambda j: j.id)


def parted(first: Profile, second: Profile, judgements: list[Judgement]) -> bool:
    """Whether the two alone are apart only because of a judgement."""
    alone = identify([first, second], judgements)
    differing = [j for j in judgements if j.verdict is Verdict.DIFFERENT]
    return not together(first, second, alone) and together(
        first, second, identify([first, second], [j for j in judgements if j not in differing])
    )


@given(PROFILES, JUDGEMENTS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_no_order_counts(profiles: list[Profile], judgements: list[Judgement], random: object) -> None:
    before = identify(profiles, judgements), judgement_conflicts(profiles, judgements)
    random.shuffle(profiles)  # type: ignore[attr-defined]
    random.shuffle(judgements)  # type: ignore[attr-defined]
    assert (identify(profiles, judgements), judgement_conflicts(profiles, judgements)) == before


@given(PROFILES, JUDGEMENTS)
@settings(deadline=None, max_examples=200)
def test_another_profile_never_brings_together_what_a_judgement_keeps_apart(
    profiles: list[Profile], judgements: list[Judgement]
) -> None:
    if len(profiles) < 3:
        return
    first, second = profiles[:2]
    if parted(first, second, judgements):
        for count in range(3, len(profiles) + 1):
            assert not together(first, second, identify(profiles[:count], judgements))


@given(PROFILES, JUDGEMENTS)
@settings(deadline=None, max_examples=200)
def test_a_different_always_holds(profiles: list[Profile], judgements: list[Judgement]) -> None:
    identities = identify(profiles, judgements)
    latest = {frozenset(map(repr, j.sources)): j for j in sorted(judgements, key=lambda j: (j.at, j.id))}
    told = {(p.name, p.role, p.affiliation): p for p in profiles}
    for judgement in latest.values():
        first, second = (told.get((n.name, n.role, n.affiliation)) for n in judgement.sources)
        if judgement.verdict is Verdict.DIFFERENT and first and second and first != second:
            assert not together(first, second, identities)


@given(PROFILES, JUDGEMENTS)
@settings(deadline=None)
def test_linked_keys_can_be_identified_by_themselves(profiles: list[Profile], judgements: list[Judgement]) -> None:
    everything = set(identify(profiles, judgements))
    for key in {p.key for p in profiles}:
        keys = linked_keys({key}, judgements)
        assert set(identify([p for p in profiles if p.key in keys], judgements)) <= everything


@given(PROFILES, JUDGEMENTS)
@settings(deadline=None)
def test_a_same_is_followed_or_reported(profiles: list[Profile], judgements: list[Judgement]) -> None:
    identities = identify(profiles, judgements)
    unfollowed = {conflict.judgement for conflict in judgement_conflicts(profiles, judgements)}
    latest = {frozenset(map(repr, j.sources)): j for j in sorted(judgements, key=lambda j: (j.at, j.id))}
    for judgement in latest.values():
        exact = [
            [p for p in profiles if (p.name, p.role, p.affiliation) == (n.name, n.role, n.affiliation)]
            for n in judgement.sources
        ]
        if judgement.verdict is Verdict.SAME and judgement.id not in unfollowed and all(len(e) == 1 for e in exact):
            assert together(exact[0][0], exact[1][0], identities)


@pytest.mark.parametrize("count", [2, 3])
def test_judging_twice_is_judging_once(count: int) -> None:
    judgements = [same(MINISTER, SHORT, hour) for hour in range(count)]
    assert groups([MINISTER, SHORT], judgements) == {one(MINISTER, SHORT)}
    assert linked_keys({"a ruiz"}, judgements) == {"a ruiz", "ana ruiz"}
