"""What a ledger costs: python benchmarks/ledger.py [--documents N ...] [--undated SHARE] [--edited SHARE]
[--articles N] [--folder DIR].

A corpus is dealt out from our own articles, read once by the model (`varied.py`), with about twelve attributions a
document. With the readings at hand it is put into a ledger, in transactions of 200, and then searched. For each size:
documents a second (wall and processor time of `put` and commit alone), the middle and 95th percentile of searches and
dossiers, the file against what it keeps, and the most memory held. With several sizes, how each figure grows: the
exponent e of n^e between the smallest and the largest.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import pickle
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.varied import DAYS, Newsroom, read_blocks  # noqa: E402  (the roots must be on the path first)
from sourceline.model.query import Finding, Query  # noqa: E402
from sourceline.model.speech import Act  # noqa: E402
from sourceline.show.json import encode_json, reading_object  # noqa: E402
from sourceline.store.contract import Deposit, Store  # noqa: E402
from sourceline.store.encoding import encode_reading  # noqa: E402
from sourceline.store.sqlite import open_store  # noqa: E402

BATCH = 200
SAMPLE = 10
"""Of so many documents one is compressed for itself, to know what the file is made of."""


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000], help="sizes of the ledger")
    p.add_argument("--undated", type=float, default=0.03, help="share of documents without a date of publication")
    p.add_argument("--edited", type=float, default=0.0, help="share of documents that come a second time, edited")
    p.add_argument("--articles", type=int, default=50, help="articles read by the model, to deal out from")
    p.add_argument("--folder", type=Path, help="where the ledgers are made (default: a temporary folder)")
    p.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    a = p.parse_args()
    if a.one is not None:
        print(json.dumps(measure(a.one, a.documents[0], (a.undated, a.edited))))
        return
    with tempfile.TemporaryDirectory(dir=a.folder) as folder:
        blocks = Path(folder) / "blocks"
        blocks.write_bytes(pickle.dumps(read_blocks(a.articles)))
        runs = {number: run_alone(blocks, number, (a.undated, a.edited)) for number in a.documents}
    show(runs)


def run_alone(blocks: Path, documents: int, shares: tuple[float, float]) -> dict[str, float]:
    """The figures of one size, measured in a process of its own."""
    command = [sys.executable, __file__, "--one", str(blocks), "--documents", str(documents)]
    command += ["--undated", str(shares[0]), "--edited", str(shares[1])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def show(runs: dict[int, dict[str, float]]) -> None:
    sizes = sorted(runs)
    print(f"{'documents':<58}" + "".join(f"{size:>12,}" for size in sizes) + f"{'exponent':>10}")
    for name in runs[sizes[0]]:
        values = [runs[size][name] for size in sizes]
        exponent = ""
        if len(sizes) > 1 and min(values) > 0:
            exponent = f"{math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0]):.2f}"
        print(f"{name:<58}" + "".join(f"{value:>12,.2f}" for value in values) + f"{exponent:>10}")


def measure(blocks: Path, documents: int, shares: tuple[float, float]) -> dict[str, float]:
    """`shares`: of documents without a date, and of those that come edited."""
    ledger = blocks.with_name(f"ledger{documents}.db")
    newsroom = Newsroom(pickle.loads(blocks.read_bytes()), undated=shares[0], edited=shares[1])
    figures = fill(ledger, newsroom, documents)
    store = open_store(ledger, readonly=True)
    figures |= measure_searches(store)
    figures |= measure_dossiers(store)
    store.close()
    ledger.unlink()
    return figures


# putting in -----------------------------------------------------------------------------------------------------------


def fill(ledger: Path, newsroom: Newsroom, documents: int) -> dict[str, float]:
    store = open_store(ledger)
    gc.collect()
    gc.freeze()
    before = peak_memory()
    wall, processor, attributions = 0.0, 0.0, 0
    parts = dict.fromkeys(("text", "json", "own"), 0)
    deposits = newsroom.deposits(documents)
    while batch := list(islice(deposits, BATCH)):
        began, used = time.perf_counter(), time.process_time()
        with store.writing():
            for deposit in batch:
                store.put(deposit)
        wall += time.perf_counter() - began
        processor += time.process_time() - used
        attributions += sum(len(deposit.reading.attributions) for deposit in batch)
        for deposit in batch[::SAMPLE]:
            weigh(deposit, parts)
    store.close()
    size = ledger.stat().st_size
    text, written, own = (SAMPLE * parts[name] for name in ("text", "json", "own"))
    return {
        "attributions a document": attributions / documents,
        "put: documents/s": documents / wall,
        "put: documents/s of processor time": documents / processor,
        "file: MB": size / 1e6,
        "file: bytes a document": size / documents,
        "file / (texts + readings as written in JSON, compressed)": size / (text + written),
        "file / (texts + readings as kept, compressed)": size / (text + own),
        "memory at most while putting: MB": peak_memory(),
        "memory at most, more than before: MB": peak_memory() - before,
    }


def weigh(deposit: Deposit, parts: dict[str, int]) -> None:
    """What the text and the reading of a document come to, each compressed for itself."""
    written = reading_object(deposit.reading)
    text = written["document"].pop("text")
    parts["text"] += len(zlib.compress(text.encode(), 6))
    parts["json"] += len(zlib.compress(encode_json(written), 6))
    parts["own"] += len(encode_reading(deposit.reading))


def peak_memory() -> float:
    """Megabytes at most resident so far."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage counts what the parent held when it began this process
        return int(re.findall(r"VmHWM:\s+([0-9]+) kB", status.read_text("ascii"))[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# finding --------------------------------------------------------------------------------------------------------------


def measure_searches(store: Store) -> dict[str, float]:
    """Every kind of search, forty of each, the first page of fifty; twice, and the second time counts."""
    rng = random.Random(11)
    kinds = dict(searches(store, rng))
    figures, every = {}, []
    for name, queries in kinds.items():
        times = [milliseconds(lambda query=query: store.find(query)) for query in [*queries, *queries]][len(queries) :]
        every += times
        figures[f"search, {name}: p95 ms"] = p95(times)
    words = [query.text or "" for name in ("rare word", "common word", "phrase") for query in kinds[name]]
    figures["search, all kinds: p50 ms"] = statistics.median(every)
    figures["search, all kinds: p95 ms"] = p95(every)
    figures["search in whole texts: p95 ms"] = p95([milliseconds(lambda w=w: store.passages(w)) for w in words])
    figures["count up to 10,000: p95 ms"] = p95([milliseconds(lambda w=w: store.count(Query(text=w))) for w in words])
    pages = [milliseconds(lambda after=after: store.find(Query(text="said"), after=after)) for after in deep(store, 60)]
    figures["search, going on page by page: p95 ms"] = p95(pages)
    return figures


def deep(store: Store, pages: int) -> Iterator[str | None]:
    after = None
    for _ in range(pages):
        yield after
        after = store.find(Query(text="said"), after=after).next
        if after is None:
            return


COMMON = "the said a to of in and that it was not he for had on she be no they by".split()


def searches(store: Store, rng: random.Random) -> Iterator[tuple[str, list[Query]]]:
    """Kinds of searches, with words, phrases and names drawn from what the ledger holds."""
    found = sample(store)
    wordings = [line for f in found if len(line := re.findall(r"[A-Za-z]+", f.attribution.wording)) > 5]
    speakers = [f.speaker.name for f in found if f.speaker is not None]

    def words() -> list[str]:
        return [word for word in rng.choice(wordings) if len(word) > 3] or ["said"]

    def phrase() -> str:
        line = rng.choice(wordings)
        start = rng.randrange(len(line) - 2)
        return f'"{" ".join(line[start : start + 3])}"'

    def some(make: Callable[[], Query]) -> list[Query]:
        return [make() for _ in range(40)]

    yield "common word", [Query(text=word) for word in COMMON * 2]
    yield "rare word", some(lambda: Query(text=max(words(), key=len)))
    yield "any word", some(lambda: Query(text=rng.choice(words())))
    yield "two common words", some(lambda: Query(text=" ".join(rng.sample(COMMON, 2))))
    yield "common and rare word", some(lambda: Query(text=f"{rng.choice(COMMON)} {rng.choice(words())}"))
    yield "either word", some(lambda: Query(text=f"{rng.choice(words())} OR {rng.choice(words())} said"))
    yield "phrase", some(lambda: Query(text=phrase()))
    yield "without a word", some(lambda: Query(text=f"{rng.choice(COMMON)} -{rng.choice(COMMON[:8])}x -the"))
    yield "beginning of a word", some(lambda: Query(text=f"{rng.choice(words())[:4]}*"))
    yield "speaker", some(lambda: Query(source=rng.choice(speakers).split()[-1]))
    yield "act and word", some(lambda: Query(text=rng.choice(words()), acts=(rng.choice(list(Act)),)))
    yield "unnamed speaker, common word", some(lambda: Query(text=rng.choice(COMMON), named=False))
    yield (
        "dates and common word",
        some(lambda: Query(text=rng.choice(COMMON), until=days_from_start(rng.randrange(DAYS)))),
    )
    yield "outlet and word", some(lambda: Query(text=rng.choice(words()), outlet=rng.choice(found).version.outlet))
    yield "nothing but dates", some(lambda: Query(until=days_from_start(rng.randrange(DAYS))))


def sample(store: Store) -> list[Finding]:
    """Attributions of many days, and of one."""
    days = (Query(until=days_from_start(day)) for day in range(0, DAYS, 15))
    return [f for query in (*days, Query(), Query(text="said")) for f in store.find(query, limit=300).items]


def days_from_start(number: int) -> str:
    year, rest = divmod(number, 365)
    return f"{2029 + year}-{rest // 31 + 1:02}-{rest % 28 + 1:02}"


def measure_dossiers(store: Store) -> dict[str, float]:
    """A source's summary and the first page of what it said: of those who speak most, and of any."""
    most = [summary.identity for summary in store.summaries(limit=50).items]
    drawn = random.Random(5).sample([f.identity for f in sample(store) if f.identity is not None], 150)
    times = [milliseconds(lambda identity=identity: dossier(store, identity)) for identity in [*most, *drawn]]
    return {
        "dossier, of those who speak most: p95 ms": p95(times[: len(most)]),
        "dossier, of any: p95 ms": p95(times[len(most) :]),
        "dossier, all: p95 ms": p95(times),
        "list of sources: ms": best(store.summaries),
        "list of sources who declined: ms": best(lambda: store.summaries(acts=(Act.DECLINE,))),
        "list of unnamed sources: ms": best(store.unnamed),
    }


def dossier(store: Store, identity: str) -> Any:
    return store.summary(identity), store.find(Query(identity=identity))


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def best(work: Callable[[], object]) -> float:
    return min(milliseconds(work) for _ in range(3))


def p95(times: list[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
