"""Groups by average linkage, under constraints."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sourceline.match.claims.linkage import UNLINKED, link_groups

PAIRS = list(combinations(range(7), 2))
LINKS = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([n / 64 for n in range(1, 64)]), max_size=21)
SIZES = st.lists(st.integers(1, 4), min_size=7, max_size=7)


def test_a_chain_is_no_group() -> None:
    assert link_groups([1] * 3, {(0, 1): 0.9, (1, 2): 0.8}, least=0.5) == [[0, 1], [2]]


def test_many_that_repeat_one_wording_weigh_more() -> None:
    links = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.2}
    assert link_groups([1, 1, 1], links, least=0.5) == [[0, 1, 2]]
    assert link_groups([9, 1, 1], links, least=0.5) == [[0, 1], [2]]


def test_people_decide() -> None:
    links = {(0, 1): 0.9, (2, 3): 0.9}
    assert link_groups([1] * 4, links, least=0.5, apart=[(0, 1)]) == [[0], [1], [2, 3]]
    assert link_groups([1] * 4, links, least=0.5, together=[(0, 2)]) == [[0, 2], [1], [3]]


def test_what_is_kept_apart_stays_so_through_others() -> None:
    links = dict.fromkeys(combinations(range(3), 2), 0.9)
    groups = link_groups([1] * 3, links, least=0.5, apart=[(0, 2)])
    assert not any({0, 2} <= set(group) for group in groups)


def test_what_must_be_together_is_though_it_must_be_apart() -> None:
    assert link_groups([1] * 3, {}, least=0.5, together=[(0, 1), (1, 2)], apart=[(0, 2)]) == [[0, 1, 2]]


@given(LINKS, SIZES, st.randoms())
def test_order_makes_no_difference(links: dict[tuple[int, int], float], sizes: list[int], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(links.items())
    random.shuffle(shuffled)
    assert link_groups(sizes, dict(shuffled), least=0.2) == link_groups(sizes, links, least=0.2)


@given(LINKS, SIZES)
def test_as_by_trying_all_pairs(links: dict[tuple[int, int], float], sizes: list[int]) -> None:
    assert link_groups(sizes, links, least=0.2) == slowly(links, sizes, 0.2)


def slowly(links: dict[tuple[int, int], float], sizes: list[int], least: float) -> list[list[int]]:
    groups = [[node] for node in range(len(sizes))]

    def average(one: list[int], other: list[int]) -> float:
        total = sum(
            (links.get((min(a, b), max(a, b)), UNLINKED) - UNLINKED) * sizes[a] * sizes[b] for a in one for b in other
        )
        return round(UNLINKED + total / (sum(sizes[a] for a in one) * sum(sizes[b] for b in other)), 9)

    while True:
        linked = [
            (-average(one, other), one[0], other[0])
            for one, other in combinations(groups, 2)
            if any((min(a, b), max(a, b)) in links for a in one for b in other)
        ]
        likeliest = min(linked, default=(0.0, 0, 0))
        if -likeliest[0] < least:
            return groups
        one, other = (next(group for group in groups if group[0] == first) for first in likeliest[1:])
        groups.remove(other)
        one.extend(other)
        one.sort()
        groups.sort()


def test_a_long_row_and_a_star_take_little_time() -> None:
    nodes = 20_000
    row = {(at, at + 1): 0.9 for at in range(nodes - 1)}
    assert len(link_groups([1] * nodes, row, least=0.5)) == nodes / 2
    star = {(0, at): 0.9 for at in range(1, nodes)}
    assert len(link_groups([nodes * 1000] + [1] * (nodes - 1), star, least=0.5)) == 1
