"""The reading as JSON: every key of format 1, null for what is not built, and always valid."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from sourceline.model.reading import Failure, Reading
from sourceline.model.record import Number
from sourceline.show.json import encode_json, encode_reading, failure_object, reading_object
from tests.resolved import resolved
from tests.samples import article, reading_of


def test_keys_of_a_reading_in_their_order() -> None:
    assert list(reading_object(article())) == [
        "format",
        "document",
        "attributions",
        "sources",
        "unattributed",
        "lineage",
        "dates",
        "quantities",
        "places",
        "notices",
        "model",
    ]


def test_keys_of_a_document() -> None:
    document = reading_object(article())["document"]
    assert list(document) == [
        "id",
        "url",
        "outlet",
        "outlet_kind",
        "title",
        "byline",
        "published",
        "language",
        "text",
        "sha256",
        "extra",
        "regions",
    ]
    assert list(document["regions"][0]) == ["kind", "start", "end"]


def test_keys_of_an_attribution() -> None:
    attribution = reading_object(article())["attributions"][0]
    assert list(attribution) == [
        "id",
        "source",
        "cue",
        "content",
        "quote",
        "act",
        "speaker",
        "via",
        "upstream",
        "confidence",
    ]
    assert (attribution["act"], attribution["quote"], attribution["confidence"]) == ("state", "mixed", 0.93)


def test_where_nothing_was_found_the_lists_are_empty_and_the_lineage_says_so() -> None:
    reading = reading_object(reading_of("Nothing was said."))
    empty = ("attributions", "sources", "unattributed", "dates", "quantities", "places", "notices")
    assert [list(reading[key]) for key in empty] == [[]] * len(empty)
    assert reading["lineage"] == "not recorded"
    attribution = reading_object(article())["attributions"][0]
    assert [attribution[key] for key in ("speaker", "via", "upstream")] == [None, [], []]


def test_keys_of_a_source() -> None:
    officials = next(s for s in reading_object(resolved())["sources"] if s["count"])
    assert list(officials) == [
        "id",
        "name",
        "named",
        "kind",
        "role",
        "affiliation",
        "mentions",
        "members",
        "office_of",
        "anonymity_reason",
        "count",
        "ids",
    ]
    assert officials["anonymity_reason"]["text"] == "because they were not authorised to discuss the visit"


def test_chains_are_ids_of_sources() -> None:
    reading = reading_object(resolved())
    names = {source["id"]: source["name"] for source in reading["sources"]}
    third, seventh = reading["attributions"][2], reading["attributions"][6]
    assert names[third["speaker"]] == "Radek Vohl"
    assert [names[id] for id in third["via"]] == ["Harbor Ledger", "statement"]
    assert [names[id] for id in seventh["upstream"]] == ["Imre Kass"]
    assert reading["lineage"] == "credited"


def test_values_stand_with_their_words() -> None:
    reading = reading_object(resolved())
    assert list(reading["dates"][0]) == ["start", "end", "text", "value", "reason"]
    assert list(reading["quantities"][0]) == ["start", "end", "text", "low", "high", "unit", "counted"]
    assert list(reading["places"][0]) == ["start", "end", "text", "name", "country", "use"]
    lorries = reading["quantities"][1]
    assert (lorries["text"], lorries["low"], lorries["high"]) == ("at least 11 containers", 11, None)


@pytest.mark.parametrize("sample", [article, resolved])
def test_every_span_is_the_text_at_its_place(sample: Callable[[], Reading]) -> None:
    reading = reading_object(sample())
    text = reading["document"]["text"]
    spans = [span for a in reading["attributions"] for part in ("source", "cue", "content") for span in a[part]]
    spans += [span for source in reading["sources"] for span in source["mentions"]]
    for span in [*spans, *reading["unattributed"], *reading["dates"], *reading["quantities"], *reading["places"]]:
        assert text[span["start"] : span["end"]] == span["text"]


def test_a_batch_line_is_one_line_of_utf8_whatever_it_holds() -> None:
    reading = reading_of("one\ntwo\u2028“three”\0")
    encoded = encode_json(reading_object(reading))
    assert b"\n" not in encoded
    assert "“three”".encode() in encoded
    assert json.loads(encoded)["document"]["text"] == reading.document.text


def test_a_line_in_pieces_is_the_same_line() -> None:
    reading = resolved()
    assert len(reading.attributions) > 1
    assert b"".join(encode_reading(reading)) == encode_json(reading_object(reading))


def test_lone_surrogates_become_escapes() -> None:
    assert json.loads(encode_json({"text": "a\ud800“b"})) == {"text": "a\ud800“b"}


def test_numbers_that_json_cannot_write_become_null() -> None:
    document = replace(article().document, extra={"score": math.nan, "deep": [{"x": math.inf}], "n": 1})
    encoded = encode_json(reading_object(replace(article(), document=document)))
    assert json.loads(encoded)["document"]["extra"] == {"score": None, "deep": [{"x": None}], "n": 1}


def test_record_of_a_failure() -> None:
    assert failure_object(Failure(id="d7", kind="record", message="no text")) == {
        "format": 1,
        "document": {"id": "d7"},
        "error": {"kind": "record", "message": "no text"},
    }


def test_numbers_are_written_in_their_own_digits_whatever_else_there_is() -> None:
    value = {"a": Number("1.50"), "b": [math.inf, Number("-0")], "c": "\ud800", "d": {"e": Number("1e999")}}
    assert encode_json(value) == b'{"a": 1.50, "b": [null, -0], "c": "\\ud800", "d": {"e": 1e999}}'
    assert encode_json([Number("2.0")], indent=2) == b"[\n  2.0\n]"


def test_nothing_that_a_terminal_obeys_is_written_as_it_is() -> None:
    hostile = "\x1b[2J\x9b31m\x7f\u202egpj\u2066\u2028é“ß”"
    written = encode_json({"a": hostile}).decode()
    assert json.loads(written) == {"a": hostile}
    assert written == '{"a": "\\u001b[2J\\u009b31m\\u007f\\u202egpj\\u2066\\u2028é“ß”"}'
