"""The stances of a claim's members towards the claim: an assertion of the contrary denies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sourceline.match.claims.decision import Likeness
from sourceline.match.claims.linkage import Pair
from sourceline.model.claim import Mention, Stance

_CLEAR = (Stance.ASSERTS, Stance.DENIES)
_ROUNDS = 5
_OWN = 0.15
"""What a mention's own wording counts against the mean of what its links say."""
_ONE_SPEAKER = 0.5
"""What it counts that two have the same named speaker: who denies something seldom asserts it as well."""


def orient(mentions: Sequence[Mention], links: Mapping[Pair, Likeness]) -> list[Stance]:
    """A stance for each mention, in their order. A claim says what its earliest clear assertion says; doubts and
    refusals stay what they are."""
    sides = _sides(mentions, links)
    at_of = {mention.id: at for at, mention in enumerate(mentions)}
    for at, mention in enumerate(mentions):
        referent = at_of.get(mention.refers_to or "")
        if referent is not None:
            sides[at] = sides[referent] * (-1 if mention.stance is Stance.DENIES else 1)
    turn = sides[_anchor(mentions)]
    return [
        mention.stance if mention.stance not in _CLEAR else Stance.ASSERTS if side == turn else Stance.DENIES
        for mention, side in zip(mentions, sides, strict=True)
    ]


def _sides(mentions: Sequence[Mention], links: Mapping[Pair, Likeness]) -> list[int]:
    """1 or -1 for each: by its own wording, and by what it is linked to."""
    own = [-1 if mention.negated != (mention.stance is Stance.DENIES) else 1 for mention in mentions]
    pulls: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (a, b), likeness in sorted(links.items()):
        if mentions[a].stance in _CLEAR and mentions[b].stance in _CLEAR:
            pull = 1 - 2 * likeness.opposite + _ONE_SPEAKER * _is_one_speaker(mentions[a], mentions[b])
            pulls[a].append((b, pull))
            pulls[b].append((a, pull))
    sides = list(own)
    for _ in range(_ROUNDS):
        for at, others in sorted(pulls.items()):
            total = _OWN * own[at] + sum(pull * sides[other] for other, pull in others) / len(others)
            sides[at] = 1 if total > 0 else -1
    return sides


def _is_one_speaker(first: Mention, second: Mention) -> bool:
    one, other = first.speaker, second.speaker
    return one is not None and other is not None and one.named and other.named and one.name == other.name


def _anchor(mentions: Sequence[Mention]) -> int:
    """The earliest that asserts something positive in words of its own; if there is none, the earliest that asserts;
    the first if none does."""
    asserting = [at for at, m in enumerate(mentions) if m.stance is Stance.ASSERTS and m.refers_to is None]
    positive = [at for at in asserting if not mentions[at].negated]
    return next(iter(positive or asserting), 0)
