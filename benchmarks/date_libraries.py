"""Other libraries for dates on the same figures as evals/dates.py: python benchmarks/date_libraries.py NAME

NAME is dateparser, recognizers, parsedatetime, timefhuman or sourceline. None but the last is needed to run
sourceline; what is compared is installed apart (recognizers-text-date-time needs emoji==1.7.0 beside it).
Each library gets its best case: the past is preferred, the text is given a line at a time, and the value is cut
to the unit that the library reports, or where it reports none, to the unit that the words name.
"""

from __future__ import annotations

import datetime
import re
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals.dates import Finder, Found, measure, our_dates


def reference(published: str | None) -> datetime.datetime:
    return datetime.datetime.fromisoformat((published or "2000-01-01")[:10])


def lines_of(text: str) -> list[tuple[int, str]]:
    return [(m.start(), m[0]) for m in re.finditer(r"[^\n]+", text)]


def cut_to_unit(day: datetime.datetime, words: str) -> str:
    """The day cut to the month or year where the words name nothing finer."""
    lower = words.lower()
    if re.search(
        r"\d{1,2}(st|nd|rd|th)?\b(?!\d)|day|week|tonight|night|morning|fortnight", re.sub(r"\b\d{4}\b", "", lower)
    ):
        return f"{day:%Y-%m-%d}"
    if re.search(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|month", lower):
        return f"{day:%Y-%m}"
    return f"{day:%Y}"


def dateparser_dates() -> Finder:
    from dateparser.search import search_dates

    def find(text: str, published: str | None) -> list[Found]:
        settings = {"RELATIVE_BASE": reference(published), "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"}
        found: list[Found] = []
        for start, line in lines_of(text):
            at = 0
            for words, day in search_dates(line, languages=["en"], settings=settings) or []:
                place = line.find(words, at)
                if place >= 0:
                    at = place + len(words)
                    found.append((start + place, start + at, cut_to_unit(day, words)))
        return found

    return find


def recognizers_dates() -> Finder:
    from recognizers_date_time import recognize_datetime

    def value(values: list[dict[str, Any]]) -> str | None:
        first = values[0]
        timex = first.get("timex", "")
        if re.fullmatch(r"\d{4}(-W\d\d|-\d\d(-\d\d)?)?", timex):
            return str(timex)
        if first.get("type") == "date":
            return first.get("value") if first.get("value") != "not resolved" else None
        if first.get("type") in ("datetime",):
            return str(first["value"])[:10]
        if "start" in first and "end" in first:
            last = datetime.date.fromisoformat(first["end"][:10])
            if "," not in timex:
                last -= datetime.timedelta(1)
            elif last.day == 1:
                return f"{first['start'][:7]}/{last:%Y-%m}" if last.month > 1 else f"{first['start'][:4]}/{last.year}"
            return f"{first['start'][:10]}/{last}"
        return None

    def find(text: str, published: str | None) -> list[Found]:
        found: list[Found] = []
        for start, line in lines_of(text):
            found += [
                (start + r.start, start + r.end + 1, value((r.resolution or {}).get("values") or [{}]))
                for r in recognize_datetime(line, "en-us", reference=reference(published))
                if r.type_name.split(".")[-1] in ("date", "daterange", "datetime")
            ]
        return found

    return find


def parsedatetime_dates() -> Finder:
    import parsedatetime

    calendar = parsedatetime.Calendar(parsedatetime.Constants("en_US", usePyICU=False))

    def find(text: str, published: str | None) -> list[Found]:
        found: list[Found] = []
        for start, line in lines_of(text):
            for day, flag, begin, end, words in calendar.nlp(line, reference(published)) or ():
                if flag in (1, 3):
                    found.append((start + begin, start + end, cut_to_unit(day, words)))
        return found

    return find


def timefhuman_dates() -> Finder:
    from timefhuman import Direction, tfhConfig, timefhuman

    def value(found: Any) -> str | None:
        if isinstance(found, tuple):
            ends = [value(f) for f in found]
            return f"{ends[0]}/{ends[1]}" if all(ends) else None
        return f"{found:%Y-%m-%d}" if isinstance(found, datetime.date) else None

    def find(text: str, published: str | None) -> list[Found]:
        config = tfhConfig(now=reference(published), return_matched_text=True, direction=Direction.previous)
        found: list[Found] = []
        for start, line in lines_of(text):
            try:
                matches = timefhuman(line, config)
            except Exception:  # it raises what its parser raises
                continue
            for words, (begin, end), day in matches or []:
                said = value(day)
                if said and "/" not in said:
                    said = cut_to_unit(datetime.datetime.fromisoformat(said), words)
                found.append((start + begin, start + end, said))
        return found

    return find


LIBRARIES = {
    "dateparser": dateparser_dates,
    "recognizers": recognizers_dates,
    "parsedatetime": parsedatetime_dates,
    "timefhuman": timefhuman_dates,
    "sourceline": lambda: our_dates,
}


def main() -> int:
    began = time.perf_counter()
    find = LIBRARIES[sys.argv[1]]()
    imported = time.perf_counter() - began
    seconds = characters = 0.0

    def timed(text: str, published: str | None) -> list[Found]:
        nonlocal seconds, characters
        start = time.perf_counter()
        found = list(find(text, published))
        seconds += time.perf_counter() - start
        characters += len(text)
        return found

    figures = measure(find=timed)
    if figures is None:
        print("skipped, the data is not here (set SOURCELINE_DATA)", file=sys.stderr)
        return 0
    print(f"import {imported:.2f} s, {characters / 1000 / seconds:.1f} kB/s")
    for name, value in figures.items():
        print(f"{name:<32}{value:>8g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
