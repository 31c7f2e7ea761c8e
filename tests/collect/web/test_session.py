from __future__ import annotations

import threading

import httpx
import pytest

from sourceline.collect.web.session import Fetches, WebSession
from sourceline.errors import AddressRefused, FetchError, RobotsDenied, TryLater
from sourceline.model.evidence import Unchanged, Visit
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from tests.collect.web.made_up import START, Known, Web, moved, resolve_to, typed

PAGE = "https://beacon.example/a"
ROBOTS = "https://beacon.example/robots.txt"


@pytest.fixture(autouse=True)
def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, {"inside.example": "10.1.2.3", "metadata.example": "169.254.169.254"})


def fetched(session: WebSession, *urls: str) -> dict[str, Snapshot | Unchanged | FetchError]:
    fetches: Fetches[str] = Fetches(session)
    found = {}
    with fetches:
        for url in urls:
            fetches.add(url, url)
        while (result := fetches.take()) is not None:
            found[result[0]] = result[1]
    return found


def test_robots_is_asked_before_the_first_page_and_once() -> None:
    web = Web({ROBOTS: "User-agent: *\nDisallow: /closed", PAGE: "one", "https://beacon.example/b": "two"})
    with web.session() as session:
        assert isinstance(session.fetch(PAGE), Snapshot)
        assert isinstance(session.fetch("https://beacon.example/b"), Snapshot)
        with pytest.raises(RobotsDenied, match=r"closed to programs by the site's robots\.txt"):
            session.fetch("https://beacon.example/closed/x")
    assert web.asked() == [ROBOTS, PAGE, "https://beacon.example/b"]


def test_robots_is_not_asked_where_the_settings_say_so() -> None:
    web = Web({ROBOTS: "User-agent: *\nDisallow: /", PAGE: "one"})
    with web.session(Settings(ask_robots=False)) as session:
        session.fetch(PAGE)
    assert web.asked() == [PAGE]


def test_rules_for_this_program_outweigh_those_for_all() -> None:
    web = Web({ROBOTS: "User-agent: sourceline\nDisallow: /a\n\nUser-agent: *\nAllow: /", PAGE: "one"})
    with web.session() as session, pytest.raises(RobotsDenied):
        session.fetch(PAGE)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_may_be_read(status: int) -> None:
    web = Web({ROBOTS: status, PAGE: "one"})
    with web.session() as session:
        assert isinstance(session.fetch(PAGE), Snapshot)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_nothing_is_asked_of_a_site_whose_robots_cannot_be_had(status: int) -> None:
    web = Web({ROBOTS: status, PAGE: "one"})
    with web.session() as session:
        for _ in range(2):
            with pytest.raises(TryLater, match=rf"answered {status}.*no page is asked for"):
                session.fetch(PAGE)
    assert web.asked() == [ROBOTS] * 4


def test_each_site_on_the_way_has_its_own_rules() -> None:
    web = Web(
        {
            PAGE: moved("https://courier.example/closed"),
            "https://courier.example/robots.txt": "User-agent: *\nDisallow: /closed",
            "https://courier.example/closed": "secret",
        }
    )
    with web.session() as session, pytest.raises(RobotsDenied, match=r"courier\.example"):
        session.fetch(PAGE)
    assert "https://courier.example/closed" not in web.asked()


def test_robots_that_moved_is_followed() -> None:
    web = Web({ROBOTS: moved("/r"), "https://beacon.example/r": "User-agent: *\nDisallow: /a", PAGE: "one"})
    with web.session() as session, pytest.raises(RobotsDenied):
        session.fetch(PAGE)


def test_between_two_documents_of_a_host_is_its_delay() -> None:
    pages = [f"https://beacon.example/{n}" for n in range(3)]
    web = Web(dict.fromkeys(pages, "text"))
    with web.session(Settings(host_delay=2.0)) as session:
        fetched(session, *pages)
    assert web.log == [(ROBOTS, 0), (pages[0], 0), (pages[1], 2), (pages[2], 4)]


def test_a_crawl_delay_outweighs_a_shorter_one() -> None:
    pages = [f"https://beacon.example/{n}" for n in range(3)]
    web = Web({ROBOTS: "User-agent: *\nCrawl-delay: 7.5", **dict.fromkeys(pages, "text")})
    with web.session() as session:
        fetched(session, *pages)
    assert [time for _, time in web.log] == [0, 0, 7.5, 15]


def test_a_host_that_asks_for_too_long_a_delay_is_left_after_one_page() -> None:
    pages = [f"https://beacon.example/{n}" for n in range(3)]
    web = Web({ROBOTS: "User-agent: *\nCrawl-delay: 86400", **dict.fromkeys(pages, "text")})
    with web.session() as session:
        found = fetched(session, *pages)
    assert web.asked() == [ROBOTS, pages[0]]
    assert isinstance(found[pages[0]], Snapshot)
    assert "86,400 seconds" in str(found[pages[2]])
    assert web.clock.naps == []


