"""Ids are content hashes: the same input has the same id everywhere."""

from __future__ import annotations

import hashlib


def content_id(*parts: object) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the parts."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
