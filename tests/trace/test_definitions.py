"""What an origin, an independent source and an act of newsgathering are, on tales of a few articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sourceline.model.claim import Article, Stance, Voice
from sourceline.model.source import Lineage
from sourceline.model.trace import Channel, DisputeKind
from sourceline.trace import Setting, find_edges
from tests.tales import (
    ANONYMOUS,
    BODY,
    MEDIA,
    PAPER,
    PERSON,
    START,
    STATE,
    article,
    copy,
    dated,
    figure,
    heard,
    reuse_of,
    said,
    trace,
    voice,
)

BOARD = voice("Sellick Harbour Board", BODY)
FARRANT = voice("Ode Farrant", PERSON)
OLDE = voice("Piet Olde", PERSON)


def to(outlet: str) -> tuple[Voice, ...]:
    """That words were told to an outlet."""
    return (voice(outlet, MEDIA),)


def edges(*articles: Article) -> set[tuple[str, str]]:
    made = find_edges({a.version: a for a in articles}, [trace(*articles)], ())
    return {(edge.earlier, edge.later) for edge in made}


def test_two_outlets_at_one_press_conference_share_an_origin_and_no_edge() -> None:
    first = article("a", "Sellick Post", said(BOARD), lineage=Lineage.OWN)
    second = article("b", "Northern Wire", said(BOARD), kind="wire", after=2, lineage=Lineage.OWN)
    found = trace(first, second)
    assert [origin.party for origin in found.origins] == ["Sellick Harbour Board"]
    assert str(found.independent_origins) == "1..1..1"
    assert all(mention.parent is None for mention in found.mentions)
    assert edges(first, second) == set()


def test_two_interviews_of_one_person_are_one_source_and_two_acts() -> None:
    first = article("a", "Sellick Post", said(FARRANT, words=("mole", "stood", "pile"), via=to("Sellick Post")))
    second = article(
        "b", "Radio Kell", said(FARRANT, words=("nobody", "walk"), via=to("Radio Kell")), kind="broadcaster", after=90
    )
    found = trace(first, second)
    assert str(found.independent_origins) == "1..1..1"
    assert found.newsgathering_acts.best == 2
    assert {origin.channel for origin in found.origins} == {Channel.INTERVIEW}


def test_two_named_people_are_two_sources() -> None:
    first = article("a", "Sellick Post", said(FARRANT, via=to("Sellick Post")), lineage=Lineage.OWN)
    other = said(OLDE, words=("winter", "storm", "hole"), direct=True, via=to("Radio Kell"))
    second = article("b", "Radio Kell", other, kind="broadcaster", after=30, lineage=Lineage.OWN)
    assert str(trace(first, second).independent_origins) == "2..2..2"


def test_a_leaked_document_seen_by_two_outlets_is_one_origin() -> None:
    paper = voice("survey of the eastern mole", PAPER)
    first = article("a", "Sellick Post", said(paper))
    second = article("b", "Northern Wire", said(paper), kind="wire", after=3)
    found = trace(first, second)
    assert [origin.channel for origin in found.origins] == [Channel.DOCUMENT]
    assert str(found.independent_origins) == "1..1..1"


def test_unnamed_officials_in_two_papers_may_be_the_same() -> None:
    officials = voice("two officials", ANONYMOUS, count=2)
    first = article("a", "Sellick Post", said(officials, via=to("Sellick Post")))
    second = article("b", "Radio Kell", said(voice("an official", ANONYMOUS), words=("worn", "through")), after=40)
    found = trace(first, second)
    assert found.independent_origins.low == 1
    assert any("may be the same" in reason for reason in found.reasons)


def test_words_without_a_source_add_one_to_what_is_possible_and_nothing_to_what_is_shown() -> None:
    found = trace(article("a", "Sellick Post", said()))
    assert (found.independent_origins.low, found.independent_origins.high) == (0, 1)
    assert found.origins == ()
    assert "Sellick Post gives no source: independence not established" in found.reasons


def test_a_partys_own_document_is_its_own_word() -> None:
    release = article("a", "Sellick Harbour Board", said(), kind="government")
    report = article("b", "Sellick Post", said(BOARD), after=3)
    found = trace(release, report)
    assert [origin.first_document for origin in found.origins] == ["a"]
    assert found.mentions[1].parent == "a-0"
    assert edges(release, report) == {("a", "b")}


def test_a_spokeswoman_and_her_ministry_are_one_party() -> None:
    ministry = voice("Ministry of Harbours", STATE)
    speaker = voice("Runa Vesk", PERSON, role="spokeswoman", office_of="Ministry of Harbours")
    found = trace(
        article("a", "Sellick Post", said(ministry), lineage=Lineage.OWN),
        article("b", "Radio Kell", said(speaker, words=("storm",)), kind="broadcaster", after=50, lineage=Lineage.OWN),
    )
    assert found.independent_origins.high == 1
    assert {origin.party for origin in found.origins} == {"Ministry of Harbours"}


def test_who_credits_an_outlet_has_it_from_there() -> None:
    first = article("a", "Sellick Post", said(FARRANT, via=to("Sellick Post")))
    second = article("b", "Northern Wire", said(voice("Sellick Post", MEDIA)), kind="wire", after=4)
    found = trace(first, second)
    assert len(found.origins) == 1
    assert found.mentions[1].parent == "a-0"
    assert found.mentions[1].lineage[0].step == "credits Sellick Post"
    assert edges(first, second) == {("a", "b")}


def test_a_denial_has_an_origin_that_counts_nowhere() -> None:
    first = article("a", "Sellick Post", said(FARRANT))
    denial = article("b", "Radio Kell", said(BOARD, stance=Stance.DENIES), after=5)
    found = trace(first, denial)
    assert [(origin.party, origin.asserts) for origin in found.origins] == [
        ("Ode Farrant", True),
        ("Sellick Harbour Board", False),
    ]
    assert found.independent_origins.high == 1
    assert [(d.source, d.kind) for d in found.disputed_by] == [("Sellick Harbour Board", DisputeKind.DENIAL)]


def test_a_refusal_has_no_origin() -> None:
    found = trace(
        article("a", "Sellick Post", said(FARRANT)),
        article("b", "Radio Kell", said(BOARD, stance=Stance.DECLINES), after=5),
    )
    assert found.mentions[1].origin is None
    assert found.disputed_by == ()


def test_who_takes_it_back_leaves_what_is_shown_and_stays_possible() -> None:
    first = article("a", "Sellick Post", said(FARRANT))
    later = article("b", "Radio Kell", said(FARRANT, words=("wrong", "mole"), stance=Stance.DENIES), after=60)
    found = trace(first, later)
    assert (found.independent_origins.low, found.independent_origins.high) == (0, 1)
    assert found.withdrawn_by == ("Ode Farrant",)
    assert found.downstream == ("a-0",)


def test_an_outlet_that_is_quoted_back_to_itself_goes_in_a_circle() -> None:
    first = article("a", "Sellick Post", said(voice("an insider", ANONYMOUS), via=to("Sellick Post")))
    second = article("b", "Radio Kell", said(voice("Sellick Post", MEDIA)), kind="broadcaster", after=5)
    third = article("c", "Sellick Post", said(voice("Radio Kell", MEDIA)), after=20)
    found = trace(first, second, third)
    assert found.circular
    assert found.independent_origins.low <= 1
    assert not trace(first, second).circular


def test_an_old_story_as_new_is_recycled() -> None:
    first = article("a", "Sellick Post", said(FARRANT))
    again = article("b", "Daily Kite", said(), after=24 * 90)
    found = trace(first, again)
    assert found.recycled is not None
    assert (found.recycled.old_document, found.recycled.new_documents) == ("a", ("b",))


def test_an_old_story_with_its_date_is_background() -> None:
    first = article("a", "Sellick Post", said(FARRANT))
    again = article("b", "Daily Kite", said(dates=(dated("2031-05"),)), after=24 * 90)
    found = trace(first, again)
    assert (found.recycled, found.background) == (None, ("b",))


def test_an_old_story_that_somebody_says_anew_is_re_asserted() -> None:
    first = article("a", "Sellick Post", said(FARRANT))
    anew = said(OLDE, words=("winter", "storm", "hole"), direct=True, via=to("Daily Kite"))
    found = trace(first, article("b", "Daily Kite", anew, after=24 * 90))
    assert (found.recycled, found.reasserted) == (None, ("b",))


def test_how_long_is_long_can_be_set() -> None:
    tale = (article("a", "Sellick Post", said(FARRANT)), article("b", "Daily Kite", said(), after=24 * 10))
    assert trace(*tale).recycled is None
    assert trace(*tale, setting=Setting(recycled_after=timedelta(days=7))).recycled is not None


def test_a_hedge_that_is_lost_on_the_way_is_told() -> None:
    first = article("a", "Sellick Post", said(FARRANT, hedges=("up to",)))
    second = article("b", "Daily Kite", said(voice("Sellick Post", MEDIA)), after=5)
    assert trace(first, second).mentions[1].hedge_lost == "up to"
    kept = article("b", "Daily Kite", said(voice("Sellick Post", MEDIA), hedges=("up to",)), after=5)
    assert trace(first, kept).mentions[1].hedge_lost is None


def test_a_count_that_rises_drifts() -> None:
    first = article("a", "Sellick Post", said(BOARD, quantities=(figure(4, "piles"),)))
    second = article("b", "Radio Kell", said(BOARD, quantities=(figure(9, "piles"),)), after=30)
    found = trace(first, second)
    assert found.drift is not None
    assert [(value.low, value.high) for value in found.drift.values] == [(4, 4), (9, 9)]
    assert (
        trace(first, article("b", "Radio Kell", said(BOARD, quantities=(figure(4, "piles"),)), after=30)).drift is None
    )


def test_other_figures_beside_it_are_no_drift() -> None:
    first = article("a", "Sellick Post", said(BOARD, quantities=(figure(4, "piles"), figure(30, "divers"))))
    second = article("b", "Radio Kell", said(BOARD, quantities=(figure(90, "boats"), figure(4, "piles"))), after=30)
    assert trace(first, second).drift is None


def test_another_value_disputes() -> None:
    rival = article("b", "Radio Kell", said(OLDE, quantities=(figure(9, "piles"),)), after=2)
    first = article("a", "Sellick Post", said(BOARD, quantities=(figure(4, "piles"),)))
    found = trace(first, setting=Setting(rivals={"a-0": (heard(rival),)}))
    assert [(d.source, d.kind) for d in found.disputed_by] == [("Piet Olde", DisputeKind.CONFLICT)]


def test_without_a_party_what_rests_on_it_is_gone() -> None:
    first = article("a", "Sellick Post", said(FARRANT))
    second = article("b", "Radio Kell", said(OLDE, words=("winter", "storm")), after=30)
    found = trace(first, second, setting=Setting(without=("Ode Farrant",)))
    assert [origin.party for origin in found.origins] == ["Piet Olde"]


def test_as_of_an_earlier_day_the_later_does_not_count() -> None:
    first = article("a", "Sellick Post", said(FARRANT))
    second = article("b", "Radio Kell", said(OLDE, words=("winter", "storm")), after=30)
    found = trace(first, second, setting=Setting(as_of=START + timedelta(hours=1)))
    assert [mention.document for mention in found.mentions] == ["a"]


def test_a_copy_rests_on_what_it_copies() -> None:
    first = article("a", "Sellick Post", said(FARRANT), said(OLDE, words=("winter", "storm", "hole")))
    second, reuse = copy(first, "b", "Daily Kite", 3)
    found = trace(first, second, setting=reuse_of([reuse]))
    assert [mention.parent for mention in found.mentions if mention.document == "b"] == ["a-0", "a-1"]
    made = find_edges({"a": first, "b": second}, [found], [reuse])
    assert [(edge.earlier, edge.later, edge.credited) for edge in made] == [("a", "b", False)]


def test_the_reasons_are_told_once_and_are_few() -> None:
    outlets = [f"Paper {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
    tale = [article(name, name, said(), after=place) for place, name in enumerate(outlets)]
    reasons = trace(*tale).reasons
    assert len(reasons) == len(set(reasons))
    assert len(reasons) <= 12


def test_an_undated_article_stands_where_it_was_first_seen_and_says_so() -> None:
    undated = replace(article("b", "Daily Kite", said(), after=4), published=None)
    found = trace(article("a", "Sellick Post", said(FARRANT)), undated)
    assert [(m.document, m.undated) for m in found.mentions] == [("a", False), ("b", True)]
