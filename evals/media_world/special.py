"""What a story does afterwards: it is confirmed by those who took it over, comes back as new, is taken back."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from evals.media_world.log import Affair, Article, Party, Put, Utterance
from evals.media_world.plan import Desk
from evals.media_world.relay import Found, relay
from evals.media_world.settings import RECYCLED_AFTER, Settings

_SHARP = ("say", "tell", "report", "bare", "own", "quote", "quote_tell", "quote_report")


def add_sequels(rng: Random, desk: Desk, settings: Settings) -> tuple[Affair, list[Article]]:
    """The affair with what is taken back, and all its articles in the order of time."""
    affair = desk.affair
    if rng.random() < 0.5:
        _circle(rng, desk)
    if rng.random() < 0.7:
        affair = _correct(rng, desk)
    desk.affair = affair
    if rng.random() < 0.3:
        affair = _reverse(rng, desk)
        desk.affair = affair
    if rng.random() < 0.4:
        _recycle(rng, desk, settings)
    if rng.random() < 0.5:
        _background(rng, desk)
    hidden = [replace(a, hidden=rng.random() < settings.hidden) for a in desk.articles]
    return affair, sorted(hidden, key=lambda a: (a.time, a.id))


def _exclusives(desk: Desk, *, sole: bool) -> list[Found]:
    """Puts of what one outlet alone was told; `sole`: and nobody else told anybody else."""
    by_claim: dict[str, set[str]] = {}
    for utterance in desk.affair.utterances.values():
        if utterance.stance == "asserts":
            by_claim.setdefault(utterance.claim, set()).add(utterance.id)
    return [
        Found(article=a, place=(a.id, i), put=p, outlet=desk.outlets[a.outlet])
        for a in desk.articles
        for i, p in enumerate(a.puts)
        if p.stance == "asserts"
        and p.parent is None
        and p.utterance is not None
        and (len(by_claim[p.claim]) == 1 or not sole)
        and desk.affair.utterances[p.utterance].outlets == (a.outlet,)
    ]


def _circle(rng: Random, desk: Desk) -> None:
    """The first outlet points at one that had it from the first."""
    found = _exclusives(desk, sole=True)
    if not found:
        return
    first = rng.choice(found)
    others = [
        o for o in desk.outlets.values() if o.id != first.outlet.id and o.habits.copies and o.kind != "aggregator"
    ]
    second = rng.choice(others)
    time = first.article.time + rng.uniform(3, 20)
    put = relay(rng, desk.settings, desk.affair, second, first)
    between = desk.add(second.id, time, "rewrite", [put])
    if between is None:
        return
    time += rng.uniform(4, 24)
    confirmed = Put(
        claim=put.claim,
        utterance=put.utterance,
        stance="asserts",
        family="cross",
        parent=(between.id, 0),
        shown="none",
        credit=second.id,
    )
    again = replace(first.put, parent=first.place, carried=True)
    desk.add(first.outlet.id, time, "report", [again, confirmed])


def _correct(rng: Random, desk: Desk) -> Affair:
    """An outlet withdraws what it alone was told by somebody without a name, or saw itself."""
    affair = desk.affair
    found = [
        f
        for f in _exclusives(desk, sole=False)
        if affair.parties[affair.utterances[f.put.utterance or ""].party].kind in ("anonymous", "media")
        and rng.random() < f.outlet.habits.corrects
    ]
    if not found:
        return affair
    wrong = rng.choice(found)
    outlet = wrong.outlet
    party = Party(id=f"{affair.id}.self.{outlet.id}", role="self", kind="media", name=outlet.name, outlet=outlet.id)
    time = max(a.time for a in desk.articles if a.outlet == outlet.id) + rng.uniform(15, 60)
    taken_back = Utterance(
        id=f"u.{wrong.put.claim}.{party.id}",
        claim=wrong.put.claim,
        party=party.id,
        speaker=None,
        occasion=f"{party.id}.0",
        channel="correction",
        time=time,
        stance="denies",
        outlets=(outlet.id,),
    )
    put = Put(claim=wrong.put.claim, utterance=taken_back.id, stance="denies", family="correct", credit=outlet.id)
    desk.add(outlet.id, time, "correction", [put])
    return replace(
        affair,
        parties={**affair.parties, party.id: party},
        utterances={**affair.utterances, taken_back.id: taken_back},
        withdrawn={**affair.withdrawn, wrong.put.utterance or "": taken_back.id},
    )


def _reverse(rng: Random, desk: Desk) -> Affair:
    """A body says, on a later day, that it is not so after all."""
    affair = desk.affair
    candidates = [
        u
        for u in affair.utterances.values()
        if u.stance == "asserts"
        and affair.claims[u.claim].spec.denials
        and affair.parties[u.party].kind in ("government", "company", "organisation")
    ]
    if not candidates:
        return affair
    old = rng.choice(candidates)
    takers = [a.outlet for a in desk.articles if any(p.claim == old.claim for p in a.puts)]
    takers = [o for o in takers if o not in affair.officials and desk.outlets[o].kind != "aggregator"]
    if not takers:
        return affair
    time = max(a.time for a in desk.articles) + rng.uniform(10, 50)
    new = replace(
        old,
        id=f"{old.id}.reversed",
        occasion=f"{old.party}.reversed",
        channel="press_conference",
        time=time - 3,
        stance="denies",
        outlets=(takers[0],),
        number=None,
        quote=None,
    )
    put = Put(claim=old.claim, utterance=new.id, stance="denies", family="deny")
    desk.add(takers[0], time, "report", [put])
    withdrawn = {u.id: new.id for u in affair.utterances.values() if u.claim == old.claim and u.party == old.party}
    return replace(
        affair,
        utterances={**affair.utterances, new.id: new},
        withdrawn={**affair.withdrawn, **withdrawn},
    )


def _recycle(rng: Random, desk: Desk, settings: Settings) -> None:
    """Weeks later, as if it were new."""
    outlets = [o for o in desk.outlets.values() if o.habits.recycles and rng.random() < o.habits.recycles]
    old = [
        Found(article=a, place=(a.id, i), put=p, outlet=desk.outlets[a.outlet])
        for a in desk.articles
        for i, p in enumerate(a.puts)
        if p.stance == "asserts" and p.family in _SHARP and p.utterance not in desk.affair.withdrawn
    ]
    if not outlets or not old:
        return
    outlet, found = rng.choice(outlets), rng.choice(old)
    time = max(a.time for a in desk.articles) + RECYCLED_AFTER + rng.uniform(1, 60 * 24)
    desk.add(outlet.id, time, "recycled", [relay(rng, settings, desk.affair, outlet, found)])


def _background(rng: Random, desk: Desk) -> None:
    """Weeks later, with its date, as what it is."""
    outlets = [o for o in desk.outlets.values() if o.habits.copies and o.voice == "broadsheet"]
    old = [
        (a, i, p)
        for a in desk.articles
        for i, p in enumerate(a.puts)
        if p.stance == "asserts" and p.shown == "named" and p.family in ("say", "quote", "tell") and a.mode == "report"
    ]
    if not outlets or not old:
        return
    article, place, put = rng.choice(old)
    dated = replace(put, parent=(article.id, place), family="dated", carried=False, credit=None)
    time = max(a.time for a in desk.articles) + RECYCLED_AFTER + rng.uniform(1, 40 * 24)
    desk.add(rng.choice(outlets).id, time, "background", [dated])
