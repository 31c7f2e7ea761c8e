"""Rankings: shares of candidates, and the shipped tables."""

from __future__ import annotations

import numpy as np
import pytest

from sourceline.resolve import definite, pronouns
from sourceline.resolve.ranking import Ranker, load_ranker


def test_shares_sum_to_one_and_the_weights_decide() -> None:
    ranker = Ranker(weights=np.array([1.0, -2.0], np.float32))
    shares = ranker.shares(np.array([[1, 0], [0, 1], [0, 0]], np.float32))
    assert sum(shares) == pytest.approx(1)
    assert shares[0] > shares[2] > shares[1]
    assert ranker.shares(np.zeros((0, 2), np.float32)) == []


@pytest.mark.parametrize(("table", "features"), [(m.TABLE, m.FEATURES) for m in (pronouns, definite)])
def test_a_shipped_table_has_a_weight_for_every_feature(table: str, features: tuple[str, ...]) -> None:
    weights = load_ranker(table, features).weights
    assert weights.shape == (len(features),)
    assert np.isfinite(weights).all()
    assert np.abs(weights).max() > 0.1
