"""The stances of a claim's members towards the claim: an assertion of the contrary denies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sourceline.match.claims.decision import Likeness
from sourceline.match.claims.linkage import Pair
from sourceline.model.claim import Mention, Stance

_CLEAR = (Stance.ASSERTS, Stance.DENIES)
_ROUNDS = 10


def orient(mentions: Sequence[Mention], links: Mapping[Pair, Likeness]) -> list[Stance]:
    """A stance for each mention, in their order. A claim says what its earliest clear assertion says; doubts and
    refusals stay what they are."""
    sides = [-1 if mention.stance is Stance.DENIES else 1 for mention in mentions]
    at_of = {mention.id: at for at, mention in enumerate(mentions)}
    pulls: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (a, b), likeness in sorted(links.items()):
        pull = likeness.probability * (1 - 2 * likeness.opposite)
        pulls[a].append((b, pull))
        pulls[b].append((a, pull))
    for _ in range(_ROUNDS):
        changed = False
        for at, mention in enumerate(mentions):
            if mention.stance not in _CLEAR or not pulls[at]:
                continue
            total = sum(pull * sides[other] for other, pull in pulls[at])
            side = 1 if total > 0 else -1 if total < 0 else sides[at]
            changed, sides[at] = changed or side != sides[at], side
        if not changed:
            break
    anchor = _anchor(mentions)
    turn = 1 if anchor is None else sides[anchor]
    for at, mention in enumerate(mentions):
        referent = at_of.get(mention.refers_to or "")
        if referent is not None and mention.stance in _CLEAR:
            own = -1 if mention.stance is Stance.DENIES else 1
            sides[at] = own * sides[referent]
    return [
        mention.stance if mention.stance not in _CLEAR else Stance.ASSERTS if sides[at] == turn else Stance.DENIES
        for at, mention in enumerate(mentions)
    ]


def _anchor(mentions: Sequence[Mention]) -> int | None:
    """The earliest that asserts something positive in words of its own; if there is none, the earliest that asserts."""
    asserting = [at for at, m in enumerate(mentions) if m.stance is Stance.ASSERTS and m.refers_to is None]
    positive = [at for at in asserting if not mentions[at].negated]
    return next(iter(positive or asserting), None)
