"""Dates as days, and times as numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.errors import UsageError
from sourceline.store.days import asked_days, days_of, first_day, microseconds, moment
from sourceline.store.sqlite.rows import UNDATED, day_from_number, day_number


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [
        ("2031-03-06", "2031-03-06", "2031-03-06"),
        ("2031-03-06T23:59:59-11:00", "2031-03-06", "2031-03-06"),
        ("20310306", "2031-03-06", "2031-03-06"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2032", "2032-01-01", "2032-12-31"),
        ("2031-W10", "2031-03-03", "2031-03-09"),
        ("2031-W10-2", "2031-03-04", "2031-03-04"),
        (" 2031 ", "2031-01-01", "2031-12-31"),
    ],
)
def test_a_date_is_a_stretch_of_days(stated: str, first: str, last: str) -> None:
    days = days_of(stated)
    assert days is not None and [day.isoformat() for day in days] == [first, last]


@pytest.mark.parametrize(
    "stated", ["", "March", "2031-13", "2031-02-30", "0000", "2031-W60", "12345", "9999-W53", "-2031"]
)
def test_what_is_no_date(stated: str) -> None:
    assert days_of(stated) is None and first_day(stated) is None
    with pytest.raises(UsageError, match="no date"):
        asked_days(stated, None)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(stated: str) -> None:
    assert day_number(stated) <= UNDATED


@given(st.dates(), st.dates())
def test_later_days_have_smaller_numbers(one: object, other: object) -> None:
    a, b = str(one), str(other)
    assert (day_number(a) < day_number(b)) == (a > b)
    assert day_number(a) < day_number(None) and day_from_number(day_number(a)) == a


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=14))])))
def test_times_come_back(at: datetime) -> None:
    back = moment(microseconds(at))
    assert back == at or back in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def test_a_time_without_an_offset_counts_as_utc() -> None:
    naive = datetime(2031, 3, 6, 9, 15)
    assert moment(microseconds(naive)) == naive.replace(tzinfo=UTC)
