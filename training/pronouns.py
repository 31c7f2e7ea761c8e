"""Trains the rankings of speakers: python -m training.pronouns

Reads the labelled articles with the weights so far, keeps the candidates of every labelled pronoun, fits anew, and goes
round again, so that each pronoun is seen as the ones before it were resolved. The scorer of antecedents was trained on
the labels in `speakers_*.jsonl`; the weight of what it says is therefore chosen on articles that it never saw
(`whole_*.jsonl`), each fold held out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from evals.sources import is_same_name
from sourceline.model.mention import MentionForm
from sourceline.neural.encoder import Encoder
from sourceline.resolve.coreference import Entities, EntityReader
from sourceline.resolve.known import fullest_name
from sourceline.resolve.mentions import Mentions, Range
from sourceline.resolve.pronouns import FEATURES, TABLE, Ranking
from sourceline.resolve.ranking import Ranker
from training.ranking import Example, Floats, fit, hold_out
from training.speaker_labels import Label, ReadText, read_labels, read_texts

OUT = Path(__file__).parent.parent / "src/sourceline/resolve/tables" / TABLE
SCORER = FEATURES.index("scorer")
SCORER_WEIGHTS = (0.0, 0.1, 0.3, 0.5, 0.7, 1.0)
ROUNDS = 3
LINES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(slots=True)
class Asked:
    """What the ranking of one text was asked, by the pronoun's characters."""

    candidates: dict[Range, tuple[list[Range], Floats]] = field(default_factory=dict)

    def note(self, mentions: Mentions, mention: int, roots: Sequence[int], rows: Floats) -> None:
        spans = [(mentions.placed[root].start, mentions.placed[root].end) for root in roots]
        self.candidates[mentions.placed[mention].start, mentions.placed[mention].end] = spans, rows


def collect(
    labels: Mapping[str, Sequence[Label]], texts: Mapping[str, ReadText], ranker: Ranker, reader: EntityReader
) -> list[Example]:
    """The labelled pronouns as they look when everything is resolved with `ranker`."""
    examples = []
    for name, some in labels.items():
        asked, read = Asked(), texts[name]
        ranking = Ranking(ranker, asked)
        entities = reader.with_ranking(ranking).find_entities(read.text, read.tokens, read.findings, read.spans)
        for label in some:
            if label.span in asked.candidates:
                spans, rows = asked.candidates[label.span]
                right = np.array([_is_meant(read.text, entities, span, label) for span in spans], bool)
                examples.append(Example(text=name, rows=rows, right=right, seen=label.seen))
    return examples


def _is_meant(text: str, entities: Entities, span: Range, label: Label) -> bool:
    """Whether the cluster of the mention at `span` is the one labelled: by its fullest name, or by its description."""
    entity = entities.entity_at(*span)
    names = [m for m in entity.mentions if m.form is MentionForm.NAME] if entity else []
    if entity is None or label.name is None or label.at is None or label.named != bool(names):
        return False
    if label.named:
        return is_same_name(fullest_name(text, names), [label.name])
    start, end = label.at
    return any(m.start < end and m.end > start for m in entity.mentions)


def train(
    labels: Sequence[Label], texts: Mapping[str, ReadText], report: Callable[[str], None] = print
) -> dict[str, dict[str, float]]:
    """The table of weights."""
    by_text: dict[str, list[Label]] = {}
    for label in labels:
        start, end = label.span
        if label.name is not None and texts[label.text].text[start:end].lower() in ("he", "she"):
            by_text.setdefault(label.text, []).append(label)
    reader = EntityReader(Encoder().artefact)
    ranker = Ranker(weights=np.eye(len(FEATURES), dtype=np.float32)[SCORER])
    examples: list[Example] = []
    for number in range(ROUNDS):
        latest = collect(by_text, texts, ranker, reader)
        examples = [*examples, *latest]  # as the rankers of all rounds left the pronouns before
        there = sum(e.right.any() for e in latest)
        report(f"round {number + 1}: {len(latest)} pronouns, {there} with a right candidate")
        held = {weight: hold_out(examples, {SCORER: weight}) for weight in SCORER_WEIGHTS}
        for weight, outcomes in held.items():
            report(f"  scorer {weight}: {sum(o.right for o in outcomes)} of {len(outcomes)} held out")
        best = max(held, key=lambda weight: (sum(o.right for o in held[weight]), -weight))
        for line in LINES:
            given = [o.right for o in held[best] if o.sure >= line]
            report(f"  from {line}: {sum(given)} right, {len(given) - sum(given)} wrong")
        ranker = Ranker(weights=fit(examples, {SCORER: best}))
    return {"weights": dict(zip(FEATURES, ranker.weights.round(4).tolist(), strict=True))}


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    labels, texts = read_labels()
    OUT.write_text(json.dumps(train(labels, dict(read_texts(texts))), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
