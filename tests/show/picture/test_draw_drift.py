"""The figure over time: each value where it belongs, and an open end as an arrow."""

from __future__ import annotations

import pytest

from sourceline.show.picture import Form, PictureOptions, draw_drift
from tests.show.picture.by_hand import depot, drifting
from tests.show.picture.drawn import Drawn

Values = tuple[tuple[float | None, float | None], ...]
FORMS = list(Form)
VALUES: Values = ((4, 4), (11, None), (11, 14), (None, 20), (20, 20), (20, 20), (28, 30))


def drawn(*values: tuple[float | None, float | None], form: Form = Form.WIDE) -> Drawn:
    return Drawn(draw_drift(drifting(*values), PictureOptions(form=form)))


def test_a_claim_without_a_moving_figure_has_no_chart() -> None:
    assert draw_drift(depot()) == ""


@pytest.mark.parametrize("form", FORMS)
def test_values_are_told_in_words(form: Form) -> None:
    texts = drawn(*VALUES, form=form).texts()
    assert [text for text in texts if any(sign.isdigit() for sign in text) and "Outlet" not in text] == [
        "4",
        "at least 11",
        "11 to 14",
        "up to 20",
        "20",
        "28 to 30",
    ]


def test_documents_that_agree_share_a_line() -> None:
    assert "27 Feb · Outlet 4 and 1 other" in " | ".join(drawn(*VALUES).texts())
    assert "Outlet 4 +1" in drawn(*VALUES, form=Form.NARROW).texts()


def test_shapes_are_drawn_to_scale() -> None:
    picture = drawn((0, 0), (10, 10), (5, 10), (5, None), (None, 5))
    zero, ten = (float(dot.attrib["cx"]) for dot in picture.elements("circle"))
    half = (zero + ten) / 2
    bar = next(rect for rect in picture.elements("rect") if rect.get("class") == "bar")
    assert float(bar.attrib["x"]) == pytest.approx(half, abs=0.1)
    assert float(bar.attrib["x"]) + float(bar.attrib["width"]) == pytest.approx(ten, abs=0.2)
    up, down = (path.attrib["d"] for path in picture.elements("path") if path.get("class") == "arrow")
    assert float(up[1:].split()[0]) > half > float(down[1:].split()[0])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "values",
    [
        VALUES,
        ((0, 0), (-5, 3)),
        ((10**400, 10**400), (1, 1)),
        ((1e308, float("inf")), (float("nan"), 2.0)),
        ((None, None), (3, 3)),
        ((1_200, 1_200), (1_201, 1_201)),
    ],
)
def test_nothing_meets_and_nothing_lies_outside(
    values: tuple[tuple[float | None, float | None], ...], form: Form
) -> None:
    picture = drawn(*values, form=form)
    boxes = picture.boxes()
    for n, box in enumerate(boxes):
        assert box.left > -1 and box.right < picture.width + 1, box
        assert not any(box.meets(other) for other in boxes[n + 1 :])


def test_each_line_leads_to_the_words() -> None:
    links = drawn((4, 4), (11, None)).links()
    assert [link.attrib["href"] for link in links] == ["#m-m0", "#m-m1"]
    assert " ".join(links[1].itertext()) == "25 Feb · Outlet 1 at least 11"
