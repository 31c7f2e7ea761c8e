"""The teacher of meaning: sentence vectors of all-MiniLM-L6-v2, as its makers take them, kept on disk."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.network import WIDTH, Encoder
from training.train import base_folder

Floats = NDArray[np.float32]

PIECES = 128
"""What is read of a sentence, with the two special pieces."""


class _Graph(nn.Module):
    """(1, n) pieces -> (384,): the mean over the last layer."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.encoder.load_minilm(load_file(base_folder() / "model.safetensors"))
        for table in (self.encoder.case, self.encoder.layout, self.encoder.quote):
            nn.init.zeros_(table.weight)

    def forward(self, ids: Tensor) -> Tensor:
        nothing = torch.zeros_like(ids)
        return self.encoder(ids, nothing, nothing, nothing, None)[0].mean(0)


class Teacher:
    """Mean over the pieces, special ones too, of the last layer, at unit length. Its weights are int8, which takes a
    quarter of the time: the vectors stay within a cosine of 0.98 of the exact ones."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            exact, small = Path(folder) / "exact.onnx", Path(folder) / "small.onnx"
            torch.onnx.export(
                _Graph().eval(),
                (torch.zeros(1, 12, dtype=torch.long),),
                str(exact),
                dynamo=False,
                opset_version=20,
                input_names=["ids"],
                output_names=["mean"],
                dynamic_axes={"ids": {1: "n"}},
            )
            quantize_dynamic(exact, small, per_channel=True, weight_type=QuantType.QInt8)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(small, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(PIECES)

    def read(self, sentences: Sequence[str]) -> Floats:
        """(k, 384)."""
        pieces = [e.ids for e in self._tokenizer.encode_batch(list(sentences))]
        return self._read_pieces(pieces)

    def read_vocabulary(self) -> Floats:
        """(30522, 384): each wordpiece as if it were a sentence."""
        first, last = self._tokenizer.token_to_id("[CLS]"), self._tokenizer.token_to_id("[SEP]")
        return self._read_pieces([[first, i, last] for i in range(self._tokenizer.get_vocab_size())])

    def _read_pieces(self, pieces: Sequence[Sequence[int]]) -> Floats:
        with ThreadPoolExecutor(2) as pool:
            means = list(pool.map(lambda ids: self._session.run(None, {"ids": np.array([ids])})[0], pieces))
        vectors = np.stack(means)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def read_cached(sentences: Sequence[str], folder: Path) -> NDArray[np.float16]:
    """(k, 384) from `folder`; what is missing there is computed."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors, names = folder / "teacher.f16", folder / "teacher.keys"
    keys = [hashlib.sha256(s.encode()).hexdigest()[:24] for s in sentences]
    known = names.read_text("ascii").split() if names.exists() else []
    places = {key: i for i, key in enumerate(known)}
    missing = {key: s for key, s in zip(keys, sentences, strict=True) if key not in places}
    if missing:
        teacher, rest = Teacher(), list(missing.items())
        for begin in range(0, len(rest), 4096):
            part = rest[begin : begin + 4096]
            with vectors.open("ab") as out:
                out.write(teacher.read([s for _, s in part]).astype(np.float16).tobytes())
            with names.open("a", encoding="ascii") as index:
                index.writelines(f"{key}\n" for key, _ in part)
            places |= {key: len(places) + i for i, (key, _) in enumerate(part)}
            print(f"teacher: {begin + len(part)} of {len(rest)} sentences", flush=True)
    stored = np.memmap(vectors, np.float16, "r").reshape(-1, WIDTH)
    return np.asarray(stored[[places[key] for key in keys]])


def read_vocabulary(folder: Path) -> Floats:
    """(30522, 384), from `folder` where it is there."""
    file = folder / "vocabulary.npy"
    if not file.exists():
        np.save(file, Teacher().read_vocabulary())
    return np.asarray(np.load(file))
