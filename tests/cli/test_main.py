"""The command line as a whole: quick to start, one line for an error, the exit codes it promises."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sourceline import __version__, cli
from sourceline.errors import AddressRefused, ArtefactError, MissingInput, SourcelineError, UndecodableInput, UsageError

COMMAND = [sys.executable, "-m", "sourceline"]


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(_: object) -> int:
        raise error

    monkeypatch.setattr("sourceline.cli.doctor.run", run)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("two outputs"), 2),
        (MissingInput("no such file"), 2),
        (UndecodableInput("bytes that are no text"), 1),
        (AddressRefused("a private address"), 1),
        (ArtefactError("the model is missing"), 1),
        (PermissionError(13, "Permission denied", "x.txt"), 1),
        (RuntimeError("a surprise"), 1),
    ],
)
def test_an_error_is_one_line_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, code: int
) -> None:
    fail_with(monkeypatch, error)
    assert cli.main(["doctor"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("sourceline: ")
    assert err.count("\n") == 1
    assert str(error.args[-1]) in err


def test_an_error_orders_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fail_with(monkeypatch, SourcelineError("no\nfile \x1b[2J called\r\nthis"))
    cli.main(["doctor"])
    assert capsys.readouterr().err == "sourceline: no file ␛[2J called this\n"


def test_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fail_with(monkeypatch, KeyboardInterrupt())
    assert cli.main(["doctor"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "arguments", [[], ["raed"], ["read"], ["read", "a", "b"], ["read", "--colour", "a"], ["doctor", "x"]]
)
def test_wrong_usage_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert cli.main(arguments) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "--help" in err


@pytest.mark.parametrize("command", [[], ["read"], ["doctor"]])
def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert cli.main([*command, "--help"]) == 0
    assert "exit codes:" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"sourceline {__version__}\n"


def test_help_loads_nothing_that_it_does_not_need() -> None:
    code = "import sys; from sourceline.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.split()
    assert "argparse" in loaded
    assert {"typing", "dataclasses", "inspect", "json", "numpy", "rich", "httpx", "onnxruntime"}.isdisjoint(loaded)


def test_a_reader_who_leaves_is_no_error() -> None:
    with subprocess.Popen([*COMMAND, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_no_password_is_repeated(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "a", "https://ana:geheim@outlet.example/x"]) == 2
    assert "https://outlet.example/x" in (err := capsys.readouterr().err)
    assert "geheim" not in err


@pytest.mark.skipif(os.name == "nt", reason="descriptors are closed by a shell")
@pytest.mark.parametrize(
    ("arguments", "closed", "code", "lines"),
    [
        ("--version", ">&-", 0, 1),
        ("read a b", ">&-", 2, 1),
        ("read a", ">&-", 2, 1),
        ("read a b", "2>&-", 2, 0),
        ("read a b", "<&- >&- 2>&-", 2, 0),
    ],
)
def test_closed_streams_end_in_the_right_exit_code(arguments: str, closed: str, code: int, lines: int) -> None:
    command = f"{shlex.join(COMMAND)} {arguments} {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "internal error" not in done.stderr
    assert done.stderr.count("\n") == lines
    assert done.stdout == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize(
    ("arguments", "full", "code"), [("--version", ">/dev/full", 1), ("read a b", "2>/dev/full", 2)]
)
def test_streams_that_take_no_more_do_not_fail_twice(arguments: str, full: str, code: int) -> None:
    command = f"{shlex.join(COMMAND)} {arguments} {full}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == code
    assert done.stderr.count("\n") == (full[0] != "2")
