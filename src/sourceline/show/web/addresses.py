"""Addresses within the pages, and which addresses of an article may be linked."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

from sourceline.model.source import Source
from sourceline.model.text import Span
from sourceline.resolve.identity import profile_of

_SCHEMES = ("http", "https")


def address(path: str, /, **query: str | None) -> str:
    """A path with those parameters that are given."""
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given, errors='replace')}" if given else path


def article_address(version: str, *, attribution: str | None = None, words: Iterable[Span] = ()) -> str:
    """Of a version of an article: at an attribution, or with some words lit."""
    path = f"/articles/{quote(version, safe='')}"
    if attribution is not None:
        return f"{path}#t-{quote(attribution, safe='')}"
    spans = ",".join(f"{span.start}-{span.end}" for span in words)
    return f"{path}?words={spans}#words" if spans else path


def source_address(identity: str) -> str:
    """Of a dossier: by the id of the identity, or of one of its profiles."""
    return f"/sources/{quote(identity, safe='')}"


def dossier_of(source: Source) -> str | None:
    """The address of a source's dossier; None for one without a name."""
    profile = profile_of(source)
    return None if profile is None else source_address(profile.id)


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web and may be a link; None for any other, `javascript:` above all."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in _SCHEMES and host else None


def host_of(url: str) -> str:
    """What of a web address tells people where it leads."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def is_inner(path: str) -> bool:
    """Whether a browser that is sent there stays with us."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and not any(sign < " " for sign in path)
