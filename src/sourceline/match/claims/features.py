"""What a pair of mentions has in common and where it differs, in numbers. Each is the same for both orders of the pair;
what cannot be told is nan."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import product
from math import fsum, log1p, nan

import numpy as np

from sourceline.match.claims.figures import Figure
from sourceline.match.claims.forest import Floats
from sourceline.match.claims.sketch import Sketch, Vector, Weights
from sourceline.model.claim import Stance


def features_of(pairs: Sequence[tuple[Sketch, Sketch]]) -> Floats:
    """(pairs, NAMES): the numbers of each pair."""
    rows = np.full((len(pairs), len(NAMES)), nan, np.float32)
    if pairs:
        rows[:, : len(_MEANING)] = meanings_of(pairs)
        rows[:, len(_MEANING) :] = [_others(a, b) for a, b in pairs]
    return rows


def meanings_of(pairs: Sequence[tuple[Sketch, Sketch]]) -> Floats:
    """(pairs, 5): how alike two are in meaning: themselves, what they have beyond their articles, their paragraphs, and
    each with the other's paragraph."""
    listed = list({id(sketch): sketch for pair in pairs for sketch in pair}.values())
    places = {id(sketch): at for at, sketch in enumerate(listed)}
    first = np.array([places[id(a)] for a, _ in pairs], np.intp)
    second = np.array([places[id(b)] for _, b in pairs], np.intp)
    vector = _stacked([sketch.vector for sketch in listed])
    own = _stacked([sketch.own_vector for sketch in listed])
    paragraph = _stacked([sketch.paragraph for sketch in listed])
    forth, back = _cosines(vector[first], paragraph[second]), _cosines(paragraph[first], vector[second])
    return np.stack(
        (
            _cosines(vector[first], vector[second]),
            _cosines(own[first], own[second]),
            _cosines(paragraph[first], paragraph[second]),
            np.minimum(forth, back),
            np.maximum(forth, back),
        ),
        1,
    )


def _stacked(vectors: Sequence[Vector | None]) -> Floats:
    """(n, dimensions), nan where there is none."""
    size = next((len(vector) for vector in vectors if vector is not None), 1)
    nothing = np.full(size, nan, np.float32)
    return np.array([nothing if vector is None else vector for vector in vectors], np.float32)


def _cosines(first: Floats, second: Floats) -> Floats:
    # the last digits may differ with where the rows lie in memory
    return np.asarray(np.round(np.einsum("ij,ij->i", first, second), 4), np.float32)


def _others(a: Sketch, b: Sketch) -> list[float]:
    alike = [*_wording(a, b), *_names(a, b), *_around(a, b)]
    return [*alike, *_figures(a, b), *_times(a, b), *_sides(a, b), *_voices(a, b)]


def _wording(a: Sketch, b: Sketch) -> list[float]:
    shared = a.words.keys() & b.words.keys()
    weights = sorted((a.words[w] for w in shared), reverse=True)
    mass = sum(weights)
    roots = a.roots.keys() & b.roots.keys()
    rooted = fsum(a.roots[r] for r in roots)
    low, high = sorted((a.mass, b.mass))
    pairs = a.shingles & b.shingles
    fewest = min(len(a.shingles), len(b.shingles))
    return [
        mass / max(a.mass + b.mass - mass, 0.1),
        mass / max(low, 0.1),
        mass / max(high, 0.1),
        mass,
        weights[0] if weights else 0.0,
        weights[1] if len(weights) > 1 else 0.0,
        weights[2] if len(weights) > 2 else 0.0,
        rooted - mass,
        *_sorted(*_soft(a, b, mass)),
        rooted / max(low, 0.1),
        low,
        high,
        float(len(pairs)),
        len(pairs) / fewest if fewest else 0.0,
        float(min(len(a.wording), len(b.wording))),
        *_own(a, b),
    ]


def _own(a: Sketch, b: Sketch) -> list[float]:
    """Words in common by how much they tell each from the other mentions of its article."""
    shared = a.own.keys() & b.own.keys()
    forth, back = sum(a.own[w] for w in shared), sum(b.own[w] for w in shared)
    return [
        2 * min(forth, back) / max(a.own_mass + b.own_mass, 0.1),
        *_sorted(forth / max(a.own_mass, 0.1), back / max(b.own_mass, 0.1)),
        max((min(a.own[w], b.own[w]) for w in shared), default=0.0),
    ]


def _soft(a: Sketch, b: Sketch, shared: float) -> tuple[float, float]:
    """How far each is contained in the other if words near in meaning count by their likeness."""
    forth = sum(a.words[w] * b.kin[w] for w in a.words.keys() & b.kin.keys() if w not in b.words)
    back = sum(b.words[w] * a.kin[w] for w in b.words.keys() & a.kin.keys() if w not in a.words)
    return (shared + forth) / max(a.mass, 0.1), (shared + back) / max(b.mass, 0.1)


def _names(a: Sketch, b: Sketch) -> list[float]:
    shared = fsum(a.names[w] for w in a.names.keys() & b.names.keys())
    mine, theirs = sum(a.names.values()), sum(b.names.values())
    return [
        shared,
        shared / min(mine, theirs) if mine and theirs else nan,
        shared / max(mine, theirs) if mine and theirs else nan,
        *_sorted(_outside(a.names, b.around), _outside(b.names, a.around)),
    ]


