"""RSS, Atom and JSON Feed to items: where each leads, what the feed says of it, the full text where it carries one."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from operator import itemgetter
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from sourceline.collect.web.elements import Elements, name_of
from sourceline.errors import InvalidFeed
from sourceline.model.text import Snapshot

_ITEMS = frozenset({"item", "entry"})
_OF_ALL = frozenset({"title", "author"})
_TOPS = frozenset({"channel", "feed"})
_DATES = ("pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created")
"""What says when an item was published; `updated` and `modified` do not."""
_MAIL_DATE = re.compile(r"(?:[A-Za-z]{3,9}, ?)?\d{1,2} [A-Za-z]{3,9} \d{2,4} \d{1,2}:\d{2}.{0,20}")
"""With single spaces."""
_LONGEST_DATE = 60
_LONGEST_LINE = 2000
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_MAIL = re.compile(r"[^\s@()<>]{1,100}@[^\s@()<>]{1,100}")
_SITE = re.compile(r"^(?:www|feeds?|rss|news|m)\.")
"""What hosts of one outlet begin with by turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed."""

    number: int
    """From 1, in the feed's order."""
    url: str | None
    """Its page, whole."""
    stated: Mapping[str, str]
    """`title`, `byline`, `outlet`, `published`, where the feed says them; dates in ISO 8601 where they can be."""
    text: str | None = field(default=None, repr=False)
    """The full text, where the feed carries one apart from its summary."""
    markup: bool = False
    """Whether the text is HTML."""
    raw: bytes = field(default=b"", repr=False)
    """The item as XML or JSON in UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    items: tuple[Item, ...]
    """At most as many as were asked for, the first ones."""
    total: int
    """How many items there are."""
    damage: str | None = None
    """What is wrong with the feed, where that may have cost items."""


def parse_feed(snapshot: Snapshot, limit: int) -> Feed:
    """The first `limit` items of an XML feed. Raises InvalidFeed, without naming the feed, where there is none."""
    base = snapshot.url or ""
    elements = Elements(snapshot.raw, snapshot.charset, _ITEMS | _OF_ALL)
    items: list[Item] = []
    total, title, byline = 0, None, None
    for element in elements:
        name = name_of(element)
        if name in _ITEMS:
            total += 1
            if len(items) < limit:
                items.append(_item(element, total, base))
        elif (parent := element.getparent()) is not None and name_of(parent) in _TOPS:
            title = title or (_line(_words(element)) if name == "title" else None)
            byline = byline or (_line(_author(element)) if name == "author" else None)
    return Feed(
        items=tuple(_completed(item, base, title, byline) for item in items), total=total, damage=elements.damage
    )


def parse_json_feed(snapshot: Snapshot, limit: int) -> Feed:
    """The first `limit` items of a JSON Feed. Raises InvalidFeed, without naming the feed, where it is none."""
    try:
        feed = json.loads(snapshot.raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidFeed("is no JSON: tell its keeper") from None
    listed = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(listed, list):
        raise InvalidFeed("has no list of items: is it a JSON Feed?")
    base = snapshot.url or ""
    title, byline = _line(_string(feed, "title")), _json_authors(feed)
    found = [item for item in listed if isinstance(item, dict)]
    items = (_json_item(item, number, base) for number, item in enumerate(found[:limit], start=1))
    odd = f"{len(listed) - len(found)} of its items are no objects" if len(found) < len(listed) else None
    return Feed(items=tuple(_completed(item, base, title, byline) for item in items), total=len(found), damage=odd)


def _item(element: etree._Element, number: int, base: str) -> Item:
    parts: dict[str, etree._Element] = {}
    for child in element:
        parts.setdefault(name_of(child), child)
    text, markup = _content(parts)
    return Item(
        number=number,
        url=_link(element, base),
        stated=_said(
            title=_line(_words(parts.get("title"))) or _line(_words(parts.get("dc:title"))),
            byline=_line(", ".join(dict.fromkeys(filter(None, _authors(element))))),
            outlet=_source(parts.get("source")),
            published=_published(parts),
        ),
        text=text,
        markup=markup,
        raw=etree.tostring(element, encoding="utf-8", with_tail=False),
    )


def _completed(item: Item, base: str, title: str | None, byline: str | None) -> Item:
    """The item with what its feed says of all: its author, and its name where the item's page is of the same site."""
    own = item.url is None or _same_site(item.url, base)
    return replace(item, stated={**_said(byline=byline, outlet=title if own else None), **item.stated})


def _said(**stated: str | None) -> dict[str, str]:
    return {name: value for name, value in stated.items() if value}


