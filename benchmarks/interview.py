"""Whether time grows with length: python benchmarks/interview.py [--megabytes 1]. An interview in which everybody is
"he", and a text with ever new speakers, each at an eighth, a quarter, a half and all of the length."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is loaded

from sourceline.clean.document import clean_record  # noqa: E402  (the roots must be on the path first)
from sourceline.model.record import Record  # noqa: E402
from sourceline.pipeline import Pipeline  # noqa: E402
from sourceline.settings import Settings  # noqa: E402

ASKED = "“Did he say so?” he asked. He said that he had told him on Friday that he would go.\n\n"
FIRST = ("Ana", "Ben", "Ivo", "Mara", "Odo", "Pia", "Rui", "Sefa", "Tov", "Una")
LAST = ("Adler", "Brandt", "Corso", "Dorn", "Eklund", "Ferro", "Grell", "Holm", "Ingram", "Jansk")


def interview(characters: int) -> str:
    return (ASKED * (characters // len(ASKED) + 1))[:characters]


def crowd(characters: int) -> str:
    lines: list[str] = []
    length = 0
    while length < characters:
        n = len(lines)
        name = f"{FIRST[n % 10]} {LAST[n // 10 % 10]}{'aeiou'[n // 100 % 5]}{'lmnrst'[n // 500 % 6]}ov"
        lines.append(f"{name}, the mayor of Port {LAST[n % 7]}, said the road was shut. He blamed the council.\n\n")
        length += len(lines[-1])
    return "".join(lines)[:characters]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--megabytes", type=float, default=1.0)
    a = p.parse_args()
    pipeline = Pipeline(Settings(clean=False))
    print(f"{'text':<10}{'kB':>8}{'seconds':>10}{'s/MB':>8}{'attributions':>14}{'sources':>9}")
    for name, make in (("interview", interview), ("crowd", crowd)):
        for share in (0.125, 0.25, 0.5, 1.0):
            text = make(int(a.megabytes * 1e6 * share))
            began = time.perf_counter()
            reading = pipeline.read(clean_record(Record(text=text), Settings(clean=False)))
            took = time.perf_counter() - began
            counts = f"{len(reading.attributions):>14,}{len(reading.sources):>9,}"
            print(f"{name:<10}{len(text) / 1e3:>8.0f}{took:>10.2f}{took / len(text) * 1e6:>8.1f}{counts}")


if __name__ == "__main__":
    main()
