"""Trains the ranking of who "he" and "she" are where they speak: python -m training.pronouns

Reads the labelled articles with the weights so far, keeps the candidates of every labelled pronoun, fits anew, and goes
round again, so that each pronoun is seen as the ones before it were resolved. The scorer of antecedents was trained on
the labels in `speakers_*.jsonl`; the weight of what it says is therefore chosen on articles that it never saw
(`whole_*.jsonl`), each fold held out in turn, and so is the line under which a pronoun is left open.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from evals.sources import is_same_name
from sourceline.attribute.attributions import Attributor
from sourceline.model.mention import MentionForm
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.entity_heads import EntityFindings
from sourceline.neural.tokens import Tokens
from sourceline.resolve.coreference import Entities, EntityReader
from sourceline.resolve.known import fullest_name
from sourceline.resolve.mentions import Mentions, Range
from sourceline.resolve.pronouns import FEATURES, TABLE, Ranker
from training.entity_data import read_lines
from training.markup import parse_markup

HERE = Path(__file__).parent
OUT = HERE.parent / "src/sourceline/resolve/tables" / TABLE
SCORER = FEATURES.index("scorer")
SCORER_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
FOLDS = 8
ROUNDS = 3
PENALTY = 0.01
UNSEEN = 3.0
"""What a pronoun that the scorer has not seen weighs beside the others, on which the scorer is too often right."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A pronoun that speaks and the fullest name of whom it means; `seen`: whether the scorer was trained on it."""

    text: str
    span: Range
    name: str
    at: Range
    named: bool
    seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """All of a text that one pass of the encoder gives."""

    text: str
    tokens: Tokens
    findings: Sequence[EntityFindings]
    sources: Sequence[Range]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One labelled pronoun: features (n, FEATURES) of its candidates, and which are right (n,)."""

    text: str
    rows: Floats
    right: NDArray[np.bool_]
    seen: bool


@dataclass(slots=True)
class Recorder:
    """Ranks as a ranker does and keeps what it was asked, by the pronoun's characters."""

    ranker: Ranker
    asked: dict[Range, tuple[list[Range], Floats]] = field(default_factory=dict)

    def rank(self, mentions: Mentions, mention: int, roots: Sequence[int], rows: Floats) -> dict[int, float]:
        spans = [(mentions.placed[root].start, mentions.placed[root].end) for root in roots]
        self.asked[mentions.placed[mention].start, mentions.placed[mention].end] = spans, rows
        return self.ranker.rank(mentions, mention, roots, rows)


def read_labels() -> tuple[list[Label], dict[str, str]]:
    """The labels and the texts that they are of, by id."""
    rows = [(path, json.loads(line)) for path in sorted((HERE / "sources").glob("speakers_*.jsonl")) for line in _lines(path)]
    whole = [(path, json.loads(line)) for path in sorted((HERE / "sources").glob("whole_*.jsonl")) for line in _lines(path)]
    wanted = {row["doc"] for _, row in (*rows, *whole)}
    texts = {row["id"]: row["text"] for row in read_lines("polnear/train") if row["id"] in wanted}
    for path in sorted((HERE / "fiction").glob("*.txt")):
        if path.stem in wanted:
            texts[path.stem] = parse_markup(path.read_text("utf-8"))["text"]
    labels = [_label(texts, row, row["full"], named=True, seen=True) for _, row in rows if row["full"]]
    labels += [_label(texts, row, row["name"][0], named=row["named"], seen=False) for _, row in whole if row["name"]]
    return [label for label in labels if texts[label.text][slice(*label.span)].lower() in ("he", "she")], texts


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _label(texts: Mapping[str, str], row: Mapping[str, Any], name: Range, *, named: bool, seen: bool) -> Label:
    start, end = row["source"][0]
    wording = texts[row["doc"]][slice(*name)]
    return Label(text=row["doc"], span=(start, end), name=wording, at=(name[0], name[1]), named=named, seen=seen)


def read_texts(texts: Mapping[str, str]) -> Iterator[tuple[str, ReadText]]:
    encoder = Encoder()
    attributor, reader = Attributor(encoder), EntityReader(encoder.artefact)
    for name, text in texts.items():
        tokens = encoder.tokenise(text)
        windows = [encoder.encode_window(tokens, place) for place in place_windows(tokens)]
        found, _ = attributor.find_attributions(text, tokens, [attributor.read_window(w) for w in windows])
        sources = [span for attribution in found for span in attribution.source]
        findings = [reader.read_window(window) for window in windows]
        yield name, ReadText(text=text, tokens=tokens, findings=findings, sources=sources)


