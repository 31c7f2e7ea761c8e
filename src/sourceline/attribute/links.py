"""Each window's cues with the sources and contents that the linker joins to them, in token ranges of the text."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.attribute.roles import (
    CONTENT,
    CONTENT_BEGIN,
    NONE,
    SOURCE,
    SOURCE_BEGIN,
    Floats,
    Range,
    find_cue_ranges,
    find_role_tags,
    find_runs,
    group_runs,
    log_softmax,
)
from sourceline.neural.encoder import EncodedWindow, Encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cue with its source and content, as token ranges of the whole text."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    certainty: float
    """Mean probability of the content's tokens: of two claims on the same words the surer one keeps them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """The few figures that decoding is tuned with; they come with the weights."""

    cue_prior: float
    """Added to the log probability of a cue's tokens."""
    fragment_cost: float
    """What each opened span pays, in log probability."""
    tagger_share: float
    """How much the plain role tagger has to say beside the linker, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the confidence and the act of a link are computed from.

    features: (9,), named in FEATURES; act_vector: (864,), mean vectors of the cue, the content and the cue's pairs.
    """

    features: Floats
    act_vector: Floats


_POSSIBLE = 0.02
"""Under this probability a token is nobody's content, whatever the plain tagger says."""

_BREAK_COST = 3.0
"""What a content span pays, in log probability, to run on into the next line; a source span never does."""

FEATURES = (
    "cue",
    "cue_least",
    "content",
    "content_least",
    "content_edges",
    "source",
    "has_source",
    "length",
    "fragments",
)


def link_window(encoder: Encoder, window: EncodedWindow, decoding: Decoding) -> list[tuple[Link, Evidence]]:
    """The attributions whose cue begins within the window's core."""
    cue_scores = log_softmax(window.scores[:, :3])
    core = range(window.core_start - window.start, window.core_end - window.start)
    cues = [cue for cue in find_cue_ranges(cue_scores, decoding.cue_prior) if cue[0] in core]
    if not cues:
        return []
    scores, pairs = encoder.link(window, cues)
    logs = _join_tagger(log_softmax(scores), log_softmax(window.scores[:, 3:6]), decoding.tagger_share)
    for cue_range in cues:
        logs[:, cue_range[0] : cue_range[1], 1:] = -1e9
    logs[:, window.breaks, SOURCE] = -1e9
    logs[:, window.breaks, CONTENT] -= _BREAK_COST
    tags = find_role_tags(logs, decoding.fragment_cost)
    masses = np.exp(logs[:, :, SOURCE_BEGIN:])
    source_masses = masses[:, :, 0] + masses[:, :, 1]
    contents = masses[:, :, 2] + masses[:, :, 3]
    _settle_contested(tags, contents)
    said = np.exp(cue_scores)
    found_sources = find_runs((tags == SOURCE_BEGIN) | (tags == SOURCE))
    links: list[tuple[Link, Evidence]] = []
    for i, found in enumerate(find_runs(tags >= CONTENT_BEGIN)):
        if not found:
            continue
        first, last = cues[i]
        source_mass = source_masses[i]
        sources = sorted(found_sources[i], key=lambda r: -float(source_mass[r[0] : r[1]].sum()))[:1]
        inside = _cut(contents[i], found)
        link = Link(
            cue=_shift((first, last), window.start),
            source=tuple(_shift(r, window.start) for r in sources),
            content=tuple(_shift(r, window.start) for r in found),
            certainty=float(_mean(inside)),
        )
        vector = (_mean(window.hidden[first:last]), _mean(_cut(window.hidden, found)), pairs[i])
        features = _features(said[first:last], contents[i], inside, source_mass, sources, found)
        links.append((link, Evidence(features=features, act_vector=np.concatenate(vector))))
    return links


def _join_tagger(links: Floats, tagger: Floats, share: float) -> Floats:
    """Role log probabilities (k, n, 5) in which the cue that most likely owns a token as content heeds, for a `share`,
    what the plain role tagger (n, 3) says of that token: it loses fewer late sentences of a quotation."""
    masses = np.exp(links[:, :, CONTENT_BEGIN:])
    contents = masses[:, :, 0] + masses[:, :, 1]
    owner = contents.argmax(0)
    at = np.arange(links.shape[1])
    said = contents[owner, at]
    told = np.where(said > _POSSIBLE, (1 - share) * said + share * np.exp(tagger[:, 2]), said)
    joined = links.copy()
    joined[owner, at, CONTENT_BEGIN:] += np.log(np.maximum(told, 1e-9) / np.maximum(said, 1e-9))[:, None]
    joined[owner, at, :CONTENT_BEGIN] += np.log(np.maximum(1 - told, 1e-9) / np.maximum(1 - said, 1e-9))[:, None]
    return joined


def _settle_contested(tags: NDArray[np.int8], contents: Floats) -> None:
    """A run of tokens that several cues claim as content goes to the cue that is surest of it."""
    claimed = tags >= CONTENT_BEGIN
    for first, last in group_runs(np.flatnonzero(claimed.sum(0) > 1)):
        rivals = np.flatnonzero(claimed[:, first:last].any(1))
        surest = max(rivals, key=lambda i: float(np.log(contents[i, first:last] + 1e-6).mean()))
        for i in rivals:
            if i != surest:
                tags[i, first:last] = NONE


def _features(
    cue: Floats, contents: Floats, inside: Floats, source_mass: Floats, sources: list[Range], found: list[Range]
) -> Floats:
    """cue: (tokens of the cue, 3) probabilities; contents, source_mass: (n,); inside: the contents' own of these."""
    edges = contents[[a for a, _ in found] + [b - 1 for _, b in found]]
    sure = [float(_mean(source_mass[a:b])) for a, b in sources]
    return np.array(
        (
            cue[0, 1],
            (1 - cue[:, 0]).min(),
            _mean(inside),
            inside.min(),
            _mean(edges),
            sure[0] if sure else 1 - float(source_mass.max()),
            float(bool(sources)),
            math.log1p(len(inside)) / 5,
            len(found) - 1,
        ),
        np.float32,
    )


def _mean(rows: Floats) -> Floats:
    """Over the first axis: `ndarray.mean` takes longer to begin than the few rows of a span take to add."""
    return np.asarray(np.add.reduce(rows) / len(rows), np.float32)


def _cut(rows: Floats, ranges: list[Range]) -> Floats:
    """The rows of all the ranges."""
    if len(ranges) == 1:
        return rows[ranges[0][0] : ranges[0][1]]
    return np.concatenate([rows[a:b] for a, b in ranges])


def _shift(span: Range, by: int) -> Range:
    return (span[0] + by, span[1] + by)
