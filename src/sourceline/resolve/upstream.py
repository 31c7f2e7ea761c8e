"""Upstream: whom a speaker credits in turn, inside what is said or right behind it.

"KCNA reported that Kim had decided": Kim. "The Times, citing two officials": two officials. Candidates come from the
words alone; a trained scorer weighs them, by their words and by what the encoder makes of the two that matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.artefact import Artefact
from sourceline.neural.encoder import EncodedWindow
from sourceline.neural.report_scorer import FILE, ReportScorer, load_scorer
from sourceline.resolve.cited import find_cited
from sourceline.resolve.frames import find_frame
from sourceline.resolve.report_features import Reporter, describe_report, is_announced, is_own, read_quoted
from sourceline.resolve.reports import Report, find_reports, range_of
from sourceline.resolve.sayings import IsMedia, Range, Saying
from sourceline.resolve.words import Word, split_words

LONGEST = 4000
"""Characters of a part of a content that are read."""

TokenScores = NDArray[np.float16]
_NO_STARTS = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Described:
    """A report that a content may hold: the characters of who is credited, of the head and the word that reports, the
    features' names, and whether it counts whatever the scorer makes of them."""

    who: Range
    head: int
    word: int
    features: tuple[str, ...]
    announced: bool


class UpstreamReader:
    """Reads token scores from the encoder's windows. One instance serves any number of threads."""

    def __init__(self, artefact: Artefact) -> None:
        self._scorer = load_scorer(artefact.read(FILE))

    def read_window(self, window: EncodedWindow) -> TokenScores:
        """(n, 2): how the tokens of the window's core stand as a word that reports and as who is credited."""
        return self._scorer.score_tokens(window)

    def finder(self, starts: NDArray[np.int32] = _NO_STARTS, windows: Iterable[TokenScores] = ()) -> UpstreamFinder:
        """For one text. `starts`: where its tokens begin; without them the words alone decide."""
        scores = list(windows)
        joined = np.concatenate(scores).astype(np.float32) if scores else np.zeros((0, 2), np.float32)
        return UpstreamFinder(self._scorer, starts, joined)


@dataclass(frozen=True, slots=True)
class UpstreamFinder:
    """Finds whom the speakers of one text credit. scores: (n, 2), `starts` the first characters of the n tokens."""

    scorer: ReportScorer
    starts: NDArray[np.int32]
    scores: NDArray[np.float32]

    def find(
        self, text: str, saying: Saying, *, is_media: IsMedia, neighbours: Iterable[Saying] = ()
    ) -> tuple[Range, ...]:
        """The noun phrases of those whom the speaker may credit, the likeliest first.

        Only the first that stands for somebody else than the speaker is meant.
        """
        reports = describe_reports(text, saying, is_media, self.scorer)
        judged = [(self._probability(report), report) for report in reports]
        likely = sorted((-sure, r.who) for sure, r in judged if sure >= self.scorer.threshold or r.announced)
        cited = find_cited(find_frame(text, saying, neighbours, read_source=True))
        return tuple(dict.fromkeys([*(who for _, who in likely), *cited]))

    def _probability(self, report: Described) -> float:
        standing = self._score(report.word, 0) + self._score(report.head, 1)
        return self.scorer.probability(report.features, standing)

    def _score(self, character: int, role: int) -> float:
        if not len(self.scores):
            return 0.0
        return float(self.scores[max(0, int(np.searchsorted(self.starts, character, side="right")) - 1), role])


def describe_reports(text: str, saying: Saying, is_media: IsMedia, scorer: ReportScorer) -> Iterator[Described]:
    """The reports that the contents of a saying may hold. Linear in their length."""
    reporter: Reporter | None = None
    for start, end in saying.content:
        words = split_words(text[start : min(end, start + LONGEST)], start)
        quoted: list[bool] = []
        for report in find_reports(words, scorer.words):
            reporter = reporter or Reporter.of(text, saying, is_media)
            quoted = quoted or read_quoted(words)
            if not is_own(words, report, reporter):
                yield _describe(words, report, quoted[report.word], reporter, scorer)


def _describe(
    words: Sequence[Word], report: Report, quoted: bool, reporter: Reporter, scorer: ReportScorer
) -> Described:
    features = tuple(describe_report(words, report, quoted, reporter, scorer.words))
    announced = is_announced(words, report, reporter)
    return Described(
        range_of(words, report.who), words[report.head].start, words[report.word].start, features, announced
    )