def collect(labels: Iterable[Label], texts: Mapping[str, ReadText], ranker: Ranker, reader: EntityReader) -> list[Example]:
    """The labelled pronouns as they look when everything is resolved with `ranker`."""
    by_text: dict[str, list[Label]] = {}
    for label in labels:
        by_text.setdefault(label.text, []).append(label)
    examples = []
    for name, some in by_text.items():
        recorder = Recorder(ranker)
        read = texts[name]
        entities = reader.with_ranker(recorder).find_entities(read.text, read.tokens, read.findings, read.sources)
        for label in some:
            if label.span in recorder.asked:
                spans, rows = recorder.asked[label.span]
                right = np.array([_is_meant(read.text, entities, span, label) for span in spans], bool)
                examples.append(Example(text=name, rows=rows, right=right, seen=label.seen))
    return examples


def _is_meant(text: str, entities: Entities, span: Range, label: Label) -> bool:
    """Whether the cluster of the mention at `span` is the one labelled: by its fullest name, or by its description."""
    entity = entities.entity_at(*span)
    names = [m for m in entity.mentions if m.form is MentionForm.NAME] if entity else []
    if entity is None or label.named != bool(names):
        return False
    if label.named:
        return is_same_name(fullest_name(text, names), [label.name])
    return any(m.start < label.at[1] and m.end > label.at[0] for m in entity.mentions)


def fit(examples: Sequence[Example], scorer_weight: float) -> Floats:
    """Weights (FEATURES,) under which the right candidates are most probable, the scorer's own being given."""
    kept = [e for e in examples if e.right.any()]
    width = max(len(e.rows) for e in kept)
    rows = np.zeros((len(kept), width, len(FEATURES)), np.float32)
    there, right = np.zeros((2, len(kept), width), bool)
    for i, example in enumerate(kept):
        n = len(example.rows)
        rows[i, :n], there[i, :n], right[i, :n] = example.rows, True, example.right
    given = torch.from_numpy(rows[..., SCORER]) * scorer_weight
    rows[..., SCORER] = 0
    x, is_there, is_right = torch.from_numpy(rows), torch.from_numpy(there), torch.from_numpy(right)
    share = torch.tensor([1.0 if e.seen else UNSEEN for e in kept])
    share /= share.sum()
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        scores = x @ weights + given
        of_all = torch.logsumexp(scores.masked_fill(~is_there, -1e4), 1)
        of_right = torch.logsumexp(scores.masked_fill(~is_right, -1e4), 1)
        loss = ((of_all - of_right) * share).sum() + PENALTY * (weights**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    fitted = weights.detach().numpy().astype(np.float32)
    fitted[SCORER] = scorer_weight
    return fitted


def hold_out(examples: Sequence[Example], scorer_weight: float) -> list[tuple[float, bool]]:
    """For each pronoun that the scorer has not seen: how sure its best candidate is and whether it is right, with
    weights fitted without the articles of its fold."""
    names = sorted({e.text for e in examples if not e.seen})
    outcomes = []
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        weights = fit([e for e in examples if e.text not in out], scorer_weight)
        for example in examples:
            if example.text in out and not example.seen and len(example.rows):
                scores = example.rows @ weights
                shares = np.exp(scores - scores.max())
                best = int(scores.argmax())
                outcomes.append((float(shares[best] / shares.sum()), bool(example.right[best])))
    return outcomes


def train(labels: Sequence[Label], texts: Mapping[str, ReadText], report: Callable[[str], None] = print) -> dict[str, object]:
    """The table of weights."""
    reader = EntityReader(Encoder().artefact)
    ranker = Ranker(weights=np.zeros(len(FEATURES), np.float32))
    ranker.weights[SCORER] = 1.0
    best = 0.3
    examples: list[Example] = []
    for number in range(ROUNDS):
        latest = collect(labels, texts, ranker, reader)
        examples = [*examples, *latest]  # as the rankers of all rounds left the pronouns before
        held = {weight: hold_out(examples, weight) for weight in SCORER_WEIGHTS}
        best = max(held, key=lambda weight: (sum(right for _, right in held[weight]), -weight))
        ranker = Ranker(weights=fit(examples, best))
        there = sum(e.right.any() for e in latest)
        report(f"round {number + 1}: {len(latest)} pronouns, {there} with a right candidate")
        for weight, outcomes in held.items():
            report(f"  scorer {weight}: {sum(right for _, right in outcomes)} of {len(outcomes)} held out")
        for line in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            given = [right for sure, right in held[best] if sure >= line]
            report(f"  from {line}: {sum(given)} right, {len(given) - sum(given)} wrong")
    return {"scorer weight": best, "weights": dict(zip(FEATURES, ranker.weights.round(4).tolist(), strict=True))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    labels, texts = read_labels()
    table = train(labels, dict(read_texts(texts)))
    OUT.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
