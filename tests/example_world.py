"""The example world, read from its files: documents, gold and the tables of its description."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sourceline.clean.document import clean_page
from sourceline.collect.files import read_source
from sourceline.collect.records import parse_record
from sourceline.model.record import Record
from sourceline.model.text import Document
from sourceline.settings import Settings

ROOT = Path(__file__).parents[1]
WORLD = ROOT / "examples" / "world"
TRUTH = ROOT / "evals" / "cases" / "world"
"""What only the author knows, and the feed, which is not to be added with the articles."""
GOLD: dict[str, Any] = json.loads((TRUTH / "gold.json").read_text(encoding="utf-8"))
CLAIMS: dict[str, dict[str, Any]] = {claim["id"]: claim for claim in GOLD["claims"]}
DOCUMENTS: dict[str, dict[str, Any]] = {document["id"]: document for document in GOLD["documents"]}
RECORDS: list[Record] = [
    parse_record(line, number)
    for number, line in enumerate((WORLD / "documents.jsonl").read_bytes().splitlines(), start=1)
]


@cache
def page(path: Path) -> Document:
    settings = Settings()
    return clean_page(read_source(str(path), settings), settings)


def newsletter(path: Path) -> str:
    body = email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_body(("plain",))
    assert body is not None
    content: str = body.get_content()
    return content


@cache
def texts() -> dict[str, str]:
    """The text of each document, in its latest version."""
    found = {record.id: record.text for record in RECORDS if record.id is not None}
    for path in (*WORLD.glob("pages/*.html"), *WORLD.glob("releases/*.txt")):
        assert path.stem not in found
        found[path.stem] = page(path).text
    for path in WORLD.glob("mail/*.eml"):
        assert path.stem not in found
        found[path.stem] = newsletter(path)
    return found


def table(heading: str) -> Iterator[list[str]]:
    """The rows of the table under a heading of the description."""
    readme = (ROOT / "docs" / "example-world.md").read_text(encoding="utf-8")
    lines = readme.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0].splitlines()
    for line in [line for line in lines if line.startswith("|")][2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


FEATURES: dict[str, list[str]] = {what: re.findall(r"`([^`]+)`", where) for what, where in table("What happens in it")}


def published(document: str) -> datetime:
    return datetime.fromisoformat(DOCUMENTS[document]["published"])
