"""`sourceline doctor`: what is installed, and whether it is sound."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, dataclass

DESCRIPTION = "Says what is installed and which model is there, and checks the model's files against their digests."

_MINIMUM = (3, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `sound` is None for something optional that is not there."""

    name: str
    found: str
    sound: bool | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace) -> int:
    findings = [_python(), *_packages(), _model()]
    sound = all(finding.sound is not False for finding in findings)
    if arguments.json:
        from sourceline.show.json import encode_json

        record = {"format": 1, "sound": sound, "findings": [asdict(finding) for finding in findings]}
        print(encode_json(record, indent=2).decode())
    else:
        _print(findings)
    return 0 if sound else 1


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(name="python", found=version, sound=sys.version_info[:2] >= _MINIMUM)


def _packages() -> list[Finding]:
    """sourceline and what it requires: what the core needs must be there, extras may be."""
    import re
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        findings = [Finding(name="sourceline", found=version("sourceline"), sound=True)]
        wanted = requires("sourceline") or []
    except PackageNotFoundError:
        return [Finding(name="sourceline", found="not installed: pip install sourceline", sound=False)]
    for requirement in wanted:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)", requirement)
        if extra and extra[1] != "train":
            continue
        try:
            findings.append(Finding(name=name, found=version(name), sound=True))
        except PackageNotFoundError:
            missing = f"not installed (only for extra “{extra[1]}”)" if extra else "not installed: reinstall sourceline"
            findings.append(Finding(name=name, found=missing, sound=None if extra else False))
    return findings


def _model() -> Finding:
    from sourceline.errors import ArtefactError
    from sourceline.neural.artefact import load_artefact

    try:
        artefact = load_artefact()
        artefact.check()
    except ArtefactError as error:
        return Finding(name="model", found=str(error), sound=False)
    return Finding(name="model", found=f"{artefact.name} {artefact.version}, digests agree", sound=True)


def _print(findings: list[Finding]) -> None:
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = {True: "ok", False: "NO", None: "-"}[finding.sound]
        print(f"{mark:<3} {finding.name:<{width}}  {finding.found}")
