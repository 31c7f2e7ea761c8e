from __future__ import annotations

import numpy as np

from sourceline.model.mention import MentionForm
from sourceline.neural.entity_heads import VECTOR
from sourceline.resolve.mentions import Placed
from sourceline.resolve.repeated import add_repeated

PERSON, BODY = (0.9, 0.05, 0.05), (0.05, 0.9, 0.05)


def name(text: str, part: str, kinds: tuple[float, float, float] = PERSON, certainty: float = 0.9) -> Placed:
    start = text.index(part)
    return Placed(start, start + len(part), MentionForm.NAME, kinds, certainty, np.zeros(VECTOR, np.float16))


def found(text: str, *names: Placed) -> list[str]:
    return [text[m.start : m.end] for m in add_repeated(text, list(names))]


def test_a_name_and_a_surname_stand_again() -> None:
    text = "Ana Ruiz spoke. Then Ruiz left, and Ana Ruiz came back."
    assert found(text, name(text, "Ana Ruiz")) == ["Ana Ruiz", "Ruiz", "Ana Ruiz"]


def test_only_with_the_same_capitals_and_as_a_whole_word() -> None:
    text = "The Brandt Trust pays. A brandt trust, a Brandt Trustee and Brandtville."
    assert found(text, name(text, "Brandt Trust", BODY)) == ["Brandt Trust"]


def test_what_is_unsure_or_says_little_is_not_looked_for() -> None:
    text = "May spoke. In May it snowed. Ruiz may come; Ruiz did."
    assert found(text, name(text, "May")) == ["May"]
    assert found(text, name(text, "Ruiz", certainty=0.4)) == ["Ruiz"]


def test_a_longer_name_is_left_alone() -> None:
    text = "Ruiz met the Ruiz Foundation."
    assert found(text, name(text, "Ruiz"), name(text, "Ruiz Foundation", BODY)) == ["Ruiz", "Ruiz Foundation"]
