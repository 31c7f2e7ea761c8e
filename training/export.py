"""Training checkpoint to the two portable graphs: python -m training.export RUN/average_9.pt OUT."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn

from training.network import Network


class EncoderGraph(nn.Module):
    """(1, n) features -> hidden (n, 384), token scores (n, 7), projections (n, 192)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder, self.heads, self.linker = network.encoder, network.heads, network.linker

    def forward(self, ids: Tensor, case: Tensor, layout: Tensor, quote: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hidden = self.encoder(ids, case, layout, quote, None)
        return hidden[0], self.heads(hidden)[0], self.linker.project(hidden)[0]


class LinkerGraph(nn.Module):
    """(n, 192) projections, (k, 384) cues, (k, n) distances and statuses -> roles (k, n, 5), pairs (k, n, 96)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.linker = network.linker

    def forward(self, token: Tensor, cue: Tensor, distance: Tensor, status: Tensor) -> tuple[Tensor, Tensor]:
        return self.linker(token[None], cue, distance, status, None)


def export_graphs(network: Network, folder: Path) -> None:
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    row = torch.zeros(1, 40, dtype=torch.long)
    torch.onnx.export(
        EncoderGraph(network),
        (row, row, row, row),
        str(folder / "encoder.onnx"),
        dynamo=False,
        opset_version=20,
        input_names=["ids", "case", "layout", "quote"],
        output_names=["hidden", "scores", "projected"],
        dynamic_axes={
            **{x: {1: "n"} for x in ("ids", "case", "layout", "quote")},
            **{x: {0: "n"} for x in ("hidden", "scores", "projected")},
        },
    )
    pairs = torch.zeros(3, 40, dtype=torch.long)
    torch.onnx.export(
        LinkerGraph(network),
        (torch.zeros(40, 192), torch.zeros(3, 384), pairs, pairs),
        str(folder / "linker.onnx"),
        dynamo=False,
        opset_version=20,
        input_names=["projected", "cue", "distance", "status"],
        output_names=["roles", "pairs"],
        dynamic_axes={
            "projected": {0: "n"},
            "cue": {0: "k"},
            "distance": {0: "k", 1: "n"},
            "status": {0: "k", 1: "n"},
            "roles": {0: "k", 1: "n"},
            "pairs": {0: "k", 1: "n"},
        },
    )


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint", type=Path)
    p.add_argument("out", type=Path)
    a = p.parse_args()
    network = Network()
    network.load_state_dict(torch.load(a.checkpoint, weights_only=True)["average"])
    export_graphs(network, a.out)
