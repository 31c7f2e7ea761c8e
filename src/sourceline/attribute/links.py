"""Each window's cues with the sources and contents that the linker joins to them, in token ranges of the text."""

from __future__ import annotations

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
    probabilities = np.exp(logs)
    contents = probabilities[:, :, CONTENT_BEGIN:].sum(-1)
    _settle_contested(tags, contents)
    links: list[tuple[Link, Evidence]] = []
    for i, (first, last) in enumerate(cues):
        found = group_runs(np.flatnonzero(tags[i] >= CONTENT_BEGIN))
        if not found:
            continue
        sources = group_runs(np.flatnonzero((tags[i] == SOURCE_BEGIN) | (tags[i] == SOURCE)))
        source_mass = probabilities[i, :, SOURCE_BEGIN : SOURCE + 1].sum(-1)
        sources = sorted(sources, key=lambda r: -float(source_mass[r[0] : r[1]].sum()))[:1]
        inside = np.concatenate([np.arange(a, b) for a, b in found])
        link = Link(
            cue=_shift((first, last), window.start),
            source=tuple(_shift(r, window.start) for r in sources),
            content=tuple(_shift(r, window.start) for r in found),
            certainty=float(contents[i, inside].mean()),
        )
        vector = (window.hidden[first:last].mean(0), window.hidden[inside].mean(0), pairs[i])
        features = _features(np.exp(cue_scores), contents[i], source_mass, (first, last), sources, found)
        links.append((link, Evidence(features=features, act_vector=np.concatenate(vector))))
    return links


def _join_tagger(links: Floats, tagger: Floats, share: float) -> Floats:
    """Role log probabilities (k, n, 5) in which the cue that most likely owns a token as content heeds, for a `share`,
    what the plain role tagger (n, 3) says of that token: it loses fewer late sentences of a quotation."""
    contents = np.exp(links[:, :, CONTENT_BEGIN:]).sum(-1)
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
    cues: Floats, contents: Floats, source_mass: Floats, cue: Range, sources: list[Range], found: list[Range]
) -> Floats:
    inside = np.concatenate([contents[a:b] for a, b in found])
    edges = [contents[a] for a, _ in found] + [contents[b - 1] for _, b in found]
    sure = [float(source_mass[a:b].mean()) for a, b in sources]
    said = 1 - cues[cue[0] : cue[1], 0]
    return np.array(
        (
            cues[cue[0], 1],
            said.min(),
            inside.mean(),
            inside.min(),
            np.mean(edges),
            sure[0] if sure else 1 - float(source_mass.max()),
            float(bool(sources)),
            np.log1p(len(inside)) / 5,
            len(found) - 1,
        ),
        np.float32,
    )


def _shift(span: Range, by: int) -> Range:
    return (span[0] + by, span[1] + by)
