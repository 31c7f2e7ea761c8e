"""Trains the head of meaning: python -m training.meaning --cache RUNS/entities [--storylines FOLDER...] [--check].

On the frozen encoder's layers: first after the teacher's vectors of sentences and clauses alone, and with them on
stretches that tell of the same events or put the same claim, and on pairs that people found more or less alike. With
--check nothing is written. All random draws come from one seed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from sourceline.neural.artefact import FOLDER, MANIFEST
from sourceline.neural.meaning import FILE, PIECE, VECTOR, MeaningHead, pack_head
from training.data import label_tokens
from training.entity_features import FeatureCache
from training.meaning_data import (
    HELD_OUT_YEARS,
    draw_stretches,
    read_event_worlds,
    read_meantime_worlds,
    read_pairs,
)
from training.meaning_features import read_reduced
from training.meaning_network import Batch, MeaningNetwork
from training.network import PIECES
from training.teacher import read_cached, read_vocabulary
from training.train import load_tokenizer
from training.worlds import STORYLINES, Member, Stretch, World, read_wide_storylines

LENGTH = 96
"""The tokens of a stretch that are learned from."""


@dataclass(frozen=True, slots=True)
class Settings:
    steps: int = 2000
    batch: int = 320
    pairs: int = 64
    members: int = 256
    rate: float = 2e-3
    temperature: float = 0.07
    alike: float = 0.2
    scored: float = 2.0
    storyline_share: float = 0.6
    seed: int = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """The tokens of a stretch: their rows among those of all texts, and their pieces."""

    rows: NDArray[np.int64]
    ids: NDArray[np.int32]


def place(stretches: Sequence[Stretch], cache: FeatureCache) -> list[Placed]:
    by_text: dict[str, list[int]] = {}
    for i, stretch in enumerate(stretches):
        by_text.setdefault(stretch.text, []).append(i)
    cache.fill(((text, False) for text in by_text), 2)
    found: dict[int, Placed] = {}
    for text, places in by_text.items():
        tokens, first = cache.tokenise(text), cache.rows(text).start
        for i in places:
            at = np.flatnonzero(label_tokens(tokens, list(stretches[i].ranges)))[:LENGTH]
            found[i] = Placed(first + at, tokens.ids[at])
    return [found[i] for i in range(len(stretches))]


def make_batch(placed: Sequence[Placed], reduced: NDArray[np.float16]) -> Batch:
    rows = reduced[np.concatenate([p.rows for p in placed])]
    return Batch(
        reduced=torch.from_numpy(rows.astype(np.float32)),
        ids=torch.from_numpy(np.concatenate([p.ids for p in placed]).astype(np.int64)),
        of=torch.from_numpy(np.repeat(np.arange(len(placed)), [len(p.rows) for p in placed])),
        count=len(placed),
    )


@dataclass(frozen=True, slots=True)
class Taught:
    """Stretches and the teacher's vectors of them: as they are (k, 384) and in VECTOR dimensions; `together`: those of
    one text, where it has several."""

    placed: list[Placed]
    vectors: Tensor
    short: Tensor
    together: list[NDArray[np.int64]]

    @classmethod
    def of(cls, stretches: Sequence[Stretch], cache: FeatureCache, folder: Path) -> Taught:
        vectors = torch.from_numpy(read_cached([s.wording for s in stretches], folder).astype(np.float32))
        basis = torch.linalg.svd(vectors[:20000], full_matrices=False)[2][:VECTOR]
        by_text: dict[str, list[int]] = {}
        for i, stretch in enumerate(stretches):
            by_text.setdefault(stretch.text, []).append(i)
        together = [np.array(places) for places in by_text.values() if len(places) > 7]
        return cls(place(stretches, cache), vectors, functional.normalize(vectors @ basis.T, dim=-1), together)

    def draw(self, count: int, random: np.random.Generator) -> NDArray[np.int64]:
        """Half of them from a few texts, whose stretches are hard to tell apart."""
        texts = random.choice(len(self.together), max(1, count // 40), replace=False)
        near = np.concatenate([random.permutation(self.together[i])[:20] for i in texts])
        far = random.choice(len(self.placed), count - len(near), replace=False)
        return np.unique(np.concatenate((near, far)))


@dataclass(frozen=True, slots=True)
class Known:
    """A world's members with their tokens, and how each two of them stand: 1 alike, -1 not alike, 0 neither."""

    placed: list[Placed]
    alike: NDArray[np.int8]
    storyline: bool

    @classmethod
    def of(cls, world: World, cache: FeatureCache, storyline: bool) -> Known:
        relations = np.array([[relate(a, b) for b in world.members] for a in world.members], np.int8)
        return cls(place([m.stretch for m in world.members], cache), relations, storyline)


