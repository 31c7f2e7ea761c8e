"""From a context to a page: Jinja2, everything escaped, every name that a context lacks an error."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sourceline.show.safe import visible_on_page
from sourceline.show.values import in_figures
from sourceline.show.web.addresses import address, article_address, dossier_of, host_of, source_address, web_address
from sourceline.show.web.times import Moment, moment_of
from sourceline.show.web.view import Frame, View

NAVIGATION = (
    ("/", "Ledger"),
    ("/documents", "Documents"),
    ("/sources", "Sources"),
    ("/unnamed", "Unnamed"),
    ("/silence", "Silence"),
    ("/review", "Review"),
    ("/add", "+ Add"),
)
"""The bar above every page: address and name. A new page has its place here."""
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
"""Of the files that pages load."""


class Rendering:
    """The templates and the files that pages load, read once."""

    def __init__(self) -> None:
        self.statics: Mapping[str, bytes] = MappingProxyType(_static_files())
        self._tags = {name: hashlib.sha256(content).hexdigest()[:16] for name, content in self.statics.items()}
        self.environment = environment()
        self.environment.globals["static"] = self.static_address

    def page(self, view: View, frame: Frame) -> str:
        """The page, complete. Raises jinja2.UndefinedError for a template that names what its context lacks."""
        return self.environment.get_template(view.template).render(context_of(view), frame=frame)

    def static_address(self, name: str) -> str:
        """It changes with the content, so that a browser may keep what it has. Raises KeyError for an unknown file."""
        return f"/static/{name}?v={self._tags[name]}"

    def tag(self, name: str) -> str:
        """The content's hash. Raises KeyError."""
        return self._tags[name]


def context_of(view: View) -> dict[str, Any]:
    """The names that a view's template may use beside `frame`."""
    return {field.name: getattr(view, field.name) for field in fields(view)}


def environment() -> Environment:
    """Jinja2 as all templates are read: strict, and escaping whatever they print."""
    made = Environment(
        loader=PackageLoader("sourceline.show.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printed,
    )
    made.globals = {
        "range": range,
        "navigation": NAVIGATION,
        "address": address,
        "article_address": article_address,
        "source_address": source_address,
        "dossier_of": dossier_of,
        "static": lambda name: f"/static/{name}",
    }
    made.filters.update(web=web_address, host=host_of, figures=in_figures, moment=_moment, short=_short)
    return made


def _printed(value: Any) -> Any:
    """What a text from anywhere becomes before it is escaped; None is a mistake of the template."""
    if value is None:
        raise TypeError("a template prints what is not there: ask before")
    return visible_on_page(value) if type(value) is str else value


def _moment(stated: datetime | str | None, frame: Frame) -> Moment | None:
    return moment_of(stated, frame.now)


def _short(text: str, most: int = 160) -> str:
    """The beginning of a text, cut between words where it can be."""
    plain = " ".join(text[: 4 * most].split())
    if len(plain) <= most:
        return plain
    cut = plain[:most].rpartition(" ")[0]
    return f"{cut if len(cut) > most // 2 else plain[:most]} …"


def _static_files() -> dict[str, bytes]:
    folder = files("sourceline.show.web").joinpath("static")
    found = {item.name: item.read_bytes() for item in folder.iterdir() if _ending(item.name) in TYPES}
    found["picture.css"] = files("sourceline.show.picture").joinpath("picture.css").read_bytes()
    found["page.css"] = files("sourceline.show").joinpath("page.css").read_bytes()  # as the page of one reading has it
    return found


def _ending(name: str) -> str:
    return name[name.rfind(".") :]
