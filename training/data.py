"""Training documents: PolNeAR, our own marked fiction, and what is done to them before they become windows."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sourceline.neural.quotation import CLOSING, OPENING, quote_states
from sourceline.neural.tokens import Tokens, tokenise
from sourceline.neural.windows import cut_windows
from training.markup import parse_markup

DATA = Path(os.environ.get("SOURCELINE_DATA", "../shared/data"))
FICTION = Path(__file__).parent / "fiction"
ACT_LABELS = Path(__file__).parent / "acts" / "polnear_train.jsonl"
ACTS = ("state", "deny", "decline", "accuse", "threaten", "warn", "demand", "intend", "believe", "find", "question")

Spans = list[tuple[int, int]]


@dataclass(slots=True)
class Spoken:
    source: Spans
    cue: Spans
    content: Spans
    act: str | None = None


@dataclass(slots=True)
class Marked:
    """One document with the layers of its annotators (own texts have one, and own-voice spans too)."""

    name: str
    text: str
    layers: list[list[Spoken]]
    own: Spans | None = None


def read_polnear(split: str) -> list[Marked]:
    """The articles of a split; those of `train` with the act labels that there are."""
    with (DATA / "polnear" / f"{split}.jsonl").open(encoding="utf-8") as lines:
        documents = [_from_polnear(json.loads(line)) for line in lines]
    labels = read_act_labels() if split == "train" else {}
    for document in documents:
        for spoken in document.layers[0]:
            spoken.act = labels.get((document.name, spoken.cue[0]))
    return documents


def read_act_labels() -> dict[tuple[str, tuple[int, int]], str]:
    """Acts by document and first cue span."""
    with ACT_LABELS.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {(row["doc"], tuple(row["cue"][0])): row["act"] for row in rows}


def _from_polnear(row: dict) -> Marked:
    layers = []
    for layer in row["annotations"]:
        spoken = [
            Spoken(*([tuple(s) for s in a[role]] for role in ("source", "cue", "content")))
            for a in layer["attributions"]
        ]
        layers.append([s for s in spoken if s.cue and s.content])
    return Marked(row["id"], row["text"], layers)


def read_fiction(folder: Path = FICTION) -> list[Marked]:
    """Our own marked texts; a file whose marks are broken is named and left out."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        try:
            parsed = parse_markup(path.read_text(encoding="utf-8"))
        except ValueError as wrong:
            print(f"left out {path.name}: {wrong}", flush=True)
            continue
        spoken = [
            Spoken(*([tuple(s) for s in a[role]] for role in ("source", "cue", "content")), act=a["act"])
            for a in parsed["attributions"]
        ]
        found.append(Marked(path.stem, parsed["text"], [spoken], [tuple(s) for s in parsed["own"]]))
    return found


@dataclass(slots=True)
class Window:
    """Arrays of one training window of n tokens with k cues.

    ids, case, layout, quote: (n,); cue_tags: (n,) 0 O, 1 B, 2 I; role_tags: (n,) 0 O, 1 source, 2 content;
    own: (n,) 0/1 or None; cue_of: list of token ranges, one a cue; roles: (k, n) 0 O, 1 B-source, 2 I-source,
    3 B-content, 4 I-content; acts: (k,) index or -1.
    """

    ids: NDArray
    case: NDArray
    layout: NDArray
    quote: NDArray
    cue_tags: NDArray
    role_tags: NDArray
    own: NDArray | None
    cues: list[tuple[int, int]] = field(default_factory=list)
    roles: list[NDArray] = field(default_factory=list)
    acts: list[int] = field(default_factory=list)


_SWAPS = (
    {"“": '"', "”": '"', "‘": "'", "’": "'"},
    {"“": "‘", "”": "’", '"open': "‘", '"close': "’"},
    {"“": "'", "”": "'", "’": "'", '"open': "'", '"close': "'"},
    {'"open': "“", '"close': "”", "'": "’"},
    {'"open': "„", '"close': "“", "“": "„", "”": "“"},
    {"“": "«", "”": "»", '"open': "«", '"close': "»"},
)
_SWAP_WEIGHTS = (4, 4, 3, 4, 0.5, 0.5)


def restyle_quotes(text: str, rng: random.Random) -> str:
    """The same text in another house's quotation marks; every character keeps its place."""
    swap = rng.choices(_SWAPS, _SWAP_WEIGHTS)[0]
    states = quote_states(text) if '"open' in swap else b""
    out = []
    for i, c in enumerate(text):
        if c == '"' and states:
            kind = states[i]
            c = swap['"open'] if kind == OPENING else swap['"close'] if kind == CLOSING else c
        else:
            c = swap.get(c, c)
        out.append(c)
    return "".join(out)


def label_tokens(tokens: Tokens, spans: Spans) -> NDArray[np.bool_]:
    mask = np.zeros(len(tokens), bool)
    for start, end in spans:
        first = int(np.searchsorted(tokens.ends, start, side="right"))
        last = int(np.searchsorted(tokens.starts, end, side="left"))
        mask[first:last] = True
    return mask


def make_windows(
    document: Marked, tokenizer: Tokenizer, rng: random.Random, limit: int, augment: bool, first: int | None
) -> Iterator[Window]:
    text = document.text
    if augment and rng.random() < 0.3:
        text = restyle_quotes(text, rng)
    tokens = tokenise(text, tokenizer)
    case = tokens.case
    if augment and rng.random() < 0.03:
        case = np.zeros_like(case)
    layer = rng.choice(document.layers)
    rows = []
    cue_tags = np.zeros(len(tokens), np.int64)
    role_tags = np.zeros(len(tokens), np.int64)
    for spoken in layer:
        cue, source, content = (label_tokens(tokens, getattr(spoken, r)) for r in ("cue", "source", "content"))
        at = np.flatnonzero(cue)
        if not len(at) or not content.any():
            continue
        runs = _runs(at)
        for a, b in runs:
            cue_tags[a] = 1
            cue_tags[a + 1 : b] = 2
        main = max(runs, key=lambda r: r[1] - r[0])
        roles = np.zeros(len(tokens), np.int64)
        for mask, begin in ((content, 3), (source & ~content, 1)):
            for a, b in _runs(np.flatnonzero(mask)):
                roles[a] = begin
                roles[a + 1 : b] = begin + 1
        role_tags[content] = 2
        role_tags[source & (role_tags == 0)] = 1
        rows.append((main, roles, ACTS.index(spoken.act) if spoken.act else -1))
    own = None
    if document.own is not None:
        own = label_tokens(tokens, document.own).astype(np.float32)
    for start, end in cut_windows(tokens.layout, limit, 0, first):
        window = Window(
            tokens.ids[start:end],
            case[start:end],
            tokens.layout[start:end],
            tokens.quote[start:end],
            cue_tags[start:end],
            role_tags[start:end],
            None if own is None else own[start:end],
        )
        for (a, b), roles, act in rows:
            if a >= start and b <= end and not roles[:start].any() and not roles[end:].any():
                window.cues.append((a - start, b - start))
                window.roles.append(roles[start:end])
                window.acts.append(act)
        yield window


def _runs(at: NDArray) -> list[tuple[int, int]]:
    """Runs of consecutive numbers as half-open ranges."""
    if not len(at):
        return []
    cuts = np.flatnonzero(np.diff(at) > 1)
    firsts = np.concatenate(([at[0]], at[cuts + 1]))
    lasts = np.concatenate((at[cuts], [at[-1]]))
    return [(int(a), int(b) + 1) for a, b in zip(firsts, lasts, strict=True)]
