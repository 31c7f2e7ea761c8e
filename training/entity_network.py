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

LAYER, NAMES, REFERENCE = 384, 160, 160
NAME_TAGS = 7


class Branch(nn.Module):
    """Narrowed vectors, then residual products of a token with two neighbours on either side."""

    def __init__(self, width: int, reaches: tuple[int, ...]) -> None:
        super().__init__()
        self.narrow = nn.Linear(3 * LAYER, width)
        self.reaches = reaches
        self.near = nn.ModuleList(nn.Linear(3 * width, width) for _ in reaches)

    def forward(self, layers: Tensor) -> Tensor:
        """(n, 1152) -> (n, width)."""
        x = functional.gelu(self.narrow(layers))
        for reach, product in zip(self.reaches, self.near, strict=True):
            padded = functional.pad(functional.dropout(x, 0.1, self.training), (0, 0, reach, reach))
            x = x + functional.gelu(
                product(torch.cat((padded[: -2 * reach], padded[reach:-reach], padded[2 * reach :]), -1))
            )
        return functional.dropout(x, 0.1, self.training)


class TokenHead(nn.Module):
    """Three normed layers of the encoder, joined; one branch tags names, the other nominals and pronouns, and gives
    the two halves of mention vectors: trained together in one branch, names lost three points."""

    def __init__(self) -> None:
        super().__init__()
        self.names = Branch(NAMES, (1, 2))
        self.reference = Branch(REFERENCE, (1, 2))
        self.name_tags = nn.Linear(NAMES, NAME_TAGS)
        self.other_tags = nn.Linear(REFERENCE, TAGS - NAME_TAGS)
        self.lead = nn.Linear(REFERENCE, VECTOR)
        self.tail = nn.Linear(REFERENCE, VECTOR)

    def forward(self, hidden: Tensor, second: Tensor, fourth: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Three (n, 384) -> tags (n, 15), lead (n, 64), tail (n, 64)."""
        layers = self.join(hidden, second, fourth)
        x = self.reference(layers)
        return torch.cat((self.tag_names(layers), self.other_tags(x)), -1), self.lead(x), self.tail(x)

    def join(self, *layers: Tensor) -> Tensor:
        joined = torch.cat([functional.layer_norm(x, (LAYER,)) for x in layers], -1)
        return functional.dropout(joined, 0.2, self.training)

    def tag_names(self, layers: Tensor) -> Tensor:
        return self.name_tags(self.names(layers))


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
