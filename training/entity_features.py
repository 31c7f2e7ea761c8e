"""What the shipped encoder gives for the training texts, kept on disk: the heads are trained on its int8 outputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sourceline.attribute.attributions import Attributor, WindowFindings
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.tokens import Tokens

WIDTH = 3 * 384
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Features:
    """layers: (n, 1152) float16, the last, the second and the fourth layer; sources: of the attributions found."""

    tokens: Tokens
    layers: NDArray[np.float16]
    sources: Spans


class FeatureCache:
    """Features by the text's digest and the encoder's; whatever is missing is computed with the runtime encoder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._encoder = Encoder()
        self._attributor = Attributor(self._encoder)
        self._vectors, self._index = folder / "layers.f16", folder / "index.jsonl"
        self._places: dict[str, tuple[int, int, Spans]] = {}
        if self._index.exists():
            for line in self._index.read_text("utf-8").splitlines():
                row = json.loads(line)
                self._places[row["key"]] = (row["at"], row["n"], [(s, e) for s, e in row["sources"]])

    def fill(self, texts: Iterable[tuple[str, bool]], threads: int = 2) -> None:
        """Computes what is missing of (text, with its sources?)."""
        missing = [(t, s) for t, s in dict(texts).items() if self._key(t) not in self._places]
        with (
            self._vectors.open("ab") as vectors,
            self._index.open("a", encoding="utf-8") as index,
            ThreadPoolExecutor(threads) as pool,
        ):
            at = vectors.tell() // (2 * WIDTH)
            for begin in range(0, len(missing), 64):
                part = missing[begin : begin + 64]
                for (text, _), (layers, sources) in zip(part, pool.map(lambda x: self._compute(*x), part), strict=True):
                    vectors.write(layers.tobytes())
                    row = {"key": self._key(text), "at": at, "n": len(layers), "sources": sources}
                    index.write(json.dumps(row) + "\n")
                    self._places[row["key"]] = (at, len(layers), sources)
                    at += len(layers)
                print(f"features: {begin + len(part)} of {len(missing)} texts, {at} tokens", flush=True)

    def read(self, texts: Iterable[str]) -> Iterator[Features]:
        """In order; the layers stay on disk until they are looked at."""
        stored = self.all_layers()
        for text in texts:
            at, n, sources = self._places[self._key(text)]
            yield Features(self._encoder.tokenise(text), stored[at : at + n], sources)

    def rows(self, text: str) -> slice:
        """Where the text's tokens stand among those of all texts."""
        at, n, _ = self._places[self._key(text)]
        return slice(at, at + n)

    def tokenise(self, text: str) -> Tokens:
        return self._encoder.tokenise(text)

    def all_layers(self) -> NDArray[np.float16]:
        """(n, 1152) of all texts ever filled; on disk until it is looked at."""
        return np.memmap(self._vectors, np.float16, "r").reshape(-1, WIDTH)

    def _key(self, text: str) -> str:
        digest = self._encoder.artefact.digests["encoder.onnx"]
        return hashlib.sha256(f"{digest} {text}".encode()).hexdigest()[:24]

    def _compute(self, text: str, with_sources: bool) -> tuple[NDArray[np.float16], Spans]:
        tokens = self._encoder.tokenise(text)
        layers = np.zeros((len(tokens), WIDTH), np.float16)
        findings: list[WindowFindings] = []
        for place in place_windows(tokens):
            window = self._encoder.encode_window(tokens, place)
            core = slice(window.core_start - window.start, window.core_end - window.start)
            joined = np.concatenate((window.hidden[core], window.second[core], window.fourth[core]), 1)
            layers[window.core_start : window.core_end] = joined
            if with_sources:
                findings.append(self._attributor.read_window(window))
        found, _ = self._attributor.find_attributions(text, tokens, findings) if with_sources else ((), None)
        return layers, sorted({span for f in found for span in f.source})
