"""Trains the finished network on names and mentions as well, so that one pass of the encoder serves both:

    python -m training.joint WEIGHTS.pt --out RUN [--epochs N]

Batches of attributions and batches of names take turns; the attribution losses are those of `training.train`. Seeded;
resumes from RUN/last.pt. Afterwards `training.build` and `training.entities` make the shipped files.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sourceline.model.mention import MentionForm
from sourceline.neural.encoder import place_windows
from sourceline.neural.tokens import tokenise
from training.data import read_fiction, read_polnear
from training.entities import IGNORED, Labelled, label, span_loss
from training.entity_data import Text, read_training
from training.entity_network import LAYER, TokenHead
from training.network import Network
from training.train import WEIGHTS, Average, epoch_batches, hide_words, load_tokenizer, losses

NAMES_WEIGHT = 0.5


class NameBatch:
    """Padded windows of (b, n) tokens: the encoder's four inputs, the mask, and flat labels (b * n,)."""

    def __init__(self, windows: list[tuple[Labelled, int, int]], hide: float, rng: np.random.Generator) -> None:
        n, b = max(end - start for _, start, end in windows), len(windows)
        self.ids, self.case, self.layout, self.quote = (torch.zeros(b, n, dtype=torch.long) for _ in range(4))
        self.mask = torch.zeros(b, n, dtype=torch.bool)
        labels = torch.full((3, b, n), IGNORED)
        weights = torch.zeros(b, n)
        for i, (text, start, end) in enumerate(windows):
            part, m = slice(start, end), end - start
            arrays = {x: getattr(text.tokens, x)[part].astype(np.int64) for x in ("ids", "case", "layout", "quote")}
            case, none = torch.from_numpy(arrays["case"]), torch.zeros(m, dtype=torch.long)
            self.ids[i, :m] = hide_words(torch.from_numpy(arrays["ids"]), case, none, hide, rng)
            for name in ("case", "layout", "quote"):
                getattr(self, name)[i, :m] = torch.from_numpy(arrays[name])
            self.mask[i, :m] = True
            for row, tags in zip(labels, (text.names, text.nominals, text.pronouns), strict=True):
                row[i, :m] = torch.from_numpy(tags[part])
            weights[i, :m] = text.text.weight
        self.names, self.nominals, self.pronouns = (row.reshape(-1) for row in labels)
        self.weights = weights.reshape(-1)


def name_batches(texts: list[Text], seed: int, size: int, limit: int, hide: float) -> list[NameBatch]:
    tokenizer = load_tokenizer()
    rng, numbers = random.Random(seed), np.random.default_rng(seed)
    windows = []
    for text in texts:
        known = text.names_known or any(m.form is MentionForm.NOMINAL for m in text.mentions)
        if not known:
            continue
        tokens = tokenise(text.text, tokenizer)
        labelled = label(text, tokens, np.zeros((0, 0), np.float16))
        windows += [(labelled, start, end) for start, end, _, _ in place_windows(tokens) if end - start > 4]
    windows.sort(key=lambda w: w[2] - w[1] + rng.random() * 24)
    groups: list[list[tuple[Labelled, int, int]]] = [[]]
    for window in windows:
        length = max(window[2] - window[1], *(e - s for _, s, e in groups[-1])) if groups[-1] else 0
        if (len(groups[-1]) + 1) * length > size * limit:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    return [NameBatch(group, hide, numbers) for group in groups if group]


def name_loss(network: Network, head: TokenHead, batch: NameBatch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        layers = network.encoder.every_layer(batch.ids, batch.case, batch.layout, batch.quote, batch.mask)
        tags, _, _ = head(*(layers[i].reshape(-1, LAYER) for i in (-1, 1, 3)))
    tags = tags.float()

    known = batch.pronouns != IGNORED
    pronouns = functional.binary_cross_entropy_with_logits(
        tags[known, 14], batch.pronouns[known].float(), reduction="sum"
    ) / known.sum().clamp(min=1)
    names = span_loss(tags[:, :7], batch.names, batch.weights)
    return names + span_loss(tags[:, 7:14], batch.nominals, batch.weights) + 0.5 * pronouns


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("weights", type=Path, help="a checkpoint of training.train, or several averaged into one")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--seed", type=int, default=11)
    p.add_argument("--limit", type=int, default=384)
    p.add_argument("--batch", type=int, default=8, help="windows of full length in a batch")
    p.add_argument("--lr", type=float, default=1e-4)
    p.add_argument("--head-lr", type=float, default=3e-4)
    p.add_argument("--names-lr", type=float, default=1e-3)
    p.add_argument("--hide", type=float, default=0.05)
    p.add_argument("--share", type=float, default=1.0, help="share of the attribution batches of an epoch that is used")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_num_threads(2)
    network, head = Network(), TokenHead()
    stored = torch.load(a.weights, weights_only=True)
    network.load_state_dict(stored.get("average", stored))
    parts = nn.ModuleDict({"network": network, "head": head})
    others = [x for m in (network.heads, network.linker) for x in m.parameters()]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(network.encoder.parameters()), "lr": a.lr},
            {"params": others, "lr": a.head_lr},
            {"params": list(head.parameters()), "lr": a.names_lr},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    average = Average(parts, 0.998)
    epoch, step, last = 0, 0, a.out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=True)
        parts.load_state_dict(state["parts"])
        optimizer.load_state_dict(state["optimizer"])
        average.weights, average.step = state["average"], state["steps"]
        step, epoch = state["steps"], state["epoch"]
    tokenizer, polnear, texts = load_tokenizer(), read_polnear("train"), read_training(a.seed)
    base, began = [a.lr, a.head_lr, a.names_lr], time.time()
    with (a.out / "log.jsonl").open("a") as log:
        while epoch < a.epochs:
            rng = random.Random(a.seed * 100 + epoch)
            said = epoch_batches(polnear + read_fiction(), tokenizer, a.seed * 1000 + epoch, a.limit, a.batch, a.hide)
            named = name_batches(texts, a.seed * 1000 + epoch, a.batch, a.limit, a.hide)
            batches = [*said[: int(len(said) * a.share)], *named]
            rng.shuffle(batches)
            sums: dict[str, list[float]] = {}
            for number, batch in enumerate(batches):
                done = (epoch + number / len(batches)) / a.epochs
                rate = min(1.0, (step + 1) / 100) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
                for group, lr in zip(optimizer.param_groups, base, strict=True):
                    group["lr"] = lr * rate
                if isinstance(batch, NameBatch):
                    given = {"names": name_loss(network, head, batch)}
                    loss = NAMES_WEIGHT * given["names"]
                else:
                    given = losses(network, batch, True)
                    loss = sum((WEIGHTS[k] * v for k, v in given.items()), torch.zeros(()))
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(parts.parameters(), 1.0)
                optimizer.step()
                average.update(parts)
                step += 1
                for k, v in given.items():
                    sums.setdefault(k, []).append(float(v.detach()))
                if number % 25 == 24:
                    row = {"epoch": epoch, "batch": number + 1, "of": len(batches), "named": len(named)}
                    row |= {"seconds": round(time.time() - began)}
                    row |= {k: round(sum(v[-100:]) / len(v[-100:]), 4) for k, v in sums.items()}
                    print(json.dumps(row), file=log, flush=True)
            epoch += 1
            state = {
                "parts": parts.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average.weights,
                "steps": step,
                "epoch": epoch,
            }
            torch.save(state, last.with_suffix(".tmp"))
            last.with_suffix(".tmp").replace(last)
            torch.save({"average": average.weights}, a.out / f"joint_{epoch}.pt")


if __name__ == "__main__":
    main()
