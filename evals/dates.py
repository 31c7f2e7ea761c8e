"""How many dates get the right value: GUM and MEANTIME dev, and fixed rows of the recognizers' specification.

    python -m evals.dates            the figures, by name
    python -m evals.dates --errors   and what was wrong, on standard error
    python -m evals.dates --split train   on the part that is tuned on (rows outside of the fixed ones)

Values are compared as closed intervals of days, so that "2017-W33" equals "2017-08-14/2017-08-20".
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import sys
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sourceline.normalise.dates.find import find_dates

DATA = Path(os.environ.get("SOURCELINE_DATA", "../shared/data"))
IDS = Path(__file__).parent / "cases" / "dates" / "recog_ids.txt"
UNREAD = IDS.with_name("recog_unread_ids.txt")
"""Those of the fixed rows that nobody has read: what the grammar does with rows that it wasn't written for."""

LAST_TIMED = 5
"""MEANTIME marks times in the title and the first five sentences only (whatever last_annotated_sent says)."""

SPOKEN = frozenset(["vlog", "podcast", "conversation"])
"""Genres of GUM whose "today" is the day of the recording, not that of the document's metadata."""

Figures = dict[str, float]
Days = tuple[int, int]
"""First and last day, as proleptic Gregorian ordinals."""
Found = tuple[int, int, str | None]
"""Start, end, value."""
Finder = Callable[[str, str | None], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Gold:
    start: int
    end: int
    kind: str
    """"date" or "daterange" in the specification, "date" elsewhere."""
    accepted: tuple[Days, ...]
    """Any of these is right; empty where our format cannot say it."""


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    text: str
    published: str | None
    gold: list[Gold]
    others: list[tuple[int, int]] = field(default_factory=list)
    """Times, durations and sets: neither expected nor held against whoever finds them."""
    until: int | None = None
    """Where the annotation ends."""


def days_of(value: str) -> Days | None:
    """The days of a value in our format, or None where it is not one."""
    first, slash, last = value.partition("/")
    if slash:
        a, b = days_of(first), days_of(last)
        return (a[0], b[1]) if a and b else None
    try:
        if m := re.fullmatch(r"(\d{4})-W(\d\d)", value):
            monday = datetime.date.fromisocalendar(int(m[1]), int(m[2]), 1).toordinal()
            return monday, monday + 6
        if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
            day = datetime.date(int(m[1]), int(m[2]), int(m[3])).toordinal()
            return day, day
        if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
            first_day = datetime.date(int(m[1]), int(m[2]), 1).toordinal()
            return first_day, first_day + monthrange(int(m[1]), int(m[2]))[1] - 1
        if re.fullmatch(r"\d{4}", value):
            return datetime.date(int(value), 1, 1).toordinal(), datetime.date(int(value), 12, 31).toordinal()
    except ValueError:
        return None
    return None


def read_rows(path: Path) -> list[dict[str, Any]] | None:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else None


def gum_cases(split: str) -> list[Case] | None:
    rows = read_rows(DATA / "gum" / f"{split}.jsonl")
    if rows is None:
        return None
    return [
        Case(
            name=f"{row['id']}",
            text=row["text"],
            published=row["date"],
            gold=[gum_gold(d) for d in row["dates"] if d["kind"] == "date"],
            others=[(d["start"], d["end"]) for d in row["dates"] if d["kind"] != "date"],
        )
        for row in rows
    ]


def gum_gold(date: dict[str, str]) -> Gold:
    when = date.get("when")
    if when is None and "from" in date and "to" in date:
        when = f"{date['from']}/{date['to']}"
    days = days_of(re.sub(r"T[\d:]+$", "", when)) if when else None
    return Gold(int(date["start"]), int(date["end"]), "date", (days,) if days and days[0] <= days[1] else ())


def meantime_cases(split: str) -> list[Case] | None:
    rows = read_rows(DATA / "meantime" / f"{split}.jsonl")
    if rows is None:
        return None
    cases = []
    for row in rows:
        times = [m for m in row["mentions"] if m["tag"] == "TIMEX3"]
        written = [m["text"] for m in times if m.get("functionInDocument") == "CREATION_TIME"]
        cases.append(
            Case(
                name=row["id"],
                text=row["text"],
                published=next(filter(None, map(written_day, [row["dct"], *written])), None),
                gold=[meantime_gold(m) for m in times if is_date(m)],
                others=[(s, e) for m in times if not is_date(m) for s, e in m["spans"]],
                until=row["sents"][min(LAST_TIMED, len(row["sents"]) - 1)][1],
            )
        )
    return cases


def is_date(mention: dict[str, Any]) -> bool:
    """Dates, and parts of a day ("Friday morning"), but no time of the clock."""
    return mention["type"] == "DATE" or (mention["type"] == "TIME" and not mention["text"][:1].isdigit())


def written_day(words: str | None) -> str | None:
    """An ISO date, or a dateline's "March 02, 2009" as one; None for anything else ("03-02-2009")."""
    for form in ("%Y-%m-%d", "%B %d, %Y"):
        try:
            return datetime.datetime.strptime(words or "", form).date().isoformat()
        except ValueError:
            continue
    return None


def meantime_gold(mention: dict[str, Any]) -> Gold:
    value = re.sub(r"T.*$", "", mention["value"] or "").removesuffix("-XX")
    if m := re.fullmatch(r"(\d{4})-W(\d\d)-WE", value):
        saturday = datetime.date.fromisocalendar(int(m[1]), int(m[2]), 6)
        value = f"{saturday}/{saturday + datetime.timedelta(1)}"
    elif m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        value = f"{m[1]}-{int(m[2]) * 3 - 2:02}/{m[1]}-{int(m[2]) * 3:02}"
    elif re.fullmatch(r"\d{3}", value):
        value = f"{value}0/{value}9"
    days = days_of(value)
    return Gold(mention["spans"][0][0], mention["spans"][-1][1], "date", (days,) if days else ())


TWO_ENDS = re.compile(r"(?i)\b(?:to|till|until|through|thru|and)\b|[-–—~](?! ?[qh][1-4])")
OFFSET = re.compile(
    r"(?i)\b(month|year|decade|centur)\w*\b.*\b(?:ago|back|earlier|later|hence|time|from now)\b"
    r"|\bin .*\b(month|year|decade)s?\b"
)
OPEN = ("before", "after", "since", "until", "more", "less")
SEASONS = {"SP": "{0}-03/{0}-05", "SU": "{0}-06/{0}-08", "FA": "{0}-09/{0}-11", "WI": "{0}-12/{1}-02"}
NO_DAY: Days = (0, 0)
"""What is no day of the calendar (30 February): right is to give no value."""
SLASHED = re.compile(r"(?<![\d-])(\d{1,2})[/.-](\d{1,2})(?![\d:])")


def recog_cases() -> list[Case] | None:
    """Every row of the specification that has only dates and stretches of days that our format can say."""
    rows = []
    for name in ("recog_datetime", "recog_datetime_dmy"):
        part = read_rows(DATA / "timex" / f"{name}.jsonl")
        if part is None:
            return None
        rows += part
    cases = [c for row in rows if (c := recog_case(row)) is not None]
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for case in cases:
        if (case.text, case.published) not in seen:
            seen.add((case.text, case.published))
            kept.append(case)
    return kept


def recog_case(row: dict[str, Any]) -> Case | None:
    kinds = {str(r["type"]).removeprefix("datetimeV2.") for r in row["results"]}
    if not kinds or not kinds <= {"date", "daterange"} or not row["offset_ok"]:
        return None
    gold = []
    for result in row["results"]:
        days = recog_days(result)
        if days is None:
            return None
        gold.append(Gold(result["start"], result["end"], result["type"].removeprefix("datetimeV2."), tuple(days)))
    return Case(row["id"], row["input"], (row["context"] or {}).get("ReferenceDateTime"), gold)


def recog_days(result: dict[str, Any]) -> list[Days] | None:
    """What the specification resolves to, past and future alike; None where our format (rightly) has no such value.

    A stretch "from A to B" ends there on the first day of B, ours on its last; every other stretch ends before
    its end. An offset in months or years is as exact as its unit ("two years ago": a year), and a part of a
    stretch may be given as the whole ("late 2016": 2016), for our format has no halves and thirds.
    """
    text = result["text"]
    if any(int(a) <= 12 and int(b) <= 12 and a != b for a, b in SLASHED.findall(text)):
        return None
    days: list[Days] = []
    for value in result["resolution"]["values"]:
        if any(mod in value.get("Mod", "") for mod in OPEN) or value.get("Mod") == "ref_undef":
            return None
        if value["type"] == "date" and (day := days_of(value.get("value", ""))):
            if m := OFFSET.search(text):
                unit = (m[1] or m[2]).lower()
                days.append(days_of(value["value"][: 7 if unit == "month" else 4]) or day)
            days.append(day)
        elif re.fullmatch(r"(\d{4}|XXXX)-\d\d-\d\d", value["timex"]) and value.get("value") == "not resolved":
            days.append(NO_DAY)
        elif (m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value["timex"])) and value.get("value") == "not resolved":
            days.append(days_of(SEASONS[m[2]].format(m[1], int(m[1]) + 1)) or NO_DAY)
        elif "start" in value and "end" in value:
            first, end = days_of(value["start"]), days_of(value["end"])
            if first is None or end is None:
                return None
            if value["timex"].startswith("(") and TWO_ENDS.search(text):
                days += [(first[0], last) for last in ends_named_by(end[0], text)]
            else:
                days.append((first[0], end[0] - 1))
                if whole := days_of(value["timex"]):
                    days.append(whole)
        else:
            return None
    return days or None


