"""`sourceline verify`: whether the ledger is as it was written."""

from __future__ import annotations

import argparse
import sys

from sourceline.cli.options import add_color, add_json, add_ledger, open_named

DESCRIPTION = """\
Hashes everything that is kept again, and names what differs: raw bytes, texts, the words of attributions, the store.
Exit code 1 where anything does.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_ledger(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.console import progress_bar
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.records import fault_object
    from sourceline.show.terminal.found import fault_lines

    checked = 0
    with open_named(arguments) as ledger, progress_bar("captures") as progress:
        task = progress.add_task("verifying", total=None, said="") if progress else None

        def count() -> None:
            nonlocal checked
            checked += 1
            if progress is not None and task is not None:
                progress.advance(task)

        faults = ledger.verify(count)
        if arguments.json:
            return 1 if write_objects(map(fault_object, faults)) else 0
        listing = Listing(arguments.color)
        found = listing.write_each(faults, lambda fault: fault_lines(fault, listing.signs))
    if found:
        print(f"{found:,} of {checked:,} captures and texts differ: restore them from a copy", file=sys.stderr)
        return 1
    listing.write(f"sound: {checked:,} captures hashed again, nothing differs")
    return 0
