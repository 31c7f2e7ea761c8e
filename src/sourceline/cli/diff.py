"""`sourceline diff`: which attributions came, went or changed between versions."""

from __future__ import annotations

import argparse

from sourceline.cli.options import add_color, add_json, add_ledger, open_named

DESCRIPTION = (
    "Shows what changed from each version of a document to the next: silent edits, seen through what was said."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="its id, key or web address")
    add_ledger(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.records import difference_object
    from sourceline.show.terminal.found import difference_lines

    with open_named(arguments) as ledger:
        differences = ledger.difference(arguments.document)
        if arguments.json:
            write_objects(map(difference_object, differences))
            return 0
        listing = Listing(arguments.color)
        if not listing.write_each(differences, lambda difference: difference_lines(difference, listing.signs)):
            listing.hint("There is one version only: nothing to compare")
    return 0
