"""People's corrections: out to brat, changed, and back as judgements."""

from __future__ import annotations

import itertools
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sourceline.errors import InvalidAnnotation, MissingInput
from sourceline.ledger import annotated as annotated_files
from sourceline.ledger.annotated import read_annotated
from sourceline.ledger.corrections import corrected, judge_attributions
from sourceline.ledger.standoff import parse_standoff
from sourceline.model.judgement import Judgement, Verdict
from sourceline.model.reading import Reading
from sourceline.model.speech import Act
from sourceline.show.exports.brat import standoff
from sourceline.show.json import encode_json, reading_object
from sourceline.store.standing import offsets_of
from tests.samples import reading_of

NOW = datetime(2031, 3, 6, tzinfo=UTC)
MARKED = (
    "<c 1>“We saw\nnothing,”</c> <q 1>said</q> <s 1>Ruiz</s>, <c 1>“and nobody asked”</c>. "
    "<q 2 deny>It was denied</q> <c 2>that 😀 boats sailed</c>."
)


def judged(reading: Reading, given: Reading, **how: bool) -> list[Judgement]:
    return list(judge_attributions("v", (reading, reading), given.attributions, by="Kim", at=NOW, **how))


def test_brat_there_and_back_changes_nothing() -> None:
    reading = reading_of(MARKED)
    back = parse_standoff(standoff(reading), reading.document.text, "d01.ann")
    assert [offsets_of(a) for a in back] == [offsets_of(a) for a in reading.attributions]
    assert [a.act for a in back] == [a.act for a in reading.attributions]
    assert judged(reading, replace(reading, attributions=back)) == []


def test_what_brat_files_look_like() -> None:
    assert standoff(reading_of(MARKED)).splitlines()[:8] == [
        "T1\tSource 23 27\tRuiz",
        "T2\tCue 18 22\tsaid",
        "T3\tContent 0 7;8 17;29 47\t“We saw nothing,” “and nobody asked”",
        "T4\tAttribution 18 22\tsaid",
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
        "A1\tAct E1 state",
        f"#1\tAnnotatorNotes E1\t{reading_of(MARKED).attributions[0].id}",
        "T5\tCue 49 62\tIt was denied",
    ]
    assert "E2\tAttribution-no-source:T7 Cue:T5 Content:T6" in standoff(reading_of(MARKED))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("T1\tCue 5 900\tx", "within the text"),
        ("T1\tCue 5\tx", "within the text"),
        ("T1\tCue -1 5\tx", "within the text"),
        ("E1\tAttribution:T9 Cue:T9", "not there"),
        ("E1\tAttribution:T9", "without a cue"),
        ("E1\tAttribution", "without a span"),
        ("A1\tAct E1 sing", "names no act"),
    ],
)
def test_broken_standoff_says_where(line: str, why: str) -> None:
    with pytest.raises(InvalidAnnotation, match=why):
        parse_standoff(line, "We saw nothing, she said.", "d01.ann")


def test_wrong_added_and_another_act() -> None:
    machine = reading_of(MARKED)
    person = reading_of(MARKED.replace("2 deny", "2 state").replace("<q 1>said</q>", "<q 1>sai</q>d"))
    judgements = judged(machine, person)
    assert sorted(j.verdict for j in judgements) == [Verdict.ADDED, Verdict.ADDED, Verdict.WRONG]
    after = corrected(machine, judgements)
    assert {(offsets_of(a), a.act) for a in after.attributions} == {(offsets_of(a), a.act) for a in person.attributions}


def test_with_confirm_what_was_left_is_judged_right_and_survives_another_model() -> None:
    reading = reading_of(MARKED)
    judgements = judged(reading, reading, confirm=True)
    assert [j.verdict for j in judgements] == [Verdict.RIGHT] * 2
    forgetful = replace(reading, attributions=())
    after = corrected(forgetful, judgements)
    assert [offsets_of(a) for a in after.attributions] == [offsets_of(a) for a in reading.attributions]


def test_a_word_taken_back_does_not_count_and_the_later_word_does() -> None:
    reading = reading_of(MARKED)
    wrong = judged(reading, replace(reading, attributions=()))
    assert corrected(reading, wrong).attributions == ()
    assert corrected(reading, [replace(j, undone=True) for j in wrong]) == reading
    again = judged(reading, reading, confirm=True)
    assert len(corrected(reading, [*wrong, *again]).attributions) == 2
    assert corrected(reading, [*again, *wrong]).attributions == ()


def spans_and_acts(reading: Reading) -> list[object]:
    return [(offsets_of(a), a.act) for a in reading.attributions]


FORMS = (
    MARKED,
    MARKED.replace("2 deny", "2 state"),
    MARKED.replace("2 deny", "2 warn").replace("<q 1>said</q>", "<q 1>sai</q>d"),
    "",
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(len(FORMS)))))
def test_whatever_was_imported_before_the_latest_file_is_what_stands(order: tuple[int, ...]) -> None:
    machine = reading_of(MARKED)
    files = [reading_of(form) if form else replace(machine, attributions=()) for form in FORMS]
    said: list[Judgement] = []
    for hour, i in enumerate((*order, *order)):
        stands = corrected(machine, said)
        at = NOW + timedelta(hours=hour)
        said += judge_attributions("v", (machine, stands), files[i].attributions, by="Kim", at=at)
        after = corrected(machine, said)
        assert spans_and_acts(after) == spans_and_acts(files[i])
        assert not list(judge_attributions("v", (machine, after), files[i].attributions, by="Kim", at=at))


