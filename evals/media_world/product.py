"""sourceline itself on a world: the documents into a fresh ledger, the ledger's export out."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import sourceline
from evals.media_world.gold import make_documents
from evals.media_world.world import World


def export_ledger(world: World) -> dict[str, Any]:
    """What `sourceline export json` gives for the world's documents."""
    with tempfile.TemporaryDirectory() as folder:
        lines = (json.dumps(document, ensure_ascii=False) for document in make_documents(world))
        documents = Path(folder) / "documents.jsonl"
        documents.write_text("\n".join(lines) + "\n", "utf-8")
        exported = Path(folder) / "export.json"
        with sourceline.open(Path(folder) / "world.db") as ledger:
            ledger.add(documents)
            with exported.open("wb") as out:
                ledger.export("json", out)
        found: dict[str, Any] = json.loads(exported.read_text("utf-8"))
        return found
