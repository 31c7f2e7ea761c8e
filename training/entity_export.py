"""The trained entity heads to the shipped files, and their digests and figures into the manifest."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from sourceline.neural.artefact import FOLDER, MANIFEST
from training.entity_network import LAYER, AntecedentNetwork, TokenHead


def export_entities(
    head: TokenHead, antecedents: AntecedentNetwork, parameters: dict[str, float], out: Path = FOLDER
) -> None:
    """Writes entities.onnx (int8) and antecedents.npz beside the encoder, which stays as it is."""
    head.eval()
    layers = tuple(torch.zeros(40, LAYER) for _ in range(3))
    dynamic = {name: {0: "n"} for name in ("hidden", "second", "fourth", "tags", "lead", "tail")}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "entities.onnx"
        torch.onnx.export(
            head,
            layers,
            str(plain),
            dynamo=False,
            opset_version=20,
            input_names=["hidden", "second", "fourth"],
            output_names=["tags", "lead", "tail"],
            dynamic_axes=dynamic,
        )
        quantize_dynamic(plain, out / "entities.onnx", per_channel=True, weight_type=QuantType.QInt8)
    np.savez(out / "antecedents.npz", **antecedents.arrays())
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    manifest["parameters"]["entities"] = parameters
    for file in ("entities.onnx", "antecedents.npz"):
        manifest["sha256"][file] = hashlib.sha256((out / file).read_bytes()).hexdigest()
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
