"""Names: spans of persons, organisations and places, exactly equal, on sets that nothing is trained on."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from evals.scoring import f1
from sourceline.model.mention import EntityKind
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.resolve.coreference import Entities, EntityReader

Name = tuple[int, int, EntityKind]
KINDS = {"PER": EntityKind.PERSON, "ORG": EntityKind.ORGANISATION, "LOC": EntityKind.PLACE}


def read_entities(encoder: Encoder, reader: EntityReader, text: str, scored: bool = True) -> Entities:
    """One text through the encoder and the entity heads, without attributions."""
    tokens = encoder.tokenise(text)
    findings = [reader.read_window(encoder.encode_window(tokens, place)) for place in place_windows(tokens)]
    return reader.find_entities(text, tokens, findings, scored=scored)


def measure_names(data: Path, encoder: Encoder, reader: EntityReader) -> dict[str, float] | None:
    """F1 of names on UNER EWT dev (by document) and on WikiGold (by sentence), whole and by kind."""
    figures: dict[str, float] = {}
    for name in ("uner_ewt_dev", "wikigold"):
        path = data / "ner" / f"{name}.jsonl"
        if not path.exists():
            return None
        tally: Counter[str] = Counter()
        for text, gold in read_named(path):
            found = {(m.start, m.end, m.kind) for m in read_entities(encoder, reader, text, scored=False).names}
            count(tally, set(gold), found)
        figures |= {f"{name}_{k}": v for k, v in figures_of(tally).items()}
    return figures


def read_named(path: Path) -> Iterator[tuple[str, list[Name]]]:
    """Texts with their names. Sentences of one document are set as one text where the set knows documents."""
    groups: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        groups[row.get("doc", row["id"])].append(row)
    for rows in groups.values():
        text, names = "", []
        for row in rows:
            part = str(row["text"])
            names += [
                (e["start"] + len(text), e["end"] + len(text), KINDS[e["norm"]])
                for e in row["entities"]  # type: ignore[attr-defined]
                if e["norm"] in KINDS
            ]
            text += part + (" " if part.rstrip()[-1:] in '.!?"”' else "\n")
        yield text, names


def count(tally: Counter[str], gold: set[Name], found: set[Name]) -> None:
    for which, kind in [("", None), *((f"_{k.value}", k) for k in KINDS.values())]:
        a = {n for n in gold if kind in (None, n[2])}
        b = {n for n in found if kind in (None, n[2])}
        tally[f"hits{which}"] += len(a & b)
        tally[f"gold{which}"] += len(a)
        tally[f"found{which}"] += len(b)
    bare_gold, bare_found = ({n[:2] for n in names} for names in (gold, found))
    tally["hits_span"] += len(bare_gold & bare_found)
    tally["gold_span"] += len(gold)
    tally["found_span"] += len(found)


def figures_of(tally: Counter[str]) -> dict[str, float]:
    def figure(which: str) -> float:
        return f1(tally[f"hits{which}"], tally[f"found{which}"], tally[f"gold{which}"])

    kinds: Iterable[str] = (k.value for k in KINDS.values())
    return {"f1": figure(""), "span_f1": figure("_span"), **{f"f1_{k}": figure(f"_{k}") for k in kinds}}
