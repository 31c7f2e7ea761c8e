"""Which spellings are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.lexicon.fold import show_letters
from sourceline.model.source import Source, SourceKind
from sourceline.resolve.identity import name_keys, profile_of
from sourceline.resolve.identity.keys import fold_key, is_full_name
from tests.resolve.identity.told import person

PERSON, BODY = SourceKind.PERSON, SourceKind.ORGANISATION


@pytest.mark.parametrize(
    ("kind", "key", "names"),
    [
        (PERSON, "zoe lindqvar", "Zoë Lindqvar|ZOE LINDQVAR|Ms. Zoë Lindqvar|Zoe  Lindqvar’s|“Zoë Lindqvar”"),
        (PERSON, "jr halloway", "J. R. Halloway|J.R. Halloway|JR Halloway|Mr J R Halloway"),
        (PERSON, "marko ilves", "Lt. Gen. Marko Ilves|President Marko Ilves|Marko Ilves, PhD|Dr Marko Ilves, O.B.E."),
        (PERSON, "yusuf benali roux", "Yusuf Benali-Roux|Yusuf Benali–Roux|Yusuf Benali Roux MP"),
        (PERSON, "odowd", "O'Dowd|O’Dowd|Mrs O'Dowd|Prof. O'Dowd's"),
        (PERSON, "pope clement", "Pope Clement"),
        (PERSON, "king osric ii", "King Osric II|KING OSRIC II"),
        (PERSON, "paul deacon jr", "Paul Deacon Jr.|Paul Deacon, Jr|Paul Deacon Junior"),
        (PERSON, "judge", "Judge|the judge"),
        (BODY, "us state department", "U.S. State Department|US State Department|the U. S. State Department's"),
        (BODY, "croft and vane", "Croft & Vane|Croft and Vane|CROFT&VANE"),
        (BODY, "veldan energy ministry", "Veldan's Energy Ministry|Veldan Energy Ministry|The Veldan energy ministry"),
        (BODY, "st brannoc hospital", "Saint Brannoc Hospital|St. Brannoc Hospital|St Brannoc Hospital"),
        (BODY, "general motors", "General Motors"),
        (BODY, "dockers union", "Dockers' Union|Dockers’ Union|Dockers Union"),
        (BODY, "lodz", "Łódź|Lodz|LODZ"),
        (BODY, "fjorddaekk", "Fjorddækk|Fjorddaekk"),
    ],
)
def test_spellings_of_one_name_have_one_key(kind: SourceKind, key: str, names: str) -> None:
    assert {fold_key(name, kind) for name in names.split("|")} == {key}


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Paul Deacon Jr", "Paul Deacon"),
        (PERSON, "King Osric II", "King Osric III"),
        (PERSON, "J. Halloway", "J. R. Halloway"),
        (PERSON, "Ana Ruiz", "Ruiz"),
        (BODY, "Norden Freight", "Norden Freight Ltd"),
        (BODY, "First Army", "Second Army"),
        (BODY, "2031 Census", "2041 Census"),
        (BODY, "President Tolland", "Tolland"),
    ],
)
def test_what_tells_names_apart_stays(kind: SourceKind, one: str, other: str) -> None:
    assert fold_key(one, kind) != fold_key(other, kind)


def test_a_name_that_is_perhaps_a_person_has_two_keys() -> None:
    assert name_keys("Dr. Ana Ferrin") == {"ana ferrin", "dr ana ferrin"}
    assert name_keys("Norden Freight") == {"norden freight"}
    assert name_keys(" ") == frozenset()


@pytest.mark.parametrize(
    ("key", "full"),
    [
        ("ana ruiz", True), ("jr halloway", True), ("paul deacon jr", True), ("li na", True), ("ruiz", False),
        ("al sayad", False), ("van der berg", False), ("deacon jr", False), ("a ruiz", False), ("", False),
    ],
)  # fmt: skip
def test_a_full_name_has_a_given_name_and_a_surname(key: str, full: bool) -> None:
    assert is_full_name(key) is full


def test_a_source_without_a_name_has_no_profile() -> None:
    for name, named in (("a senior official", False), ("", True), (" \n", True), ("\u200b\u2060", True)):
        assert profile_of(Source(id="s1", name=name, named=named, kind=PERSON)) is None


def test_a_profile_is_its_words() -> None:
    told = person("Dr. Ana Ruiz", "trade minister", "Veldan")
    assert (told.key, told.name, told.role, told.affiliation) == (
        "ana ruiz",
        "Dr. Ana Ruiz",
        "trade minister",
        "Veldan",
    )
    assert told.id == person("Dr. Ana Ruiz", "trade minister", "Veldan").id
    others = [person("Ana Ruiz", "trade minister", "Veldan"), person("Dr. Ana Ruiz", "minister", "Veldan")]
    assert len({told.id, *(other.id for other in others)}) == 3
    assert {other.key for other in others} == {told.key}


@pytest.mark.parametrize(
    "name",
    ["A", "🔥", "!!!", "Mr", "The", "the the", "'s", "محمد بن سالم", "‏שרה לוי‏", "\ud800", "&", "." * 50, "李明", "١٢"],
)
def test_odd_names_have_a_key_all_the_same(name: str) -> None:
    for kind in SourceKind:
        key = fold_key(name, kind)
        assert key == fold_key(key, kind) != ""


def test_what_is_too_long_for_a_name_keeps_apart_from_others() -> None:
    long, longer = "Tarrow " * 1400 + "Mill", "Tarrow " * 1400 + "Mint"
    keys = [fold_key(name, BODY) for name in (long, longer, long.upper())]
    assert keys[0] == keys[2] != keys[1]
    assert all(len(key) < 150 for key in keys)


@given(st.text(max_size=60))
def test_folding_is_bounded_and_blind_to_case_and_invisible_characters(name: str) -> None:
    key = fold_key(name, BODY)
    assert len(key) < 150
    assert key == fold_key(f" \u200b{name}\u2060 ", BODY)
    assert bool(key) is bool(show_letters(name))
