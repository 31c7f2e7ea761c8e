"""The entity heads: token tags and mention vectors over the frozen encoder, and the scorer of antecedents."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sourceline.neural.antecedent_scorer import (
    CLASSES,
    DISTANCE_EDGES,
    GENDERS,
    HIDDEN,
    MENTION_FEATURES,
    PAIR_FEATURES,
)
from sourceline.neural.entity_heads import TAGS, VECTOR

LAYER, INNER = 384, 160


class TokenHead(nn.Module):
    """Each of three layers normed, joined, narrowed; two convolutions; tags and the two halves of mention vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(LAYER) for _ in range(3))
        self.narrow = nn.Linear(3 * LAYER, INNER)
        self.convolutions = nn.ModuleList(nn.Linear(3 * INNER, INNER) for _ in range(2))
        self.tags = nn.Linear(INNER, TAGS)
        self.lead = nn.Linear(INNER, VECTOR)
        self.tail = nn.Linear(INNER, VECTOR)

    def forward(self, hidden: Tensor, second: Tensor, fourth: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Three (n, 384) -> tags (n, 15), lead (n, 64), tail (n, 64)."""
        layers = [norm(x) for norm, x in zip(self.norms, (hidden, second, fourth), strict=True)]
        if self.training:
            layers = [functional.dropout(x, 0.2) for x in layers]
        x = functional.gelu(self.narrow(torch.cat(layers, -1)))
        for reach, convolution in zip((1, 2), self.convolutions, strict=True):
            padded = functional.pad(functional.dropout(x, 0.1, self.training), (0, 0, reach, reach))
            near = torch.cat((padded[: -2 * reach], padded[reach:-reach], padded[2 * reach :]), -1)
            x = x + functional.gelu(convolution(near))
        x = functional.dropout(x, 0.1, self.training)
        return self.tags(x), self.lead(x), self.tail(x)


class AntecedentNetwork(nn.Module):
    """The scorer that `neural/antecedent_scorer.py` runs; the same names, the same shapes."""

    def __init__(self) -> None:
        super().__init__()
        self.gender = nn.Sequential(nn.Linear(VECTOR, 32), nn.GELU(approximate="tanh"), nn.Linear(32, GENDERS))
        self.anaphor = nn.Linear(MENTION_FEATURES, HIDDEN)
        self.candidate = nn.Linear(MENTION_FEATURES, HIDDEN, bias=False)
        self.product = nn.Linear(VECTOR, HIDDEN, bias=False)
        self.pair = nn.Linear(PAIR_FEATURES + 2, HIDDEN, bias=False)
        self.score = nn.Linear(HIDDEN, 1, bias=False)
        self.none = nn.Sequential(nn.Linear(MENTION_FEATURES, 24), nn.GELU(approximate="tanh"), nn.Linear(24, 1))
        self.classes = nn.Parameter(torch.zeros(CLASSES, CLASSES))
        self.distances = nn.Parameter(torch.zeros(CLASSES, len(DISTANCE_EDGES) + 2))

    def forward(
        self, mentions: Tensor, genders: Tensor, classes: Tensor, anaphors: Tensor, candidates: Tensor,
        distance: Tensor, features: Tensor,
    ) -> Tensor:  # fmt: skip
        """Logarithms of the probabilities, (r, c + 1); shapes as in AntecedentScorer.probabilities."""
        a = candidates.clamp(min=0)
        agreement = torch.einsum("rg,rcg->rc", genders[anaphors], genders[a])
        agreed = torch.stack((agreement, agreement.clamp(min=0.02).log() / 4), -1)
        x = self.product(mentions[anaphors, None, :VECTOR] * mentions[a][..., :VECTOR])
        x = x + self.pair(torch.cat((features, agreed), -1))
        x = x + self.anaphor(mentions)[anaphors][:, None] + self.candidate(mentions)[a]
        x = functional.dropout(functional.gelu(x, approximate="tanh"), 0.1, self.training)
        scores = self.score(x)[..., 0]
        scores = scores + self.classes[classes[anaphors][:, None], classes[a]]
        scores = scores + self.distances[classes[anaphors][:, None], distance]
        scores = scores.masked_fill(candidates < 0, -1e4)
        return torch.cat((scores, self.none(mentions[anaphors])), 1).log_softmax(1)

    def arrays(self) -> dict[str, np.ndarray]:
        """By the runtime's names; matrices as (in, out)."""
        state = {k: v.detach().numpy() for k, v in self.state_dict().items()}
        renamed = {k.replace("gender.2", "gender.1").replace("none.2", "none.1"): v for k, v in state.items()}
        return {
            k: (v.T if k.endswith("weight") else v).astype(np.float16 if v.ndim > 1 else np.float32)
            for k, v in renamed.items()
        }