def ends_named_by(start: int, text: str) -> list[int]:
    """The last day of the day, month, quarter or year that begins on this day."""
    day = datetime.date.fromordinal(start)
    lasts = [start]
    if day.day == 1:
        lasts.append(start + monthrange(day.year, day.month)[1] - 1)
        if day.month % 3 == 1 and re.search(r"(?i)q[1-4]|quarter", text):
            lasts.append(datetime.date(day.year, day.month + 2, monthrange(day.year, day.month + 2)[1]).toordinal())
        if day.month == 1:
            lasts.append(datetime.date(day.year, 12, 31).toordinal())
    return lasts


def fixed_ids() -> frozenset[str]:
    return frozenset(IDS.read_text("utf-8").split())


@cache
def unread_ids() -> frozenset[str]:
    return frozenset(UNREAD.read_text("utf-8").split())


def our_dates(text: str, published: str | None) -> list[Found]:
    return [(d.span.start, d.span.end, d.value) for d in find_dates(text, published)]


def judge(case: Case, found: Sequence[Found]) -> Iterator[tuple[Gold, Found | None, bool]]:
    """Each gold date with what was found there, and whether its value is right."""
    for gold in case.gold:
        best = max(found, key=lambda f: min(f[1], gold.end) - max(f[0], gold.start), default=None)
        if best is None or min(best[1], gold.end) <= max(best[0], gold.start):
            yield gold, None, False
        else:
            yield gold, best, any(says(best, gold, days) for days in gold.accepted)


