"""Training checkpoint to the two portable graphs: python -m training.export RUN/average_9.pt OUT."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.network import Network


class EncoderGraph(nn.Module):
    """(1, n) features -> hidden (n, 384), token scores (n, 7), projections (n, 192), and what the second and the
    fourth of the six layers give: names and persons show there that the last layer, trained for speech, has lost."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder, self.heads, self.linker = network.encoder, network.heads, network.linker

    def forward(self, ids: Tensor, case: Tensor, layout: Tensor, quote: Tensor) -> tuple[Tensor, ...]:
        layers = self.encoder.every_layer(ids, case, layout, quote, None)
        hidden = layers[-1]
        return hidden[0], self.heads(hidden)[0], self.linker.project(hidden)[0], layers[1][0], layers[3][0]


class LinkerGraph(nn.Module):
    """(k, n, 192) projections, (k, 384) cues, (k, n) distances and statuses -> roles (k, n, 5), pairs (k, n, 96).

    The linker with each convolution written as one matrix product over a token and its two neighbours at the
    convolution's distance: the same numbers, and a form that can be quantised.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.linker = network.linker
        self.products = nn.ModuleList(_as_product(c) for c in self.linker.convolutions)

    def forward(self, token: Tensor, cue: Tensor, distance: Tensor, status: Tensor) -> tuple[Tensor, Tensor]:
        x = self.linker.join(token, cue, distance, status)
        for convolution, product in zip(self.linker.convolutions, self.products, strict=True):
            reach = convolution.dilation[0]
            padded = functional.pad(x, (0, 0, reach, reach))
            x = x + functional.gelu(product(torch.cat((padded[:, : -2 * reach], x, padded[:, 2 * reach :]), -1)))
        return self.linker.roles(x), x


def _as_product(convolution: nn.Conv1d) -> nn.Linear:
    product = nn.Linear(3 * convolution.in_channels, convolution.out_channels)
    with torch.no_grad():
        product.weight.copy_(torch.cat(convolution.weight.unbind(-1), 1))
        product.bias.copy_(convolution.bias)
    return product


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
        output_names=["hidden", "scores", "projected", "second", "fourth"],
        dynamic_axes={
            **{x: {1: "n"} for x in ("ids", "case", "layout", "quote")},
            **{x: {0: "n"} for x in ("hidden", "scores", "projected", "second", "fourth")},
        },
    )
    pairs = torch.zeros(3, 40, dtype=torch.long)
    torch.onnx.export(
        LinkerGraph(network),
        (torch.zeros(3, 40, 192), torch.zeros(3, 384), pairs, pairs),
        str(folder / "linker.onnx"),
        dynamo=False,
        opset_version=20,
        input_names=["projected", "cue", "distance", "status"],
        output_names=["roles", "pairs"],
        dynamic_axes={
            "projected": {0: "k", 1: "n"},
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
