"""A clause carries one proposition."""

from __future__ import annotations

import pytest

from sourceline.match.mentions.clauses import cut_clauses
from sourceline.match.mentions.tokens import find_sentences
from sourceline.normalise.quantities.find import find_quantities


def clauses(text: str, direct: bool = False) -> list[str]:
    figures = [quantity.span.start for quantity in find_quantities(text)]
    cut = [c for sentence in find_sentences(text, 0, len(text)) for c in cut_clauses(sentence, figures, direct)]
    return [text[clause[0].start : clause[-1].end] for clause in cut]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine miners are dead and 14 are missing.", ["Nine miners are dead", "14 are missing"]),
        ("9 dead, 14 missing", ["9 dead", "14 missing"]),
        ("the mayor knew of the leak and that nobody told her", ["the mayor knew of the leak", "nobody told her"]),
        ("The harbour was closed; the airport stayed open.", ["The harbour was closed", "the airport stayed open"]),
        (
            "They disagreed, the port counting six and the union nine.",
            ["They disagreed", "the port counting six", "the union nine"],
        ),
        (
            "The police toll stood at nine, and that of the hospital in Marle at eleven.",
            ["The police toll stood at nine", "that of the hospital in Marle at eleven"],
        ),
        (
            "Nine people were killed when a crane fell on the quay.",
            ["Nine people were killed", "when a crane fell on the quay"],
        ),
        (
            "He said the ship had sailed, having loaded 40 drums at Marle.",
            ["He said the ship had sailed", "having loaded 40 drums at Marle"],
        ),
        (
            "The office found six depots rather than the four it had listed.",
            ["The office found six depots", "rather than the four it had listed"],
        ),
        (
            "They read out one figure: nine people died and six were hurt.",
            ["They read out one figure", "nine people died", "six were hurt"],
        ),
        (
            "The ministry denied reports in the press that 40 boats had sunk.",
            ["The ministry denied reports in the press", "40 boats had sunk"],
        ),
    ],
)
def test_a_conjunct_with_its_own_verb_or_figure_is_a_clause(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They were woken by the noise and never heard a siren",
        "Five came and two did not",
        "Police and the local hospital have agreed on a figure",
        "The list names two depots – Alma, Berta – for each of the ports",
        "The team worked at three of them: Alma, Berta and Cora",
        "The lake should be lowered by three metres until somebody knows why",
    ],
)
def test_one_proposition_stays_whole(text: str) -> None:
    assert clauses(text) == [text]


def test_a_main_clause_goes_on_after_an_aside() -> None:
    text = "The mill, which had been closed for 40 days, reopened on Friday."
    figures = [quantity.span.start for quantity in find_quantities(text)]
    cut = cut_clauses(next(find_sentences(text, 0, len(text))), figures, direct=False)
    assert [[token.text for token in clause] for clause in cut] == [
        ["The", "mill", ",", "reopened", "on", "Friday"],
        ["which", "had", "been", "closed", "for", "40", "days"],
    ]


def test_a_persons_own_words_are_cut_less() -> None:
    text = "The road was closed, and our guests were told so over breakfast"
    assert clauses(text) == ["The road was closed", "our guests were told so over breakfast"]
    assert clauses(text, direct=True) == [text]
