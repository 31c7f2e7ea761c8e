"""`sourceline sources`: who speaks, across documents."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sourceline.cli.options import add_all_versions, add_color, add_json, add_ledger, add_limit, open_named
from sourceline.cli.search import parse_acts
from sourceline.errors import NotFound, UsageError

if TYPE_CHECKING:
    from sourceline.ledger.ledger import Ledger
    from sourceline.model.identity import Proposal
    from sourceline.model.query import SourceSummary

DESCRIPTION = """\
Lists the sources of a ledger, or shows one's dossier: what it asserted, denied, declined, through whom, when. Of an
article that was edited only the latest version counts, unless --all-versions is given.

  sourceline sources                      who speaks most
  sourceline sources Ruiz                 one source: its dossier; several: the list
  sourceline sources --act decline,deny   who denied, or would not say
  sourceline sources --unnamed            sources without a name, with the reasons given
  sourceline sources --proposals          sources that may be one: sourceline judge decides
"""

WORDS = True
"""A query may begin with a dash."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", metavar="QUERY", help="words of the name, or the id of a source")
    add_ledger(parser)
    parser.add_argument("--act", metavar="ACT,...", help="only those who did one of these acts")
    parser.add_argument("--unnamed", action="store_true", help="sources without a name, and why they have none")
    parser.add_argument("--proposals", action="store_true", help="pairs that may be one source, with reasons")
    add_all_versions(parser)
    add_limit(parser)
    add_json(parser)
    add_color(parser)


def run(arguments: argparse.Namespace) -> int:
    given = [name for name in ("query", "act", "unnamed", "proposals") if getattr(arguments, name)]
    if ("unnamed" in given or "proposals" in given) and len(given) > 1:
        raise UsageError(f"--{given[-1]} stands alone: leave the rest out")
    with open_named(arguments) as ledger:
        if arguments.unnamed:
            return _show_unnamed(ledger, arguments)
        if arguments.proposals:
            return _show_proposals(ledger, arguments)
        return _show_sources(ledger, arguments)


def _show_sources(ledger: Ledger, arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, limited, write_objects
    from sourceline.show.records import summary_object
    from sourceline.show.terminal.found import source_table

    acts = parse_acts(arguments.act)
    one = _only(ledger, arguments.query, all_versions=arguments.all_versions)
    if one is not None:
        return _show_dossier(ledger, one, arguments)
    listed = ledger.sources(arguments.query, acts=acts, all_versions=arguments.all_versions)
    found = limited(listed, arguments.limit)
    if arguments.json:
        write_objects(map(summary_object, found))
        return 0
    listing = Listing(arguments.color)
    summaries = list(found)
    if not summaries:
        listing.hint("No source found")
        return 0
    listing.write(source_table(summaries, listing.signs))
    if arguments.limit and len(summaries) == arguments.limit:
        listing.hint(f"the first {arguments.limit}: --limit 0 shows all")
    return 0


def _only(ledger: Ledger, query: str | None, *, all_versions: bool) -> SourceSummary | None:
    """The one source that is meant, None where the query means several or none."""
    if query is None:
        return None
    try:
        return ledger.source(query, all_versions=all_versions)
    except NotFound:
        return None


def _show_dossier(ledger: Ledger, summary: SourceSummary, arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, limited, write_objects
    from sourceline.model.query import Query
    from sourceline.show.records import finding_object, profile_object, summary_object
    from sourceline.show.terminal.found import dossier_head, finding_lines, profile_lines

    acts = parse_acts(arguments.act)
    query = Query(identity=summary.identity, acts=acts, all_versions=arguments.all_versions)
    found = limited(ledger.find_all(query), arguments.limit)
    profiles, reasons = ledger.profiles(summary.identity)
    if arguments.json:
        made_of = {"profiles": [profile_object(p) for p in profiles], "reasons": list(reasons)}
        write_objects([{**summary_object(summary), **made_of, "attributions": [finding_object(f) for f in found]}])
        return 0
    listing = Listing(arguments.color)
    listing.write(*dossier_head(summary, listing.signs), *profile_lines(profiles, reasons, listing.signs), "")
    shown = listing.write_each(found, lambda finding: finding_lines(finding, listing.signs))
    if arguments.limit and shown == arguments.limit and (total := ledger.count(query)) > shown:
        listing.hint(f"the latest {shown} of {total:,}: --limit 0 shows all")
    return 0


def _show_unnamed(ledger: Ledger, arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, limited, write_objects
    from sourceline.show.records import unnamed_object
    from sourceline.show.terminal.found import unnamed_lines

    found = limited(ledger.unnamed(all_versions=arguments.all_versions), arguments.limit)
    if arguments.json:
        write_objects(unnamed_object(*item) for item in found)
        return 0
    listing = Listing(arguments.color)
    shown = listing.write_each(found, lambda item: unnamed_lines(*item, listing.signs))
    if not shown:
        listing.hint("No source without a name")
    elif arguments.limit and shown == arguments.limit:
        listing.hint(f"the latest {shown}: --limit 0 shows all")
    return 0


def _show_proposals(ledger: Ledger, arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import Listing, limited, write_objects
    from sourceline.show.records import proposal_object
    from sourceline.show.terminal.found import proposal_lines

    found = limited(_with_names(ledger), arguments.limit)
    if arguments.json:
        write_objects(proposal_object(*item) for item in found)
        return 0
    listing = Listing(arguments.color)
    if listing.write_each(found, lambda item: proposal_lines(*item)):
        listing.hint("decide with: sourceline judge same|different A B --by NAME")
    else:
        listing.hint("Nothing to decide")
    return 0


def _with_names(ledger: Ledger) -> Iterator[tuple[Proposal, tuple[str, str]]]:
    for proposal in ledger.proposals():
        first, second = (ledger.source(id, all_versions=True).name for id in (proposal.first, proposal.second))
        yield proposal, (first, second)
