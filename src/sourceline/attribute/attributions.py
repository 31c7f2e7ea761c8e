"""find_attributions: a text to its attributions and own-voice assertions, in the text's own characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.attribute.boundaries import Triple, place_boundaries
from sourceline.attribute.links import Decoding, Evidence, Link, link_window
from sourceline.attribute.own_voice import find_own_voice
from sourceline.attribute.quotations import type_quotation
from sourceline.attribute.roles import Range
from sourceline.model.speech import Act, Quotation
from sourceline.neural.classifier import Classifier, load_classifiers
from sourceline.neural.encoder import EncodedWindow, Encoder
from sourceline.neural.tokens import Tokens

ACTS = tuple(Act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One attribution as character ranges of the text that was read."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    quote: Quotation
    act: Act
    confidence: float


@dataclass(frozen=True, slots=True)
class WindowFindings:
    """What one window gives; small, so that a long text's windows can all be kept."""

    links: list[tuple[Link, Act, float]]
    """Each with its act and its confidence."""
    core: Range
    own: NDArray[np.float32]


class Attributor:
    """What is decided on top of the encoder. One instance serves any number of threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        heads = load_classifiers(encoder.artefact.read("heads.npz"))
        self._act: Classifier = heads["act"]
        self._confidence: Classifier = heads["confidence"]
        parameters = encoder.artefact.parameters
        self._decoding = Decoding(**parameters["decoding"])
        self._own_threshold = float(parameters["own_threshold"])

    def read_window(self, window: EncodedWindow) -> WindowFindings:
        """The links whose cue begins within the window's core, and its tokens' share of own voice."""
        found = link_window(self._encoder, window, self._decoding)
        core = slice(window.core_start - window.start, window.core_end - window.start)
        own = np.asarray(1 / (1 + np.exp(-window.scores[core, 6])), np.float32)
        return WindowFindings(list(self._judge(found)), (window.core_start, window.core_end), own)

    def find_attributions(
        self, text: str, tokens: Tokens, windows: Iterable[WindowFindings]
    ) -> tuple[list[Found], list[Range]]:
        """The attributions of `text` in the order of their cues, and its own-voice assertions, from its windows."""
        judged: dict[Range, tuple[Act, float]] = {}
        links: list[Link] = []
        own = np.zeros(len(tokens), np.float32)
        for findings in windows:
            links.extend(link for link, _, _ in findings.links)
            judged.update({link.cue: (act, confidence) for link, act, confidence in findings.links})
            own[slice(*findings.core)] = findings.own
        triples = place_boundaries(text, tokens, tokens.states, links)
        found = [_describe(text, tokens.states, triple, *judged[triple.link.cue]) for triple in triples]
        return found, find_own_voice(text, tokens, own, _cover(text, triples), self._own_threshold)

    def _judge(self, found: list[tuple[Link, Evidence]]) -> Iterator[tuple[Link, Act, float]]:
        if not found:
            return
        acts = self._act.probabilities(np.stack([evidence.act_vector for _, evidence in found])).argmax(1)
        sure = self._confidence.probabilities(np.stack([evidence.features for _, evidence in found]))[:, 0]
        for (link, _), act, confidence in zip(found, acts, sure, strict=True):
            yield link, ACTS[int(act)], round(float(confidence), 3)


_NO_DENIAL = re.compile(r"\b(?:not|never|neither|nor)\b.*\bden(?:y|ies|ied|ying)\b|n[’']t\b.*\bden(?:y|ying)\b", re.I)


def _describe(text: str, states: bytearray, triple: Triple, act: Act, confidence: float) -> Found:
    if act is Act.DENY and any(_NO_DENIAL.search(text, start, end) for start, end in triple.cue):
        act = Act.DECLINE  # who has not denied it has not said that it is not so
    return Found(
        source=tuple(triple.source),
        cue=tuple(triple.cue),
        content=tuple(triple.content),
        quote=type_quotation(text, states, triple.content),
        act=act,
        confidence=confidence,
    )


def _cover(text: str, triples: list[Triple]) -> bytearray:
    covered = bytearray(len(text))
    for triple in triples:
        for start, end in (*triple.source, *triple.cue, *triple.content):
            covered[start:end] = b"\1" * (end - start)
    return covered
