"""Kills `sourceline add` of 500 short documents at random moments: python benchmarks/kills.py [--kills 50] [--seed N].

Each time in a new ledger: `add` is killed (SIGKILL), the ledger is verified, and `add` is run again to its end. What
was told to be safe has to be there, nothing may be unsound, and in the end the export has to be, byte for byte, that of
a run without a break. A reader that needs no model stands in for it, so that the time goes into the ledger. Exit code 1
where a kill did harm.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.ledger.killing import Kill, add_all, exported, kill_once, moments, write_documents  # noqa: E402


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kills", type=int, default=50, help="how many (50)")
    p.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    a = p.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kills = kill_all(Path(folder), a.kills, a.seed)
    show(kills, time.monotonic() - began)
    return 0 if all(kill.equal and not kill.faults for kill in kills) else 1


def kill_all(folder: Path, number: int, seed: int) -> list[Kill]:
    documents = folder / "documents.jsonl"
    write_documents(documents)
    add_all(documents, folder / "whole.db")
    whole = exported(folder / "whole.db")
    return [
        kill_once(documents, folder / f"killed{i}.db", moment, whole) for i, moment in enumerate(moments(number, seed))
    ]


def show(kills: list[Kill], seconds: float) -> None:
    for kill in kills:
        for fault in kill.faults:
            print(f"after {kill.told} told: {fault}")
    kept = sorted(kill.kept for kill in kills)
    print(f"{'kills':<52}{len(kills):>8}")
    print(f"{'  of those, after the work was done':<52}{sum(kill.ended for kill in kills):>8}")
    print(f"{'documents kept at the kill: least':<52}{kept[0]:>8}")
    print(f"{'documents kept at the kill: middle':<52}{kept[len(kept) // 2]:>8}")
    print(f"{'documents kept at the kill: most':<52}{kept[-1]:>8}")
    print(f"{'different numbers of documents kept':<52}{len(set(kept)):>8}")
    print(f"{'unsound, or told to be safe and lost':<52}{sum(bool(kill.faults) for kill in kills):>8}")
    print(f"{'equal to an uninterrupted run, after a second run':<52}{sum(kill.equal for kill in kills):>8}")
    print(f"{'seconds':<52}{seconds:>8.0f}")


if __name__ == "__main__":
    sys.exit(main())
