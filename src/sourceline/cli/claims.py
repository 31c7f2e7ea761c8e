"""`sourceline claims`: what is claimed, in how many articles, and how many sources that is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sourceline.cli.options import add_color, add_json, add_ledger, add_limit, open_named
from sourceline.errors import UsageError

if TYPE_CHECKING:
    from sourceline.ledger.ledger import Ledger

DESCRIPTION = """\
Lists claims, those in most articles first: how many independent sources each has, in how many articles and outlets it
stands, and what is to be known before it is repeated.

  sourceline claims
  sourceline claims '"declared sites"' --min-outlets 3
  sourceline claims reservoir --json

Origins are given as best, low-high: a filled bar is shown to be independent, an open one is possible. A claim that many
articles carry and one source makes looks thin. sourceline trace ID shows where one comes from.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", metavar="QUERY", help="words of the claim, as sourceline search takes them")
    add_ledger(parser)
    parser.add_argument(
        "--min-outlets", type=int, default=0, metavar="N", help="only claims that so many outlets carry, or more"
    )
    add_limit(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, limited, write_objects
    from sourceline.show.terminal.claims import claim_table
    from sourceline.show.traces import claim_object

    if arguments.min_outlets < 0:
        raise UsageError(f"--min-outlets takes a number of outlets, not {arguments.min_outlets}")
    with open_named(arguments) as ledger:
        bring_up_to_date(ledger)
        found = limited(ledger.claims(arguments.query, min_outlets=arguments.min_outlets), arguments.limit)
        if arguments.json:
            write_objects(map(claim_object, found))
            return 0
        listing = Listing(arguments.color)
        summaries = list(found)
        if not summaries:
            listing.hint(
                "No claim found" + (": sourceline search looks in all that was said" if arguments.query else "")
            )
            return 0
        listing.write(claim_table(summaries, listing.console.width, listing.signs))
        if arguments.limit and len(summaries) == arguments.limit:
            listing.hint(f"the first {arguments.limit}: --limit 0 shows all")
    return 0


def bring_up_to_date(ledger: Ledger) -> None:
    """Matches what is not matched yet, with a bar where somebody looks."""
    from sourceline.cli.console import progress_bar

    with progress_bar("documents", timed=True) as progress:
        if progress is None:
            ledger.match()
            return
        task = progress.add_task("matching", total=None, said="", visible=False)
        ledger.match(
            lambda done, left: progress.update(
                task, completed=done, total=done + left, visible=bool(left or done > 200)
            )
        )
