"""Trains the entity heads on the frozen encoder: python -m training.entities --cache RUNS/entities [--tags-only]."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from sourceline.model.mention import EntityKind, MentionForm
from sourceline.neural.entity_heads import TAGS
from sourceline.neural.tokens import Tokens
from training.entity_data import Text, read_training
from training.entity_features import FeatureCache
from training.entity_network import LAYER, TokenHead

IGNORED = -100
GAP = 4
"""Empty tokens between the texts of a batch, as many as the convolutions reach."""

KIND_TAGS = {EntityKind.PERSON: 1, EntityKind.ORGANISATION: 3, EntityKind.PLACE: 5}


@dataclass(slots=True)
class Labelled:
    """layers: (n, 1152) float16; names, nominals: (n,) tags or IGNORED; pronouns: (n,) 0, 1 or IGNORED."""

    text: Text
    tokens: Tokens
    layers: NDArray[np.float16]
    names: NDArray[np.int64]
    nominals: NDArray[np.int64]
    pronouns: NDArray[np.int64]


def token_range(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """The half-open tokens that touch characters [start, end)."""
    first = int(np.searchsorted(tokens.ends, start, side="right"))
    return first, int(np.searchsorted(tokens.starts, end, side="left"))


def label(text: Text, tokens: Tokens, layers: NDArray[np.float16]) -> Labelled:
    n = len(tokens)
    names = np.full(n, 0 if text.names_known else IGNORED)
    if text.names_known:
        for start, end in text.blind:
            a, b = token_range(tokens, start, end)
            names[a:b] = IGNORED
        write_tags(names, tokens, [(s, e, k) for s, e, k in text.names])
    nominals = np.full(n, 0 if text.complete else IGNORED)
    pronouns = np.full(n, 0 if text.complete else IGNORED)
    if text.complete:
        write_tags(
            nominals, tokens, [(m.start, m.end, m.kind) for m in text.mentions if m.form is MentionForm.NOMINAL]
        )
        for m in text.mentions:
            if m.form is MentionForm.PRONOUN:
                pronouns[slice(*token_range(tokens, m.start, m.end))] = 1
    return Labelled(text, tokens, layers, names, nominals, pronouns)


def write_tags(tags: NDArray[np.int64], tokens: Tokens, spans: list[tuple[int, int, EntityKind]]) -> None:
    """The longest first; what overlaps with a longer one is left out."""
    taken = np.zeros(len(tags), bool)
    for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
        a, b = token_range(tokens, start, end)
        if a < b and not taken[a:b].any():
            taken[a:b] = True
            tags[a:b] = KIND_TAGS[kind] + 1
            tags[a] = KIND_TAGS[kind]


@dataclass(slots=True)
class Batch:
    """Several texts end to end with GAP empty tokens between: layers (n, 1152), tags (n,) and weights (n,)."""

    layers: Tensor
    names: Tensor
    nominals: Tensor
    pronouns: Tensor
    weights: Tensor


def join(texts: list[Labelled]) -> Batch:
    n = sum(len(t.tokens) + GAP for t in texts)
    layers = torch.zeros(n, 3 * LAYER)
    tags = torch.full((3, n), IGNORED)
    weights = torch.zeros(n)
    at = 0
    for t in texts:
        m = len(t.tokens)
        layers[at : at + m] = torch.from_numpy(t.layers.astype(np.float32))
        for row, labels in zip(tags, (t.names, t.nominals, t.pronouns), strict=True):
            row[at : at + m] = torch.from_numpy(labels)
        weights[at : at + m] = t.text.weight
        at += m + GAP
    return Batch(layers, *tags, weights)


def tag_loss(tags: Tensor, batch: Batch) -> Tensor:
    def spans(scores: Tensor, labels: Tensor) -> Tensor:
        lost = functional.cross_entropy(scores, labels, ignore_index=IGNORED, reduction="none")
        known = (labels != IGNORED) * batch.weights
        return (lost * known).sum() / known.sum().clamp(min=1)

    known = batch.pronouns != IGNORED
    lost = functional.binary_cross_entropy_with_logits(tags[known, 14], batch.pronouns[known].float(), reduction="sum")
    pronouns = lost / known.sum().clamp(min=1)
    return spans(tags[:, :7], batch.names) + spans(tags[:, 7:14], batch.nominals) + 0.5 * pronouns


def run_head(head: TokenHead, layers: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return head(*layers.split(LAYER, -1))


def train_tags(head: TokenHead, texts: list[Labelled], epochs: int, seed: int, size: int = 6000) -> None:
    rng = random.Random(seed)
    optimizer = torch.optim.AdamW(head.parameters(), lr=1.5e-3, weight_decay=0.02, betas=(0.9, 0.98))
    steps_an_epoch = math.ceil(sum(len(t.tokens) + GAP for t in texts) / size)
    step = 0
    for epoch in range(epochs):
        began, total, count = time.time(), 0.0, 0
        head.train()
        order = texts[:]
        rng.shuffle(order)
        group: list[Labelled] = []
        for i, t in enumerate(order):
            group.append(t)
            if sum(len(g.tokens) for g in group) < size and i + 1 < len(order):
                continue
            batch = join(group)
            group = []
            rate = min(1.0, (step + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / (steps_an_epoch * epochs))))
            for g in optimizer.param_groups:
                g["lr"] = 1.5e-3 * rate
            tags, _, _ = run_head(head, batch.layers)
            loss = tag_loss(tags, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += float(loss.detach())
            count += 1
        print(json.dumps({"epoch": epoch, "loss": round(total / count, 4), "seconds": round(time.time() - began)}), flush=True)
    head.eval()


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--cache", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--tags-only", action="store_true")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(2)
    texts = read_training(a.seed)
    cache = FeatureCache(a.cache)
    cache.fill((t.text, bool(t.mentions or t.choices)) for t in texts)
    features = cache.read(t.text for t in texts)
    labelled = [label(t, f.tokens, f.layers) for t, f in zip(texts, features, strict=True)]
    head = TokenHead()
    train_tags(head, [x for x in labelled if x.text.names_known or x.text.complete], a.epochs, a.seed)
    torch.save(head.state_dict(), a.cache / "tags.pt")


if __name__ == "__main__":
    main()
