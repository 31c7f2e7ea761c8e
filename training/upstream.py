"""Trains the scorer of reports inside what is said: python -m training.upstream --cache RUNS/entities [--check].

Over the labels of sources/ on PolNeAR train and on our own fiction, and the layers of the finished encoder. With
--check nothing is written; either way the figures are those of documents left out, ten parts in turn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evals.scoring import f1
from evals.sources import is_same_description
from sourceline.model.speech import Act
from sourceline.neural.artefact import FOLDER, MANIFEST
from sourceline.neural.report_scorer import FILE, ReportScorer, pack_scorer
from sourceline.resolve.naming import is_media
from sourceline.resolve.reports import DECIDES
from sourceline.resolve.sayings import Range
from sourceline.resolve.upstream import Described, describe_reports
from training.data import DATA
from training.entity_features import WIDTH, FeatureCache
from training.markup import parse_markup

HERE = Path(__file__).parent
SCALE, STRENGTH = 0.08, 0.3
"""How much a token's deviation counts beside a word, and the inverse of the regularisation, from parts left out."""
THRESHOLDS = np.arange(0.2, 0.7, 0.05)
LEAST_CUES, LEAST_SHARE = 3, 0.25
EMPTY = ReportScorer(
    words={},
    features={},
    bias=0.0,
    threshold=0.5,
    tokens=np.zeros((WIDTH, 2), np.float32),
    offsets=np.zeros(2, np.float32),
)

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ALWAYS = "says reads quoted testified advised instructed wondered put puts"
"""Forms of reporting that stand inside contents more often than as a cue."""
_NEVER = frozenset(
    "about also not to are were been out have has had don doesn didn squarely guilty confident aware glad convinced "
    "willing eager concerned named titled known supporter against with of is was be fun now made passed signed cast "
    "upon as on at in for by from the a an that it its his her their and or no but so more most all up down over off "
    "back well very just still even already longer never always often being do does did get got go going way past "
    "nothing interest confidence attention light critic critics doubt things many opposition defender proponent rumors "
    "consensus speculation anxiety concern concerns desire decision decisions herself himself upset happy angry proud "
    "keen quick skeptical recognition question questions".split()
)
"""Words that stand in cues and report nothing by themselves."""

Floats = NDArray[np.float32]
Spans = list[Range]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A saying with those whom its speaker credits, as labelled."""

    document: str
    source: Spans
    cue: Spans
    content: Spans
    upstream: Spans
    act: Act = Act.STATE


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a report: names of its features, both tokens' vectors (2304), whether it credits, its saying's number."""

    names: list[dict[str, int]]
    vectors: Floats
    right: NDArray[np.bool_]
    owners: NDArray[np.int64]


def read_texts() -> tuple[dict[str, str], dict[str, list[dict[str, Any]]]]:
    """Texts and their attributions: PolNeAR train by the first annotator, and our fiction."""
    texts, marked = {}, {}
    for row in map(json.loads, (DATA / "polnear/train.jsonl").read_text("utf-8").splitlines()):
        texts[row["id"]] = row["text"]
        marked[row["id"]] = [a for a in row["annotations"][0]["attributions"] if a["cue"]]
    for path in sorted((HERE / "fiction").glob("*.txt")):
        case = parse_markup(path.read_text("utf-8"))
        texts[f"fiction/{path.stem}"], marked[f"fiction/{path.stem}"] = case["text"], case["attributions"]
    return texts, marked


def read_labels(marked: dict[str, list[dict[str, Any]]]) -> list[Labelled]:
    labels = []
    for name in ("polnear_train.jsonl", "upstream_1.jsonl"):
        for row in map(json.loads, (HERE / "sources" / name).read_text("utf-8").splitlines()):
            saying = max(marked[row["doc"]], key=lambda a: _shared(a["cue"], row["cue"]))
            spans = {role: [(s, e) for s, e in saying[role]] for role in ("source", "cue", "content")}
            labels.append(Labelled(document=row["doc"], upstream=[(s, e) for s, e in row["upstream"]], **spans))
    return labels


