"""The commands of a ledger, one after another on a small one: what they print, what they refuse, what they keep."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sourceline import cli
from sourceline.errors import UndecodableInput
from sourceline.model.reading import Reading
from sourceline.model.text import Document
from sourceline.store.sqlite import open_store
from tests.example_world import WORLD
from tests.ledger.by_hand import ByHand, Newer, pipeline_module

HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m\u202egpj\u2066\x7f"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ARTICLES: tuple[dict[str, Any], ...] = (
    {
        "id": "ledger-0306",
        "url": "https://ledger.example/exports",
        "outlet": "Harbor Ledger",
        "published": "2031-03-06",
        "updated": "2031-03-06T08:00:00+00:00",
        "title": "Exports fall",
        "text": "Ana Ruiz, the trade minister, said exports fell in May. Pell Austwick denied any talks on the depot.",
    },
    {
        "id": "packet-0307",
        "outlet": "The Packet",
        "published": "2031-03-07",
        "updated": "2031-03-07T08:00:00+00:00",
        "text": "An official said the depot was empty. A. Ruiz declined to comment on the depot.",
    },
    {
        "id": "packet-0308",
        "outlet": "The Packet",
        "published": "2031-03-08",
        "updated": "2031-03-08T08:00:00+00:00",
        "text": "Pell Austwick warned that the depot may close.",
    },
)
EDITED = {
    **ARTICLES[0],
    "updated": "2031-03-06T19:00:00+00:00",
    "text": "Ana Ruiz, the trade minister, said exports fell slightly in May. Ilse Marden said nothing had changed.",
}
LISTING = ("search", "sources", "problems", "verify", "judge list", "reread", "export csv")
NEEDING = ("diff x", "judge same a b --by K", "judge undo x --by K", "remove x --by K --reason r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """`sourceline` in a folder of its own, with a reader that needs no model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCELINE_LEDGER", raising=False)
    monkeypatch.setenv("COLUMNS", "110")
    read_by(monkeypatch, ByHand)

    def run(command: str, *more: str) -> Answer:
        code = cli.main([*command.split(), *more])
        out, err = (stream.decode() for stream in capsysbinary.readouterr())
        return Answer(code=code, out=out, err=err)

    return run


@pytest.fixture
def small(run: Command) -> Command:
    """The commands, on a ledger of three articles."""
    assert add(run, *ARTICLES).code == 0
    return run


def read_by(monkeypatch: pytest.MonkeyPatch, reader: type[ByHand]) -> None:
    monkeypatch.setitem(sys.modules, "sourceline.pipeline", pipeline_module(reader))


