"""Who is behind each span, where, and through whom: sources, chains, lineage, places and the first article's rows."""

from __future__ import annotations

import json
from collections.abc import Callable

from evals.measures import CASES, DATA, SEED, Bench, Figures
from evals.places import measure_countries, read_rows
from evals.scoring import f1
from evals.seed_rows import judge_rows
from evals.sources import read_cases, score_sources
from sourceline.clean.document import clean_record
from sourceline.model.record import Record
from sourceline.settings import Settings
from sourceline.show.json import reading_object

SOURCES = CASES / "sources"


def measure_sources(bench: Bench) -> Figures | None:
    """Speaker, kind, role, affiliation and chain of the labelled attributions of PolNeAR dev that are found."""
    rows = bench.polnear_dev()
    if rows is None:
        return None
    documents = {row["id"]: row["text"] for row, _ in rows}
    readings = {row["id"]: reading_object(reading) for row, reading in rows}
    return score_sources(documents, read_cases(SOURCES / "polnear_dev.jsonl"), readings)


def measure_own_sources(bench: Bench) -> Figures:
    """The same on our own articles, and their lineage as documents."""
    documents = {path.stem: path.read_text("utf-8") for path in sorted((SOURCES / "own").glob("*.txt"))}
    readings = {name: reading_object(bench.read(name, text)) for name, text in documents.items()}
    figures = score_sources(documents, read_cases(SOURCES / "own.jsonl"), readings)
    rows = [json.loads(line) for line in (SOURCES / "own_documents.jsonl").read_text("utf-8").splitlines()]
    right = sum(bench.read(row["doc"], documents[row["doc"]], True).lineage.value == row["lineage"] for row in rows)
    return {**figures, "lineage": round(100 * right / len(rows), 1)}


def measure_seed_rows(bench: Bench) -> Figures | None:
    """How many of the first article's rows hold: sources, chains, values and own voice."""
    if not (SEED / "article.txt").exists():
        return None
    text = (SEED / "article.txt").read_text("utf-8")
    settings = Settings()
    dated, undated = (
        bench.pipeline.read(clean_record(Record(id="seed", text=text, published=day), settings))
        for day in ("2017-08-17", None)
    )
    rows = judge_rows(dated, undated)
    return {"rows": float(len(rows)), "right": float(sum(rows.values()))}


def measure_places(bench: Bench) -> Figures | None:
    """Mentions found on GeoVirus, and the country right given the gold mention."""
    rows = list(read_rows(DATA))
    figures = measure_countries(DATA)
    if not rows or figures is None:
        return None
    readings = bench.read_many((row["doc"], row["text"]) for row in rows)
    hits = found = gold = 0
    for row, reading in zip(rows, readings, strict=True):
        ours = {(place.span.start, place.span.end) for place in reading.places}
        theirs = {(start, end) for start, end, _ in row["places"]}
        hits, found, gold = hits + len(ours & theirs), found + len(ours), gold + len(theirs)
    return {"mention_f1": f1(hits, found, gold), **figures}


MEASURES: dict[str, Callable[[Bench], Figures | None]] = {
    "sources": measure_sources,
    "sources_own": measure_own_sources,
    "seed_rows": measure_seed_rows,
    "places": measure_places,
}
