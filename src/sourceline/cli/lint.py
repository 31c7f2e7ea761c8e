"""`sourceline lint`: a draft held against a ledger."""

from __future__ import annotations

import argparse
from pathlib import Path

from sourceline.cli.options import add_color, add_json, add_ledger, open_named
from sourceline.errors import UsageError

DESCRIPTION = """\
Holds a draft against a ledger before it is published. Says what the draft rests on sources without a name only
(unnamed-only), who disputes it unsaid (disputed-unsaid), what is old news told as new (recycled-as-new), where articles
have another figure (figure-differs), what is copied without credit (copy-uncredited) and, with --min-origins, what has
fewer independent sources (origins). Each with the draft's words and the ledger's.

  sourceline lint draft.txt
  sourceline lint draft.html --ledger news.db --min-origins 2

The exit code is 1 if any rule speaks.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", metavar="DRAFT", help="a text, HTML, PDF or mail file, or - for standard input")
    add_ledger(parser)
    parser.add_argument("--min-origins", type=int, metavar="N", help="how many independent sources a claim should have")
    parser.add_argument("--published", metavar="DATE", help="when it is to be published, if it does not say (today)")
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.clean.published import normalise_date
    from sourceline.cli.claims import bring_up_to_date
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.terminal.lint import lint_lines
    from sourceline.show.traces import lint_object

    if arguments.min_origins is not None and arguments.min_origins < 1:
        raise UsageError(f"--min-origins takes a number above 0, not {arguments.min_origins}")
    if arguments.published is not None and normalise_date(arguments.published) is None:
        raise UsageError(f"--published takes a date such as 2031-03-06, not {arguments.published!r}")
    with open_named(arguments) as ledger:
        bring_up_to_date(ledger)
        draft = Path(arguments.draft)
        found = ledger.lint(draft, min_origins=arguments.min_origins, published=arguments.published)
        if arguments.json:
            return 1 if write_objects(map(lint_object, found)) else 0
        listing = Listing(arguments.color)
        if listing.write_each(found, lambda finding: lint_lines(finding, listing.signs)):
            return 1
        listing.hint("The ledger has nothing to say about it.")
    return 0
