"""`sourceline remove`: a text taken down."""

from __future__ import annotations

import argparse

from sourceline.cli.options import add_json, add_ledger, open_named

DESCRIPTION = """\
Takes a document down, as for a legal request: text, bytes and all that was read in it are gone; its hashes, the reason
and the name of who did it stay. It does not come back when it is added again. Nothing takes a removal back: where it
was a mistake, the text can be added to another ledger.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="its id, key or web address, or the id of one version")
    parser.add_argument("--by", metavar="NAME", required=True, help="who takes it down")
    parser.add_argument("--reason", metavar="WORDS", required=True, help="why; this stays")
    add_ledger(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import write_objects
    from sourceline.show.records import version_object
    from sourceline.show.safe import visible_in_terminal
    from sourceline.show.terminal.versions import removal_sentence

    with open_named(arguments) as ledger:
        before = {version.id for version in ledger.removed(arguments.document)}
        removed = ledger.remove(arguments.document, by=arguments.by, reason=arguments.reason)
        if arguments.json:
            write_objects(map(version_object, removed))
            return 0
    for version in removed:
        told = f"{visible_in_terminal(version.name)}, version {version.number}, sha256 {version.sha256}"
        if version.id in before and version.removal is not None:
            print(f"removed before: {told}: {visible_in_terminal(removal_sentence(version.removal))}")
        else:
            print(f"removed: {told}")
    return 0
