"""What is measured, one function a set: each returns figures by name, or None where its data is absent."""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from evals import dates, regions
from evals.coreference import EntityBench, measure_coreference
from evals.names import measure_names
from evals.scoring import Tally, f1, rows_of
from sourceline.attribute.attributions import Attributor
from sourceline.attribute.sentences import find_sentences
from sourceline.clean.document import clean_record
from sourceline.model.reading import Reading
from sourceline.model.record import Record
from sourceline.model.text import RegionKind
from sourceline.neural.encoder import Encoder
from sourceline.pipeline import Pipeline
from sourceline.resolve.coreference import EntityReader
from sourceline.settings import Settings
from training.markup import parse_markup

DATA = Path(os.environ.get("SOURCELINE_DATA", "../shared/data"))
SEED = DATA.parent / "seed"
CASES = Path(__file__).parent / "cases"

Figures = dict[str, float]
Spoken = Mapping[str, Any]


class Bench:
    """The pipeline, and the readings that several measures share."""

    def __init__(self) -> None:
        self.pipeline = Pipeline(Settings())
        self._polnear: list[tuple[dict[str, Any], Reading]] | None = None
        self._entities: EntityBench | None = None

    @property
    def entities(self) -> EntityBench:
        if self._entities is None:
            encoder = Encoder()
            self._entities = EntityBench(encoder, Attributor(encoder), EntityReader(encoder.artefact))
        return self._entities

    def read(self, name: str, text: str, clean: bool = False) -> Reading:
        return self.pipeline.read(clean_record(Record(id=name, text=text), Settings(clean=clean)))

    def read_many(self, texts: Iterable[tuple[str, str]]) -> list[Reading]:
        settings = Settings(clean=False)
        items = (clean_record(Record(id=name, text=text), settings) for name, text in texts)
        return [r for r in self.pipeline.read_many(items) if isinstance(r, Reading)]

    def polnear_dev(self) -> list[tuple[dict[str, Any], Reading]] | None:
        path = DATA / "polnear" / "dev.jsonl"
        if self._polnear is None and path.exists():
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            self._polnear = list(zip(rows, self.read_many((r["id"], r["text"]) for r in rows), strict=True))
        return self._polnear


def spans_of(reading: Reading) -> list[dict[str, list[tuple[int, int]]]]:
    return [
        {role: [(s.start, s.end) for s in getattr(a, role)] for role in ("source", "cue", "content")}
        for a in reading.attributions
    ]


def measure_polnear(bench: Bench) -> Figures | None:
    """Attributions on PolNeAR dev, against every annotator of each article."""
    readings = bench.polnear_dev()
    if readings is None:
        return None
    tally = Tally()
    for row, reading in readings:
        found = rows_of(row["text"], spans_of(reading))
        for layer in row["annotations"]:
            tally.add(rows_of(row["text"], layer["attributions"]), found)
    return tally.figures()


def measure_cases(folder: str) -> Callable[[Bench], Figures | None]:
    def measure(bench: Bench) -> Figures | None:
        tally = Tally()
        hits = right = 0
        parsed = [(p.stem, parse_markup(p.read_text("utf-8"))) for p in sorted((CASES / folder).glob("*.txt"))]
        readings = bench.read_many((name, case["text"]) for name, case in parsed)
        for (_, case), reading in zip(parsed, readings, strict=True):
            tally.add(rows_of(case["text"], case["attributions"]), rows_of(case["text"], spans_of(reading)))
            for spoken in case["attributions"]:
                found = find_by_cue(reading, spoken["cue"])
                if found is not None:
                    hits += 1
                    right += found.act.value == spoken["act"]
        return {**tally.figures(), "act": round(100 * right / max(1, hits), 1)}

    measure.__doc__ = f"Our own marked texts in evals/cases/{folder}."
    return measure


