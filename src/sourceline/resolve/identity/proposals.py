"""Which identities may be one, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from sourceline.model.identity import Identity, Profile, Proposal
from sourceline.model.judgement import Judgement
from sourceline.resolve.identity.faces import Face, blocks_of, faces_of
from sourceline.resolve.identity.judged import Label, label_profiles, opposite, standing
from sourceline.resolve.identity.likeness import Likeness, compare
from sourceline.resolve.identity.profiles import describe_all

WINDOW = 12
"""Faces of a block, in the order of their names, that each is compared with: a block of any size costs linear time
(sorted neighbourhood, Hernandez & Stolfo 1995)."""


def propose(
    profiles: Collection[Profile], identities: Collection[Identity], judgements: Collection[Judgement]
) -> Iterator[Proposal]:
    """Pairs of the identities that may be one, the likeliest first, then by ids. Pairs that a standing judgement is
    about are left out. Profiles that are in no identity count for nothing. About linear in the number of profiles."""
    described = describe_all(profiles)
    number = {one.profile.id: i for i, one in enumerate(described)}
    ordered = sorted(identities, key=lambda identity: identity.id)
    members = [[number[id] for id in sorted(identity.profiles) if id in number] for identity in ordered]
    labels = label_profiles(described, standing(judgements))
    judged = [set().union(*(labels[i] for i in numbers)) for numbers in members]
    faces = [face for place, numbers in enumerate(members) for face in faces_of(place, [described[i] for i in numbers])]
    best: dict[tuple[int, int], Likeness] = {}
    for a, b in _pairs(faces):
        likeness = compare(a, b)
        if likeness is None:
            continue
        pair = a.identity, b.identity
        if pair not in best or _rank(likeness) < _rank(best[pair]):
            best[pair] = likeness
    ranked = sorted(best.items(), key=lambda found: (-found[1].score, found[0]))
    for (first, second), likeness in ranked:
        if not _are_judged(judged[first], judged[second]):
            yield Proposal(
                first=ordered[first].id, second=ordered[second].id, score=likeness.score, reasons=likeness.reasons
            )


def _pairs(faces: Sequence[Face]) -> Iterator[tuple[Face, Face]]:
    """Faces of different identities that share a block, each pair once, the one of the lesser identity first."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    in_order = sorted(range(len(faces)), key=lambda i: (faces[i].key, faces[i].identity))
    for i in in_order:
        for block in set(blocks_of(faces[i])):
            blocks[block].append(i)
    seen: set[int] = set()
    for numbers in blocks.values():
        for i, j in _near(numbers):
            pair = min(i, j) * len(faces) + max(i, j)
            if pair not in seen and faces[i].identity != faces[j].identity:
                seen.add(pair)
                yield (faces[i], faces[j]) if faces[i].identity < faces[j].identity else (faces[j], faces[i])


def _near(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    for place, i in enumerate(numbers):
        for j in numbers[place + 1 : place + 1 + WINDOW]:
            yield i, j


def _are_judged(a: set[Label], b: set[Label]) -> bool:
    return any(opposite(label) in b for label in a)


def _rank(likeness: Likeness) -> tuple[float, tuple[str, ...]]:
    return -likeness.score, likeness.reasons
