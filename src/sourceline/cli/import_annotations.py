"""`sourceline import-annotations`: people's corrections come back as judgements."""

from __future__ import annotations

import argparse

from sourceline.cli.options import add_json, add_ledger, open_named

DESCRIPTION = """\
Takes corrected annotations of texts in the ledger, and keeps what differs from the machine's as judgements: wrong,
added, another act. They outrank the machine and survive a new reading.

  sourceline export brat -o texts.zip              correct the .ann files, then
  sourceline import-annotations texts.zip --by Kim
  sourceline import-annotations corrected.jsonl --by Kim
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="brat files (.ann with .txt, a folder or ZIP of them), or readings as JSON"
    )
    parser.add_argument("--by", metavar="NAME", required=True, help="whose corrections they are")
    parser.add_argument("--confirm", action="store_true", help="what was left as it was counts as judged right")
    add_ledger(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    from sourceline.cli.listing import write_objects
    from sourceline.show.safe import visible_in_terminal

    with open_named(arguments) as ledger:
        results = ledger.import_annotations(arguments.file, by=arguments.by, confirm=arguments.confirm)
        if arguments.json:
            write_objects({"place": place, "known": new is not None, "judgements": new or 0} for place, new in results)
            return 0
        texts = judgements = 0
        for place, new in results:
            if new is None:
                print(f"not in the ledger: {visible_in_terminal(place)}")
            else:
                texts, judgements = texts + 1, judgements + new
        print(f"{judgements:,} new judgements on {texts:,} texts")
    return 0
