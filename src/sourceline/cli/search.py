"""`sourceline search`: attributions and passages found again."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from sourceline.cli.options import add_all_versions, add_color, add_json, add_ledger, add_limit, open_named
from sourceline.errors import UsageError

if TYPE_CHECKING:
    from sourceline.ledger.ledger import Ledger
    from sourceline.model.query import Query
    from sourceline.model.speech import Act

DESCRIPTION = """\
Finds who said what in a ledger, the latest published first. Of an article that was edited only the latest version is
searched, unless --all-versions is given.

  sourceline search denied
  sourceline search '"declared sites" -harbour' --act deny,accuse
  sourceline search --source Ruiz --since 2031-03-01 --outlet 'Harbor Ledger'
  sourceline search reservoir --texts
  sourceline search -depot --source Ruiz

More than one word stands in quotes. They all have to occur, in source, cue or content; case and accents do not count.
  "two words"   next to each other in this order
  a OR b        one of them
  -word         not this one (also: NOT word); alone: everything else
  reserv*       words that begin so
"""

WORDS = True
"""A query may begin with a dash."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", metavar="QUERY", help="the words to find; everything, if left out")
    add_ledger(parser)
    parser.add_argument("--source", metavar="NAME", help="only what this speaker says (words of the name, or an id)")
    parser.add_argument("--unnamed", action="store_true", help="only what speakers without a name say")
    parser.add_argument("--outlet", metavar="NAME", help="only from this outlet")
    parser.add_argument("--act", metavar="ACT,...", help="only these acts, such as deny,decline")
    parser.add_argument("--since", metavar="DATE", help="published on this day or later (2031-03-06)")
    parser.add_argument("--until", metavar="DATE", help="published on this day or earlier")
    parser.add_argument(
        "--texts", action="store_true", help="search whole texts, also what nobody is quoted for, one place in each"
    )
    add_all_versions(parser)
    add_limit(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.texts:
        return _search_texts(arguments)
    from sourceline.cli.listing import Listing, limited, write_objects
    from sourceline.show.records import finding_object
    from sourceline.show.terminal.found import finding_lines

    query = _query(arguments)
    with open_named(arguments) as ledger:
        if query.source is not None and (identity := ledger.identity_of(query.source)) is not None:
            query = replace(query, source=None, identity=identity)
        found = limited(ledger.find_all(query), arguments.limit)
        if arguments.json:
            write_objects(map(finding_object, found))
            return 0
        listing = Listing(arguments.color)
        shown = listing.write_each(found, lambda finding: finding_lines(finding, listing.signs))
        if words := _left(ledger, query, shown, arguments.limit):
            listing.hint(words)
    return 0


def parse_acts(given: str | None) -> tuple[Act, ...]:
    """The acts of a list with commas. Raises UsageError for what is none."""
    from sourceline.model.speech import Act

    if not given:
        return ()
    names = [name.strip() for name in given.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Act)]
    if unknown or not names:
        raise UsageError(f"--act takes acts with commas between them, not {given!r}: {', '.join(Act)}")
    return tuple(Act(name) for name in names)


def _query(arguments: argparse.Namespace) -> Query:
    from sourceline.clean.published import normalise_date
    from sourceline.model.query import Query

    for name in ("since", "until"):
        given = getattr(arguments, name)
        if given is not None and normalise_date(given) is None:
            raise UsageError(f"--{name} takes a date such as 2031-03-06, not {given!r}")
    return Query(
        text=arguments.query,
        source=arguments.source,
        named=False if arguments.unnamed else None,
        outlet=arguments.outlet,
        acts=parse_acts(arguments.act),
        since=arguments.since,
        until=arguments.until,
        all_versions=arguments.all_versions,
    )


def _left(ledger: Ledger, query: Query, shown: int, limit: int) -> str:
    """What was not shown, and where else to look; nothing where all was shown."""
    if not shown:
        return "Nothing found" + (": --texts searches whole texts too" if query.text else "")
    if limit and shown == limit and (total := ledger.count(query)) > shown:
        return f"{shown} of {'more than ' if total >= 10_000 else ''}{total:,}: --limit 0 shows all"
    return ""


def _search_texts(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, limited, write_objects
    from sourceline.show.records import passage_object
    from sourceline.show.terminal.found import passage_lines

    given = [name for name in ("source", "outlet", "act", "since", "until", "unnamed") if getattr(arguments, name)]
    if given:
        raise UsageError(f"--texts and --{given[0]} do not go together: whole texts have no speaker or act")
    if not arguments.query:
        raise UsageError("--texts needs words to find")
    with open_named(arguments) as ledger:
        found = limited(ledger.passages(arguments.query, all_versions=arguments.all_versions), arguments.limit)
        if arguments.json:
            write_objects(map(passage_object, found))
            return 0
        listing = Listing(arguments.color)
        if not listing.write_each(found, lambda passage: passage_lines(passage, listing.signs)):
            listing.hint("Nothing found.")
    return 0
