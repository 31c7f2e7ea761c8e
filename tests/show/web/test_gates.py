"""Who may come in, and what an answer allows the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourceline.show.web import WebOptions
from sourceline.show.web.access import LASTS, Access, Attempts
from sourceline.show.web.gates import HEADERS, KnownHost
from tests.show.web.browser import Browser, Form, browsing

TOKEN = "a token of the tests"
ELSEWHERE = "http://192.0.2.7:8417"
PATHS = ("/", "/documents", "/static/web.css", "/login", "/nothing", "/add")


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def guarded(ledger: Path) -> WebOptions:
    return WebOptions(ledger=str(ledger), host="0.0.0.0", token=TOKEN)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_what_pages_do_not_need(browser: Browser, path: str) -> None:
    headers = browser.client.get(path, follow_redirects=False).headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert ("no-store" in headers["cache-control"]) is not path.startswith("/static/")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "192.0.2.7", "localhost.evil.example:80"]
)
def test_another_name_for_the_loopback_address_is_refused(browser: Browser, host: str) -> None:
    answer = browser.client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "drums" not in answer.text and "Exports" not in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8417", "[::1]:8417", "127.0.0.1:1", "LOCALHOST"])
def test_names_of_the_loopback_address(browser: Browser, host: str) -> None:
    assert browser.client.get("/", headers={"host": host}).status_code == 200


def test_on_a_network_numbers_and_the_given_name_are_known() -> None:
    gate = KnownHost(lambda *_: None, host="news.example")  # type: ignore[arg-type]
    assert gate.is_known("news.example:9000") and gate.is_known("192.0.2.7:80") and gate.is_known("[2001:db8::1]:80")
    assert not gate.is_known("evil.example") and not gate.is_known("news.example.evil.example")


def test_who_lacks_the_token_sees_the_login_page_alone(guarded: WebOptions) -> None:
    with browsing(guarded, base_url=ELSEWHERE) as visitor:
        answer = visitor.client.get("/documents?after=x", follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/login?next=%2Fdocuments%3Fafter%3Dx"
        assert visitor.client.post("/judge", data={"judge": "x"}).status_code == 401
        page = visitor.get("/documents")
        assert page.form("/login").fields["next"] == "/documents"
        assert "Exports" not in page.text


def test_the_token_opens(guarded: WebOptions) -> None:
    with browsing(guarded, base_url=ELSEWHERE) as visitor:
        page = visitor.get("/documents")
        assert "This is not the token" in visitor.post(page.form("/login"), 403, token="another").text
        assert "Exports fall" in visitor.post(page.form("/login"), token=TOKEN).text
        cookie = visitor.client.get("/", headers={"cookie": "sourceline=forged.1.1.00"}, follow_redirects=False)
        assert cookie.status_code == 303
        visitor.post(visitor.get("/").form("/logout"))
        assert visitor.client.get("/", follow_redirects=False).status_code == 303


def test_the_cookie_is_for_this_site_alone(guarded: WebOptions) -> None:
    with browsing(guarded, base_url=ELSEWHERE) as visitor:
        cookie = visitor.client.get("/login").headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    with browsing(guarded, base_url="https://192.0.2.7") as visitor:
        assert "Secure" in visitor.client.get("/login").headers["set-cookie"]


def test_programs_bear_the_token(guarded: WebOptions) -> None:
    with browsing(guarded, base_url=ELSEWHERE) as visitor:
        answer = visitor.client.get("/documents", headers={"authorization": f"Bearer {TOKEN}"})
        assert "Exports fall" in answer.text
        wrong = visitor.client.get("/", headers={"authorization": "Bearer x"}, follow_redirects=False)
        assert wrong.status_code == 303


def test_only_some_attempts_are_free(guarded: WebOptions) -> None:
    with browsing(guarded, base_url=ELSEWHERE) as visitor:
        form = visitor.get("/").form("/login")
        for _ in range(5):
            visitor.post(form, 403, token="guess")
        answer = visitor.client.post("/login", data={**form.fields, "token": TOKEN})
        assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_login_leads_nowhere_else(guarded: WebOptions, wanted: str) -> None:
    with browsing(guarded, base_url=ELSEWHERE) as visitor:
        form = visitor.get(f"/login?next={wanted}").form("/login")
        assert form.fields["next"] == "/"
        data = {**form.fields, "next": wanted, "token": TOKEN}
        assert visitor.client.post("/login", data=data, follow_redirects=False).headers["location"] == "/"


def test_without_a_token_there_is_no_login(browser: Browser) -> None:
    assert browser.client.get("/login", follow_redirects=False).headers["location"] == "/"
    assert not any(form.action == "/logout" for form in browser.get("/").forms)


CHANGES = ("/judge", "/add", "/logout", "/articles/packet-0308/correct")


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_needs_a_form_of_ours(browser: Browser, path: str) -> None:
    sign = browser.get("/add").form("/add").fields["sign"]
    for fields in ({}, {"sign": ""}, {"sign": "0" * 64}):
        browser.post(Form(action=path, fields=fields), 403, author="Kim", judge="undo x", text="x")
    answer = browser.client.post(path, data={"sign": sign}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    browser.client.cookies.clear()
    browser.post(Form(action=path, fields={"sign": sign}), 403)


def test_a_form_of_another_session_is_not_ours(browser: Browser, ledger: Path) -> None:
    with browsing(WebOptions(ledger=str(ledger))) as other:
        sign = other.get("/add").form("/add").fields["sign"]
    browser.get("/add")
    browser.post(Form(action="/judge", fields={"sign": sign}), 403, author="Kim", judge="undo x")


def test_sessions_end() -> None:
    clock = Clock()
    access = Access(TOKEN, clock=clock)
    cookie = access.cookie(access.begin(signed_in=True))
    session = access.session(cookie)
    assert session is not None and session.signed_in
    assert access.session(cookie.replace(".1.", ".0.")) is None
    assert access.session(cookie + "x") is None and access.session("x" * 500) is None and access.session("é.1") is None
    clock.now += LASTS + 1
    assert access.session(cookie) is None


def test_attempts_come_back_and_few_are_remembered() -> None:
    clock = Clock()
    attempts = Attempts(most=2, within=60.0, clock=clock)
    attempts.fail("a")
    assert attempts.wait("a") == 0
    clock.now += 10
    attempts.fail("a")
    assert attempts.wait("a") == 50 and attempts.wait("b") == 0
    clock.now += 50
    assert attempts.wait("a") == 0
    for number in range(5000):
        attempts.fail(str(number))
    assert attempts.wait("a") == 0
    assert len(attempts._failed) <= 4096


def test_a_token_is_known_whatever_its_letters() -> None:
    access = Access("clé secrète de test")
    assert access.knows("clé secrète de test") and not access.knows("cle") and not access.knows("")
    assert not Access(None).knows("")
