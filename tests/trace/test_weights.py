"""The trained tables and what reads them."""

from __future__ import annotations

import pytest

from sourceline.trace import distinct, edges, links
from sourceline.trace.weights import use_weights, weighted, weights_of


@pytest.mark.parametrize(
    ("table", "features"), [("links", links.FEATURES), ("distinct", distinct.FEATURES), ("edges", edges.FEATURES)]
)
def test_a_table_holds_a_weight_for_each_feature(table: str, features: tuple[str, ...]) -> None:
    assert tuple(weights_of(table)) == features


def test_shares_sum_to_one() -> None:
    shares = links.weigh([{"credit": 1.0, "like": 0.9}, {"late": 1.0, "distinct": 1.0}, {"new": 1.0}])
    assert sum(shares) == pytest.approx(1)
    assert shares[0] > shares[1]


def test_other_weights_for_a_while() -> None:
    with use_weights({"edges": {"text": 2.0}}):
        assert weighted("edges", {"text": 0.5, "bias": 1.0}) == 1.0
        assert weighted("links", {}) == 0.0
    assert weights_of("edges")["bias"] != 0.0
