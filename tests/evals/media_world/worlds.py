"""Worlds that the tests share."""

from __future__ import annotations

from functools import cache

from evals.media_world.settings import Settings
from evals.media_world.systems import Case, make_case
from evals.media_world.world import World, simulate


@cache
def world(seed: int = 3, articles: int = 400) -> World:
    return simulate(seed, articles)


@cache
def case(seed: int = 3, articles: int = 400) -> Case:
    return make_case(world(seed, articles))


@cache
def harsh() -> World:
    """Hardly any credit, much rewritten, much hidden."""
    return simulate(5, 300, Settings(credit_drop=0.9, rewriting=0.9, hidden=0.4, rounding=0.8))
