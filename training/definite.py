"""Trains the ranking of whom definite descriptions mean: python -m training.definite

As `training.pronouns`: the labelled articles are resolved with the weights so far, the candidates of every labelled
description are kept, and the weights fitted anew. "None of them" is right where the label names nobody.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from evals.sources import is_same_name
from sourceline.model.mention import Entity, MentionForm
from sourceline.neural.encoder import Encoder
from sourceline.resolve.coreference import EntityReader
from sourceline.resolve.definite import FEATURES, TABLE, Ranking
from sourceline.resolve.known import fullest_name
from sourceline.resolve.mentions import Range
from sourceline.resolve.ranking import Ranker
from sourceline.resolve.source_phrases import Phrase
from sourceline.resolve.sources import resolve_sources
from training.ranking import Example, Floats, fit, hold_out
from training.speaker_labels import Label, ReadText, read_labels, read_texts

OUT = Path(__file__).parent.parent / "src/sourceline/resolve/tables" / TABLE
REFERENCE = FEATURES.index("reference")
REFERENCE_WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0)
ROUNDS = 2
LINES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(slots=True)
class Asked:
    """What the ranking of one text was asked, by the description's characters."""

    candidates: dict[Range, tuple[list[Entity], Floats]] = field(default_factory=dict)

    def note(self, phrase: Phrase, entities: Sequence[Entity], rows: Floats) -> None:
        self.candidates[phrase.start, phrase.end] = list(entities), rows


def collect(
    labels: Mapping[str, Sequence[Label]], texts: Mapping[str, ReadText], ranker: Ranker, reader: EntityReader
) -> list[Example]:
    examples = []
    for name, some in labels.items():
        asked, read = Asked(), texts[name]
        entities = reader.find_entities(read.text, read.tokens, read.findings, read.spans)
        resolve_sources(read.text, read.sources, entities, ranking=Ranking(ranker, observer=asked))
        for label in some:
            if label.span in asked.candidates:
                candidates, rows = asked.candidates[label.span]
                right = [_is_meant(read.text, entity, label) for entity in candidates]
                right.append(not label.named)
                examples.append(Example(text=name, rows=rows, right=np.array(right, bool), seen=label.seen))
    return examples


def _is_meant(text: str, entity: Entity, label: Label) -> bool:
    names = [m for m in entity.mentions if m.form is MentionForm.NAME]
    return label.named and label.name is not None and is_same_name(fullest_name(text, names), [label.name])


def train(
    labels: Sequence[Label], texts: Mapping[str, ReadText], report: Callable[[str], None] = print
) -> dict[str, dict[str, float]]:
    """The table of weights."""
    by_text: dict[str, list[Label]] = {}
    for label in labels:
        by_text.setdefault(label.text, []).append(label)
    reader = EntityReader(Encoder().artefact)
    ranker = Ranker(weights=np.eye(len(FEATURES), dtype=np.float32)[REFERENCE])
    examples: list[Example] = []
    for number in range(ROUNDS):
        latest = collect(by_text, texts, ranker, reader)
        examples = [*examples, *latest]
        there = sum(e.right.any() for e in latest)
        named = sum(not e.right[-1] for e in latest)
        report(f"round {number + 1}: {len(latest)} descriptions, {named} of somebody named, {there} to be found")
        held = {weight: hold_out(examples, {REFERENCE: weight}, everything=True) for weight in REFERENCE_WEIGHTS}
        for weight, outcomes in held.items():
            report(f"  reference {weight}: {sum(o.right for o in outcomes)} of {len(outcomes)} held out")
        best = max(held, key=lambda weight: (sum(o.right for o in held[weight]), -weight))
        for line in LINES:
            given = [o.right for o in held[best] if o.sure >= line and not o.last]
            report(f"  from {line}: {sum(given)} named right, {len(given) - sum(given)} wrong")
        ranker = Ranker(weights=fit(examples, {REFERENCE: best}))
    return {"weights": dict(zip(FEATURES, ranker.weights.round(4).tolist(), strict=True))}


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    labels, texts = read_labels()
    OUT.write_text(json.dumps(train(labels, dict(read_texts(texts))), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