def test_the_steps_of_a_redirect_follow_at_once() -> None:
    web = Web({PAGE: moved("/b"), "https://beacon.example/b": moved("/c"), "https://beacon.example/c": "there"})
    with web.session() as session:
        found = session.fetch(PAGE)
    assert isinstance(found, Snapshot)
    assert found.url == "https://beacon.example/c"
    assert web.clock.naps == []


def test_hosts_are_asked_side_by_side_and_each_over_one_connection() -> None:
    together = threading.Barrier(3, timeout=20)
    inside: dict[str, int] = {}

    def meet(request: httpx.Request) -> httpx.Response:
        host = request.headers["host"]
        inside[host] = inside.get(host, 0) + 1
        assert inside[host] == 1
        together.wait()
        inside[host] -= 1
        return httpx.Response(200, text="met")

    pages = [f"https://{host}.example/{n}" for n in range(2) for host in ("one", "two", "three")]
    web = Web(dict.fromkeys(pages, meet))
    with web.session(Settings(hosts_at_once=3)) as session:
        found = fetched(session, *pages)
    assert [outcome.raw for outcome in found.values() if isinstance(outcome, Snapshot)] == [b"met"] * 6


def test_no_more_hosts_than_the_settings_say_are_asked_at_once() -> None:
    running, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(2, timeout=20)

    def meet(request: httpx.Request) -> httpx.Response:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait()
        with lock:
            running -= 1
        return httpx.Response(200, text="x")

    pages = [f"https://h{n}.example/" for n in range(8)]
    web = Web(dict.fromkeys(pages, meet))
    with web.session(Settings(hosts_at_once=2)) as session:
        assert len(fetched(session, *pages)) == 8
    assert most == 2


def test_a_failure_that_may_pass_is_tried_again_with_growing_waits() -> None:
    web = Web({PAGE: [503, 502, 500, "at last"]})
    with web.session() as session:
        found = session.fetch(PAGE)
    assert isinstance(found, Snapshot)
    assert found.raw == b"at last"
    assert web.clock.naps == [1, 2, 4]


def test_a_failure_that_stays_is_told_after_the_last_retry() -> None:
    web = Web({PAGE: 503})
    with web.session(Settings(retries=2)) as session, pytest.raises(TryLater, match="answered 503"):
        session.fetch(PAGE)
    assert web.asked() == [ROBOTS, PAGE, PAGE, PAGE]


def test_what_is_not_there_is_asked_for_once() -> None:
    web = Web({PAGE: 404})
    with web.session() as session, pytest.raises(FetchError, match="answered 404"):
        session.fetch(PAGE)
    assert web.asked() == [ROBOTS, PAGE]


def test_a_broken_connection_is_tried_again() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("reset")

    web = Web({PAGE: [broken, "text"]})
    with web.session() as session:
        assert isinstance(session.fetch(PAGE), Snapshot)


@pytest.mark.parametrize("given", ["30", "Thu, 06 Mar 2031 12:00:30 GMT"])
def test_retry_after_is_kept_in_seconds_and_as_a_date(given: str) -> None:
    web = Web({PAGE: [httpx.Response(429, headers={"Retry-After": given}), "text"]})
    with web.session() as session:
        session.fetch(PAGE)
    assert web.clock.naps == [30]


@pytest.mark.parametrize("given", ["soon", "-5", "", "99999999999999999999", "\xb2"])
def test_an_odd_retry_after_is_no_harm(given: str) -> None:
    reply = httpx.Response(503, headers=[(b"Retry-After", given.encode("latin-1"))])
    web = Web({PAGE: [reply, "text"]})
    with web.session() as session:
        try:
            session.fetch(PAGE)
        except TryLater as failure:
            assert "to be left alone" in str(failure)
    assert sum(web.clock.naps) <= 60


def test_a_host_that_asks_to_wait_for_long_is_left_for_all_its_pages() -> None:
    other = "https://beacon.example/b"
    web = Web({PAGE: httpx.Response(429, headers={"Retry-After": "3600"}), other: "text"})
    with web.session() as session:
        found = fetched(session, PAGE, other)
    assert all(isinstance(outcome, TryLater) for outcome in found.values())
    assert "3,600 seconds" in str(found[other])
    assert web.asked() == [ROBOTS, PAGE]


def test_a_host_that_fails_again_and_again_is_given_up() -> None:
    pages = [f"https://beacon.example/{n}" for n in range(20)]
    web = Web(dict.fromkeys(pages, 500))
    with web.session(Settings(retries=0)) as session:
        found = fetched(session, *pages)
    assert web.asked() == [ROBOTS, *pages[:5]]
    assert "failed 5 times in a row" in str(found[pages[-1]])


def test_pages_that_are_missing_do_not_make_a_host_given_up() -> None:
    pages = [f"https://beacon.example/{n}" for n in range(20)]
    web = Web({pages[-1]: "text"})
    with web.session() as session:
        assert isinstance(fetched(session, *pages)[pages[-1]], Snapshot)


