"""Trains the entity heads on the frozen encoder: python -m training.entities --cache RUNS/entities."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from sourceline.model.mention import EntityKind, MentionForm
from sourceline.neural.entity_heads import Priors, decode_mentions
from sourceline.neural.tokens import NEW_LINE, Tokens
from sourceline.resolve.mentions import Placed, place_mentions
from training.antecedents import Referring, antecedent_loss, gold_mentions, refer
from training.entity_data import Text, read_training, token_range
from training.entity_export import export_entities
from training.entity_features import FeatureCache
from training.entity_network import LAYER, NAME_TAGS, AntecedentNetwork, TokenHead

IGNORED = -100
GAP = 4
"""Empty tokens between the texts of a batch, as many as the convolutions reach."""

PARAMETERS = {"name_prior": 0.0, "nominal_prior": 0.0, "pronoun_floor": 0.05, "none_prior": 0.0}
"""For decoding; fixed on the training sets' own figures."""

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
        write_tags(nominals, tokens, [(m.start, m.end, m.kind) for m in text.mentions if m.form is MentionForm.NOMINAL])
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


Item = tuple[Labelled, Referring | None]


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


def span_loss(scores: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    lost = functional.cross_entropy(scores, labels, ignore_index=IGNORED, reduction="none")
    known = (labels != IGNORED) * weights
    return (lost * known).sum() / known.sum().clamp(min=1)


def name_loss(head: TokenHead, group: list[Item]) -> dict[str, Tensor]:
    batch = join([t for t, _ in group])
    return {"names": span_loss(head.tag_names(head.join(*batch.layers.split(LAYER, -1))), batch.names, batch.weights)}


def reference_loss(head: TokenHead, antecedents: AntecedentNetwork, group: list[Item]) -> dict[str, Tensor]:
    batch = join([t for t, _ in group])
    x = head.reference(head.join(*batch.layers.split(LAYER, -1)))
    tags = head.other_tags(x)
    known = batch.pronouns != IGNORED
    pronouns = functional.binary_cross_entropy_with_logits(
        tags[known, NAME_TAGS], batch.pronouns[known].float(), reduction="sum"
    )
    meant = antecedent_loss(antecedents, head.lead(x), head.tail(x), place_referring(group))
    return {
        "nominals": span_loss(tags[:, :NAME_TAGS], batch.nominals, batch.weights),
        "pronouns": 0.5 * pronouns / known.sum().clamp(min=1),
        "antecedents": meant,
    }


def schedule(optimizer: torch.optim.Optimizer, done: float, step: int, peak: float) -> None:
    """Warm up over 50 steps, then half a cosine down to a fiftieth."""
    rate = min(1.0, (step + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))
    for group in optimizer.param_groups:
        group["lr"] = peak * rate


@dataclass(frozen=True, slots=True)
class Plan:
    epochs: int
    seed: int
    peak: float = 1.5e-3
    size: int = 5000
    """Tokens in a batch."""


def train(
    modules: list[nn.Module], texts: list[Item], plan: Plan, loss_of: Callable[[list[Item]], dict[str, Tensor]]
) -> None:
    """One loop for both stages: `loss_of` gives the parts of what a batch loses."""
    rng = random.Random(plan.seed)
    parameters = [p for m in modules for p in m.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=plan.peak, weight_decay=0.02, betas=(0.9, 0.98))
    total = sum(len(t.tokens) + GAP for t, _ in texts)
    step = 0
    for m in modules:
        m.train()
    for epoch in range(plan.epochs):
        began, seen = time.time(), 0
        sums: Counter[str] = Counter()
        order = texts[:]
        rng.shuffle(order)
        batches = list(group_texts(order, plan.size))
        for group in batches:
            schedule(optimizer, (epoch + seen / total) / plan.epochs, step, plan.peak)
            seen += sum(len(t.tokens) + GAP for t, _ in group)
            parts = loss_of(group)
            optimizer.zero_grad()
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            step += 1
            sums.update({k: float(v.detach()) for k, v in parts.items()})
        means = {k: round(v / len(batches), 4) for k, v in sums.items()}
        print(json.dumps({"epoch": epoch, **means, "seconds": round(time.time() - began)}), flush=True)
    for m in modules:
        m.eval()


def group_texts(texts: list[Item], size: int) -> Iterator[list[Item]]:
    group: list[Item] = []
    filled = 0
    for item in texts:
        group.append(item)
        filled += len(item[0].tokens) + GAP
        if filled >= size:
            yield group
            group, filled = [], 0
    if group:
        yield group


def place_referring(group: list[Item]) -> list[tuple[int, Referring]]:
    at, placed = 0, []
    for labelled, referring in group:
        if referring is not None:
            placed.append((at, referring))
        at += len(labelled.tokens) + GAP
    return placed


@torch.no_grad()
def find_mentions(head: TokenHead, labelled: Labelled) -> list[Placed]:
    """What the tags find in a text, as the runtime would place it."""
    outputs = head(*torch.from_numpy(labelled.layers.astype(np.float32)).split(LAYER, -1))
    tags, lead, tail = (x.numpy() for x in outputs)
    tokens = labelled.tokens
    breaks = np.greater_equal(tokens.layout, NEW_LINE)
    findings = decode_mentions(tags, lead, tail, breaks, 0, (0, len(tokens)), Priors())
    return place_mentions(labelled.text.text, tokens, [findings])


def read_referring(head: TokenHead, labelled: Labelled, sources: list[tuple[int, int]]) -> Referring | None:
    """What there is to learn about reference in one text; where no mentions are labelled they are found."""
    text = labelled.text
    if text.choices:
        placed = find_mentions(head, labelled)
        return refer(text, labelled.tokens, sources, placed, [None] * len(placed)) if placed else None
    if not text.mentions:
        return None
    return refer(text, labelled.tokens, sources, *gold_mentions(text))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--cache", type=Path, required=True)
    p.add_argument("--name-epochs", type=int, default=8)
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--names", type=Path, help="take the names from this checkpoint instead of training them")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(2)
    texts = read_training(a.seed)
    cache = FeatureCache(a.cache)
    cache.fill((t.text, bool(t.mentions or t.choices)) for t in texts)
    features = list(cache.read(t.text for t in texts))
    labelled = [label(t, f.tokens, f.layers) for t, f in zip(texts, features, strict=True)]
    head, antecedents = TokenHead(), AntecedentNetwork()
    if a.names:
        stored = torch.load(a.names, weights_only=True)["head"]
        head.load_state_dict({k: v for k, v in stored.items() if k.startswith("name")}, strict=False)
    else:
        named: list[Item] = [(x, None) for x in labelled if x.text.names_known]
        train([head], named, Plan(a.name_epochs, a.seed), lambda group: name_loss(head, group))
        torch.save({"head": head.state_dict()}, a.cache / "names.pt")
    head.eval()
    both = [(x, read_referring(head, x, f.sources)) for x, f in zip(labelled, features, strict=True)]
    referring: list[Item] = [(x, r) for x, r in both if r is not None]
    anaphors = sum(int((r.weights > 0).sum()) for _, r in referring if r is not None)
    print(json.dumps({"texts": len(referring), "anaphors": anaphors}), flush=True)
    for parameter in (*head.names.parameters(), *head.name_tags.parameters()):
        parameter.requires_grad_(False)
    train([head, antecedents], referring, Plan(a.epochs, a.seed), lambda g: reference_loss(head, antecedents, g))
    torch.save({"head": head.state_dict(), "antecedents": antecedents.state_dict()}, a.cache / "entities.pt")
    export_entities(head, antecedents, PARAMETERS)


if __name__ == "__main__":
    main()
