"""A claim traced: `trace_claim` joins parties, parents, origins, counts and turns. It depends on the claim's mentions
and their articles alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sourceline.model.claim import Article, Claim, Stance
from sourceline.model.trace import Origin, Trace, Traced
from sourceline.trace.circles import is_circular
from sourceline.trace.counting import count_origins
from sourceline.trace.disputes import find_disputes
from sourceline.trace.drift import find_drift
from sourceline.trace.names import names_outlet
from sourceline.trace.origins import Descent, Descents, Root, join_descents
from sourceline.trace.parents import Parentage
from sourceline.trace.parties import Parties
from sourceline.trace.recycling import find_recycled
from sourceline.trace.testimony import Setting, Testimony, in_setting, testimonies_of
from sourceline.trace.withdrawals import find_withdrawn


def trace_claim(claim: Claim, articles: Mapping[str, Article], setting: Setting | None = None) -> Trace:
    """Where the claim comes from. `articles`: by version, at least those of the claim's members."""
    setting = setting or Setting()
    everything = in_setting(testimonies_of(claim, articles), setting)
    known = Parties(everything, setting)
    left = [t for t in everything if not _is_left_out(t, known, setting.without)]
    everyone = known if len(left) == len(everything) else Parties(left, setting)
    asserting = [t for t in left if t.asserts]
    parties = everyone if len(asserting) == len(left) else Parties(asserting, setting)
    descent = join_descents(
        Descents(asserting, parties, Parentage(asserting, parties, setting)).find(),
        _against([t for t in left if t.against], everyone, setting),
    )
    withdrawn = find_withdrawn(left, descent, everyone)
    count = count_origins(descent, parties, withdrawn)
    recycled, background, reasserted = find_recycled(left, descent, setting.recycled_after)
    rivals = in_setting(setting.rivals.get(claim.id, ()), setting)
    dated = [t for t in left if t.article.published is not None]
    names = {party.id: party.name for party in parties.all()}
    return Trace(
        claim=claim.id,
        statement=claim.statement,
        mentions=tuple(_traced(t, descent) for t in left),
        origins=tuple(_origin(root) for root in descent.roots),
        independent_origins=count.origins,
        newsgathering_acts=count.acts,
        reasons=count.reasons,
        articles=len({t.article.key for t in left}),
        outlets=len({t.article.outlet for t in left if t.article.outlet}),
        first_published=dated[0].time if dated else None,
        circular=is_circular(asserting, descent, parties) and count.origins.low <= 1,
        recycled=recycled,
        background=background,
        reasserted=reasserted,
        withdrawn_by=tuple(dict.fromkeys(names[id] for id in withdrawn)),
        downstream=_downstream(left, descent, withdrawn),
        disputed_by=find_disputes(left, descent, rivals),
        drift=find_drift(left, claim.quantity),
    )


def _against(testimonies: Sequence[Testimony], everyone: Parties, setting: Setting) -> Descent:
    """Where denials and doubts come from. Who asserts is told without them, so that they never change a count."""
    return Descents(testimonies, everyone, Parentage(testimonies, everyone, setting)).find()


def _is_left_out(testimony: Testimony, parties: Parties, without: Sequence[str]) -> bool:
    """Whether its party or its outlet was knocked out."""
    article, speaker = testimony.article, testimony.mention.speaker
    for name in without:
        if article.outlet and names_outlet(name, article.outlet):
            return True
        if speaker is not None:
            party = parties.of_voice(speaker, article)
            known = {party.name, speaker.name, *(v.name for v in party.voices)}
            if any(names_outlet(name, other) for other in known):
                return True
    return False


def _traced(testimony: Testimony, descent: Descent) -> Traced:
    mention, article = testimony.mention, testimony.article
    parent = descent.parent.get(testimony.id)
    root = descent.origin.get(testimony.id)
    return Traced(
        mention=mention.id,
        version=article.version,
        document=article.name,
        outlet=article.outlet,
        time=testimony.time,
        undated=article.published is None,
        attribution=mention.attribution,
        unattributed=mention.unattributed,
        spans=mention.spans,
        source=_source(testimony),
        stance=testimony.stance,
        origin=root.id if root is not None and testimony.stance is not Stance.DECLINES else None,
        parent=parent.mention.id if parent is not None else None,
        lineage=descent.steps.get(testimony.id, ()),
        hedge_lost=_hedge_lost(testimony, descent),
    )


def _source(testimony: Testimony) -> str | None:
    speaker = testimony.mention.speaker
    if speaker is None:
        return None
    return "; ".join(speaker.members) if speaker.members else speaker.name


def _hedge_lost(testimony: Testimony, descent: Descent) -> str | None:
    """What the nearest earlier mention says with caution and this one without."""
    parent = descent.parent.get(testimony.id)
    while parent is not None and parent.inside:
        parent = descent.parent.get(parent.mention.id)
    if parent is None or not testimony.asserts:
        return None
    lost = [hedge for hedge in parent.mention.mention.hedges if hedge not in testimony.mention.hedges]
    if testimony.mention.hedges and not any(hedge in ("up to", "could", "may", "might") for hedge in lost):
        return None
    return lost[0] if lost else None


def _origin(root: Root) -> Origin:
    kind = "own_reporting" if root.party.kind == "own_reporting" else root.party.kind
    return Origin(
        id=root.id,
        party=root.party.name,
        source=root.source,
        kind=kind,
        channel=root.channel,
        first_document=root.first.article.name,
        asserts=root.asserts,
        reasons=tuple(dict.fromkeys(root.reasons)),
    )


def _downstream(testimonies: Sequence[Testimony], descent: Descent, withdrawn: Mapping[int, str]) -> tuple[str, ...]:
    """Mentions that rest on a party that took its word back."""
    return tuple(
        t.id
        for t in testimonies
        if t.asserts and (root := descent.origin.get(t.id)) is not None and root.party.id in withdrawn
    )
