"""Measures identity across documents: python -m evals.identity [--errors].

Each case (evals/cases/identity.jsonl, all invented but for states and agencies) is two profiles and what a careful
editor with nothing but these would say: same, different, or undecidable. All profiles are put together as one ledger,
so that every case stands among the others; a merge across cases is as wrong as one of a pair that is different.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sourceline.model.identity import Identity, Profile, Proposal
from sourceline.model.source import Source, SourceKind
from sourceline.resolve.identity import identify, profile_of, propose

FILE = Path(__file__).parent / "cases" / "identity.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    verdict: str
    about: str
    first: Profile
    second: Profile


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of a case: whether its profiles are one identity, and what was proposed where they are not."""

    case: Case
    merged: bool
    proposal: Proposal | None


def read_cases() -> list[Case]:
    rows = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [
        Case(row["id"], row["verdict"], row["about"], read_profile(row["first"]), read_profile(row["second"]))
        for row in rows
    ]


def read_profile(row: dict[str, str | None]) -> Profile:
    name, kind = row["name"] or "", SourceKind(row["kind"] or "")
    source = Source(id="s1", named=True, name=name, kind=kind, role=row["role"], affiliation=row["affiliation"])
    profile = profile_of(source)
    if profile is None:
        raise ValueError(f"no name: {row}")
    return profile


def judge(cases: Iterable[Case]) -> tuple[list[Outcome], list[Identity], list[Proposal]]:
    """The outcome of each case in a ledger of all; its identities and proposals."""
    cases = list(cases)
    profiles = {p.id: p for case in cases for p in (case.first, case.second)}.values()
    identities = identify(profiles, ())
    proposals = list(propose(profiles, identities, ()))
    of = {id: identity.id for identity in identities for id in identity.profiles}
    by_pair = {frozenset((p.first, p.second)): p for p in proposals}
    outcomes = []
    for case in cases:
        first, second = of[case.first.id], of[case.second.id]
        outcomes.append(Outcome(case, first == second, by_pair.get(frozenset((first, second)))))
    return outcomes, list(identities), proposals


def measure_identity(_: object = None) -> dict[str, float]:
    """Merges: how many are right, and how many of the same are made, of all and of those whose names fold to one key
    (others are never merged without a judgement); how many of the same that are left are proposed; how many undecidable
    pairs stay apart; how many of the different are not even proposed; and proposals across cases, a count."""
    outcomes, identities, proposals = judge(read_cases())
    same = [o for o in outcomes if o.case.verdict == "same"]
    left = [o for o in same if not o.merged]
    undecidable = [o for o in outcomes if o.case.verdict == "undecidable"]
    different = [o for o in outcomes if o.case.verdict == "different"]
    merged, right = pairs_merged(identities), sum(o.merged for o in same)
    return {
        "merge_precision": share(right, merged),
        "merge_recall": share(right, len(same)),
        "merge_recall_of_one_key": share(right, sum(o.case.first.key == o.case.second.key for o in same)),
        "proposal_recall": share(sum(o.proposal is not None for o in left), len(left)),
        "same_merged_or_proposed": share(sum(o.merged or o.proposal is not None for o in same), len(same)),
        "undecidable_apart": share(sum(not o.merged for o in undecidable), len(undecidable)),
        "undecidable_proposed": share(sum(o.proposal is not None for o in undecidable), len(undecidable)),
        "different_not_proposed": share(sum(o.proposal is None for o in different), len(different)),
        "proposals_of_no_case": float(len(proposals) - len({o.proposal for o in outcomes} - {None})),
        "cases": float(len(outcomes)),
    }


def pairs_merged(identities: Iterable[Identity]) -> int:
    """Pairs of profiles that are one, each identity's once around: n - 1 of n profiles."""
    return sum(len(identity.profiles) - 1 for identity in identities)


def share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


MEASURES = {"identity": measure_identity}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--errors", action="store_true", help="the cases that are not as one would wish")
    a = p.parse_args()
    if a.errors:
        for outcome in judge(read_cases())[0]:
            case, proposal = outcome.case, outcome.proposal
            wished = outcome.merged if case.verdict == "same" else not outcome.merged
            if not wished or (case.verdict == "different" and proposal):
                made = "merged" if outcome.merged else f"proposed {proposal.score}" if proposal else "apart"
                print(f"{case.id:<15}{made:<15}{case.about}: {case.first.name} / {case.second.name}")
    for name, value in measure_identity().items():
        print(f"{name:<28}{value:>8g}")


if __name__ == "__main__":
    main()
