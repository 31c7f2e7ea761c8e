"""Lines of flattened pages right: `python -m evals.regions [--wrong N] [--pages]`.

60 pages labelled by hand, line by line: 40 English pages of the extraction set (their text stays in $SOURCELINE_DATA)
and 20 written for this. Where a label names several kinds ("title|body": a standfirst or a subhead; "caption|credit")
each of them is right. Blank space is no line.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from sourceline.clean.regions import find_regions

DATA = Path(os.environ.get("SOURCELINE_DATA", "../shared/data"))
CASES = Path(__file__).parent / "cases" / "regions"


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    group: str
    lines: list[tuple[list[str], str]]
    """Acceptable kinds, and the line."""


def read_pages() -> list[Page]:
    pages = []
    path = DATA / "extraction" / "trafilatura.jsonl"
    if path.exists():
        texts = {row["id"]: row["lines"] for row in map(json.loads, path.read_text("utf-8").splitlines())}
        for row in map(json.loads, (CASES / "extraction.jsonl").read_text("utf-8").splitlines()):
            flat = [" ".join(line.split()) for line in texts[row["id"]]]
            lines = [(kinds.split("|"), line) for start, end, kinds in row["kinds"] for line in flat[start:end] if line]
            pages.append(Page(row["id"], f"extraction, {row['genre']}", lines))
    else:
        print(f"{path} is missing: only our own pages are measured")
    for own in sorted((CASES / "own").glob("*.txt")):
        rows = [line.split("\t", 1) for line in own.read_text("utf-8").splitlines()]
        pages.append(Page(own.stem, "own scrapes", [(kinds.split("|"), line) for kinds, line in rows]))
    return pages


def found_kinds(page: Page) -> list[str]:
    """The kind given to each line: that of the last region in it, so that a dateline in front of a body is body."""
    text = "\n".join(line for _, line in page.lines)
    regions = find_regions(text)
    kinds, position, place = [], 0, 0
    for _, line in page.lines:
        kind = "none"
        while place < len(regions) and regions[place].start < position + len(line):
            kind = regions[place].kind.value
            if regions[place].end > position + len(line):
                break
            place += 1
        kinds.append(kind)
        position += len(line) + 1
    return kinds


def attribution_lines_kept(path: Path) -> tuple[int, int]:
    """Over articles with attributions: how many regions carry a cue or a content, and how many of them are read."""
    kept = carrying = 0
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        regions = find_regions(row["text"])
        starts = [region.start for region in regions]
        found = {
            bisect_right(starts, span[0]) - 1
            for attribution in row["annotations"][0]["attributions"]
            for span in attribution["cue"] + attribution["content"]
        }
        carrying += len(found)
        kept += sum(regions[place].kind.value in ("body", "title") for place in found)
    return kept, carrying


def speed(path: Path) -> float:
    """Megabytes of plain articles a second, in processor time."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    started = time.process_time()
    for text in texts:
        find_regions(text)
    return sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - started)


def print_bodies() -> None:
    for name in ("train", "dev"):
        path = DATA / "polnear" / f"{name}.jsonl"
        if path.exists():
            kept, carrying = attribution_lines_kept(path)
            print(f"PolNeAR {name}: {100 * kept / carrying:.2f}% of {carrying} paragraphs with an attribution are read")
    path = DATA / "wikinews_raw" / "articles.jsonl"
    if path.exists():
        prose = kept = 0
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            for region in find_regions(row["text"]):
                line = row["text"][region.start : region.end]
                if len(line) > 80 and line[-1] in '.!?"”':
                    prose += 1
                    kept += region.kind.value in ("body", "title")
        print(f"Wikinews (seen in training): {100 * kept / prose:.2f}% of {prose} paragraphs of prose are read")
    path = DATA / "polnear" / "train.jsonl"
    if path.exists():
        print(f"speed on plain articles: {speed(path):.2f} MB/s of processor time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--wrong",
        type=int,
        default=0,
        help="print so many wrong lines of our own pages and, of the others, their places",
    )
    parser.add_argument("--pages", action="store_true", help="print each page's figure")
    parser.add_argument("--bodies", action="store_true", help="also how much of plain articles is read, and the speed")
    options = parser.parse_args()
    right: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    confusion: Counter[tuple[str, str]] = Counter()
    read_wrongly: Counter[str] = Counter()
    shown = 0
    for page in read_pages():
        kinds = found_kinds(page)
        correct = 0
        for place, ((accepted, line), kind) in enumerate(zip(page.lines, kinds, strict=True)):
            good = kind in accepted or (kind == "dateline" and "byline" in accepted)
            correct += good
            confusion[accepted[0] if not good else kind if kind in accepted else accepted[0], kind] += 1
            article = {"body", "title"} & set(accepted)
            read_wrongly["article"] += bool(article)
            read_wrongly["lost"] += bool(article) and kind not in ("body", "title")
            read_wrongly["furniture"] += not article
            read_wrongly["read"] += not article and kind in ("body", "title")
            if not good and shown < options.wrong:
                shown += 1
                print(f"{page.name}:{place}: {'|'.join(accepted)} read as {kind}: {line[:110]}")
        if options.pages:
            print(f"{100 * correct / len(page.lines):6.1f}  {len(page.lines):4} lines  {page.name}")
        for group in (page.group, "all"):
            right[group][0] += correct
            right[group][1] += len(page.lines)
            right[group + ", mean of pages"][0] += correct / len(page.lines)  # type: ignore[assignment]
            right[group + ", mean of pages"][1] += 1
    for group, (good, count) in sorted(right.items()):
        print(f"{group:36} {100 * good / count:6.2f}% of {count}")
    print(
        f"article lines lost: {read_wrongly['lost']} of {read_wrongly['article']}; "
        f"furniture read as article: {read_wrongly['read']} of {read_wrongly['furniture']}"
    )
    columns = ["body", "title", "byline", "dateline", "caption", "credit", "boilerplate"]
    print("\nlabelled \\ found".ljust(17) + "".join(f"{name[:9]:>10}" for name in columns))
    for row in columns:
        print(f"{row:16}" + "".join(f"{confusion[row, column]:10}" for column in columns))
    if options.bodies:
        print()
        print_bodies()


if __name__ == "__main__":
    main()
