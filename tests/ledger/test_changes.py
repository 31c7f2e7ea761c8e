"""What changed from one version to the next."""

from __future__ import annotations

from datetime import UTC, datetime

from sourceline.ledger.changes import compare_readings
from sourceline.model.evidence import Version
from sourceline.model.reading import Reading
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
