"""Pictures of every page, as Chromium shows them: wide and narrow, light and dark.

As a program: python tests/show/web/pictures.py news.db docs/pictures [--page NAME]... [--all-looks] [--whole]
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[3]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import uvicorn  # noqa: E402  (as a program, the roots must be on the path first)

from sourceline.show.web import WebOptions, create_app  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    name: str
    width: int
    height: int
    scheme: str


LOOKS = (
    Look(name="wide", width=1440, height=900, scheme="light"),
    Look(name="wide-dark", width=1440, height=900, scheme="dark"),
    Look(name="narrow", width=360, height=780, scheme="light"),
    Look(name="narrow-dark", width=360, height=780, scheme="dark"),
)


@contextmanager
def served(options: WebOptions) -> Iterator[str]:
    """The pages on a free port of this machine; the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(options), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def pages_of(address: str) -> dict[str, str]:
    """The pages by name, as paths: one of each kind, found as a visitor finds them."""

    def first(path: str, pattern: str) -> str:
        with urlopen(address + path) as answer:
            found = re.search(pattern, answer.read().decode())
        assert found is not None, f"{path} has no {pattern}"
        return found[1]

    article = first("/?q=drums&show=said", r'href="(/articles/[^"#/]+)#')
    return {
        "ledger": "/",
        "documents": "/documents",
        "search": "/?q=drums&show=said",
        "search-texts": "/?q=drums&show=texts",
        "sources": "/sources",
        "source": first("/sources", r'href="(/sources/[^"?]+)"'),
        "unnamed": "/unnamed",
        "silence": "/silence",
        "article": article,
        "correct": first(article, r'href="(/articles/[^"]+/correct\?[^"]+)"'),
        "changes": first("/documents", r'href="(/articles/[^"]+/changes)"'),
        "add": "/add",
        "review": "/review",
        "failure": "/articles/none",
    }


def take(browser: Browser, address: str, look: Look, out: Path, *, whole: bool) -> int:
    """One picture of a page, or of what of it fits the window; how many pixels wider than the window it is."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height}, color_scheme="dark" if look.scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(address)
    page.screenshot(path=out, full_page=whole)
    overflow: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    return overflow


def main() -> int:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger")
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", action="append", default=[])
    parser.add_argument("--all-looks", action="store_true", help="also narrow ones and dark ones")
    parser.add_argument("--whole", action="store_true", help="whole pages, not only what fits the window")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with served(WebOptions(ledger=arguments.ledger)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for name, path in pages_of(address).items():
            if arguments.page and name not in arguments.page:
                continue
            for look in LOOKS if arguments.all_looks else LOOKS[:1]:
                place = arguments.out / f"{name}-{look.name}.png"
                overflow = take(browser, address + path, look, place, whole=arguments.whole)
                print(place, f"{overflow} px too wide" if overflow > 0 else "")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
