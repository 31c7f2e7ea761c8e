"""Snapshots and records to documents: text, metadata where the input states them, regions, notices."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from sourceline.clean.decode import decode_bytes
from sourceline.clean.formats import format_of, is_html
from sourceline.clean.html import Page, extract_article, flatten, stated_charset
from sourceline.clean.language import READ_LANGUAGES, guess_language
from sourceline.clean.mail import extract_mail
from sourceline.clean.pdf import extract_pdf
from sourceline.clean.published import normalise_date
from sourceline.clean.regions import find_regions
from sourceline.model.format import Format
from sourceline.model.ids import content_id
from sourceline.model.record import Record
from sourceline.model.text import Document, Region, RegionKind, Snapshot
from sourceline.settings import Settings

_UNDATED = "published_given"
"""The field of `extra` that keeps what was stated as the publication date and is none."""
_QUOTED = 40
"""Characters of it that a notice repeats."""


def clean_page(
    snapshot: Snapshot,
    settings: Settings,
    *,
    published: str | None = None,
    outlet: str | None = None,
    id: str | None = None,
) -> Document:
    """The document of a file or page. What the caller states outranks what the page states.

    What a feed or sitemap stated of it counts where neither does. A plain text is kept as it is; HTML, mails and PDFs
    are extracted once. Raises UnknownFormat for kinds of file that hold no article, UndecodableInput for bytes that are
    no text, DamagedInput for a broken PDF or mail.
    """
    page = _page(snapshot)
    draft = _Draft(
        text=page.text,
        notices=list(page.notices),
        published=published or page.published,
        outlet=outlet or _outlet(page, snapshot),
        url=snapshot.url or page.url,
        title=page.title,
        byline=page.byline,
        stated=snapshot.stated,
        carried=snapshot.notices,
    )
    return draft.document(snapshot.raw, id, Record(text=""), settings)


def _page(snapshot: Snapshot) -> Page:
    """What a snapshot holds, in whichever format."""
    match format_of(snapshot):
        case Format.PDF:
            return extract_pdf(snapshot.raw)
        case Format.MAIL:
            return extract_mail(snapshot.raw)
    text, notices = decode_bytes(snapshot.raw, snapshot.charset or stated_charset(snapshot.raw))
    page = extract_article(text, snapshot.url) if is_html(text, snapshot) else Page(text=text)
    return replace(page, notices=(*notices, *page.notices))


def _outlet(page: Page, snapshot: Snapshot) -> str | None:
    """The name that the page gives its outlet; where that is only the host, a feed's or sitemap's name for it."""
    try:
        host = urlsplit(snapshot.url or "").hostname or ""
    except ValueError:
        host = ""
    nameless = page.outlet is None or page.outlet.casefold().removeprefix("www.") == host.removeprefix("www.")
    return snapshot.stated.get("outlet", page.outlet) if nameless else page.outlet


def clean_record(record: Record, settings: Settings) -> Document:
    """The document of a record. Its fields are kept as they are; `published` is put in ISO 8601, and what is no date
    goes to `extra`."""
    draft = _Draft(
        text=flatten(record.text) if record.markup else record.text,
        notices=[],
        published=record.published,
        outlet=record.outlet,
        url=record.url,
        title=record.title,
        byline=record.byline,
    )
    return draft.document(record.text.encode("utf-8", "surrogatepass"), record.id, record, settings)


@dataclass(slots=True)
class _Draft:
    """A document on its way."""

    text: str
    notices: list[str] = field(default_factory=list)
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    stated: Mapping[str, str] = field(default_factory=dict)
    """What a feed or sitemap said, for what the page itself does not say."""
    carried: tuple[str, ...] = ()
    """Notices of the collecting."""

    def document(self, raw: bytes, id: str | None, record: Record, settings: Settings) -> Document:
        sha256 = hashlib.sha256(raw).hexdigest()
        regions = self._regions(settings)
        title = self.title
        if title is None:
            titles = (r for r in regions if r.kind is RegionKind.TITLE)
            title = next((" ".join(self.text[r.start : r.end].split()) for r in titles), None)
        self.outlet = self.outlet or self.stated.get("outlet")
        published, undated = self._date()
        language = self._language(regions)
        return Document(
            id=id if id is not None else content_id("document", sha256),
            text=self.text,
            sha256=sha256,
            url=self.url,
            outlet=self.outlet,
            outlet_kind=record.outlet_kind,
            title=title or self.stated.get("title"),
            byline=self.byline or self.stated.get("byline"),
            published=published,
            language=language,
            extra=record.extra if undated is None else {_UNDATED: undated, **record.extra},
            regions=regions,
            notices=tuple(dict.fromkeys((*self.carried, *self.notices))),
            raw=raw,
        )

    def _regions(self, settings: Settings) -> tuple[Region, ...]:
        if not self.text.strip():
            if not self.notices:
                self.notices.append("the document is empty")
            return ()
        if not settings.clean:
            return (Region(kind=RegionKind.BODY, start=0, end=len(self.text)),)
        regions = find_regions(self.text, title=self.title, byline=self.byline)
        if not any(region.kind is RegionKind.BODY for region in regions):
            self.notices.append("no article was found: every line looks like page furniture (--no-clean reads all)")
        return regions

    def _language(self, regions: tuple[Region, ...]) -> str | None:
        body, length = [], 0
        for region in regions:
            if region.kind is RegionKind.BODY and length < 40_000:
                body.append(self.text[region.start : min(region.end, region.start + 40_000)])
                length += len(body[-1])
        language = guess_language("\n".join(body) or self.text[:40_000])
        if language is not None and language not in READ_LANGUAGES:
            self.notices.append(f"language {language} is not read yet")
        return language

    def _date(self) -> tuple[str | None, str | None]:
        """The publication date in ISO 8601, and what was stated as one before it and is none."""
        undated = None
        for stated in (self.published, self.stated.get("published")):
            if stated is None or not stated.strip():
                continue
            if (normal := normalise_date(stated)) is not None:
                return normal, undated
            if undated is None:
                undated = stated
                short = stated if len(stated) <= _QUOTED else f"{stated[:_QUOTED]}…"
                self.notices.append(f"the publication date {short!r} is none in ISO 8601: extra keeps it as {_UNDATED}")
        return None, undated
