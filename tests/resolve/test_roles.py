"""Role and affiliation, from the words beside a name."""

from __future__ import annotations

import pytest

from sourceline.resolve.sources import resolve_sources
from tests.resolve.reference import refer

CASES = [
    ("former Marrow Gov. Ned Hale", "P Ned Hale; L Marrow", "Gov.", "Marrow"),
    (
        "Corinne Adeyo-Marsh, Boson Lines's head of communications",
        "P Corinne Adeyo-Marsh; O Boson Lines",
        "head of communications",
        "Boson Lines",
    ),
    ("Its chief executive, Henrik Sorn", "P Henrik Sorn", "chief executive", None),
    ("Efua Teth-Quay, the water resources minister", "P Efua Teth-Quay", "water resources minister", None),
    (
        "Kwame Arin, the opposition People’s League member for Lower Tarn",
        "P Kwame Arin; O People’s League; L Lower Tarn",
        "member",
        "People’s League",
    ),
    ("Carton, 35, the daughter of a president", "P Carton", "daughter of a president", None),
    ("Rep. Ann Roe (D-Marr.)", "P Ann Roe", "Rep.", "D"),
    ("Rob Pender, Tulo's deputy", "P Rob Pender; P Tulo", "deputy", "Tulo"),
    (
        "Marc Dole, first oboe of the Tarn Philharmonic",
        "P Marc Dole; O Tarn Philharmonic",
        "first oboe",
        "Tarn Philharmonic",
    ),
    ("White House Press Secretary Joss Ardent", "P Joss Ardent; O White House", "Press Secretary", "White House"),
    ("Band member Wren", "P Wren", "Band member", None),
    (
        "Morten Black, the Republican National Committeeman from Varesh",
        "P Morten Black; L Varesh",
        "National Committeeman",
        "Republican",
    ),
    (
        "Jem Clyde, a Democratic congressman from South Marrow",
        "P Jem Clyde; L South Marrow",
        "congressman",
        "Democratic",
    ),
    (
        "Melanie Verne, who served as Hilda Carton’s chief of staff",
        "P Melanie Verne; P Hilda Carton",
        "chief of staff",
        "Hilda Carton",
    ),
    ("Brandt campaign manager Kelda Conrad", "P Brandt; P Kelda Conrad", "manager", "Brandt campaign"),
    ("A spokeswoman for Carton", "P Carton", "spokeswoman", "Carton"),
    ("a White House official", "O White House", "official", "White House"),
    ("Carton spokesman Nico Merrow", "P Carton; P Nico Merrow", "spokesman", "Carton"),
    ("Prime Minister Mela Forna", "P Mela Forna", "Prime Minister", None),
    (
        "Ben Jervis, the former president of the Harbour League",
        "P Ben Jervis; O Harbour League",
        "former president",
        "Harbour League",
    ),
    (
        "Davit Gorse, an associate professor of surgery at the Wayne School of Medicine and editor of a blog",
        "P Davit Gorse; O Wayne School of Medicine",
        "associate professor of surgery",
        "Wayne School of Medicine",
    ),
    ("economist and author Ana Ruiz", "P Ana Ruiz", "economist and author", None),
]


@pytest.mark.parametrize(("phrase", "names", "role", "affiliation"), CASES, ids=[case[0] for case in CASES])
def test_role_and_affiliation(phrase: str, names: str, role: str | None, affiliation: str | None) -> None:
    text = f"{phrase} said so."
    resolved = resolve_sources(text, [[(0, len(phrase))]], refer(text, names))
    source = resolved.sources[resolved.speakers[0] or 0]
    assert (source.role, source.affiliation) == (role, affiliation)
