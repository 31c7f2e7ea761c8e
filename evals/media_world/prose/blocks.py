"""One paragraph for one put: written afresh, or taken over from the parent's paragraph."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from evals.media_world.figures import Written, write_figure
from evals.media_world.log import Affair, Article, Hours, Put, Utterance
from evals.media_world.outlets import Outlet
from evals.media_world.phrasebook import pools, sayings, swaps
from evals.media_world.prose.colour import draw_line
from evals.media_world.prose.frames import Part, capital, fill_frame, pronouns
from evals.media_world.prose.naming import Called, Cast

BEGINNING = datetime(2031, 1, 6, tzinfo=UTC)
_NEGATIVE = ("never", "not ", "nobody", "no ", "nothing", "none", "without", "stayed", "only")
_QUOTED = ("quote", "quote_tell", "quote_report", "deny_quote")
_CHANNELS = {
    "press_conference": (" at a news conference", " before the press", " at a briefing", ""),
    "release": (" in a statement", " in a written notice", ""),
    "post": (" in a post on Rillo", " on Rillo", " online"),
}
_KINDLESS = ("own", "bare", "cross", "official", "official_deny", "observe", "correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph with what it was made from, so that it can be taken over. `source`: whom it names, as gold has it.

    `writing`: the place of the put that it was first written for; those who carry it keep it.
    """

    writing: tuple[str, int]
    frame: str
    fills: dict[str, str]
    content: dict[str, str]
    tail: str
    figure: Written | None
    parts: tuple[Part, ...]
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Who writes, where and when."""

    rng: Random
    affair: Affair
    article: Article
    outlet: Outlet
    outlets: dict[str, Outlet]
    cast: Cast


def date_of(hours: Hours) -> datetime:
    """To the minute."""
    return BEGINNING + timedelta(minutes=round(hours * 60))


def write_block(pen: Pen, place: int, put: Put) -> Block:
    """The paragraph for a put that is in words of the outlet's own."""
    utterance = pen.affair.utterances[put.utterance] if put.utterance else None
    source = _called(pen, put, utterance)
    figure = _figure(pen, put, utterance)
    content, second = _content(pen, put, utterance, figure)
    frame = _frame(pen, put, utterance, content)
    if "{Q}”{r}" in frame and second:  # one pair of marks around both sentences
        content["q"] += f". {second}"
        second = ""
    fills = _fills(pen, put, utterance, source) | {"r": f" “{second}.”" if second else ""}
    return Block(
        writing=(pen.article.id, place),
        frame=frame,
        fills=fills,
        content=content,
        tail=_tail(pen, put, source),
        figure=figure,
        parts=fill_frame(frame, fills, content, source),
        source=source_name(pen, put, source),
    )


def carry_block(pen: Pen, put: Put, parent: Block) -> Block:
    """The parent's paragraph with the source introduced anew, a word or two exchanged, its tail perhaps cut."""
    utterance = pen.affair.utterances[put.utterance] if put.utterance else None
    source = _called(pen, put, utterance)
    parts = fill_frame(parent.frame, parent.fills | pronouns(source), parent.content, source)
    tail = "" if pen.rng.random() < 0.35 else parent.tail
    return replace(parent, parts=_edit(pen.rng, parts), tail=tail, source=source_name(pen, put, source))


def source_name(pen: Pen, put: Put, source: Called | None) -> str | None:
    """The outermost party that the paragraph credits; nobody where it speaks in its own voice."""
    if put.family in ("report", "bare", "cross", "quote_report") and put.credit:
        return pen.outlets[put.credit].title
    if put.family == "observe" and put.credit and put.credit != pen.outlet.id:
        return pen.outlets[put.credit].title
    return source.name.removeprefix("the ") if source is not None else None


def _called(pen: Pen, put: Put, utterance: Utterance | None) -> Called | None:
    if utterance is None or put.family in _KINDLESS:
        return None
    party = pen.affair.parties[utterance.party]
    if put.family == "dated" and party.people and party.kind != "person":
        return pen.cast.call(party, None, blurred=False)
    return pen.cast.call(party, utterance.speaker, blurred=put.shown == "blurred")


