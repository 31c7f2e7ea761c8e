"""What happens in an affair, and who says what about it on which occasion. Nothing is printed yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from evals.media_world.log import Affair, Claim, Hours, Party, Quote, Utterance
from evals.media_world.outlets import Habits, Outlet
from evals.media_world.people import COUNTRIES, Names
from evals.media_world.phrasebook import AffairSpec, ClaimSpec, Role, affairs, pools, words

_BODIES = ("government", "company", "organisation")
_CLAIMS_EACH = (2, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A party speaking: `outlets` were there, nobody in particular where it was public."""

    id: str
    channel: str
    time: Hours
    outlets: tuple[str, ...]
    speaker: int | None


@dataclass(slots=True, kw_only=True)
class _Stage:
    """An affair in the making."""

    rng: Random
    names: Names
    id: str
    spec: AffairSpec
    fills: dict[str, str]
    reporters: tuple[Outlet, ...]
    start: Hours
    parties: dict[str, Party] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    utterances: dict[str, Utterance] = field(default_factory=dict)
    occasions: dict[str, list[Occasion]] = field(default_factory=dict)
    said: set[tuple[str, str]] = field(default_factory=set)


def make_affair(rng: Random, number: int, start: Hours, outlets: Sequence[Outlet]) -> tuple[Affair, tuple[Outlet, ...]]:
    """An affair that begins at `start`, and the outlets that care about it. Articles are still to be planned."""
    spec = rng.choice(affairs())
    names = Names(rng)
    country, other = rng.sample(range(len(COUNTRIES)), 2)
    fills = {
        "place": names.place(),
        "place2": names.place(),
        "country": COUNTRIES[country][0],
        "nation": COUNTRIES[country][1],
        "other": COUNTRIES[other][0],
        "othernation": COUNTRIES[other][1],
        "maker": rng.choice(words("maker")),
        "first": rng.choice(spec.first),
        "second": rng.choice(spec.second),
    }
    fills["thing"] = spec.thing.format(**fills)
    fills["topic"] = spec.topic.format(**fills)
    cast = _cast(rng, outlets, country, other)
    stage = _Stage(
        rng=rng,
        names=names,
        id=f"a{number:03}",
        spec=spec,
        fills=fills,
        reporters=tuple(o for o in cast if o.habits.reports > 0),
        start=start,
    )
    _fill(stage)
    return (
        Affair(
            id=stage.id,
            spec=spec,
            start=start,
            country=country,
            fills=fills,
            parties=stage.parties,
            claims=stage.claims,
            utterances=stage.utterances,
            officials=_officials(stage, country),
        ),
        cast,
    )


def _cast(rng: Random, outlets: Sequence[Outlet], country: int, other: int) -> tuple[Outlet, ...]:
    """The country's own outlets, most of the neighbour's, and some from elsewhere."""

    def cares(outlet: Outlet) -> bool:
        rate = 0.9 if outlet.country == country else 0.6 if outlet.country == other else 0.18
        return rng.random() < rate

    cast = [outlet for outlet in outlets if cares(outlet)]
    if not any(o.kind == "wire" for o in cast):
        cast.append(next(o for o in outlets if o.kind == "wire"))
    return tuple(cast)


