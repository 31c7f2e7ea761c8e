"""How well sources are told on the labels that rules and rankings are fitted on: python -m training.figures

Prints the figures of `evals.sources` for `sources/whole_polnear.jsonl` and `sources/whole_fiction.jsonl`. They say what
a change does while it is made; how good the product is, the development cases in `evals/` say.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from evals.measures import Bench
from evals.sources import Case, judge_cases, read_cases, score_sources, show_wrong
from sourceline.show.json import reading_object
from training.speaker_labels import HERE, read_labels

SETS = ("whole_polnear", "whole_fiction")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--wrong", type=int, default=0, metavar="N", help="print so many cases of each set that are not right"
    )
    options = parser.parse_args()
    _, texts = read_labels()
    bench = Bench()
    for name in SETS:
        cases: Sequence[Case] = read_cases(HERE / "sources" / f"{name}.jsonl")
        documents = {case["doc"]: texts[case["doc"]] for case in cases}
        readings = {doc: reading_object(bench.read(doc, text)) for doc, text in documents.items()}
        show_wrong(documents, judge_cases(documents, cases, readings), options.wrong)
        for figure, value in score_sources(documents, cases, readings).items():
            print(f"{name + '.' + figure:<44}{value:>8g}")


if __name__ == "__main__":
    main()
