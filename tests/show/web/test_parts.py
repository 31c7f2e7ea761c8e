"""The small parts of pages: search terms, times, timelines, changed texts, bars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.errors import UsageError
from sourceline.ledger.ledger import Ledger
from sourceline.model.evidence import Version
from sourceline.model.query import Finding, Page, Query
from sourceline.model.speech import Act, Attribution, Quotation
from sourceline.model.trace import Interval
from sourceline.show.web.claims import Bar, bar_of, claim_row
from sourceline.show.web.documents_named import parse_spans, write_spans
from sourceline.show.web.search_terms import parse_search, write_term
from sourceline.show.web.text_changes import Kind, changed_lines
from sourceline.show.web.timeline import timeline_of
from sourceline.show.web.times import moment_of
from tests.show.web.browser import Browser

NOW = datetime(2031, 3, 6, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("depot", Query(text="depot")),
        ("depot source:Ruiz gate", Query(text="depot gate", source="Ruiz")),
        ('source:"Ana Ruiz"', Query(source="Ana Ruiz")),
        ("source:“Ana Ruiz” “the depot”", Query(text='"the depot"', source="Ana Ruiz")),
        ("act:deny,decline act:deny", Query(acts=(Act.DENY, Act.DECLINE))),
        ("outlet:Packet since:2031-03 until:2031", Query(outlet="Packet", since="2031-03", until="2031")),
        ("unnamed:yes", Query(named=False)),
        ("unnamed:no", Query()),
        ("https://source:80", Query(text="https://source:80")),
        ("resource:x", Query(text="resource:x")),
    ],
)
def test_search_terms(text: str, query: Query) -> None:
    asked = parse_search(text)
    assert asked.query == query
    assert asked.words == query.text


@pytest.mark.parametrize("text", ["act:sing", "source:", 'source:""', "until:x until:y", "act:,deny,sing"])
def test_terms_that_say_nothing(text: str) -> None:
    with pytest.raises(UsageError):
        parse_search(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(lambda t: t.replace('"', " ").strip()))
def test_a_term_comes_back_as_it_was_written(value: str) -> None:
    plain = value.replace('"', " ").replace("“", " ").replace("”", " ").replace("„", " ").strip()
    if plain:
        assert parse_search(write_term("source", plain)).query.source == plain


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (NOW - timedelta(seconds=20), "just now"),
        (NOW - timedelta(minutes=5), "5 min ago"),
        (NOW - timedelta(hours=3), "3 h ago"),
        (NOW - timedelta(days=1, hours=2), "yesterday"),
        (NOW - timedelta(days=6), "6 days ago"),
        (NOW - timedelta(days=8), "26 Feb 12:00"),
        (NOW + timedelta(days=1), "7 Mar 12:00"),
        ("2031-03-05", "5 Mar"),
        ("2030-12-31", "31 Dec 2030"),
        ("2030-12-31T09:15:00+02:00", "31 Dec 2030 09:15"),
        ("20301231", "31 Dec 2030"),
        ("last spring", "last spring"),
        ("2031-13-45", "2031-13-45"),
    ],
)
def test_times(stated: datetime | str, words: str) -> None:
    moment = moment_of(stated, NOW)
    assert moment is not None and moment.words == words


def test_the_exact_time_is_kept() -> None:
    moment = moment_of(datetime(2031, 3, 6, 9, 0, tzinfo=timezone(timedelta(hours=2))), NOW)
    assert moment is not None
    assert moment.exact == "6 Mar 2031, 09:00 UTC+02:00" and moment.stated == "2031-03-06T09:00:00+02:00"
    assert moment_of(None, NOW) is None and moment_of("", NOW) is None
    free = moment_of("some day", NOW)
    assert free is not None and free.stated == ""


@given(st.text())
def test_no_stated_time_is_a_surprise(stated: str) -> None:
    moment = moment_of(stated, NOW)
    assert (moment is None) == (stated == "")


def finding(published: str | None, act: Act = Act.STATE) -> Finding:
    version = Version(id="v", key="k", name="n", number=1, at=NOW, text_sha256="", sha256="", published=published)
    attribution = Attribution(id="a", source=(), cue=(), content=(), quote=Quotation.DIRECT, act=act, confidence=1.0)
    return Finding(version=version, attribution=attribution, speaker=None, identity=None)


def test_a_timeline_needs_a_date() -> None:
    assert timeline_of([finding(None), finding("soon")]) is None
    assert timeline_of([]) is None


def test_marks_stand_in_time_and_above_each_other() -> None:
    days = ["2031-03-11", "2031-03-06", "2031-03-01", "2031-03-01", None]
    timeline = timeline_of([finding(day) for day in days])
    assert timeline is not None
    assert [(mark.left, mark.up) for mark in timeline.marks] == [
        ("2.00%", 0),
        ("2.00%", 14),
        ("50.00%", 0),
        ("98.00%", 0),
    ]
    assert (timeline.undated, timeline.left_out, timeline.height) == (1, 0, 28)
    assert (timeline.ticks[0].label, timeline.ticks[-1].label) == ("1 Mar 2031", "11 Mar")


def test_a_crowded_day_is_told_in_a_number() -> None:
    timeline = timeline_of([finding("2031-03-01", Act.DENY)] * 50)
    assert timeline is not None
    assert (len(timeline.marks), timeline.left_out) == (6, 44)
    assert {mark.shape for mark in timeline.marks} == {"cross"}
    assert len(timeline.ticks) == 1


@given(st.lists(st.dates()), st.sampled_from(Act))
def test_marks_stay_within_the_strip(days: list[object], act: Act) -> None:
    timeline = timeline_of([finding(str(day), act) for day in days])
    if timeline is not None:
        shares = [float(mark.left.rstrip("%")) for mark in timeline.marks]
        assert all(2 <= share <= 98 for share in shares)
        assert len(timeline.marks) + timeline.left_out == len(days)


def told(before: str, after: str) -> list[list[tuple[str, str]] | int]:
    lines = changed_lines(before, after)
    assert lines is not None
    return [line.skipped or [(stretch.kind.value, stretch.text) for stretch in line.stretches] for line in lines]


def test_words_that_were_replaced() -> None:
    assert told("the depot is empty now", "the depot may be empty now") == [
        [("same", "the depot "), ("gone", "is"), ("new", "may be"), ("same", " empty now")]
    ]


def test_lines_that_stay_are_told_in_a_number() -> None:
    before = "\n".join(f"line {n}" for n in range(10))
    after = before.replace("line 9", "line ten")
    assert told(before, after) == [8, [("same", "line 8")], [("same", "line "), ("gone", "9"), ("new", "ten")]]


_LINES = st.lists(st.text(alphabet="ab \t", max_size=8), max_size=6).map("\n".join)


@given(_LINES, _LINES)
def test_what_stays_and_is_new_is_the_later_text(before: str, after: str) -> None:
    lines = changed_lines(before, after)
    assert lines is not None
    shown = [line for line in lines if not line.skipped]
    later = ["".join(s.text for s in line.stretches if s.kind is not Kind.GONE) for line in shown]
    earlier = ["".join(s.text for s in line.stretches if s.kind is not Kind.NEW) for line in shown]
    assert {line for line in later if line.strip()} <= set(after.split("\n"))
    assert {line for line in earlier if line.strip()} <= set(before.split("\n"))


def test_texts_that_are_too_long_are_not_compared() -> None:
    assert changed_lines("a\n" * 5000, "a") is None


@pytest.mark.parametrize(
    ("origins", "bar"),
    [
        (None, Bar(filled=0, outlined=0, more=False)),
        (Interval(low=0, best=0, high=1), Bar(filled=0, outlined=1, more=False)),
        (Interval(low=2, best=2, high=3), Bar(filled=2, outlined=1, more=False)),
        (Interval(low=1, best=9, high=40), Bar(filled=1, outlined=7, more=True)),
        (Interval(low=20, best=20, high=20), Bar(filled=8, outlined=0, more=True)),
    ],
)
def test_a_bar_shows_what_is_shown_and_what_may_be(origins: Interval | None, bar: Bar) -> None:
    assert bar_of(origins) == bar


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9)), max_size=5))
def test_spans_come_back_as_they_were_written(places: list[tuple[int, int]]) -> None:
    text = "x" * 100
    spans = parse_spans(",".join(f"{start}-{start + length}" for start, length in places), text)
    assert parse_spans(write_spans(spans), text) == spans


class WithClaims:
    """What a ledger that knows claims tells of one."""

    id = "c1"
    statement = "Inspectors were refused entry <b>"
    articles, outlets = 14, 9
    first, last = NOW - timedelta(days=10), NOW
    independent_origins = Interval(low=1, best=1, high=2)
    marks = ("disputed",)


def test_the_ledger_shows_claims_where_it_knows_them(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    page: Page[WithClaims] = Page(items=(WithClaims(),), next="c1")
    monkeypatch.setattr(Ledger, "find_claims", lambda *_, **__: page, raising=False)
    monkeypatch.setattr(Ledger, "match", lambda _: None, raising=False)
    shown = browser.get("/")
    assert "Inspectors were refused entry <b>" in shown.text and "1 · 1–2" in shown.text
    assert "14 article" in shown.text and "disputed" in shown.text and "/claims/c1" in shown.links
    assert any(link.startswith("/?after=c1") for link in shown.links)
    tabs = browser.get("/?q=depot")
    assert "claims said" in tabs.text
    assert claim_row(WithClaims()).bar == Bar(filled=1, outlined=1, more=False)