def _fill(stage: _Stage) -> None:
    rng, spec = stage.rng, stage.spec
    chosen = rng.sample(spec.claims, min(len(spec.claims), rng.randint(*_CLAIMS_EACH)))
    keys = {claim.key for claim in chosen}
    chosen += [c for c in spec.claims if c.conflicts in keys and c.key not in keys and rng.random() < 0.7]
    for claim_spec in chosen:
        claim = _claim(stage, claim_spec)
        asserting = _asserting(stage, claim_spec)
        number = rng.randint(*claim_spec.start) if claim_spec.start else None
        for party in asserting:
            for occasion in _occasions(stage, party, twice=claim_spec.grows or rng.random() < 0.25):
                _say(stage, claim, party, occasion, "asserts", number)
                if number is not None and claim_spec.grows:
                    number += rng.randint(1, max(2, number // 4))
        if claim_spec.against and rng.random() < 0.5:
            _deny(stage, claim)
        elif rng.random() < 0.2:
            _doubt(stage, claim)


def _claim(stage: _Stage, spec: ClaimSpec) -> Claim:
    claim = Claim(
        id=f"{stage.id}.{spec.key}",
        spec=spec,
        statement=spec.clauses[0].format(**{**stage.fills, "n": "so many"}),
        fills=stage.fills,
    )
    stage.claims[claim.id] = claim
    return claim


def _asserting(stage: _Stage, spec: ClaimSpec) -> list[Party]:
    """One, two or three parties that can say it; a count belongs to the one that counts."""
    rng = stage.rng
    roles = list(spec.by)
    rng.shuffle(roles)
    if spec.is_count:
        return [_party(stage, roles[0], 0)]
    wanted = rng.choices((1, 2, 3), weights=(50, 32, 18))[0]
    found: list[Party] = []
    uses: dict[str, int] = {}
    for role in roles[:wanted]:
        found.append(_party(stage, role, uses.get(role, 0)))
        uses[role] = uses.get(role, 0) + 1
        if found[-1].anonymous and len(found) < wanted and rng.random() < 0.25:
            found.append(_party(stage, role, 1))
    return found[:wanted]


def _party(stage: _Stage, key: str, number: int) -> Party:
    """The party of a role; a second person or unnamed source of the same role where `number` is 1."""
    if key == "seen":
        outlet = stage.rng.choice(stage.reporters)
        party = Party(id=f"{stage.id}.seen.{outlet.id}", role="seen", kind="media", name=outlet.name, outlet=outlet.id)
        return stage.parties.setdefault(party.id, party)
    role = stage.spec.roles[key]
    party_id = f"{stage.id}.{key}" if role.kind in _BODIES or role.kind == "document" else f"{stage.id}.{key}.{number}"
    if party_id not in stage.parties:
        stage.parties[party_id] = _make_party(stage, role, party_id)
    return stage.parties[party_id]


def _make_party(stage: _Stage, role: Role, party_id: str) -> Party:
    rng = stage.rng
    anyone = role.anyone.format(**stage.fills)
    if role.kind in _BODIES:
        people = (stage.names.person("spokesperson"), stage.names.person(rng.choice(role.titles)))
        name, short = role.name.format(**stage.fills), role.short.format(**stage.fills)
        return Party(id=party_id, role=role.key, kind=role.kind, name=name, short=short, people=people, anyone=anyone)
    if role.kind == "person":
        person = stage.names.person(rng.choice(role.titles))
        return Party(id=party_id, role=role.key, kind=role.kind, name=person.name, people=(person,), anyone=anyone)
    taken = {party.name for party in stage.parties.values()}
    names = [title.format(**stage.fills) for title in role.titles]
    name = rng.choice([name for name in names if name not in taken])
    plural = name.startswith(("two ", "three "))
    return Party(id=party_id, role=role.key, kind=role.kind, name=name, plural=plural, anyone=anyone)


def _occasions(stage: _Stage, party: Party, *, twice: bool) -> list[Occasion]:
    """When the party speaks on this claim: mostly on an occasion that it has anyway."""
    rng = stage.rng
    known = stage.occasions.setdefault(party.id, [])
    wanted = 1 + (twice and party.kind in (*_BODIES, "person"))
    while len(known) < wanted or (party.kind in _BODIES and len(known) < 3 and rng.random() < 0.2):
        known.append(_occasion(stage, party, len(known)))
    return sorted(rng.sample(known, wanted), key=lambda o: o.time)


def _occasion(stage: _Stage, party: Party, number: int, after: Hours = 0.0) -> Occasion:
    rng = stage.rng
    time = stage.start + max(after, rng.expovariate(1 / 22) + 20 * number) + rng.random()
    reporters = stage.reporters
    weights = [o.habits.reports for o in reporters]
    there: tuple[str, ...]
    one = (party.outlet,) if party.outlet else (rng.choices(reporters, weights)[0].id,)
    speaker: int | None = rng.randrange(len(party.people)) if party.people else None
    if party.kind == "media":
        channel, there = "observation", one
    elif party.kind in ("anonymous", "document"):
        channel = "document" if party.kind == "document" else rng.choice(("interview", "leak"))
        several = channel != "interview" and rng.random() < 0.3
        there = _some(rng, reporters, 2) if several else one
    elif party.kind == "person":
        channel = rng.choices(("interview", "post"), weights=(85, 15))[0]
        there = () if channel == "post" else one
    else:
        channel = rng.choices(("press_conference", "release", "interview", "post"), weights=(30, 22, 42, 6))[0]
        there = {"press_conference": _some(rng, reporters, 3), "interview": one}.get(channel, ())
        if channel == "release" and rng.random() < 0.6:
            speaker = None
    return Occasion(
        id=f"{party.id}.{number}{'d' if after else ''}", channel=channel, time=time, outlets=there, speaker=speaker
    )


def _some(rng: Random, reporters: Sequence[Outlet], most: int) -> tuple[str, ...]:
    return tuple(sorted(o.id for o in rng.sample(list(reporters), min(len(reporters), rng.randint(2, most)))))


def _say(stage: _Stage, claim: Claim, party: Party, occasion: Occasion, stance: str, number: int | None) -> Utterance:
    rng = stage.rng
    speaker = party.people[occasion.speaker] if occasion.speaker is not None else None
    utterance = Utterance(
        id=f"u.{claim.id}.{occasion.id}.{stance}",
        claim=claim.id,
        party=party.id,
        speaker=speaker,
        occasion=occasion.id,
        channel=occasion.channel,
        time=occasion.time,
        stance=stance,
        outlets=occasion.outlets,
        number=number,
        at_least=number is not None and claim.spec.grows and number < 100 and rng.random() < 0.5,
        quote=_quote(stage, claim, party, stance) if speaker or (party.anonymous and not party.plural) else None,
    )
    return stage.utterances.setdefault(utterance.id, utterance)


def _quote(stage: _Stage, claim: Claim, party: Party, stance: str) -> Quote | None:
    """Words of their own for this utterance; the same sentence is never given to two utterances of an affair."""
    rng, spec = stage.rng, claim.spec
    if stance == "asserts":
        fitting = [core for core, roles in spec.cores if not roles or party.role in roles]
    else:
        fitting = list(spec.denial_cores) if stance == "denies" else []
    fresh = [core for core in fitting if (claim.id, core) not in stage.said]
    if not fresh:
        return None
    core = rng.choice(fresh)
    stage.said.add((claim.id, core))
    seconds = [s for s in pools("quotations")["second"] if ("second", s) not in stage.said]
    line = rng.choice(seconds) if seconds and rng.random() < 0.6 else ""
    stage.said.add(("second", line))
    second = _drawn(stage, line)
    openings = [o for o in pools("quotations")["opening"] if not o or ("opening", o) not in stage.said]
    opening = rng.choice(openings)
    stage.said.add(("opening", opening))
    return Quote(opening=opening, core=core, second=second)


def _drawn(stage: _Stage, text: str) -> str:
    """Small figures and names are drawn once, when the words are spoken, so that every report of them agrees."""
    rng = stage.rng
    months = ["January", "March", "April", "June", "August", "October", "November"]
    first, second = rng.sample(months, 2)
    return text.format(
        years=rng.choice(("six", "nine", "eleven", "fourteen", "seventeen", "twenty-two", "thirty")),
        hours=rng.choice(("two", "three", "four", "five", "six")),
        street=rng.choice(words("street")),
        place=stage.fills["place"],
        month=first,
        month2=second,
    )


def _deny(stage: _Stage, claim: Claim) -> None:
    """Often late: up to some days after the first assertion."""
    rng = stage.rng
    first = min(u.time for u in stage.utterances.values() if u.claim == claim.id)
    party = _party(stage, rng.choice(claim.spec.against), 0)
    if any(u.party == party.id and u.claim == claim.id for u in stage.utterances.values()):
        return
    delay = rng.uniform(2, 14) if rng.random() < 0.6 else rng.uniform(20, 70)
    occasion = _occasion(stage, party, len(stage.utterances), after=first - stage.start + delay)
    _say(stage, claim, party, occasion, "denies", None)


def _doubt(stage: _Stage, claim: Claim) -> None:
    bodies = [key for key, role in stage.spec.roles.items() if role.kind in _BODIES and key not in claim.spec.by]
    if not bodies:
        return
    first = min(u.time for u in stage.utterances.values() if u.claim == claim.id)
    party = _party(stage, stage.rng.choice(bodies), 0)
    occasion = _occasion(stage, party, len(stage.utterances), after=first - stage.start + stage.rng.uniform(2, 30))
    _say(stage, claim, party, occasion, stage.rng.choice(("doubts", "declines")), None)


def _officials(stage: _Stage, country: int) -> dict[str, Outlet]:
    """Bodies that publish what they say themselves, by party."""
    kinds = {"government": "government", "company": "company", "organisation": "company"}
    return {
        party.id: Outlet(
            id=party.id,
            name=party.name,
            kind=kinds[party.kind],
            voice="state",
            country=country,
            quotes="straight",
            habits=Habits(reports=0, copies=0),
        )
        for party in stage.parties.values()
        if party.kind in kinds
    }
