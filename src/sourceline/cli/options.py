"""Options that several commands share."""

from __future__ import annotations

import argparse
import os
import sys

TYPE_CHECKING = False  # start-up: typing is not loaded for its names
if TYPE_CHECKING:
    from sourceline.ledger.ledger import Ledger
    from sourceline.settings import Settings

_MOST_ROWS = 10**9
LEDGER = "SOURCELINE_LEDGER"
"""The environment's name for the ledger where none is named on the command line."""


def add_color(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour in the terminal's view (auto)"
    )


def add_ledger(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--ledger", metavar="FILE", help=f"the ledger ({LEDGER} in the environment, else news.db in this folder)"
    )


def add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def add_limit(parser: argparse._ActionsContainer, default: int = 20) -> None:
    parser.add_argument(
        "--limit", type=_count, default=default, metavar="N", help=f"show at most so many ({default}); 0 shows all"
    )


def add_all_versions(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--all-versions", action="store_true", help="count and show every version of an article, not the latest alone"
    )


def open_named(arguments: argparse.Namespace, *, create: bool = False, settings: Settings | None = None) -> Ledger:
    """The ledger that the command line, or the environment, names. Raises NotFound where there is none."""
    from sourceline.ledger import ledger

    path = arguments.ledger or os.environ.get(LEDGER) or ledger.DEFAULT
    return ledger.open(path, create=create, settings=settings, tell_wait=lambda seconds: _say_waiting(path, seconds))


def _say_waiting(path: str, seconds: float) -> None:
    from sourceline.collect.names import shown

    said = f"another program is writing to {shown(path)}: waiting for it, {max(1, round(seconds))} s at most"
    print(said, file=sys.stderr, flush=True)


def _count(given: str) -> int:
    try:
        number = int(given)
    except ValueError:
        number = -1
    if not 0 <= number <= _MOST_ROWS:
        raise argparse.ArgumentTypeError(f"{given!r} is no number of rows: give 0 (all) or more")
    return number
