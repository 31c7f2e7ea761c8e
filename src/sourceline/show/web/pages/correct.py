"""Correcting one attribution: its spans chosen in the text, or given as offsets, and its act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from starlette.routing import Route

from sourceline.errors import NotFound, UsageError
from sourceline.ledger.reviewing import Correction, correct_attribution, find_attribution
from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.model.speech import Act, Attribution
from sourceline.model.text import Span
from sourceline.show.web.addresses import article_address
from sourceline.show.web.answering import Answer, change, page, redirect
from sourceline.show.web.article_text import Block, blocks_of
from sourceline.show.web.documents_named import parse_spans, version_named, write_spans
from sourceline.show.web.forms import Form
from sourceline.show.web.view import View
from sourceline.show.web.visit import Visit

_PARTS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field of the form: the words it means, and where they stand."""

    name: str
    spans: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPage(View):
    template: ClassVar[str] = "correct.html"
    here: ClassVar[str] = "/review"

    version: Version
    attribution: str
    """The id of what is corrected, "" for one that is missing."""
    parts_of: tuple[Part, ...]
    act: Act
    acts: tuple[Act, ...]
    message: str
    """Why it was not taken, "" at first."""
    blocks: tuple[Block, ...]


def correct_page(visit: Visit) -> CorrectPage:
    """Raises NotFound where there is no such text or attribution."""
    version, reading = _text(visit)
    before = find_attribution(reading, visit.get("attribution")) if visit.get("attribution") else None
    return _form(version, reading, before)


def correct(visit: Visit) -> Answer:
    """Takes the correction, or shows the form again with what is wrong with it."""
    version, reading = _text(visit)
    form, text = visit.form, reading.document.text
    id = form.get("attribution") or None
    try:
        source, cue, content = (
            [(span.start, span.end) for span in parse_spans(form.get(part), text)] for part in _PARTS
        )
        correction = Correction(source=source, cue=cue, content=content, act=_act(form.get("act")))
        made = correct_attribution(visit.ledger, version.id, id, correction, by=form.get("author"))
    except UsageError as error:
        shown = _form(version, reading, find_attribution(reading, id) if id else None)
        return _refused(shown, form, text, str(error))
    added = made[-1].attribution
    return redirect(article_address(version.id, attribution=added.id if added else None))


def _text(visit: Visit) -> tuple[Version, Reading]:
    version = version_named(visit.ledger, visit.parts["document"])
    if version.removal is not None:
        raise NotFound("this text was taken down: there is nothing to correct")
    return version, visit.ledger.reading(version.id)


def _act(given: str) -> Act:
    if given not in set(Act):
        raise UsageError(f"{given[:40]!r} is no act: choose one of the list")
    return Act(given)


def _form(version: Version, reading: Reading, before: Attribution | None) -> CorrectPage:
    parts: tuple[tuple[Span, ...], ...] = ((), (), ())
    if before is not None:
        parts = (before.source, before.cue, before.content)
    return CorrectPage(
        heading="Correct" if before else "Add what is missing",
        version=version,
        attribution=before.id if before else "",
        parts_of=tuple(
            Part(name=name, spans=write_spans(spans), words=_words(spans))
            for name, spans in zip(_PARTS, parts, strict=True)
        ),
        act=before.act if before else Act.STATE,
        acts=tuple(Act),
        message="",
        blocks=blocks_of(reading),
    )


def _refused(shown: CorrectPage, form: Form, text: str, message: str) -> CorrectPage:
    """The form as it was sent, with what is wrong with it."""
    parts = tuple(Part(name=name, spans=form.get(name), words=_words_at(form.get(name), text)) for name in _PARTS)
    act = Act(form.get("act")) if form.get("act") in set(Act) else shown.act
    return replace(shown, parts_of=parts, act=act, message=message, status=400)


def _words(spans: Iterable[Span]) -> str:
    return " … ".join(span.text for span in spans)


def _words_at(given: str, text: str) -> str:
    try:
        return _words(parse_spans(given, text))
    except UsageError:
        return ""


ROUTES = (
    Route("/articles/{document}/correct", page(correct_page), methods=["GET"]),
    Route("/articles/{document}/correct", change(correct), methods=["POST"]),
)
