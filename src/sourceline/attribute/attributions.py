"""find_attributions: a text to its attributions and own-voice assertions, in the text's own characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
from sourceline.neural.encoder import EncodedWindow, Encoder, place_windows
from sourceline.neural.quotation import quote_states
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
    """The encoder with what is decided on top of it. One instance serves any number of threads."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        heads = load_classifiers(encoder.artefact.read("heads.npz"))
        self._act: Classifier = heads["act"]
        self._confidence: Classifier = heads["confidence"]
        parameters = encoder.artefact.parameters
        self._decoding = Decoding(**parameters["decoding"])
        self._own_threshold = float(parameters["own_threshold"])

    def find_attributions(
        self, text: str, window_map: Callable[..., Iterable[WindowFindings]] = map
    ) -> tuple[list[Found], list[Range]]:
        """The attributions of `text` in the order of their cues, and its own-voice assertions.

        `window_map` may spread the windows over threads, but keeps their order.
        """
        tokens = self.encoder.tokenise(text)
        if not len(tokens):
            return [], []
        judged: dict[Range, tuple[Act, float]] = {}
        links: list[Link] = []
        own = np.zeros(len(tokens), np.float32)
        for findings in window_map(lambda w: self._read_window(tokens, w), place_windows(tokens)):
            links.extend(link for link, _, _ in findings.links)
            judged.update({link.cue: (act, confidence) for link, act, confidence in findings.links})
            own[slice(*findings.core)] = findings.own
        states = quote_states(text)
        triples = place_boundaries(text, tokens, states, links)
        found = [_describe(text, states, triple, *judged[triple.link.cue]) for triple in triples]
        return found, find_own_voice(text, tokens, own, _cover(text, triples), self._own_threshold)

    def _read_window(self, tokens: Tokens, place: tuple[int, int, int, int]) -> WindowFindings:
        window: EncodedWindow = self.encoder.encode_window(tokens, place)
        found = link_window(self.encoder, window, self._decoding)
        core = slice(window.core_start - window.start, window.core_end - window.start)
        own = np.asarray(1 / (1 + np.exp(-window.scores[core, 6])), np.float32)
        return WindowFindings(list(self._judge(found)), (window.core_start, window.core_end), own)

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
