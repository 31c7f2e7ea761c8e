"""From a request to an answer: a page is a function of a visit, and so is what a form does.

Each request opens the ledger for itself, in the thread that makes its page: a store is for the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from urllib.parse import quote, unquote

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sourceline.ledger import ledger as ledgers
from sourceline.show.web.access import Access, Session
from sourceline.show.web.forms import Form, read_form
from sourceline.show.web.jobs import Jobs
from sourceline.show.web.options import WebOptions
from sourceline.show.web.proposals import Proposals
from sourceline.show.web.rendering import Rendering
from sourceline.show.web.view import Frame, View
from sourceline.show.web.visit import Visit

AUTHOR = "author"
"""The cookie that spares whoever judges to write the same name again, and the field it comes from."""
_MOST_AUTHOR = 80
Answer = View | Response
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all requests share."""

    options: WebOptions
    rendering: Rendering
    access: Access
    jobs: Jobs
    proposals: Proposals


def page(make: Callable[[Visit], Answer]) -> Endpoint:
    """An endpoint that shows what `make` gives; it runs in a thread of its own, the ledger open for reading."""

    async def endpoint(request: Request) -> Response:
        return await anyio.to_thread.run_sync(partial(_answer, request, make, Form(), writing=False))

    return endpoint


def change(do: Callable[[Visit], Answer]) -> Endpoint:
    """An endpoint for a form of ours: `do` runs in a thread of its own, the ledger open for writing.

    Raises HTTPException 403 for a form that is not ours, OversizedInput for one that is too long.
    """

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        refuse_foreign(request)
        async with read_form(request, desk.options) as form:
            check_form(request, form)
            return await anyio.to_thread.run_sync(partial(_answer, request, do, form, writing=True))

    return endpoint


def refuse_foreign(request: Request) -> None:
    """Raises HTTPException for what another site had the browser send, before any of it is read."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "This form was sent by another site. Open the page here and send it again.")


def check_form(request: Request, form: Form) -> None:
    """Raises HTTPException for a form without the sign that only our own pages carry."""
    desk: Desk = request.app.state.desk
    session: Session | None = request.state.session if request.state.known else None
    if not request.state.bearer and not desk.access.is_own_form(session, form.get("sign")):
        raise HTTPException(
            403, "This form is too old, or not from these pages. Go back, reload the page, and send it again."
        )


def redirect(path: str) -> Response:
    """To another page, which is then asked for anew."""
    return RedirectResponse(path, 303)


def _answer(request: Request, make: Callable[[Visit], Answer], form: Form, *, writing: bool) -> Response:
    desk: Desk = request.app.state.desk
    with ledgers.open(
        desk.options.ledger, create=False, readonly=not writing, settings=desk.options.settings
    ) as ledger:
        visit = Visit(
            ledger=ledger,
            path=request.url.path,
            asked=dict(reversed(request.query_params.multi_items())),
            repeated=request.query_params.multi_items(),
            parts=request.path_params,
            now=datetime.now(UTC),
            author=author_of(request),
            options=desk.options,
            jobs=desk.jobs,
            proposals=desk.proposals,
            form=form,
        )
        answer = make(visit)
        response = show(request, answer) if isinstance(answer, View) else answer
    if writing and (author := form.get(AUTHOR)):
        response.set_cookie(AUTHOR, quote(author[:_MOST_AUTHOR]), max_age=365 * 86400, httponly=True, samesite="strict")
    return response


def show(request: Request, view: View) -> Response:
    """The page of a context."""
    desk: Desk = request.app.state.desk
    frame = Frame(
        ledger=PurePath(desk.options.ledger).name,
        search=request.query_params.get("q", "")[:2000],
        here=view.here,
        sign=desk.access.form_sign(request.state.session),
        author=author_of(request),
        asks_token=desk.access.asks,
        now=datetime.now(UTC),
    )
    return HTMLResponse(desk.rendering.page(view, frame).encode("utf-8", "replace"), view.status)


def author_of(request: Request) -> str:
    """Who judged last in this browser, "" where nobody did."""
    return unquote(request.cookies.get(AUTHOR, ""))[:_MOST_AUTHOR]
