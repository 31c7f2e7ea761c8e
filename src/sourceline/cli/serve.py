"""`sourceline serve`: the pages of a ledger, for a browser."""

from __future__ import annotations

import argparse
import os
import secrets
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from sourceline.cli.options import LEDGER, add_ledger, open_named
from sourceline.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from sourceline.show.web import WebOptions

DESCRIPTION = """\
Shows a ledger in the browser: who said what, article by article and source by source. Needs sourceline[web].

  sourceline serve
  sourceline serve --ledger news.db --open
  sourceline serve --host 0.0.0.0 --port 9000

On the loopback address whoever uses this machine may read and write. With --host other machines may, too: they are
asked for a token, that of SOURCELINE_TOKEN in the environment, or a new one that is printed.
"""

TOKEN = "SOURCELINE_TOKEN"
_SHORTEST = 12
"""Characters of a token that is chosen by hand."""
_GRACE = 5
"""Seconds that requests have to end when the server stops."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_ledger(parser)
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8417, metavar="N", help="on which port (8417; 0: a free one)")
    parser.add_argument("--open", action="store_true", help="open the browser")
    parser.add_argument("--allow-private", action="store_true", help="also add from private and local addresses")


def run(arguments: argparse.Namespace) -> int:
    try:
        import python_multipart  # noqa: F401  (which reads forms when they come)
        import uvicorn

        from sourceline.show.web import create_app
    except ModuleNotFoundError as error:
        missing = f"the pages need a library that is not here ({error.name}): pip install 'sourceline[web]'"
        raise MissingExtra(missing) from error
    options = _options(arguments)
    open_named(arguments).close()  # what is wrong with the ledger is told now, and an older one is brought up to date
    listening = _listen(options.host, options.port)
    address = _address(options.host, listening.getsockname()[1])
    print(f"sourceline is at {address}  (Ctrl+C ends it)", file=sys.stderr)
    if options.token is not None and os.environ.get(TOKEN) is None:
        print(f"token: {options.token}", file=sys.stderr)
    if arguments.open:
        import webbrowser

        webbrowser.open(address)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(options),
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
        )
    )
    with listening, suppress(KeyboardInterrupt):  # which is how it is ended
        server.run(sockets=[listening])
    return 0


def _options(arguments: argparse.Namespace) -> WebOptions:
    """Raises UsageError for a token that is too short."""
    from sourceline.ledger.ledger import DEFAULT
    from sourceline.settings import Settings
    from sourceline.show.web.options import WebOptions, is_loopback

    token = None
    if not is_loopback(arguments.host):
        token = os.environ.get(TOKEN) or secrets.token_urlsafe(24)
        if len(token) < _SHORTEST:
            raise UsageError(f"{TOKEN} is too short: at least {_SHORTEST} characters")
    return WebOptions(
        ledger=arguments.ledger or os.environ.get(LEDGER) or DEFAULT,
        host=arguments.host,
        port=arguments.port,
        token=token,
        settings=Settings(allow_private=arguments.allow_private),
    )


def _port(given: str) -> int:
    if not given.isdecimal() or int(given) > 65535:
        raise argparse.ArgumentTypeError(f"{given!r} is no port: give 0 to 65535")
    return int(given)


def _listen(host: str, port: int) -> socket.socket:
    """Raises UsageError where the address is taken, or none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UsageError(f"{host} port {port} cannot be listened on ({error.strerror}): give another --port") from error
    return listening


def _address(host: str, port: int) -> str:
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"
