"""Trains the line classifier of sourceline.clean: `python -m training.regions [--out FILE]`.

Reads training/furniture, the tags-free text of training/fiction, Wikinews bodies and the 22 hand-labelled pages of
training/furniture/pages.jsonl (whose text stays in $SOURCELINE_DATA). The pages of evals/cases/regions are never read.
Three passes: the line alone; the line in its place, on made scrapes and labelled pages; stretches that stand apart.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from sourceline.clean.classifier import OWN_KINDS, PLACED_KINDS, LineClassifier, Weights
from sourceline.clean.features import line_features
from sourceline.clean.placement import Placed, island_features, islands, place_features
from training.scrapes import Article, Furniture, Labelled, make_scrape

DATA = Path(os.environ.get("SOURCELINE_DATA", "../shared/data"))
HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "sourceline" / "clean" / "regions.json"
SCRAPES = 1200
FILLS = {
    "boilerplate": 5,
    "byline_top": 30,
    "byline_end": 40,
    "caption": 40,
    "credit": 18,
    "headlines": 3,
    "subheads": 4,
    "body_short": 6,
}
OWN_OF_FILE = {
    "byline_top": "byline",
    "byline_end": "byline",
    "headlines": "headline",
    "subheads": "headline",
    "body_short": "body",
}
OWN_OF_KIND = {"title": "headline", "subhead": "headline"}
PLACED_OF_KIND = {"subhead": "body"}
SETTLED_AT, APART_AT, TITLED_AT = 0.6, 0.45, 0.1

_OWN_WORDS = re.compile(
    r"\b(?:cookies?|newsletters?|subscri\w+|privacy|copyright|rights reserved|sign(?:ing)? up|advertis\w+|disclaimer|"
    r"terms of|our site|this site|website|browser|inbox|unsubscribe|affiliate|your email|comments? policy)\b",
    re.IGNORECASE,
)
"""Words by which a long line of a labelled page is known to be furniture wherever it stands."""

Rows = list[tuple[list[str], str, float]]
"""Feature names, kind, weight."""


def fiction() -> list[Article]:
    articles = []
    for path in sorted((HERE / "fiction").glob("*.txt")):
        plain = re.sub(r"</?[sqco](?: [^<>]*)?>", "", path.read_text("utf-8"))
        paragraphs = [line.strip() for line in plain.splitlines() if line.strip()]
        if len(paragraphs) > 2:
            articles.append(Article(paragraphs[0], paragraphs[1:]))
    return articles


def wikinews() -> list[Article]:
    path = DATA / "wikinews_raw" / "articles.jsonl"
    if not path.exists():
        print(f"{path} is missing: Wikinews bodies are left out")
        return []
    articles = []
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        paragraphs = [line.strip() for line in row["text"].splitlines() if line.strip()]
        body = [line for line in paragraphs if len(line) > 60 or line[-1] in '.!?"”']
        if len(body) > 2:
            articles.append(Article(row["title"], body))
    return articles


def labelled_pages() -> list[list[tuple[list[str], str]]]:
    """Pages as (acceptable kinds, line) lists."""
    path = DATA / "extraction" / "trafilatura.jsonl"
    if not path.exists():
        print(f"{path} is missing: labelled pages are left out")
        return []
    texts = {row["id"]: row["lines"] for row in map(json.loads, path.read_text("utf-8").splitlines())}
    pages = []
    for row in map(json.loads, (HERE / "furniture" / "pages.jsonl").read_text("utf-8").splitlines()):
        lines = texts[row["id"]]
        pages.append(
            [
                (kinds.split("|"), " ".join(line.split("\n")))
                for a, b, kinds in row["kinds"]
                for line in lines[a:b]
                if line.strip()
            ]
        )
    return pages


def own_rows(
    furniture: Furniture, articles: list[Article], pages: list[list[tuple[list[str], str]]], chance: random.Random
) -> Rows:
    rows: Rows = []
    for name, templates in furniture.lines.items():
        for template in templates:
            fills = {furniture.fill(template, chance) for _ in range(FILLS[name])} if "{" in template else {template}
            kind = OWN_OF_FILE.get(name, name)
            if name == "boilerplate" and re.fullmatch(r"\{headline\}", template):
                kind = "headline"
            for text in sorted(fills):
                rows.append(
                    (line_features(text), kind, (2.0 if "{" not in template else 1.0) if name != "body_short" else 3.0)
                )
    for article in articles:
        rows.append((line_features(article.title), "headline", 1.0))
        for paragraph in article.body:
            rows.append((line_features(paragraph), "body", 1.0))
            sentences = re.split(r"(?<=[.!?][”\"]) |(?<=[.!?]) (?=[A-Z“\"])", paragraph)
            if len(sentences) > 1:
                rows.append((line_features(chance.choice(sentences)), "body", 0.5))
    for page in pages:
        for kinds, text in page:
            choices = [OWN_OF_KIND.get(kind, kind) for kind in kinds]
            if "boilerplate" in choices and len(choices) == 1 and len(text) > 130 and not _OWN_WORDS.search(text):
                continue  # teasers and comments read as prose: the place decides
            for kind in choices:
                rows.append((line_features(text.strip()), kind, (2.0 if kind != "boilerplate" else 1.0) / len(choices)))
    return [
        (names, "headline" if kind == "title" else kind, weight)
        for names, kind, weight in rows
        if kind in (*OWN_KINDS, "title")
    ]


def vocabulary(rows: Rows, body: str = "body") -> set[str]:
    """Words are kept only where furniture uses them, so that no topic of the training bodies is learnt."""
    kept: Counter[str] = Counter()
    for names, kind, _ in rows:
        if kind not in (body, "headline"):
            kept.update(set(names))
    shapes = {name for names, _, _ in rows for name in names if name.split(" ")[0] not in ("w", "first", "last", "all")}
    return shapes | {name for name, count in kept.items() if count >= 4}


def fit(rows: Rows, kinds: tuple[str, ...], known: set[str], strength: float) -> dict[str, object]:
    """The weights as they are stored: integers, `scale` of them to one."""
    names = sorted(known)
    where = {name: column for column, name in enumerate(names)}
    indices, ends = [], [0]
    for features, _, _ in rows:
        indices += [where[name] for name in features if name in where]
        ends.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices), dtype=np.float32), indices, ends), shape=(len(rows), len(names)))
    answers = np.array([kinds.index(kind) for _, kind, _ in rows])
    weights = np.array([weight for _, _, weight in rows])
    started = time.time()
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-3)
    model.fit(matrix, answers, sample_weight=weights)
    coefficients, bias = model.coef_, model.intercept_
    if len(kinds) == 2:
        coefficients, bias = np.vstack([-coefficients / 2, coefficients / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    correct = (model.predict(matrix) == answers).mean()
    print(f"  {len(rows)} rows, {len(names)} features, {correct:.4f} right in training, {time.time() - started:.0f} s")
    scale = 50
    stored = {name: [round(scale * value) for value in coefficients[:, column]] for column, name in enumerate(names)}
    stored = {name: values for name, values in stored.items() if max(map(abs, values)) >= 4}
    return {
        "kinds": list(kinds),
        "scale": scale,
        "bias": [round(float(value), 4) for value in bias],
        "features": stored,
    }


def placed_rows(
    classifier: LineClassifier, scrapes: list[list[tuple[list[str], str, float]]]
) -> tuple[Rows, Rows, Rows]:
    """Rows for titles, for the second look and for islands, from pages of (acceptable kinds, line, weight)."""
    title_rows: Rows = []
    rows: Rows = []
    island_rows: Rows = []
    for page in scrapes:
        texts = [text for _, text, _ in page]
        own = classifier.own_probabilities(texts)
        settled = own[:, 0] >= classifier.settled_at
        for island in islands(texts, own, settled):
            wrong = sum(
                1
                for kinds, _, _ in page[island.first : island.last + 1]
                if "body" not in kinds and "title" not in kinds
            )
            apart = wrong * 2 > island.last - island.first + 1
            island_rows.append(
                (island_features(island), "apart" if apart else "kept", page[island.first][2] * (1.0 if apart else 2.0))
            )
            if apart:
                settled[island.first : island.last + 1] = False
        placed = Placed.of(texts, own, settled, None)
        front = [line for line in range(len(page)) if placed.zones[line] == "before" and not settled[line]]
        for line in front:
            kinds, _, weight = page[line]
            if kinds[0] == "title":
                title_rows.append((place_features(placed, line), "title", weight * (2.0 if len(kinds) == 1 else 0.3)))
            else:
                title_rows.append((place_features(placed, line), "other", weight))
        titles = [line for line in front if page[line][0] == ["title"]]
        placed = replace(placed, title_line=titles[0] if titles else -1)
        for line, (kinds, _, weight) in enumerate(page):
            if settled[line]:
                continue
            choices = [PLACED_OF_KIND.get(kind, kind) for kind in kinds]
            if placed.zones[line] != "inside":
                choices = [kind for kind in choices if kind != "body"]
            choices = [kind for kind in choices if kind in PLACED_KINDS]
            if "body" in choices:
                choices = ["body"]  # a subhead may be title as well, but both halves together must beat boilerplate
            features = place_features(placed, line)
            rows += [(features, kind, weight / len(choices)) for kind in choices]
    return title_rows, rows, island_rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fold", type=int, default=None, help="leave every second labelled page out, from this one on")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    furniture, articles, pages = Furniture.read(), fiction() + wikinews(), labelled_pages()
    if options.fold is not None:
        pages = pages[1 - options.fold :: 2]
    print(
        f"{len(articles)} bodies, {len(pages)} labelled pages, "
        f"{sum(map(len, furniture.lines.values()))} furniture lines"
    )

    rows = own_rows(furniture, articles, pages, chance)
    print("the line alone:", dict(Counter(kind for _, kind, _ in rows)))
    own = fit(rows, OWN_KINDS, vocabulary(rows), 0.3)
    stored: dict[str, object] = {"own": own, "settled_at": SETTLED_AT, "apart_at": APART_AT, "titled_at": TITLED_AT}
    empty = Weights(rows={}, matrix=np.zeros((0, 6), dtype=np.float32), bias=np.zeros(6, dtype=np.float32))
    classifier = LineClassifier(Weights.load(own), empty, empty, empty, SETTLED_AT, APART_AT, TITLED_AT)

    def as_page(scrape: list[Labelled]) -> list[tuple[list[str], str, float]]:
        return [([kind], text, 0.3) for kind, text in scrape]

    made = [as_page(make_scrape(chance.choice(articles), articles, furniture, chance)) for _ in range(SCRAPES)]
    real = [[(kinds, text.strip(), 2.5) for kinds, text in page] for page in pages]
    title_rows, rows, island_rows = placed_rows(classifier, made + real)
    print("titles:")
    stored["titles"] = fit(title_rows, ("other", "title"), _frequent(title_rows, 5), 0.1)
    print("the line in its place:")
    stored["placed"] = fit(rows, PLACED_KINDS, _frequent(rows, 5), 0.1)
    print("stretches that stand apart:", dict(Counter(kind for _, kind, _ in island_rows)))
    stored["island"] = fit(island_rows, ("kept", "apart"), _frequent(island_rows, 3), 0.1)
    options.out.write_text(
        json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8"
    )
    print(f"{options.out}: {options.out.stat().st_size / 1000:.0f} kB")


def _frequent(rows: Rows, least: int) -> set[str]:
    counts = Counter(name for names, _, _ in rows for name in names)
    return {name for name, count in counts.items() if count >= least}


if __name__ == "__main__":
    main()
