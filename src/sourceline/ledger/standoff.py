"""brat standoff files with attributions, in the form that PolNeAR has them and `show/exports/brat.py` writes.

https://brat.nlplab.org/standoff.html. Spans of other kinds than Source, Cue and Content are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable

from sourceline.attribute.quotations import type_quotation
from sourceline.errors import InvalidAnnotation
from sourceline.model.ids import content_id
from sourceline.model.speech import Act, Attribution
from sourceline.model.text import Span
from sourceline.neural.quotation import quote_states

_ROLES = ("Source", "Cue", "Content")
_MOST_DIGITS = 18
_Pieces = tuple[Span, ...]


def parse_standoff(annotations: str, text: str, place: str) -> tuple[Attribution, ...]:
    """The attributions of an .ann file over the text of its .txt file, in the order of the text.

    An act that is not stated is `state`. Raises InvalidAnnotation, with the line's number, where a line is broken or
    a span is not where it says.
    """
    spans: dict[str, tuple[str, _Pieces]] = {}
    events: dict[str, dict[str, list[str]]] = {}
    acts: dict[str, Act] = {}
    for number, line in enumerate(annotations.split("\n"), 1):  # other line ends may be among a span's words
        where = f"{place}:{number}"
        name, _, rest = line.removesuffix("\r").partition("\t")
        if name.startswith("T"):
            spans[name] = _span(rest, text, where)
        elif name.startswith("E"):
            events[name] = _event(rest, where)
        elif name.startswith("A") and rest.startswith("Act "):
            _, judged, act = [*rest.split(" "), "", ""][:3]
            if act not in set(Act):
                raise InvalidAnnotation(f"{where} names no act: {act!r}; there are {', '.join(Act)}")
            acts[judged] = Act(act)
    states = quote_states(text)
    found = []
    for name, event in events.items():
        source, cue, content = (_argument(role, event, spans, f"{place} has an event {name}") for role in _ROLES)
        if not cue or not content:
            raise InvalidAnnotation(f"{place} has an event {name} without a cue or without content")
        found.append(person_attribution(text, states, (source, cue, content), acts.get(name, Act.STATE)))
    return tuple(sorted(found, key=lambda a: (min(s.start for s in (*a.cue, *a.content)), a.id)))


def person_attribution(text: str, states: bytearray, parts: tuple[_Pieces, _Pieces, _Pieces], act: Act) -> Attribution:
    """An attribution as a person gives it: source, cue and content spans of `text`, whose quotation marks are
    `states` (`quote_states`). Pieces that only a line end parts are one span."""
    source, cue, content = (joined(text, part) for part in parts)
    places = [(s.start, s.end) for s in (*source, *cue, *content)]
    return Attribution(
        id=content_id("annotation", act, *places, text),
        source=source,
        cue=cue,
        content=content,
        quote=type_quotation(text, states, [(s.start, s.end) for s in content]),
        act=act,
        confidence=1.0,
    )


def _span(rest: str, text: str, where: str) -> tuple[str, _Pieces]:
    label, _, places = rest.partition("\t")[0].partition(" ")
    pieces = []
    for piece in places.split(";"):
        start, _, end = piece.partition(" ")
        counted = start.isdecimal() and end.isdecimal() and max(len(start), len(end)) <= _MOST_DIGITS
        if not (counted and int(start) < int(end) <= len(text)):
            raise InvalidAnnotation(f"{where} has no span within the text: {piece[:40]!r}")
        pieces.append(Span.of(text, int(start), int(end)))
    return label, tuple(sorted(pieces))


def _event(rest: str, where: str) -> dict[str, list[str]]:
    arguments: dict[str, list[str]] = {}
    for argument in rest.split():
        role, colon, name = argument.partition(":")
        if not colon or not name:
            raise InvalidAnnotation(f"{where} has an argument without a span: {argument[:40]!r}")
        arguments.setdefault(role.rstrip("0123456789"), []).append(name)
    return arguments


def _argument(role: str, event: dict[str, list[str]], spans: dict[str, tuple[str, _Pieces]], what: str) -> _Pieces:
    """All pieces of the spans that an event has in a role."""
    names = event.get(role, [])
    missing = [name for name in names if name not in spans]
    if missing:
        raise InvalidAnnotation(f"{what} with a span {missing[0]} that is not there")
    return tuple(piece for name in names for piece in spans[name][1])


def joined(text: str, pieces: Iterable[Span]) -> _Pieces:
    """In order, and as one where only a line end parts them: brat cuts spans at line ends."""
    whole: list[Span] = []
    for piece in sorted(pieces):
        if whole and piece.start <= whole[-1].end:
            whole[-1] = Span.of(text, whole[-1].start, max(piece.end, whole[-1].end))
        elif whole and not (between := text[whole[-1].end : piece.start]).strip() and {"\n", "\r"} & {*between}:
            whole[-1] = Span.of(text, whole[-1].start, piece.end)
        else:
            whole.append(piece)
    return tuple(whole)
