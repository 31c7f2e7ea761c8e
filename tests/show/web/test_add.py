"""Adding by the pages: what is given, how far it is, and what becomes of it when the server stops."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import sourceline as sl
from sourceline.ledger.ledger import Ledger
from sourceline.settings import Settings
from sourceline.show.web import WebOptions
from sourceline.show.web.jobs import Job, Jobs, JobState
from tests.show.web.browser import Browser, Page, browsing

TEXT = "Corrie Maddox, a harbour pilot, said the light went out at nine."


def ended(browser: Browser, page: Page, path: str) -> Page:
    """The job's page when the job is over; asks as a page that reloads itself does."""
    wait = threading.Event()
    for _ in range(400):
        if not any(given.get("data-over") == "no" for _, given in page.tags):
            return page
        wait.wait(0.02)
        page = browser.get(path)
    raise AssertionError("the job does not end")


def given(browser: Browser, files: object = None, **fields: str) -> Page:
    """The page of a job that is over."""
    form = browser.get("/add").form("/add")
    answer = browser.client.post("/add", data={**form.fields, **fields}, files=files, follow_redirects=False)  # type: ignore[arg-type]
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    return ended(browser, browser.get(path), path)


def test_a_text_is_pasted(browser: Browser) -> None:
    page = given(browser, text=TEXT, title="Dark harbour", outlet="The Packet", published="2031-04-01")
    assert "Added" in page.text and "1 input dealt with" in page.text and "1 new" in page.text
    found = browser.get("/?q=light&show=said")
    assert "Corrie Maddox" in found.text and "The Packet" in found.text and "Dark harbour" in found.text
    assert "Dark harbour" in browser.get("/add").text


def test_files_are_uploaded_under_their_own_names(browser: Browser, ledger: Path) -> None:
    files = [
        ("files", ("../../etc/pass wd.txt", TEXT.encode())),
        ("files", ("C:\\texts\\quay.txt", b"Ilse Marden said the quay was shut.")),
        ("files", ("empty.txt", b"")),
        ("files", ("broken.pdf", b"%PDF-1.7 no more")),
    ]
    page = given(browser, files=files)
    assert "3 inputs dealt with" in page.text and "2 new" in page.text and "1 problem" in page.text
    assert "broken.pdf" in page.text and str(ledger.parent) not in page.text
    for name in ("pass wd.txt", "quay.txt"):
        assert name in page.text
    assert "Corrie Maddox" in browser.get("/sources").text
    assert not list(ledger.parent.rglob("*wd.txt")), "what is in the ledger is not kept beside it"
    assert "broken.pdf" in browser.get("/add").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "nothing was given"),
        ({"addresses": "/etc/passwd"}, "is no web address"),
        ({"addresses": "file:///etc/passwd"}, "is no web address"),
        ({"addresses": "https://outlet.example/\n../news.db"}, "is no web address"),
        ({"addresses": "\n".join(f"https://outlet.example/{n}" for n in range(101))}, "at most 100"),
        ({"text": TEXT, "published": "soon"}, "is no date"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "is no web address"),
    ],
)
def test_what_cannot_be_added_is_told_at_once(
    browser: Browser, ledger: Path, fields: dict[str, str], words: str
) -> None:
    page = browser.post(browser.get("/add").form("/add"), 400, files=[("none", ("", b""))], **fields)
    assert words in page.text.lower()
    assert not Path(f"{ledger}.adding").exists()


def test_a_private_address_is_a_problem_of_the_job(browser: Browser) -> None:
    page = given(browser, addresses="http://127.0.0.1:9/feed.xml")
    assert "1 problem" in page.text and "127.0.0.1" in page.text