def test_what_was_struck_out_comes_back_as_the_machine_read_it() -> None:
    machine = reading_of(MARKED)
    struck = judged(machine, replace(machine, attributions=()))
    given = parse_standoff(standoff(machine), machine.document.text, "d01.ann")
    back = list(judge_attributions("v", (machine, corrected(machine, struck)), given, by="Kim", at=NOW))
    assert [j.attribution for j in back] == list(machine.attributions)
    assert {j.verdict for j in back} == {Verdict.RIGHT}


def test_judgements_of_the_same_words_are_the_same() -> None:
    reading, nothing = reading_of(MARKED), replace(reading_of(MARKED), attributions=())
    assert [j.id for j in judged(reading, nothing)] == [j.id for j in judged(reading, nothing)]


def test_files_folders_archives_and_json(tmp_path: Path) -> None:
    reading = reading_of(MARKED)
    (tmp_path / "d01.txt").write_bytes(reading.document.text.encode())
    (tmp_path / "d01.ann").write_text(standoff(reading), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "d01.txt", "in/d01.txt")
        archive.write(tmp_path / "d01.ann", "in/d01.ann")
    line = encode_json(reading_object(reading))
    (tmp_path / "one.json").write_bytes(line)
    (tmp_path / "many.jsonl").write_bytes(line + b"\n\n" + line + b"\n")
    for name, number in (("d01.ann", 1), ("", 1), ("all.zip", 1), ("one.json", 1), ("many.jsonl", 2)):
        found = list(read_annotated(tmp_path / name))
        assert len(found) == number, name
        for annotated in found:
            assert annotated.text == reading.document.text
            assert [offsets_of(a) for a in annotated.attributions] == [offsets_of(a) for a in reading.attributions]
            assert annotated.attributions[1].act is Act.DENY


ODD = (
    "<s 1>Ruiz</s> <q 1>said</q> "
    "<c 1>it was\u2028Torn,\x85Empty,\x0bAshen\x0cTired\x1cEven and\rthat\r\nit\u2029Ached</c>. Rain."
)


def test_signs_that_end_lines_elsewhere_come_back(tmp_path: Path) -> None:
    reading = reading_of(ODD)
    (tmp_path / "d01.txt").write_bytes(reading.document.text.encode())
    for line_end in ("\n", "\r\n"):
        (tmp_path / "d01.ann").write_bytes(standoff(reading).replace("\n", line_end).encode())
        (annotated,) = read_annotated(tmp_path / "d01.ann")
        assert judged(reading, replace(reading, attributions=annotated.attributions)) == []
    line = json.dumps(reading_object(reading), ensure_ascii=False).encode()
    for content in (line + b"\n" + line, line + b"\r\n" + line + b"\r\n", b"\xef\xbb\xbf\n" + line + b"\n\n" + line):
        (tmp_path / "many.jsonl").write_bytes(content)
        found = list(read_annotated(tmp_path / "many.jsonl"))
        assert [spans_and_acts(replace(reading, attributions=a.attributions)) for a in found] == [
            spans_and_acts(reading)
        ] * 2


def test_pieces_that_only_a_line_end_parts_come_back_as_they_were(tmp_path: Path) -> None:
    reading = reading_of("<s 1>Ruiz</s> <q 1>said</q> <c 1>it was shut.</c>\n\n<c 1>It will open.</c>")
    assert len(reading.attributions[0].content) == 2
    (tmp_path / "one.json").write_bytes(encode_json(reading_object(reading)))
    (annotated,) = read_annotated(tmp_path / "one.json")
    for given in (annotated.attributions, parse_standoff(standoff(reading), reading.document.text, "d01.ann")):
        assert judged(reading, replace(reading, attributions=given)) == []
    (confirmed,) = judged(reading, replace(reading, attributions=annotated.attributions), confirm=True)
    assert confirmed.attribution == reading.attributions[0]


def test_one_object_may_stand_on_many_lines(tmp_path: Path) -> None:
    reading = reading_of(MARKED)
    file = tmp_path / "one.json"
    file.write_bytes(json.dumps(json.loads(encode_json(reading_object(reading))), indent=2).encode("utf-8-sig"))
    (annotated,) = read_annotated(file)
    assert annotated.place == "one.json" and len(annotated.attributions) == 2


def test_lines_are_taken_one_by_one_and_the_broken_one_is_named(tmp_path: Path) -> None:
    line = encode_json(reading_object(reading_of(MARKED)))
    for broken in (b"{", b"\xff", b'{"document": ' * 100_000):
        (tmp_path / "many.jsonl").write_bytes(line + b"\n\n" + broken + b"\n" + line)
        found = read_annotated(tmp_path / "many.jsonl")
        assert len(next(found).attributions) == 2
        with pytest.raises(InvalidAnnotation, match=r"many\.jsonl:3 "):
            next(found)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotated_files, "_LARGEST", 1000)
    for content in (b"1" * 5000, b"{\n" + b" " * 5000):
        (tmp_path / "long.jsonl").write_bytes(content)
        with pytest.raises(InvalidAnnotation, match="one reading a line"):
            list(read_annotated(tmp_path / "long.jsonl"))


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"document": {"text": 3}, "attributions": []}', b"\xff\xfe", b"{" * 100_000],
)
def test_what_is_no_annotation_says_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(content)
    try:
        assert list(read_annotated(file)) == []
        assert content == b""
    except InvalidAnnotation as error:
        assert "odd.json" in str(error)


def test_a_missing_text_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "d01.ann").write_text("")
    for name in ("d01.ann", "nothing.json"):
        with pytest.raises(MissingInput):
            list(read_annotated(tmp_path / name))
