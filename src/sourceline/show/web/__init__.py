"""The web pages of a ledger. `create_app` makes them; `sourceline serve` puts them on an address."""

from sourceline.show.web.app import create_app
from sourceline.show.web.options import WebOptions

__all__ = ["WebOptions", "create_app"]