def test_the_page_reloads_itself_while_a_job_runs(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    going, told = threading.Event(), threading.Event()
    add = Ledger.add

    def slow(self: Ledger, *sources: str, **how: object) -> object:
        told.set()
        going.wait(20)
        return add(self, *sources, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "add", slow)
    form = browser.get("/add").form("/add")
    path = browser.client.post("/add", data={**form.fields, "text": TEXT}, follow_redirects=False).headers["location"]
    assert told.wait(20)
    page = browser.get(path)
    assert any(given.get("http-equiv") == "refresh" for given in page.all("meta"))
    assert "Reading" in page.text
    assert "Exports fall" in browser.get("/documents").text, "pages are read meanwhile"
    going.set()
    assert not any(given.get("http-equiv") == "refresh" for given in ended(browser, page, path).all("meta"))


def test_too_much_at_once(ledger: Path) -> None:
    with browsing(WebOptions(ledger=str(ledger), max_upload=20_000)) as browser:
        form = browser.get("/add").form("/add")
        page = browser.post(form, 413, files=[("files", ("a.txt", b"x" * 30_000))])
        assert "sourceline add" in page.text

        def unannounced() -> Iterator[bytes]:
            yield b"sign=" + form.fields["sign"].encode() + b"&text="
            for _ in range(40):
                yield b"x" * 1000

        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = browser.client.post("/add", content=unannounced(), headers=headers)
        assert answer.status_code == 413
    assert not Path(f"{ledger}.adding").exists()


def test_a_full_disk_loses_nothing(browser: Browser, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    page = browser.post(browser.get("/add").form("/add"), 507, files=[("files", ("a.txt", b"words"))])
    assert "make room" in page.text
    assert list(Path(f"{ledger}.adding").iterdir()) == []
    assert "Exports fall" in browser.get("/documents").text


def test_a_server_that_was_stopped_goes_on(ledger: Path) -> None:
    jobs = Jobs(str(ledger), Settings())
    id = jobs.new_id()
    (jobs.folder_of(id) / "a.txt").write_text(TEXT)
    jobs.submit(id, ["a.txt"], [str(jobs.folder_of(id) / "a.txt")])
    again = Jobs(str(ledger), Settings())
    assert [(job.id, job.state) for job in again.listed()] == [(id, JobState.WAITING)]
    with browsing(WebOptions(ledger=str(ledger))) as browser:
        assert "1 new" in ended(browser, browser.get(f"/add/{id}"), f"/add/{id}").text
    with sl.open(ledger) as opened:
        assert opened.source("Corrie Maddox").documents == 1
    finished = again.find(id)
    assert finished is not None and finished.state is JobState.DONE
    with browsing(WebOptions(ledger=str(ledger))) as browser:
        assert again.find(id) == finished, "what is done is not done again"


def test_a_job_that_cannot_write_says_so(ledger: Path) -> None:
    with browsing(WebOptions(ledger=str(ledger))) as browser:
        browser.get("/add")
        form = browser.get("/add").form("/add")
        ledger.rename(ledger.with_name("elsewhere.db"))
        browser.post(form, 404, text=TEXT)


def test_a_broken_note_of_a_job_is_passed_over(browser: Browser, ledger: Path) -> None:
    for name, content in (("20310306-1", b"{"), ("20310306-2", b"[]"), ("20310306-3", json.dumps({"id": 3}).encode())):
        folder = Path(f"{ledger}.adding") / name
        folder.mkdir(parents=True)
        (folder / "job.json").write_bytes(content)
        browser.get(f"/add/{name}", 404)
    assert "broken" not in browser.get("/add").text


@pytest.mark.parametrize("id", ["%2e%2e", "x%2Fy", "20310306-000000-zzzzzz", "x" * 300])
def test_no_such_job(browser: Browser, id: str) -> None:
    assert browser.client.get(f"/add/{id}").status_code == 404


def test_a_job_knows_when_it_is_over() -> None:
    states = [
        state
        for state in JobState
        if Job(id="x", at=datetime(2031, 3, 6, tzinfo=UTC), named=(), sources=(), state=state).over
    ]
    assert states == [JobState.DONE, JobState.FAILED]
