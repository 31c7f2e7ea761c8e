"""What changed from one version to the next."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from sourceline.ledger.changes import Difference, Restated, compare_readings
from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
from sourceline.show.records import difference_object
from sourceline.show.terminal.signs import Signs
from sourceline.show.terminal.versions import difference_lines
from tests.samples import reading_of

FIRST = (
    "<s 1>The ministry</s> <q 1>said</q> <c 1>it had found three boats in the harbour</c>. "
    "<s 2>Ruiz</s> <q 2 deny>denied</q> <c 2>any part in it</c>. "
    "<s 3>Two officials</s> <q 3>said</q> <c 3>more would follow</c>."
)
EDITED = (
    "<s 1>The ministry</s> <q 1>said</q> <c 1>it had found five boats in the harbour</c>. "
    "<s 3>Two officials</s> <q 3>said</q> <c 3>more would follow</c>. "
    "<s 4>The union</s> <q 4 warn>warned</q> <c 4>that bread was running out</c>."
)


def kept(marked: str, number: int) -> tuple[Version, Reading]:
    reading = reading_of(marked)
    moment = datetime(2031, 3, 5 + number, tzinfo=UTC)
    sha256 = reading.document.sha256
    version = Version(id=str(number), key="k", name="d01", number=number, at=moment, text_sha256=sha256, sha256=sha256)
    return version, reading


def test_a_silent_edit_is_seen_through_what_was_said() -> None:
    found = compare_readings(kept(FIRST, 1), kept(EDITED, 2))
    assert found.text_changed
    assert found.kept == 1
    changed, came, went = [], [], []
    for change in found.changes:
        if change.before and change.after:
            changed.append((change.before.wording, change.after.wording, change.what))
        elif change.after:
            came.append(change.after.wording)
        elif change.before:
            went.append(change.before.wording)
    assert changed == [
        ("it had found three boats in the harbour", "it had found five boats in the harbour", ("content",))
    ]
    assert came == ["that bread was running out"]
    assert went == ["any part in it"]


def test_the_same_text_has_no_changes() -> None:
    found = compare_readings(kept(FIRST, 1), kept(FIRST, 2))
    assert (found.changes, found.kept, found.text_changed) == ((), 3, False)


def test_another_act_is_a_change() -> None:
    found = compare_readings(kept(FIRST, 1), kept(FIRST.replace("deny", "state"), 2))
    assert [change.what for change in found.changes] == [("act",)]


def test_nothing_before_and_nothing_after() -> None:
    came = compare_readings(kept("Rain.", 1), kept(FIRST, 2))
    went = compare_readings(kept(FIRST, 1), kept("Rain.", 2))
    assert [change.before for change in came.changes] == [None] * 3
    assert [change.after for change in went.changes] == [None] * 3


# what is stated about an article --------------------------------------------------------------------------------------


def restated(before: dict[str, Any], after: dict[str, Any]) -> Difference:
    """Of an article of which nothing else changed."""
    (first, reading), (second, _) = kept(FIRST, 1), kept(FIRST, 2)
    old, new = (replace(reading, document=replace(reading.document, **stated)) for stated in (before, after))
    return compare_readings((first, old), (second, new))


def shown(difference: Difference) -> str:
    out = io.StringIO()
    Console(file=out, width=100).print(*difference_lines(difference, Signs(unicode=True)), sep="\n")
    return out.getvalue()


def test_an_edited_headline_and_date_are_a_difference() -> None:
    found = restated(
        {"title": "Boats found", "published": "2031-03-05", "outlet": "The Packet"},
        {"title": "No boats found", "published": "2031-03-06", "outlet": "The Packet", "byline": "Ilse Marden"},
    )
    assert found.stated == (
        Restated(what="title", before="Boats found", after="No boats found"),
        Restated(what="byline", before=None, after="Ilse Marden"),
        Restated(what="published", before="2031-03-05", after="2031-03-06"),
    )
    assert (found.changes, found.text_changed) == ((), False)
    assert difference_object(found)["stated"][0] == {
        "what": "title", "before": "Boats found", "after": "No boats found",
    }  # fmt: skip
    lines = [line.strip() for line in shown(found).splitlines()]
    assert "nothing differs" not in shown(found)
    for line in ("- Boats found", "+ No boats found", "- not stated", "+ Ilse Marden", "- 2031-03-05"):
        assert line in lines
    assert "nothing else differs: 3 attributions the same" in lines


def test_what_is_stated_the_same_is_no_difference() -> None:
    same = restated({"title": "Boats found"}, {"title": "Boats found"})
    assert same.stated == ()
    assert "nothing differs" in shown(same)
