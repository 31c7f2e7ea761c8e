"""What the contract promises, asked of every store: evidence, finding, judgements, in any order of writing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sourceline.errors import NotFound, SourcelineError, UsageError
from sourceline.model.evidence import Problem, Removal
from sourceline.model.judgement import Judgement, Named, Verdict
from sourceline.model.query import Query
from sourceline.model.reading import ModelVersion
from sourceline.model.record import Number
from sourceline.model.speech import Act, Attribution, Quotation
from sourceline.model.text import Span
from sourceline.store.contract import Deposit, Known, Store, Visit
from tests.store.conftest import Opener
from tests.store.world import (
    COMPANY,
    OFFICIAL,
    RUIZ,
    RUIZ_DENIES,
    START,
    day,
    deposit,
    everything,
    pages,
    profiles_of,
    put,
    reading_of,
    rich_reading,
    version_of,
    wordings,
)

NEWER = ModelVersion(name="by-hand", version="2")
REMOVAL = Removal(at=day(9), by="Ines Calder", reason="a court order")


def two_days() -> list[Deposit]:
    """Two articles of one day, one of a later day, one without a date."""
    return [
        deposit("a", reading_of((RUIZ, OFFICIAL), published="2031-03-06", outlet="The Sarrow Standard")),
        deposit("b", reading_of((RUIZ_DENIES,), published="2031-03-06T23:00:00+02:00", outlet="Vellin Post")),
        deposit("c", reading_of((COMPANY, RUIZ), published="2031-03-08", outlet="the sarrow standard")),
        deposit("d", reading_of((OFFICIAL, COMPANY))),
    ]


# evidence -------------------------------------------------------------------------------------------------------------


def test_a_reading_comes_back_as_it_was_put(store: Store) -> None:
    given = deposit("a", rich_reading())
    put(store, given)
    assert store.reading(version_of(given)) == given.reading


@pytest.mark.parametrize(
    "extra",
    [
        {"section": "trade", "tags": ["a", "b"], "nested": {"deep": [None, True, 1.5]}},
        {"views": Number("2.50"), "list": [Number("1e999"), {"x": Number("-0")}]},
        {"\x1fnumber": "1", "\x1f": {"\x1fnumber": "2"}, "real": Number("3.0")},
        {"whole": 10**60, "half": float("1e300")},
        {"broken": "\ud800"},
    ],
)
def test_unknown_fields_come_back_untouched(store: Store, extra: dict[str, object]) -> None:
    given = deposit("a", reading_of((RUIZ,), extra=extra))
    put(store, given)
    kept = store.reading(version_of(given))
    assert kept is not None and kept.document.extra == extra


def test_an_empty_text_can_be_kept(store: Store) -> None:
    given = deposit("a", reading_of(()))
    assert put(store, given) == ["document"]
    assert store.reading(version_of(given)) == given.reading


def test_the_raw_bytes_are_in_the_record_alone(store: Store) -> None:
    reading = reading_of((RUIZ,))
    given = deposit("a", replace(reading, document=replace(reading.document, raw=b"<p>...")))
    put(store, given)
    assert store.reading(version_of(given)) == reading


def test_a_text_without_utf_8_is_refused_whole(store: Store) -> None:
    with pytest.raises(SourcelineError, match="surrogate"):
        put(store, deposit("a", reading_of((replace(RUIZ, what="half \ud800"),))))
    assert everything(store)["versions"] == []


def test_a_span_that_is_not_of_the_text_is_refused(store: Store) -> None:
    reading = reading_of((RUIZ,))
    (attribution,) = reading.attributions
    wrong = replace(attribution, cue=(Span(start=0, end=4, text="said"),))
    with pytest.raises(SourcelineError, match="said"):
        put(store, deposit("a", replace(reading, attributions=(wrong,))))


def test_outcomes(store: Store) -> None:
    first = deposit("a", reading_of((RUIZ,), title="Exports"))
    assert put(store, first) == ["document"]
    assert put(store, first) == ["unchanged"]
    assert put(store, deposit("a", first.reading, raw="other bytes")) == ["capture"]
    assert put(store, deposit("a", reading_of((RUIZ, OFFICIAL), title="Exports"), at=day(1))) == ["version"]
    assert put(store, deposit("a", reading_of((RUIZ,), title="Imports"), at=day(2))) == ["version"]
    assert put(store, deposit("a", replace(first.reading, model=NEWER))) == ["reading"]
    assert put(store, first) == ["unchanged"]
    assert put(store, deposit("b", first.reading)) == ["document"]


def test_putting_the_same_twice_changes_nothing(store: Store) -> None:
    put(store, *two_days())
    before = everything(store)
    assert put(store, *two_days()) == ["unchanged"] * 4
    assert everything(store) == before


def test_the_later_model_is_kept_whatever_comes_first(store: Store) -> None:
    reading = reading_of((RUIZ, OFFICIAL))
    ninth, tenth = (replace(reading, model=ModelVersion(name="by-hand", version=v)) for v in ("0.9", "0.10"))
    given = deposit("a", tenth)
    put(store, given)
    assert put(store, deposit("a", ninth)) == ["unchanged"]
    assert store.reading(version_of(given)) == tenth
    version = store.version(version_of(given))
    assert version is not None and version.model == "by-hand/0.10"


def test_versions_are_numbered_by_when_their_texts_were_there(store: Store) -> None:
    late = deposit("a", reading_of((RUIZ,)), at=day(3))
    early = deposit("a", reading_of((OFFICIAL,)), at=day(1))
    put(store, late)
    put(store, early)
    assert [(v.number, v.id) for v in store.versions("a")] == [(1, version_of(early)), (2, version_of(late))]
    assert [v.id for v in store.versions(late.key)] == [version_of(early), version_of(late)]
    assert list(store.versions("nobody")) == []


def test_a_version_tells_where_it_is_from(store: Store) -> None:
    stated: dict[str, Any] = {
        "url": "https://standard.example/1",
        "outlet": "The Sarrow Standard",
        "outlet_kind": "newspaper",
    }
    given = deposit("a", reading_of((RUIZ,), title="Exports fall", published="2031-03-06", **stated))
    put(store, given)
    version = store.version(version_of(given))
    assert version is not None
    assert (version.key, version.name, version.number, version.at) == (given.key, "a", 1, START)
    assert (version.url, version.outlet, version.outlet_kind) == tuple(stated.values())
    assert (version.title, version.published, version.model) == ("Exports fall", "2031-03-06", "by-hand/1")
    assert version.sha256 == given.capture.sha256
    assert version.text_sha256 == given.reading.document.sha256
    assert version.removal is None
    assert store.version("unknown") is None and store.reading("unknown") is None


def test_versions_come_by_date_and_those_without_one_last(store: Store) -> None:
    put(store, *reversed(two_days()))
    assert [version.name for version in store.versions()] == ["a", "b", "c", "d"]


def test_the_last_version_of_each_document_comes_latest_first(store: Store) -> None:
    put(store, *two_days(), deposit("a", reading_of((OFFICIAL,), published="2031-03-06"), at=day(9)))
    whole = store.latest().items
    assert sorted(version.name for version in whole) == ["a", "b", "c", "d"]
    assert [v.number for v in whole if v.name == "a"] == [max(v.number for v in store.versions("a"))]
    days = [v.published for v in whole]
    assert days == sorted((d for d in days if d), reverse=True) + [None] * days.count(None)
    assert pages(store.latest, limit=1) == list(whole)


def test_captures_come_with_their_records(store: Store) -> None:
    reading = reading_of((RUIZ,))
    fetched = deposit("a", reading, raw="x", retrieved=day(2))
    later = deposit("a", reading, raw="y", retrieved=day(3))
    found = deposit("a", reading, raw="z")
    put(store, later, found, fetched)
    captures = list(store.captures(version_of(found)))
    assert [capture for _, capture, _ in captures] == [found.capture, fetched.capture, later.capture]
    assert [record for *_, record in captures] == [found.record, fetched.record, later.record]
    assert list(store.captures()) == captures
    assert list(store.captures("unknown")) == []


def test_names_of_files_may_have_no_utf_8(store: Store) -> None:
    name = "caf\udce9.html"
    given = deposit(name, reading_of((RUIZ,)), place=name)
    put(store, given)
    problem = Problem(place=name, kind="input", message=f"no text in {name}")
    with store.writing():
        store.add_problem(problem, START)
        store.set_visit(Visit(url=f"file:///{name}", at=START, etag=name))
    assert put(store, given) == ["unchanged"]
    assert put(store, deposit(name, given.reading, place=f"later/{name}", at=day(1))) == ["unchanged"]
    assert [v.name for v in store.versions(name)] == [name]
    assert [capture for _, capture, _ in store.captures()] == [given.capture]
    assert store.key_at(name) == given.key
    assert list(store.problems()) == [(problem, START)]
    assert store.visit(f"file:///{name}") == Visit(url=f"file:///{name}", at=START, etag=name)
    with store.writing():
        store.solve_problem(name)
    assert list(store.problems()) == []


def test_known_bytes_and_places(store: Store) -> None:
    first, second = deposit("a", reading_of((RUIZ,)), raw="same"), deposit("b", reading_of((OFFICIAL,)), raw="same")
    put(store, first, second)
    assert store.captured([first.capture.sha256, "0" * 64]) == {first.capture.sha256: min(first.key, second.key)}
    assert store.captured([]) == {}
    assert store.key_at("a.html") == first.key
    assert store.key_at("nowhere") is None
    put(store, deposit("c", reading_of((COMPANY,)), place="a.html", at=day(1)))
    assert store.key_at("a.html") == deposit("c", reading_of(())).key


def test_since_when_bytes_are_known(store: Store) -> None:
    late = deposit("a", reading_of((RUIZ,)), raw="same", at=day(2))
    early = deposit("a", reading_of((RUIZ,)), raw="same", at=day(1))
    sha256 = late.capture.sha256
    assert store.known(sha256, late.key) is None
    put(store, late)
    assert store.known(sha256, late.key) == Known(since=day(2), removed=False)
    put(store, early, late)
    assert store.known(sha256, late.key) == Known(since=day(1), removed=False)
    assert store.known(sha256, "another") is None


def test_more_hashes_than_a_statement_takes(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ,)))
    put(store, given)
    assert store.captured([f"{i:064x}" for i in range(40_000)] + [given.capture.sha256]) == {
        given.capture.sha256: given.key
    }


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    put(store, two_days()[0])
    before = everything(store)
    with pytest.raises(ZeroDivisionError), store.writing():
        for given in two_days():
            store.put(given)
        store.add_problem(Problem(place="x", kind="input", message="no"), START)
        assert len(list(store.versions())) == 4
        raise ZeroDivisionError
    assert everything(store) == before
    put(store, *two_days())
    assert len(wordings(store)) == 7


def test_what_is_written_is_found_in_the_same_transaction(store: Store) -> None:
    with store.writing():
        store.put(two_days()[0])
        assert wordings(store, text="depot") == ["the depot was empty"]
        assert [key for key, _ in store.profile_keys()] == ["ana ruiz"]
        assert len(store.summaries().items) == 1
        store.put(two_days()[1])
        assert wordings(store, text="depot", source="ruiz") == ["any talks on the depot"]


def test_transactions_are_not_nested_and_nothing_is_written_outside_one(store: Store) -> None:
    with store.writing(), pytest.raises(UsageError), store.writing():
        pass
    with pytest.raises(UsageError):
        store.put(two_days()[0])
    assert list(store.versions()) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_writing_does_not_matter(opener: Opener, data: st.DataObject) -> None:
    deposits = _conflicting()
    orders = [data.draw(st.permutations(deposits)) for _ in range(2)]
    cuts = [data.draw(st.integers(1, len(deposits))) for _ in range(2)]
    answers = []
    for order, cut in zip(orders, cuts, strict=True):
        store = opener(f"ledger{next(_NUMBERS)}")
        for start in range(0, len(order), cut):
            put(store, *order[start : start + cut])
        answers.append(everything(store))
        store.close()
    assert answers[0] == answers[1]


_NUMBERS = itertools.count()


def _conflicting() -> list[Deposit]:
    """Deposits that compete: for a version's reading, its name and time, a capture's place, a number, a day."""
    reading = reading_of((RUIZ, OFFICIAL), published="2031-03-06", url="https://standard.example/1")
    other = replace(reading, document=replace(reading.document, url="https://standard.example/2", extra={"n": 1}))
    edited = reading_of((RUIZ, COMPANY), published="2031-03-06")
    newer = replace(reading_of((RUIZ, OFFICIAL), published="2031-03-06"), model=NEWER, sources=reading.sources[:1])
    return [
        deposit("a", reading, raw="1", place="p"),
        deposit("a", other, raw="1", place="q"),
        deposit("a", other, raw="2", at=day(-1)),
        deposit("also", reading, key=deposit("a", reading).key, raw="3", at=day(-1)),
        deposit("a", newer, raw="4", at=day(2)),
        deposit("a", newer, raw="1", at=day(3)),
        deposit("a", edited, at=day(-2)),
        *two_days()[1:],
    ]


# a new reading, a removal ---------------------------------------------------------------------------------------------


def test_another_reading_takes_the_place_of_the_one_that_is_kept(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL), published="2031-03-06"))
    put(store, given, *two_days()[1:])
    anew = replace(given.reading, attributions=given.reading.attributions[:1], model=NEWER)
    with store.writing():
        store.replace_reading(version_of(given), anew, profiles_of(anew))
    assert store.reading(version_of(given)) == anew
    assert wordings(store, until="2031-03-06", text="exports OR empty") == ["exports fell in May"]
    assert put(store, given) == ["unchanged"]
    assert store.reading(version_of(given)) == anew
    assert list(store.faults()) == []


def test_a_new_reading_takes_its_sources_with_it(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ,)))
    put(store, given)
    renamed = replace(given.reading, sources=(replace(given.reading.sources[0], name="Ana Ruiz Calder"),))
    with store.writing():
        store.replace_reading(version_of(given), renamed, profiles_of(renamed))
    assert [key for key, _ in store.profile_keys()] == ["ana ruiz calder"]
    assert [s.name for s in store.summaries().items] == ["Ana Ruiz Calder"]
    assert store.summaries("calder").items and not store.summaries("nobody").items


def test_a_new_reading_is_of_the_same_text(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ,)))
    put(store, given)
    with pytest.raises(UsageError), store.writing():
        store.replace_reading(version_of(given), reading_of((OFFICIAL,)), {})
    with pytest.raises(NotFound), store.writing():
        store.replace_reading("unknown", given.reading, {})


def test_what_is_removed_is_gone_and_does_not_come_back(store: Store) -> None:
    deposits = two_days()
    put(store, *deposits)
    gone = deposits[0]
    judged = _judgement(gone, Verdict.RIGHT, gone.reading.attributions[0])
    with store.writing():
        store.add_judgement(judged)
    with store.writing():
        store.remove(version_of(gone), REMOVAL)
    version = store.version(version_of(gone))
    assert version is not None and version.removal == REMOVAL
    assert (version.title, version.model, version.text_sha256) == (None, None, gone.reading.document.sha256)
    assert store.reading(version_of(gone)) is None
    assert list(store.captures(version_of(gone))) == []
    assert store.captured([gone.capture.sha256]) == {gone.capture.sha256: gone.key}
    assert "exports fell in May" in wordings(store) and wordings(store, version=version_of(gone)) == []
    (kept,) = store.judgements()
    assert kept.attribution is not None and kept.attribution.wording == ""
    assert kept.attribution.content[0].start == gone.reading.attributions[0].content[0].start
    assert put(store, gone) == ["removed"]
    assert put(store, deposit("a", replace(gone.reading, model=NEWER), raw="other bytes")) == ["removed"]
    retitled = replace(gone.reading, document=replace(gone.reading.document, title="Another"))
    assert put(store, deposit("a", retitled, raw="third bytes")) == ["removed"]
    assert put(store, deposit("a", reading_of((COMPANY,)), at=day(5))) == ["removed"]
    assert list(store.faults()) == []
    with store.writing():
        store.remove(version_of(gone), replace(REMOVAL, reason="again"))
    version = store.version(version_of(gone))
    assert version is not None and version.removal == REMOVAL
    with pytest.raises(NotFound), store.writing():
        store.remove("unknown", REMOVAL)
    with pytest.raises(NotFound), store.writing():
        store.replace_reading(version_of(gone), gone.reading, {})


def test_beside_a_version_that_stands_only_the_removed_text_is_refused(store: Store) -> None:
    gone, stands = deposit("a", reading_of((RUIZ,))), deposit("a", reading_of((COMPANY,)), at=day(5))
    put(store, gone, stands)
    with store.writing():
        store.remove(version_of(gone), REMOVAL)
    assert put(store, deposit("a", gone.reading, raw="other bytes")) == ["removed"]
    assert put(store, deposit("a", reading_of((RUIZ_DENIES,)), at=day(6))) == ["version"]


def test_what_is_said_of_a_removed_text_later_brings_no_word_back(store: Store) -> None:
    gone = deposit("a", reading_of((RUIZ,)))
    put(store, gone)
    with store.writing():
        store.remove(version_of(gone), REMOVAL)
    with store.writing():
        store.add_judgement(_judgement(gone, Verdict.RIGHT, gone.reading.attributions[0]))
    (kept,) = store.judgements()
    assert kept.attribution is not None and kept.attribution.wording == ""
    assert list(store.faults()) == []


def test_versions_are_found_by_name_key_and_address(store: Store) -> None:
    reading = reading_of((RUIZ,))
    placed = replace(reading, document=replace(reading.document, url="https://www.a.example/x/"))
    put(store, deposit("a", placed), deposit("b", reading_of((COMPANY,))))
    key = deposit("a", placed).key
    for asked in ("a", key, "https://www.a.example/x/", "http://a.example/x#top"):
        assert [version.name for version in store.versions(asked)] == ["a"], asked
    assert list(store.versions("https://a.example/y")) == []


def test_an_older_visit_does_not_replace_a_newer_one(store: Store) -> None:
    newer = Visit(url="https://a.example/x", at=day(5), etag="new")
    with store.writing():
        store.set_visit(newer)
        store.set_visit(Visit(url="https://a.example/x", at=day(4), etag="old"))
    assert store.visit("https://a.example/x") == newer


# problems and visits --------------------------------------------------------------------------------------------------


def test_problems(store: Store) -> None:
    broken = Problem(place="b.pdf", kind="format", message="no PDF")
    worse = Problem(place="a.gz", kind="input", message="cut off")
    with store.writing():
        store.add_problem(broken, day(0))
        store.add_problem(worse, day(1))
        store.add_problem(broken, day(2))
    assert list(store.problems()) == [(worse, day(1)), (broken, day(0))]
    with store.writing():
        store.solve_problem("b.pdf")
        store.solve_problem("never noted")
    assert list(store.problems()) == [(worse, day(1))]


def test_visits(store: Store) -> None:
    first = Visit(url="https://standard.example/", at=day(0), etag='"1"')
    later = Visit(url="https://standard.example/", at=day(1), last_modified="Thu, 06 Mar 2031 09:15:00 GMT")
    assert store.visit(first.url) is None
    with store.writing():
        store.set_visit(first)
    assert store.visit(first.url) == first
    with store.writing():
        store.set_visit(later)
    assert store.visit(first.url) == later


# finding --------------------------------------------------------------------------------------------------------------


def test_the_latest_published_come_first_and_those_without_a_date_last(store: Store) -> None:
    deposits = two_days()
    put(store, *deposits)
    same_day = sorted(deposits[:2], key=version_of)
    wanted = [a.wording for given in (deposits[2], *same_day, deposits[3]) for a in given.reading.attributions]
    for limit in (1, 2, 3, 50):
        assert wordings(store, limit=limit) == wanted
    assert store.count(Query()) == 7 and store.count(Query(), limit=3) == 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "depot"}, 5),
        ({"text": "DEPOT empty"}, 2),
        ({"text": '"the depot was"'}, 2),
        ({"text": '"depot the"'}, 0),
        ({"text": "exports OR talks"}, 3),
        ({"text": "depot -empty NOT talks"}, 2),
        ({"text": "emp*"}, 2),
        ({"text": "-depot"}, 2),
        ({"text": "NOT depot -exports"}, 0),
        ({"text": "-depot", "outlet": "the Sarrow STANDARD"}, 2),
        ({"text": "-depot", "outlet": "Vellin Post"}, 0),
        ({"text": "-empty", "since": "2031-03-08"}, 2),
        ({"text": "-empty", "source": "ruiz"}, 3),
        ({"text": "-minister"}, 7),
        ({"text": "minister"}, 0),
        ({"source": "RUIZ"}, 3),
        ({"source": "ana ruiz"}, 3),
        ({"source": "ui"}, 0),
        ({"source": "official"}, 2),
        ({"named": False}, 2),
        ({"named": True}, 5),
        ({"outlet": "the Sarrow STANDARD"}, 4),
        ({"outlet": "nobody"}, 0),
        ({"acts": (Act.DENY,)}, 1),
        ({"acts": (Act.DENY, Act.DECLINE)}, 3),
        ({"since": "2031-03-08"}, 2),
        ({"until": "2031-03-06"}, 3),
        ({"until": "2031-03"}, 5),
        ({"since": "2031-W10", "until": "2031"}, 5),
        ({"since": "2032"}, 0),
        ({"text": "depot", "source": "ruiz", "acts": (Act.DENY,), "since": "2031-03-06", "until": "2031-03-07"}, 1),
        ({"text": "depot", "named": False, "outlet": "Vellin Post"}, 0),
        ({"version": "unknown"}, 0),
        ({"identity": "unknown"}, 0),
    ],
)
def test_all_that_is_asked_has_to_hold(store: Store, asked: dict[str, Any], found: int) -> None:
    put(store, *two_days())
    assert len(wordings(store, **asked)) == found
    assert store.count(Query(**asked)) == found


def test_finding_in_one_version(store: Store) -> None:
    deposits = two_days()
    put(store, *deposits)
    version = version_of(deposits[2])
    assert wordings(store, version=version) == ["to comment on the depot", "exports fell in May"]
    assert wordings(store, version=version, text="depot") == ["to comment on the depot"]
    assert wordings(store, version=version, since="2032") == []
    assert store.count(Query(version=version)) == 2


def test_a_finding_brings_its_version_and_its_sources(store: Store) -> None:
    reading = rich_reading()
    given = deposit("a", reading)
    put(store, given)
    found = {f.attribution.id: f for f in store.find(Query()).items}
    first = found["not-a-hash"]
    assert first.version == store.version(version_of(given))
    assert (first.speaker, first.identity, first.judged) == (None, None, False)
    assert (first.via, first.upstream) == (reading.sources[1:], reading.sources[:1])
    assert [f.attribution for f in store.find(Query()).items] == list(reading.attributions)
    spoken = next(f for f in found.values() if f.speaker == reading.sources[0])
    assert spoken.identity == given.profiles["s1"].id


def test_accents_case_and_punctuation_do_not_count(store: Store) -> None:
    saying = replace(RUIZ, who="Zoë Müller-Ørsted", what="the “State-run” Café isn’t closed")
    put(store, deposit("a", reading_of((saying,))))
    for text in ("cafe", "CAFÉ", "cafe\u0301", '"state run"', "state-run", "isn't", "“state run”", "müller"):
        assert len(wordings(store, text=text)) == 1, text
    for source in ("zoe", "Muller", "müller-ørsted"):
        assert len(wordings(store, source=source)) == 1, source


@pytest.mark.parametrize(
    "text",
    ["", "   ", "—", '"', 'a "b', "OR", "a OR", "OR a", "a OR OR b", "NOT", "a NOT", "a OR -b", "a OR NOT b",
     "a*", "*", "(a OR b) c", " ".join(f"w{i}" for i in range(101))],
)  # fmt: skip
def test_a_search_that_cannot_be_understood_says_what_to_write(store: Store, text: str) -> None:
    for ask in (
        lambda: store.find(Query(text=text)),
        lambda: store.count(Query(text=text)),
        lambda: store.passages(text),
    ):
        with pytest.raises(UsageError):
            ask()


def test_whole_texts_and_names_are_not_found_by_what_is_left_out_alone(store: Store) -> None:
    for ask in (store.passages, store.summaries):
        for text in ("-a", "NOT a"):
            with pytest.raises(UsageError, match="at least one"):
                ask(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(alphabet=st.sampled_from("abdepot \"*-()^:+{}[]~\\/.,;!?'’“”\0\n\tORNTAE\ud800é漢½"), max_size=24)
    | st.text(max_size=12),
    after=st.none() | st.text(max_size=12) | st.from_regex(r"-?[0-9]{1,20}\.[a-z.]{0,4}[0-9]{0,20}\.?", fullmatch=True),
)
def test_no_search_breaks_the_store(store: Store, text: str, after: str | None) -> None:
    if not list(store.versions()):
        put(store, *two_days())
    for ask in (
        lambda: store.find(Query(text=text), after=after),
        lambda: store.find(Query(source=text, outlet=text, identity=text)),
        lambda: store.find(Query(since=text, until=after)),
        lambda: store.passages(text, after=after),
        lambda: store.summaries(text, after=after),
        lambda: store.unnamed(after=after),
    ):
        try:
            ask()
        except UsageError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.", "-1.a.0.b", "1.a", "1.a.x.b", "9" * 30 + ".a.0.b"])
def test_a_cursor_that_is_none(store: Store, cursor: str) -> None:
    put(store, *two_days())
    with pytest.raises(UsageError):
        store.find(Query(), after=cursor)
    with pytest.raises(UsageError):
        store.passages("depot", after=cursor)


def test_a_page_goes_on_where_the_last_one_ended_though_more_has_come(store: Store) -> None:
    deposits = two_days()
    put(store, *deposits)
    page = store.find(Query(), limit=3)
    rest = [f.attribution.wording for f in store.find(Query(), after=page.next).items]
    put(store, deposit("e", reading_of((COMPANY,), published="2031-04-01")))
    assert [f.attribution.wording for f in store.find(Query(), after=page.next).items] == rest
    assert len(page.items) + len(rest) == 7


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(1, 5))
def test_pages_are_the_whole_in_pieces(opener: Opener, days: list[int], limit: int) -> None:
    store = opener(f"ledger{next(_NUMBERS)}")
    for number, published in enumerate(days):
        stated = None if published == 0 else f"2031-03-0{published}"
        put(store, deposit(f"d{number}", reading_of((OFFICIAL, RUIZ), published=stated)))
    for query in (Query(), Query(text="depot OR exports"), Query(text="depot")):
        whole = store.find(query, limit=1000).items
        assert pages(lambda query=query, **page: store.find(query, **page), limit=limit) == list(whole)
        assert len(whole) == store.count(query) == len(days) * (1 if query.text == "depot" else 2)
        order = [(f.version.published or "", f.version.id) for f in whole]
        assert [p for p, _ in order] == sorted((p for p, _ in order), reverse=True)
        assert all(a[1] <= b[1] for a, b in itertools.pairwise(order) if a[0] == b[0])
    store.close()


def test_a_version_of_very_many_attributions(store: Store) -> None:
    given = deposit("a", reading_of([replace(OFFICIAL, what=f"lorry {i} was empty") for i in range(5_000)]))
    put(store, given, *two_days())
    assert store.count(Query(text="lorry")) == 5_000
    found = wordings(store, limit=700, text="lorry")
    assert found == [f"lorry {i} was empty" for i in range(5_000)]
    page = store.find(Query(text="empty"), limit=1)
    assert page.items[0].attribution.wording == "the depot was empty"


# passages -------------------------------------------------------------------------------------------------------------


def test_passages_show_the_first_place(store: Store) -> None:
    deposits = two_days()
    put(store, *deposits)
    found = pages(lambda **page: store.passages("depot", **page), limit=1)
    assert [p.version.name for p in found] == ["c", *(d.name for d in sorted(deposits[:2], key=version_of)), "d"]
    for passage in found:
        text = next(d for d in deposits if d.name == passage.version.name).reading.document.text
        assert text[passage.start : passage.end] == passage.text == "depot"
        assert passage.start == text.index("depot")


def test_passages_of_phrases_and_titles(store: Store) -> None:
    put(store, deposit("a", reading_of((RUIZ,), title="Silence at the depot")))
    put(store, deposit("b", reading_of((OFFICIAL,))))
    assert [(p.version.name, p.text) for p in store.passages('"was EMPTY"').items] == [("b", "was empty")]
    assert [(p.version.name, p.start, p.text) for p in store.passages("silence").items] == [("a", 0, "")]
    assert [p.text for p in store.passages("fell OR empty -may").items] == ["empty"]
    assert store.passages("silence empty").items == ()


# sources across documents ---------------------------------------------------------------------------------------------


def _merged(store: Store) -> tuple[str, list[Deposit]]:
    """Two profiles made one identity: its id, and the deposits."""
    advisor = replace(RUIZ_DENIES, who="Ana M. Ruiz", role="adviser", affiliation="Trade Board")
    deposits = [
        deposit("a", reading_of((RUIZ, RUIZ_DENIES, OFFICIAL), published="2031-03-06", outlet="One")),
        deposit("b", reading_of((advisor,), published="2031-05-01", outlet="Two")),
        deposit("c", reading_of((RUIZ, COMPANY), outlet="One")),
    ]
    put(store, *deposits)
    ids = sorted(p.id for given in deposits for p in given.profiles.values() if "Ruiz" in p.name)
    with store.writing():
        store.set_identities(dict.fromkeys(ids, ids[0]))
    return ids[0], deposits


def test_profiles_are_found_by_key(store: Store) -> None:
    identity, deposits = _merged(store)
    profiles = sorted((p for d in deposits for p in d.profiles.values()), key=lambda p: p.id)
    assert list(store.profiles(["ana ruiz", "vellin gas", "nobody"])) == [
        p for p in {p.id: p for p in profiles}.values() if p.key != "ana m. ruiz"
    ]
    assert list(store.profile_keys()) == [("ana ruiz", 3), ("ana m. ruiz", 1), ("vellin gas", 1)]
    assert [p.name for p in store.identity_profiles(identity)] == [
        p.name for p in {p.id: p for p in profiles}.values() if "Ruiz" in p.name
    ]
    assert list(store.identity_profiles("unknown")) == []
    absorbed = [p.id for p in store.identity_profiles(identity) if p.id != identity]
    assert {store.identity_of(id) for id in (identity, *absorbed)} == {identity}
    assert store.identity_of("unknown") is None
    assert wordings(store, identity=absorbed[0]) == wordings(store, identity=identity) != []
    assert [store.profile(p.id) for p in profiles] == profiles and store.profile("unknown") is None


def test_a_summary(store: Store) -> None:
    identity, _ = _merged(store)
    summary = store.summary(identity)
    assert summary is not None
    assert (summary.identity, summary.name, summary.kind) == (identity, "Ana Ruiz", "person")
    assert (summary.roles, summary.affiliations) == (("trade minister", "adviser"), ("Trade Board",))
    assert (summary.documents, summary.outlets) == (3, 2)
    assert summary.acts == {Act.STATE: 2, Act.DENY: 2}
    assert (summary.first, summary.last) == ("2031-03-06", "2031-05-01")
    assert store.summary("unknown") is None


def test_summaries(store: Store) -> None:
    identity, _ = _merged(store)
    found = pages(lambda **page: store.summaries(**page), limit=1)
    assert [s.name for s in found] == ["Ana Ruiz", "Vellin Gas"]
    assert found[0] == store.summary(identity)
    assert [s.name for s in store.summaries("ruiz").items] == ["Ana Ruiz"]
    assert [s.name for s in store.summaries("m. ruiz").items] == ["Ana Ruiz"]
    assert [s.name for s in store.summaries(acts=(Act.DECLINE, Act.FIND)).items] == ["Vellin Gas"]
    assert store.summaries("gas", acts=(Act.DENY,)).items == ()


def test_an_identity_speaks_with_all_its_names_until_it_is_taken_apart(store: Store) -> None:
    identity, deposits = _merged(store)
    assert len(wordings(store, identity=identity)) == 4
    assert wordings(store, identity=identity, acts=(Act.DENY,), text="depot", since="2031-04") == [
        "any talks on the depot"
    ]
    assert {f.identity for f in store.find(Query(source="ruiz")).items} == {identity}
    own = {p.id: p.id for given in deposits for p in given.profiles.values()}
    with store.writing():
        store.set_identities(own)
    assert {f.identity for f in store.find(Query(source="ruiz")).items} == set(own) - {
        p.id for d in deposits for p in d.profiles.values() if "Gas" in p.name
    }
    assert len(store.summaries().items) == 3
    assert list(store.faults()) == []


def test_an_identity_of_very_many_profiles(store: Store) -> None:
    deposits = [deposit(f"d{i}", reading_of((replace(RUIZ, role=f"role {i}"),))) for i in range(400)]
    put(store, *deposits)
    ids = sorted(p.id for given in deposits for p in given.profiles.values())
    with store.writing():
        store.set_identities(dict.fromkeys(ids, ids[0]))
    assert store.count(Query(identity=ids[0])) == 400
    assert len(store.find(Query(identity=ids[0])).items) == 50


def test_sources_without_a_name(store: Store) -> None:
    twice = reading_of((OFFICIAL, RUIZ, OFFICIAL, replace(OFFICIAL, who="A diplomat")), published="2031-03-09")
    silent = reading_of((RUIZ,))
    put(store, deposit("a", twice), deposit("b", silent), *two_days()[2:])
    found = pages(lambda **page: store.unnamed(**page), limit=1)
    assert [(v.name, s.name, n) for v, s, n in found] == [
        ("a", "An official", 2),
        ("a", "A diplomat", 1),
        ("d", "An official", 1),
    ]


# judgements -----------------------------------------------------------------------------------------------------------


def _judgement(given: Deposit, verdict: Verdict, attribution: Attribution, *, hours: int = 0) -> Judgement:
    return Judgement(
        id=f"{verdict.value}-{attribution.id}",
        at=START + timedelta(hours=hours),
        by="Ines Calder",
        verdict=verdict,
        version=version_of(given),
        attribution=attribution,
    )


def _judge(store: Store, *judgements: Judgement) -> list[bool]:
    with store.writing():
        return [store.add_judgement(judgement) for judgement in judgements]


def _undo(store: Store, id: str) -> bool:
    with store.writing():
        return store.undo_judgement(id, at=day(1), by="Tamsin Orrel")


def _corrected(attribution: Attribution, text: str) -> Attribution:
    """The same with a content that is one word shorter."""
    (content,) = attribution.content
    shorter = Span.of(text, content.start, content.end - len(content.text.rsplit(" ", 1)[1]) - 1)
    return replace(attribution, id=f"corrected-{attribution.id}", content=(shorter,), quote=Quotation.INDIRECT)


def test_what_is_judged_wrong_is_not_found_until_it_is_taken_back(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL)))
    put(store, given)
    before = everything(store)
    wrong = _judgement(given, Verdict.WRONG, given.reading.attributions[0])
    assert _judge(store, wrong) == [True]
    assert wordings(store) == ["the depot was empty"]
    assert wordings(store, text="exports") == [] and store.count(Query()) == 1
    assert list(store.profile_keys()) == [("ana ruiz", 0)]
    assert store.reading(version_of(given)) == given.reading
    assert _judge(store, wrong) == [False]
    assert _undo(store, wrong.id) and not _undo(store, wrong.id) and not _undo(store, "unknown")
    assert [j.undone for j in store.judgements()] == [True]
    assert {**everything(store), "judgements": []} == before
    assert _judge(store, wrong) == [True]
    assert [j.undone for j in store.judgements()] == [True, False]
    assert len(wordings(store)) == 1 and list(store.faults()) == []


def test_what_is_judged_right_says_so(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL)))
    put(store, given)
    _judge(store, _judgement(given, Verdict.RIGHT, given.reading.attributions[1]))
    assert [f.judged for f in store.find(Query()).items] == [False, True]


def test_a_corrected_attribution_stands_in_the_place_of_the_wrong_one(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL)))
    put(store, given)
    wrong, *_ = given.reading.attributions
    right = _corrected(wrong, given.reading.document.text)
    _judge(store, _judgement(given, Verdict.WRONG, wrong), _judgement(given, Verdict.ADDED, right))
    found = store.find(Query()).items
    assert [f.attribution for f in found] == [right, given.reading.attributions[1]]
    assert [f.judged for f in found] == [True, False]
    assert found[0].speaker == given.reading.sources[0]
    assert wordings(store, text="exports", source="ruiz", acts=(Act.STATE,)) == ["exports fell in"]
    assert wordings(store, limit=1) == ["exports fell in", "the depot was empty"]
    summary = store.summary(given.profiles["s1"].id)
    assert summary is not None and summary.acts == {Act.STATE: 1}
    assert list(store.faults()) == []


def test_judgements_outlive_a_new_reading(store: Store) -> None:
    """Another model numbers the sources otherwise, and misses again what people have corrected."""
    given = deposit("a", reading_of((OFFICIAL, RUIZ)))
    put(store, given)
    wrong = given.reading.attributions[1]
    right = _corrected(wrong, given.reading.document.text)
    _judge(store, _judgement(given, Verdict.WRONG, wrong), _judgement(given, Verdict.ADDED, right))
    official, ruiz = given.reading.sources
    anew = replace(
        given.reading,
        sources=(replace(ruiz, id="s1"), replace(official, id="s2")),
        attributions=(
            replace(given.reading.attributions[0], speaker="s2"),
            replace(wrong, id="other", speaker="s1", source=()),
        ),
        model=NEWER,
    )
    with store.writing():
        store.replace_reading(version_of(given), anew, profiles_of(anew))
    found = store.find(Query()).items
    assert [f.attribution.wording for f in found] == ["the depot was empty", "exports fell in"]
    assert [f.speaker.name if f.speaker else None for f in found] == ["An official", "Ana Ruiz"]
    assert list(store.profile_keys()) == [("ana ruiz", 1)]


def test_a_judgement_may_come_before_its_text(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL)))
    _judge(store, _judgement(given, Verdict.WRONG, given.reading.attributions[0]))
    put(store, given)
    assert wordings(store) == ["the depot was empty"]


def test_judgements_are_told_in_the_order_they_were_made(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL)))
    first, second = given.reading.attributions
    late = _judgement(given, Verdict.WRONG, first, hours=5)
    early = _judgement(given, Verdict.RIGHT, second, hours=1)
    same = Judgement(
        id="same",
        at=START + timedelta(hours=3),
        by="Tamsin Orrel",
        verdict=Verdict.SAME,
        sources=(Named(name="Ana Ruiz", role="trade minister"), Named(name="A. Ruiz")),
        note="the same desk",
    )
    _judge(store, late, same, early)
    assert list(store.judgements()) == [early, same, late]
    assert list(store.judgements(version=version_of(given))) == [early, late]
    assert list(store.judgements(version="unknown")) == []
    assert list(store.judgements(about_sources=True)) == [same]
    assert list(store.judgements(version=version_of(given), about_sources=True)) == []


def test_the_latest_verdict_outranks_those_before_it(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL)))
    put(store, given)
    first = given.reading.attributions[0]
    _judge(
        store,
        _judgement(given, Verdict.RIGHT, first, hours=2),
        replace(_judgement(given, Verdict.WRONG, first, hours=1), by="Tamsin Orrel"),
    )
    assert len(wordings(store)) == 2
    _judge(store, replace(_judgement(given, Verdict.WRONG, first, hours=3), id="later"))
    assert len(wordings(store)) == 1


def test_who_changes_their_mind_twice_is_heard_twice(store: Store) -> None:
    given = deposit("a", reading_of((RUIZ, OFFICIAL)))
    put(store, given)
    first, second = given.reading.attributions
    wrong, right = (
        [_judgement(given, verdict, first, hours=h) for h in hours]
        for verdict, hours in ((Verdict.WRONG, (1, 3)), (Verdict.RIGHT, (2, 4)))
    )
    assert _judge(store, wrong[0], right[0], wrong[1], _judgement(given, Verdict.RIGHT, second, hours=4)) == [True] * 4
    assert wordings(store) == ["the depot was empty"]
    assert _judge(store, wrong[0], right[0], wrong[1], replace(wrong[1], at=day(9))) == [False] * 4
    assert _judge(store, right[1]) == [True]
    assert len(wordings(store)) == 2
    assert list(store.judgements(version=version_of(given)))[:3] == [wrong[0], right[0], wrong[1]]
    assert _undo(store, right[1].id)
    assert [j.undone for j in store.judgements() if j.verdict is Verdict.RIGHT and j.id == right[0].id] == [True] * 2
    assert wordings(store) == ["the depot was empty"] and list(store.faults()) == []


def test_a_changed_mind_about_sources_counts_however_they_are_written(store: Store) -> None:
    def word(verdict: Verdict, hours: int, *names: str) -> Judgement:
        sources = tuple(Named(name=name) for name in names)
        at = START + timedelta(hours=hours)
        return Judgement(id=f"{verdict.value} {names}", at=at, by="Ines Calder", verdict=verdict, sources=sources)

    same = word(Verdict.SAME, 1, "Ana Ruiz", "A. Ruiz")
    assert _judge(store, same, replace(same, at=day(1))) == [True, False]
    elsewhere = word(Verdict.DIFFERENT, 2, "Ana Ruiz", "Ines Ruiz")
    assert _judge(store, elsewhere, replace(same, at=day(1))) == [True, False]
    assert _judge(store, word(Verdict.DIFFERENT, 2, "a. ruiz", "Aná Ruiz"), replace(same, at=day(1))) == [True, True]
    assert _judge(store, replace(same, at=day(2))) == [False]
    assert [j.at for j in store.judgements() if j.id == same.id] == [same.at, day(1)]


# soundness ------------------------------------------------------------------------------------------------------------


def test_a_sound_store_has_no_faults_and_says_how_it_was_made(store: Store) -> None:
    assert list(store.faults()) == []
    put(store, *two_days())
    assert list(store.faults()) == []
    assert list(store.schema())


def test_everything_is_there_when_it_is_opened_again(opener: Opener) -> None:
    store = opener("again")
    put(store, *two_days())
    before = everything(store)
    store.close()
    assert everything(opener("again")) == before


def test_two_stores_of_one_ledger_see_what_the_other_wrote(opener: Opener) -> None:
    first, second = opener("shared"), opener("shared")
    deposits = two_days()
    put(first, deposits[0])
    put(second, *deposits[:2])
    put(first, *deposits)
    assert everything(first) == everything(second)
    assert len(wordings(second)) == 7
