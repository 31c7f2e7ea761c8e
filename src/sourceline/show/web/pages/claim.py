"""A claim: how many sources it has, the picture of who relayed whom, and every mention with its lineage."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from types import MappingProxyType
from typing import ClassVar, Protocol, runtime_checkable
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.routing import Route

from sourceline.errors import NotFound, UsageError
from sourceline.model.trace import Trace
from sourceline.show.picture import Form, PictureOptions, draw_drift, draw_trace
from sourceline.show.sentences import (
    day_in_words,
    extent_in_words,
    findings_in_words,
    listed,
    origins_in_figures,
    sources_in_words,
)
from sourceline.show.web.answering import page
from sourceline.show.web.claims import Bar, bar_of
from sourceline.show.web.documents_named import version_named
from sourceline.show.web.traced import (
    Choice,
    DayChoice,
    DisputeRow,
    FigureRow,
    LostRow,
    MentionRow,
    day_choices,
    dispute_rows,
    figure_rows,
    lost_rows,
    mention_rows,
    outlet_choices,
    source_choices,
    words_address,
)
from sourceline.show.web.view import Pager, View
from sourceline.show.web.visit import Visit

_MOST_MENTIONS = 40
"""Of one page."""
_MANY_OUTLETS = 25
"""From so many on it is looked up what kind of outlet each is."""
_FAMILIES = MappingProxyType(
    {
        "wire": "agencies",
        "newspaper": "newspapers",
        "broadcaster": "broadcasters",
        "state_media": "state media",
        "blog": "blogs",
        "thinktank": "institutes",
        "government": "governments",
        "company": "companies",
        "aggregator": "aggregators",
    }
)


@runtime_checkable
class Traces(Protocol):
    """A ledger that traces claims."""

    def trace(self, claim: str, *, without: Collection[str] = (), as_of: datetime | None = None) -> Trace: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a claim is asked for."""

    without: tuple[str, ...] = ()
    """Parties and outlets that are left out."""
    as_of: str = ""
    """The last day that counts, ISO 8601; "" for all."""
    opened: tuple[str, ...] = ()
    """Shared lanes of the picture that are drawn one by one."""
    begin: int = 0
    """The place of the first mention that is listed."""

    @property
    def narrowed(self) -> bool:
        return bool(self.without or self.as_of)

    def address(self, claim: str) -> str:
        """The page with the same asked for."""
        given = [("without", name) for name in self.without]
        given += [("as_of", self.as_of)] if self.as_of else []
        given += [("open", lane) for lane in self.opened]
        given += [("from", str(self.begin))] if self.begin else []
        path = f"/claims/{quote(claim, safe='')}"
        return f"{path}?{urlencode(given, errors='replace')}" if given else path


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    choice: DayChoice
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage(View):
    template: ClassVar[str] = "claim.html"
    here: ClassVar[str] = "/"

    bar: Bar
    figures: str
    """Origins as "1 · 1–2"."""
    sources: str
    """The same as a sentence."""
    before: str
    """Of all mentions at any time, where only some are looked at; else ""."""
    narrowing: str
    """What is left out, as a sentence; "" for nothing."""
    whole: str
    """The page with nothing left out."""
    extent: tuple[str, ...]
    findings: tuple[str, ...]
    pictures: tuple[Markup, ...]
    """For wide windows and for narrow ones."""
    drifts: tuple[Markup, ...]
    drifting: str
    """What the figure counts."""
    values: tuple[FigureRow, ...]
    mentions: tuple[MentionRow, ...]
    counted: str
    """Which of how many mentions are listed, where that is not all."""
    pager: Pager
    reasons: tuple[str, ...]
    lost: tuple[LostRow, ...]
    disputes: tuple[DisputeRow, ...]
    parties: tuple[Choice, ...]
    outlets: tuple[Choice, ...]
    days: tuple[Day, ...]
    as_of: str
    command: str
    """What a terminal is told to get the same as JSON."""


def claim_page(visit: Visit) -> ClaimPage:
    """Raises NotFound for an unknown claim, UsageError for a day that is none."""
    ledger, claim = visit.ledger, visit.parts["claim"]
    if not isinstance(ledger, Traces):
        raise NotFound("this ledger knows no claims")
    asked = Asked(
        without=visit.each("without"),
        as_of=visit.get("as_of"),
        opened=visit.each("open"),
        begin=_place(visit.get("from")),
    )
    whole = ledger.trace(claim)
    shown = whole
    if asked.narrowed:
        shown = ledger.trace(claim, without=asked.without, as_of=end_of_day(asked.as_of) if asked.as_of else None)
    return claim_view(whole, shown, asked, _families(visit, shown))


