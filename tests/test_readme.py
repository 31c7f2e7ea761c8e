"""The README says what the code does: every command, every option, every act."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sourceline
from sourceline import cli
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.speech import Act, Quotation
from sourceline.model.text import RegionKind

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", cli._COMMANDS)
def test_every_command_and_option_is_documented(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"sourceline {command}" in README
    assert cli.main([command, "--help"]) == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert options
    assert {option for option in options if option not in README} == set()


def test_commands_that_it_names_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    help_text = capsys.readouterr().out
    for command in set(re.findall(r"^ +sourceline ([a-z-]+)", README, re.M)):
        assert re.search(rf"^ +{command} ", help_text, re.M), command


@pytest.mark.parametrize("value", [*Act, *Quotation, *SourceKind, *Lineage])
def test_every_act_quote_kind_of_source_and_lineage_has_its_row(value: str) -> None:
    assert f"\n| {value} |" in README


@pytest.mark.parametrize("kind", RegionKind)
def test_every_kind_of_region_is_named(kind: RegionKind) -> None:
    assert re.search(rf"^\|[^|]*\b{kind}\b", README, re.M)


def test_verbs_that_it_names_are_public() -> None:
    assert {name for name in re.findall(r"\bread_\w+", README) if name not in sourceline.__all__} == set()
