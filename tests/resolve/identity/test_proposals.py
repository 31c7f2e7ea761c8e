"""What may be one, for a person to decide."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.model.identity import Profile, Proposal
from sourceline.model.judgement import Judgement
from sourceline.resolve.identity import identify, propose
from tests.resolve.identity.told import body, different, person, same

MUSEUM = "curator", "Harbour Museum"


def proposals(*profiles: Profile, judgements: tuple[Judgement, ...] = ()) -> list[Proposal]:
    return list(propose(profiles, identify(profiles, judgements), judgements))


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (person("Ana Ruiz"), person("Ana Ruiz", "minister", "Veldan"), "both are called Ana Ruiz"),
        (person("Ruiz", *MUSEUM), person("Ana Ruiz", *MUSEUM), "Ruiz may be Ana Ruiz by surname"),
        (person("Ruiz", "mayor"), person("Ana Ruiz", "mayor", "Tarrow"), "Ruiz may be Ana Ruiz by surname"),
        (person("A. Ruiz", *MUSEUM), person("Ana Ruiz", *MUSEUM), "A. Ruiz may be short for Ana Ruiz"),
        (person("T. K. Arvid", *MUSEUM), person("Tess Karin Arvid", *MUSEUM), "may be short for Tess Karin Arvid"),
        (person("Ana T. Ruiz", *MUSEUM), person("Ana Ruiz", *MUSEUM), "Ana Ruiz may be short for Ana T. Ruiz"),
        (person("Ana Ruiz Calder", *MUSEUM), person("Ana Ruiz", *MUSEUM), "Ana Ruiz may be short for Ana Ruiz Calder"),
        (person("Muhammad Qasimi", *MUSEUM), person("Mohamed Kassimi", *MUSEUM), "may be spellings of one name"),
        (person("Wilhelmina Ashenbach"), person("Wilhelmina Aschenbach", "curator"), "may be spellings of one name"),
        (person("Baek Sung-ho"), person("Sung-ho Baek", "pilot"), "are the same names in another order"),
        (body("Pyongyang", "government"), body("North Korea", "government"), "the alias table has Pyongyang and"),
        (body("TWB"), body("Tarrow Water Board"), "TWB may stand for Tarrow Water Board"),
        (body("Energy Ministry"), body("Veldan's Energy Ministry"), "Energy Ministry may be Veldan's Energy Ministry"),
        (body("Veldanian Foreign Ministry"), body("Veldan's Foreign Ministry"), "may be of one country"),
        (body("Norden Freight"), body("Norden Freight Ltd"), "are the same but for order, legal form or small words"),
        (body("Halden Harbor Authority"), body("Halden Harbour Authority"), "may be spellings of one name"),
        (body("Tarrow Coast Guard"), body("Tarrow Coast Guard", "government"), "both are called Tarrow Coast Guard"),
        (body("Supreme Court"), body("SUPREME COURT"), "both are called Supreme Court, as many are"),
    ],
)  # fmt: skip
def test_what_may_be_one_is_proposed_with_its_reason(first: Profile, second: Profile, reason: str) -> None:
    (proposal,) = proposals(first, second)
    assert {proposal.first, proposal.second} == {first.id, second.id}
    assert proposal.first < proposal.second
    assert 0 < proposal.score <= 1
    assert reason.casefold() in " | ".join(proposal.reasons).casefold()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (person("Ferring Mills"), body("Ferring Mills")),
        (body("River Commission"), body("River Commission", "document")),
        (person("Ana Ruiz", "striker", "Hallen Rovers"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Ruiz"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("A. Ruiz"), person("Ana Ruiz", "trade minister", "Veldan")),
        (person("Ann Sorrel", "mayor"), person("Dan Sorrel", "mayor")),
        (person("Karin Oster", "owner", "Oster Mill"), person("Karl Oster", "owner", "Oster Mill")),
        (body("Iran", "government"), body("Iraq", "government")),
        (body("Austria", "government"), body("Australia", "government")),
        (body("2031 Census", "document"), body("2041 Census", "document")),
        (body("Resolution 2718", "document"), body("Resolution 2719", "document")),
        (body("Veldan's Finance Ministry", "government"), body("Veldan's Justice Ministry", "government")),
        (body("Lirra Times", "media"), body("Lirra Tides", "media")),
    ],
)
def test_what_cannot_be_one_or_hardly_is_not_proposed(first: Profile, second: Profile) -> None:
    assert proposals(first, second) == []


def test_more_that_agrees_comes_first() -> None:
    full = person("Ana Ruiz", *MUSEUM)
    short, bare = person("A. Ruiz", *MUSEUM), person("Ruiz", *MUSEUM)
    found = proposals(full, short, bare)
    assert {found[0].first, found[0].second} == {full.id, short.id}
    assert all(bare.id in (p.first, p.second) for p in found[1:])
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


def test_pairs_that_were_judged_are_left_out() -> None:
    short, full = person("A. Ruiz", *MUSEUM), person("Ana Ruiz", *MUSEUM)
    assert proposals(short, full)
    assert not proposals(short, full, judgements=(different(short, full),))
    assert not proposals(short, full, judgements=(same(short, full),))
    assert proposals(short, full, judgements=(different(short, full, undone=True),))


def test_identities_are_proposed_not_their_profiles() -> None:
    variants = [person("Ana Ruiz", role, MUSEUM[1]) for role in ("curator", "chief curator", "Curator")]
    short = person("A. Ruiz", *MUSEUM)
    (proposal,) = proposals(*variants, short)
    assert {proposal.first, proposal.second} == {min(v.id for v in variants), short.id}


NAMES = st.sampled_from(
    ["Ana Ruiz", "A. Ruiz", "Ruiz", "Ruiz Ana", "Anna Ruiz", "Ana T. Ruiz", "", ".", "A", "🔥", "محمد"]
)
PEOPLE = st.builds(
    person, NAMES.filter(bool), st.sampled_from([None, "mayor", "pilot"]), st.sampled_from([None, "Tarrow"])
)
BODIES = st.builds(
    body, st.text(min_size=1, max_size=20).filter(lambda name: name.strip().isprintable() and name.strip())
)


@given(st.lists(st.one_of(PEOPLE, BODIES), max_size=10), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_proposals_are_of_different_identities_each_pair_once_in_any_order(
    profiles: list[Profile], random: object
) -> None:
    found = proposals(*profiles)
    identities = {identity.id for identity in identify(profiles, ())}
    pairs = [(p.first, p.second) for p in found]
    assert len(set(pairs)) == len(pairs)
    assert all(a < b and {a, b} <= identities for a, b in pairs)
    assert found == sorted(found, key=lambda p: (-p.score, p.first, p.second))
    random.shuffle(profiles)  # type: ignore[attr-defined]
    assert proposals(*profiles) == found


@pytest.mark.parametrize(
    "name",
    [
        "A",
        "🔥🔥",
        "!!!",
        "محمد بن سالم",
        "\ud800 \udfff",
        "Ruiz " * 2000,
        "R" * 10_000,
        "a " * 5_000,
        "' " * 5_000,
        "&" * 10_000,
    ],
)
def test_odd_names_go_through(name: str) -> None:
    profiles = [maker(form) for form in (name, name + "x", name.upper()) for maker in (person, body)]
    identities = identify(profiles, [same(profiles[0], profiles[2]), different(profiles[1], profiles[3])])
    assert sorted(id for identity in identities for id in identity.profiles) == sorted({p.id for p in profiles})
    assert all(len(reason) < 500 for proposal in propose(profiles, identities, ()) for reason in proposal.reasons)


def seconds(profiles: list[Profile]) -> float:
    began = time.process_time()
    for _ in propose(profiles, identify(profiles, ()), ()):
        pass
    return time.process_time() - began


@pytest.mark.parametrize(
    "crowd",
    [
        lambda n: [person("Ana Ruiz", f"role{i}", f"Body{i} Number") for i in range(n)],
        lambda n: [person("Ana Ruiz", "mayor", f"Town{i}") for i in range(n)],
        lambda n: [person(f"A{i} Ruiz", *MUSEUM) for i in range(n)],
        lambda n: [body(f"Town{i} Energy Ministry", "government") for i in range(n)],
        lambda n: [body(f"{'x' * (i % 7)}{i} Bank") for i in range(n)],
    ],
)
def test_a_crowd_of_one_sort_takes_linear_time(crowd: object) -> None:
    seconds(crowd(200))  # type: ignore[operator]
    few, many = crowd(500), crowd(2000)  # type: ignore[operator]
    assert seconds(many) < 12 * max(seconds(few), 0.02)
