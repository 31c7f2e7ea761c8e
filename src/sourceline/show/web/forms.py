"""What a form brings: fields and files, no more of either than may be."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message

from sourceline.errors import OversizedInput
from sourceline.show.web.options import WebOptions

_DRAINED = 4
"""So many times what may be sent is read and dropped before the connection is cut: a browser shows our answer only when
it has sent its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The first value of each field, without space around it; and the files that are not empty."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[UploadFile, ...] = ()

    def get(self, name: str) -> str:
        """What stands in a field, "" where there is none."""
        return self.fields.get(name, "")


@asynccontextmanager
async def read_form(request: Request, options: WebOptions) -> AsyncIterator[Form]:
    """The form of a request; its files are gone when it is left. Raises OversizedInput."""
    limited = _Limited(request, options.max_upload)
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > options.max_upload:
        await limited.drain()
        raise limited.refusal()
    incoming = Request(request.scope, limited.receive)
    try:
        form = await incoming.form(
            max_files=options.max_files, max_fields=options.max_files, max_part_size=options.max_text
        )
    except OversizedInput:
        await limited.drain()
        raise
    try:
        fields: dict[str, str] = {}
        files: list[UploadFile] = []
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, value.strip())
            elif value.filename and value.size:
                files.append(value)
        yield Form(fields=fields, files=tuple(files))
    finally:
        await form.close()


class _Limited:
    """A request's body, which raises OversizedInput where it becomes too long."""

    def __init__(self, request: Request, most: int) -> None:
        self._request = request
        self._most = most
        self._had = 0
        self._ended = False

    def refusal(self) -> OversizedInput:
        size = f"{self._most / 1024 / 1024:,.0f} MB"
        return OversizedInput(
            f"at most {size} can be sent at once: send fewer files, or use sourceline add on the command line"
        )

    async def receive(self) -> Message:
        message = await self._request.receive()
        self._had += len(message.get("body", b""))
        self._ended = not message.get("more_body", False)
        if self._had > self._most:
            raise self.refusal()
        return message

    async def drain(self) -> None:
        with contextlib.suppress(OversizedInput):
            while not self._ended and self._had <= _DRAINED * self._most:
                message = await self._request.receive()
                self._had += len(message.get("body", b""))
                self._ended = message["type"] == "http.disconnect" or not message.get("more_body", False)
