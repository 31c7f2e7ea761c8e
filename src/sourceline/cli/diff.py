"""`sourceline diff`: which attributions came, went or changed between versions."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sourceline.cli.options import add_color, add_json, add_ledger, open_named

if TYPE_CHECKING:
    from sourceline.ledger.ledger import Ledger

DESCRIPTION = (
    "Shows what changed each time that a document had another text than before: silent edits, seen through what was "
    "said. Below it stands when each version was there."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="its id, key or web address")
    parser.add_argument(
        "--sightings", action="store_true", help="list each time that a version was there instead, and what showed it"
    )
    add_ledger(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.records import difference_object
    from sourceline.show.terminal.versions import difference_lines, stay_lines

    with open_named(arguments) as ledger:
        if arguments.sightings:
            return _list_sightings(ledger, arguments)
        differences = ledger.difference(arguments.document)
        if arguments.json:
            write_objects(map(difference_object, differences))
            return 0
        listing = Listing(arguments.color)
        if not listing.write_each(differences, lambda difference: difference_lines(difference, listing.signs)):
            listing.hint("There is one version only: nothing to compare")
        listing.write(*stay_lines(ledger.sightings(arguments.document)))
    return 0


def _list_sightings(ledger: Ledger, arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.records import sighting_object
    from sourceline.show.terminal.versions import sighting_lines

    seen = [
        (sighting, version) for version, sightings in ledger.sightings(arguments.document) for sighting in sightings
    ]
    seen.sort(key=lambda item: (item[0].at, item[1].number))
    if arguments.json:
        write_objects(sighting_object(*item) for item in seen)
        return 0
    Listing(arguments.color).write(*sighting_lines(seen))
    return 0