def add(run: Command, *articles: dict[str, Any], options: str = "") -> Answer:
    Path("articles.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return run(f"add articles.jsonl {options}")


# add ------------------------------------------------------------------------------------------------------------------


def test_add_twice_says_that_nothing_changed(run: Command) -> None:
    assert add(run, *ARTICLES).out == "3 new documents\n"
    before = run("export json").out
    assert add(run, *ARTICLES).out == "nothing changed: 3 known already\n"
    assert run("export json").out == before


def test_add_tells_of_problems_and_keeps_the_rest(run: Command) -> None:
    answer = add(run, ARTICLES[0], {"id": "no text"})
    assert (answer.code, answer.out) == (0, "1 new document, 1 problem\n")
    assert "problem: articles.jsonl:2: line 2 has no text" in answer.err
    assert "sourceline problems" in answer.err
    assert re.search(r"articles\.jsonl:2 +record +line 2 has no text", run("problems").out)
    (problem,) = run("problems --json").objects
    assert (problem["place"], problem["kind"]) == ("articles.jsonl:2", "record")
    assert add(run, ARTICLES[0], ARTICLES[1]).out == "1 new document, 1 known already\n"
    assert run("problems").out.strip() == "No problems"


@pytest.mark.parametrize("absent", ["gone.txt", "gone*.txt", "gone/", "ftp://beacon.example/a", "http://127.0.0.1:9/"])
@pytest.mark.parametrize("options", ["", "--json", "--dry-run"])
def test_add_tells_of_a_source_that_is_not_there_and_adds_the_rest(run: Command, absent: str, options: str) -> None:
    Path("articles.jsonl").write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    answer = run(f"add {absent} articles.jsonl {options}")
    assert answer.code == 1
    if options == "--json":
        assert (answer.objects[-1]["outcomes"], answer.objects[-1]["problems"]) == ({"document": 3}, 1)
    else:
        assert "3 new documents, 1 problem" in answer.out
        assert answer.err.count(f"problem: {absent}") == 1
    alone = run(f"add {absent} {options}")
    assert (alone.code, "internal error" in alone.err) == (1, False)
    if not options:
        assert [problem["place"] for problem in run("problems --json").objects] == [absent]


def test_each_source_that_is_not_there_is_told_of(run: Command) -> None:
    answer = run("add " + " ".join(f"gone{n}.txt" for n in range(30)))
    assert (answer.code, answer.err.count("problem: gone")) == (1, 30)


def test_a_file_that_is_missing_within_a_source_is_no_no(run: Command) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text("Ana Ruiz said exports fell.")
    Path("in/b.txt").symlink_to("nowhere")
    answer = run("add in")
    assert (answer.code, answer.out) == (0, "1 new document, 1 problem\n")


def test_add_in_json(run: Command) -> None:
    *events, whole = add(run, *ARTICLES, {"id": "no text"}, options="--json").objects
    assert sorted(event["outcome"] for event in events) == ["document"] * 3 + ["problem"]
    assert {event["place"] for event in events} == {f"articles.jsonl:{n}" for n in range(1, 5)}
    assert whole == {"format": 1, "outcomes": {"document": 3}, "problems": 1, "changed": True}


def test_a_dry_run_keeps_nothing(small: Command) -> None:
    answer = add(small, EDITED, ARTICLES[1], {"id": "new", "text": "Words of no use."}, options="--dry-run")
    assert answer.out == "would be added: 1 new document, 1 new version, 1 known already\n"
    assert len(small("search --json").objects) == 5


def test_columns_of_a_table(run: Command) -> None:
    Path("table.csv").write_text("headline,body,day\nA,Ana Ruiz said exports fell in May.,2031-03-06\n")
    answer = run("add table.csv --column text=body --column title=headline --column published=day")
    assert answer.out == "1 new document\n"
    (finding,) = run("search --json").objects
    assert (finding["title"], finding["published"]) == ("A", "2031-03-06")


def test_impossible_dates_are_no_dates_whatever_brings_them(run: Command) -> None:
    said = "Ana Ruiz, the trade minister, said exports fell in {}."
    Path("a.jsonl").write_text(json.dumps({"id": "a", "published": "2031-02-30", "text": said.format("May")}))
    Path("b.csv").write_text(f'id,published,text\nb,0000-01-01,"{said.format("June")}"\n')
    stated = "<meta property='article:published_time' content='99999-01-01'>"
    Path("c.html").write_text(f"<html><head>{stated}</head><body><p>{said.format('July')}</p></body></html>")
    assert run("add a.jsonl b.csv c.html").out == "3 new documents\n"
    documents = json.loads(run("export json").out)["documents"]
    assert [document["published"] for document in documents] == [None, None, None]
    readings = {o["document"]["id"]: o["document"] for o in run("export jsonl").objects}
    given = {"a": "2031-02-30", "b": "0000-01-01", "c": "99999-01-01"}
    assert {id: document["extra"]["published_given"] for id, document in readings.items()} == given
    assert run("search").out.count("undated") == 3


# finding --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 5),
        ("depot", 4),
        ("depot -empty", 3),
        ("-depot", 1),
        ("-empty", 4),
        ("-harbour", 5),
        ("--source Austwick -depot", 0),
        ("-exports --source Ruiz", 1),
        ("-depot --act deny,state", 1),
        ("-depot --since 2031-03-07", 0),
        ("--act deny,decline", 2),
        ("--source Ruiz", 2),
        ("--unnamed", 1),
        ("--outlet packet", 0),
        ("--since 2031-03-07 --until 2031-03-07", 2),
        ("zebra", 0),
    ],
)
def test_search(small: Command, query: str, found: int) -> None:
    options = query.split() if query.startswith("-") else [query] if query else []
    answer = small("search --json", *options)
    assert (answer.code, len(answer.objects)) == (0, found)
    shown = small("search", *options)
    assert shown.code == 0
    assert shown.out.count("“") == found or (found == 0 and shown.out.startswith("Nothing found"))


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["-json"], "the option is --json; to leave a word out: sourceline search -- -json"),
        (["-empty", "depot"], "sourceline search '-empty depot'"),
        (["depot", "it's"], """sourceline search 'depot it'"'"'s'"""),
        (["--wrod"], "unrecognized arguments: --wrod"),
        (["(depot OR port) talks"], "write peace OR truce depot"),
        (["--texts", "-depot"], "name at least one"),
    ],
)
def test_a_search_that_cannot_be_understood_says_what_to_write(small: Command, words: list[str], advice: str) -> None:
    answer = small("search", *words)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert advice in answer.err


