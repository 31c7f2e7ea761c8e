"""How a desk puts what it read elsewhere: carried or in other words, credited or not, sharp or blurred."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from evals.media_world.log import Affair, Article, Put
from evals.media_world.outlets import Outlet
from evals.media_world.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A put that somebody read, and where."""

    article: Article
    place: tuple[str, int]
    put: Put
    outlet: Outlet


_ROUGH = ("about", "nearly", "more than", "plain", "dozens")
_NOT_ASSERTED = {"denies": "deny", "doubts": "doubt", "declines": "decline"}


def relay(rng: Random, settings: Settings, affair: Affair, outlet: Outlet, found: Found) -> Put:
    """The put that `outlet` makes of it."""
    habits, put = outlet.habits, found.put
    drops = rng.random() < settings.credit_drop * habits.drops
    fresh = rng.random() < settings.rewriting or put.family == "observe"
    rounded = rng.random() < settings.rounding * habits.rounds
    base = replace(put, parent=found.place, carried=False, credit=None, figure=_figure(rng, affair, put, rounded))
    if put.family in ("official", "official_deny"):  # the body is the source, and to name it is the credit
        quoted = put.family == "official" and affair.utterances[put.utterance or ""].quote and rng.random() < 0.4
        return replace(base, family="quote" if quoted else "say" if put.stance == "asserts" else "deny")
    if put.stance != "asserts":
        return _answer(rng, affair, base, put, fresh, found)
    if not fresh and not (drops and put.credit):
        return replace(put, parent=found.place, carried=True)
    if put.shown == "none":  # the parent names nobody
        family, credit = ("own", None) if drops else ("bare", found.article.outlet)
        return replace(base, family=family, credit=credit)
    if drops:
        return _uncredited(rng, affair, habits.asserts, habits.blurs, habits.trims, base)
    return _credited(rng, affair, habits.trims, base, found)


def _figure(rng: Random, affair: Affair, put: Put, rounded: bool) -> str:
    utterance = affair.utterances.get(put.utterance or "")
    if rounded and utterance is not None and utterance.at_least and rng.random() < 0.6:
        return "plain"
    if rounded or put.figure in _ROUGH:
        return put.figure if put.figure in _ROUGH else rng.choice(_ROUGH)
    return rng.choice(("digits", "words"))


def _answer(rng: Random, affair: Affair, base: Put, put: Put, fresh: bool, found: Found) -> Put:
    """Denials and the like are told with their source, whoever had them first."""
    if not fresh:
        return replace(put, parent=found.place, carried=True)
    utterance = affair.utterances[base.utterance] if base.utterance else None
    quoted = put.stance == "denies" and utterance is not None and utterance.quote is not None and rng.random() < 0.4
    return replace(base, family="deny_quote" if quoted else _NOT_ASSERTED[put.stance], shown="named")


def _trim(rng: Random, rate: float, put: Put) -> str:
    if put.trim == "whole" and rng.random() < rate:
        return rng.choice(("first", "core"))
    return "core" if put.trim == "first" and rng.random() < rate / 2 else put.trim


def _uncredited(rng: Random, affair: Affair, asserts: float, blurs: float, trims: float, base: Put) -> Put:
    utterance = affair.utterances[base.utterance or ""]
    if utterance.channel == "observation" or rng.random() < asserts:
        return replace(base, family="own", shown="none")
    if base.shown == "named" and rng.random() < blurs:
        return replace(base, family="say", shown="blurred")
    family = "quote" if _can_quote(utterance.quote is not None, base) and rng.random() < 0.45 else "say"
    return replace(base, family=family, trim=_trim(rng, trims, base))


def _can_quote(has_quote: bool, put: Put) -> bool:
    return has_quote and put.shown == "named"


def _credited(rng: Random, affair: Affair, trims: float, base: Put, found: Found) -> Put:
    """To the outlet that was told where there is one and the parent says so, else to the parent."""
    utterance = affair.utterances[base.utterance or ""]
    first = found.put.credit if found.put.family in ("tell", "quote_tell", "observe") else None
    quotes = _can_quote(utterance.quote is not None, base)
    if utterance.channel == "observation":
        return replace(base, family="bare", credit=first or found.article.outlet, shown="none")
    if first:
        family = "quote_tell" if quotes and rng.random() < 0.4 else rng.choice(("tell", "report", "tell", "bare"))
    elif not utterance.outlets and rng.random() < 0.5:
        family = "quote" if quotes and rng.random() < 0.4 else "say"  # public: nothing to credit
        return replace(base, family=family, trim=_trim(rng, trims, base))
    else:
        family = "quote_report" if quotes and rng.random() < 0.35 else rng.choice(("report", "report", "bare"))
    credit = first if first and family in ("tell", "quote_tell") else found.article.outlet
    shown = "none" if family == "bare" else base.shown
    return replace(base, family=family, credit=credit, shown=shown, trim=_trim(rng, trims, base))
