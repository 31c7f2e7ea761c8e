"""The page of a claim: what it says, where its links lead, and what can be left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sourceline.errors import UsageError
from sourceline.model.text import Span
from sourceline.model.trace import Dispute, DisputeKind, Evidence, Interval, Step, Trace
from sourceline.show.web.pages.claim import Asked, ClaimPage, Traces, claim_view, end_of_day
from sourceline.show.web.rendering import Rendering
from sourceline.show.web.view import Frame
from tests.show.picture.by_hand import crowded, depot, drifting, mention, origin, trace
from tests.show.web.browser import Page

RENDERING = Rendering()
NOW = datetime(2031, 6, 1, tzinfo=UTC)
FRAME = Frame(ledger="news.db", search="", here="/", sign="s", author="", asks_token=False, now=NOW)
NO_FAMILIES: Mapping[str, str] = {}


def view(whole: Trace, shown: Trace | None = None, asked: Asked | None = None) -> ClaimPage:
    return claim_view(whole, shown or whole, asked or Asked(), NO_FAMILIES)


def page(whole: Trace, shown: Trace | None = None, asked: Asked | None = None) -> Page:
    return Page(RENDERING.page(view(whole, shown, asked), FRAME))


def told(shown: Page) -> str:
    return " ".join(" ".join(shown.texts).split())


def test_says_first_how_many_sources_that_is() -> None:
    text = told(page(depot()))
    assert "One source, perhaps two. 1 · 1–2" in text
    assert "10 articles 8 outlets first 24 Feb 2031 13:40, Continental Wire Service" in text
    assert "Denied by Foreign ministry (2 times)." in text


def test_each_mention_leads_to_its_words() -> None:
    addresses = [given.get("href") for tag, given in page(depot()).tags if tag == "a" and given.get("class") == "go"]
    assert addresses == [f"/articles/v-m{n}?words=0-42#words" for n in range(1, 11)]


def test_steps_lead_to_the_words_that_show_them() -> None:
    proof = Evidence(version="v9", document="doc-9", span=Span(start=4, end=9, text="words"))
    step = Step(step="credits Herald", evidence=(proof,), probability=0.9)
    shown = page(trace([mention("m1", "Post", 0, step=step)], [origin("o1", "Inspectorate")]))
    assert "/articles/v9?words=4-9#words" in [given.get("href") for tag, given in shown.tags if tag == "a"]
    assert "← credits Herald (0.9)" in told(shown)


def test_leaving_out_keeps_the_old_count_beside_the_new() -> None:
    fewer = replace(depot(), independent_origins=Interval(low=0, best=0, high=1))
    text = told(page(depot(), fewer, Asked(without=("Inspectorate", "The Standard"), as_of="2031-02-25")))
    assert "No sources shown, perhaps one." in text
    assert "Without Inspectorate and The Standard, as of 25 Feb 2031; with everything: One source, perhaps two." in text


def test_the_form_offers_sources_and_outlets_and_keeps_what_is_ticked() -> None:
    asked = Asked(without=("The Standard",))
    boxes = [
        given for tag, given in page(depot(), None, asked).tags if tag == "input" and given.get("type") == "checkbox"
    ]
    assert {box["value"] for box in boxes} == {"Inspectorate"} | {m.outlet for m in depot().mentions}
    assert [box["value"] for box in boxes if "checked" in box] == ["The Standard"]
    assert all(box["name"] == "without" for box in boxes)


def test_days_are_links_that_keep_what_is_left_out() -> None:
    shown = view(depot(), None, Asked(without=("A & B",), as_of="2031-02-25"))
    days = {day.choice.name: (day.address, day.choice.chosen) for day in shown.days}
    assert days["24 Feb 2031"] == ("/claims/c1?without=A+%26+B&as_of=2031-02-24", False)
    assert days["25 Feb"] == ("/claims/c1?without=A+%26+B&as_of=2031-02-25", True)
    assert days["today"] == ("/claims/c1?without=A+%26+B", False)
    assert len(view(crowded()).days) <= 15


def test_nothing_left_is_said() -> None:
    text = told(
        page(depot(), trace([], [], independent_origins=Interval(low=0, best=0, high=0)), Asked(as_of="1999-01-01"))
    )
    assert "Nothing is left of this claim then." in text


def test_a_day_counts_to_its_end() -> None:
    assert end_of_day("2031-02-24") == datetime(2031, 2, 24, 23, 59, 59, 999999, UTC)
    for given in ("yesterday", "2031-02-30", "9999-12-31T25", "", "9" * 500):
        with pytest.raises(UsageError):
            end_of_day(given)
    assert end_of_day("9999-12-30").year == 9999


def test_the_figure_has_a_chart_and_a_table() -> None:
    shown = page(drifting((4, 4), (11, None)))
    cells = told(shown)
    assert "The figure over time: dead" in cells
    assert cells.count("at least 11") == 3
    assert "figure over time" not in told(page(depot())).lower()


def test_what_was_lost_on_the_way() -> None:
    assert "“ up to ” stands in Continental Wire Service, 24 Feb 2031 13:40 and no longer in The Standard" in told(
        page(depot())
    )


def test_who_disputes_it() -> None:
    denied = depot().mentions[5]
    dispute = Dispute(
        source="Varesh", version=denied.version, document="d", spans=denied.spans, kind=DisputeKind.DENIAL
    )
    text = told(page(replace(depot(), disputed_by=(dispute,))))
    assert "Varesh denies it: “inspectors were refused entry to the depot” Varesh, 25 Feb 2031 19:40" in text


def test_the_same_can_be_had_in_the_terminal() -> None:
    shown = view(depot(), None, Asked(without=("The Standard",), as_of="2031-02-25"))
    assert shown.command == "sourceline trace c1 --without 'The Standard' --as-of 2031-02-25 --json"


def test_shared_lanes_open_on_the_page() -> None:
    addresses = [
        given.get("href") or "" for tag, given in page(crowded(), None, Asked(without=("X",))).tags if tag == "a"
    ]
    opening = [address for address in addresses if "open=" in address]
    assert opening and all(address.startswith("/claims/c1?without=X&open=") for address in opening)
    assert all(address.endswith("#picture") for address in opening)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img onerror=x>',
        "{{ 7*7 }}",
        "\u202eevil",
        "x" * 10_000,
        "\x00\x1b\ud800",
        "=HYPERLINK(1)",
    ],
)
def test_hostile_words_stay_words(words: str) -> None:
    spans = (Span(start=0, end=len(words), text=words),)
    mentions = [replace(m, outlet=words, source=words, spans=spans, hedge_lost=words) for m in depot().mentions]
    given = replace(depot(), statement=words, mentions=tuple(mentions), reasons=(words,), claim="c/<1>")
    shown = page(given, None, Asked(without=(words,)))
    known = {tag for tag, _ in page(depot()).tags} | {"button", "fieldset"}
    assert {tag for tag, _ in shown.tags} <= known
    assert not any(name.startswith("on") or name == "style" for _, given in shown.tags for name in given)
    assert "49" not in told(shown).replace("1049", "")


def test_many_mentions_are_listed_page_by_page() -> None:
    first = view(crowded())
    assert len(first.mentions) == 40 and first.counted == "1 to 40 of 300"
    assert (first.pager.first, first.pager.next) == (None, "/claims/c1?from=40#mentions")
    last = view(crowded(), None, Asked(begin=260))
    assert last.counted == "261 to 300 of 300" and last.mentions[-1].id == "m299"
    assert (last.pager.first, last.pager.next) == ("/claims/c1#mentions", None)
    assert view(depot()).counted == ""


def test_a_page_of_three_hundred_mentions_is_not_heavy() -> None:
    proof = Evidence(version="v" * 64, document="a-document", span=Span(start=4, end=104, text="words " * 16))
    chain = tuple(Step(step="credits Herald", evidence=(proof, proof), probability=0.9) for _ in range(4))
    given = crowded()
    heavy = replace(given, mentions=tuple(replace(m, lineage=chain) for m in given.mentions))
    whole = RENDERING.page(view(heavy), FRAME)
    pictures = sum(len(picture) for picture in view(heavy).pictures)
    assert len(whole.encode()) - pictures < 150_000


def test_a_ledger_that_traces_is_known_by_it() -> None:
    class Tracing:
        def trace(self, claim: str, *, without: Collection[str] = (), as_of: datetime | None = None) -> Trace:
            return depot()

    assert isinstance(Tracing(), Traces)
