"""Lists that come page by page."""

from __future__ import annotations

import pytest

from sourceline.errors import LedgerDamaged
from sourceline.ledger.ledger import pages_of
from sourceline.model.query import Page


def test_all_pages_one_after_the_other() -> None:
    pages = {None: ((1, 2), "b"), "b": ((), "c"), "c": ((3,), None)}
    assert list(pages_of(lambda after: Page(items=pages[after][0], next=pages[after][1]))) == [1, 2, 3]


@pytest.mark.parametrize("before", [0, 1, 6])
@pytest.mark.parametrize("around", [1, 2, 7])
def test_pages_that_lead_in_a_circle_end(before: int, around: int) -> None:
    asked = []

    def page(after: str | None) -> Page[int]:
        number = 0 if after is None else int(after)
        asked.append(number)
        following = number + 1 if number + 1 < before + around else before
        return Page(items=(number,), next=str(following))

    with pytest.raises(LedgerDamaged, match="circle"):
        list(pages_of(page))
    assert len(asked) <= 4 * (before + around) + 2
