"""Web addresses as they are compared: which two lead to one article, and under which one a server is asked."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ALLOWED = "%/:?#[]@!$&'()*+,;=-._~"
"""Besides letters and digits, what an address may hold unescaped, and what an escape begins with (RFC 3986)."""


def same_address(url: str) -> str:
    """The address without what does not tell articles apart: scheme, fragment, default port, a final slash, the case of
    the host. The query stays: many sites name the article there."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    place = host if port in (None, _DEFAULT_PORTS.get(parts.scheme.lower())) else f"{host}:{port}"
    return urlunsplit(("", place, parts.path.rstrip("/"), parts.query, ""))


def asked_address(url: str) -> str:
    """The address as a server is asked for it: no user, no fragment, the host in small letters, an escape for what may
    not stand in one."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    named = f"[{host}]" if ":" in host else host
    place = named if port in (None, _DEFAULT_PORTS.get(parts.scheme.lower())) else f"{named}:{port}"
    path, query = (quote(part, safe=_ALLOWED) for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme.lower(), place, path, query, ""))
