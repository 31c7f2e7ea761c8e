"""Checkpoint to the shipped artefact: python -m training.build RUN/average_9.pt [--out FOLDER]."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from sourceline.neural.artefact import FOLDER, Artefact
from sourceline.neural.encoder import Encoder, place_windows
from training.data import read_fiction, read_polnear
from training.export import export_graphs
from training.heads import fit_acts, fit_confidence, label_acts
from training.markup import parse_markup
from training.network import Network
from training.train import base_folder

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "evals" / "cases" / "articles"
REFERENCE = ROOT / "tests" / "neural" / "reference.npz"
FEATURES = ("ids", "case", "layout", "quote")
FILES = ("encoder.onnx", "linker.onnx", "tokenizer.json", "heads.npz")


def build(checkpoint: Path, out: Path, parameters: dict[str, float], version: str) -> None:
    network = Network()
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        graphs = Path(folder)
        export_graphs(network, graphs)
        quantize_dynamic(graphs / "encoder.onnx", out / "encoder.onnx", per_channel=True, weight_type=QuantType.QInt8)
        shutil.copy(graphs / "linker.onnx", out / "linker.onnx")
    tokenizer = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    digests = {f: _digest(out / f) for f in FILES if f != "heads.npz"}
    encoder = Encoder(Artefact(folder=out, name="", version="", digests=digests, parameters={}))
    figures = (parameters["cue_prior"], parameters["fragment_cost"])
    heads = fit_acts(encoder, label_acts(read_polnear("train")) + read_fiction(), *figures)
    heads |= fit_confidence(encoder, read_polnear("dev"), *figures)
    np.savez(out / "heads.npz", **heads)
    write_reference(network, encoder)
    manifest = {
        "name": "sourceline-attribution",
        "version": version,
        "parameters": parameters,
        "sha256": {f: _digest(out / f) for f in FILES},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def write_reference(network: Network, encoder: Encoder) -> None:
    """What the training checkpoint itself gives for a text of ours: the differential test holds the artefact to it."""
    text = parse_markup((ARTICLES / "01_river_talks.txt").read_text("utf-8"))["text"]
    tokens = encoder.tokenise(text)
    start, end, _, _ = place_windows(tokens)[0]
    features = [torch.from_numpy(getattr(tokens, x)[None, start:end].astype(np.int64)) for x in FEATURES]
    with torch.no_grad():
        hidden = network.encoder(*features, None)
        scores = network.heads(hidden)[0]
    np.savez_compressed(
        REFERENCE, scores=scores.numpy().astype(np.float16), hidden=hidden[0].numpy().astype(np.float16)
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint", type=Path)
    p.add_argument("--out", type=Path, default=FOLDER)
    p.add_argument("--cue-prior", type=float, default=0.0)
    p.add_argument("--fragment-cost", type=float, default=1.0)
    p.add_argument("--own-threshold", type=float, default=0.5)
    p.add_argument("--version", default="2026.11")
    a = p.parse_args()
    parameters = {"cue_prior": a.cue_prior, "fragment_cost": a.fragment_cost, "own_threshold": a.own_threshold}
    build(a.checkpoint, a.out, parameters, a.version)


if __name__ == "__main__":
    main()
