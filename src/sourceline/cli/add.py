"""`sourceline add`: articles into a ledger."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourceline.cli.options import add_ledger, open_named
from sourceline.collect.names import one_line, shown
from sourceline.errors import AddressRefused, FetchError, MissingInput, NotFound, RobotsDenied, TryLater, UsageError
from sourceline.settings import Settings

if TYPE_CHECKING:
    from sourceline.ledger.adding import Event, Summary
    from sourceline.ledger.ledger import Ledger

DESCRIPTION = """\
Adds articles to a ledger: read once, kept with their evidence, found again.

  sourceline add articles/ crawl.warc.gz export.csv
  sourceline add https://outlet.example/feed.xml --ledger news.db
  cat documents.jsonl | sourceline add -

Takes files, folders, patterns ('articles/**/*.html'), standard input (-), web addresses, RSS and Atom feeds, sitemaps,
WARC and WACZ, PDF, EML and MHTML, JSONL, JSON, CSV, and ZIP of any of these. What is there already changes nothing;
a run that was cut short goes on where it stopped. What cannot be read is listed by sourceline problems.

A SOURCE that is not there, or an address that cannot be had, is told of, the others are added, and the exit code is 1,
also where all are missing. Single articles in a SOURCE that cannot be read are told of, too, and the exit code is 0.
"""

_ABSENT = frozenset(error.kind for error in (MissingInput, FetchError, AddressRefused, RobotsDenied, TryLater))
"""Kinds of problems that leave nothing of what was named."""
_SHOWN = 10
"""Problems told while it runs; sourceline problems has all of them."""
_WEB = {
    "max_pages": "pages taken from one feed or sitemap",
    "max_sitemaps": "sitemaps read for one index",
    "max_wait": "seconds to wait for one host at most",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE", help="files, folders, patterns, addresses, or -")
    add_ledger(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be added; read and keep nothing")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="which column of a table holds a field, such as text=body or published=date; may be repeated",
    )
    parser.add_argument("--no-clean", action="store_true", help="everything is body: look for no page furniture")
    parser.add_argument("--allow-private", action="store_true", help="also fetch from private and local addresses")
    web = parser.add_argument_group("on the web (robots.txt is asked, and each host is asked slowly)")
    defaults = Settings()
    for name, words in _WEB.items():
        given = getattr(defaults, name)
        option = f"--{name.replace('_', '-')}"
        web.add_argument(option, type=type(given), default=given, metavar="N", help=f"{words} ({given:g})")
    web.add_argument("--contact", default="", metavar="ADDRESS", help="yours, for the keepers of sites; sent along")
    parser.add_argument("--json", action="store_true", help="one JSON object for each input, and one for the whole")


def run(arguments: argparse.Namespace) -> int:
    settings = Settings(
        clean=not arguments.no_clean,
        allow_private=arguments.allow_private,
        contact=arguments.contact,
        **{name: _positive(name, getattr(arguments, name)) for name in _WEB},
    )
    columns = dict(_column(given) for given in arguments.column)
    with _ledger(arguments, settings) as ledger, _Teller(arguments) as tell:
        try:
            summary = ledger.add(*arguments.source, columns=columns or None, dry_run=arguments.dry_run, tell=tell)
        except KeyboardInterrupt:
            tell.interrupt()
            raise
    tell.finish(summary, dry_run=arguments.dry_run)
    return 1 if tell.absent or (summary.problems and not summary.outcomes) else 0


@contextmanager
def _ledger(arguments: argparse.Namespace, settings: Settings) -> Iterator[Ledger]:
    """The ledger to add to. For a look at what would be added an empty one will do, where there is none yet."""
    try:
        opened = open_named(arguments, create=not arguments.dry_run, settings=settings)
    except NotFound:
        with tempfile.TemporaryDirectory() as folder:
            arguments.ledger = str(Path(folder) / "none.db")
            with open_named(arguments, create=True, settings=settings) as empty:
                yield empty
        return
    with opened:
        yield opened


def _positive(name: str, given: float) -> Any:
    """Raises UsageError for what is not above nothing."""
    if not given > 0:
        raise UsageError(f"--{name.replace('_', '-')} takes a number above 0, not {given:g}")
    return given


def _column(given: str) -> tuple[str, str]:
    field, equals, name = given.partition("=")
    if not equals or not field.strip() or not name.strip():
        raise UsageError(f"--column takes FIELD=NAME, such as text=body, not {given!r}")
    return field.strip(), name.strip()


class _Teller:
    """Says what happens to each input: a bar on standard error, objects on standard output, problems in words."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.absent = 0
        """How many of the sources that were named could not be had."""
        self._json: bool = arguments.json
        self._named = {name(source) for source in arguments.source for name in (one_line, shown)}
        self._began = time.monotonic()
        self._done = 0
        self._problems = 0
        self._left_out = 0

    def __enter__(self) -> _Teller:
        from sourceline.cli.console import progress_bar

        self._opened = progress_bar("inputs")
        self._progress = self._opened.__enter__()
        self._task = self._progress.add_task("adding", total=None, said="") if self._progress else None
        return self

    def __exit__(self, *failure: object) -> None:
        self._opened.__exit__(None, None, None)

    def __call__(self, event: Event) -> None:
        from sourceline.show.json import encode_json
        from sourceline.show.records import event_object
        from sourceline.show.safe import visible_in_terminal
        from sourceline.show.terminal.versions import removal_sentence

        self._done += 1
        if self._json:
            sys.stdout.buffer.write(encode_json(event_object(event)) + b"\n")
            sys.stdout.buffer.flush()
        if event.problem is not None:
            self._problems += 1
            absent = event.problem.kind in _ABSENT and event.problem.place in self._named
            self.absent += absent
            if not self._json and (absent or self._problems <= _SHOWN):
                line = visible_in_terminal(" ".join(f"{event.problem.place}: {event.problem.message}".split()))
                print(f"problem: {line}", file=sys.stderr)
        if event.removal is not None:
            self._left_out += 1
            if not self._json and self._left_out <= _SHOWN:
                why = f"{event.place}: {removal_sentence(event.removal)}; nothing takes a removal back in this ledger: "
                print(f"left out: {visible_in_terminal(why)}to keep the text, add it to another one", file=sys.stderr)
        if self._progress is not None and self._task is not None:
            rate = self._done / max(1e-9, time.monotonic() - self._began)
            self._progress.update(self._task, completed=self._done, said=f"{rate:.1f}/s  {self._problems} problems")

    def interrupt(self) -> None:
        """Says what an interruption leaves."""
        kept = f"{self._done:,} {'input is' if self._done == 1 else 'inputs are'} dealt with"
        print(f"interrupted: {kept}; run the same command again to go on", file=sys.stderr)

    def finish(self, summary: Summary, *, dry_run: bool) -> None:
        from sourceline.show.records import summary_of_add

        if self._json:
            print(json.dumps({"format": 1, **summary_of_add(summary)}))
            return
        print(_sentence(summary, dry_run=dry_run))
        if summary.problems and not dry_run:
            print("sourceline problems lists what could not be read, with the reasons", file=sys.stderr)


def _sentence(summary: Summary, *, dry_run: bool) -> str:
    from sourceline.store.contract import Outcome

    words = {
        Outcome.DOCUMENT: ("new document", "new documents"),
        Outcome.VERSION: ("new version", "new versions"),
        Outcome.CAPTURE: ("new capture of a known text", "new captures of known texts"),
        Outcome.RETURNED: ("text that is back", "texts that are back"),
        Outcome.READING: ("text read anew", "texts read anew"),
        Outcome.UNCHANGED: ("known already", "known already"),
        Outcome.REMOVED: ("taken down before and left out", "taken down before and left out"),
    }
    parts = [f"{count:,} {words[outcome][count != 1]}" for outcome in Outcome if (count := summary.outcomes[outcome])]
    if summary.problems:
        parts.append(f"{summary.problems:,} {'problem' if summary.problems == 1 else 'problems'}")
    said = ", ".join(parts) or "nothing was found"
    if dry_run:
        return f"would be added: {said}"
    return said if summary.changed else f"nothing changed: {said}"