def test_a_query_may_begin_with_a_dash(small: Command) -> None:
    depot = [finding["id"] for finding in small("search --json", "depot -empty").objects]
    assert [finding["id"] for finding in small("search --json", "-empty depot").objects] == depot
    assert small("search", "-h").out.startswith("usage:")
    assert small("search --limit 1", "-harbour").out.count("“") == 1
    assert len(small("sources --json", "-Austwick Ruiz").objects) == 2
    assert "1 of 4: --limit 0 shows all" in small("search --limit 1", "-empty").out


def test_search_shows_who_what_and_where_and_what_is_left(small: Command) -> None:
    answer = small("search --limit 1")
    assert re.search(r"^Pell Austwick +warn$", answer.out, re.M)
    assert "“that the depot may close”" in answer.out
    assert "2031-03-08 · The Packet · packet-0308" in answer.out
    assert "1 of 5: --limit 0 shows all" in answer.out
    assert small("search zebra").out.strip() == "Nothing found: --texts searches whole texts too"


def test_search_in_whole_texts(small: Command) -> None:
    answer = small("search --texts --json", "trade minister")
    assert [(passage["document"], passage["text"]) for passage in answer.objects] == [("ledger-0306", "trade")]
    assert "2031-03-06 · Harbor Ledger" in small("search --texts trade").out


def test_sources_lists_and_dossiers(small: Command) -> None:
    table = small("sources").out
    assert re.search(r"^Pell Austwick +person +2 +2 +deny 1 warn 1 +2031-03-06 *$", table, re.M)
    listed = small("sources --json").objects
    assert {source["name"] for source in listed} == {"Pell Austwick", "Ana Ruiz", "A. Ruiz"}
    dossier = small("sources", "Pell Austwick").out
    assert "in 2 documents of 2 outlets, 2031-03-06 to 2031-03-08" in dossier
    assert dossier.index("may close") < dossier.index("any talks")
    (whole,) = small("sources --json", "Pell Austwick").objects
    assert [a["act"] for a in whole["attributions"]] == ["warn", "deny"]
    by_id = small("sources", whole["identity"])
    assert by_id.out == dossier


def test_the_silence_and_the_unnamed(small: Command) -> None:
    assert [s["name"] for s in small("sources --act decline --json").objects] == ["A. Ruiz"]
    assert [s["name"] for s in small("sources --unnamed --json").objects] == ["An official"]
    assert "no reason given for leaving out the name" in small("sources --unnamed").out


# people's words -------------------------------------------------------------------------------------------------------


def test_same_different_undo_and_list(small: Command) -> None:
    answer = small("judge same --by Kim --note", "one byline", "Ana Ruiz", "A. Ruiz")
    assert answer.code == 0, answer.err
    (judgement,) = small("judge list --json").objects
    assert (judgement["by"], judgement["verdict"], judgement["note"]) == ("Kim", "same", "one byline")
    assert judgement["id"] in answer.out
    (ruiz,) = [s for s in small("sources --json").objects if "Ruiz" in s["name"]]
    assert ruiz["documents"] == 2
    assert small(f"judge undo --by Lee {judgement['id']}").code == 0
    assert "taken back" in small("judge list").out
    assert sum("Ruiz" in s["name"] for s in small("sources --json").objects) == 2
    again = small(f"judge undo --by Lee {judgement['id']}")
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert small("judge different --by Kim", "Ana Ruiz", "A. Ruiz").code == 0
    assert len(small("judge list --json").objects) == 2


