"""What a clause's source does to the proposition, as it is worded, and whether the words put it in the negative."""

from __future__ import annotations

from collections.abc import Sequence

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.frames import is_denial, is_doubt, is_refusal
from sourceline.match.mentions.tokens import Token
from sourceline.match.mentions.verbs import is_finite
from sourceline.model.claim import Stance

_BE = frozenset("is are was were be been being it's that's are isn't wasn't aren't weren't as".split())
_CALLING = frozenset("call calls called calling described dismissed branded labelled untrue it them".split())
_SUBORDINATING = frozenset(
    "that which who whom because if whether when than until unless after before as where".split()
)
_FAILING = frozenset("failed fails refused unable".split())
_NOT_NEGATING = frozenset("only just fewer less more longer least doubt".split())
_SILENT = frozenset("comment comments discuss discusses elaborate drawn speculate talk".split())
_WILL_NOT = frozenset(
    "not never won't wouldn't don't doesn't didn't cannot can't couldn't declined declines refused".split()
)
TIMES = frozenset("when as after while".split())
_ASIDES = TIMES | frozenset("who which whose whom where because".split())
"""Words that open a clause about a thing or a time of another."""
_ESTABLISHING = frozenset("establish verify confirm corroborate authenticate".split())
_REACH = 4


def stance_of(clause: Sequence[Token], cue: Sequence[str], direct: bool) -> Stance:
    """The stance of a clause; `cue` holds the words of the attribution's cue in lower case, none for own voice."""
    words = [token.lower for token in clause]
    says_so = words[-1] == "so" and "say" in (*cue, *words)  # "she did not say so" tells what was not said
    if (not direct and is_refusal(cue) and not says_so) or _keeps_silent(words):
        return Stance.DECLINES
    aside = _is_aside(words)
    if (is_doubt(cue) and not aside) or _doubts(words):
        return Stance.DOUBTS
    if (is_denial(cue) and not aside) or _says_untrue(words) or _denies(clause):
        return Stance.DENIES
    return Stance.ASSERTS


def _is_aside(words: Sequence[str]) -> bool:
    """Whether a clause tells more of a thing or of a time: what is said of the main clause is not said of it."""
    relative = words[0] in _ASIDES or (len(words) > 1 and words[1] in ("which", "whom"))
    return relative and len(words) > 2


def is_negated(clause: Sequence[Token]) -> bool:
    """Whether the main predicate is negated ("never heard a siren", "nobody was refused")."""
    negations = words_of("negations")
    verb = None
    for at, token in enumerate(clause[:80]):
        if token.lower in _SUBORDINATING and _is_past_the_verb(clause, at, verb):
            return False
        if token.lower in negations:
            following = clause[at + 1].lower if at + 1 < len(clause) else ""
            if following == "to" if token.lower in _FAILING else following not in _NOT_NEGATING:
                return True
        if verb is None and is_finite(clause, at):
            verb = at
    return False


def _is_past_the_verb(clause: Sequence[Token], at: int, verb: int | None) -> bool:
    """Whether a subordinate clause follows the main verb, also where that is not known as one ("she regrets that")."""
    if verb is not None:
        return at > verb
    return at > 1 and clause[at].lower == "that" and clause[at - 1].lower not in words_of("nouns of reports")


def says_untrue(words: Sequence[str]) -> bool:
    """Whether the words call something untrue, whatever they say of it besides."""
    return _says_untrue(words)


def _keeps_silent(words: Sequence[str]) -> bool:
    """ "would not talk about it", "never comments on", "had nothing to add"."""
    for at, word in enumerate(words):
        before = words[max(0, at - _REACH) : at]
        if word in _SILENT and (_WILL_NOT & set(before)):
            return True
        if word in ("add", "say") and "nothing" in before:
            return True
        if word == "say" and before[-1:] and {"neither", "nor"} <= set(words[at : at + 2 * _REACH]):
            return True
    return False


def _doubts(words: Sequence[str]) -> bool:
    known = set(words)
    if {"doubt", "doubts", "doubted", "sceptical", "skeptical"} & known and "no" not in known:
        return True
    if not (words_of("negations") & known):
        return False
    return bool(_ESTABLISHING & known) or {"position", "say"} <= known


def _says_untrue(words: Sequence[str]) -> bool:
    """ "is untrue", "calls it a lie", "an invention": an untrue predicate after its verb, or alone."""
    untrue = words_of("untrue predicates")
    for at, word in enumerate(words):
        if word not in untrue:
            continue
        before = words[max(0, at - _REACH) : at]
        if words_of("negations") & set(before):
            continue
        if any(w in _BE or w in _CALLING for w in before) and before[-1] not in ("the", "to"):
            return True
        if (at == 0 and len(words) <= _REACH) or before in (["a"], ["an"]):
            return True
    return False


def _denies(clause: Sequence[Token]) -> bool:
    """Whether the clause's own verb denies ("Dremm has denied it")."""
    for at in range(len(clause)):
        if is_finite(clause, at):
            verb = at + 1 if clause[at].lower in ("has", "have", "had") and at + 1 < len(clause) else at
            return is_denial([clause[verb].lower])
    return False
