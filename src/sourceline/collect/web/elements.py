"""XML of strangers, element by element: nothing is loaded, no entity is declared, no tree is kept.

Malformed XML is read as far as it goes: many feeds are.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from sourceline.collect.web.balance import balance_tags
from sourceline.collect.web.encoding import find_encoding
from sourceline.errors import InvalidFeed

_PIECE = 1 << 18
_BALANCED = 1 << 24
"""Bytes up to which tags that do not match are made to match, which takes some microseconds a tag."""
_MOST = 3_000_000
"""Elements after which the rest is not read; fifty thousand pages with pictures and news have a third of that."""
_MOST_IN_ONE = 50_000
"""The same within one item or entry, which is held together."""
_LONGEST = 4_000_000
"""Characters without an end of a tag, which the parser holds together."""
_LONGEST_ENTITY = 40
_REFERENCE = re.compile(r"&(#[0-9]{1,10}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NO_CHARACTERS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""What XML does not allow and feeds hold all the same."""
_HARMLESS = frozenset(
    {
        "ERR_UNDECLARED_ENTITY",
        "ERR_NAME_REQUIRED",  # a bare &
        "ERR_ENTITYREF_SEMICOL_MISSING",
        "ERR_INVALID_CHAR",
        "ERR_INVALID_CHARREF",
        "ERR_INVALID_HEX_CHARREF",
        "ERR_INVALID_DEC_CHARREF",
    }
)
"""Errors of a character, by which no element is lost."""
_SPACES = {
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/RSS2": "",
    "http://purl.org/atom/ns#": "",
    "http://www.w3.org/2005/Atom": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "https://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
"""The vocabularies of feeds and sitemaps, and what is put before their names here: nothing before their own."""


def name_of(element: etree._Element) -> str:
    """An element's name: bare where it is of RSS, Atom or sitemaps, with its usual prefix where it is of another known
    vocabulary or of one that is not declared, else in braces."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if not tag.startswith("{"):
        return tag
    space, _, local = tag[1:].partition("}")
    prefix = _SPACES.get(space)
    return tag if prefix is None else prefix + local


class Elements:
    """The elements of some names, each whole with all that it holds, in the order of their ends.

    One that stands in another of them is not given apart. After it is given, an element is emptied. `damage` says in
    the end what was wrong, where that may have cost elements.

    Raises InvalidFeed while it is iterated over, where entities are declared or there is no element.
    """

    def __init__(self, raw: bytes, charset: str | None, names: frozenset[str]) -> None:
        self.damage: str | None = None
        self._raw = raw
        self._encoding = find_encoding(raw, charset)
        self._names = names

    def __iter__(self) -> Iterator[etree._Element]:
        parser = etree.XMLPullParser(
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        )
        state = _Walk(self._names)
        excess: str | None = None
        try:
            for piece in self._pieces():
                parser.feed(piece.encode("utf-8", "replace"))
                yield from state.finished(parser)
            parser.close()
            yield from state.finished(parser)
        except etree.XMLSyntaxError:
            pass  # told below, by the parser's own log
        except _Excess as error:
            excess = str(error)
        self.damage = _damage(parser) or excess
        if not state.begun:
            raise InvalidFeed(f"holds no XML element ({self.damage or 'it ends before one'})")

    def _pieces(self) -> Iterator[str]:
        pieces = _pieces(self._raw, self._encoding)
        if len(self._raw) > _BALANCED or _is_well_formed(_pieces(self._raw, self._encoding)):
            return pieces
        return balance_tags(pieces)


class _Walk:
    """Where a parser has come to."""

    def __init__(self, names: frozenset[str]) -> None:
        self.begun = False
        self._held = 0
        """Elements in the one that is held together."""
        self._all = 0
        self._names = names
        self._inside = 0

    def finished(self, parser: etree.XMLPullParser) -> Iterator[etree._Element]:
        for event, element in parser.read_events():
            if not self.begun:
                _refuse_entities(element)
                self.begun = True
            wanted = name_of(element) in self._names
            if event == "start":
                self._count()
                self._inside += wanted
                continue
            self._inside -= wanted
            if self._inside:
                continue
            if wanted:
                yield element
                self._held = 0
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]

    def _count(self) -> None:
        self._all += 1
        self._held += self._inside > 0
        if self._all > _MOST or self._held > _MOST_IN_ONE:
            raise _Excess(f"more than {_MOST if self._all > _MOST else _MOST_IN_ONE:,} elements")


class _Excess(Exception):
    """So much that the rest is not read."""


def _refuse_entities(root: etree._Element) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise InvalidFeed("declares entities of its own, which are not expanded: tell its keeper")


def _damage(parser: etree.XMLPullParser) -> str | None:
    for entry in parser.feed_error_log:
        if entry.level_name == "FATAL" and entry.type_name not in _HARMLESS:
            reason = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in entry.message)
            return f"line {entry.line}: {reason[:80]}"
    return None


def _pieces(raw: bytes, encoding: str) -> Iterator[str]:
    """The text in pieces, without what XML does not allow, and HTML's named characters as numbers."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    held, unended = "", 0
    for start in range(0, len(raw), _PIECE):
        text = held + decoder.decode(raw[start : start + _PIECE], start + _PIECE >= len(raw))
        cut = text.rfind("&", max(0, len(text) - _LONGEST_ENTITY))
        held = text[cut:] if cut >= 0 and start + _PIECE < len(raw) else ""
        text = text[: len(text) - len(held)].translate(_NO_CHARACTERS)
        yield _REFERENCE.sub(_allowed, text.removeprefix("\ufeff") if start == 0 else text)
        end = text.rfind(">")
        unended = len(text) - end if end >= 0 else unended + len(text)
        if unended > _LONGEST:
            raise _Excess(f"a tag or a text of more than {_LONGEST:,} characters")


def _allowed(reference: re.Match[str]) -> str:
    """A reference that XML knows. Those to control characters are read as browsers do, who know them from Windows."""
    name = reference.group(1)
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        fine = number in (9, 10, 13) or 32 <= number < 127 or 160 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
        if fine or 0x10000 <= number <= 0x10FFFF:
            return f"&#{number};"
        return html.unescape(reference.group()).translate(_NO_CHARACTERS)
    if name in _OF_XML or f"{name};" not in html5:
        return reference.group()
    return "".join(f"&#{ord(character)};" for character in html5[f"{name};"])


def _is_well_formed(pieces: Iterator[str]) -> bool:
    parser = etree.XMLParser(target=_Nothing(), resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        for piece in pieces:
            parser.feed(piece.encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:
        return False
    except _Excess:
        return True  # as far as it is read
    return True


class _Nothing:
    """What a parser builds that only checks."""

    def close(self) -> None:
        return
