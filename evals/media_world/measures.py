"""How well numbers of independent origins were told."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from evals.media_world.evidence import read_best
from evals.media_world.systems import Answers, Case

GOALS = {"overcount": 1.0, "holds": 95.0, "width": 0.8, "exact": 85.0, "plural": 70.0}
LOWER_IS_BETTER = frozenset({"overcount", "width"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """In per cent, but `width`; None where there was nothing to measure.

    overcount: low >= 2 where one party spoke. holds: the interval meets the truth. width: mean high - low. exact: best
    is the truth, of the claims of which it can be known. plural: low >= 2 where it can be known that two or more
    parties spoke. answered: of the claims that somebody asserts.
    """

    overcount: float | None
    holds: float | None
    width: float | None
    exact: float | None
    plural: float | None
    answered: float | None

    def as_dict(self) -> dict[str, float | None]:
        return asdict(self)


def measure(case: Case, answers: Answers) -> Figures:
    """Over the claims that somebody asserts in what was collected; all but `answered` over those that were answered."""
    single: list[bool] = []
    holds: list[bool] = []
    widths: list[int] = []
    exact: list[bool] = []
    plural: list[bool] = []
    asked = 0
    homes = {claim: affair for affair in case.world.affairs for claim in affair.claims}
    for claim in case.gold["claims"]:
        name, truth = claim["id"], claim["truth"]
        if not case.asserting[name]:
            continue
        asked += 1
        if name not in answers:
            continue
        said, known = answers[name], read_best(case.world, homes[name], name)
        holds.append(said.low <= truth["high"] and truth["low"] <= said.high)
        widths.append(said.high - said.low)
        if truth["high"] == 1:
            single.append(said.low >= 2)
        if known.low == known.high:
            exact.append(truth["low"] <= said.best <= truth["high"])
        if known.low >= 2:
            plural.append(said.low >= 2)
    return Figures(
        overcount=_share(single),
        holds=_share(holds),
        width=sum(widths) / len(widths) if widths else None,
        exact=_share(exact),
        plural=_share(plural),
        answered=100 * len(widths) / asked if asked else None,
    )


def _share(cases: list[bool]) -> float | None:
    return 100 * sum(cases) / len(cases) if cases else None