def says(found: Found, gold: Gold, days: Days) -> bool:
    """Whether the value is these days; an end of a wider stretch that was found whole counts as that end."""
    if found[2] is None:
        return days == NO_DAY
    if days_of(found[2]) == days:
        return True
    if "/" not in found[2] or not (gold.end - gold.start < found[1] - found[0]):
        return False
    first, _, last = found[2].partition("/")
    nearer_start = gold.start - found[0] < found[1] - gold.end
    return days_of(first if nearer_start else last) == days


def score(cases: Sequence[Case], find: Finder, show: bool = False) -> Figures:
    """Over the gold dates that our format can say: value right end to end, and of those found; mentions by overlap."""
    gold = right = hits = mentions = hit_mentions = spoken = good = 0
    for case in cases:
        found = [f for f in find(case.text, case.published) if case.until is None or f[0] < case.until]
        for g, f, ok in judge(case, found):
            mentions += 1
            hit_mentions += f is not None
            if g.accepted:
                gold += 1
                hits += f is not None
                right += ok
                if show and not ok:
                    complain(case, g, f)
        marked = [(g.start, g.end) for g in case.gold]
        for f in found:
            if any(f[0] < e and s < f[1] for s, e in case.others) and not any(f[0] < e and s < f[1] for s, e in marked):
                continue
            spoken += 1
            good += any(f[0] < e and s < f[1] for s, e in marked)
            if show and not any(f[0] < e and s < f[1] for s, e in marked):
                complain(case, None, f)
    precision, recall = good / max(1, spoken), hit_mentions / max(1, mentions)
    return {
        "value": percent(right, gold),
        "value_of_found": percent(right, hits),
        "dates": float(gold),
        "mention_precision": round(100 * precision, 1),
        "mention_recall": round(100 * recall, 1),
        "mention_f1": round(200 * precision * recall / max(1e-9, precision + recall), 1),
    }