def relate(first: Member, second: Member) -> int:
    """1 where half of what the two tell of is told by both, 0 where it is less, -1 where nothing is. What overlaps
    in one document says nothing."""
    if first.document == second.document and any(
        a < d and c < b for a, b in first.stretch.ranges for c, d in second.stretch.ranges
    ):
        return 0
    shared = len(first.about & second.about)
    if not shared:
        return -1
    return 1 if 2 * shared >= len(first.about | second.about) else 0


def learn_after(vectors: Tensor, taught: Taught, chosen: Tensor) -> Tensor:
    """How far the vectors are from the teacher's, one by one and in how alike any two are."""
    direct = 1 - (vectors * taught.short[chosen]).sum(1).mean()
    ours = vectors @ vectors.T
    theirs = taught.vectors[chosen] @ taught.vectors[chosen].T
    apart = ~torch.eye(len(chosen), dtype=torch.bool)
    likeness = functional.mse_loss(ours[apart], theirs[apart])
    far = -1e4 * torch.eye(len(chosen))
    nearest = functional.kl_div(
        (ours / 0.05 + far).log_softmax(-1),
        (theirs / 0.05 + far).log_softmax(-1),
        log_target=True,
        reduction="batchmean",
    )
    return direct + 10 * likeness + 0.3 * nearest


def learn_alike(vectors: Tensor, alike: Tensor, temperature: float) -> Tensor:
    """Supervised contrast (Khosla et al., NeurIPS 2020) of (k, VECTOR) by (k, k) relations."""
    scores = vectors @ vectors.T / temperature
    against = torch.where(alike < 0, scores, torch.full_like(scores, -1e4)).logsumexp(1, keepdim=True)
    lost = torch.logaddexp(scores, against) - scores
    with_one = (alike > 0).sum(1)
    return ((lost * (alike > 0)).sum(1) / with_one.clamp(min=1))[with_one > 0].mean()


