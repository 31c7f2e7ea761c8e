"""The network: MiniLM-L6 with case, layout and quotation beside the pieces, a cue tagger, a role tagger a cue."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from sourceline.neural.tokens import CASES, LAYOUTS, QUOTES

WIDTH, HEADS, LAYERS, INNER, PIECES, PLACES = 384, 12, 6, 1536, 30522, 512
PAIR = 96
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
ROLES = 5


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x: (batch, n, width); bias: (batch * heads, 1, n), 0 where attended, -10000 where not, or None."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: half the time of the fused kernel in bf16 with gradients.
        queries = (q * (WIDTH // HEADS) ** -0.5).reshape(-1, n, WIDTH // HEADS)
        keys = k.reshape(-1, n, WIDTH // HEADS).transpose(1, 2)
        scores = torch.bmm(queries, keys) if bias is None else torch.baddbmm(bias, queries, keys)
        attended = torch.bmm(scores.softmax(-1), v.reshape(-1, n, WIDTH // HEADS))
        x = self.norm1(x + self.out(attended.view(b, HEADS, n, -1).transpose(1, 2).reshape(b, n, WIDTH)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.layout = nn.Embedding(LAYOUTS, WIDTH)
        self.quote = nn.Embedding(QUOTES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, case: Tensor, layout: Tensor, quote: Tensor, mask: Tensor | None) -> Tensor:
        """ids, case, layout, quote: (batch, n); mask: (batch, n) bool, or None where nothing is padded.

        Returns (batch, n, width).
        """
        return self.every_layer(ids, case, layout, quote, mask)[-1]

    def every_layer(
        self, ids: Tensor, case: Tensor, layout: Tensor, quote: Tensor, mask: Tensor | None
    ) -> list[Tensor]:
        """As `forward`, with what each layer gives, the first one's first."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.places(places) + self.case(case) + self.layout(layout) + self.quote(quote)
        x = self.norm(x)
        bias = None
        if mask is not None:
            bias = torch.where(mask, 0.0, -10000.0).to(self.layers[0].qkv(x[:1, :1]).dtype)
            bias = bias.repeat_interleave(HEADS, 0)[:, None, :]
        given = []
        for layer in self.layers:
            x = layer(x, bias)
            given.append(x)
        return given

    def load_minilm(self, weights: dict[str, Tensor]) -> None:
        """Takes the base weights under their Hugging Face BERT names; the added tables start near zero."""
        w = {k.removeprefix("bert."): v.float() for k, v in weights.items()}
        with torch.no_grad():
            self.pieces.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.pieces.weight += w["embeddings.token_type_embeddings.weight"][0]
            for table in (self.case, self.layout, self.quote):
                table.weight.normal_(0, 0.01)
            _copy(self.norm, w, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                name = f"encoder.layer.{i}"
                parts = [w[f"{name}.attention.self.{p}.weight"] for p in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat(parts))
                parts = [w[f"{name}.attention.self.{p}.bias"] for p in ("query", "key", "value")]
                layer.qkv.bias.copy_(torch.cat(parts))
                _copy(layer.out, w, f"{name}.attention.output.dense")
                _copy(layer.norm1, w, f"{name}.attention.output.LayerNorm")
                _copy(layer.up, w, f"{name}.intermediate.dense")
                _copy(layer.down, w, f"{name}.output.dense")
                _copy(layer.norm2, w, f"{name}.output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])


class Heads(nn.Module):
    """Scores over tokens: cue (3), role (3), own voice (1)."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens = nn.Linear(WIDTH, 7)

    def forward(self, encoded: Tensor) -> Tensor:
        return self.tokens(encoded)


class Linker(nn.Module):
    """For each cue, the role of every token of its window: the learned link between cue, source and content."""

    def __init__(self) -> None:
        super().__init__()
        self.token = nn.Linear(WIDTH, 2 * PAIR)
        self.cue = nn.Linear(WIDTH, 3 * PAIR)
        self.distance = nn.Embedding(2 * len(DISTANCES) + 3, PAIR)
        self.status = nn.Embedding(3, PAIR)
        self.norm = nn.LayerNorm(PAIR)
        self.convolutions = nn.ModuleList(nn.Conv1d(PAIR, PAIR, 3, padding=d, dilation=d) for d in (1, 2, 4, 8))
        self.roles = nn.Linear(PAIR, ROLES)
        self.acts = nn.Sequential(nn.Linear(2 * WIDTH + PAIR, 128), nn.GELU(), nn.Linear(128, 11))
        for table in (self.distance, self.status):
            nn.init.normal_(table.weight, 0, 0.1)

    def project(self, encoded: Tensor) -> Tensor:
        """(batch, n, width) -> (batch, n, 2 pair): what each token brings to every cue."""
        return self.token(encoded)

    def forward(
        self, token: Tensor, cue: Tensor, distance: Tensor, status: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """token: (k, n, 2 pair) projected; cue: (k, width); distance, status: (k, n) long; mask: (k, n) bool.

        Returns role scores (k, n, 5) and the pair features (k, n, pair).
        """
        x = self.join(token, cue, distance, status)
        keep = None if mask is None else mask[:, :, None].to(x.dtype)
        for convolution in self.convolutions:
            kept = x if keep is None else x * keep
            x = x + functional.gelu(convolution(kept.transpose(1, 2)).transpose(1, 2))
        return self.roles(x), x

    def join(self, token: Tensor, cue: Tensor, distance: Tensor, status: Tensor) -> Tensor:
        """The features of each pair of token and cue before their neighbours are looked at: (k, n, pair)."""
        plain, product = token.split(PAIR, -1)
        added, factor, gate = self.cue(cue).split(PAIR, -1)
        x = plain + added[:, None] + product * factor[:, None] + self.distance(distance) + self.status(status)
        return functional.dropout(functional.gelu(self.norm(x)) * torch.sigmoid(gate)[:, None], 0.1, self.training)

    def act(self, cue: Tensor, content: Tensor, pair: Tensor) -> Tensor:
        """cue, content: (k, width) means; pair: (k, pair) mean over the cue. Returns (k, 11)."""
        return self.acts(torch.cat((cue, content, pair), -1))


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.heads = Heads()
        self.linker = Linker()


def distance_buckets(n: int, start: Tensor, end: Tensor) -> Tensor:
    """Signed, bucketed distance of each of n tokens to cues [start, end): (k, n) long."""
    at = torch.arange(n, device=start.device)[None, :]
    before = (start[:, None] - at).clamp(min=0)
    after = (at - end[:, None] + 1).clamp(min=0)
    edges = torch.tensor(DISTANCES, device=start.device)
    middle = len(DISTANCES) + 1
    return middle - torch.bucketize(before, edges, right=True) + torch.bucketize(after, edges, right=True)
