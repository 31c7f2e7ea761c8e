"""The public names, frozen: a change here is a change that users see."""

from __future__ import annotations

import inspect
import subprocess
import sys

import sourceline


def test_the_names() -> None:
    assert sorted(sourceline.__all__) == [
        "Act",
        "Assertion",
        "Attribution",
        "ClaimSummary",
        "Date",
        "Document",
        "Edge",
        "Finding",
        "Interval",
        "Judgement",
        "Ledger",
        "Lineage",
        "LintFinding",
        "ModelVersion",
        "Origin",
        "Place",
        "PlaceUse",
        "Quantity",
        "Query",
        "Quotation",
        "Reading",
        "Region",
        "RegionKind",
        "Source",
        "SourceKind",
        "SourceSummary",
        "SourcelineError",
        "Span",
        "Trace",
        "Verdict",
        "Version",
        "__version__",
        "open",
        "read_file",
        "read_text",
        "read_url",
    ]


def test_each_name_is_there_and_said_to_be() -> None:
    for name in sourceline.__all__:
        assert getattr(sourceline, name) is not None
    assert set(dir(sourceline)) == set(sourceline.__all__)
    assert not hasattr(sourceline, "read_nothing")


def test_the_verbs_take_what_they_took() -> None:
    assert list(inspect.signature(sourceline.read_text).parameters) == [
        "text",
        "published",
        "outlet",
        "title",
        "url",
        "clean",
    ]
    assert list(inspect.signature(sourceline.read_file).parameters) == ["path", "published", "outlet", "clean"]
    assert list(inspect.signature(sourceline.read_url).parameters) == [
        "url",
        "published",
        "outlet",
        "clean",
        "allow_private",
    ]


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys, sourceline; print(*(name for name in sys.modules if name.startswith('sourceline')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == ["sourceline"]


def test_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert sourceline.__version__ == version("sourceline")
