"""How fast articles are read: python benchmarks/read.py [--articles N] [--quick].

Articles are our own (evals/cases, examples, training/fiction, marks removed): paragraphs drawn at random until
there are enough. Every figure that depends on the machine stands beside a yardstick from the same run: the bare
encoder's forward passes over the same windows, and the peak of a matrix product of the encoder's shape.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is loaded

import numpy as np  # noqa: E402  (the roots must be on the path first)

from sourceline.clean.document import clean_record  # noqa: E402
from sourceline.model.record import Record  # noqa: E402
from sourceline.neural.encoder import Encoder, place_windows  # noqa: E402
from sourceline.pipeline import Pipeline  # noqa: E402
from sourceline.settings import Settings  # noqa: E402
from training.markup import parse_markup  # noqa: E402


def own_articles(count: int, words: int = 600) -> list[str]:
    """`count` texts of about `words` words each."""
    paths = [*ROOT.glob("evals/cases/articles/*.txt"), *ROOT.glob("training/fiction/*.txt")]
    paragraphs = [p for path in sorted(paths) for p in parse_markup(path.read_text("utf-8"))["text"].split("\n\n")]
    rng = random.Random(7)
    articles = []
    for _ in range(count):
        taken, length = [], 0
        while length < words:
            taken.append(rng.choice(paragraphs))
            length += len(taken[-1].split())
        articles.append("\n\n".join(taken))
    return articles


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median_seconds(work: Callable[[], object], times: int) -> float:
    return statistics.median(seconds(work) for _ in range(times))


def spread(work: Callable[[object], object], items: list[object], threads: int) -> float:
    """Seconds to do `work` on every item with so many threads."""
    with ThreadPoolExecutor(threads) as pool:
        return seconds(lambda: list(pool.map(work, items)))


def matrix_speed(threads: int, rounds: int = 60) -> float:
    """GFLOP/s of (2048, 384) x (384, 1536) in fp32, one product a thread at a time (numpy's own threads at one)."""
    a, b = np.ones((2048, 384), np.float32), np.ones((384, 1536), np.float32)
    took = spread(lambda _: a @ b, list(range(rounds * threads)), threads)
    return 2 * 2048 * 384 * 1536 * rounds * threads / took / 1e9


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--articles", type=int, default=60, help="articles for the speed figures")
    p.add_argument("--batch", type=int, default=1000, help="articles for the memory figure")
    p.add_argument("--megabytes", type=float, default=10.0, help="size of the one long text")
    p.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    a = p.parse_args()
    if a.quick:
        a.articles, a.batch, a.megabytes = 12, 40, 0.2
    figures: dict[str, float] = {}
    figures |= measure_speed(a.articles)
    figures |= measure_starts()
    figures["peak memory, batch of articles (MB)"] = peak_memory(write_batch(own_articles(a.batch)))
    long_text = "\n\n".join(own_articles(int(a.megabytes * 270)))[: int(a.megabytes * 1e6)]
    figures["peak memory, one long text (MB)"] = peak_memory(write_batch([long_text]))
    for name, value in figures.items():
        print(f"{name:<62}{value:>12,.2f}")
    print(
        f"articles: {a.articles}; batch: {a.batch}; long text: {len(long_text) / 1e6:.1f} MB; cores: {os.cpu_count()}"
    )


def measure_speed(count: int) -> dict[str, float]:
    articles = own_articles(count)
    encoder = Encoder()
    tokens = [encoder.tokenise(text) for text in articles]
    pieces = sum(len(t) for t in tokens)
    windows: list[object] = [(t, w) for t in tokens for w in place_windows(t)]
    documents = [clean_record(Record(id=str(i), text=t), Settings()) for i, t in enumerate(articles)]
    pipelines = {n: Pipeline(Settings(threads=n)) for n in (1, 2)}

    def encode(window: object) -> object:
        return encoder.encode_window(*window)  # type: ignore[misc]

    def read(threads: int) -> float:
        texts = (clean_record(Record(id=str(i), text=t), Settings()) for i, t in enumerate(articles))
        return seconds(lambda: list(pipelines[threads].read_many(texts)))

    rows = []
    for round_number in range(4):
        row = {
            "bare1": spread(encode, windows, 1),
            "bare2": spread(encode, windows, 2),
            "read1": read(1),
            "read2": read(2),
            "matrix1": matrix_speed(1),
            "matrix2": matrix_speed(2),
        }
        if round_number:
            rows.append(row)
    middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    ratio = {n: statistics.median(row[f"read{n}"] / row[f"bare{n}"] for row in rows) for n in (1, 2)}
    scaling = statistics.median(row["read1"] / row["read2"] for row in rows)
    matrix_scaling = statistics.median(row["matrix2"] / row["matrix1"] for row in rows)
    overlap = sum(w[1] - w[0] for _, w in windows) / pieces  # type: ignore[misc]
    return {
        "articles/s, two cores": len(documents) / middle["read2"],
        "wordpieces/s, whole reading, one core": pieces / middle["read1"],
        "wordpieces/s, whole reading, two cores": pieces / middle["read2"],
        "wordpieces/s, bare encoder, two cores": pieces / middle["bare2"],
        "window tokens a wordpiece": overlap,
        "whole reading / bare encoder, one core": ratio[1],
        "whole reading / bare encoder, two cores": ratio[2],
        "reading: two cores / one core": scaling,
        "matrix product: two cores / one core": matrix_scaling,
        "reading's scaling / matrix product's (%)": 100 * scaling / matrix_scaling,
        "matrix peak, fp32, one core (GFLOP/s)": middle["matrix1"],
        "matrix peak, fp32, two cores (GFLOP/s)": middle["matrix2"],
    }


def measure_starts() -> dict[str, float]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    def run(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        return seconds(lambda: subprocess.run(command, check=True, capture_output=True, env=environment))

    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(own_articles(1)[0], "utf-8")
        rows = [
            (run("-c", "pass"), run("-m", "sourceline", "--help"), run("-m", "sourceline", "read", str(article)))
            for _ in range(7)
        ]
    bare, helped, first = (statistics.median(row[i] for row in rows) for i in range(3))
    return {
        "python -c pass (ms)": 1000 * bare,
        "sourceline --help (ms)": 1000 * helped,
        "sourceline --help / python -c pass": statistics.median(row[1] / row[0] for row in rows),
        "first reading of a 600-word article, start included (s)": first,
    }


def write_batch(texts: list[str]) -> Path:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as file:
        for i, text in enumerate(texts):
            file.write(json.dumps({"id": str(i), "text": text}) + "\n")
    return Path(file.name)


def peak_memory(batch: Path) -> float:
    """Megabytes at most resident while `sourceline read --jsonl` reads the file in a process of its own."""
    program = (
        "import resource, subprocess, sys;"
        "subprocess.run([sys.executable, '-m', 'sourceline', 'read', '--jsonl', sys.argv[1]],"
        " check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", program, str(batch)], check=True, capture_output=True, text=True, env=environment
    )
    batch.unlink()
    return int(done.stdout) / 1024


if __name__ == "__main__":
    main()
