"""Which names are one: read as the rules."""

from __future__ import annotations

import gc
import re
import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sourceline.model.mention import MentionForm
from sourceline.neural.entity_heads import VECTOR
from sourceline.resolve.mentions import Placed
from sourceline.resolve.names import NameLinks, link_names, name_words

PERSON, BODY, PLACE = (0.9, 0.05, 0.05), (0.05, 0.9, 0.05), (0.05, 0.05, 0.9)
_MARKED = re.compile(r"\[([pol]) ([^\]]+)\]")


def link(marked: str) -> tuple[NameLinks, list[str]]:
    """Links the names that stand as [p Person], [o Organisation], [l Location] in a text."""
    text, names, at = "", [], 0
    for m in _MARKED.finditer(marked):
        text += marked[at : m.start()]
        kinds = {"p": PERSON, "o": BODY, "l": PLACE}[m.group(1)]
        start = len(text)
        text += m.group(2)
        names.append(Placed(start, len(text), MentionForm.NAME, kinds, 0.9, np.zeros(VECTOR, np.float16)))
        at = m.end()
    text += marked[at:]
    return link_names(text, names), [text[n.start : n.end] for n in names]


def groups(marked: str) -> list[int]:
    """Numbers of the entities in the order of their first name: [0, 1, 0]."""
    links, _ = link(marked)
    order: dict[int, int] = {}
    return [order.setdefault(g, len(order)) for g in links.groups]


FAR = " Snow fell on the harbour and the ferries stayed where they were." * 14


def test_persons() -> None:
    check = groups
    assert check("[p Ana Ruiz] spoke. [p Ruiz] left.") == [0, 0]
    assert check("[p ANA RUIZ] IN TALKS. [p Ana Ruiz] spoke.") == [0, 0]
    assert check("[p Ruiz] resigns. [p Ana Ruiz] resigned on Monday.") == [0, 0]
    assert check("[p Ana Ruiz] spoke. [p Ana] left.") == [0, 0]
    assert check("[p Ana María Ruiz] and [p A. Ruiz].") == [0, 0]
    assert check("[p Ana Ruiz] and [p Ana M. Ruiz].") == [0, 0]
    assert check("[p Ana Ruiz] and [p Ben Ruiz].") == [0, 1]
    assert check("[p Tom Hall Jr.] and [p Hall].") == [0, 0]
    assert check("[p Jan van der Berg] and [p van der Berg] and [p Berg].") == [0, 0, 0]
    assert check("[p Seán O’Dorn] met [p O'Dorn].") == [0, 0]
    assert check("[p Lia Moro-Vance] met [p Moro-Vance].") == [0, 0]
    assert check("[p José Ibarra] met [p Jose Ibarra].") == [0, 0]
    assert check("[p Ольга Снег] и [p Снег].") == [0, 0]
    assert check("[p Ana\u200b Ruiz] met [p Ruiz\u200b].") == [0, 0]


def test_two_of_one_surname_stay_two() -> None:
    links, _ = link("[p Ana Ruiz] met [p Ben Ruiz]. [p Ruiz] spoke.")
    assert links.unsure == [False, False, True]
    assert len(set(links.groups)) == 3
    assert groups(f"[p Ana Ruiz] left early.{FAR} [p Ben Ruiz] came. [p Ruiz] spoke.") == [0, 1, 1]
    assert groups("[p Ana Ruiz] met [p Ben Ruiz]. Mrs. [p Ruiz] spoke. Mr. [p Ruiz] did not.")[:2] == [0, 1]
    assert groups("Mrs. [p Ana Ruiz] met Mr. [p Ben Ruiz]. Mrs. [p Ruiz] spoke. Mr. [p Ruiz] not.") == [0, 1, 0, 1]
    assert groups("[p Ruiz] wins. [p Ana Ruiz] met [p Ben Ruiz].") == [0, 1, 2]


def test_bodies_and_places() -> None:
    assert groups("The [o Karsova Institute for Rivers] ([o KIR]) said. [o The KIR] is old.") == [0, 0, 0]
    assert groups("[o Brandt Steel Corp.] and [o Brandt Steel].") == [0, 0]
    assert groups("[o Northern Harbour Authority] and [o Harbour Authority].") == [0, 0]
    assert groups("[o Karsovan Foreign Ministry], [o Toluan Foreign Ministry], [o Foreign Ministry].") == [0, 1, 2]
    assert groups("[l United States], [l U.S.], [l US] and [l Karsova].") == [0, 0, 0, 1]
    assert groups("[l Karsova City] and [l Karsova].") == [0, 1]


def test_equal_names_share_a_kind() -> None:
    links, _ = link("[p Ruiz] spoke. [p Ruiz] left. [o Ruiz] came.")
    assert len(set(links.groups)) == 1


def test_nothing_to_compare() -> None:
    assert groups("") == []
    assert groups("[p .] [o --] [l \u200b]") == [0, 1, 2]
    assert name_words("The U.S. Senate") == ("us", "senate")


@given(st.lists(st.tuples(st.sampled_from("pol"), st.text("abAB .'’-\u200bж", min_size=1, max_size=12)), max_size=12))
def test_any_names_are_linked(names: list[tuple[str, str]]) -> None:
    links, written = link(" ".join(f"[{kind} {name}]" for kind, name in names))
    assert len(links.groups) == len(links.unsure) == len(written)
    assert all(0 <= g < len(links.kinds) for g in links.groups)


def test_time_grows_with_the_number_of_names() -> None:
    def seconds(n: int) -> float:
        marked = " ".join(f"[p Ana{i} Ruiz] and [p Ruiz] of [o Body{i} of Rivers]." for i in range(n))
        gc.disable()  # it would look through everything that the other tests left, and more often the more there is
        try:
            began = time.thread_time()
            link(marked)
            return time.thread_time() - began
        finally:
            gc.enable()

    seconds(200)
    assert seconds(4000) < 30 * max(seconds(400), 0.005)
