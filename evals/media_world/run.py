"""Makes a media world and measures who can tell how many independent origins its claims have.

    python evals/media_world/run.py --articles 1000 --seed 7                       baselines, ceiling, sweeps
    python evals/media_world/run.py --articles 1000 --seed 7 --write DIR           the documents and the gold
    python evals/media_world/run.py --articles 1000 --seed 7 --score EXPORT.json   your system beside them
    python evals/media_world/run.py --articles 1000 --seed 7 --sourceline          sourceline beside them

What the figures mean, and what an export must look like, stands in docs/media-world.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from evals.media_world.gold import write_world
from evals.media_world.measures import GOALS, LOWER_IS_BETTER, Figures, measure
from evals.media_world.scoring import NotScorable, read_answers
from evals.media_world.settings import Settings
from evals.media_world.sweeps import Cell, find_worst, sweep
from evals.media_world.systems import BASELINES, REFERENCES, Case, make_case
from evals.media_world.world import World, simulate

_COLUMNS = ("overcount", "holds", "width", "exact", "plural", "answered")


def main() -> int:
    arguments = _arguments()
    world = simulate(arguments.seed, arguments.articles, _settings(arguments))
    if arguments.write is not None:
        write_world(world, arguments.write)
    case = make_case(world)
    figures = {name: measure(case, system(case)) for name, system in {**BASELINES, **REFERENCES}.items()}
    notes: list[str] = []
    for name, export in _exports(arguments, world):
        try:
            figures[name] = measure(case, read_answers(export, case))
        except NotScorable as error:
            notes.append(f"{name}: not scored, {error}")
    cells: list[Cell] = []
    if not arguments.no_sweep:
        systems = {**BASELINES, **REFERENCES}
        cells = sweep(arguments.seed, arguments.sweep_articles, world.settings, systems)
    if arguments.json:
        print(json.dumps(_as_json(case, figures, cells, notes), indent=1))
    else:
        _show(case, figures, cells)
        for note in notes:
            print(note)
    return 1 if notes else 0


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--articles", type=int, default=1000, help="how many are collected (1000)")
    p.add_argument("--seed", type=int, default=7)
    for name in Settings.__dataclass_fields__:
        p.add_argument(f"--{name.replace('_', '-')}", type=float, metavar="RATE", help="0 to 1")
    p.add_argument("--write", type=Path, metavar="DIR", help="write documents.jsonl, gold.json and the like there")
    p.add_argument("--score", type=Path, metavar="EXPORT", help="score a system's export or answers")
    p.add_argument("--sourceline", action="store_true", help="read the world with sourceline and score that")
    p.add_argument("--no-sweep", action="store_true", help="this world only")
    p.add_argument("--sweep-articles", type=int, default=400, help="of each world of the sweeps (400)")
    p.add_argument("--json", action="store_true")
    arguments = p.parse_args()
    if arguments.articles < 1 or arguments.sweep_articles < 1:
        p.error("a world needs at least one article")
    try:
        _settings(arguments)
    except ValueError as error:
        p.error(str(error))
    return arguments


def _settings(arguments: argparse.Namespace) -> Settings:
    given = {name: getattr(arguments, name) for name in Settings.__dataclass_fields__}
    return Settings(**{name: value for name, value in given.items() if value is not None})


def _exports(arguments: argparse.Namespace, world: World) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if arguments.score is not None:
        found.append((arguments.score.name, json.loads(arguments.score.read_text("utf-8"))))
    if arguments.sourceline:
        from evals.media_world.product import export_ledger  # loads the models, and only then

        found.append(("sourceline", export_ledger(world)))
    return found


def _as_json(case: Case, figures: dict[str, Figures], cells: list[Cell], notes: list[str]) -> dict[str, Any]:
    return {
        "seed": case.world.seed,
        "documents": len(case.documents),
        "claims": len(case.gold["claims"]),
        "figures": {name: found.as_dict() for name, found in figures.items()},
        "goals": GOALS,
        "sweeps": [
            {"rate": c.rate, "value": c.value, "figures": {n: f.as_dict() for n, f in c.figures.items()}} for c in cells
        ],
        "notes": notes,
    }


def _show(case: Case, figures: dict[str, Figures], cells: list[Cell]) -> None:
    gold = case.gold["claims"]
    asserted = [c for c in gold if case.asserting[c["id"]]]
    known = sum(c["independent_origins"]["low"] == c["independent_origins"]["high"] for c in asserted)
    plural = sum(c["truth"]["low"] >= 2 for c in asserted)
    print(
        f"{len(case.documents)} articles collected of {len(case.world.texts)} published, {len(gold)} claims, "
        f"{sum(len(c['mentions']) for c in gold)} mentions, {len(case.gold['edges'])} edges"
    )
    print(f"{plural} claims have two origins or more; of {known} of {len(asserted)} the number can be known\n")
    print(f"{'':<26}" + "".join(f"{name:>11}" for name in _COLUMNS))
    for name, found in figures.items():
        print(f"{name:<26}" + "".join(f"{_number(found.as_dict()[c], c):>11}" for c in _COLUMNS))
    goals = (f"{'<=' if c in LOWER_IS_BETTER else '>='} {GOALS[c]:g}" if c in GOALS else "" for c in _COLUMNS)
    print(f"{'goal':<26}" + "".join(f"{goal:>11}" for goal in goals))
    if cells:
        print(f"\nworst of {len(cells)} cells of the sweeps")
        for name in cells[0].figures:
            worst = find_worst(cells, name)
            said = (f"{c} {_number(worst[c].value, c)} ({worst[c].cell})" for c in _COLUMNS[:5] if c in worst)
            print(f"  {name}: " + ", ".join(said))


def _number(value: float | None, column: str) -> str:
    return "-" if value is None else f"{value:.2f}" if column == "width" else f"{value:.1f}"


if __name__ == "__main__":
    sys.exit(main())
