"""Claims of a ledger: found, traced, kept right as documents come, change and go. What decides it is the set of
documents, not their order."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sourceline.errors import NotFound, UsageError
from sourceline.ledger.corrections import judge_attributions
from sourceline.ledger.ledger import Ledger
from sourceline.ledger.matcher import Matcher
from sourceline.match.mentions import article_of
from sourceline.store.sqlite import open_store
from tests.ledger.by_hand import ByHand, Newer

OUTLETS = ("Harbor Ledger", "The Packet", "Vellin Post", "Northern Standard")
SAYINGS = (
    "Ana Ruiz, the trade minister, said the Tolvin depot was shut on 5 March after an inspection.",
    "Ana Ruiz, the trade minister, said that the Tolvin depot had been shut on 5 March after an inspection.",
    "Ana Ruiz, the trade minister, denied that the Tolvin depot was shut on 5 March.",
    "Pell Austwick, director of the works, warned of a shortage of seals at the Tolvin depot.",
    "Ilse Marden said that 1,200 containers at Kestrel Harbour had no counterpart in the declaration.",
    "An official said 1,200 containers at Kestrel Harbour had no counterpart in the declaration.",
    "Ilse Marden said that 900 containers at Kestrel Harbour had no counterpart in the declaration.",
    "Oda Lindqvist said the Sarrow bridge would open again in autumn.",
    "Bela Orrin said a lighthouse keeper had painted nine puffins.",
)


def record(number: int, *sayings: int, **fields: Any) -> dict[str, Any]:
    day = f"2031-03-{6 + number % 20:02}"
    return {
        "id": f"d{number:02}",
        "outlet": OUTLETS[number % len(OUTLETS)],
        "published": f"{day}T09:00:00+00:00",
        "updated": f"{day}T09:00:00+00:00",
        "text": "\n\n".join(SAYINGS[i] for i in sayings),
        **fields,
    }


RECORDS = (
    record(1, 0, 3),
    record(2, 1),
    record(3, 2, 7),
    record(4, 4),
    record(5, 5, 0),
    record(6, 6),
    record(7, 0, 3),  # word for word the first one's
    record(8, 7),
    record(9, 3, 5, published=None),
    record(10, 8),
    {**record(2, 1, 7), "updated": "2031-03-09T09:00:00+00:00"},  # an edit of the second
)
TIGHT = Matcher(most_nodes=2, most_articles=2)
"""So few may share a key that keys begin and cease to tell something in a small ledger."""


def ledger_at(path: Path, matcher: Matcher | None = None, reader: Any = None) -> Ledger:
    return Ledger(open_store(path), reader=reader or ByHand(), matcher=matcher)


def add(ledger: Ledger, *records: dict[str, Any], name: str = "batch.jsonl") -> None:
    file = next(iter(ledger.files))
    batch = Path(file).parent / name
    batch.write_bytes(b"".join(json.dumps(record).encode() + b"\n" for record in records))
    ledger.add(batch)


def exported(ledger: Ledger) -> dict[str, Any]:
    out = io.BytesIO()
    ledger.export("json", out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def news(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "news.db") as ledger:
        add(ledger, *RECORDS)
        yield ledger


def claim_of(ledger: Ledger, words: str) -> list[tuple[str, str]]:
    """Documents and stances of the mentions of the claim in which somebody uses these words first."""
    for claim in exported(ledger)["claims"]:
        if any(words in span["text"] for mention in claim["mentions"] for span in mention["spans"]):
            return [(m["document"], m["stance"]) for m in claim["mentions"]]
    raise AssertionError(words)


def mention_in(ledger: Ledger, document: str, words: str) -> str:
    """The id of the mention of a document that holds these words."""
    return next(
        str(mention["id"])
        for claim in exported(ledger)["claims"]
        for mention in claim["mentions"]
        if mention["document"] == document and any(words in span["text"] for span in mention["spans"])
    )


# what is found --------------------------------------------------------------------------------------------------------


def test_the_same_words_are_one_claim(news: Ledger) -> None:
    depot = dict(claim_of(news, "the Tolvin depot was shut"))
    assert depot["d01"] == depot["d05"] == depot["d07"] == "asserts"


def test_a_list_gives_the_three_counts_apart(news: Ledger) -> None:
    first, *others = news.claims()
    assert first.articles >= 3 and first.outlets >= 2
    assert first.independent_origins is not None and first.independent_origins.high >= 1
    assert all(one.articles >= other.articles for one, other in pairwise([first, *others]))
    assert {claim.id for claim in news.claims(min_outlets=2)} == {c.id for c in news.claims() if c.outlets >= 2}


def test_every_mention_is_in_one_claim(news: Ledger) -> None:
    found = [m["id"] for claim in exported(news)["claims"] for m in claim["mentions"]]
    assert len(found) == len(set(found)) == sum(len(a.mentions) for a, _ in news._store.claims.articles())


def test_words_find_claims_of_many_and_of_one(news: Ledger) -> None:
    assert all("depot" in claim.statement.casefold() for claim in news.claims("depot"))
    assert [claim.articles for claim in news.claims('"nine puffins" -depot')] == [1]
    assert list(news.claims("zeppelin")) == []
    with pytest.raises(UsageError):
        list(news.claims("OR"))


def test_any_id_in_it_leads_to_a_claim(news: Ledger) -> None:
    claim = next(iter(news.claims()))
    trace = news.trace(claim)
    for mention in trace.mentions:
        assert news.trace(mention.mention) == trace
        assert news.trace(mention.attribution or mention.unattributed or claim.id).claim
    with pytest.raises(NotFound, match="sourceline claims"):
        news.trace("0123456789abcdef")


def test_a_trace_without_somebody_and_as_of_a_time(news: Ledger) -> None:
    id = mention_in(news, "d01", "depot was shut")
    whole = news.trace(id)
    assert not any(m.outlet == "The Packet" for m in news.trace(id, without=["The Packet"]).mentions)
    early = news.trace(id, as_of=whole.mentions[0].time)
    assert {m.document for m in early.mentions} == {"d01"}


def test_edges_lead_forward_in_time(news: Ledger) -> None:
    times = {article.version: article.time for article, _ in news._store.claims.articles()}
    assert all(times[edge.earlier] < times[edge.later] for edge in news.edges())


def test_numbers_in_a_list_are_those_of_the_trace(news: Ledger) -> None:
    for _ in range(2):  # counted, and kept
        for claim in news.claims():
            assert claim.independent_origins == news.trace(claim).independent_origins


# one ledger, however it came about ------------------------------------------------------------------------------------


def filled(path: Path, batches: Sequence[Sequence[int]], matcher: Matcher | None = None) -> bytes:
    with ledger_at(path, matcher) as ledger:
        for batch in batches:
            add(ledger, *(RECORDS[i] for i in batch))
        out = io.BytesIO()
        ledger.export("json", out)
        assert list(ledger.verify()) == []
    return out.getvalue()


@pytest.mark.parametrize("matcher", [None, TIGHT], ids=["usual", "tight"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(RECORDS))), cuts=st.sets(st.integers(1, len(RECORDS) - 1)))
def test_any_order_in_any_batches_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, matcher: Matcher | None, order: list[int], cuts: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    borders = [0, *sorted(cuts), len(order)]
    batches = [order[start:end] for start, end in pairwise(borders)]
    assert filled(folder / "a.db", batches, matcher) == filled(folder / "b.db", [range(len(RECORDS))], matcher)


@pytest.mark.parametrize("matcher", [None, TIGHT], ids=["usual", "tight"])
@pytest.mark.parametrize("gone", ["d01", "d02", "d05", "d09"])
def test_what_is_removed_leaves_what_was_never_there(tmp_path: Path, matcher: Matcher | None, gone: str) -> None:
    with ledger_at(tmp_path / "a.db", matcher) as ledger:
        add(ledger, *RECORDS)
        ledger.remove(gone, by="Kim", reason="asked")
        after = exported(ledger)
        assert list(ledger.verify()) == []
    with ledger_at(tmp_path / "b.db", matcher) as ledger:
        add(ledger, *(record for record in RECORDS if record["id"] != gone))
        never = exported(ledger)
    assert (after["claims"], after["edges"]) == (never["claims"], never["edges"])


def test_another_matcher_makes_all_anew(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with ledger_at(path, TIGHT) as ledger:
        add(ledger, *RECORDS)
        ledger.match()
    told: list[tuple[int, int]] = []
    with ledger_at(path) as ledger:
        ledger.match(lambda done, left: told.append((done, left)))
        again = exported(ledger)
        ledger.match(lambda done, left: told.append((-1, -1)))
    assert told == [(10, 0)]
    assert again == json.loads(filled(tmp_path / "b.db", [range(len(RECORDS))]))


def test_a_new_reading_is_matched_anew(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "a.db") as ledger:
        add(ledger, *RECORDS)
        assert any("shortage" in c.statement for c in ledger.claims())
    with ledger_at(tmp_path / "a.db", reader=Newer()) as ledger:
        ledger.reread()
        after = exported(ledger)
    with ledger_at(tmp_path / "b.db", reader=Newer()) as ledger:
        add(ledger, *RECORDS)
        assert after["claims"] == exported(ledger)["claims"]


# people's words -------------------------------------------------------------------------------------------------------


def test_two_mentions_judged_different_part_and_come_together_again(news: Ledger) -> None:
    before = exported(news)["claims"]
    one, other = (mention_in(news, document, "depot was shut") for document in ("d01", "d07"))
    assert news.trace(one).claim == news.trace(other).claim
    word = news.judge("different", one, other, by="Kim", note="two inspections")
    assert news.trace(one).claim != news.trace(other).claim
    news.undo(word.id, by="Kim")
    assert exported(news)["claims"] == before


def test_two_mentions_judged_the_same_come_together(news: Ledger) -> None:
    one, other = mention_in(news, "d08", "Sarrow"), mention_in(news, "d04", "1,200")
    assert news.trace(one).claim != news.trace(other).claim
    news.judge("same", one, other, by="Kim")
    assert news.trace(one).claim == news.trace(other).claim
    assert [fault.message for fault in news.verify()] == []


def test_a_judgement_holds_whatever_is_added_later(tmp_path: Path) -> None:
    def judged(path: Path, first: Sequence[int]) -> list[Any]:
        with ledger_at(path) as ledger:
            add(ledger, *(RECORDS[i] for i in first))
            one, other = mention_in(ledger, "d08", "Sarrow"), mention_in(ledger, "d04", "1,200")
            ledger.judge("same", one, other, by="Kim")
            add(ledger, *(RECORDS[i] for i in range(len(RECORDS)) if i not in first))
            claims: list[Any] = exported(ledger)["claims"]
            return claims

    assert judged(tmp_path / "a.db", [3, 7]) == judged(tmp_path / "b.db", range(len(RECORDS)))


def test_a_judgement_survives_a_new_reading(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with ledger_at(path) as ledger:
        add(ledger, *RECORDS)
        one, other = (mention_in(ledger, document, "depot was shut") for document in ("d01", "d07"))
        ledger.judge("different", one, other, by="Kim")
    with ledger_at(path, reader=Newer()) as ledger:
        ledger.reread()
        one, other = (mention_in(ledger, document, "depot was shut") for document in ("d01", "d07"))
        assert ledger.trace(one).claim != ledger.trace(other).claim


def test_a_judgement_of_an_edited_text_means_the_same_words(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "news.db") as ledger:
        add(ledger, RECORDS[0], RECORDS[3])
        one, other = mention_in(ledger, "d01", "depot was shut"), mention_in(ledger, "d04", "1,200")
        ledger.judge("same", one, other, by="Kim")
        text = f"A paragraph more.\n\n{RECORDS[0]['text']}"
        add(ledger, {**RECORDS[0], "text": text, "updated": "2031-03-20T09:00:00+00:00"})
        one = mention_in(ledger, "d01", "depot was shut")
        assert ledger.trace(one).claim == ledger.trace(other).claim


def test_a_loop_of_judgements_is_shown_and_nothing_is_dropped(news: Ledger) -> None:
    a, b, c = mention_in(news, "d08", "Sarrow"), mention_in(news, "d04", "1,200"), mention_in(news, "d01", "seals")
    first = news.judge("same", a, b, by="Kim")
    second = news.judge("same", b, c, by="Kim")
    third = news.judge("different", a, c, by="Lee")
    (conflict,) = news.conflicts()
    assert conflict.judgement == third.id and set(conflict.against) == {first.id, second.id}
    assert {j.id for j in news.judgements()} == {first.id, second.id, third.id}
    news.undo(second.id, by="Kim")
    assert news.conflicts() == ()


def test_a_mention_and_a_source_are_not_judged_together(news: Ledger) -> None:
    with pytest.raises(UsageError, match="no mention"):
        news.judge("same", mention_in(news, "d01", "depot"), "Ana Ruiz", by="Kim")
    with pytest.raises(UsageError, match="same mention"):
        news.judge("same", mention_in(news, "d01", "depot"), mention_in(news, "d01", "depot"), by="Kim")


def test_an_attribution_judged_wrong_is_no_attribution_of_a_claim(news: Ledger) -> None:
    id = mention_in(news, "d10", "puffins")
    attribution = news.trace(id).mentions[0].attribution
    assert attribution is not None
    (version,) = news.versions("d10")
    reading = news.reading("d10")
    words = judge_attributions(version.id, (reading, reading), [], by="Kim", at=version.at)
    assert news.add_judgements(words) == 1
    with pytest.raises(NotFound):
        news.trace(attribution)


def test_sources_judged_the_same_change_who_the_parties_are(news: Ledger) -> None:
    id = mention_in(news, "d04", "1,200")
    before = news.trace(id)
    assert before.independent_origins.high >= 1
    list(news.claims())
    news.judge("same", "Ilse Marden", "Pell Austwick", by="Kim")
    for claim in news.claims():
        assert claim.independent_origins == news.trace(claim).independent_origins


def test_a_problem_in_matching_one_document_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(version: Any, *given: Any, **named: Any) -> Any:
        if version.name == "d04":
            raise ValueError("odd")
        return article_of(version, *given, **named)

    monkeypatch.setattr("sourceline.ledger.articles.article_of", failing)
    with ledger_at(tmp_path / "news.db") as ledger:
        add(ledger, *RECORDS)
        assert {m["document"] for c in exported(ledger)["claims"] for m in c["mentions"]} >= {"d01", "d05", "d08"}
        assert [problem.message for problem, _ in ledger.problems()] == ["ValueError: odd"]
        monkeypatch.undo()
        with ledger._store.writing():
            ledger._store.claims.mark_unmatched(next(v.key for v in ledger.versions("d04")))
        assert any(m["document"] == "d04" for c in exported(ledger)["claims"] for m in c["mentions"])
        assert list(ledger.problems()) == []


# bad input ------------------------------------------------------------------------------------------------------------


def test_very_many_identical_documents_are_one_claim_of_one_node(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "news.db") as ledger:
        add(ledger, *({"id": f"d{i:03}", "text": SAYINGS[0], "outlet": f"Outlet {i}"} for i in range(150)))
        (claim,) = ledger.claims()
        assert (claim.articles, claim.outlets) == (150, 150)
        (cluster,) = ledger._store.claims.clusters()
        assert len(cluster.members) == 1
        assert ledger.trace(claim).articles == 150
        assert {m["document"] for m in exported(ledger)["claims"][0]["mentions"]} == {f"d{i:03}" for i in range(150)}


@pytest.mark.parametrize(
    "fields",
    [
        {"published": "9999-12-31T23:59:59+00:00"},
        {"published": "0001-01-01T00:00:00+00:00"},
        {"published": "soon"},
        {"published": None, "outlet": None},
        {"outlet": "Ana Ruiz"},
        {"text": f"{SAYINGS[0]} Harbor Ledger said {SAYINGS[0]}", "outlet": "Harbor Ledger"},
        {"text": ""},
        {"text": "\n".join(SAYINGS) * 20},
    ],
)
def test_odd_documents_are_matched_and_traced_all_the_same(tmp_path: Path, fields: dict[str, Any]) -> None:
    with ledger_at(tmp_path / "news.db") as ledger:
        add(ledger, *RECORDS[:4], {**record(20, 0, 4), **fields})
        assert {m["document"] for c in exported(ledger)["claims"] for m in c["mentions"]} >= {"d01", "d03"}
        assert [problem.message for problem, _ in ledger.problems() if problem.kind == "internal"] == []
        assert all(claim.independent_origins is not None for claim in ledger.claims())