def find_by_cue(reading: Reading, cue: list[list[int]]) -> Any:
    """The attribution whose cue overlaps most with the given one, if any does."""
    best, most = None, 0
    for a in reading.attributions:
        shared = sum(max(0, min(s.end, y) - max(s.start, x)) for s in a.cue for x, y in cue)
        if shared > most:
            best, most = a, shared
    return best


def measure_acts(bench: Bench) -> Figures | None:
    """Act and quote of the labelled attributions of PolNeAR dev that are found."""
    readings = bench.polnear_dev()
    if readings is None:
        return None
    by_name = {row["id"]: reading for row, reading in readings}
    labels = [json.loads(line) for line in (CASES / "acts" / "polnear_dev.jsonl").read_text("utf-8").splitlines()]
    found = [(label, find_by_cue(by_name[label["doc"]], label["cue"])) for label in labels]
    pairs = [(label, a) for label, a in found if a is not None]
    return {
        "labelled": float(len(labels)),
        "found": float(len(pairs)),
        "act": round(100 * sum(a.act.value == label["act"] for label, a in pairs) / len(pairs), 1),
        "quote": round(100 * sum(a.quote.value == label["quote"] for label, a in pairs) / len(pairs), 1),
    }


def measure_own_voice(bench: Bench) -> Figures | None:
    """Own-voice sentences: 8 articles of PolNeAR dev (where present) and 7 of our own."""
    hits = found = gold = 0
    dev_hits = dev_found = dev_gold = 0
    readings = bench.polnear_dev()
    if readings is not None:
        by_name = {row["id"]: reading for row, reading in readings}
        for line in (CASES / "own_voice" / "polnear_dev.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            marked = [a.span.start for a in by_name[row["doc"]].unattributed]
            for start, end, label in row["sentences"]:
                ours = any(start <= at < end for at in marked)
                dev_hits += ours and label == 1
                dev_found += ours
                dev_gold += label
    for name in (CASES / "own_voice" / "articles.txt").read_text("utf-8").split():
        stem = name.removesuffix(".txt")
        case = parse_markup((CASES / "articles" / f"{stem}.txt").read_text("utf-8"))
        reading = bench.read(stem, case["text"])
        starts = [s for s, _ in find_sentences(case["text"])]
        theirs = {bisect_right(starts, span[0]) for span in case["own"]}
        ours_at = {bisect_right(starts, a.span.start) for a in reading.unattributed}
        hits += len(theirs & ours_at)
        found += len(ours_at)
        gold += len(theirs)
    return {
        "f1": f1(hits + dev_hits, found + dev_found, gold + dev_gold),
        "f1_own_texts": f1(hits, found, gold),
        **({"f1_polnear": f1(dev_hits, dev_found, dev_gold)} if dev_gold else {}),
    }


def measure_confidence(bench: Bench) -> Figures | None:
    """How well the confidence is calibrated on PolNeAR dev (right: overlapping in all three roles)."""
    readings = bench.polnear_dev()
    if readings is None:
        return None
    rows: list[tuple[float, float]] = []
    for row, reading in readings:
        for a in reading.attributions:
            agreeing = [_overlaps(a, layer["attributions"]) for layer in row["annotations"]]
            rows.append((a.confidence, sum(agreeing) / len(agreeing)))
    bins: dict[int, list[tuple[float, float]]] = {}
    for sure, right in rows:
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, right))
    error = sum(abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins.values()) / len(rows)
    high = [right for sure, right in rows if sure >= 0.9]
    return {
        "calibration_error": round(100 * error, 1),
        "precision_at_0.9": round(100 * sum(high) / max(1, len(high)), 1),
        "share_at_0.9": round(100 * len(high) / len(rows), 1),
    }


def _overlaps(attribution: Any, spoken: list[Spoken]) -> bool:
    def touch(spans: Any, ranges: Any) -> bool:
        return any(s.start < y and s.end > x for s in spans for x, y in ranges)

    for other in spoken:
        if touch(attribution.cue, other["cue"]):
            source = not attribution.source or not other["source"] or touch(attribution.source, other["source"])
            if source and touch(attribution.content, other["content"]):
                return True
    return False


