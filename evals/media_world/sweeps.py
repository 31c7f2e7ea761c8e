"""The same world under other settings, one rate at a time, and where each system does worst."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from evals.media_world.measures import LOWER_IS_BETTER, Figures, measure
from evals.media_world.settings import Settings
from evals.media_world.systems import Case, System, make_case
from evals.media_world.world import simulate

VALUES: dict[str, tuple[float, ...]] = {
    "credit_drop": (0.0, 0.3, 0.6, 0.9),
    "rewriting": (0.0, 0.3, 0.6, 0.9),
    "hidden": (0.0, 0.15, 0.3, 0.5),
    "rounding": (0.0, 0.5, 1.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One setting moved, and how each system did there."""

    rate: str
    value: float
    figures: dict[str, Figures]

    @property
    def name(self) -> str:
        return f"{self.rate} {self.value:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """The least good figure of a system over all cells, and where that was."""

    value: float
    cell: str


def sweep(
    seed: int, articles: int, settings: Settings, systems: dict[str, System], tell: Callable[[Case], None] | None = None
) -> list[Cell]:
    """A world for each value of each rate, all else as in `settings`."""
    cells = []
    for rate, values in VALUES.items():
        for value in values:
            case = make_case(simulate(seed, articles, replace(settings, **{rate: value})))
            if tell is not None:
                tell(case)
            figures = {name: measure(case, system(case)) for name, system in systems.items()}
            cells.append(Cell(rate=rate, value=value, figures=figures))
    return cells


def find_worst(cells: list[Cell], system: str) -> dict[str, Worst]:
    """By figure; a figure that no cell has is left out."""
    worst: dict[str, Worst] = {}
    for cell in cells:
        for figure, value in cell.figures[system].as_dict().items():
            if value is None:
                continue
            known = worst.get(figure)
            sign = 1 if figure in LOWER_IS_BETTER else -1
            if known is None or sign * value > sign * known.value:
                worst[figure] = Worst(value=value, cell=cell.name)
    return worst
