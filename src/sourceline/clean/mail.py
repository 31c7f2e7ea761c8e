"""Mails, and pages saved as such (MHTML), to an article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from sourceline.clean.decode import decode_bytes
from sourceline.clean.html import Page, extract_article, flatten, stated_charset
from sourceline.errors import DamagedInput, UnknownFormat

_LONGEST_HEADER = 2000
_MOST_PARTS = 2000
_MOST_BOUNDARIES = 50
"""Containers in a mail: each line is held against the boundaries of all that are open."""
_LONGEST_HEAD = 1 << 18
_ROUND_ABOUT = re.compile(r"(.{2,80}?)\s+(?:at|from|via|\||[-–—])\s+(.{2,80})")
"""A person and a house in one name: "Ines Calder at The Standard"."""
_SAVED = re.compile(r"<?saved by ", re.IGNORECASE)
_LISTS = ("List-Id", "List-Unsubscribe", "List-Post")
_SOFT = re.compile(r" \r?\n(?!\r?\n|-- \r?\n|>)")


def extract_mail(raw: bytes) -> Page:
    """The HTML or plain text of a mail as an article: its subject is the title, its day the day of publication.

    Who sends it is the byline, or, where it comes to many, the outlet. Of a page saved as MHTML it is the page that
    states these, and the address is where it was saved from. Raises UnknownFormat for a mail without text, DamagedInput
    for what is none.
    """
    message = _parsed(raw)
    part = _article_part(message)
    if part is None:
        raise UnknownFormat("the mail holds no text: give what is attached to it as files")
    text, notices = _text(part)
    url = _address(message, part)
    if part.get_content_type() == "text/html":
        page = extract_article(text, url)
        if not page.text:
            page = replace(page, text=flatten(text))
    else:
        flowed = (part.get_param("format") or "") == "flowed"
        page = Page(text=_SOFT.sub(" ", text) if flowed else text)
    page = replace(page, notices=(*notices, *page.notices), url=url or page.url)
    return page if _is_saved_page(message) else _with_header(page, message)


def _parsed(raw: bytes) -> Message:
    head = re.search(rb"\r?\n\r?\n", raw[:_LONGEST_HEAD])
    if head is None and len(raw) > _LONGEST_HEAD:
        raise DamagedInput("the mail's header does not end: save it again")
    if len(re.findall(rb"(?i)boundary\s*=", raw)) > _MOST_BOUNDARIES:
        raise DamagedInput("the mail has too many parts within one another: save the article alone")
    try:
        # The older policy: the newer one's parser of headers takes quadratic time on odd ones.
        return message_from_bytes(raw, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, AttributeError) as error:
        raise DamagedInput(f"it is no sound mail ({type(error).__name__}): save it again") from None


def _article_part(message: Message) -> Message | None:
    """The first HTML part that is not attached, or else the first plain text."""
    plain = None
    for number, part in enumerate(_parts(message)):
        if number > _MOST_PARTS:
            break
        if part.is_multipart() or _is_attached(part):
            continue
        kind = part.get_content_type()
        if kind == "text/html":
            return part
        if kind == "text/plain" and plain is None:
            plain = part
    return plain


def _parts(message: Message) -> Iterator[Message]:
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        yield part
        inner = part.get_payload() if part.is_multipart() else None  # of a text it would be decoded
        if isinstance(inner, list):
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _text(part: Message) -> tuple[str, list[str]]:
    try:
        payload, charset = part.get_payload(decode=True), part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):  # odd parameters of its header
        payload, charset = None, None
    if not isinstance(payload, bytes):
        raise DamagedInput("the mail's text cannot be decoded: save it again")
    if charset is None and part.get_content_type() == "text/html":
        charset = stated_charset(payload)
    return decode_bytes(payload, charset)


def _address(message: Message, part: Message) -> str | None:
    """Where a page was saved from."""
    for stated in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        address = _words(stated)
        if address is not None and address.lower().startswith(("http://", "https://")):
            return address.replace(" ", "")
    return None


def _is_saved_page(message: Message) -> bool:
    saved = _SAVED.match(str(message.get("From", "")).lstrip())
    return message.get("Snapshot-Content-Location") is not None or saved is not None


def _with_header(page: Page, message: Message) -> Page:
    """The page with what the mail's header states."""
    title = _words(message.get("Subject"))
    text = page.text
    if title and title not in [" ".join(line.split()) for line in text.split("\n", 5)[:5]]:
        text = f"{title}\n\n{text}"
    byline, outlet = _sender(message)
    return replace(
        page,
        text=text,
        title=title or page.title,
        byline=byline or page.byline,
        outlet=outlet or page.outlet,
        published=_sent(message) or page.published,
    )


def _sender(message: Message) -> tuple[str | None, str | None]:
    """The byline and the outlet that a sender's name gives."""
    stated = _words(message.get("From"))
    try:
        name = " ".join(parseaddr(stated or "")[0].split())
    except RecursionError:  # comments within comments
        return None, None
    if not name or "@" in name:
        return None, None
    if (both := _ROUND_ABOUT.fullmatch(name)) is not None:
        return both[1], both[2]
    return (None, name) if any(header in message for header in _LISTS) else (name, None)


def _sent(message: Message) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))[:_LONGEST_HEADER]).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _words(stated: object) -> str | None:
    """A header's words, decoded; None where there are none."""
    if stated is None:
        return None
    try:
        found = str(make_header(decode_header(str(stated)[:_LONGEST_HEADER])))
    except (MessageError, ValueError, LookupError):
        found = str(stated)[:_LONGEST_HEADER]
    printable = "".join(c if c.isprintable() else " " for c in found)
    return " ".join(printable.split()) or None
