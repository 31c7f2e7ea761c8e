"""How the pages are served: one frozen value, passed in."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from sourceline.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """What `sourceline serve` was told. Sizes are in bytes."""

    ledger: str
    """The ledger's file."""
    host: str = "127.0.0.1"
    port: int = 8417
    token: str | None = None
    """What a visitor has to know; None: whoever reaches the address may read and write."""
    settings: Settings = field(default_factory=Settings)
    max_upload: int = 64 * 1024 * 1024
    """Of one form with all its files."""
    max_files: int = 200
    """Of one upload."""
    max_text: int = 8 * 1024 * 1024
    """Of one field that is no file."""


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach the address."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