def _figure(pen: Pen, put: Put, utterance: Utterance | None) -> Written | None:
    if not pen.affair.claims[put.claim].spec.figure:
        return None
    if utterance is not None and utterance.number is not None:
        exact = "words" if put.figure == "words" else "digits"  # nobody rounds inside quotation marks
        return write_figure(utterance.number, utterance.at_least, exact if put.family in _QUOTED else put.figure)
    said = [u for u in pen.affair.utterances.values() if u.claim == put.claim and u.number is not None]
    said = [u for u in said if u.time < pen.article.time] or said
    last = max(said, key=lambda u: (u.time, u.id))
    return write_figure(last.number or 0, False, "digits")


def _content(pen: Pen, put: Put, utterance: Utterance | None, figure: Written | None) -> tuple[dict[str, str], str]:
    """The words for {c}, {d} and {q}, and a second sentence of the quotation or nothing."""
    rng, claim = pen.rng, pen.affair.claims[put.claim]
    slots = claim.fills | {"n": figure.text if figure else ""}
    clauses = list(claim.spec.clauses)
    if put.stance in ("denies", "doubts", "declines"):
        clauses = [c for c in clauses if not any(word in c for word in _NEGATIVE)] or clauses
    content = {"c": rng.choice(clauses).format(**slots)}
    if claim.spec.denials:
        content["d"] = rng.choice(claim.spec.denials).format(**slots)
    second = ""
    if put.family in _QUOTED and utterance is not None and utterance.quote is not None:
        quote = utterance.quote
        core = quote.core.format(**slots)
        opening = "" if put.trim == "core" else quote.opening
        content["q"] = capital(f"{opening} {core}".strip())
        second = quote.second if put.trim == "whole" else ""
    return content, second


def _frame(pen: Pen, put: Put, utterance: Utterance | None, content: dict[str, str]) -> str:
    voice = pen.outlet.voice
    if utterance is not None and pen.affair.parties[utterance.party].kind == "document" and put.family == "say":
        voice = "document"
    kind = put.family
    if kind == "say" and voice == "document":
        return pen.rng.choice(pools("sayings")["say document"])
    frames = [f for f in sayings(kind, voice) if "{d}" not in f or "d" in content]
    if kind == "official_deny":
        frames = [f for f in frames if "{D}" not in f or "d" in content]
    negative = any(word in content["c"] for word in _NEGATIVE)
    if kind == "deny":
        fitting = [f for f in frames if "{c}" not in f or not negative]
        frames = fitting or frames
    if kind in ("tell", "own", "official", "correct") and negative:
        frames = [f for f in frames if " how {c}" not in f and "not the case" not in f]
    return pen.rng.choice(frames)


def _fills(pen: Pen, put: Put, utterance: Utterance | None, source: Called | None) -> dict[str, str]:
    rng, time = pen.rng, pen.article.time
    said = utterance.time if utterance is not None else time
    credit = pen.outlets[put.credit].name if put.credit else ""
    channel = rng.choice(_CHANNELS.get(utterance.channel, ("",))) if utterance is not None else ""
    day = date_of(min(said, time))
    on = f" on {day:%A}" if time - said < 6 * 24 else f" on {day.day} {day:%B}"
    dated = pen.article.mode != "recycled" and rng.random() < 0.55  # what is told as new has no old date
    first = _first_report(pen, put)
    return {
        "told": credit,
        "O": credit,
        "ch": channel,
        "on": on if dated else "",
        "date": f"{first.day} {first:%B}",
        "month": f"{day:%B} {day.year}" if rng.random() < 0.5 else f"{day:%B}",
        "half": str(rng.randint(3, 30)),
        **pronouns(source),
    }


def _first_report(pen: Pen, put: Put) -> datetime:
    """When the outlet printed what it now takes back."""
    wrong = [old for old, new in pen.affair.withdrawn.items() if new == put.utterance]
    time = pen.affair.utterances[wrong[0]].time + 1 if wrong else pen.article.time
    return date_of(time)


def _tail(pen: Pen, put: Put, source: Called | None) -> str:
    if put.family in (*_QUOTED, *_KINDLESS, "dated") or pen.rng.random() > 0.3:
        return ""
    lines = pools("background")["tail"]
    if source is None or source.feminine is None or put.stance != "asserts":
        lines = tuple(line for line in lines if "{He}" not in line and "{he}" not in line)
    return " " + draw_line(pen.rng, pen.rng.choice(lines), pen.affair, pronouns(source))


def _edit(rng: Random, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    for old, new in swaps():
        if rng.random() < 0.3:
            parts = tuple(replace(part, text=part.text.replace(f" {old} ", f" {new} ")) for part in parts)
    return parts
