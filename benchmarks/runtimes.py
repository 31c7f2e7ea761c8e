"""Which runtime and precision carries the encoder best: python benchmarks/runtimes.py RUN/average_N.pt.

Needs `pip install 'sourceline[train]' openvino`. For each: wordpieces/s on one and two threads (320 pieces a
call), the share of tokens whose best cue tag equals that of the fp32 checkpoint, and the size of the file.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np  # noqa: E402  (the roots must be on the path first)
import onnxruntime  # noqa: E402
import openvino  # noqa: E402
import torch  # noqa: E402
from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: E402

from benchmarks.read import own_articles  # noqa: E402
from sourceline.neural.tokens import tokenise  # noqa: E402
from training.export import export_graphs  # noqa: E402
from training.network import Network  # noqa: E402
from training.train import load_tokenizer  # noqa: E402

Feed = dict[str, np.ndarray]
Run = Callable[[Feed], np.ndarray]
LENGTH = 320


def feeds(count: int) -> list[Feed]:
    tokenizer = load_tokenizer()
    found = []
    for text in own_articles(count):
        tokens = tokenise(text, tokenizer)
        found.append(
            {k: getattr(tokens, k)[None, :LENGTH].astype(np.int64) for k in ("ids", "case", "layout", "quote")}
        )
    return found


def with_onnxruntime(model: Path) -> Run:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    return lambda feed: session.run(["scores"], feed)[0]


def with_openvino(model: Path, precision: str) -> Run:
    core = openvino.Core()
    hints = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": 2, "NUM_STREAMS": 2}
    compiled = core.compile_model(core.read_model(str(model)), "CPU", hints)
    local = threading.local()

    def run(feed: Feed) -> np.ndarray:
        if not hasattr(local, "request"):
            local.request = compiled.create_infer_request()
        return local.request.infer(feed)["scores"]

    return run


def speed(run: Run, items: list[Feed], threads: int) -> float:
    pieces = sum(feed["ids"].size for feed in items)
    rates = []
    for _ in range(4):
        with ThreadPoolExecutor(threads) as pool:
            began = time.perf_counter()
            list(pool.map(run, items))
            rates.append(pieces / (time.perf_counter() - began))
    return statistics.median(rates[1:])


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint", type=Path)
    a = p.parse_args()
    network = Network()
    network.load_state_dict(torch.load(a.checkpoint, weights_only=True)["average"])
    items = feeds(24)
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "encoder.onnx", Path(folder) / "int8.onnx"
        export_graphs(network, Path(folder))
        quantize_dynamic(full, small, per_channel=True, weight_type=QuantType.QInt8)
        runs = {
            "onnxruntime fp32": (with_onnxruntime(full), full),
            "onnxruntime int8": (with_onnxruntime(small), small),
            "openvino fp32": (with_openvino(full, "f32"), full),
            "openvino bf16": (with_openvino(full, "bf16"), full),
        }
        right = [runs["onnxruntime fp32"][0](feed)[:, :3].argmax(1) for feed in items]
        print(f"{'':<20}{'one thread':>12}{'two threads':>13}{'same tags':>11}{'MB':>8}")
        for name, (run, file) in runs.items():
            same = np.mean(np.concatenate([run(f)[:, :3].argmax(1) == r for f, r in zip(items, right, strict=True)]))
            one, two = speed(run, items, 1), speed(run, items, 2)
            print(f"{name:<20}{one:>12,.0f}{two:>13,.0f}{100 * same:>10.2f}%{file.stat().st_size / 1e6:>8.1f}")


if __name__ == "__main__":
    main()
