"""`sourceline judge`: a person's word on who is who, and on what is the same claim."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sourceline.cli.options import add_color, add_json, add_ledger, open_named
from sourceline.errors import UsageError

if TYPE_CHECKING:
    from sourceline.ledger.ledger import Ledger
    from sourceline.model.identity import JudgementConflict
    from sourceline.model.judgement import Judgement

DESCRIPTION = """\
Decides that two sources are the same or different, or that two mentions put the same claim or don't. It outranks the
machine, survives a new reading and can be undone.

  sourceline judge same 'Ana Ruiz' 'A. Ruiz' --by Kim
  sourceline judge different 1f3a... 77b0... --by Kim --note 'two ministers of one name'
  sourceline judge undo 5d2c... --by Kim
  sourceline judge list

A name means all who are called that. Two that the machine took for one are told apart by the ids of their profiles,
which `sourceline sources NAME` lists. Mentions go by their ids, which `sourceline trace ID --json` lists.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verdict", choices=("same", "different", "undo", "list"))
    parser.add_argument(
        "what", nargs="*", metavar="A B", help="two sources, by name or id; two mentions, by id; or a judgement to undo"
    )
    parser.add_argument("--by", metavar="NAME", help="whose judgement it is")
    parser.add_argument("--note", metavar="WORDS", help="why")
    add_ledger(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, write_objects
    from sourceline.show.records import judgement_object
    from sourceline.show.terminal.found import judgement_lines

    wanted = {"same": 2, "different": 2, "undo": 1, "list": 0}[arguments.verdict]
    if len(arguments.what) != wanted:
        raise UsageError(f"judge {arguments.verdict} takes {wanted or 'no'} name{'s' if wanted != 1 else ''} or ids")
    if wanted and not arguments.by:
        raise UsageError("a judgement needs its author: --by NAME")
    with open_named(arguments) as ledger:
        made = _made(ledger, arguments)
        conflicts = {conflict.judgement: conflict for conflict in ledger.conflicts()}
        if arguments.verdict != "list":
            made += _stopped(ledger, {judgement.id for judgement in made}, conflicts)
    shown = [(judgement, None if judgement.undone else conflicts.get(judgement.id)) for judgement in made]
    if arguments.json:
        write_objects(judgement_object(*item) for item in shown)
        return 0
    listing = Listing(arguments.color)
    if not listing.write_each(shown, lambda item: judgement_lines(*item, listing.signs)):
        listing.hint("No judgements yet")
    return 0


def _made(ledger: Ledger, arguments: argparse.Namespace) -> list[Judgement]:
    if arguments.verdict == "undo":
        ledger.undo(arguments.what[0], by=arguments.by)
        return [j for j in ledger.judgements() if j.id == arguments.what[0]]
    if arguments.verdict == "list":
        return list(ledger.judgements())
    return [ledger.judge(arguments.verdict, *arguments.what, by=arguments.by, note=arguments.note)]


def _stopped(ledger: Ledger, made: set[str], conflicts: Mapping[str, JudgementConflict]) -> list[Judgement]:
    """Earlier judgements that cannot be followed because of the one that was just made."""
    stopped = {id for id, conflict in conflicts.items() if id not in made and not made.isdisjoint(conflict.against)}
    return [j for j in ledger.judgements() if j.id in stopped and not j.undone] if stopped else []