def test_an_etag_goes_there_and_back() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return httpx.Response(304)
        return typed("text", "text/plain", ETag='"v1"', **{"Last-Modified": "Wed, 05 Mar 2031 10:00:00 GMT"})

    web = Web({PAGE: moved("/b"), "https://beacon.example/b": reply})
    with web.session() as session:
        first = session.fetch(PAGE)
    assert isinstance(first, Snapshot)
    assert first.url is not None
    visit = Visit(etag=first.headers["etag"], last_modified=first.headers["last-modified"])
    known = Known({first.url: visit})
    with web.session(visits=known) as session:
        second = session.fetch(PAGE)
    assert second == Unchanged(place=PAGE, url=first.url, retrieved=START)
    assert web.requests[-1].headers["If-Modified-Since"] == "Wed, 05 Mar 2031 10:00:00 GMT"
    assert known.threads == {threading.get_ident()}


def test_not_modified_where_nothing_is_known_is_a_failure() -> None:
    web = Web({PAGE: 304})
    with web.session() as session, pytest.raises(FetchError, match="304 though nothing is known"):
        session.fetch(PAGE)


@pytest.mark.parametrize("host", ["inside.example", "metadata.example"])
def test_a_redirect_to_a_private_address_is_refused_and_never_asked(host: str) -> None:
    web = Web({PAGE: moved(f"http://{host}/latest")})
    with web.session() as session, pytest.raises(AddressRefused, match="--allow-private"):
        session.fetch(PAGE)
    assert web.asked() == [ROBOTS, PAGE]


def test_a_redirect_of_robots_to_a_private_address_is_refused() -> None:
    web = Web({ROBOTS: moved("http://inside.example/robots.txt"), PAGE: "text"})
    with web.session() as session, pytest.raises(AddressRefused):
        session.fetch(PAGE)
    assert web.asked() == [ROBOTS]


def test_redirects_without_end_are_a_failure() -> None:
    web = Web({PAGE: moved("/b"), "https://beacon.example/b": moved("/a")})
    with web.session(Settings(max_redirects=4)) as session, pytest.raises(FetchError, match="more than 4 times"):
        session.fetch(PAGE)
    assert len(web.asked()) == 6


@pytest.mark.parametrize(
    "to", ["ftp://beacon.example/a", "http://[1", "javascript:alert(1)", "//", "file:///etc/hosts"]
)
def test_a_redirect_out_of_the_web_is_a_failure(to: str) -> None:
    web = Web({PAGE: moved(to)})
    with web.session() as session, pytest.raises(FetchError):
        session.fetch(PAGE)


def test_leaving_https_is_allowed_and_said() -> None:
    web = Web({PAGE: moved("http://beacon.example/b"), "http://beacon.example/b": "text"})
    with web.session() as session:
        found = session.fetch(PAGE)
    assert isinstance(found, Snapshot)
    assert found.notices == (
        "fetched over plain HTTP after a redirect from HTTPS: it may have been changed on its way",
    )


def test_no_cookie_is_kept_and_no_password_sent_or_shown() -> None:
    web = Web({PAGE: httpx.Response(302, headers={"Location": "/b", "Set-Cookie": "id=1"}), f"{PAGE[:-1]}b": 404})
    with web.session() as session, pytest.raises(FetchError) as failure:
        session.fetch("https://ana:geheim@beacon.example/a")
    assert "geheim" not in str(failure.value)
    assert all("cookie" not in request.headers and "authorization" not in request.headers for request in web.requests)


def test_the_contact_stands_in_the_user_agent_and_cannot_break_it() -> None:
    web = Web({PAGE: "text"})
    with web.session(Settings(contact="desk@lab.example\r\nX-Evil: (1) ü")) as session:
        session.fetch(PAGE)
    assert web.requests[0].headers["user-agent"].startswith("sourceline/")
    assert web.requests[0].headers["user-agent"].endswith("(reads news; contact: desk@lab.exampleX-Evil: 1)")


def test_what_was_begun_ends_when_nobody_takes_the_rest() -> None:
    web = Web({f"https://beacon.example/{n}": "text" for n in range(50)})
    with web.session() as session:
        fetches: Fetches[int] = Fetches(session)
        with fetches:
            for n in range(50):
                fetches.add(f"https://beacon.example/{n}", n)
            fetches.take()
    for thread in threading.enumerate():
        if thread.name in ("ask", "fetch"):
            thread.join(10)
            assert not thread.is_alive()
    assert len(web.asked()) <= 4


def test_an_unexpected_failure_is_told_and_does_not_hang() -> None:
    class Broken(Web):
        def answer(self, request: httpx.Request) -> httpx.Response:
            raise RuntimeError("not expected")

    with Broken({}).session() as session, pytest.raises(FetchError, match="RuntimeError"):
        session.fetch(PAGE)


def test_more_hosts_than_are_remembered() -> None:
    pages = [f"https://h{n}.example/" for n in range(600)]
    web = Web(dict.fromkeys(pages, "x"))
    with web.session() as session:
        found = fetched(session, *pages)
    assert all(isinstance(outcome, Snapshot) for outcome in found.values())
