"""Which earlier mention one takes up without repeating it: "the company calls it untrue", "so does the ministry"."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.frames import is_denial, is_reporting
from sourceline.match.mentions.stances import says_untrue
from sourceline.match.mentions.stems import stem
from sourceline.match.mentions.tokens import Token
from sourceline.model.claim import Mention, Stance

_BACK = 24
_ALIKE = 0.8
"""Of the words of either: two mentions of one source in one paragraph that share these are one."""
_POINTING = frozenset("it this that them so same these those".split())
_SAID = "account accusation allegation charge claim finding insinuation report rumour rumor story suggestion"
_SAID_THINGS = frozenset(stem(word) for word in _SAID.split())
_AGREEING = frozenset(stem(word) for word in "agree concur confirm echo repeat".split())
_DOING = frozenset("do does did is was are were has had have".split())


class Trail:
    """The latest mentions of a document, in which a mention that says little finds what it takes up."""

    def __init__(self) -> None:
        self._latest: deque[tuple[Mention, frozenset[str]]] = deque(maxlen=_BACK)

    def add(self, mention: Mention) -> None:
        self._latest.append((mention, frozenset(mention.words)))

    def repeats(self, mention: Mention) -> bool:
        """Whether the same source put the same words in this paragraph already."""
        mine = frozenset(mention.words)
        for other, theirs in reversed(self._latest):
            if other.paragraph != mention.paragraph:
                return False
            alike = (other.speaker, other.stance, other.negated) == (mention.speaker, mention.stance, mention.negated)
            if alike and len(mine & theirs) >= _ALIKE * len(mine | theirs) and _values(other) == _values(mention):
                return True
        return False

    def referent(self, clause: Sequence[Token], mention: Mention) -> str | None:
        """The id of the mention that this one takes up, None where it stands for itself or none is near."""
        mine = frozenset(mention.words)
        latest = [pair for pair in reversed(self._latest) if mention.paragraph - pair[0].paragraph <= _PARAGRAPHS]
        if not latest:
            return None
        near = [other for other, _ in latest]
        shared = [len(mine & theirs) for _, theirs in latest]
        if not is_anaphoric(clause, mention.stance):
            return self._elliptic(mention, near, shared)
        others = [at for at, other in enumerate(near) if other.speaker != mention.speaker] or list(range(len(near)))
        best = near[max(others, key=lambda at: (shared[at], -at))]
        return best.refers_to or best.id

    @staticmethod
    def _elliptic(mention: Mention, near: Sequence[Mention], shared: Sequence[int]) -> str | None:
        """ "Passed, says the ministry": one or two words that another has just used."""
        if not 0 < len(set(mention.words)) <= 2 or mention.quantities or mention.direct:
            return None
        for other, words in zip(near, shared, strict=True):
            elsewhere = other.paragraph != mention.paragraph or other.speaker == mention.speaker
            if words == len(set(mention.words)) and not elsewhere:
                return other.id
        return None


_PARAGRAPHS = 2
"""Lines back to the paragraph before: a blank line may stand in between."""


def is_anaphoric(clause: Sequence[Token], stance: Stance) -> bool:
    """Whether a clause says of something said before that it is so or is not so, without saying it again."""
    words = [token.lower for token in clause if token.is_word]
    if not words:
        return False
    if stance is Stance.DECLINES:
        return True
    content = [word for word in words if word not in words_of("function words")]
    pointing = bool(_POINTING & set(words)) or bool(_SAID_THINGS & {stem(word) for word in words})
    if words[0] in ("so", "nor", "neither") and len(words) > 1 and words[1] in _DOING:
        return len(content) <= 4
    if len(words) > 14 or "that" in words[2:-1]:
        return False
    if stance is Stance.DENIES and (says_untrue(words) or any(is_denial([word]) for word in words)):
        return pointing or len(content) <= 2
    if "same" in words and is_reporting(words):
        return len(content) <= 4
    if words[-1] == "so" and is_reporting(words):
        return True
    if words[0] in ("it", "that", "this") and len(words) <= 5 and {"true", "correct", "right"} & set(words):
        return True
    if stance is Stance.DOUBTS:
        return pointing and len(words) <= 12
    agreeing = next((at for at, word in enumerate(words) if stem(word) in _AGREEING), None)
    if agreeing is None or len(words) > 8:
        return False
    return "agree" in words[agreeing] or bool(_POINTING & set(words[agreeing + 1 :]))


def _values(mention: Mention) -> list[tuple[float | None, float | None]]:
    return [(q.low, q.high) for q in mention.quantities]
