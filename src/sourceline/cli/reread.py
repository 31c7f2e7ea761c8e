"""`sourceline reread`: the ledger brought to today's model."""

from __future__ import annotations

import argparse
import sys

from sourceline.cli.options import add_color, add_json, add_ledger, open_named

DESCRIPTION = """\
Reads again every text that an earlier model read, and says what changed. Judgements stay, and so does what a later
model read; it can be cut short and goes on where it stopped.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_ledger(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.console import progress_bar
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.ledger.changes import Difference
    from sourceline.show.records import difference_object
    from sourceline.show.terminal.versions import difference_lines

    read = changed = 0
    listing = Listing(arguments.color)
    with open_named(arguments) as ledger, progress_bar("texts") as progress:
        task = progress.add_task("reading", total=None, said="") if progress else None

        def tell(difference: Difference) -> None:
            nonlocal read, changed
            read += 1
            changed += bool(difference.changes)
            if progress is not None and task is not None:
                progress.advance(task)
            if arguments.json:
                write_objects([difference_object(difference)])
            elif difference.changes:
                listing.write(*difference_lines(difference, listing.signs), "")

        number = ledger.reread(tell)
    if not arguments.json:
        said = f"{read:,} {'text' if read == 1 else 'texts'} read again, {changed:,} changed"
        listing.hint(said if number else "every text was read with this model or a later one already")
    if number > read:
        print(f"{number - read:,} could not be read: sourceline problems lists them", file=sys.stderr)
    return 0
