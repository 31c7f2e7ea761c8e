from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sourceline.errors import ArtefactError
from sourceline.neural.artefact import FOLDER, load_artefact


def test_the_shipped_files_match_their_digests_and_stay_small() -> None:
    artefact = load_artefact()
    artefact.check()
    assert sum((FOLDER / file).stat().st_size for file in artefact.digests) < 40_000_000


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "weights"
    shutil.copytree(FOLDER, copy)
    with (copy / "linker.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ArtefactError, match=r"linker\.onnx differs from its digest"):
        load_artefact(copy).check()


def test_a_missing_file_or_manifest_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="reinstall"):
        load_artefact(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"name": "x"}))
    with pytest.raises(ArtefactError, match="reinstall"):
        load_artefact(tmp_path)
