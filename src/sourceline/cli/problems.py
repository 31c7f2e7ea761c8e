"""`sourceline problems`: what could not be read, and why."""

from __future__ import annotations

import argparse

from sourceline.cli.options import add_color, add_json, add_ledger, open_named

DESCRIPTION = "Lists the inputs that could not be added, with the reasons. One that is added later leaves the list."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_ledger(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.records import problem_object
    from sourceline.show.terminal.found import problem_table

    with open_named(arguments) as ledger:
        if arguments.json:
            write_objects(problem_object(problem, at.isoformat()) for problem, at in ledger.problems())
            return 0
        listing = Listing(arguments.color)
        problems = list(ledger.problems())
        if problems:
            listing.write(problem_table(problems))
        else:
            listing.hint("No problems")
    return 0
