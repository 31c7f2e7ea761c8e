"""The application: routes, what every request passes, and what goes on beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect

from sourceline.errors import SourcelineError
from sourceline.show.web import failures
from sourceline.show.web.access import Access
from sourceline.show.web.answering import Desk
from sourceline.show.web.gates import KnownHost, SafeHeaders, Sessions
from sourceline.show.web.jobs import Jobs
from sourceline.show.web.options import WebOptions
from sourceline.show.web.pages import PAGES
from sourceline.show.web.proposals import Proposals
from sourceline.show.web.rendering import Rendering
from sourceline.show.web.statics import route as statics

_THREADS = 16
"""Pages that are made at the same time; each holds a connection with its cache."""


def create_app(options: WebOptions) -> Starlette:
    """The pages of one ledger, as an ASGI application. Nothing is opened before the first request."""
    access = Access(options.token)
    jobs = Jobs(options.ledger, options.settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        jobs.start()
        try:
            yield
        finally:
            await anyio.to_thread.run_sync(jobs.stop)

    app = Starlette(
        routes=[statics(), *(route for routes in PAGES for route in routes)],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(KnownHost, host=options.host),
            Middleware(Sessions, access=access),
            Middleware(failures.Surprises),
        ],
        exception_handlers={
            SourcelineError: failures.show_known,
            HTTPException: failures.show_http,
            ClientDisconnect: failures.drop,
            OSError: failures.show_disk,
        },
        lifespan=lifespan,
    )
    app.state.desk = Desk(
        options=options, rendering=Rendering(), access=access, jobs=jobs, proposals=Proposals(options.ledger)
    )
    return app
