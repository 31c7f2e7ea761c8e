"""The words of a claim: those of its clearest mention, and what it counts where it is a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sourceline.lexicon.words import words_of
from sourceline.model.claim import Mention, Stance

_BEST_LENGTH = 16


def clearest(mentions: Sequence[Mention], stances: Sequence[Stance]) -> str:
    """The words of the mention that says it best: in full, with names and figures, asserting; the earliest of several.

    A mention of several stretches is given from its first word to its last, stretches joined by an ellipsis.
    """
    best = max(range(len(mentions)), key=lambda at: (_clarity(mentions[at], stances[at]), -at))
    return " … ".join(span.text.strip() for span in mentions[best].spans)


def _clarity(mention: Mention, stance: Stance) -> float:
    words = " ".join(span.text for span in mention.spans).split()
    score = 3.0 * (stance is Stance.ASSERTS) + 1.5 * (mention.refers_to is None) - 0.5 * mention.direct
    score += min(2, len(mention.names)) + min(1, len(mention.quantities)) + 0.5 * bool(mention.dates)
    score -= abs(len(words) - _BEST_LENGTH) / 8
    first = words[0].strip("\"'“‘").lower() if words else ""
    score -= 1.5 * (first in words_of("pronouns") or first in ("this", "that", "and", "but", "which", "who"))
    return score - 0.3 * (len(mention.spans) - 1)


def quantity_of(mentions: Sequence[Mention], stances: Sequence[Stance]) -> str | None:
    """What is counted or measured, in the mentions' words, where most of those that assert give a figure of it."""
    asserting = [mention for mention, stance in zip(mentions, stances, strict=True) if stance is Stance.ASSERTS]
    with_figures = [mention for mention in asserting if mention.quantities]
    if not with_figures or 2 * len(with_figures) < len(asserting):
        return None
    nouns = Counter(
        noun
        for mention in with_figures
        for noun in {(q.counted or q.unit or "").casefold() for q in mention.quantities}
    )
    nouns.pop("", None)
    if not nouns:
        return None
    noun, count = max(nouns.items(), key=lambda entry: (entry[1], entry[0]))
    return noun if 2 * count >= len(with_figures) else None