def _shared(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> int:
    return sum(max(0, min(e, f) - max(s, g)) for s, e in a for g, f in b)


def count_words(texts: dict[str, str], marked: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    """How surely a word reports, 1 to 5: its share of cues among all its places outside contents."""
    cues: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for name, text in texts.items():
        if name.startswith("fiction/"):
            continue
        roles = bytearray(len(text))
        for role, sign in (("content", 2), ("cue", 1)):
            for saying in marked[name]:
                for start, end in saying[role]:
                    roles[start:end] = bytes([sign]) * (end - start)
        for word in _WORD.finditer(text.lower()):
            places[word[0]] += roles[word.start()] != 2
            cues[word[0]] += roles[word.start()] == 1
    shares = {word: cues[word] / (places[word] + 3) for word in cues if cues[word] >= LEAST_CUES}
    words = {
        word: 1 + sum(share >= bound for bound in (0.4, 0.55, 0.7, 0.85))
        for word, share in sorted(shares.items())
        if share >= LEAST_SHARE and word not in _NEVER and not word.endswith("ly")
    }
    return dict.fromkeys(sorted(DECIDES | set(_ALWAYS.split())), 2) | words


def make_rows(
    labels: list[Labelled], reports: list[list[Described]], texts: dict[str, str], cache: FeatureCache
) -> Rows:
    names, vectors, right, owners = [], [], [], []
    documents = list(dict.fromkeys(label.document for label in labels))
    features = dict(zip(documents, cache.read(texts[d] for d in documents), strict=True))
    for number, (label, found) in enumerate(zip(labels, reports, strict=True)):
        text, given = texts[label.document], features[label.document]
        heads = {_head(text, span) for span in label.upstream}
        for report in found:
            at = np.searchsorted(given.tokens.starts, (report.word, report.head), side="right") - 1
            names.append(dict.fromkeys(report.features, 1))
            vectors.append(given.layers[at].astype(np.float32).ravel())
            overlaps = any(report.who[0] < end and start < report.who[1] for start, end in label.upstream)
            right.append(overlaps or _head(text, report.who) in heads)
            owners.append(number)
    return Rows(names, np.stack(vectors), np.array(right), np.array(owners))


def _head(text: str, span: Range) -> str:
    return text[slice(*span)].split()[-1].lower()


@dataclass(frozen=True, slots=True)
class Fitted:
    names: DictVectorizer
    mean: Floats
    spread: Floats
    model: LogisticRegression

    @classmethod
    def on(cls, rows: Rows, chosen: NDArray[np.bool_]) -> Fitted:
        at = np.flatnonzero(chosen)
        names = DictVectorizer().fit([rows.names[i] for i in at])
        mean, spread = rows.vectors[at].mean(0), rows.vectors[at].std(0) + 1e-3
        fitted = cls(names, mean, spread, LogisticRegression(C=STRENGTH, max_iter=2000))
        fitted.model.fit(fitted._matrix(rows, at), rows.right[at])
        return fitted

    def probabilities(self, rows: Rows, chosen: NDArray[np.bool_]) -> Floats:
        return np.asarray(self.model.predict_proba(self._matrix(rows, np.flatnonzero(chosen)))[:, 1], np.float32)

    def _matrix(self, rows: Rows, at: NDArray[np.int64]) -> csr_matrix:
        given = self.names.transform([rows.names[i] for i in at])
        tokens = (rows.vectors[at] - self.mean) / self.spread * SCALE
        return hstack([given, csr_matrix(tokens)]).tocsr()

    def scorer(self, words: dict[str, int], threshold: float) -> ReportScorer:
        weights = self.model.coef_[0]
        known = self.names.get_feature_names_out().tolist()
        tokens = (weights[len(known) :] * SCALE / self.spread).reshape(2, WIDTH).astype(np.float32)
        return ReportScorer(
            words=words,
            features=dict(zip(known, weights[: len(known)].tolist(), strict=True)),
            bias=float(self.model.intercept_[0]),
            threshold=threshold,
            tokens=tokens.T,
            offsets=-(tokens * self.mean.reshape(2, WIDTH)).sum(1),
        )


def cross_validate(labels: list[Labelled], rows: Rows) -> Floats:
    """The probability of each report by a model that has not seen its document."""
    sure = np.zeros(len(rows.right), np.float32)
    for seen, unseen in GroupKFold(10).split(labels, groups=[label.document for label in labels]):
        left_out = np.isin(rows.owners, unseen)
        sure[left_out] = Fitted.on(rows, np.isin(rows.owners, seen)).probabilities(rows, left_out)
    return sure


def count_right(
    labels: list[Labelled], reports: list[list[Described]], texts: dict[str, str], sure: Floats, threshold: float
) -> tuple[int, int, int]:
    """Phrases right, given and labelled where the likeliest report of each saying counts from the threshold on."""
    right = given = at = 0
    for label, found in zip(labels, reports, strict=True):
        mine = sure[at : at + len(found)]
        at += len(found)
        if len(mine) and mine.max() >= threshold:
            text = texts[label.document]
            given += 1
            phrase = text[slice(*found[int(mine.argmax())].who)]
            right += any(is_same_description(phrase, [text[slice(*span)]]) for span in label.upstream)
    return right, given, sum(len(label.upstream) for label in labels)


def export(scorer: ReportScorer, out: Path = FOLDER) -> None:
    """Writes the scorer beside the encoder and its digest into the manifest."""
    np.savez_compressed(out / FILE, allow_pickle=False, **pack_scorer(scorer))
    manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    manifest["sha256"][FILE] = hashlib.sha256((out / FILE).read_bytes()).hexdigest()
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--cache", type=Path, required=True, help="where the encoder's features are kept")
    p.add_argument("--check", action="store_true", help="measure, write nothing")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    texts, marked = read_texts()
    labels = read_labels(marked)
    words = count_words(texts, marked)
    reading = replace(EMPTY, words=words)
    reports = [list(describe_reports(texts[x.document], x, is_media, reading)) for x in labels]
    cache = FeatureCache(a.cache)
    cache.fill(((texts[x.document], False) for x in labels), a.threads)
    rows = make_rows(labels, reports, texts, cache)
    sure = cross_validate(labels, rows)
    scores = {t: count_right(labels, reports, texts, sure, t) for t in THRESHOLDS.tolist()}
    threshold = max(scores, key=lambda t: f1(*scores[t]))
    right, given, labelled = scores[threshold]
    print(
        f"{len(labels)} sayings, {len(rows.right)} reports, {int(rows.right.sum())} of them credit; left out: "
        f"F1 {f1(right, given, labelled)}, {right} right of {given}, {labelled} labelled, threshold {threshold:.2f}"
    )
    if not a.check:
        export(Fitted.on(rows, np.ones(len(rows.right), bool)).scorer(words, round(threshold, 2)))


if __name__ == "__main__":
    main()
