"""The shipped weights: found inside the package, and refused when they differ from their digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sourceline.errors import ArtefactError

FOLDER = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """The model's files by name, their version, and the decoding figures fixed at training."""

    folder: Path
    name: str
    version: str
    digests: dict[str, str]
    parameters: dict[str, Any]

    def read(self, file: str) -> bytes:
        """The bytes of one file. Raises ArtefactError where it is missing or its SHA-256 differs."""
        try:
            raw = (self.folder / file).read_bytes()
        except OSError as failure:
            raise ArtefactError(f"the model's file {file} is missing: reinstall sourceline") from failure
        if hashlib.sha256(raw).hexdigest() != self.digests[file]:
            raise ArtefactError(f"the model's file {file} differs from its digest: reinstall sourceline")
        return raw

    def check(self) -> None:
        """Reads every file once; raises ArtefactError at the first that is missing or differs."""
        for file in self.digests:
            self.read(file)


def load_artefact(folder: Path = FOLDER) -> Artefact:
    """The manifest of the weights in `folder`. Raises ArtefactError where there is none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Artefact(
            folder=folder,
            name=manifest["name"],
            version=manifest["version"],
            digests=manifest["sha256"],
            parameters=manifest["parameters"],
        )
    except (OSError, ValueError, KeyError) as failure:
        raise ArtefactError(f"no usable model in {folder}: reinstall sourceline") from failure
