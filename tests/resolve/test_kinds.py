"""Kinds of sources, by names and by descriptions."""

from __future__ import annotations

import pytest

from sourceline.model.mention import EntityKind
from sourceline.resolve.kinds import kind_of_name, kind_of_phrase
from sourceline.resolve.source_phrases import is_people, read_phrase


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Six in 10", "group"),
        ("About one in five", "group"),
        ("People", "group"),
        ("People close to the talks", "anonymous"),
        ("Witnesses", "group"),
        ("Two unions", "organisation"),
        ("Consumer groups", "organisation"),
        ("the county", "government"),
        ("her office", "organisation"),
        ("the invoice", "document"),
        ("One old gentleman", "anonymous"),
        ("the state auditor", "person"),
    ],
)
def test_the_kind_of_a_description(phrase: str, kind: str) -> None:
    read = read_phrase(phrase, 0, len(phrase), ())
    assert read is not None
    assert kind_of_phrase(read, (), phrase).value == kind


@pytest.mark.parametrize(
    ("name", "tagged", "kind"),
    [
        ("Corran Republicans", EntityKind.ORGANISATION, "group"),
        ("Mexicans", EntityKind.PLACE, "group"),
        ("Lantian state television", EntityKind.ORGANISATION, "media"),
        ("Mines Inspectorate", EntityKind.ORGANISATION, "government"),
        ("Arms Board", EntityKind.ORGANISATION, "organisation"),
        ("United States", EntityKind.PLACE, "government"),
        ("Ana Ruiz", EntityKind.PERSON, "person"),
    ],
)
def test_the_kind_of_a_name(name: str, tagged: EntityKind, kind: str) -> None:
    assert kind_of_name(name, tagged).value == kind


def test_people_at_large_are_no_name() -> None:
    names = ("House Democrats", "Mexicans’", "Netherlands", "Ana Ruiz", "Arms Board", "")
    assert [is_people(name) for name in names] == [True, True, False, False, False, False]
