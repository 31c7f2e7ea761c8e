"""Nouns and closed classes of words: what a head noun says of who is speaking."""

from __future__ import annotations

from importlib.resources import files

import pytest

from sourceline.lexicon.nouns import NounClass, class_of, is_plural, is_role, is_withheld, singular_of
from sourceline.lexicon.words import words_of

yaml = pytest.importorskip("yaml", reason="the tables are built with pyyaml, of the extra dev")


def test_the_tables_are_those_that_the_resources_give() -> None:
    from training.lexicon import build_nouns, build_words

    tables = files("sourceline.lexicon").joinpath("tables")
    assert tables.joinpath("nouns.json").read_text("utf-8") == build_nouns()
    assert tables.joinpath("words.json").read_text("utf-8") == build_words()


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("report", NounClass.DOCUMENT),
        ("Studies", NounClass.DOCUMENT),
        ("newspaper", NounClass.MEDIA),
        ("police", NounClass.GOVERNMENT),
        ("company", NounClass.ORGANISATION),
        ("minister", NounClass.OFFICE),
        ("Sen.", NounClass.OFFICE),
        ("spokeswomen", NounClass.PERSON),
        ("Signalwoman", NounClass.PERSON),
        ("co-author", NounClass.OFFICE),
        ("many", NounClass.COLLECTIVE),
        ("cart", None),
    ],
)
def test_classes(noun: str, kind: NounClass | None) -> None:
    assert class_of(noun) is kind


def test_singulars_and_plurals() -> None:
    assert singular_of("ministries") == "ministry"
    assert singular_of("people") == "person"
    assert is_plural("officials")
    assert is_plural("people")
    assert not is_plural("police")
    assert not is_plural("bus")


def test_roles_and_names_that_are_withheld() -> None:
    assert is_role("aide")
    assert not is_role("report")
    assert is_withheld("officials")
    assert not is_withheld("minister")


def test_classes_of_words() -> None:
    assert "mr." in words_of("honorifics")
    with pytest.raises(KeyError):
        words_of("no such class")
