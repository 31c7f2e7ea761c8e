"""A small world to keep: deposits made by hand, with no model and no file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sourceline.model.evidence import Capture
from sourceline.model.identity import Profile
from sourceline.model.ids import content_id
from sourceline.model.query import Page, Query
from sourceline.model.reading import ModelVersion, Reading
from sourceline.model.source import Lineage, Source, SourceKind
from sourceline.model.speech import Act, Assertion, Attribution, Quotation
from sourceline.model.text import Document, Region, RegionKind, Span
from sourceline.model.value import Date, Place, PlaceUse, Quantity
from sourceline.store.contract import Deposit, Store
from sourceline.store.sameness import version_id

START = datetime(2031, 3, 6, 9, 15, tzinfo=UTC)
MODEL = ModelVersion(name="by-hand", version="1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """`who cue what.`: one sentence, one attribution."""

    who: str
    cue: str
    what: str
    act: Act = Act.STATE
    named: bool = True
    kind: SourceKind = SourceKind.PERSON
    role: str | None = None
    affiliation: str | None = None


RUIZ = Saying(who="Ana Ruiz", cue="said", what="exports fell in May", role="trade minister")
RUIZ_DENIES = Saying(who="Ana Ruiz", cue="denied", what="any talks on the depot", act=Act.DENY, role="trade minister")
OFFICIAL = Saying(who="An official", cue="said", what="the depot was empty", named=False, kind=SourceKind.ANONYMOUS)
COMPANY = Saying(
    who="Vellin Gas", cue="declined", what="to comment on the depot", act=Act.DECLINE, kind=SourceKind.ORGANISATION
)


def day(number: int) -> datetime:
    """So many days after the beginning."""
    return START + timedelta(days=number)


def reading_of(
    sayings: Sequence[Saying], *, opening: str = "", model: ModelVersion = MODEL, **document: Any
) -> Reading:
    """The text that the sayings make, one sentence a line, and what is to be read in it."""
    text = opening
    attributions: list[Attribution] = []
    sources: list[Source] = []
    for saying in sayings:
        spans: list[Span] = []
        for part in (saying.who, saying.cue, saying.what):
            text += " " if spans else "\n" if text else ""
            spans.append(Span(start=len(text), end=len(text) + len(part), text=part))
            text += part
        text += "."
        known = next((s for s in sources if (s.name, s.role) == (saying.who, saying.role)), None)
        if known is None:
            known = _source(f"s{len(sources) + 1}", saying, spans[0])
            sources.append(known)
        attributions.append(_attribution(saying, spans, known.id))
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    fields = {"id": "given", "language": "en", "regions": _regions(text), **document}
    return Reading(
        document=Document(text=text, sha256=sha256, **fields),
        attributions=tuple(attributions),
        sources=tuple(sources),
        unattributed=(),
        lineage=Lineage.OWN,
        dates=(),
        quantities=(),
        places=(),
        notices=(),
        model=model,
    )


def _regions(text: str) -> tuple[Region, ...]:
    return (Region(kind=RegionKind.BODY, start=0, end=len(text)),) if text else ()


def _source(id: str, saying: Saying, mention: Span) -> Source:
    return Source(
        id=id,
        name=saying.who,
        named=saying.named,
        kind=saying.kind,
        role=saying.role,
        affiliation=saying.affiliation,
        mentions=(mention,),
    )


def _attribution(saying: Saying, spans: Sequence[Span], speaker: str) -> Attribution:
    source, cue, content = spans
    return Attribution(
        id=content_id(source.start, cue.start, content.start, content.text),
        source=(source,),
        cue=(cue,),
        content=(content,),
        quote=Quotation.INDIRECT,
        act=saying.act,
        confidence=0.875,
        speaker=speaker,
    )


def rich_reading() -> Reading:
    """A reading that uses every field there is."""
    reading = reading_of((RUIZ, OFFICIAL, COMPANY), opening="Depot stays shut — “for now”")
    text = reading.document.text
    whole = Span.of(text, 0, 5)
    first, second, third = reading.sources
    return Reading(
        document=reading.document,
        attributions=(
            Attribution(
                id="not-a-hash",
                source=(),
                cue=(Span.of(text, 6, 11),),
                content=(Span.of(text, 12, 16), Span.of(text, 0, 5)),
                quote=Quotation.MIXED,
                act=Act.WARN,
                confidence=1 / 3,
                via=("s2", "s3"),
                upstream=("s1",),
            ),
            *reading.attributions,
        ),
        sources=(
            first,
            Source(
                id="s2",
                name=second.name,
                named=False,
                kind=SourceKind.GROUP,
                mentions=(Span.of(text, 3, 9), whole),
                members=("s1", "s3"),
                office_of="s3",
                anonymity_reason=Span.of(text, 20, 27),
                count=10**30,
                ids={"wikidata": "Q1", "iso3166": "XX"},
            ),
            third,
        ),
        unattributed=(Assertion(id=content_id("own"), span=whole), Assertion(id="o2", span=Span.of(text, 2, 2))),
        lineage=Lineage.CREDITED,
        dates=(Date(span=whole, value=None, reason="no publication date"), Date(span=whole, value="2031", reason=None)),
        quantities=(
            Quantity(span=whole, low=11, high=None, unit=None, counted="facilities"),
            Quantity(span=whole, low=-0.25, high=10**40, unit="km", counted=None),
        ),
        places=(Place(span=whole, name="Vellin", country=None, use=PlaceUse.METONYMIC),),
        notices=("decoded as Windows-1252",),
        model=MODEL,
    )


def profile_of(source: Source) -> Profile:
    parts = (source.name.casefold(), source.name, source.kind, source.role, source.affiliation)
    return Profile(
        id=content_id("profile", *parts),
        key=parts[0],
        name=source.name,
        kind=source.kind,
        role=source.role,
        affiliation=source.affiliation,
        ids=source.ids,
    )


def profiles_of(reading: Reading) -> dict[str, Profile]:
    return {source.id: profile_of(source) for source in reading.sources if source.named}


def deposit(
    name: str,
    reading: Reading,
    *,
    key: str | None = None,
    at: datetime = START,
    raw: str | None = None,
    place: str | None = None,
    retrieved: datetime | None = None,
) -> Deposit:
    """A deposit of this reading; `raw` tells its bytes from other bytes of the same text."""
    sha256 = hashlib.sha256((raw or f"{name} {reading.document.text}").encode("utf-8", "replace")).hexdigest()
    return Deposit(
        key=key or content_id("document", name),
        name=name,
        at=at,
        capture=Capture(
            sha256=sha256,
            place=place or f"{name}.html",
            url=reading.document.url,
            retrieved=retrieved,
            content_type="text/html",
            headers={"etag": sha256[:6]},
        ),
        record=f"record of {sha256}".encode(),
        reading=reading,
        profiles=profiles_of(reading),
    )


def version_of(given: Deposit) -> str:
    return version_id(given.key, given.reading.document)


def put(store: Store, *deposits: Deposit) -> list[str]:
    """The outcomes, in one transaction."""
    with store.writing():
        return [store.put(given).value for given in deposits]


def pages(ask: Any, *, limit: int = 3) -> list[Any]:
    """Every answer, page by page."""
    found: list[Any] = []
    page: Page[Any] = ask(limit=limit)
    while True:
        assert len(page.items) <= limit
        found += page.items
        if page.next is None:
            return found
        assert page.items, "a page without answers has no next one"
        page = ask(limit=limit, after=page.next)


def wordings(store: Store, limit: int = 3, **asked: Any) -> list[str]:
    """What was said, of the attributions found."""
    return [f.attribution.wording for f in pages(lambda **page: store.find(Query(**asked), **page), limit=limit)]


QUERIES = (
    Query(),
    Query(text="depot"),
    Query(text="depot -empty"),
    Query(named=False),
    Query(acts=(Act.DENY, Act.DECLINE)),
    Query(source="ruiz"),
    Query(since="2031-03-07"),
)


def everything(store: Store) -> dict[str, object]:
    """All that a store answers, to compare two of them."""
    answers: dict[str, object] = {
        "versions": list(store.versions()),
        "captures": list(store.captures()),
        "keys": list(store.profile_keys()),
        "profiles": list(store.profiles([key for key, _ in store.profile_keys()])),
        "problems": list(store.problems()),
        "judgements": list(store.judgements()),
        "passages": pages(lambda **page: store.passages("depot OR exports", **page)),
        "summaries": pages(lambda **page: store.summaries(**page)),
        "unnamed": pages(lambda **page: store.unnamed(**page)),
        "all passages": pages(lambda **page: store.passages("depot OR exports", all_versions=True, **page)),
        "all summaries": pages(lambda **page: store.summaries(all_versions=True, **page)),
        "all unnamed": pages(lambda **page: store.unnamed(all_versions=True, **page)),
        "faults": list(store.faults()),
    }
    for version in store.versions():
        answers[f"reading {version.id}"] = store.reading(version.id)
        answers[f"sightings {version.id}"] = list(store.sightings(version.id))
    for number, query in enumerate((*QUERIES, *(replace(query, all_versions=True) for query in QUERIES))):
        answers[f"find {number}"] = pages(lambda query=query, **page: store.find(query, **page), limit=2)
        answers[f"count {number}"] = store.count(query)
    return answers
