"""Measures quality and holds it against the floors: python evals/gate.py [NAME...] [--raise] [--lower FIGURE].

A figure under its floor fails. `--raise` lifts the floors to what was just measured (less the slack); a floor is
only ever lowered by naming it with `--lower`. What needs data that is not there is skipped, and says so.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import claims, identity, measures, mentions, quantities, resolved, tracing
from evals.measures import Bench

MEASURES = {
    **measures.MEASURES,
    **quantities.MEASURES,
    **resolved.MEASURES,
    **identity.MEASURES,
    **mentions.MEASURES,
    **claims.MEASURES,
    **tracing.MEASURES,
}
FLOORS = Path(__file__).parent / "floors.json"


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("names", nargs="*", help=f"of: {', '.join(MEASURES)}; all if none is given")
    p.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    p.add_argument("--lower", action="append", default=[], metavar="FIGURE", help="let this floor sink")
    p.add_argument("--json", action="store_true")
    a = p.parse_args()
    unknown = set(a.names) - set(MEASURES)
    if unknown:
        p.error(f"no such measure: {', '.join(sorted(unknown))}")
    floors = json.loads(FLOORS.read_text("utf-8"))
    bench = Bench()
    measured: dict[str, float] = {}
    for name in a.names or MEASURES:
        figures = MEASURES[name](bench)
        if figures is None:
            print(f"{name}: skipped, its data is not here (set SOURCELINE_DATA)", file=sys.stderr)
            continue
        measured |= {f"{name}.{k}": v for k, v in figures.items()}
    failed = [name for name, value in measured.items() if not holds(floors.get(name), value)]
    if a.json:
        print(json.dumps(measured, indent=1))
    else:
        show(measured, floors, failed)
    if a.lift or a.lower:
        FLOORS.write_text(json.dumps(move(floors, measured, a.lift, a.lower), indent=1) + "\n", "utf-8")
    return 1 if set(failed) - set(a.lower) else 0


def holds(bound: dict[str, float] | None, value: float) -> bool:
    if bound is None:
        return True
    return value >= bound["floor"] if "floor" in bound else value <= bound["ceiling"]


Bounds = dict[str, dict[str, float]]


def move(floors: Bounds, measured: dict[str, float], lift: bool, lower: list[str]) -> Bounds:
    moved = dict(floors)
    for name, bound in floors.items():
        side = "floor" if "floor" in bound else "ceiling"
        value = measured.get(name)
        if value is None:
            continue
        slack = bound.get("slack", 0.0)
        wanted = round(value - slack if side == "floor" else value + slack, 1)
        better = wanted > bound[side] if side == "floor" else wanted < bound[side]
        if (lift and better) or name in lower:
            moved[name] = {**bound, side: wanted}
    return moved


def show(measured: dict[str, float], floors: dict[str, dict[str, float]], failed: list[str]) -> None:
    print(f"{'figure':<48}{'measured':>9}{'bound':>10}{'goal':>8}")
    for name, value in measured.items():
        bound = floors.get(name, {})
        limit = "".join(
            f"{sign} {bound[side]:g}" for side, sign in (("floor", ">="), ("ceiling", "<=")) if side in bound
        )
        goal = f"{bound['goal']:g}" if "goal" in bound else ""
        print(f"{name:<48}{value:>9g}{limit:>10}{goal:>8}{'  BELOW ITS FLOOR' if name in failed else ''}")
    print(f"{len(measured) - len(failed)} figures hold, {len(failed)} do not")


if __name__ == "__main__":
    sys.exit(main())
