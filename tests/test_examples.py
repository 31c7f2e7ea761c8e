"""The example world holds together: every file, every quoted word, every pair of documents."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sourceline.model.record import Record
from tests.example_world import (
    CLAIMS,
    DOCUMENTS,
    FEATURES,
    GOLD,
    RECORDS,
    TRUTH,
    WORLD,
    newsletter,
    page,
    published,
    table,
    texts,
)

ATOM = "{http://www.w3.org/2005/Atom}"


def occurrence(text: str, needle: str, n: int) -> int:
    at = -1
    for _ in range(n + 1):
        at = text.find(needle, at + 1)
        if at < 0:
            break
    return at


def test_documents_are_the_files_and_lines_that_are_there() -> None:
    assert set(texts()) == set(DOCUMENTS)
    assert len(DOCUMENTS) == len(GOLD["documents"]) == 39
    for document in DOCUMENTS.values():
        path = WORLD / document["file"]
        assert path.is_file()
        assert path.name == "documents.jsonl" or path.stem == document["id"]


def test_files_are_those_that_the_description_names() -> None:
    named = [re.findall(r"`([^`]+)`", row[0])[0] for row in table("The files")]
    found = {path for pattern in named for folder in (WORLD, TRUTH) for path in folder.glob(pattern)}
    assert found == {path for folder in (WORLD, TRUTH) for path in folder.rglob("*") if path.is_file()}


def test_an_id_stands_twice_only_for_two_versions_of_one_article() -> None:
    ids = Counter(record.id for record in RECORDS)
    assert [id for id, count in ids.items() if count > 1] == FEATURES["a silent edit"]
    urls = Counter(record.url for record in RECORDS)
    assert max(urls.values()) == 2
    assert len(urls) == len(ids)


def test_lines_say_of_their_outlet_what_the_gold_says() -> None:
    for record in RECORDS:
        assert record.id is not None
        gold = DOCUMENTS[record.id]
        assert (record.outlet, record.outlet_kind, record.published) == (
            gold["outlet"],
            gold["outlet_kind"],
            gold["published"],
        )


@pytest.mark.parametrize("path", sorted(WORLD.glob("pages/*.html")), ids=lambda path: path.stem)
def test_pages_are_read_as_articles_with_their_dates(path: Path) -> None:
    document, gold = page(path), DOCUMENTS[path.stem]
    assert (document.published, document.outlet) == (gold["published"], gold["outlet"])
    assert document.url is not None and ".example/" in document.url
    raw = path.read_bytes()
    for furniture in re.findall(rb"<(?:footer|div (?:id|class)=\"foot\"|div role=\"contentinfo\")>(.*?)</", raw, re.S):
        words = re.sub(rb"<[^>]+>|&\w+;", b" ", furniture).decode("latin-1").split()
        assert words
        assert " ".join(words) not in document.text


def test_releases_state_nothing_about_themselves() -> None:
    for path in WORLD.glob("releases/*.txt"):
        assert page(path).published is None
        assert page(path).outlet is None
        assert page(path).text == path.read_text(encoding="utf-8")


def test_the_newsletter_says_the_same_in_both_of_its_forms() -> None:
    for path in WORLD.glob("mail/*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert parsedate_to_datetime(str(message["Date"])).astimezone(UTC) == published(path.stem)
        markup = message.get_body(("html",))
        assert markup is not None
        plain = {line.replace("&", "&amp;") for line in newsletter(path).split("\n") if len(line.split()) > 8}
        assert len(plain) >= 5
        assert {line for line in plain if line not in markup.get_content()} == set()


def test_the_feed_lists_articles_that_are_there() -> None:
    known = {record.url: record for record in RECORDS}
    for path in WORLD.glob("pages/*.html"):
        known[page(path).url] = Record(text=page(path).text, title=page(path).title, published=page(path).published)
    entries = ElementTree.parse(TRUTH / "feed.xml").getroot().findall(f"{ATOM}entry")
    assert len(entries) == 5
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        article = known[link.get("href")]
        assert entry.findtext(f"{ATOM}title") == article.title
        assert article.published is not None
        stated = datetime.fromisoformat(entry.findtext(f"{ATOM}published", ""))
        assert stated == datetime.fromisoformat(article.published)


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_articles_are_as_long_as_articles(document: str) -> None:
    assert 120 <= len(texts()[document].split()) <= 720


def test_the_outlets_are_as_many_and_as_busy_as_the_readme_says() -> None:
    told = {(row[0], row[2]): int(row[3]) for row in table("The outlets")}
    counted = Counter((d["outlet"], str(d["outlet_kind"]).replace("None", "null")) for d in DOCUMENTS.values())
    assert told == dict(counted)
    kinds = {kind for _, kind in told} - {"null"}
    assert kinds >= {"wire", "newspaper", "broadcaster", "state_media", "thinktank", "aggregator", "government"}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim["id"])
def test_every_mention_is_in_its_document_and_leads_to_an_origin(claim: dict[str, Any]) -> None:
    known = {origin["id"]: origin for origin in claim["origins"]}
    places = set()
    for mention in claim["mentions"]:
        at = occurrence(texts()[mention["doc"]], mention["text"], mention["n"])
        assert at >= 0, mention["text"]
        places.add((mention["doc"], at))
        assert mention["stance"] in ("asserts", "denies", "doubts", "declines")
        assert mention["origin"] in known or (mention["origin"] is None and mention["stance"] == "declines")
    assert len(places) == len(claim["mentions"])
    assert {m["origin"] for m in claim["mentions"]} - {None} == set(known)
    for origin in known.values():
        seen = [m["doc"] for m in claim["mentions"] if m["origin"] == origin["id"]]
        assert origin["first_doc"] == min(seen, key=published)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim["id"])
def test_independent_origins_are_no_more_than_the_parties_that_assert(claim: dict[str, Any]) -> None:
    bounds = claim["independent_origins"]
    asserted = {m["origin"] for m in claim["mentions"] if m["stance"] == "asserts"}
    parties = {origin["source"] for origin in claim["origins"] if origin["id"] in asserted}
    assert 0 <= bounds["low"] <= bounds["high"] <= len(parties)
    denied = {(m["doc"], m["text"]) for m in claim["mentions"] if m["stance"] in ("denies", "doubts")}
    disputes = {(d["doc"], d["text"]) for d in claim["disputed_by"]}
    assert denied <= disputes
    for document, text in disputes:
        assert text in texts()[document]


def test_edges_point_forward_in_time_and_stand_once() -> None:
    optional = json.loads((TRUTH / "optional_edges.json").read_text(encoding="utf-8"))
    pairs = [(edge["from"], edge["to"]) for edge in (*GOLD["edges"], *optional)]
    assert len(set(pairs)) == len(pairs)
    for source, target in pairs:
        assert published(source) < published(target)
    assert {edge["kind"] for edge in GOLD["edges"]} <= {"copy", "edited_copy", "excerpt", "quote", "paraphrase"}


def shared_runs(source: str, target: str, length: int = 8) -> int:
    """Runs of that many words of the target which the source has too."""

    def runs(document: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", texts()[document].lower())
        return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}

    return len(runs(source) & runs(target))


@pytest.mark.parametrize("edge", [e for e in GOLD["edges"] if e["kind"] in ("edited_copy", "excerpt")], ids=str)
def test_copies_share_their_words(edge: dict[str, Any]) -> None:
    assert shared_runs(edge["from"], edge["to"]) >= 10
