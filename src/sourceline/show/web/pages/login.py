"""Signing in, where the pages are served to other machines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sourceline.show.web.access import COOKIE
from sourceline.show.web.addresses import is_inner
from sourceline.show.web.answering import Desk, check_form, refuse_foreign, show
from sourceline.show.web.forms import read_form
from sourceline.show.web.gates import session_cookie
from sourceline.show.web.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage(View):
    template: ClassVar[str] = "login.html"

    next: str
    """Where to go on."""
    message: str
    """Why it did not work, "" before the first attempt."""


async def show_login(request: Request) -> Response:
    wanted = request.query_params.get("next", "/")
    desk: Desk = request.app.state.desk
    if not desk.access.asks:
        return RedirectResponse("/", 303)
    return show(request, _login(wanted if is_inner(wanted) else "/"))


def _login(wanted: str, message: str = "", status: int = 200) -> LoginPage:
    return LoginPage(heading="Sign in", next=wanted, message=message, status=status)


async def sign_in(request: Request) -> Response:
    """Raises HTTPException 403 for a form that is not ours."""
    desk: Desk = request.app.state.desk
    access = desk.access
    refuse_foreign(request)
    async with read_form(request, desk.options) as form:
        check_form(request, form)
        wanted = form.get("next") if is_inner(form.get("next")) else "/"
        who = request.client.host if request.client else ""
        wait = access.attempts.wait(who)
        if wait > 0:
            message = f"Too many attempts: try again in {math.ceil(wait)} seconds."
            response = show(request, _login(wanted, message, 429))
            response.headers["Retry-After"] = str(math.ceil(wait))
            return response
        if not access.knows(form.get("token")):
            access.attempts.fail(who)
            message = "This is not the token: it stands in the terminal where sourceline serve was started."
            return show(request, _login(wanted, message, 403))
    access.attempts.forget(who)
    response = RedirectResponse(wanted, 303)
    cookie = session_cookie(access, access.begin(signed_in=True), secure=request.url.scheme == "https")
    response.headers.append("Set-Cookie", cookie)
    return response


async def sign_out(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    refuse_foreign(request)
    async with read_form(request, desk.options) as form:
        check_form(request, form)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


ROUTES = (
    Route("/login", show_login, methods=["GET"]),
    Route("/login", sign_in, methods=["POST"]),
    Route("/logout", sign_out, methods=["POST"]),
)
