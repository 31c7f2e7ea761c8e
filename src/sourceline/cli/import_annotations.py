"""`sourceline import-annotations`: people's corrections come back as judgements."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from sourceline.cli.options import add_json, add_ledger, open_named

DESCRIPTION = """\
Takes corrected annotations of texts in the ledger, and keeps what differs from what stands as judgements: wrong,
added, another act. They outrank the machine and survive a new reading. The file as it was before takes them back.
All or nothing: where one file or line is broken it is named, and nothing is taken in.
Who speaks is not taken from files: that is judged with sourceline judge.

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
            write_objects(asdict(result) for result in results)
            return 0
        texts = judgements = speakers = 0
        for result in results:
            if result.known:
                texts, judgements = texts + 1, judgements + result.judgements
                speakers += result.speakers
            else:
                print(f"not in the ledger: {visible_in_terminal(result.place)}")
        print(f"{judgements:,} new judgements on {texts:,} texts")
        if speakers:
            what = "1 attribution names" if speakers == 1 else f"{speakers:,} attributions name"
            print(f"{what} another speaker, which was not taken: speakers are judged with sourceline judge")
    return 0
