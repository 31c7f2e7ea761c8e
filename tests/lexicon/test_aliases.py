from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.lexicon.aliases import (
    PlaceRank,
    find_country,
    find_entries,
    find_entry,
    find_lands,
    find_places_named,
    is_area,
    read_entries,
)
from sourceline.model.source import SourceKind


@pytest.mark.parametrize(
    ("name", "common", "kind", "code"),
    [
        ("United States", "United States", SourceKind.GOVERNMENT, "US"),
        ("U.S.", "United States", SourceKind.GOVERNMENT, "US"),
        ("the UK", "United Kingdom", SourceKind.GOVERNMENT, "GB"),
        ("DPRK", "North Korea", SourceKind.GOVERNMENT, "KP"),
        ("Pyongyang", "North Korea", SourceKind.GOVERNMENT, "KP"),
        ("Moscow", "Russia", SourceKind.GOVERNMENT, "RU"),
        ("the White House", "White House", SourceKind.GOVERNMENT, "US"),
        ("Foggy Bottom", "US State Department", SourceKind.GOVERNMENT, "US"),
        ("the Pentagon", "US Department of Defense", SourceKind.GOVERNMENT, "US"),
        ("Downing Street", "Downing Street", SourceKind.GOVERNMENT, "GB"),
        ("the Elysee", "Élysée", SourceKind.GOVERNMENT, "FR"),
        ("Blue House", "Blue House", SourceKind.GOVERNMENT, "KR"),
        ("F.B.I.", "FBI", SourceKind.GOVERNMENT, "US"),
        ("EPA", "EPA", SourceKind.ORGANISATION, "US"),
        ("U.N.", "United Nations", SourceKind.ORGANISATION, None),
        ("Red Cross", "Red Cross", SourceKind.ORGANISATION, None),
        ("AP", "Associated Press", SourceKind.MEDIA, "US"),
        ("Agence France Presse", "Agence France-Presse", SourceKind.MEDIA, "FR"),
        ("KCNA", "KCNA", SourceKind.MEDIA, "KP"),
        ("X", "Twitter", SourceKind.MEDIA, "US"),
    ],
)
def test_a_name_is_one_entry(name: str, common: str, kind: SourceKind, code: str | None) -> None:
    entry = find_entry(name)
    assert entry is not None
    assert (entry.name, entry.kind, entry.iso3166) == (common, kind, code)


@pytest.mark.parametrize(
    "name", ["us", "who", "x", "it", "time", "nature", "Hill", "Independent", "", "  ", "Zzyzx Ministry"]
)
def test_words_are_no_names(name: str) -> None:
    assert find_entry(name) is None


@pytest.mark.parametrize(
    ("written", "common"),
    [
        ("REUTERS", "Reuters"),
        ("THE WHITE HOUSE", "White House"),
        ("the hill".title(), "The Hill"),
        ("U. S.", "United States"),
        ("North Korea’s", "North Korea"),
        ("The\nGuardian", "Guardian"),
        ("N.A.T.O.", "NATO"),
    ],
)
def test_capitals_articles_possessives_and_dots_are_passed_over(written: str, common: str) -> None:
    entry = find_entry(written)
    assert entry is not None and entry.name == common


@pytest.mark.parametrize("name", ["the Times", "The Times", "the Post", "Georgia", "ABC", "the Herald"])
def test_an_ambiguous_name_is_nobody_but_all_are_told(name: str) -> None:
    assert find_entry(name) is None
    assert len(find_entries(name)) > 1


def test_state_media_are_marked() -> None:
    marked = {entry.name for entry in read_entries() if entry.state_media}
    assert {"KCNA", "Xinhua", "TASS", "RIA Novosti", "Press TV", "RT"} <= marked
    assert not marked & {"Reuters", "Yonhap", "BBC", "Al Jazeera"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenya", "KE"),
        ("Kenyan", "KE"),
        ("Kenyans", "KE"),
        ("British", "GB"),
        ("Scottish", "GB"),
        ("North Korean", "KP"),
        ("Texas", "US"),
        ("NSW", "AU"),
        ("Gaza", "PS"),
        ("Holland", "NL"),
        ("Georgian", "GE"),
    ],
)
def test_the_country_of_a_state_or_its_people(name: str, code: str) -> None:
    assert find_country(name) == code


@pytest.mark.parametrize(
    "name", ["Georgia", "Congolese", "Dominican", "Moscow", "MOSCOW", "Moscow's", "Reuters", "Punjab", ""]
)
def test_no_country_where_it_is_unsure_or_another_thing(name: str) -> None:
    assert find_country(name) is None


def test_a_capital_is_no_name_of_its_state() -> None:
    assert find_places_named("Pyongyang") == ()
    assert [entry.place for entry in find_places_named("North Korea")] == [PlaceRank.STATE]
    assert [entry.place for entry in find_places_named("Calif.")] == [PlaceRank.REGION]


def test_areas_and_lands() -> None:
    assert is_area("the Middle East") and is_area("Black Sea") and not is_area("Kenya")
    assert find_lands("Sinai Peninsula") == ("EG",)
    assert find_lands("Galicia") == ("ES", "UA")
    assert find_lands("Nowhere") == ()


def test_every_entry_is_sound() -> None:
    entries = read_entries()
    assert all(entry.name and entry.origin for entry in entries)
    assert all(re.fullmatch(r"Q\d+", entry.wikidata or "Q1") for entry in entries)
    twice = Counter(entry.wikidata for entry in entries if entry.wikidata)
    assert [qid for qid, count in twice.items() if count > 1] == []
    states = [entry for entry in entries if entry.place is PlaceRank.STATE]
    assert len(states) == len({entry.iso3166 for entry in states}) > 240


def test_every_name_finds_its_entry() -> None:
    for entry in read_entries():
        for name in (entry.name, *entry.aliases, *entry.metonyms):
            assert entry in find_entries(name), name


def test_the_table_is_what_the_resources_say() -> None:
    pytest.importorskip("yaml")
    from training.lexicon import OUT, build

    assert OUT.read_text("utf-8") == build(), "run python -m training.lexicon"
    assert OUT.stat().st_size < 1_000_000
    json.loads(OUT.read_text("utf-8"))


@given(st.text(max_size=200))
def test_any_text_is_taken(name: str) -> None:
    assert find_entry(name) is None or find_entry(name) in find_entries(name)
    assert find_country(name) is None or len(find_country(name) or "") == 2
    assert is_area(name) in (True, False)