def test_proposals_are_decided_with_their_ids(small: Command) -> None:
    assert small("sources --proposals").out.strip() == "Nothing to decide"
    add(small, {"id": "d", "outlet": "The Packet", "text": "A. Ruiz, the trade minister, said the depot was shut."})
    proposals = small("sources --proposals --json").objects
    assert {"Ana Ruiz", "A. Ruiz"} in [{p["first_name"], p["second_name"]} for p in proposals]
    assert "sourceline judge same|different" in small("sources --proposals").out
    for proposal in proposals:
        ids = proposal["first"], proposal["second"]
        assert small("judge different --by Kim", *ids).code == 0
    assert small("sources --proposals").out.strip() == "Nothing to decide"


def test_corrections_in_brat_come_back_as_judgements(small: Command) -> None:
    assert small("export brat --out texts.zip").err == "wrote texts.zip\n"
    unchanged = small("import-annotations texts.zip --by Kim")
    assert unchanged.out == "0 new judgements on 3 texts\n"
    with zipfile.ZipFile("texts.zip") as given, zipfile.ZipFile("corrected.zip", "w") as corrected:
        for name in given.namelist():
            content = given.read(name).decode()
            corrected.writestr(name, content.replace("Act E1 state", "Act E1 accuse"))
    assert small("import-annotations corrected.zip --by Kim").out == "2 new judgements on 3 texts\n"
    assert small("import-annotations corrected.zip --by Kim").out == "0 new judgements on 3 texts\n"
    assert len(small("search --act accuse --json").objects) == 2
    assert "judged by a person" in small("search --act accuse").out
    assert [row["act"] for row in table(small)].count("accuse") == 2


def test_annotations_of_other_texts_are_named(small: Command) -> None:
    Path("d.txt").write_text("He said no.")
    Path("d.ann").write_text("")
    assert small("import-annotations d.ann --by Kim").out.splitlines()[0] == "not in the ledger: d.ann"
    assert small("import-annotations d.ann --by Kim --json").objects == [
        {"place": "d.ann", "known": False, "judgements": 0, "speakers": 0}
    ]


def table(run: Command) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("export csv").out.removeprefix("\ufeff"), newline="")))


# evidence -------------------------------------------------------------------------------------------------------------


def test_a_silent_edit_is_seen(small: Command) -> None:
    assert small("diff ledger-0306").out.splitlines() == [
        "There is one version only: nothing to compare",
        "version 1: 2031-03-06 08:00, seen 1 time, the latest",
    ]
    assert add(small, EDITED).out == "1 new version\n"
    for name in ("ledger-0306", "https://www.ledger.example/exports/"):
        shown = small("diff", name).out
        assert "version 1 (2031-03-06 08:00) to version 2 (2031-03-06 19:00)" in shown
        assert re.search(r"^- Pell Austwick denied \(deny\) “any talks on the depot”", shown, re.M), shown
        assert re.search(r"^\+ Ilse Marden said", shown, re.M), shown
    (difference,) = small("diff ledger-0306 --json").objects
    assert difference["text_changed"]
    assert {"content"} in [set(change["what"]) for change in difference["changes"]]


BACK = {**ARTICLES[0], "updated": "2031-03-07T07:00:00+00:00"}


def test_a_text_that_came_back_is_shown_as_such(small: Command) -> None:
    add(small, EDITED)
    assert add(small, BACK).out == "1 text that is back\n"
    assert add(small, BACK, EDITED).out == "nothing changed: 2 known already\n"
    shown = small("diff ledger-0306").out
    assert "version 1 (2031-03-06 08:00) to version 2 (2031-03-06 19:00)" in shown
    assert "version 2 (2031-03-06 19:00) back to version 1 (2031-03-07 07:00)" in shown
    assert shown.splitlines()[-2:] == [
        "version 1: 2031-03-06 08:00 to 2031-03-07 07:00, seen 2 times, the latest",
        "version 2: 2031-03-06 19:00, seen 1 time",
    ]
    first, second = small("diff ledger-0306 --json").objects
    assert [first["returned"], second["returned"]] == [False, True]
    assert (second["at"], second["after"]["latest"]) == ("2031-03-07T07:00:00+00:00", True)
    listed = small("diff ledger-0306 --sightings").out.splitlines()
    assert [line.split("  ")[:2] for line in listed] == [
        ["2031-03-06 08:00", "version 1"],
        ["2031-03-06 19:00", "version 2"],
        ["2031-03-07 07:00", "version 1"],
    ]
    assert [s["version"] for s in small("diff ledger-0306 --sightings --json").objects] == [1, 2, 1]


