"""`sourceline trace`: where a claim comes from, who relayed it, who disputes it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, time, timedelta

from sourceline.cli.options import add_color, add_json, add_ledger, open_named
from sourceline.errors import UsageError

DESCRIPTION = """\
Traces a claim back: how many independent sources it has, who they are and who relayed them, who denies it, how its
figures moved, and why the numbers are what they are. ID is that of a claim, a mention or an attribution.

  sourceline trace 5d2c9e1f0a7b3344
  sourceline trace 5d2c9e1f0a7b3344 --without 'Continental Wire Service' --without Ruiz
  sourceline trace 5d2c9e1f0a7b3344 --as-of 2031-02-24
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="of a claim, or of any mention or attribution in it")
    add_ledger(parser)
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="NAME",
        help="as if this source or outlet had said nothing; may be repeated",
    )
    parser.add_argument("--as-of", metavar="DATE", help="only what was published by the end of this day, or this time")
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.claims import bring_up_to_date
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.terminal.trace import trace_lines
    from sourceline.show.traces import trace_object

    moment = None if arguments.as_of is None else _moment(arguments.as_of)
    with open_named(arguments) as ledger:
        bring_up_to_date(ledger)
        trace = ledger.trace(arguments.id, without=arguments.without, as_of=moment)
        if arguments.json:
            numbers = {version.id: version.number for version in ledger.versions()}
            write_objects([trace_object(trace, numbers)])
            return 0
        listing = Listing(arguments.color)
        if not trace.mentions:
            listing.hint("Nothing is left of the claim: no other article had it by then")
            return 0
        listing.write(*trace_lines(trace, listing.signs))
    return 0


def _moment(given: str) -> datetime:
    """The time, or the end of the day, month or year. Raises UsageError for what is no date."""
    from sourceline.store.days import days_of

    try:
        if "T" in given or ":" in given:
            moment = datetime.fromisoformat(given)
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except ValueError:
        pass
    days = days_of(given)
    if days is None or "T" in given:
        raise UsageError(f"--as-of takes a date such as 2031-03-06, or a time such as 2031-03-06T09:15, not {given!r}")
    return datetime.combine(days[1], time(), UTC) + timedelta(days=1) - timedelta(microseconds=1)
