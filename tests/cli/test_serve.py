"""`sourceline serve`: what it says when it begins, what it refuses, and how it ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import sourceline as sl
from sourceline import cli
from tests.ledger.by_hand import ROOT, pipeline_module, start


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module())
    given = tmp_path / "given.jsonl"
    given.write_text(json.dumps({"id": "d1", "title": "The depot", "text": "Ana Ruiz said it was shut."}) + "\n")
    with sl.open(tmp_path / "news.db") as opened:
        opened.add(given)
    return tmp_path / "news.db"


class Served:
    """The program while it runs, and what it said when it has ended."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr is not None
        self.said = process.stderr
        found = re.search(rb"http://\S+/", self.said.readline())
        assert found is not None
        self.address = found[0].decode()


@contextmanager
def serving(*arguments: str) -> Iterator[Served]:
    """Interrupted at the end, and then it has to end well."""
    with start("serve", "--port", "0", *arguments, cwd=ROOT, stderr=subprocess.PIPE) as process:
        try:
            served = Served(process)
            yield served
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert served.said.read() == b""


def test_it_serves_until_it_is_interrupted(ledger: Path) -> None:
    with serving("--ledger", str(ledger)) as served:
        assert served.address.startswith("http://127.0.0.1:")
        with urlopen(f"{served.address}documents", timeout=20) as answer:
            assert b"The depot" in answer.read()


def test_on_a_network_it_prints_a_token_and_asks_for_it(ledger: Path) -> None:
    with serving("--ledger", str(ledger), "--host", "0.0.0.0") as served:
        token = re.fullmatch(rb"token: (\S+)\n", served.said.readline())
        assert token is not None
        here = f"http://127.0.0.1:{served.address.rstrip('/').rpartition(':')[2]}/documents"
        with urlopen(here, timeout=20) as answer:
            assert b"The depot" not in answer.read() and "/login" in answer.url
        known = Request(here, headers={"Authorization": f"Bearer {token[1].decode()}"})
        with urlopen(known, timeout=20) as answer:
            assert b"The depot" in answer.read()
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(here, headers={"Host": "evil.example"}), timeout=20)
        assert refused.value.code == 421
        refused.value.close()


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_port_that_is_taken(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert cli.main(["serve", "--ledger", str(ledger), "--port", port]) == 2
    assert "give another --port" in last_line(capsys)


@pytest.mark.parametrize("port", ["x", "-1", "70000", "8.5"])
def test_no_port(ledger: Path, capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert cli.main(["serve", "--ledger", str(ledger), f"--port={port}"]) == 2
    assert "is no port" in last_line(capsys)


def test_no_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--ledger", str(tmp_path / "none.db")]) == 1
    assert "there is no ledger" in last_line(capsys)
    assert not (tmp_path / "none.db").exists()


def test_a_token_that_anybody_guesses(
    ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCELINE_TOKEN", "secret")
    assert cli.main(["serve", "--ledger", str(ledger), "--host", "0.0.0.0"]) == 2
    assert "too short" in last_line(capsys)


@pytest.mark.parametrize("missing", ["uvicorn", "starlette", "jinja2", "python_multipart"])
def test_without_the_extra_it_says_what_to_install(ledger: Path, missing: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None; from sourceline.cli import main; "
        f"sys.exit(main(['serve', '--ledger', {str(ledger)!r}, '--port', '0']))"
    )
    command = [sys.executable, "-c", program]
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert done.returncode == 2
    assert "pip install 'sourceline[web]'" in done.stderr and len(done.stderr.splitlines()) == 1
