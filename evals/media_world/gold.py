"""The documents, and the truth about them in the storyline format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.media_world.edges import find_edges
from evals.media_world.evidence import count_parties, read_best
from evals.media_world.log import Affair, Article, Put
from evals.media_world.prose.blocks import date_of
from evals.media_world.settings import RECYCLED_AFTER
from evals.media_world.world import World

_Found = tuple[Article, int, Put]


def make_documents(world: World) -> list[dict[str, Any]]:
    """What a system gets, in the order of publication."""
    return [_document(world, affair, article) for affair, article in world.articles()]


def _document(world: World, affair: Affair, article: Article) -> dict[str, Any]:
    outlet, text = world.outlet_of(affair, article), world.texts[article.id]
    day = date_of(article.time)
    slug = "-".join("".join(c for c in word if c.isalnum()) for word in text.title.lower().split()[:6])
    return {
        "id": world.names[article.id],
        "url": f"https://{outlet.address}/{day:%Y/%m/%d}/{slug}-{world.names[article.id]}",
        "outlet": outlet.title,
        "outlet_kind": outlet.kind,
        "published": day.isoformat(),
        "title": text.title,
        "byline": text.byline,
        "text": text.text,
    }


def make_gold(world: World) -> dict[str, Any]:
    """Claims and edges. `independent_origins` is what can be known from what was collected, `truth` what is so."""
    claims = []
    for affair in world.affairs:
        for claim in affair.claims:
            found = world.puts(affair, claim)
            if found:
                claims.append(_claim(world, affair, claim, found))
    edges, _ = find_edges(world)
    return {"claims": claims, "edges": edges}


def make_optional_edges(world: World) -> list[dict[str, Any]]:
    """Pairs that a reader may connect or not: through a third article, or by a parent that was not collected."""
    return find_edges(world)[1]


def write_world(world: World, folder: Path) -> None:
    """`documents.jsonl`, `gold.json`, `optional_edges.json`; `mentions.json`: the claims' mentions and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(document, ensure_ascii=False) for document in make_documents(world))
    (folder / "documents.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    gold = make_gold(world)
    given = [
        {"id": c["id"], "mentions": [{k: m[k] for k in ("doc", "text", "n", "stance")} for m in c["mentions"]]}
        for c in gold["claims"]
    ]
    for name, data in (
        ("gold.json", gold),
        ("optional_edges.json", make_optional_edges(world)),
        ("mentions.json", {"claims": given}),
    ):
        (folder / name).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _claim(world: World, affair: Affair, claim: str, found: list[_Found]) -> dict[str, Any]:
    truth, known = count_parties(world, affair, claim), read_best(world, affair, claim)
    used = list(dict.fromkeys(p.utterance for _, _, p in found if p.utterance and p.stance != "declines"))
    number = {utterance: f"o{i}" for i, utterance in enumerate(used, 1)}
    docs = {p.utterance: world.names[a.id] for a, _, p in reversed(found)}
    return {
        "id": claim,
        "statement": affair.claims[claim].statement,
        "mentions": [_mention(world, a, i, p, number) for a, i, p in found],
        "origins": [_origin(affair, u, number[u], docs[u]) for u in used],
        "independent_origins": {"low": known.low, "high": known.high},
        "truth": {"low": truth.low, "high": truth.high},
        "circular": _is_circular(world, affair, claim, found),
        "recycled": _recycled(world, found),
        "disputed_by": _disputes(world, affair, claim, found),
        "drift": _drift(world, affair, claim, found),
        "withdrawn": _withdrawn(world, affair, found),
    }


def _mention(world: World, article: Article, place: int, put: Put, number: dict[str, str]) -> dict[str, Any]:
    text = world.texts[article.id]
    start, end = text.spans[place]
    words = text.text[start:end]
    block = text.blocks[place]
    return {
        "doc": world.names[article.id],
        "text": words,
        "n": count_before(text.text, words, start),
        "source": block.source,
        "stance": put.stance,
        "origin": number.get(put.utterance or ""),
        "hedge_lost": block.figure.lost if block.figure is not None and put.stance == "asserts" else None,
    }


def count_before(text: str, words: str, start: int) -> int:
    """How often the words stand in the text before that place, overlapping or not."""
    count, at = 0, text.find(words)
    while 0 <= at < start:
        count, at = count + 1, text.find(words, at + 1)
    return count


def _origin(affair: Affair, utterance_id: str, number: str, first: str) -> dict[str, Any]:
    utterance = affair.utterances[utterance_id]
    party = affair.parties[utterance.party]
    speaker = utterance.speaker
    return {
        "id": number,
        "source": speaker.name if speaker is not None else party.name,
        "party": party.name,
        "kind": "own_reporting" if party.kind == "media" else party.kind,
        "channel": utterance.channel,
        "first_doc": first,
    }


def _chain(affair: Affair, put: Put) -> Iterator[tuple[Article, Put]]:
    """The parents of a put, nearest first."""
    by_id = {a.id: a for a in affair.articles}
    while put.parent is not None:
        article = by_id[put.parent[0]]
        put = article.puts[put.parent[1]]
        yield article, put


def _is_circular(world: World, affair: Affair, claim: str, found: list[_Found]) -> bool:
    """One party, and an outlet that credits another which had it, through articles collected, from itself."""
    if count_parties(world, affair, claim).high != 1:
        return False
    for article, _, put in found:
        behind = [a for a, _ in _chain(affair, put)]
        if (
            put.credit is not None
            and behind
            and behind[0].outlet == put.credit != article.outlet
            and any(a.outlet == article.outlet for a in behind)
            and not any(a.hidden for a in behind)
        ):
            return True
    return False


def _recycled(world: World, found: list[_Found]) -> dict[str, Any] | None:
    asserted = [(a, p) for a, _, p in found if p.stance == "asserts"]
    if not asserted:
        return None
    first = asserted[0][0]
    new = [a for a, _ in asserted if a.mode == "recycled" and a.time - first.time >= RECYCLED_AFTER]
    names = list(dict.fromkeys(world.names[a.id] for a in new))
    return {"old_doc": world.names[first.id], "new_docs": names} if names else None


def _disputes(world: World, affair: Affair, claim: str, found: list[_Found]) -> list[dict[str, Any]]:
    """Denials and doubts by others than who asserts it, and the figures of another counting body that exclude it."""
    asserting = {affair.utterances[p.utterance].party for _, _, p in found if p.utterance and p.stance == "asserts"}
    against = [
        (a, i, "denial" if p.stance == "denies" else "doubt")
        for a, i, p in found
        if p.stance in ("denies", "doubts")
        and p.utterance is not None
        and affair.utterances[p.utterance].party not in asserting
        and affair.utterances[p.utterance].channel != "correction"
    ]
    other = affair.claims[claim].spec.conflicts
    if other is not None and f"{affair.id}.{other}" in affair.claims:
        against += [
            (a, i, "conflict")
            for a, i, p in world.puts(affair, f"{affair.id}.{other}")
            if p.stance == "asserts" and any(_excludes(world, (a, i), (b, j)) for b, j, _ in found)
        ]
    return [
        {
            "source": world.texts[a.id].blocks[i].source,
            "doc": world.names[a.id],
            "text": world.texts[a.id].text[slice(*world.texts[a.id].spans[i])],
            "kind": kind,
        }
        for a, i, kind in against
    ]


def _excludes(world: World, one: tuple[Article, int], other: tuple[Article, int]) -> bool:
    first, second = (world.texts[a.id].blocks[i].figure for a, i in (one, other))
    if first is None or second is None:
        return False
    return first.low > (second.high or 10**9) or second.low > (first.high or 10**9)


def _drift(world: World, affair: Affair, claim: str, found: list[_Found]) -> dict[str, Any] | None:
    said = {affair.utterances[p.utterance].number for _, _, p in found if p.utterance and p.stance == "asserts"}
    if len(said - {None}) < 2:
        return None
    values = []
    for article, place, put in found:
        figure = world.texts[article.id].blocks[place].figure
        if figure is not None and put.stance == "asserts":
            values.append({"doc": world.names[article.id], "low": figure.low, "high": figure.high})
    return {"what": affair.claims[claim].statement, "unit": None, "values": values}


def _withdrawn(world: World, affair: Affair, found: list[_Found]) -> dict[str, Any] | None:
    """The articles that take it back, and all that stand on what is taken back."""
    takers = {p.utterance: world.names[a.id] for a, _, p in reversed(found) if p.utterance in affair.withdrawn.values()}
    gone = {old for old, new in affair.withdrawn.items() if new in takers}
    if not gone:
        return None
    docs = [world.names[a.id] for a, _, p in found if p.utterance in gone]
    return {"by": sorted(takers.values()), "documents": list(dict.fromkeys(docs))}
