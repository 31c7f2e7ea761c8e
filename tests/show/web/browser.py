"""A visitor without JavaScript: follows links, sends the forms that pages hold, and reads what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient

from sourceline.show.web import WebOptions, create_app

HOST = "http://127.0.0.1:8417"
_EMPTY = {"meta", "link", "input", "br", "img", "line", "path", "circle", "rect"}


@dataclass(slots=True)
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """The tags, texts, links and forms of a page. Raises AssertionError for tags that do not close what they opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.forms: list[Form] = []
        self.stack: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute of <{tag}> is given twice"
        self.tags.append((tag, given))
        if tag not in _EMPTY:
            self.stack.append(tag)
        if tag == "form":
            self.forms.append(Form(action=given["action"] or ""))
        elif tag in ("input", "textarea") and self.forms and given.get("name"):
            self.forms[-1].fields[given["name"] or ""] = given.get("value") or ""
        elif tag == "button" and self.forms and given.get("name"):
            self.forms[-1].buttons.append((given["name"] or "", given.get("value") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened = self.stack.pop() if self.stack else "nothing"
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        if not self.stack or self.stack[-1] not in ("script", "style"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def links(self) -> list[str]:
        """Where the page leads within itself and its neighbours, each once."""
        found = [link.get("href") or "" for link in self.all("a")]
        return list(dict.fromkeys(link for link in found if link.startswith("/")))

    @property
    def ids(self) -> list[str]:
        return [given["id"] or "" for _, given in self.tags if "id" in given]

    def form(self, action: str, among: int = 0) -> Form:
        """The form that is sent there."""
        return [form for form in self.forms if form.action.split("?")[0] == action][among]


class Browser:
    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **how: Any) -> Page:
        answer = self.client.get(path, **how)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        return Page(answer.text)

    def post(self, form: Form, status: int = 200, files: Any = None, **fields: str) -> Page:
        """Sends a form with some fields filled in, and goes where it leads."""
        answer = self.client.post(form.action, data={**form.fields, **fields}, files=files)
        assert answer.status_code == status, (form.action, answer.status_code, answer.text[-2000:])
        return Page(answer.text)


@contextmanager
def browsing(options: WebOptions, **how: Any) -> Iterator[Browser]:
    """A visitor of these pages, which are stopped at the end."""
    with TestClient(create_app(options), base_url=how.pop("base_url", HOST), **how) as client:
        yield Browser(client)
