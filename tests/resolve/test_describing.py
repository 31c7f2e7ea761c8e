"""Roles and affiliations that stand elsewhere than beside the name that speaks."""

from __future__ import annotations

import pytest

from sourceline.resolve.sources import resolve_sources
from tests.resolve.reference import refer


def described(text: str, names: str, phrase: str, *chains: list[str]) -> tuple[str, str | None, str | None]:
    start = text.rindex(phrase)
    resolved = resolve_sources(text, [[(start, start + len(phrase))]], refer(text, names, *chains))
    source = resolved.sources[resolved.speakers[0] or 0]
    return source.name, source.role, source.affiliation


@pytest.mark.parametrize(
    ("text", "names", "phrase", "chain", "role", "affiliation"),
    [
        ("Lida Corvin was deputy director of the Dams Office. Then Corvin smiled.",
         "P Lida Corvin; P Corvin; O Dams Office", "Corvin", ["Lida Corvin", "Corvin"], "deputy director",
         "Dams Office"),
        ("Oss, who became minister in May, spoke. Oss smiled.", "P Oss", "Oss", ["Oss", "Oss"], "minister", None),
        ("The harbour rose. Its director, Ana Ruiz, said so.", "P Ana Ruiz; O Arms Board", "Its director, Ana Ruiz,",
         ["Ana Ruiz"], "director", None),
        ("The Arms Board met. Its director, Ana Ruiz, said so.", "P Ana Ruiz; O Arms Board", "Its director, Ana Ruiz,",
         ["Arms Board", "Its"], "director", "Arms Board"),
        ("Dale Hutchens left. His lawyer, Basil Kemp, said so.", "P Dale Hutchens; P Basil Kemp",
         "His lawyer, Basil Kemp,", ["Basil Kemp"], "lawyer", "Dale Hutchens"),
        ("Lumeo built it, a spokeswoman, Ana White, said.", "O Lumeo; P Ana White", "a spokeswoman, Ana White,",
         ["Ana White"], "spokeswoman", "Lumeo"),
        ("The Quarry Ministry met. The ministry's spokeswoman, Tilde Amsel, rose.", "O Quarry Ministry; P Tilde Amsel",
         "The ministry's spokeswoman, Tilde Amsel,", ["Tilde Amsel"], "spokeswoman", "Quarry Ministry"),
        ("counsel to the inquiry, Ms Thandeka Wray, asked.", "P Thandeka Wray",
         "counsel to the inquiry, Ms Thandeka Wray", ["Thandeka Wray"], "counsel", None),
        ("NBX’s Ali Vitali said so.", "O NBX; P Ali Vitali", "NBX’s Ali Vitali", ["Ali Vitali"], None, "NBX"),
        ("Oriel Stane of the College of Commerce said so.", "P Oriel Stane; O College of Commerce",
         "Oriel Stane of the College of Commerce", ["Oriel Stane"], None, "College of Commerce"),
        ("Edgar Rolin, who chairs the harbour board, said so.", "P Edgar Rolin",
         "Edgar Rolin, who chairs the harbour board", ["Edgar Rolin"], None, "harbour board"),
        ("Ms Orban (Liberal) said so.", "P Orban", "Ms Orban (Liberal)", ["Orban"], None, "Liberal"),
        ("union's branch secretary Matis Hol said so.", "P Matis Hol", "union's branch secretary Matis Hol",
         ["Matis Hol"], "branch secretary", "union"),
        ("Ana Ruiz, the former secretary of state, spoke.", "P Ana Ruiz", "Ana Ruiz, the former secretary of state",
         ["Ana Ruiz"], "former secretary of state", None),
        ("Ana Ruiz, for the defence, asked.", "P Ana Ruiz", "Ana Ruiz, for the defence", ["Ana Ruiz"], None, "defence"),
    ],
)  # fmt: skip
def test_what_the_text_says_of_a_speaker(
    text: str, names: str, phrase: str, chain: list[str], role: str | None, affiliation: str | None
) -> None:
    assert described(text, names, phrase, chain)[1:] == (role, affiliation)


@pytest.mark.parametrize(
    ("text", "names", "phrase"),
    [
        ("It drew a host of celebrities, and Lazar smiled.", "P Lazar", "Lazar"),
        ("He met Ruiz, re-elected by 2,300 votes. Ruiz smiled.", "P Ruiz", "Ruiz"),
        ("Thanks, Clarkston, for welcoming refugees, Clarkston.", "P Clarkston", "Clarkston"),
        ("The press accused Ruiz. Ruiz smiled.", "P Ruiz", "Ruiz"),
        ("Ruiz, who’s chairing the transition team, smiled.", "P Ruiz", "Ruiz"),
    ],
)
def test_what_merely_stands_near_says_nothing(text: str, names: str, phrase: str) -> None:
    assert described(text, names, phrase)[1:] == (None, None)
