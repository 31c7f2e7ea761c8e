"""HTML to an article's text and what the page says about it, through trafilatura.

Options: comments are left out, tables kept (figures stand in them). What the extractor leaves in by mistake is typed
later, line by line, as in any flattened page.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from sourceline.clean.published import stated_date

MAX_EXTRACTED = 4 * 1024 * 1024
"""Characters of HTML from which on the extractor takes too long: larger pages are flattened."""
MAX_DEPTH = 400
"""Elements inside one another from which on the extractor is not asked: no article needs so many."""
MAX_TAGS = 40_000
"""Tags from which on the extractor takes too long: the longest articles have a tenth of that."""
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*+)[^<>]*+>")
_LEAVES_TEXT = (
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option thead tbody "
    "tfoot colgroup caption optgroup rp rt html head body"
)
_LEAVES = frozenset(_LEAVES_TEXT.split())
_UNREAD_TEXT = "script style noscript template svg math iframe object select textarea head"
_UNREAD = frozenset(_UNREAD_TEXT.split())
_INLINE_TEXT = (
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub "
    "sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TEXT.split())
_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as a page gives it; None for what the page does not state."""

    text: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    notices: tuple[str, ...] = ()


def stated_charset(raw: bytes) -> str | None:
    """The charset that the page's own head names."""
    found = _CHARSET.search(raw[:4096])
    return found.group(1).decode("ascii", "ignore") if found else None


def extract_article(markup: str, url: str | None = None) -> Page:
    """The article of a page. Its title, where the page has one, is the first line of the text.

    Never raises: a page that the extractor cannot take is flattened to its lines, with a notice.
    """
    if len(markup) > MAX_EXTRACTED or _too_deep(markup):
        return Page(text=flatten(markup), notices=("the page is too large or too deep: its text is read line by line",))
    try:
        return _extracted(markup, url)
    except ImportError:
        raise  # an incomplete installation is no property of the page
    except Exception:  # the extractor's failures are many (RecursionError, lxml's, its own), and none may be the user's
        return Page(text=flatten(markup), notices=("the page is malformed: its text is read line by line",))


def _extracted(markup: str, url: str | None) -> Page:
    # Imported here: it takes longer than reading a short text does, and plain text never needs it.
    import trafilatura

    tree = trafilatura.load_html(markup)
    if tree is None:
        return _empty()
    published = stated_date(tree)
    found: Any = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return _empty()
    body = (found.text or "").strip()
    title = _line(found.title)
    text = body
    if body and title and title not in [_line(line) for line in body.split("\n", 3)[:3]]:
        text = f"{title}\n{body}"
    return Page(
        text=text,
        title=title,
        byline=_line(found.author.replace(";", ",")) if found.author else None,
        outlet=_line(found.sitename),
        published=published,
        url=_line(found.url),
        notices=() if body else _empty().notices,
    )


def _empty() -> Page:
    return Page(text="", notices=("no article was found on the page",))


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _too_deep(markup: str) -> bool:
    depth = 0
    if markup.count("<") > MAX_TAGS:
        return True
    for tag in _TAG.finditer(markup):
        if tag.group(1).lower() in _LEAVES or tag.group().endswith("/>"):
            continue
        depth += -1 if tag.group()[1] == "/" else 1
        if depth > MAX_DEPTH:
            return True
        depth = max(depth, 0)
    return False


def flatten(markup: str) -> str:
    """The words of a page, a line for each block, without scripts and styles. Linear in the length of the page."""
    pieces: list[str] = []
    position, closing = 0, None
    while position < len(markup):
        opened = markup.find("<", position)
        stretch = markup[position : opened if opened >= 0 else len(markup)]
        if closing is None and stretch:
            pieces.append(html.unescape(re.sub(r"\s+", " ", stretch)))
        if opened < 0:
            break
        if markup.startswith("<!--", opened):
            end = markup.find("-->", opened + 4)
            if end < 0:
                break  # all the rest is comment, as in browsers
            position = end + 3
            continue
        tag = _TAG.match(markup, opened)
        if tag is None:
            if closing is None and not markup.startswith("<!", opened):
                pieces.append("<")
            position = opened + 1
            if markup.startswith("<!", opened):
                end = markup.find(">", opened, opened + 4096)
                position = end + 1 if end >= 0 else opened + 2
            continue
        name, position = tag.group(1).lower(), tag.end()
        if closing is not None:
            closing = None if name == closing and tag.group()[1] == "/" else closing
        elif name in _UNREAD and tag.group()[1] != "/" and not tag.group().endswith("/>"):
            closing = name
        elif name not in _INLINE:
            pieces.append("\n")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