def _outside(weights: Weights, known: Set[str]) -> float:
    """The weight of the words that the other side does not know at all."""
    return sum(weight for word, weight in weights.items() if word not in known)


def _sorted(first: float, second: float) -> list[float]:
    return [first, second] if first <= second else [second, first]


def _around(a: Sketch, b: Sketch) -> list[float]:
    """How far each lies in what the other says around it, and how alike their surroundings are."""
    forth, back = _inside(a, b), _inside(b, a)
    shared = fsum(a.context[w] for w in a.context.keys() & b.context.keys())
    return [
        *_sorted(forth, back),
        shared / max(a.context_mass + b.context_mass - shared, 0.1),
        shared,
    ]


def _inside(a: Sketch, b: Sketch) -> float:
    return sum(weight for word, weight in a.words.items() if word in b.around) / max(a.mass, 0.1)


def _figures(a: Sketch, b: Sketch) -> list[float]:
    best = conflict = loose = 0.0
    fates = 0.0
    for mine, theirs in product(a.figures, b.figures):
        best = max(best, _agreement(mine, theirs))
        if not mine.equals(theirs):
            if _opposed(mine, theirs):
                conflict = max(conflict, 1.0 if not mine.meets(theirs) else 0.5)
            elif mine.same_scale(theirs) and not mine.meets(theirs):
                loose = 1.0
        if mine.fate != theirs.fate:
            fates = 1.0
    few, many = sorted((len(a.figures), len(b.figures)))
    return [best, conflict, loose, fates, float(few), float(many), _telling(a, b)]


def _agreement(mine: Figure, theirs: Figure) -> float:
    if mine.equals(theirs):
        named = mine.counted is not None and mine.counted == theirs.counted
        scale = 1.0 if named or (mine.unit and mine.unit == theirs.unit) else 0.7 if mine.same_scale(theirs) else 0.3
        return scale * mine.telling
    return 0.05 if mine.meets(theirs) and mine.same_scale(theirs) else 0.0


def _opposed(mine: Figure, theirs: Figure) -> bool:
    """Whether two figures that are not equal are of one thing: the same noun, the same fate, the same unit."""
    if not mine.same_scale(theirs):
        return False
    return bool(mine.fate or mine.unit or (mine.counted and mine.counted == theirs.counted))


def _telling(a: Sketch, b: Sketch) -> float:
    """The most telling figure of either that the other does not have."""
    lost = [f.telling for f in a.figures if not any(f.equals(g) for g in b.figures)]
    lost += [f.telling for f in b.figures if not any(f.equals(g) for g in a.figures)]
    return max(lost, default=0.0)


def _times(a: Sketch, b: Sketch) -> list[float]:
    apart = abs(a.time - b.time)
    gaps = [x.apart(y) for x, y in product(a.days, b.days)]
    narrow = [x.apart(y) for x, y in product(a.days, b.days) if x.length <= 1 and y.length <= 1]
    return [
        log1p(apart),
        log1p(min(gaps)) if gaps else nan,
        float(0 in narrow) if narrow else nan,
    ]


def _sides(a: Sketch, b: Sketch) -> list[float]:
    return [
        float(a.side != b.side),
        float(a.negated != b.negated),
        float(a.negated and b.negated),
        _stances(a, b, Stance.DENIES),
        _stances(a, b, Stance.DOUBTS),
        _stances(a, b, Stance.DECLINES),
        float(a.doing != b.doing),
    ]


def _stances(a: Sketch, b: Sketch, stance: Stance) -> float:
    return float((a.stance is stance) + (b.stance is stance))


def _voices(a: Sketch, b: Sketch) -> list[float]:
    known = bool(a.speaker and b.speaker)
    inside = a.article == b.article
    return [
        float(bool(a.speaker & b.speaker)) if known else nan,
        float(a.profile == b.profile) if a.profile and b.profile else nan,
        float(a.owned + b.owned),
        float(a.direct + b.direct),
        float(len(a.speaker & b.names.keys()) > 0) + float(len(b.speaker & a.names.keys()) > 0),
        float(a.outlet is not None and a.outlet == b.outlet),
        float(inside),
        float(min(9, abs(a.place[0] - b.place[0]))) if inside and a.version == b.version else nan,
        float(a.refers_to == b.id or b.refers_to == a.id),
        float((a.refers_to is not None) + (b.refers_to is not None)),
    ]


_MEANING = "meaning meaning_own meaning_paragraphs meaning_least_around meaning_most_around".split()
NAMES = (
    *_MEANING,
    *"alike contained covered shared rarest second third family least_soft most_soft family_contained".split(),
    *"least_mass most_mass pairs pairs_contained shortest".split(),
    *"own own_least own_most own_best".split(),
    *"names names_contained names_covered names_least_strange names_most_strange".split(),
    *"least_inside most_inside surroundings surroundings_shared".split(),
    *"figure figure_conflict figure_loose fates figures_least figures_most figure_lost".split(),
    *"apart days_apart same_day".split(),
    *"sides negations negated denies doubts declines doing".split(),
    *"speaker profile owned direct spoken_of outlet article paragraphs refers referring".split(),
)