def test_of_an_edited_article_only_the_latest_version_counts(small: Command) -> None:
    add(small, EDITED)
    for command, latest, every in (
        ("search exports", 1, 2),
        ("search talks", 0, 1),
        ("search exports --texts", 1, 2),
        ("search --source Ruiz", 2, 3),
    ):
        assert len(small(f"{command} --json").objects) == latest, command
        assert len(small(f"{command} --json --all-versions").objects) == every, command
    assert [small(f"sources --json Austwick{more}").objects[0]["acts"] for more in ("", " --all-versions")] == [
        {"warn": 1},
        {"deny": 1, "warn": 1},
    ]
    (whole,) = small("sources --json --all-versions Ana").objects
    assert (whole["documents"], len(whole["attributions"])) == (1, 2)


def test_a_text_that_was_taken_down_stays_down(small: Command) -> None:
    answer = small("remove packet-0308 --by Kim --reason", "a court's order")
    assert re.fullmatch(r"removed: packet-0308, version 1, sha256 [0-9a-f]{64}\n", answer.out)
    again = add(small, *ARTICLES)
    assert again.out == "nothing changed: 2 known already, 1 taken down before and left out\n"
    assert re.fullmatch(
        r"left out: articles\.jsonl:3: taken down on [0-9-]{10} by Kim \(a court's order\); nothing takes a removal "
        r"back in this ledger: to keep the text, add it to another one\n",
        again.err,
    )
    other = {**ARTICLES[2], "seen": "in another feed"}
    assert add(small, other).out == "nothing changed: 1 taken down before and left out\n"
    event, _ = add(small, other, options="--json").objects
    assert (event["removal"]["by"], event["removal"]["reason"]) == ("Kim", "a court's order")
    twice = small("remove packet-0308 --by Lee --reason", "another order")
    assert re.fullmatch(
        r"removed before: packet-0308, version 1, sha256 [0-9a-f]{64}: taken down on [0-9-]{10} by Kim "
        r"\(a court's order\)\n",
        twice.out,
    )
    assert twice.code == 0
    assert small("search close").out.startswith("Nothing found")
    assert b"may close" not in Path("news.db").read_bytes()
    (gone,) = [d for d in json.loads(small("export json").out)["documents"] if d["removed"]]
    assert gone["removed"] == {"by": "Kim", "reason": "a court's order"}
    assert small("verify").code == 0
    assert small("diff packet-0308").out.startswith("There is one version only: nothing to compare")


def test_verify_names_what_differs(small: Command) -> None:
    assert small("verify").out == "sound: 3 captures hashed again, nothing differs\n"
    store: Any = open_store("news.db")
    database = store._database
    with store.writing():
        database.run(
            "UPDATE captures SET record = substr(record, 1, 40) WHERE rowid = (SELECT min(rowid) FROM captures)"
        )
    store.close()
    answer = small("verify")
    assert answer.code == 1
    assert "articles.jsonl:1" in answer.out
    assert answer.err == "1 fault in 3 captures: restore what differs from a copy\n"
    assert [fault["place"] for fault in small("verify --json").objects] == ["articles.jsonl:1"]


def test_a_new_model_reads_again_and_judgements_stay(small: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert small("reread").out.strip() == "every text was read with this model or a later one already"
    small("judge same --by Kim", "Ana Ruiz", "A. Ruiz")
    small("export brat --out texts.zip")
    assert small("import-annotations texts.zip --by Kim --confirm").out == "5 new judgements on 3 texts\n"
    small("judge list")
    read_by(monkeypatch, Newer)
    answer = small("reread")
    assert "3 texts read again, 1 changed" in answer.out
    assert "by-hand/1 read it before, by-hand/2 now" in answer.out
    assert re.search(r"^- Pell Austwick warned", answer.out, re.M)
    assert len(small("judge list --json").objects) == 6
    assert len(small("search --json").objects) == 5, "what a person confirmed stands, whatever a model says"
    assert sum("Ruiz" in s["name"] for s in small("sources --json").objects) == 1
    assert small("reread --json").out == ""
    assert small("verify").code == 0


def test_a_text_that_a_new_model_cannot_read_keeps_its_reading(small: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stumbling(Newer):
        def read(self, document: Document) -> Reading:
            if document.id == "packet-0307":
                raise UndecodableInput("a surprise")
            return super().read(document)

    read_by(monkeypatch, Stumbling)
    answer = small("reread")
    assert (answer.code, answer.err) == (0, "1 could not be read: sourceline problems lists them\n")
    assert "2 texts read again, 1 changed" in answer.out
    (problem,) = small("problems --json").objects
    assert (problem["kind"], problem["message"]) == ("undecodable", "a surprise")
    assert len(small("search --json --outlet", "The Packet").objects) == 2
    read_by(monkeypatch, Newer)
    assert "1 text read again, 0 changed" in small("reread").out
    assert small("problems --json").out == ""


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "parquet", "webannotation", "brat", "warc"])
def test_every_format_is_written_and_only_whole(small: Command, format: str) -> None:
    answer = small(f"export {format} --out written")
    assert (answer.code, answer.out, answer.err) == (0, "", "wrote written\n")
    assert Path("written").stat().st_size > 100
    assert [path.name for path in Path().glob(".written*")] == []
    assert small(f"export {format} --out nowhere/written").code == 2


