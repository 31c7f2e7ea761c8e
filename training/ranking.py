"""Fitting a linear ranking: of each example's candidates the right ones become most probable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FOLDS = 8
PENALTY = 0.003
UNSEEN = 3.0
"""What an example weighs that the scorer of antecedents was not trained on, beside the others, where it is too good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """rows: (candidates, features); right: (candidates,); `seen`: whether the scorer was trained on it."""

    text: str
    rows: Floats
    right: NDArray[np.bool_]
    seen: bool


def fit(examples: Sequence[Example], given: Mapping[int, float]) -> Floats:
    """Weights (features,) under which the right candidates are most probable; `given`: weights that are not fitted, by
    their feature."""
    kept = [e for e in examples if e.right.any()]
    features = kept[0].rows.shape[1]
    width = max(len(e.rows) for e in kept)
    rows = np.zeros((len(kept), width, features), np.float32)
    there, right = np.zeros((2, len(kept), width), bool)
    for i, example in enumerate(kept):
        n = len(example.rows)
        rows[i, :n], there[i, :n], right[i, :n] = example.rows, True, example.right
    fixed = np.zeros(features, np.float32)
    for feature, weight in given.items():
        fixed[feature] = weight
    added = torch.from_numpy(rows @ fixed)
    rows[..., list(given)] = 0
    x, is_there, is_right = torch.from_numpy(rows), torch.from_numpy(there), torch.from_numpy(right)
    share = torch.tensor([1.0 if e.seen else UNSEEN for e in kept])
    share /= share.sum()
    weights = torch.zeros(features, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        scores = x @ weights + added
        of_all = torch.logsumexp(scores.masked_fill(~is_there, -1e4), 1)
        of_right = torch.logsumexp(scores.masked_fill(~is_right, -1e4), 1)
        loss = ((of_all - of_right) * share).sum() + PENALTY * (weights**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return np.asarray(weights.detach().numpy() + fixed, np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How sure the most probable candidate of a held-out example is, its place, and whether it is right."""

    sure: float
    place: int
    last: bool
    right: bool


def hold_out(examples: Sequence[Example], given: Mapping[int, float], everything: bool = False) -> list[Outcome]:
    """Each example that was not seen (or `everything`), ranked with weights fitted without its fold of texts."""
    tested = [e for e in examples if everything or not e.seen]
    names = sorted({e.text for e in tested})
    outcomes = []
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        weights = fit([e for e in examples if e.text not in out], given)
        for example in tested:
            if example.text in out and len(example.rows):
                scores = example.rows @ weights
                shares = np.exp(scores - scores.max())
                best = int(scores.argmax())
                sure = float(shares[best] / shares.sum())
                last = best == len(example.rows) - 1
                outcomes.append(Outcome(sure=sure, place=best, last=last, right=bool(example.right[best])))
    return outcomes
