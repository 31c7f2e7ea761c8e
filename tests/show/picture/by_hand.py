"""Traces made by hand, and those that the gold of the storylines gives."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sourceline.model.claim import Stance
from sourceline.model.text import Span
from sourceline.model.trace import Channel, Drift, Figure, Interval, Origin, Step, Trace, Traced

STORYLINES = Path(__file__).resolve().parents[3] / "training" / "storylines"
BEGUN = datetime(2031, 2, 24, 13, 40, tzinfo=UTC)


def origin(
    id: str, party: str, *, asserts: bool = True, channel: Channel = Channel.DOCUMENT, kind: str = "government"
) -> Origin:
    return Origin(id=id, party=party, source=party, kind=kind, channel=channel, first_document="d1", asserts=asserts)


def mention(
    id: str,
    outlet: str | None,
    hours: float,
    *,
    stance: Stance = Stance.ASSERTS,
    origin: str | None = "o1",
    parent: str | None = None,
    step: Step | None = None,
    words: str = "inspectors were refused entry to the depot",
    version: str = "",
    undated: bool = False,
    source: str | None = "the inspectorate",
    hedge_lost: str | None = None,
) -> Traced:
    """So many hours after the first."""
    if step is None:
        step = Step(step=f"credits {parent}" if parent else "attributed to the inspectorate", mention=parent)
    return Traced(
        mention=id,
        version=version or f"v-{id}",
        document=f"doc-{id}",
        outlet=outlet,
        time=BEGUN + timedelta(hours=hours),
        undated=undated,
        attribution=None,
        unattributed=None,
        spans=(Span(start=0, end=len(words), text=words),),
        source=source,
        stance=stance,
        origin=origin,
        parent=parent,
        lineage=() if stance is Stance.DECLINES else (step,),
        hedge_lost=hedge_lost,
    )


def trace(mentions: Sequence[Traced], origins: Sequence[Origin], **more: Any) -> Trace:
    made = Trace(
        claim="c1",
        statement="Inspectors were refused entry to the Tolvin depot on 19 February",
        mentions=tuple(mentions),
        origins=tuple(origins),
        independent_origins=Interval(low=1, best=1, high=2),
        newsgathering_acts=Interval(low=1, best=1, high=2),
        reasons=("Aldemar One gives no source: independence not established",),
        articles=len({m.version for m in mentions}),
        outlets=len({m.outlet for m in mentions if m.outlet}),
        first_published=BEGUN,
    )
    return replace(made, **more)


INFERRED = Step(step="puts it much as an earlier article does: Continental Wire Service", probability=0.8, mention="m1")


def depot() -> Trace:
    """A source that a wire carries and others take from there; a denial, a doubt, a refusal, and one without source."""
    mentions = [
        mention("m1", "Continental Wire Service", 0),
        mention("m2", "Aldemar Gazette", 3, parent="m1"),
        mention("m3", "The Standard", 22, parent="m1", hedge_lost="up to"),
        mention("m4", "Evening Post", 26, parent="m1", step=INFERRED),
        mention("m5", "Aldemar One", 27, origin=None, source=None, step=Step(step="lineage not recorded")),
        mention("m6", "Varesh", 30, stance=Stance.DENIES, origin="o2", source="the foreign ministry"),
        mention("m7", "State News", 50, stance=Stance.DENIES, origin="o2", parent="m6", source="the foreign ministry"),
        mention("m8", "The Standard", 51, stance=Stance.DOUBTS, origin="o3", source="Pieter Lamm"),
        mention("m9", "Evening Post", 52, stance=Stance.DECLINES, origin=None, source="the embassy"),
        mention("m10", "Dispatch", 1650, parent="m3", undated=True),
    ]
    origins = [
        origin("o1", "Inspectorate"),
        origin("o2", "Foreign ministry", asserts=False),
        origin("o3", "Pieter Lamm", asserts=False, channel=Channel.INTERVIEW, kind="person"),
    ]
    return trace(mentions, origins)


def drifting(*values: tuple[float | None, float | None]) -> Trace:
    mentions = [mention(f"m{n}", f"Outlet {n}", 20 * n) for n in range(len(values))]
    figures = tuple(
        Figure(version=m.version, document=m.document, low=low, high=high, as_of=None)
        for m, (low, high) in zip(mentions, values, strict=True)
    )
    return trace(mentions, [origin("o1", "Police")], drift=Drift(what="dead", unit=None, values=figures))


def crowded(count: int = 300, outlets: int = 60, days: int = 40, parties: int = 5) -> Trace:
    """So many mentions, most of them taken from others."""
    chance = random.Random(7)
    mentions: list[Traced] = []
    origins: list[Origin] = []
    for n in range(count):
        stance = chance.choices(list(Stance), [80, 10, 6, 4])[0]
        told = [m for m in mentions[-40:] if m.stance is not Stance.DECLINES]
        parent = chance.choice(told) if told and chance.random() < 0.8 and stance is not Stance.DECLINES else None
        begun = parent.origin if parent else None
        if parent is not None:
            stance = parent.stance
        elif stance is not Stance.DECLINES and len(origins) < 3 * parties:
            begun = f"o{len(origins) + 1}"
            party = f"Party {chance.randrange(parties)}"
            origins.append(origin(begun, party, asserts=stance is Stance.ASSERTS, channel=chance.choice(list(Channel))))
        hours = days * 24 * (n / count) ** 2
        outlet = f"Outlet {chance.randrange(outlets)}"
        step = INFERRED if chance.random() < 0.5 else None
        mentions.append(
            mention(
                f"m{n}",
                outlet,
                hours,
                stance=stance,
                origin=begun,
                parent=parent.mention if parent else None,
                step=step,
                undated=chance.random() < 0.05,
            )
        )
    return trace(mentions, origins)


def stories() -> Iterator[tuple[str, Trace]]:
    """The gold claims of the storylines, traced as their gold edges say."""
    for folder in sorted(path.parent for path in STORYLINES.glob("*/gold.json")):
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        lines = (folder / "documents.jsonl").read_text("utf-8").splitlines()
        documents = {record["id"]: record for record in map(json.loads, filter(str.strip, lines))}
        for claim in gold["claims"]:
            yield f"{folder.name}-{claim['id']}", _story(claim, gold["edges"], documents)


def _story(claim: dict[str, Any], edges: list[dict[str, Any]], documents: dict[str, dict[str, Any]]) -> Trace:
    held = sorted(
        enumerate(claim["mentions"]), key=lambda pair: (documents[pair[1]["doc"]]["published"] or "", pair[0])
    )
    made: list[Traced] = []
    for n, given in held:
        document = documents[given["doc"]]
        taken = {edge["from"]: edge for edge in edges if edge["to"] == given["doc"]}
        parent = next((m for m in reversed(made) if m.document in taken and m.origin == given["origin"]), None)
        edge = taken[parent.document] if parent else None
        how = (
            f"credits {parent.outlet}"
            if parent and edge and edge["credited"]
            else "shares its text with an earlier article"
        )
        published = document["published"] or "2031-01-01"
        at = datetime.fromisoformat(published)
        made.append(
            replace(
                mention(
                    f"m{n}",
                    document["outlet"],
                    0,
                    stance=Stance(given["stance"]),
                    origin=given["origin"],
                    parent=parent.mention if parent else None,
                    step=Step(
                        step=how if parent else f"attributed to {given['source']}", probability=0.8 if parent else 1
                    ),
                    words=given["text"],
                    version=given["doc"],
                    source=given["source"],
                    undated=document["published"] is None,
                ),
                document=given["doc"],
                time=at if at.tzinfo else at.replace(tzinfo=UTC),
            )
        )
    stances = {m.origin: m.stance for m in reversed(made)}
    origins = [
        Origin(
            id=o["id"],
            party=o["source"],
            source=o["source"],
            kind=o["kind"],
            channel=Channel(o["channel"]) if o["channel"] in list(Channel) else Channel.INTERVIEW,
            first_document=o["first_doc"],
            asserts=stances.get(o["id"], Stance.ASSERTS) is Stance.ASSERTS,
        )
        for o in claim["origins"]
    ]
    low, high = claim["independent_origins"]["low"], claim["independent_origins"]["high"]
    count = Interval(low=low, best=low, high=high)
    return trace(made, origins, statement=claim["statement"], independent_origins=count, newsgathering_acts=count)
