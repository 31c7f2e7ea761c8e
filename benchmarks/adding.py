"""What keeping adds to reading: python benchmarks/adding.py [--articles N] [--rounds N].

The same documents are read by the pipeline alone and added to a new ledger by `Ledger.add`, in turns in one run. The
ratio of the two is what counts: the machine may be noisy, and each round has both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

from sourceline.clean.document import clean_record  # noqa: E402  (the root must be on the path first)
from sourceline.collect.records import parse_record  # noqa: E402
from sourceline.ledger import ledger  # noqa: E402
from sourceline.pipeline import Pipeline  # noqa: E402
from sourceline.settings import Settings  # noqa: E402

WORLD = ROOT / "examples" / "world" / "documents.jsonl"


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--articles", type=int, default=150)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--input", type=Path, default=WORLD, help="documents as JSON Lines")
    a = p.parse_args()
    lines = a.input.read_bytes().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents.jsonl"
        documents.write_bytes(b"\n".join(_numbered(lines[i % len(lines)], i) for i in range(a.articles)))
        pipeline = Pipeline()
        read(documents, pipeline)  # what is loaded once counts for neither
        ratios, rates = [], []
        for number in range(a.rounds):
            alone = read(documents, pipeline)
            kept = add(documents, Path(folder) / f"{number}.db", pipeline)
            ratios.append(kept / alone)
            rates.append(a.articles / kept)
            print(f"round {number + 1}: read {alone:.2f} s, added {kept:.2f} s, ratio {kept / alone:.3f}")
    print(f"median ratio {statistics.median(ratios):.3f}, {statistics.median(rates):.1f} articles/s added")


def read(documents: Path, pipeline: Pipeline) -> float:
    """Seconds for parsing, cleaning and reading alone."""
    began = time.perf_counter()
    records = (parse_record(line, n) for n, line in enumerate(documents.read_bytes().splitlines(), 1))
    for _ in pipeline.read_many(clean_record(record, Settings()) for record in records):
        pass
    return time.perf_counter() - began


def add(documents: Path, path: Path, pipeline: Pipeline) -> float:
    """Seconds for the same documents through `Ledger.add`."""
    with ledger.open(path) as kept:
        kept._reader = pipeline  # the model is loaded already
        began = time.perf_counter()
        kept.add(documents)
        return time.perf_counter() - began


def _numbered(line: bytes, number: int) -> bytes:
    """The document under an id, an address and a text of its own, so that each is new."""
    fields = json.loads(line)
    fields |= {"id": f"a{number}", "url": f"https://outlet.example/{number}", "text": f"{fields['text']}\n\n{number}"}
    return json.dumps(fields).encode()


if __name__ == "__main__":
    main()
