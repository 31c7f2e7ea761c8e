"""Measures quantities: python -m evals.quantities [--rows SET].

`expressions` and `none` are our own sentences (evals/cases/quantities). The `recog_*` sets are one library's own
specification, so they measure agreement with that library's idea of a number; the rows of them that count were fixed
before the grammar was written (recognizer_rows.json). A row counts as right when each of its expressions overlaps
with a quantity of the same value, and one without any when nothing is found.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from evals.measures import CASES, DATA, Bench, Figures
from sourceline.model.value import Quantity
from sourceline.normalise.quantities.find import find_quantities

FOLDER = CASES / "quantities"
SETS = ("number", "number_range", "percent", "age", "temperature", "dimension", "currency")
MEASURED = ("age", "temperature", "dimension", "currency")
"""Sets where the unit has to be right as well."""

# The library's names of units, where they have a symbol here; others count by their value alone.
UNIT_NAMES = {
    "Year": "years", "Month": "months", "Week": "weeks", "Day": "days", "Age": "years",
    "C": "°C", "F": "°F", "Degree": "degrees",
    "Kilometer": "km", "Meter": "m", "Centimeter": "cm", "Millimeter": "mm", "Decimeter": "dm", "Mile": "mi",
    "Foot": "ft", "Inch": "in", "Square kilometer": "km²", "Square meter": "m²", "Acre": "ac", "Gallon": "gal",
    "Barrel": "bbl", "Liter": "l", "Milliliter": "ml", "Ton": "ton", "Metric ton": "t", "Pound": None, "Ounce": "oz",
    "Kilogram": "kg", "Microgram": "µg", "Cubic foot": "ft³", "Mile per hour": "mph", "Kilometer per hour": "km/h",
    "Dollar": "USD", "United States dollar": "USD", "Canadian dollar": "CAD", "Australian dollar": "AUD",
    "Hong Kong dollar": "HKD", "Euro": "EUR", "British pound": "GBP", "Japanese yen": "JPY", "Chinese yuan": "CNY",
    "Swiss franc": "CHF", "Turkish lira": "TRY", "Costa Rican colón": "CRC", "Georgian lari": "GEL", "Lao kip": "LAK",
}  # fmt: skip


def same_number(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) <= 1e-4 * abs(wanted)


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def touching(found: tuple[Quantity, ...], start: int, end: int) -> Quantity | None:
    """Of the quantities that overlap with the stretch, the one that shares most of it."""

    def shared(quantity: Quantity) -> int:
        return min(quantity.span.end, end) - max(quantity.span.start, start)

    best = max(found, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def measure_expressions(_: Bench | None = None) -> Figures:
    """Our own expressions, and sentences where there is no quantity."""
    silent = rows_of("none.jsonl")
    return {
        **judge_expressions("expressions.jsonl"),
        "none_found_where_none_is": round(100 * sum(not find_quantities(r["text"]) for r in silent) / len(silent), 1),
    }


def measure_unseen(_: Bench | None = None) -> Figures:
    """Expressions that were written when the grammar was done, and on which it has not been changed."""
    return judge_expressions("unseen.jsonl")


def judge_expressions(name: str) -> Figures:
    """Interval, unit, span and noun right, and how many quantities are found that nobody labelled."""
    rows = rows_of(name)
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_text.setdefault(row["text"], []).append(row)
    right = dict.fromkeys(("interval", "unit", "interval_and_unit", "span", "counted", "all"), 0)
    surplus = 0
    for text, labelled in by_text.items():
        found = find_quantities(text)
        used = set()
        for row in labelled:
            one = touching(found, row["start"], row["end"])
            used.add(one)
            if one is None:
                continue
            interval = same_number(one.low, row["low"]) and same_number(one.high, row["high"])
            marks = {
                "interval": interval,
                "unit": one.unit == row["unit"],
                "interval_and_unit": interval and one.unit == row["unit"],
                "span": (one.span.start, one.span.end) == (row["start"], row["end"]),
                "counted": one.counted == row["counted"],
            }
            for mark, holds in {**marks, "all": all(marks.values())}.items():
                right[mark] += holds
        surplus += sum(one not in used for one in found)
    return {
        "expressions": float(len(rows)),
        **{mark: round(100 * count / len(rows), 1) for mark, count in right.items()},
        "surplus": float(surplus),
    }


def measure_meantime(_: Bench | None = None) -> Figures | None:
    """How many amounts marked in the annotated sentences of MEANTIME (both parts) are touched; they have no values."""
    if not (DATA / "meantime").exists():
        return None
    marked: dict[str, list[int]] = {}
    for part in ("train", "dev"):
        for line in (DATA / "meantime" / f"{part}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            found = find_quantities(row["text"])
            for mention in row["mentions"]:
                if mention["tag"] == "VALUE":
                    spans = mention["spans"]
                    one = touching(found, spans[0][0], spans[-1][1])
                    marked.setdefault(mention["type"].lower(), []).append(one is not None)
    every = [hit for hits in marked.values() for hit in hits]
    return {
        "amounts": float(len(every)),
        "touched": round(100 * sum(every) / len(every), 1),
        **{f"touched_{kind}": round(100 * sum(hits) / len(hits), 1) for kind, hits in sorted(marked.items())},
    }


def measure_seed(_: Bench | None = None) -> Figures | None:
    """The quantities of the first article: how many of the three are right in span, interval and noun."""
    path = DATA.parent / "seed" / "gold.jsonl"
    if not path.exists():
        return None
    gold = json.loads(path.read_text("utf-8").splitlines()[0])
    found = {((q.span.start, q.span.end), q.low, q.high, q.counted) for q in find_quantities(gold["text"])}
    wanted = [(tuple(q["span"]), q["low"], q["high"], q["unit"]) for q in gold["quantities"]]
    return {"quantities": float(len(wanted)), "right": float(sum(row in found for row in wanted))}


def measure_recognizer_rows(_: Bench | None = None) -> Figures | None:
    """The rows of that specification that count, and apart from them those marked as not supported for python."""
    if not (DATA / "quantities").exists():
        return None
    left_out = json.loads((FOLDER / "recognizer_rows.json").read_text("utf-8"))["left_out"]
    figures: Figures = {}
    together = [0, 0]
    for name in SETS:
        judge = judge_range if name == "number_range" else judge_value
        tally = {True: [0, 0], False: [0, 0]}
        for row in read_set(name):
            if row["id"] in left_out:
                continue
            count = tally["python" not in (row["not_supported"] or "")]
            count[0] += judge(name, row, find_quantities(row["input"]))
            count[1] += 1
        if name in {"number", "number_range"}:
            together = [together[0] + tally[True][0], together[1] + tally[True][1]]
        for supported, label in ((True, name), (False, f"{name}_unsupported")):
            if tally[supported][1]:
                figures[label] = round(100 * tally[supported][0] / tally[supported][1], 1)
                figures[f"{label}_rows"] = float(tally[supported][1])
    return {"number_and_range": round(100 * together[0] / together[1], 1), **figures}


def read_set(name: str) -> Iterator[dict[str, Any]]:
    for line in (DATA / "quantities" / f"recog_{name}.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def judge_value(name: str, row: dict[str, Any], found: tuple[Quantity, ...]) -> bool:
    wanted = [r for r in row["results"] if r["resolution"].get("value") not in {None, "null"}]
    if not wanted:
        return not _of_its_kind(name, found)
    return all(_agrees(name, result, touching(found, result["start"], result["end"])) for result in wanted)


def _of_its_kind(name: str, found: tuple[Quantity, ...]) -> list[Quantity]:
    """Where a row says that there is no temperature, a sum of money may still stand in it."""
    units = {"percent": {"%"}, "temperature": {"°C", "°F", "degrees"}}.get(name)
    if name == "dimension":
        units = {u for n, u in UNIT_NAMES.items() if u and not u.isupper() and u not in {"years", "months", "weeks"}}
    if name == "currency":
        units = {u for u in UNIT_NAMES.values() if u and len(u) == 3 and u.isupper()}
    if name == "age":
        units = {"years", "months", "weeks", "days"}
    return [q for q in found if units is None or q.unit in units]


def _agrees(name: str, result: dict[str, Any], quantity: Quantity | None) -> bool:
    """Whether the value (and where it is measured the unit) agrees; a share there is a percentage here."""
    if quantity is None:
        return False
    value = float(result["resolution"]["value"].rstrip("%"))
    bounds = [b for b in (quantity.low, quantity.high) if b is not None]
    if quantity.unit == "%" and name != "percent":
        bounds = [b / 100 for b in bounds]
    middle = [sum(bounds) / len(bounds)] if len(bounds) == 2 else []
    if not any(same_number(b, value) for b in [*bounds, *middle]):
        return False
    unit = UNIT_NAMES.get(result["resolution"].get("unit"))
    return name not in MEASURED or unit is None or quantity.unit == unit


def judge_range(_: str, row: dict[str, Any], found: tuple[Quantity, ...]) -> bool:
    """Open and closed ends count as the same: the design's intervals are closed."""
    if not row["results"]:
        return not [q for q in found if q.low is None or q.high is None or q.low != q.high]
    for result in row["results"]:
        quantity = touching(found, result["start"], result["end"])
        ends = re.fullmatch(r"[(\[]([^,]*),([^,]*)[)\]]", result["resolution"]["value"])
        if quantity is None or ends is None:
            return False
        percent = 100 if quantity.unit == "%" else 1
        low, high = (float(end) * percent if end else None for end in ends.groups())
        if not (same_number(quantity.low, low) and same_number(quantity.high, high)):
            return False
    return True


