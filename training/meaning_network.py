"""The head of meaning in torch: what `sourceline.neural.meaning` does in numpy, with its gradients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from sourceline.neural.meaning import PIECE, POOLS, SHARPEST, STATE, VECTOR, MeaningHead
from training.meaning_features import REDUCED, Basis
from training.network import WIDTH as LAYER

INNER = 128
LEFT_OUT = 0.1
STEPS = 7
"""Each side of 0 in what a piece means: coarse numbers pack well."""


@dataclass(frozen=True, slots=True)
class Batch:
    """k stretches of n tokens in all. reduced: (n, REDUCED); ids, of: (n,), the piece and the stretch of each token."""

    reduced: Tensor
    ids: Tensor
    of: Tensor
    count: int


class MeaningNetwork(nn.Module):
    def __init__(self, pieces: NDArray[np.float32], rarity: NDArray[np.float32]) -> None:
        """pieces: (30522, PIECE), which stays as it is, since rare words are too seldom among the stretches to be
        learned; rarity: (30522,), with which what is learned of it begins."""
        super().__init__()
        self.tokens = nn.Linear(REDUCED, STATE + POOLS)
        nn.init.normal_(self.tokens.weight, 0, 0.4 * (3 * LAYER) ** -0.5)
        coarse = np.rint(STEPS * pieces.clip(-1, 1)) * (127 // STEPS) / 127
        self.pieces = nn.Embedding.from_pretrained(torch.from_numpy(coarse.astype(np.float32)))
        self.rarity = nn.Embedding.from_pretrained(torch.from_numpy(rarity / SHARPEST)[:, None], freeze=False)
        width = POOLS * (STATE + PIECE)
        self.direct = nn.Linear(width, VECTOR, bias=False)
        self.inner = nn.Linear(width, INNER)
        self.outer = nn.Linear(INNER, VECTOR)
        self.dropout = nn.Dropout(0.05)

    def forward(self, batch: Batch) -> Tensor:
        """(k, VECTOR) at unit length; in training some of the tokens are left out."""
        if self.training:
            kept = torch.rand(len(batch.ids)) > LEFT_OUT
            batch = Batch(batch.reduced[kept], batch.ids[kept], batch.of[kept], batch.count)
        raw = self.tokens(self.dropout(batch.reduced))
        raw = _clip(torch.cat((raw[:, :STATE], raw[:, STATE:] + self.rarity(batch.ids)), 1))
        scores = torch.exp(raw[:, STATE:] * SHARPEST - SHARPEST)
        joined = torch.cat((raw[:, :STATE], self.pieces(batch.ids)), 1)
        weighed = (scores[:, :, None] * joined[:, None]).flatten(1)
        sums = torch.zeros(batch.count, POOLS).index_add(0, batch.of, scores)
        pooled = torch.zeros(batch.count, weighed.shape[1]).index_add(0, batch.of, weighed)
        pooled = self.dropout(pooled / sums.clamp(min=1e-6).repeat_interleave(joined.shape[1], 1))
        inner = functional.gelu(self.inner(pooled), approximate="tanh")
        return functional.normalize(self.direct(pooled) + self.outer(inner), dim=-1)

    @torch.no_grad()
    def head(self, basis: Basis, kept: NDArray[np.bool_]) -> MeaningHead:
        """For the runtime, on the layers themselves; pieces that are not `kept` mean nothing anywhere."""
        weight = basis.weights @ self.tokens.weight.T.numpy()
        pieces = np.rint(127 * self.pieces.weight.numpy()).astype(np.int8)
        return MeaningHead(
            tokens=weight,
            offsets=self.tokens.bias.numpy() - basis.mean @ weight,
            pieces=pieces * kept[:, None],
            rarity=self.rarity.weight[:, 0].numpy(),
            direct=self.direct.weight.T.numpy(),
            inner=self.inner.weight.T.numpy(),
            inner_bias=self.inner.bias.numpy(),
            outer=self.outer.weight.T.numpy(),
            outer_bias=self.outer.bias.numpy(),
        )


def _clip(x: Tensor) -> Tensor:
    """To -1..1; gradients pass beyond the edges, lest something stay there."""
    return x + (x.clamp(-1, 1) - x).detach()
