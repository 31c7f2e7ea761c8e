"""Carriers on the labels of PolNeAR train, from its first annotator's attributions.

    python -m evals.chains [LABELS]

The rules were written over three quarters of the documents; the fourth (by the hash of the document's id) was never
looked at. Needs $SOURCELINE_DATA. Upstream is trained on these labels; `training.upstream --check` measures it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.measures import DATA
from evals.scoring import f1
from evals.sources import is_same_description
from sourceline.lexicon.aliases import find_entries
from sourceline.model.source import SourceKind
from sourceline.model.speech import Act
from sourceline.resolve.chains import Chain, find_chains
from sourceline.resolve.sayings import Range

LABELS = Path(__file__).parent.parent / "training/sources/polnear_train.jsonl"


@dataclass(frozen=True, slots=True)
class Gold:
    source: Sequence[Range]
    cue: Sequence[Range]
    content: Sequence[Range]
    act: Act = Act.STATE


def is_held_out(document: str) -> bool:
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 4 == 3


def is_media(name: str) -> bool:
    return any(entry.kind is SourceKind.MEDIA for entry in find_entries(name))


def score_chains(
    labels: Sequence[Mapping[str, Any]], documents: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[int, int, int]]:
    """Carriers right, given and labelled, by part."""
    read: dict[str, tuple[list[Gold], list[Chain]]] = {}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for label in labels:
        document = documents[label["doc"]]
        text = document["text"]
        if label["doc"] not in read:
            sayings = _sayings(document)
            read[label["doc"]] = sayings, find_chains(text, sayings, is_media=is_media)
        sayings, chains = read[label["doc"]]
        chain = chains[max(range(len(sayings)), key=lambda i: _shared(sayings[i].cue, label["cue"]))]
        part = "held out" if is_held_out(label["doc"]) else "looked at"
        left = [text[start:end] for start, end in chain.via]
        given = len(left)
        for start, end in label["via"]:
            match = next((words for words in left if is_same_description(words, [text[start:end]])), None)
            if match is not None:
                left.remove(match)
        for i, count in enumerate((given - len(left), given, len(label["via"]))):
            counts[part][i] += count
    return {name: (right, given, labelled) for name, (right, given, labelled) in counts.items()}


def _sayings(document: Mapping[str, Any]) -> list[Gold]:
    marked = document["annotations"][0]["attributions"]
    ranges = [{role: [(s, e) for s, e in a[role]] for role in ("source", "cue", "content")} for a in marked if a["cue"]]
    return sorted((Gold(**roles) for roles in ranges), key=lambda saying: saying.cue)


def _shared(a: Sequence[Range], b: Sequence[Sequence[int]]) -> int:
    return sum(max(0, min(e, f) - max(s, g)) for s, e in a for g, f in b)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="?", default=LABELS)
    labels = [json.loads(line) for line in parser.parse_args().labels.read_text("utf-8").splitlines()]
    lines = (DATA / "polnear/train.jsonl").read_text("utf-8").splitlines()
    documents = {row["id"]: row for row in map(json.loads, lines)}
    for name, (right, given, labelled) in sorted(score_chains(labels, documents).items()):
        print(f"{name:<22}{f1(right, given, labelled):>6.1f}   {right} right of {given}, {labelled} labelled")


if __name__ == "__main__":
    main()