def score_rows(cases: Sequence[Case], find: Finder, show: bool = False) -> Figures:
    """The share of rows where every date has a value that the specification allows, and of dates by type."""
    rows = 0
    by_kind: dict[str, list[bool]] = {}
    for case in cases:
        judged = list(judge(case, find(case.text, case.published)))
        rows += all(ok for _, _, ok in judged)
        for gold, found, ok in judged:
            by_kind.setdefault(gold.kind, []).append(ok)
            if show and not ok and case.name not in unread_ids():
                complain(case, gold, found)
    return {
        "rows_right": percent(rows, len(cases)),
        "rows": float(len(cases)),
        **{kind: percent(sum(oks), len(oks)) for kind, oks in sorted(by_kind.items())},
        **{f"{kind}_expressions": float(len(oks)) for kind, oks in sorted(by_kind.items())},
    }


def complain(case: Case, gold: Gold | None, found: Found | None) -> None:
    start, end = (gold.start, gold.end) if gold else (found[0], found[1]) if found else (0, 0)
    words = f"{case.text[max(0, start - 40) : start]}[[{case.text[start:end]}]]{case.text[end : end + 25]}"
    wanted = (
        [tuple(str(datetime.date.fromordinal(max(1, d))) for d in days) for days in gold.accepted]
        if gold
        else "no date"
    )
    got = (case.text[found[0] : found[1]], found[2]) if found else None
    print(f"{case.name[:28]} {case.published}: {words!r} wanted {wanted} got {got}", file=sys.stderr)


def percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def measure(split: str = "dev", find: Finder = our_dates, show: bool = False) -> Figures | None:
    """All figures of a split; with "train", the rows of the specification are those not fixed."""
    gum, meantime, recog = gum_cases(split), meantime_cases(split), recog_cases()
    if gum is None or meantime is None or recog is None:
        return None
    ids = fixed_ids()
    rows = [c for c in recog if (c.name in ids) == (split == "dev")]
    parts = {"gum": score(gum, find, show), "meantime": score(meantime, find, show)}
    parts["both"] = score([*gum, *meantime], find)
    parts["written"] = score([*(c for c in gum if c.name.split("_")[1] not in SPOKEN), *meantime], find)
    parts["recog"] = score_rows(rows, find, show)
    if split == "dev":
        unread = unread_ids()
        parts["recog_unread"] = score_rows([c for c in rows if c.name in unread], find)
    return {f"{part}_{name}": value for part, figures in parts.items() for name, value in figures.items()}


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--errors", action="store_true")
    p.add_argument("--split", choices=("dev", "train"), default="dev")
    a = p.parse_args()
    figures = measure(a.split, show=a.errors)
    if figures is None:
        print("skipped, the data is not here (set SOURCELINE_DATA)", file=sys.stderr)
        return 0
    for name, value in figures.items():
        print(f"{name:<32}{value:>8g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