def end_of_day(given: str) -> datetime:
    """The last moment of a day, in UTC. Raises UsageError for what is no day."""
    try:
        day = date.fromisoformat(given)
        return datetime.combine(day, time(), UTC) + timedelta(days=1, microseconds=-1)
    except (ValueError, OverflowError):
        raise UsageError(f"a day is written as 2031-03-06, not {given[:40]!r}") from None


def claim_view(
    whole: Trace, shown: Trace, asked: Asked, families: Mapping[str, str] = MappingProxyType({})
) -> ClaimPage:
    """The page of a claim: `whole` with nothing left out, `shown` as asked for."""
    claim, after = whole.claim, asked.begin + _MOST_MENTIONS
    wide = PictureOptions(
        opened=frozenset(asked.opened),
        families=families,
        mention_address=words_address,
        lane_address=lambda lane: f"{replace(asked, opened=(*asked.opened, lane)).address(claim)}#picture",
    )
    forms = [replace(wide, form=form) for form in Form]
    return ClaimPage(
        heading=whole.statement,
        bar=bar_of(shown.independent_origins),
        figures=origins_in_figures(shown.independent_origins),
        sources=sources_in_words(shown.independent_origins),
        before=sources_in_words(whole.independent_origins) if asked.narrowed else "",
        narrowing=_narrowing(asked),
        whole=Asked().address(claim),
        extent=extent_in_words(shown),
        findings=findings_in_words(shown),
        pictures=tuple(Markup(draw_trace(shown, form)) for form in forms) if shown.mentions else (),
        drifts=tuple(Markup(draw_drift(shown, form)) for form in forms) if shown.drift else (),
        drifting=shown.drift.what if shown.drift else "",
        values=tuple(figure_rows(shown)),
        mentions=tuple(islice(mention_rows(shown), asked.begin, asked.begin + _MOST_MENTIONS)),
        counted=_counted(asked, len(shown.mentions)),
        pager=Pager(
            first=_list_address(replace(asked, begin=0), claim) if asked.begin else None,
            next=_list_address(replace(asked, begin=after), claim) if after < len(shown.mentions) else None,
        ),
        reasons=shown.reasons,
        lost=tuple(lost_rows(shown)),
        disputes=tuple(dispute_rows(shown)),
        parties=source_choices(whole, asked.without),
        outlets=outlet_choices(whole, asked.without),
        days=tuple(
            Day(choice=choice, address=replace(asked, as_of=choice.value).address(claim))
            for choice in day_choices(whole, asked.as_of)
        ),
        as_of=asked.as_of,
        command=_command(claim, asked),
    )


def _place(given: str) -> int:
    """Raises UsageError for what is no place in a list."""
    if not given:
        return 0
    if not (given.isascii() and given.isdecimal() and len(given) < 8):
        raise UsageError(f"mentions are counted from 0, not from {given[:40]!r}")
    return int(given)


def _counted(asked: Asked, whole: int) -> str:
    if not asked.begin and whole <= _MOST_MENTIONS:
        return ""
    return f"{min(asked.begin + 1, whole)} to {min(asked.begin + _MOST_MENTIONS, whole)} of {whole}"


def _list_address(asked: Asked, claim: str) -> str:
    return f"{asked.address(claim)}#mentions"


def _narrowing(asked: Asked) -> str:
    parts = [f"without {listed(asked.without, 5)}"] if asked.without else []
    parts += [f"as of {_day(asked.as_of)}"] if asked.as_of else []
    told = ", ".join(parts)
    return f"{told[:1].upper()}{told[1:]}"


def _day(given: str) -> str:
    try:
        return day_in_words(date.fromisoformat(given))
    except ValueError:
        return given


def _command(claim: str, asked: Asked) -> str:
    words = ["sourceline", "trace", claim]
    words += [word for name in asked.without for word in ("--without", name)]
    words += ["--as-of", asked.as_of] if asked.as_of else []
    return shlex.join([*words, "--json"])


def _families(visit: Visit, trace: Trace) -> dict[str, str]:
    """By outlet what it is one of, where outlets are many."""
    versions = {m.outlet: m.version for m in trace.mentions if m.outlet}
    if len(versions) < _MANY_OUTLETS:
        return {}
    kinds = {outlet: version_named(visit.ledger, version).outlet_kind or "" for outlet, version in versions.items()}
    return {outlet: _FAMILIES[kind] for outlet, kind in kinds.items() if kind in _FAMILIES}


ROUTES = (Route("/claims/{claim}", page(claim_page)),)
