"""Whatever is asked wrongly, or cannot be read: the right status, and a page that says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sourceline.show.web import WebOptions, create_app
from sourceline.show.web.pages import review
from sourceline.store.sqlite import open_store
from tests.show.web.browser import HOST, Browser, browsing


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/articles/none",
        "/articles/none/changes",
        "/sources/none",
        "/add/none",
        "/static/none.css",
        "/claims",
    ],
)
def test_nothing_is_there(browser: Browser, path: str) -> None:
    page = browser.get(path, 404)
    assert "Nothing is here" in page.text and "/documents" in page.links


LISTS = (
    "/documents",
    "/sources",
    "/unnamed",
    "/silence",
    "/review",
    "/?q=depot",
    "/?q=depot&show=said",
    "/?q=depot&show=texts",
)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", ["x", "1.2.3.4", "-1.a.b", "9" * 400, "1.x.0.y%00", "é"])
def test_cursors_that_no_page_made(browser: Browser, path: str, cursor: str) -> None:
    answer = browser.client.get(f"{path}{'&' if '?' in path else '?'}after={cursor}")
    assert answer.status_code in (200, 400)
    assert (answer.status_code == 400) == ("place in a list" in answer.text)
    assert cursor != "x" or answer.status_code == 400


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("act:sing", "is no act"),
        ("since:soon", "is no date"),
        ("source:", "needs what to look for"),
        ("since:2031 since:2032", "given twice"),
        ('"depot', "lacks its partner"),
        ("(a OR b)", "brackets"),
        ("x" * 3000, "too long"),
    ],
)
def test_a_search_that_cannot_be_understood(browser: Browser, query: str, words: str) -> None:
    answer = browser.client.get("/", params={"q": query})
    assert answer.status_code == 400
    assert words in answer.text.lower()


def test_what_is_not_done_this_way(browser: Browser) -> None:
    assert browser.client.post("/documents").status_code == 405
    assert browser.client.put("/add").status_code == 405
    page = browser.client.get("/judge")
    assert page.status_code == 405 and "Not done this way" in page.text


@pytest.mark.parametrize("words", ["x", "5-2", "0-999999", "1-2," * 200])
def test_words_that_are_not_in_the_text(browser: Browser, words: str) -> None:
    article = next(link for link in browser.get("/?q=close&show=said").links if "#t-" in link).partition("#")[0]
    browser.get(f"{article}?words={words}", 400)


def test_the_first_version_has_no_changes(browser: Browser) -> None:
    article = next(link for link in browser.get("/?q=close&show=said").links if "#t-" in link).partition("#")[0]
    browser.get(f"{article}/changes", 404)


def test_a_text_that_was_taken_down_says_by_whom_and_why(browser: Browser) -> None:
    page = browser.get("/articles/packet-0309")
    assert "Kim" in page.text and "a court's order" in page.text and "Bram Tolley" not in page.text


def test_a_ledger_that_is_being_written_to_is_read_and_says_when_it_cannot_be_written(
    browser: Browser, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_store.__kwdefaults__ is not None
    monkeypatch.setitem(open_store.__kwdefaults__, "patience", 0.1)
    form = browser.get("/review").form("/judge")
    value = next(value for _, value in form.buttons if value.startswith("right"))
    other = sqlite3.connect(ledger, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "Exports fall" in browser.get("/documents").text
        answer = browser.client.post("/judge", data={**form.fields, "judge": value, "author": "Kim"})
        assert answer.status_code == 503 and answer.headers["retry-after"]
        assert "Another program is writing" in answer.text
    finally:
        other.execute("ROLLBACK")
        other.close()
    browser.post(form, judge=value, author="Kim")


def test_a_ledger_that_is_gone(browser: Browser, ledger: Path) -> None:
    ledger.unlink()
    assert "there is no ledger" in browser.get("/documents", 404).text.lower()


def test_a_ledger_of_a_later_program(browser: Browser, ledger: Path) -> None:
    with sqlite3.connect(ledger) as opened:
        opened.execute("INSERT INTO migrations (name) VALUES ('9999 the future')")
    opened.close()
    page = browser.get("/documents", 503)
    assert "update sourceline" in page.text


def test_a_broken_ledger(browser: Browser, ledger: Path) -> None:
    browser.get("/documents")
    content = ledger.read_bytes()
    ledger.write_bytes(b"no ledger at all " * 1000)
    page = browser.get("/documents", 503)
    assert "restore a copy" in page.text and "/documents" in page.links
    ledger.write_bytes(content)
    browser.get("/documents")


def test_a_surprise_is_no_trace(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setattr(review, "deque", broken)
    with TestClient(create_app(WebOptions(ledger=str(ledger))), base_url=HOST, raise_server_exceptions=False) as client:
        answer = client.get("/review")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "please report it" in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_what_pages_load_is_asked_for_once(browser: Browser) -> None:
    page = browser.get("/")
    loaded = [given.get("href") or given.get("src") or "" for tag, given in page.tags if tag in ("link", "script")]
    assert len(loaded) >= 4
    for path in loaded:
        answer = browser.client.get(path)
        assert answer.status_code == 200 and "url(" not in answer.text and "@import" not in answer.text
        again = browser.client.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304 and not again.content
        assert browser.client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_heads_have_no_body(browser: Browser) -> None:
    answer = browser.client.head("/documents")
    assert answer.status_code == 200 and not answer.content


def test_two_ledgers_do_not_see_each_other(browser: Browser, world: Path) -> None:
    with browsing(WebOptions(ledger=str(world))) as other:
        assert "Exports fall" not in other.get("/documents").text
    assert "Exports fall" in browser.get("/documents").text
