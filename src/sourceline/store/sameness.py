"""What makes two texts one version, and which of two readings of it is kept: rules that no order of writing changes."""

from __future__ import annotations

import hashlib
import re

from sourceline.model.ids import content_id
from sourceline.model.reading import ModelVersion
from sourceline.model.text import Document

_DIGITS = re.compile(r"([0-9]+)")


def text_sha256(text: str) -> str:
    """Of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def version_id(key: str, document: Document) -> str:
    """Content id of the document's key, its text and what is stated about it: outlet, title, byline, date of
    publication. Its address and its unknown fields are none of it: they change without an edit."""
    stated = (document.outlet, document.outlet_kind, document.title, document.byline, document.published)
    return content_id("version", key, text_sha256(document.text), *("" if s is None else f"={s}" for s in stated))


def model_label(model: ModelVersion) -> str:
    return f"{model.name}/{model.version}"


def model_rank(label: str) -> tuple[object, ...]:
    """Sorts models from the earliest version to the latest ("9" before "10"), then by name."""
    name, _, version = label.rpartition("/")
    parts = _DIGITS.split(version)
    return tuple((p.isdigit(), int(p[:18]) if p.isdigit() else 0, p) for p in parts), name
