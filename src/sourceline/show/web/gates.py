"""What every request passes before a page is made: the name it was sent to, the headers of the answer, the login."""

from __future__ import annotations

import ipaddress
import socket
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sourceline.show.web.access import COOKIE, Access, Session
from sourceline.show.web.options import is_loopback

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OPEN_TO_ALL = ("/login", "/static/")
"""Paths that need no token."""


class SafeHeaders:
    """Every answer forbids what the pages do not need. What came from a ledger is not kept by the browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_safely if scope["type"] == "http" else send)


class KnownHost:
    """Refuses requests that were sent to another name than ours: a site elsewhere may have its name lead to this
    machine, to read the ledger from within somebody's browser."""

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        self._app = app
        self._loopback = is_loopback(host)
        self._names = {host.strip("[]").lower(), socket.gethostname().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self.is_known(Headers(scope=scope).get("host", "")):
            refusal = PlainTextResponse(
                "sourceline is not served under this name: use the address that it printed when it started.\n", 421
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def is_known(self, header: str) -> bool:
        """Whether a request for this host is for us. A numeric address cannot be another site's name."""
        name = _without_port(header).lower()
        if is_loopback(name):
            return True
        if self._loopback:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self._names
        return True


def _without_port(header: str) -> str:
    if header.startswith("["):
        return header[1:].partition("]")[0]
    name, _, port = header.rpartition(":")
    return name if port.isdecimal() and name else header


class Sessions:
    """Gives every browser a session, and those that do not know the token the login page."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        known = self._access.session(_cookie(headers.get("cookie", "")))
        session = known or self._access.begin()
        bearer = self._bears_token(headers)
        scope.setdefault("state", {}).update(session=session, known=known is not None, bearer=bearer)
        if not (session.signed_in or bearer or scope["path"].startswith(OPEN_TO_ALL)):
            await self._turned_away(scope)(scope, receive, send)
            return
        await self._app(scope, receive, send if known or bearer else self._introducing(scope, session, send))

    def _bears_token(self, headers: Headers) -> bool:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self._access.knows(token.strip())

    def _turned_away(self, scope: Scope) -> ASGIApp:
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Sign in first: open /login, then try again.\n", 401)
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = quote(scope["path"]) + (f"?{query}" if query else "")
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)

    def _introducing(self, scope: Scope, session: Session, send: Send) -> Send:
        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and not scope["path"].startswith("/static/"):
                headers = MutableHeaders(scope=message)
                if "set-cookie" not in headers:
                    headers.append(
                        "Set-Cookie", session_cookie(self._access, session, secure=scope["scheme"] == "https")
                    )
            await send(message)

        return send_with_cookie


def session_cookie(access: Access, session: Session, *, secure: bool) -> str:
    """The header that hands a session to the browser."""
    return f"{COOKIE}={access.cookie(session)}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"


def _cookie(header: str) -> str | None:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else found.value