def _same_site(page: str, feed: str) -> bool:
    one, other = (_SITE.sub("", urlsplit(address).hostname or "") for address in (page, feed))
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _link(item: etree._Element, base: str) -> str | None:
    found: list[tuple[int, str, etree._Element]] = []
    for child in item:
        name, text = name_of(child), (child.text or "").strip()
        if name == "feedburner:origLink" and text:
            found.append((0, text, child))
        elif name == "link" and text:
            found.append((1, text, child))
        elif name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            found.append((2 if "html" in child.get("type", "html") else 3, child.get("href", ""), child))
        elif name == "guid" and child.get("isPermaLink", "true") != "false" and text.startswith("http"):
            found.append((4, text, child))
    if not found:
        about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
        return _joined(base, item.base, about) if about.startswith("http") else None
    _, link, child = min(found, key=itemgetter(0))
    return _joined(base, child.base, link)


def _joined(*addresses: str | None) -> str | None:
    """The last address, seen from those before it, if it is one of the web."""
    whole = ""
    try:
        for address in addresses:
            whole = urljoin(whole, (address or "").strip())
        scheme, host = urlsplit(whole).scheme, urlsplit(whole).hostname
    except ValueError:
        return None
    return whole if scheme in ("http", "https") and host else None


def _words(element: etree._Element | None) -> str:
    if element is None:
        return ""
    text = "".join(element.itertext())
    plain = element.tag.startswith("{http://www.w3.org/2005/Atom}") and element.get("type", "text") == "text"
    if plain or len(element) or element.get("type") == "text/plain":
        return text
    return html.unescape(_TAG.sub("", text))


def _authors(element: etree._Element) -> Iterator[str]:
    for child in element:
        if name_of(child) in ("author", "dc:creator", "dc:author"):
            yield _author(child)


def _author(element: etree._Element) -> str:
    """A name, without the mail address that RSS asks for: "desk@beacon.example (Ana Ruiz)"."""
    named = next((child for child in element if name_of(child) == "name"), None)
    if named is not None:
        return " ".join("".join(named.itertext()).split())
    if any(name_of(child) in ("email", "uri", "url") for child in element):
        return ""
    return " ".join(_MAIL.sub("", "".join(element.itertext())[:_LONGEST_LINE]).strip(" \t\r\n()<>").split())


def _source(element: etree._Element | None) -> str | None:
    """The outlet that an aggregator's item names."""
    if element is None:
        return None
    title = next((child for child in element if name_of(child) == "title"), None)
    return _line(_words(title) if title is not None else element.text or "")


def _published(parts: Mapping[str, etree._Element]) -> str | None:
    for name in _DATES:
        if name in parts and (given := " ".join("".join(parts[name].itertext()).split())):
            return _date(given)
    return None


def _date(given: str) -> str | None:
    """A mail's date in ISO 8601; any other as it is given. What is too long for one is none."""
    if len(given) > _LONGEST_DATE:
        return None
    if _MAIL_DATE.fullmatch(given):
        try:
            return parsedate_to_datetime(given).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            return given
    return given


def _content(parts: Mapping[str, etree._Element]) -> tuple[str | None, bool]:
    """The full text, and whether it is HTML."""
    for name in ("content:encoded", "xhtml:body", "xhtml:div", "content"):
        element = parts.get(name)
        if element is None or element.get("src"):
            continue
        kind = element.get("type", "text").lower()
        if name.startswith("xhtml:") or kind in ("xhtml", "application/xhtml+xml"):
            text, markup = etree.tostring(element, encoding="unicode", with_tail=False), True
            text = text if "".join(element.itertext()).strip() else ""
        elif name == "content:encoded" or kind in ("html", "text/html"):
            text, markup = "".join(element.itertext()), True
        elif kind in ("text", "text/plain"):
            text, markup = "".join(element.itertext()), False
        else:
            continue
        if text.strip():
            return text, markup
    return None, False


def _json_item(item: dict[str, Any], number: int, base: str) -> Item:
    markup = bool(_string(item, "content_html").strip())
    text = _string(item, "content_html") if markup else _string(item, "content_text")
    link = _string(item, "url") or _string(item, "external_url")
    return Item(
        number=number,
        url=_joined(base, link) if link else None,
        stated=_said(
            title=_line(_string(item, "title")),
            byline=_json_authors(item),
            published=_date(_string(item, "date_published").strip()),
        ),
        text=text if text.strip() else None,
        markup=markup,
        raw=json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass"),
    )


def _json_authors(found: dict[str, Any]) -> str | None:
    listed = found.get("authors")
    authors = listed if isinstance(listed, list) else [found.get("author")]
    names = (_string(author, "name") for author in authors if isinstance(author, dict))
    return _line(", ".join(name for name in names if name))


def _string(found: dict[str, Any], name: str) -> str:
    """A string's characters: half a surrogate pair or a NUL is none."""
    value = found.get(name)
    return value.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(value, str) else ""


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:_LONGEST_LINE] or None
