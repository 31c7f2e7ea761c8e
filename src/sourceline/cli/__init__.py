"""The command line: one file a command, each loading what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys

from sourceline.errors import MissingInput, SourcelineError, UsageError

TYPE_CHECKING = False  # start-up: typing is not loaded for its names
if TYPE_CHECKING:
    from typing import Any, NoReturn, Protocol, TextIO

    class _Command(Protocol):
        """What a command's file holds."""

        DESCRIPTION: str
        # WORDS = True where the command takes words, of which the first may begin with a dash

        def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
        def run(self, arguments: argparse.Namespace) -> int: ...


DONE, NO, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

_EXIT_CODES = """\
exit codes:
  0    done (in a batch, also where single documents became error records)
  1    the command's own "no": the input cannot be read, the page cannot be had, the installation is not sound
  2    wrong usage: unknown options, options that do not go together, a file that is not there (add goes on: 1)
  130  interrupted
"""


_COMMANDS = {
    "read": "read an article, or a batch of them: who said what",
    "add": "add articles to a ledger: files, folders, web pages, feeds, archives",
    "search": "find who said what in a ledger",
    "sources": "who speaks, across documents: lists, dossiers, who is unnamed, who would not say",
    "claims": "what is claimed, in how many articles, and how many independent sources that is",
    "trace": "where a claim comes from: its origins, who relayed it, who disputes it",
    "lint": "hold a draft against a ledger: unnamed sources, disputes, old news, other figures",
    "serve": "show a ledger in the browser",
    "judge": "decide that two sources are the same or different, or two mentions",
    "export": "write a ledger out: json, jsonl, csv, parquet, webannotation, brat, warc",
    "import-annotations": "take corrected annotations back as judgements: brat, or corrected JSON",
    "diff": "what changed between the versions of a document",
    "problems": "what could not be read, and why",
    "verify": "hash everything that is kept again, and name what differs",
    "remove": "take a text down: its hash and the reason stay",
    "reread": "read again what an earlier model read",
    "doctor": "what is installed, which model, and whether it is sound",
}
"""Each one a file here, loaded when it is called."""


class _Parser(argparse.ArgumentParser):
    """argparse, with an error that is one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


class _CommandParser(_Parser):
    """The parser of one command, which loads the command's file when its arguments are to be parsed. Options may stand
    before, between and after the rest."""

    loaded = False
    words = False
    """Whether what begins with one dash is no option (but -h), but the beginning of a QUERY."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self.loaded:
            return super().parse_known_args(args, namespace)
        self.loaded = True
        command = _load(self.prog.split()[-1])
        self.description = command.DESCRIPTION
        command.add_arguments(self)
        self.words = getattr(command, "WORDS", False)
        found = super().parse_known_args(args, namespace)
        if found[1] and "--" not in args:  # argparse leaves over what stands behind an option
            found = self.parse_known_intermixed_args(args)
        if self.words and found[0].query is not None and found[1] and not found[1][0].startswith("--"):
            self._ask_for_quotes([found[0].query, *found[1]])
        return found

    def _ask_for_quotes(self, words: list[str]) -> NoReturn:
        from shlex import quote

        self.error(f"the words stand in quotes, as one: {self.prog} {quote(' '.join(words))}")

    def _parse_optional(self, arg_string: str) -> Any:
        """None for what is no option: argparse asks this of each argument."""
        if not self.words or arg_string == "-h" or not arg_string.startswith("-") or arg_string.startswith("--"):
            return super()._parse_optional(arg_string)
        if f"-{arg_string}" in self._option_string_actions:
            self.error(f"the option is -{arg_string}; to leave a word out: {self.prog} -- {arg_string}")
        return None


def _load(name: str) -> _Command:
    from importlib import import_module

    command: _Command = import_module(f"sourceline.cli.{name.replace('-', '_')}")
    return command


def main(argv: list[str] | None = None) -> int:
    """Run one command and give its exit code. Nothing is raised: what goes wrong is one line on standard error."""
    if sys.stderr is None:  # closed before the interpreter started; print would write to standard output instead
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115  (as long as the process)
    try:
        try:
            return _run(argv)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()  # whoever was reading has had enough
        return DONE
    except SourcelineError as error:
        _complain(str(error))
        return WRONG_USAGE if isinstance(error, UsageError | MissingInput) else NO
    except OSError as error:
        place = error.filename if _drop_output() else "standard output"
        _complain(f"{error.strerror or error}{f': {place}' if place else ''}")
        return NO
    except Exception as error:
        if os.environ.get("SOURCELINE_DEBUG"):
            raise
        _complain(f"internal error, please report it: {type(error).__name__}: {error} (SOURCELINE_DEBUG=1 shows where)")
        return NO


def _run(argv: list[str] | None) -> int:
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as leaving:  # --help and --version
        return leaving.code if isinstance(leaving.code, int) else DONE
    return _load(arguments.command).run(arguments)


def _parser() -> argparse.ArgumentParser:
    from sourceline import __version__

    parser = _Parser(
        prog="sourceline",
        description="Reads news and says who said what.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"sourceline {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_CommandParser)
    for name, summary in _COMMANDS.items():
        commands.add_parser(
            name, help=summary, epilog=_EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
        )
    return parser


def _complain(message: str) -> None:
    from sourceline.collect.names import without_password
    from sourceline.show.safe import visible_in_terminal

    line = visible_in_terminal(without_password(" ".join(message.split())))
    try:
        print(f"sourceline: {line}", file=sys.stderr)
    except OSError:
        _drop(sys.stderr)  # nobody is left to be told


def _drop_output() -> bool:
    """Whether standard output takes what is left for it; if not, that is dropped."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _drop(sys.stdout)
        return False
    return True


def _drop(stream: TextIO) -> None:
    """Forget what a stream does not take: the interpreter would try again, and complain, when it closes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