@pytest.mark.parametrize("format", ["parquet", "brat", "warc"])
@pytest.mark.parametrize("out", ["", "-o -"])
def test_a_terminal_is_spared_what_is_no_text(
    small: Command, monkeypatch: pytest.MonkeyPatch, format: str, out: str
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    answer = small(f"export {format} {out}")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert re.search(rf"sourceline export {format} -o \w+\.[\w.]+, or pipe it", answer.err)
    assert small(f"export {format} -o written").code == 0, "a file is written from a terminal, too"
    assert Path("written").stat().st_size > 100


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "webannotation"])
def test_a_terminal_is_shown_text_that_it_does_not_obey(
    run: Command, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    text = f"Ana Ruiz said exports{HOSTILE} fell – “by 4%”. Pell Austwick denied any talks."
    assert add(run, {"id": "d", "title": HOSTILE, "text": text}).code == 0
    piped = run(f"export {format}")
    assert piped.err == ""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    answer = run(f"export {format}")
    assert answer.code == 0
    assert OBEYED.findall(answer.out) == []
    assert "\ufeff" not in answer.out
    assert "Pell Austwick" in answer.out
    assert re.fullmatch(rf"shown for reading: sourceline export {format} -o \S+ writes the file itself\n", answer.err)
    if format == "csv":
        assert piped.out.startswith("\ufeff")
        assert OBEYED.findall(piped.out) != [], "a pipe gets the bytes as they are"
        assert answer.out.count("\n") == piped.out.count("\n")
    else:
        assert answer.out == piped.out


# what is not there ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*LISTING, *NEEDING, "import-annotations f --by K"])
def test_without_a_ledger_each_says_how_to_get_one(run: Command, command: str) -> None:
    answer = run(command)
    assert (answer.code, answer.out) == (1, "")
    assert re.fullmatch(r"sourceline: there is no ledger news\.db: make one with sourceline add.*\n", answer.err)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("command", [*LISTING, "search word", "search --texts word", "sources --unnamed"])
def test_an_empty_ledger_is_no_special_case(run: Command, command: str) -> None:
    open_store("news.db").close()
    answer = run(command)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.strip()
    if not command.startswith("export"):
        assert run(f"{command} --json").out == ""


@pytest.mark.parametrize("command", NEEDING)
def test_what_is_not_in_the_ledger_is_one_line(small: Command, command: str) -> None:
    answer = small(command)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert re.search(r": (sourceline|give)", answer.err), "what to do next"


@pytest.mark.parametrize(
    "command",
    [
        "add",
        "add x --max-pages 0",
        "add x --column text",
        "add x --column story=body",
        "search x --act sing",
        "search x --since someday",
        "search x --limit -1",
        "search --texts",
        "search x --texts --source Ruiz",
        'search "open',
        "sources x --unnamed",
        "sources --act sing",
        "judge same a --by K",
        "judge same a b",
        "judge same Ruiz Ruiz --by",
        "judge perhaps a b --by K",
        "export docx",
        "remove packet-0307 --by K",
        "diff",
        "import-annotations nothing.ann --by K",
        "import-annotations articles.jsonl",
        "verify --roots nothing.pem",
        "problems --unknown",
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(small: Command, command: str) -> None:
    answer = small(command)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith("sourceline: ")


def test_options_may_stand_before_between_and_after(small: Command) -> None:
    Path("more.jsonl").write_text(json.dumps({"id": "more", "text": "Ana Ruiz said no."}))
    assert small("add articles.jsonl --json more.jsonl").objects[-1]["outcomes"] == {"document": 1, "unchanged": 3}
    assert len(small("search --json depot --limit 2").objects) == 2
    assert len(small("search --json --", "-empty depot").objects) == 3
    assert small("judge same A --by K B C").code == 2
    assert small("search depot --limit 2 other words").code == 2


def test_the_environment_names_a_ledger_and_the_command_line_outweighs_it(
    small: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("news.db").rename("other.db")
    monkeypatch.setenv("SOURCELINE_LEDGER", "other.db")
    assert len(small("search --json").objects) == 5
    assert small("search --ledger news.db").code == 1


# hostile text ---------------------------------------------------------------------------------------------------------


def test_no_field_orders_the_terminal_anything(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"Ana{HOSTILE} Ruiz, a{HOSTILE} minister, said it{HOSTILE} fell. An official said{HOSTILE} so."
    hostile = {
        **{name: f"{name} {HOSTILE}" for name in ("outlet", "outlet_kind", "published", "title", "byline", "note")},
        "id": f"id {HOSTILE}",
        "url": f"https://evil.example/{HOSTILE}",
        "text": f"{text} Pell{HOSTILE} Austwick, a{HOSTILE} minister, denied a{HOSTILE} thing.",
        "updated": "2031-03-06T08:00:00+00:00",
    }
    edited = {**hostile, "updated": "2031-03-07T08:00:00+00:00", "text": f"Ana{HOSTILE} Ruiz said{HOSTILE} no."}
    undated = {**hostile, "id": "undated", "published": None}
    Path(f"odd{HOSTILE.replace('/', '')}.txt").write_bytes(b"\x00\x01")
    said = [add(run, hostile, edited, undated), run("add", *map(str, Path().glob("odd*")), "no\x1b[2Jfile")]
    sources = [s["identity"] for s in run("sources --json").objects]
    assert len(sources) >= 2
    judging = run("judge same --by", f"Kim{HOSTILE}", "--note", HOSTILE, *sources[:2])
    assert judging.code == 0
    said += [judging, *(run(command) for command in LISTING if command != "export csv")]
    said += [run(f"{command} --json") for command in LISTING if command != "export csv"]
    said += [run("search --texts fell"), run("search --source Austwick"), run("sources --unnamed")]
    said += [run("sources --proposals"), *(run("sources", source) for source in sources), run("diff", hostile["id"])]
    said += [run("diff --json", hostile["id"]), run("search", HOSTILE), run("diff", HOSTILE), run("sources", HOSTILE)]
    said += [run("export json"), run("export jsonl"), run("export webannotation"), run("export", HOSTILE)]
    read_by(monkeypatch, Newer)
    said += [run("reread"), run("remove undated --by", HOSTILE, "--reason", HOSTILE), run("problems")]
    Path("out").mkdir()
    said += [run("export csv --out", f"out/{HOSTILE.replace('/', '')}"), run("verify --roots", HOSTILE)]
    assert all(answer.code in (0, 1, 2) for answer in said)
    assert sum(len(answer.out) for answer in said) > 5_000
    for answer in said:
        assert "internal error" not in answer.err
        for stream in (answer.out, answer.err):
            assert OBEYED.findall(stream) == [], stream


# the model itself -----------------------------------------------------------------------------------------------------


def test_with_the_model_itself(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sourceline.pipeline")
    lines = (WORLD / "documents.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    answer = add(run, *map(json.loads, lines))
    assert answer.out == "3 new documents\n"
    found = run("search --json --limit 0").objects
    texts = {json.loads(line)["id"]: json.loads(line)["text"] for line in lines}
    assert len(found) > 10
    for finding in found:
        for span in finding["content"]:
            assert texts[finding["document"]][span["start"] : span["end"]] == span["text"]
    assert run("sources").out.count("\n") > 5
    assert run("verify").out.startswith("sound: 3 captures")
    assert add(run, *map(json.loads, lines)).out == "nothing changed: 3 known already\n"
    assert run("reread").out.strip() == "every text was read with this model or a later one already"
