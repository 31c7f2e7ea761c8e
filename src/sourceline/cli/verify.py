"""`sourceline verify`: whether the ledger is as it was written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sourceline.cli.options import add_color, add_json, add_ledger, open_named
from sourceline.collect.names import shown
from sourceline.errors import MissingInput
from sourceline.settings import Settings

if TYPE_CHECKING:
    from sourceline.model.evidence import Stamp

DESCRIPTION = """\
Hashes everything that is kept again, and names what differs: raw bytes, texts, the words of attributions, the store.
Exit code 1 where anything does.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stamp", metavar="URL", help="if all is sound, have this authority (RFC 3161) stamp that it was there today"
    )
    parser.add_argument("--roots", metavar="FILE", help="an authority's root certificates (PEM): check its signatures")
    parser.add_argument(
        "--allow-private", action="store_true", help="an authority may be at a private or local address"
    )
    add_ledger(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.console import progress_bar
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.records import fault_object
    from sourceline.show.terminal.found import fault_lines

    roots = _read(arguments.roots) if arguments.roots else None
    settings = Settings(allow_private=arguments.allow_private)
    checked = 0
    with open_named(arguments, settings=settings) as ledger, progress_bar("captures") as progress:
        task = progress.add_task("verifying", total=None, said="") if progress else None

        def count() -> None:
            nonlocal checked
            checked += 1
            if progress is not None and task is not None:
                progress.advance(task)

        faults = ledger.verify(count, roots=roots)
        listing = Listing(arguments.color)
        if arguments.json:
            found = write_objects(map(fault_object, faults))
        else:
            found = listing.write_each(faults, lambda fault: fault_lines(fault, listing.signs))
        stamp = ledger.stamp(arguments.stamp) if arguments.stamp and not found else None
    if found:
        faulty = f"{found:,} {'fault' if found == 1 else 'faults'} in {checked:,} captures"
        print(f"{faulty}: restore what differs from a copy", file=sys.stderr)
        return 1
    if not arguments.json:
        listing.write(f"sound: {checked:,} captures hashed again, nothing differs")
        if arguments.stamp:
            listing.write(_stamped(stamp))
    return 0


def _stamped(stamp: Stamp | None) -> str:
    if stamp is None:
        return "stamped already: nothing was added since"
    return f"stamped: {len(stamp.hashes):,} captures were there on {stamp.at:%Y-%m-%d %H:%M:%S} UTC"


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as failure:
        raise MissingInput(f"{shown(name)} cannot be read: {failure.strerror}") from failure
