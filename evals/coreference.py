"""Coreference: the CoNLL figure on news and interviews, with given and with found mentions, and pronouns of GAP.

In scope are persons, organisations and places, as names, nominals and pronouns (he, she, it, they, I, we, you with
their forms). Two joined by "and" are no mention of their own. A nominal stands for its phrase up to the head, and a
found mention is a given one where both end with the same character.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterator
from pathlib import Path

import numpy as np

from evals.clusters import ClusterTally
from sourceline.attribute.attributions import Attributor
from sourceline.model.mention import MentionForm
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.entity_heads import VECTOR
from sourceline.neural.tokens import Tokens
from sourceline.resolve.coreference import Entities, EntityReader
from sourceline.resolve.mentions import KINDS, Placed, Range
from training.entity_data import Text, read_gum, read_meantime, token_range

GENRES = ("news", "interview")


class EntityBench:
    """The parts of the pipeline that read entities."""

    def __init__(self, encoder: Encoder, attributor: Attributor, reader: EntityReader) -> None:
        self.encoder, self.attributor, self.reader = encoder, attributor, reader

    def read(self, text: str, given: Text | None = None) -> Entities:
        """The entities of a text, from found mentions or from the given ones, with the attributions' sources."""
        tokens = self.encoder.tokenise(text)
        spoken, findings, halves = [], [], []
        for place in place_windows(tokens):
            window = self.encoder.encode_window(tokens, place)
            spoken.append(self.attributor.read_window(window))
            if given is None:
                findings.append(self.reader.read_window(window))
            else:
                core = slice(window.core_start - window.start, window.core_end - window.start)
                _, lead, tail = self.reader.heads.score_tokens(window)
                halves.append((lead[core], tail[core]))
        found, _ = self.attributor.find_attributions(text, tokens, spoken)
        sources: list[Range] = sorted({span for f in found for span in f.source})
        if given is None:
            return self.reader.find_entities(text, tokens, findings, sources)
        lead, tail = (np.concatenate([h[i] for h in halves] or [np.zeros((0, VECTOR))]) for i in (0, 1))
        return self.reader.join_mentions(text, tokens.states, place_given(given, tokens, lead, tail), sources)


def place_given(text: Text, tokens: Tokens, lead: np.ndarray, tail: np.ndarray) -> list[Placed]:
    placed = []
    for m in text.mentions:
        a, b = token_range(tokens, m.start, m.end)
        shares = tuple(0.9 if k is m.kind else 0.05 for k in KINDS)
        if m.form is MentionForm.PRONOUN:
            shares = (1 / 3, 1 / 3, 1 / 3)
        placed.append(Placed(m.start, m.end, m.form, shares, 1.0, (lead[a] + tail[b - 1]).astype(np.float16)))
    return placed


def measure_coreference(data: Path, bench: EntityBench) -> dict[str, float] | None:
    """CoNLL F1 on the news and interviews of GUM dev and on MEANTIME dev, and GAP dev."""
    if not all((data / name).exists() for name in ("gum/dev.jsonl", "meantime/dev.jsonl", "gap/dev.jsonl")):
        return None
    sets = {"gum": list(read_gum("dev", GENRES)), "meantime": list(read_meantime("dev"))}
    figures: dict[str, float] = {}
    for name, texts in sets.items():
        figures |= {f"{name}_given_{k}": v for k, v in measure_clusters(texts, bench, given=True).items()}
        figures |= {f"{name}_found_{k}": v for k, v in measure_clusters(texts, bench, given=False).items()}
    return figures | {f"gap_{k}": v for k, v in measure_gap(data / "gap" / "dev.jsonl", bench).items()}


def measure_clusters(texts: list[Text], bench: EntityBench, given: bool) -> dict[str, float]:
    tally = ClusterTally()
    hits = found_count = gold_count = 0
    for text in texts:
        entities = bench.read(text.text, text if given else None)
        limit = min((s for s, _ in text.blind if s > 0 and not given and not text.complete), default=len(text.text))
        found = [[m.end for m in e.mentions if m.end <= limit] for e in entities.entities]
        gold: dict[str, set[Hashable]] = {}
        for m in text.mentions:
            gold.setdefault(m.cluster, set()).add(m.end)
        tally.add(gold.values(), found)
        theirs, ours = {m.end for m in text.mentions}, {end for part in found for end in part}
        hits += len(theirs & ours)
        found_count += len(ours)
        gold_count += len(theirs)
    mentions = {} if given else {"mentions": round(200 * hits / max(1, found_count + gold_count), 1)}
    return tally.figures() | mentions


def measure_gap(path: Path, bench: EntityBench) -> dict[str, float]:
    """F1 over the two names of each passage (Webster et al., TACL 2018), whole and by the pronoun's gender."""
    tally: Counter[str] = Counter()
    for row, entities in read_gap_passages(path, bench):
        start, end = row["pronoun"]
        gender = "feminine" if row["text"][start:end].casefold() in ("she", "her", "hers") else "masculine"
        entity = entities.entity_at(start, end)
        for which in ("a", "b"):
            s, e = row[which]
            meant = entity is not None and any(m.start < e and m.end > s for m in entity.mentions)
            for group in ("all", gender):
                tally[f"{group}_hits"] += meant and row[f"{which}_coref"]
                tally[f"{group}_found"] += meant
                tally[f"{group}_gold"] += row[f"{which}_coref"]

    def figure(group: str) -> float:
        return round(200 * tally[f"{group}_hits"] / max(1, tally[f"{group}_found"] + tally[f"{group}_gold"]), 1)

    masculine, feminine = figure("masculine"), figure("feminine")
    return {
        "f1": figure("all"),
        "f1_masculine": masculine,
        "f1_feminine": feminine,
        "feminine_to_masculine": round(feminine / max(masculine, 0.1), 2),
        "precision": round(100 * tally["all_hits"] / max(1, tally["all_found"]), 1),
    }


def read_gap_passages(path: Path, bench: EntityBench) -> Iterator[tuple[dict, Entities]]:  # type: ignore[type-arg]
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row, bench.read(row["text"])
