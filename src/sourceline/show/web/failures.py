"""What went wrong, as a page that says what to do."""

from __future__ import annotations

import errno
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sourceline.errors import (
    InputError,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    NotFound,
    OversizedInput,
    SourcelineError,
    UsageError,
)
from sourceline.show.web.answering import show
from sourceline.show.web.view import View

_LOG = logging.getLogger(__name__)
_STATUSES: tuple[tuple[type[SourcelineError], int], ...] = (
    (NotFound, 404),
    (OversizedInput, 413),
    (UsageError, 400),
    (InputError, 400),
    (LedgerLocked, 503),
    (LedgerFull, 507),
    (LedgerError, 503),
)
"""The first that an error is one of."""
_HEADINGS = {
    400: "This cannot be understood",
    401: "Sign in first",
    403: "Not accepted",
    404: "Nothing is here",
    405: "Not done this way",
    413: "Too much at once",
    429: "Too many attempts",
    503: "The ledger cannot be read just now",
    507: "There is no room to write",
}
_HINTS = {
    404: "The ledger may have changed, or the address was cut off on the way.",
    405: "This address does not take what was sent: go to the page that it belongs to.",
    503: "Nothing was lost. Reload the page to try again.",
    507: "Nothing of what was there is lost; what was sent was not kept.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FailurePage(View):
    template: ClassVar[str] = "failure.html"

    message: str
    hint: str


async def show_known(request: Request, error: Exception) -> Response:
    """One of this program's own errors, which say what to do next."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    return _failure(request, status, str(error))


async def show_http(request: Request, error: Exception) -> Response:
    """What the web framework refuses: unknown paths, methods, broken forms."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    message = "" if error.detail == phrase else error.detail
    response = _failure(request, error.status_code, message)
    response.headers.update(error.headers or {})
    return response


async def show_disk(request: Request, error: Exception) -> Response:
    """The system's refusal to read or write."""
    assert isinstance(error, OSError)
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)
    return _failure(request, 507 if full else 500, f"{error.strerror or error}: make room on the disk, then try again")


class Surprises:
    """Whatever nobody thought of becomes a page; what it was stands in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            _LOG.exception("while answering %s %s", scope["method"], scope["path"])
            message = "An internal error: please report it, with what the terminal says."
            await _failure(Request(scope), 500, message)(scope, receive, send)


async def drop(_: Request, __: Exception) -> Response:
    """Nobody is left to be answered."""
    return Response(status_code=400)


def _failure(request: Request, status: int, message: str) -> Response:
    heading = _HEADINGS.get(status, HTTPStatus(status).phrase)
    view = FailurePage(heading=heading, message=_sentence(message), hint=_HINTS.get(status, ""), status=status)
    response = show(request, view)
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:] if message else ""