def measure_seed(bench: Bench) -> Figures | None:
    """The first article: attributions overlapping and exact of 13, any in boilerplate, regions, an invented date."""
    if not (SEED / "gold.jsonl").exists():
        return None
    gold = json.loads((SEED / "gold.jsonl").read_text("utf-8").splitlines()[0])
    reading = bench.read("seed", gold["text"], clean=True)
    overlapping = exact = acts = quotes = 0
    found = rows_of(gold["text"], spans_of(reading))
    for spoken, row in zip(gold["attributions"], rows_of(gold["text"], gold["attributions"]), strict=True):
        overlapping += any(all(row.roles[r] & f.roles[r] for r in row.roles) for f in found)
        exact += any(row.roles == f.roles for f in found)
        a = find_by_cue(reading, spoken["cue"])
        acts += a is not None and a.act.value == spoken["act"]
        quotes += a is not None and a.quote.value == spoken["quote"]
    kinds = {RegionKind.BOILERPLATE, RegionKind.CREDIT}
    cast_out = [r for r in reading.document.regions if r.kind in kinds]
    right = sum(any(r.start <= s and e <= r.end for r in cast_out) for s, e in gold["boilerplate"])
    byline = re.search(r"^.* is a Reporter for$", gold["text"], re.MULTILINE)
    bylines = [r for r in reading.document.regions if r.kind is RegionKind.BYLINE]
    return {
        "overlapping": float(overlapping),
        "exact": float(exact),
        "act": float(acts),
        "quote": float(quotes),
        "found": float(len(reading.attributions)),
        "boilerplate_lines": float(right),
        "byline": float(byline is not None and any(r.start <= byline.start() < r.end for r in bylines)),
        "date_not_invented": float(reading.document.published is None),
    }


def group_name(group: str) -> str:
    return group.replace(",", "").replace(" ", "_")


def measure_regions(bench: Bench) -> Figures | None:
    """Lines of the labelled flattened pages, and attributions read from lines labelled as boilerplate."""
    pages = regions.read_pages()
    right = total = 0
    by_group: dict[str, list[int]] = {}
    stray = 0
    for page in pages:
        kinds = regions.found_kinds(page)
        for (labels, _), kind in zip(page.lines, kinds, strict=True):
            by_group.setdefault(page.group, []).append(kind in labels)
            right += kind in labels
            total += 1
        text = "\n".join(line for _, line in page.lines)
        reading = bench.read(page.name, text, clean=True)
        at, bounds = 0, []
        for labels, line in page.lines:
            if labels == ["boilerplate"]:
                bounds.append((at, at + len(line)))
            at += len(line) + 1
        cues = [a.cue[0].start for a in reading.attributions]
        stray += sum(any(s <= cue < e for s, e in bounds) for cue in cues)
    return {
        "lines": round(100 * right / total, 1),
        **{f"lines_{group_name(g)}": round(100 * sum(x) / len(x), 1) for g, x in by_group.items()},
        "pages": float(len(pages)),
        "attributions_from_boilerplate": float(stray),
    }


def measure_dates(_: Bench) -> Figures | None:
    """Values of dates on GUM and MEANTIME dev, and on the fixed rows of the recognizers' specification."""
    return dates.measure()


MEASURES: dict[str, Callable[[Bench], Figures | None]] = {
    "polnear_dev": measure_polnear,
    "acts": measure_acts,
    "confidence": measure_confidence,
    "own_voice": measure_own_voice,
    "articles": measure_cases("articles"),
    "traps": measure_cases("traps"),
    "seed": measure_seed,
    "regions": measure_regions,
    "dates": measure_dates,
    "names": lambda bench: measure_names(DATA, bench.entities.encoder, bench.entities.reader),
    "coreference": lambda bench: measure_coreference(DATA, bench.entities),
}