MEASURES: dict[str, Callable[[Bench | None], Figures | None]] = {
    "quantities": measure_expressions,
    "quantities_unseen": measure_unseen,
    "quantities_meantime": measure_meantime,
    "quantities_seed": measure_seed,
    "recognizer_rows": measure_recognizer_rows,
}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--rows", choices=SETS, help="print the rows of that set that are not right")
    a = p.parse_args()
    if a.rows:
        judge = judge_range if a.rows == "number_range" else judge_value
        left_out = json.loads((FOLDER / "recognizer_rows.json").read_text("utf-8"))["left_out"]
        for row in read_set(a.rows):
            found = find_quantities(row["input"])
            if row["id"] not in left_out and not judge(a.rows, row, found):
                ours = [(q.span.text, q.low, q.high, q.unit, q.counted) for q in found]
                print(row["id"], row["not_supported"] or "", row["input"][:110], ours,
                      [(r["text"], r["resolution"]) for r in row["results"]])  # fmt: skip
        return
    for name, measure in MEASURES.items():
        figures = measure(None)
        if figures is None:
            print(f"{name}: skipped, its data is not here (set SOURCELINE_DATA)")
            continue
        for key, value in figures.items():
            print(f"{name}.{key:<40}{value:>8g}")


if __name__ == "__main__":
    main()
