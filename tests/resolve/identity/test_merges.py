"""What is one source by itself: read as the rules."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.model.identity import Profile
from sourceline.resolve.identity import identify, may_be_several
from tests.resolve.identity.told import body, groups, person, together


def are_one(first: Profile, second: Profile, *beside: Profile) -> bool:
    return together(first, second, identify([first, second, *beside], []))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (person("Ana Ruiz", "trade minister", "Veldan"), person("Ana Ruiz", "minister", "Veldan")),
        (person("Ana Ruiz", "trade minister"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Ana Ruiz", "foreign secretary", "Veldan"), person("Ana Ruiz", "foreign minister")),
        (person("Ana Ruiz", "mayor"), person("Ana Ruiz", "mayor", "Tarrow")),
        (person("Ana Ruiz", "spokeswoman", "Norden Freight"), person("Ana Ruiz", "spokesperson", "Norden Freight Ltd")),
        (person("Ana Ruiz", "founder", "Norden Freight"), person("Ana Ruiz", "CEO", "the Norden Freight")),
        (person("Ana Ruiz", None, "Norden Freight"), person("Ana Ruiz", "finance director", "Norden Freight")),
        (person("Ana Ruiz", "official", "Norden Freight"), person("Ana Ruiz", "engineer", "Norden Freight")),
        (person("Ana Ruiz", "spokeswoman", "IAEA"), person("Ana Ruiz", "spokeswoman", "the I.A.E.A.")),
        (person("Ana Ruiz", "envoy", "UN"), person("Ana Ruiz", "diplomat", "United Nations")),
        (person("Ana Ruiz", "ambassador", "Kenya"), person("Ana Ruiz", "ambassador", "Kenyan")),
        (person("Ana Ruiz", "chief", "Hallen"), person("Ana Ruiz", "police chief", "Hallen police")),
        (person("Ana Ruiz", "pilot", "Port of Tarrow"), person("Ana Ruiz", "pilot", "Tarrow Port")),
        (person("Ana Ruiz", "Harbour Pilot"), person("Ana Ruiz", "harbour pilot")),
        (body("Ostran Railways"), body("OSTRAN RAILWAYS")),
        (body("the Harbour Ledger", "media"), body("Harbour Ledger", "media")),
        (body("Clean Rivers Act", "document"), body("the Clean Rivers Act", "document")),
        (body("Reuters", "media"), body("REUTERS", "media")),
    ],
)  # fmt: skip
def test_strong_evidence_makes_one(first: Profile, second: Profile) -> None:
    assert are_one(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (person("Ana Ruiz"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Ana Ruiz"), person("ANA RUIZ")),
        (person("Ruiz", "trade minister", "Veldan"), person("RUIZ", "trade minister", "Veldan")),
        (person("Ruiz", "trade minister", "Veldan"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("A. Ruiz", "trade minister", "Veldan"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Ana Ruiz", "striker", "Hallen Rovers"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Ana Ruiz", "striker", "Veldan"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Ana Ruiz", "mayor", "Tarrow"), person("Ana Ruiz", "mayor", "Hallen")),
        (person("Ana Ruiz", "director"), person("Ana Ruiz", "director", "Harbour Museum")),
        (person("Ana Ruiz", "resident"), person("Ana Ruiz", "local resident")),
        (person("Ana Ruiz", "economist", "China"), person("Ana Ruiz", "physicist", "Chinese")),
        (person("Ana Ruiz", "economist", "China"), person("Ana Ruiz", "chief economist", "Chinese")),
        (person("Robin Tarn", "spokesman", "Hallen"), person("Robin Tarn", "spokeswoman", "Hallen police")),
        (person("Ana Ruiz", "director", "Halden University"), person("Ana Ruiz", "director", "Halden Hospital")),
        (person("Ana Ruiz", "deputy trade minister"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Robin Tarn", "spokesman", "Norden Freight"), person("Robin Tarn", "spokeswoman", "Norden Freight")),
        (person("Ana Ruiz", "officer", "Hallen Police"), person("Ana Ruiz", "inspector", "Hallen Police")),
        (person("Ferring Mills"), body("Ferring Mills")),
        (body("Norden"), body("NORDEN")),
        (body("Energy Ministry", "government"), body("the energy ministry", "government")),
        (body("the Times", "media"), body("Times", "media")),
        (body("Tarrow Coast Guard"), body("Tarrow Coast Guard", "government")),
        (body("Flood Survey Notes", "document", "Sarn Bank"), body("the Flood Survey Notes", "document", "Lirra Bank")),
        (body("Ruiz and Okafor", "group"), body("RUIZ and Okafor", "group")),
        (body("Pyongyang", "government"), body("North Korea", "government")),
    ],
)  # fmt: skip
def test_less_leaves_two(first: Profile, second: Profile) -> None:
    assert not are_one(first, second)


def test_who_fits_two_that_do_not_go_together_stays_apart_from_both() -> None:
    bare, tarrow, hallen = (person("Ana Ruiz", "mayor", town) for town in (None, "Tarrow", "Hallen"))
    assert are_one(bare, tarrow)
    assert groups([bare, tarrow, hallen]) == {frozenset((p.id,)) for p in (bare, tarrow, hallen)}

    spokesman, spokeswoman, spokesperson = (
        person("Robin Tarn", role, "Norden Freight") for role in ("spokesman", "spokeswoman", "spokesperson")
    )
    assert are_one(spokesperson, spokesman)
    assert len(groups([spokesman, spokeswoman, spokesperson])) == 3

    curator, engineer, nobody = (person("Ana Ruiz", role, "Harbour Museum") for role in ("curator", "engineer", None))
    assert are_one(curator, nobody)
    assert len(groups([curator, engineer, nobody])) == 3


def test_two_that_go_with_a_third_but_not_with_each_other_are_not_chained_by_it() -> None:
    coast = person("Ana Ruiz", "trade minister", "Veldan Coast")
    both = person("Ana Ruiz", "trade minister and foreign minister", "Veldan")
    hills = person("Ana Ruiz", "foreign minister", "Veldan Hills")
    assert are_one(coast, both) and are_one(both, hills)
    assert len(groups([coast, both, hills])) == 3


def test_a_pair_beside_a_contradiction_is_still_one() -> None:
    first, second = person("Ana Ruiz", "mayor", "Tarrow"), person("Ana Ruiz", "Mayor", "Tarrow")
    assert are_one(first, second, person("Ana Ruiz", "mayor", "Hallen"), person("Ana Ruiz", "mayor"))


def test_a_merge_says_why() -> None:
    first, second = person("Ana Ruiz", "founder", "Norden Freight"), person("Ana Ruiz", "chairwoman", "Norden Freight")
    (identity,) = identify([first, second], [])
    assert identity.id == min(first.id, second.id)
    assert list(identity.profiles) == sorted((first.id, second.id))
    (reason,) = identity.reasons
    assert reason.startswith("both are called Ana Ruiz and speak as ")
    assert "founder" in reason and "chairwoman" in reason and reason.endswith(" of Norden Freight")

    (alone,) = identify([first], [])
    assert alone.reasons == ()


@pytest.mark.parametrize(
    ("profile", "several"),
    [
        (person("Ruiz", "trade minister", "Veldan"), True),
        (person("Ana Ruiz"), True),
        (person("Ana Ruiz", "trade minister"), False),
        (body("Supreme Court"), True),
        (body("Norden"), True),
        (body("Ostran Railways"), False),
        (body("Reuters", "media"), False),
        (body("Ruiz and Okafor", "group"), True),
    ],
)
def test_some_words_may_be_said_of_several(profile: Profile, several: bool) -> None:
    assert may_be_several(profile) is several


NAMES = st.sampled_from(["Ana Ruiz", "ANA RUIZ", "Dr Ana Ruiz", "Ruiz"])
ROLES = st.sampled_from(
    [None, "mayor", "Mayor", "trade minister", "minister", "spokesman", "spokeswoman", "official", "curator", "striker"]
)
BODIES = st.sampled_from(
    [None, "Tarrow", "Tarrow police", "Hallen", "Veldan", "Kenya", "Kenyan", "Harbour Museum", "UN"]
)
PEOPLE = st.builds(person, NAMES, ROLES, BODIES)


@given(st.lists(PEOPLE, max_size=7), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_profiles_does_not_count(profiles: list[Profile], random: object) -> None:
    before = identify(profiles, [])
    random.shuffle(profiles)  # type: ignore[attr-defined]
    assert identify(profiles, []) == before
    assert identify([*profiles, *profiles], []) == before


@given(st.lists(PEOPLE, max_size=9))
@settings(deadline=None)
def test_every_profile_is_in_one_identity_and_no_identity_contradicts_itself(profiles: list[Profile]) -> None:
    identities = identify(profiles, [])
    ids = [id for identity in identities for id in identity.profiles]
    assert sorted(ids) == sorted({p.id for p in profiles})
    known = {p.id: p for p in profiles}
    for identity in identities:
        for first, second in permutations([known[id] for id in identity.profiles], 2):
            assert first.key == second.key
            assert {first.affiliation, second.affiliation} != {"Tarrow", "Hallen"}
            assert {first.role, second.role} != {"spokesman", "spokeswoman"}
            assert {first.role, second.role} != {"striker", "curator"}
