"""`sourceline doctor`: what is there, what is not, and whether that matters."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version

import pytest

from sourceline import cli
from sourceline.errors import ArtefactError


class Artefact:
    """A model's files, sound unless told otherwise."""

    name, version = "by-hand", "0"

    def __init__(self, error: ArtefactError | None = None) -> None:
        self.error = error

    def check(self) -> None:
        if self.error:
            raise self.error


def place(monkeypatch: pytest.MonkeyPatch, artefact: Artefact) -> None:
    monkeypatch.setattr("sourceline.neural.artefact.load_artefact", lambda: artefact)


def test_sound(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    place(monkeypatch, Artefact())
    assert cli.main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "ok  model" in out
    assert "by-hand 0, digests agree" in out


def test_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    place(monkeypatch, Artefact())
    assert cli.main(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["sound"] is True
    found = {finding["name"]: finding for finding in report["findings"]}
    assert found["numpy"] == {"name": "numpy", "found": version("numpy"), "sound": True}
    assert {"python", "sourceline", "model"} <= found.keys()


def test_a_model_that_differs_from_its_digest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place(monkeypatch, Artefact(ArtefactError("the file differs from its digest: reinstall sourceline")))
    assert cli.main(["doctor"]) == 1
    assert "NO  model" in capsys.readouterr().out


def test_a_core_package_that_is_missing_matters_and_an_extra_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def installed(name: str) -> str:
        if name in missing:
            raise PackageNotFoundError(name)
        return "1"

    place(monkeypatch, Artefact())
    monkeypatch.setattr("importlib.metadata.version", installed)
    missing = {"torch"}
    assert cli.main(["doctor"]) == 0
    missing = {"numpy"}
    assert cli.main(["doctor"]) == 1
    assert "NO  numpy" in capsys.readouterr().out
