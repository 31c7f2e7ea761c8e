"""Checkpoints to the shipped artefact: python -m training.build RUN/average_N.pt... [--out FOLDER]."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from sourceline.attribute.links import Decoding
from sourceline.neural.artefact import FOLDER, Artefact
from sourceline.neural.encoder import Encoder, place_windows
from training.data import read_polnear
from training.export import export_graphs
from training.heads import fit_confidence, take_acts
from training.markup import parse_markup
from training.network import Network
from training.train import base_folder

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "evals" / "cases" / "articles"
REFERENCE = ROOT / "tests" / "neural" / "reference.npz"
FEATURES = ("ids", "case", "layout", "quote")
FILES = ("encoder.onnx", "linker.onnx", "tokenizer.json", "heads.npz")


def build(checkpoints: list[Path], out: Path, decoding: Decoding, own_threshold: float, version: str) -> None:
    network = average_network(checkpoints)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        graphs = Path(folder)
        export_graphs(network, graphs)
        for graph in ("encoder.onnx", "linker.onnx"):
            quantize_dynamic(graphs / graph, out / graph, per_channel=True, weight_type=QuantType.QInt8)
    tokenizer = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    digests = {f: _digest(out / f) for f in FILES if f != "heads.npz"}
    encoder = Encoder(Artefact(folder=out, name="", version="", digests=digests, parameters={}))
    heads = take_acts(network)
    heads |= fit_confidence(encoder, read_polnear("dev"), decoding)
    np.savez(out / "heads.npz", **heads)
    write_reference(network, encoder)
    manifest = {
        "name": "sourceline-attribution",
        "version": version,
        "parameters": {"decoding": asdict(decoding), "own_threshold": own_threshold},
        "sha256": {f: _digest(out / f) for f in FILES},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def average_network(checkpoints: list[Path]) -> Network:
    """The mean of the checkpoints' weights ("model soup", Wortsman et al., ICML 2022)."""
    weights = [torch.load(path, weights_only=True)["average"] for path in checkpoints]
    network = Network()
    network.load_state_dict({k: sum(w[k].float() for w in weights) / len(weights) for k in weights[0]})
    return network


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
    p.add_argument("checkpoints", type=Path, nargs="+", help="several are averaged")
    p.add_argument("--out", type=Path, default=FOLDER)
    p.add_argument("--cue-prior", type=float, default=0.0)
    p.add_argument("--fragment-cost", type=float, default=2.0)
    p.add_argument("--tagger-share", type=float, default=0.5)
    p.add_argument("--own-threshold", type=float, default=0.15)
    p.add_argument("--version", default="2026.11.22")
    a = p.parse_args()
    decoding = Decoding(cue_prior=a.cue_prior, fragment_cost=a.fragment_cost, tagger_share=a.tagger_share)
    build(a.checkpoints, a.out, decoding, a.own_threshold, a.version)


if __name__ == "__main__":
    main()
