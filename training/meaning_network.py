"""The head of meaning in torch: what `sourceline.neural.meaning` does in numpy, with its gradients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from sourceline.neural.meaning import POOLS, SHARPEST, STATE, VECTOR, MeaningHead
from training.meaning_features import REDUCED, Basis
from training.network import PIECES

INNER = 256


@dataclass(frozen=True, slots=True)
class Batch:
    """k stretches of n tokens in all. reduced: (n, REDUCED); ids, of: (n,), the piece and the stretch of each token."""

    reduced: Tensor
    ids: Tensor
    of: Tensor
    count: int


class MeaningNetwork(nn.Module):
    def __init__(self, idf: NDArray[np.float32]) -> None:
        """idf: (30522,), with which the weights of the pieces begin."""
        super().__init__()
        self.tokens = nn.Linear(REDUCED, STATE + POOLS)
        nn.init.normal_(self.tokens.weight, 0, 0.4 * 1152**-0.5)
        self.pieces = nn.Embedding.from_pretrained(torch.from_numpy(idf / SHARPEST)[:, None], freeze=False)
        self.direct = nn.Linear(POOLS * STATE, VECTOR, bias=False)
        self.inner = nn.Linear(POOLS * STATE, INNER)
        self.outer = nn.Linear(INNER, VECTOR)
        assert len(idf) == PIECES

    def forward(self, batch: Batch) -> Tensor:
        """(k, VECTOR) at unit length."""
        raw = self.tokens(batch.reduced)
        raw = torch.cat((raw[:, :STATE], raw[:, STATE:] + self.pieces(batch.ids)), 1)
        raw = raw + (raw.clamp(-1, 1) - raw).detach()  # gradients pass beyond the edges, lest a state stay there
        scores = torch.exp(raw[:, STATE:] * SHARPEST - SHARPEST)
        weighed = (scores[:, :, None] * raw[:, None, :STATE]).flatten(1)
        sums = torch.zeros(batch.count, POOLS).index_add(0, batch.of, scores)
        pooled = torch.zeros(batch.count, POOLS * STATE).index_add(0, batch.of, weighed)
        pooled = pooled / sums.clamp(min=1e-6).repeat_interleave(STATE, 1)
        inner = functional.gelu(self.inner(pooled), approximate="tanh")
        return functional.normalize(self.direct(pooled) + self.outer(inner), dim=-1)

    @torch.no_grad()
    def head(self, basis: Basis) -> MeaningHead:
        """For the runtime, on the layers themselves."""
        weight = basis.weights @ self.tokens.weight.T.numpy()
        return MeaningHead(
            tokens=weight,
            offsets=self.tokens.bias.numpy() - basis.mean @ weight,
            pieces=self.pieces.weight[:, 0].numpy(),
            direct=self.direct.weight.T.numpy(),
            inner=self.inner.weight.T.numpy(),
            inner_bias=self.inner.bias.numpy(),
            outer=self.outer.weight.T.numpy(),
            outer_bias=self.outer.bias.numpy(),
        )
