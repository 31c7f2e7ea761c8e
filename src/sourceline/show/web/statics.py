"""The files that pages load, from memory. Their addresses change with their content."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sourceline.show.web.answering import Desk
from sourceline.show.web.rendering import TYPES


def route() -> Route:
    return Route("/static/{name}", _serve)


async def _serve(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    name: str = request.path_params["name"]
    content = desk.rendering.statics.get(name)
    if content is None:
        raise HTTPException(404, "there is no such file")
    tag = f'"{desk.rendering.tag(name)}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=3600"}
    if tag in (given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=TYPES[name[name.rfind(".") :]], headers=headers)
