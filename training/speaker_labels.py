"""Labelled speakers as training the rankings needs them: spans, names, and the articles read once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sourceline.attribute.attributions import Attributor
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.entity_heads import EntityFindings
from sourceline.neural.tokens import Tokens
from sourceline.resolve.coreference import EntityReader
from sourceline.resolve.mentions import Range
from training.entity_data import read_lines
from training.markup import parse_markup

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A source span and whom it means: the fullest name, or a description, and where it stands; None: nobody told.
    `seen`: whether the scorer of antecedents was trained on it."""

    text: str
    span: Range
    name: str | None
    at: Range | None
    named: bool
    seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """All of a text that one pass of the encoder gives."""

    text: str
    tokens: Tokens
    findings: Sequence[EntityFindings]
    sources: Sequence[Sequence[Range]]
    """Of each attribution."""

    @property
    def spans(self) -> list[Range]:
        return [span for source in self.sources for span in source]


def read_labels() -> tuple[list[Label], dict[str, str]]:
    """The labels and the texts that they are of, by id. People speaking jointly are left out."""
    seen = [row for path in sorted((HERE / "sources").glob("speakers_*.jsonl")) for row in _rows(path)]
    whole = [row for path in sorted((HERE / "sources").glob("whole_*.jsonl")) for row in _rows(path)]
    wanted = {row["doc"] for row in (*seen, *whole)}
    texts = {row["id"]: row["text"] for row in read_lines("polnear/train") if row["id"] in wanted}
    for path in sorted((HERE / "fiction").glob("*.txt")):
        if path.stem in wanted:
            texts[path.stem] = parse_markup(path.read_text("utf-8"))["text"]
    single = [row for row in seen if row["full"] or len(row["antecedents"]) < 2]
    labels = [_label(texts, row, row["full"], named=bool(row["full"]), seen=True) for row in single]
    alone = [row for row in whole if not row["members"]]
    labels += [_label(texts, row, next(iter(row["name"]), None), named=row["named"], seen=False) for row in alone]
    return labels, texts


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _label(texts: Mapping[str, str], row: Mapping[str, Any], name: Range | None, *, named: bool, seen: bool) -> Label:
    start, end = row["source"][0]
    return Label(
        text=row["doc"],
        span=(start, end),
        name=texts[row["doc"]][slice(*name)] if name else None,
        at=(name[0], name[1]) if name else None,
        named=named,
        seen=seen,
    )


def read_texts(texts: Mapping[str, str]) -> Iterator[tuple[str, ReadText]]:
    encoder = Encoder()
    attributor, reader = Attributor(encoder), EntityReader(encoder.artefact)
    for name, text in texts.items():
        tokens = encoder.tokenise(text)
        windows = [encoder.encode_window(tokens, place) for place in place_windows(tokens)]
        found, _ = attributor.find_attributions(text, tokens, [attributor.read_window(w) for w in windows])
        findings = [reader.read_window(window) for window in windows]
        yield name, ReadText(text=text, tokens=tokens, findings=findings, sources=[f.source for f in found])
