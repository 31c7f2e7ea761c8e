"""`sourceline add` killed at a random moment and run again: what the tests and `benchmarks/kills.py` do."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sourceline as sl
from tests.ledger.by_hand import ROOT, start

DOCUMENTS = 200
_EDITED = 20
"""So many documents come a second time, edited, and every other one of these a third time, as it was first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """So many seconds after so many inputs were told to be safe."""

    told: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """What one kill left behind, and whether running again mended it."""

    ended: bool
    """Whether the process was through before it was killed."""
    told: int
    """Inputs that it had said were safe."""
    kept: int
    """Versions in the ledger then."""
    faults: tuple[str, ...]
    """What was unsound, or told and not there."""
    equal: bool
    """Whether after the second run the ledger is, byte for byte, the uninterrupted one."""


def write_documents(path: Path, *, number: int = DOCUMENTS, seed: int = 4) -> None:
    """Short articles dealt out from our own, as JSON Lines; some of them edited later, some lines that are none."""
    rng = random.Random(seed)
    sentences = _sentences()
    with path.open("w", encoding="utf-8") as out:
        for document in _documents(rng, sentences, number):
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
            if rng.random() < 0.01:
                out.write('{"id": "no text"}\n')


def _sentences() -> list[str]:
    lines = (ROOT / "examples" / "world" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    text = " ".join(json.loads(line)["text"] for line in lines)
    return [s for s in re.split(r"(?<=[.!?])\s+", text) if 30 < len(s) < 300]


def _documents(rng: random.Random, sentences: list[str], number: int) -> Iterator[dict[str, Any]]:
    speakers = ("Ana Ruiz, the trade minister,", "Ilse Marden", "Pell Austwick, director of the works,", "An official")
    for i in range(number):
        day = f"2031-{i % 12 + 1:02}-{i % 28 + 1:02}"
        said = f"{rng.choice(speakers)} {rng.choice(('said', 'denied'))} that lot {i} of the seals was counted."
        given = {"id": f"d{i:04}", "outlet": rng.choice(("Harbor Ledger", "The Packet")), "published": day}
        text = "\n\n".join([*rng.sample(sentences, 3), said])
        yield {**given, "updated": f"{day}T08:00:00+00:00", "text": text}
        if i % (number // _EDITED or 1) == 0:
            yield {**given, "updated": f"{day}T18:00:00+00:00", "text": text.replace("was counted", "was lost")}
            if i // (number // _EDITED or 1) % 2 == 0:
                yield {**given, "updated": f"{day}T20:00:00+00:00", "text": text}


def exported(ledger: Path) -> bytes:
    """The whole ledger in JSON, when each text was seen, and what could not be read."""
    out = io.BytesIO()
    with sl.open(ledger, create=False) as opened:
        opened.export("json", out)
        problems = [(problem.place, problem.kind, problem.message) for problem, _ in opened.problems()]
        keys = sorted({version.key for version in opened.versions()})
        seen = [
            (s.version, s.at.isoformat(), s.sha256) for key in keys for _, all in opened.sightings(key) for s in all
        ]
    return out.getvalue() + json.dumps([problems, seen]).encode()


def add_all(documents: Path, ledger: Path) -> float:
    """An uninterrupted run; the seconds that it took."""
    began = time.monotonic()
    process = start("add", documents, "--ledger", ledger, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if process.wait() != 0:
        raise RuntimeError("sourceline add failed")
    return time.monotonic() - began


def moments(number: int, seed: int = 0) -> Iterator[Moment]:
    """Random ones: about one in six before anything is told, the others within the work."""
    rng = random.Random(seed)
    for _ in range(number):
        told = max(0, rng.randrange(-DOCUMENTS // 8, DOCUMENTS * 3 // 4))
        yield Moment(told=told, seconds=rng.uniform(0, 0.15 if told else 1.5))


def kill_once(documents: Path, ledger: Path, moment: Moment, whole: bytes) -> Kill:
    """Kills an `add` at the moment, looks at what is there, and runs it again to its end."""
    silent = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with start("add", documents, "--ledger", ledger, "--json", **silent) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(moment.told)]
        try:
            process.wait(timeout=moment.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        lines += process.stdout.readlines()
    told = [json.loads(line).get("outcome") for line in lines if line.endswith(b"\n")]
    faults: list[str] = []
    kept = 0
    if ledger.exists():
        with sl.open(ledger) as opened:
            faults += [f"{fault.place}: {fault.message}" for fault in opened.verify()]
            kept = sum(1 for _ in opened.versions())
    if kept < (promised := sum(outcome in ("document", "version") for outcome in told)):
        faults.append(f"{promised} documents were told to be safe, {kept} are there")
    add_all(documents, ledger)
    return Kill(
        ended=process.returncode == 0, kept=kept, told=len(told), faults=tuple(faults), equal=exported(ledger) == whole
    )
