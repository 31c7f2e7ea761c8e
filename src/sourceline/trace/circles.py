"""Support that leads back to itself: who says it credits another, and is credited for it by that other in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sourceline.trace.origins import Descent
from sourceline.trace.outlets import Outlets
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Testimony

_LONGEST = 50
"""Steps back that are looked at."""


def is_circular(testimonies: Sequence[Testimony], descent: Descent, parties: Parties) -> bool:
    """Whether what looks like a second support leads back to the first: who says it credits another, and is credited
    for it by that other in turn."""
    if any(_returns(testimony, descent) for testimony in testimonies):
        return True
    nodes = {t.article.outlet: parties.of_outlet(t.article).id for t in testimonies if t.article.outlet}
    outlets = Outlets(nodes)
    cites: dict[object, set[object]] = defaultdict(set)
    for testimony in testimonies:
        if not testimony.asserts:
            continue
        article, mention = testimony.article, testimony.mention
        voices = [v for v in (mention.speaker, *mention.via, *mention.upstream) if v is not None]
        citing: list[object] = [parties.of_outlet(article).id] if article.outlet else []
        cited: list[object] = []
        for voice in voices:
            cited.append(parties.of_voice(voice, article).id)
            cited += [nodes[outlet] for outlet in outlets.called(voice.name)]
        parent = descent.parent.get(testimony.id)
        if parent is not None and parent.credited and not parent.inside and parent.mention.article.outlet:
            cited.append(parties.of_outlet(parent.mention.article).id)
        if mention.speaker is not None and mention.upstream:
            citing.append(parties.of_voice(mention.speaker, article).id)
        for one in citing:
            cites[one].update(c for c in cited if c != one)
    return _has_cycle(cites)


def _has_cycle(cites: Mapping[object, set[object]]) -> bool:
    state: dict[object, int] = {}
    for start in list(cites):
        if state.get(start):
            continue
        stack = [(start, iter(cites.get(start, ())))]
        state[start] = 1
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                stack.pop()
            elif state.get(following) == 1:
                return True
            elif not state.get(following):
                state[following] = 1
                stack.append((following, iter(cites.get(following, ()))))
    return False


def _returns(testimony: Testimony, descent: Descent) -> bool:
    """Whether an outlet credits another whose words go back to its own earlier ones."""
    outlet = testimony.article.outlet
    left = False
    parent = descent.parent.get(testimony.id)
    if parent is None or parent.inside or not parent.credited:
        return False
    for _ in range(_LONGEST):
        if parent is None or outlet is None or not testimony.asserts:
            return False
        there = parent.mention.article.outlet
        if there == outlet and left:
            return True
        left = left or (there is not None and there != outlet)
        parent = descent.parent.get(parent.mention.id)
    return False