class Course:
    """What is drawn at each step, and the loss of it."""

    def __init__(
        self, settings: Settings, taught: Taught, known: list[Known], cache: FeatureCache, folder: Path
    ) -> None:
        self._settings, self._taught = settings, taught
        self._known = [w for w in known if (w.alike > 0).any()]
        share = settings.storyline_share if any(w.storyline for w in self._known) else 0.0
        sizes = np.array([len(w.placed) ** 0.5 for w in self._known])
        told = np.array([w.storyline for w in self._known])
        weights = np.where(told, share, 1 - share) * sizes
        for kind in (told, ~told):
            weights[kind] /= max(sizes[kind].sum(), 1e-9)
        self._weights = weights / weights.sum()
        pairs = [p for p in read_pairs() if p.year not in HELD_OUT_YEARS]
        sides = (
            [Stretch(t, ((0, len(t)),)) for t in texts]
            for texts in zip(*((p.first, p.second) for p in pairs), strict=True)
        )
        self._first, self._second = (place(side, cache) for side in sides)
        self._scores = torch.tensor([p.score for p in pairs])
        self.scale = torch.nn.Parameter(torch.tensor((1.0, 0.0)))
        self._random = np.random.default_rng(settings.seed)
        self.basis, reduced = read_reduced(cache, folder)
        self._read = partial(make_batch, reduced=np.asarray(reduced))

    def loss(self, network: MeaningNetwork) -> dict[str, Tensor]:
        s = self._settings
        chosen = self._taught.draw(s.batch, self._random)
        vectors = network(self._read([self._taught.placed[i] for i in chosen]))
        after = learn_after(vectors, self._taught, torch.from_numpy(chosen))
        some = self._random.choice(len(self._first), s.pairs, replace=False)
        both = network(self._read([side[i] for side in (self._first, self._second) for i in some]))
        cosines = (both[: s.pairs] * both[s.pairs :]).sum(1)
        scored = functional.mse_loss(cosines * self.scale[0] + self.scale[1], self._scores[some])
        placed, alike = self._draw_known()
        contrast = learn_alike(network(self._read(placed)), torch.from_numpy(alike), s.temperature)
        return {"after": after, "scored": scored * s.scored, "alike": contrast * s.alike}

    def _draw_known(self) -> tuple[list[Placed], NDArray[np.int8]]:
        """Of four worlds; members of two worlds are never alike."""
        worlds = self._random.choice(len(self._known), min(4, len(self._known)), replace=False, p=self._weights)
        placed: list[Placed] = []
        alike = np.full((self._settings.members, self._settings.members), -1, np.int8)
        for number in worlds:
            world, at = self._known[number], len(placed)
            count = min(len(world.placed), self._settings.members // len(worlds))
            some = self._random.choice(len(world.placed), count, replace=False)
            placed += [world.placed[i] for i in some]
            alike[at : at + count, at : at + count] = world.alike[np.ix_(some, some)]
        return placed, alike[: len(placed), : len(placed)]


def train(settings: Settings, course: Course, network: MeaningNetwork) -> None:
    torch.manual_seed(settings.seed)
    optimiser = torch.optim.AdamW([*network.parameters(), course.scale], settings.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=settings.steps, pct_start=0.1)
    sums: dict[str, float] = {}
    begun = time.monotonic()
    for step in range(1, settings.steps + 1):
        losses = course.loss(network)
        optimiser.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        for name, loss in losses.items():
            sums[name] = sums.get(name, 0.0) + float(loss.detach())
        if step % 100 == 0 or step == 20:
            means = " ".join(f"{name} {value / 100:.4f}" for name, value in sums.items())
            print(f"step {step}: {means}, {time.monotonic() - begun:.0f} s", flush=True)
            sums = {}


def known_pieces() -> NDArray[np.bool_]:
    """(30522,): not those of other scripts, nor those that the vocabulary leaves unused."""
    pieces = load_tokenizer().get_vocab()
    known = np.zeros(PIECES, np.bool_)
    known[[i for piece, i in pieces.items() if piece.isascii() and not piece.startswith("[")]] = True
    known[[pieces[c] for c in "[‘’“”–—£€"]] = True
    return known


def start_network(taught: Taught, folder: Path) -> MeaningNetwork:
    """The pieces begin with what the teacher makes of each alone, in fewer dimensions, and with their rarity among the
    stretches."""
    counts = np.ones(PIECES, np.float32)
    for p in taught.placed:
        counts[np.unique(p.ids)] += 1
    rarity = 0.5 * (np.log(len(taught.placed) / counts) - 5)
    vocabulary = read_vocabulary(folder)
    vocabulary -= vocabulary.mean(0)
    basis = np.linalg.svd(vocabulary[known_pieces()], full_matrices=False)[2][:PIECE]
    return MeaningNetwork((3 * vocabulary @ basis.T).astype(np.float32), rarity.astype(np.float32))


def export(head: MeaningHead, out: Path = FOLDER) -> None:
    """Writes the head beside the encoder and its digest into the manifest."""
    np.savez_compressed(out / FILE, allow_pickle=False, **pack_head(head))
    manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    manifest["sha256"][FILE] = hashlib.sha256((out / FILE).read_bytes()).hexdigest()
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def read_known(storylines: Iterable[Path], cache: FeatureCache) -> list[Known]:
    worlds = [Known.of(w, cache, False) for w in (*read_event_worlds("train"), *read_meantime_worlds())]
    told = [Known.of(w, cache, True) for w in read_wide_storylines(storylines)]
    print(f"{len(worlds)} topics, {len(told)} storylines with {sum(len(w.placed) for w in told)} mentions")
    return worlds + told


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--cache", type=Path, required=True, help="where the encoder's features and the teacher's are kept")
    p.add_argument("--storylines", type=Path, nargs="*", default=[STORYLINES])
    p.add_argument("--stretches", type=int, default=75_000)
    p.add_argument("--steps", type=int, default=Settings().steps)
    p.add_argument("--seed", type=int, default=Settings().seed)
    p.add_argument("--out", type=Path, default=FOLDER)
    p.add_argument("--check", action="store_true", help="train, write nothing")
    a = p.parse_args()
    settings = Settings(steps=a.steps, seed=a.seed)
    torch.manual_seed(a.seed)
    cache = FeatureCache(a.cache)
    taught = Taught.of(draw_stretches(a.stretches, a.storylines), cache, a.cache)
    course = Course(settings, taught, read_known(a.storylines, cache), cache, a.cache)
    network = start_network(taught, a.cache)
    train(settings, course, network)
    if not a.check:
        export(network.eval().head(course.basis, known_pieces()), a.out)


if __name__ == "__main__":
    main()
