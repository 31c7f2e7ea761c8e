"""A world: the truth log, and then the texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from evals.media_world.events import make_affair
from evals.media_world.log import Affair, Article, Put
from evals.media_world.outlets import Outlet, make_outlets
from evals.media_world.plan import plan_articles
from evals.media_world.prose.articles import Text, write_articles
from evals.media_world.settings import Settings
from evals.media_world.special import add_sequels

_MOST = 20
_LEAST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """`texts`: of all articles by id, the hidden ones too. `names`: the id of each collected article's document."""

    seed: int
    settings: Settings
    outlets: dict[str, Outlet]
    affairs: tuple[Affair, ...]
    texts: dict[str, Text]
    names: dict[str, str]

    def articles(self) -> Iterator[tuple[Affair, Article]]:
        """The collected ones, in the order of their documents."""
        found = [(affair, a) for affair in self.affairs for a in affair.articles if not a.hidden]
        yield from sorted(found, key=lambda pair: self.names[pair[1].id])

    def outlet_of(self, affair: Affair, article: Article) -> Outlet:
        return affair.officials.get(article.outlet) or self.outlets[article.outlet]

    def puts(self, affair: Affair, claim: str) -> list[tuple[Article, int, Put]]:
        """Where the claim is put in what was collected, in the order of time."""
        return [
            (article, place, put)
            for article in affair.articles
            if not article.hidden
            for place, put in enumerate(article.puts)
            if put.claim == claim
        ]


def simulate(seed: int, articles: int, settings: Settings | None = None) -> World:
    """A world with exactly that many collected articles; the same seed and settings give the same world.

    Raises ValueError where `articles` is below 1.
    """
    if articles < 1:
        raise ValueError(f"a world needs at least one article, not {articles}")
    settings = settings or Settings()
    outlets = make_outlets(Random(f"{seed}/outlets"))
    affairs: list[Affair] = []
    left, start = articles, 6.0
    while left > 0:
        rng = Random(f"{seed}/affair/{len(affairs)}")
        start += rng.expovariate(1 / 40)
        affair = _cut(_affair(rng, len(affairs), start, outlets, settings), left)
        left -= sum(not a.hidden for a in affair.articles)
        affairs.append(affair)
    by_id = {o.id: o for o in outlets}
    texts: dict[str, Text] = {}
    for affair in affairs:
        texts |= write_articles(f"{seed}/text", affair, by_id)
    return World(
        seed=seed,
        settings=settings,
        outlets=by_id,
        affairs=tuple(affairs),
        texts=texts,
        names=_names(affairs),
    )


def _affair(rng: Random, number: int, start: float, outlets: tuple[Outlet, ...], settings: Settings) -> Affair:
    affair, cast = make_affair(rng, number, start, outlets)
    wanted = round(rng.triangular(_LEAST, _MOST, 9))
    desk = plan_articles(rng, affair, cast, settings, wanted)
    told, printed = add_sequels(rng, desk, settings)
    return replace(told, articles=tuple(printed))


def _cut(affair: Affair, left: int) -> Affair:
    """Its first articles, so many that `left` are collected: nobody took from those that come later."""
    kept: list[Article] = []
    for article in affair.articles:
        if left == 0:
            break
        kept.append(article)
        left -= not article.hidden
    return replace(affair, articles=tuple(kept))


def _names(affairs: list[Affair]) -> dict[str, str]:
    collected = sorted((a.time, a.id) for affair in affairs for a in affair.articles if not a.hidden)
    return {article: f"w{number:05}" for number, (_, article) in enumerate(collected, 1)}
