"""What a date in a text comes to: each case reads text, (words, value or reason)..."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.normalise.dates.find import find_dates

THURSDAY = "2017-08-17"
VALUE = re.compile(r"\d{4}(-\d\d(-\d\d)?|-W\d\d)?(/\d{4}(-\d\d(-\d\d)?|-W\d\d)?)?")


def check(text: str, *expected: tuple[str, str], published: str | None = THURSDAY) -> None:
    found = [(d.span.text, d.value if d.value is not None else d.reason) for d in find_dates(text, published)]
    assert found == list(expected)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The treaty of 6 March 2031 holds.", "6 March 2031", "2031-03-06"),
        ("It was signed on March 6, 2031.", "March 6, 2031", "2031-03-06"),
        ("It was signed on the 6th of March, 2031.", "6th of March, 2031", "2031-03-06"),
        ("Friday, March 7, 2031", "Friday, March 7, 2031", "2031-03-07"),
        ("Signed Sept. 3, 2016, in Orvale.", "Sept. 3, 2016", "2016-09-03"),
        ("Dated 2031-03-06.", "2031-03-06", "2031-03-06"),
        ("Dated 2031-03-06T10:00:00Z.", "2031-03-06", "2031-03-06"),
        ("on 16/03/2031", "16/03/2031", "2031-03-16"),
        ("on 03/16/2031", "03/16/2031", "2031-03-16"),
        ("on 16.3.2031", "16.3.2031", "2031-03-16"),
        ("on 6-Mar-2031", "6-Mar-2031", "2031-03-06"),
        ("on 3/3/2031", "3/3/2031", "2031-03-03"),
        ("on january first two thousand and thirty two", "january first two thousand and thirty two", "2032-01-01"),
    ],
)
def test_a_full_date_needs_no_publication_date(text: str, words: str, value: str) -> None:
    check(text, (words, value), published=None)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It was founded in 1961.", "1961", "1961"),
        ("The 1991 settlement stands.", "1991", "1991"),
        ("Her film The Salt Road (1974) won.", "1974", "1974"),
        ("by 2030, they say", "2030", "2030"),
        ("in March 2031", "March 2031", "2031-03"),
        ("in March of 2031", "March of 2031", "2031-03"),
        ("in 2031-03", "2031-03", "2031-03"),
        ("the 1990s", "1990s", "1990/1999"),
        ("the '90s", "'90s", "1990/1999"),
        ("in the nineties", "nineties", "1990/1999"),
        ("the 1800s", "1800s", "1800/1899"),
        ("the 19th century", "19th century", "1800/1899"),
        ("week 2031-W10 was cold", "2031-W10", "2031-W10"),
        ("in the third quarter of 2016", "third quarter of 2016", "2016-07/2016-09"),
        ("Q3 2016", "Q3 2016", "2016-07/2016-09"),
        ("the first half of 2016", "first half of 2016", "2016-01/2016-06"),
        ("in the summer of 2010", "summer of 2010", "2010-06/2010-08"),
        ("the winter of 1776-77", "winter of 1776-77", "1776-12/1777-02"),
        ("in early 2009", "early 2009", "2009"),
        ("in mid-2011", "mid-2011", "2011"),
        ("the second Saturday in May 2015", "second Saturday in May 2015", "2015-05-09"),
        ("at Easter 2018", "Easter 2018", "2018-04-01"),
        ("since the 9/11 attacks", "9/11", "2001-09-11"),
        ("the first half of March 2031", "first half of March 2031", "2031-03-01/2031-03-15"),
        ("in 3Q 2016", "3Q 2016", "2016-07/2016-09"),
        ("the year before 2015", "year before 2015", "2014"),
        ("by year-end 2018", "year-end 2018", "2018"),
        ("disputed 2016 elections", "2016", "2016"),
        ("as others found (Dorn & Ferrel, 2014 and", "2014", "2014"),
        ("on 2031 March 6", "2031 March 6", "2031-03-06"),
        ("the poet (837–908)", "837–908", "0837/0908"),
        ("built in AD842", "AD842", "0842"),
        ("in the year 71", "year 71", "0071"),
        ("her first period (1892 – 94)", "1892 – 94", "1892/1894"),
        ("Thursday 10/8/2017", "Thursday 10/8/2017", "2017-08-10"),
        ("Sunday 10/8/2017", "Sunday 10/8/2017", "2017-10-08"),
        ("since All Souls' Day 2016", "All Souls' Day 2016", "2016-11-02"),
    ],
)
def test_a_part_of_a_date_is_given_as_exactly_as_it_is_told(text: str, words: str, value: str) -> None:
    check(text, (words, value), published=None)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The ministry said today that", "today", "2017-08-17"),
        ("He was shot yesterday.", "yesterday", "2017-08-16"),
        ("It closes tomorrow.", "tomorrow", "2017-08-18"),
        ("They meet tonight.", "tonight", "2017-08-17"),
        ("He arrived last night.", "last night", "2017-08-16"),
        ("She left the day before yesterday.", "day before yesterday", "2017-08-15"),
        ("Sales fell last month.", "last month", "2017-07"),
        ("Sales fell last week.", "last week", "2017-W32"),
        ("Sales fell last year.", "last year", "2016"),
        ("He opened it earlier this year.", "earlier this year", "2017"),
        ("He died a fortnight ago.", "a fortnight ago", "2017-08-03"),
        ("He died two weeks ago.", "two weeks ago", "2017-08-03"),
        ("He died three months ago.", "three months ago", "2017-05"),
        ("He died ten years ago.", "ten years ago", "2007"),
        ("He died 25 years ago today.", "25 years ago today", "1992-08-17"),
        ("It rained this spring.", "this spring", "2017-03/2017-05"),
        ("It rained last winter.", "last winter", "2016-12/2017-02"),
        ("It opens next spring.", "next spring", "2018-03/2018-05"),
        ("It rose over the past two weeks.", "past two weeks", "2017-08-03/2017-08-16"),
        ("It will last for the next five days.", "next five days", "2017-08-18/2017-08-22"),
        ("They will return in two weeks.", "in two weeks", "2017-08-31"),
        ("It ended in March.", "March", "2017-03"),
        ("It ended in December.", "December", "2016-12"),
        ("He wrote on August 24 from Orvale", "August 24", "2017-08-24"),
        ("It will open in October.", "October", "2017-10"),
        ("They played over the weekend.", "weekend", "2017-08-12/2017-08-13"),
        ("They will march over Labor Day weekend.", "Labor Day weekend", "2017-09-02/2017-09-04"),
        ("by the end of the year", "end of the year", "2017"),
        ("the weekend before last", "weekend before last", "2017-08-05/2017-08-06"),
        ("two weekends ago", "two weekends ago", "2017-08-05/2017-08-06"),
        ("the weekend after Thanksgiving", "weekend after Thanksgiving", "2016-11-26/2016-11-27"),
        ("the day after Christmas", "day after Christmas", "2016-12-26"),
        ("the first Monday of next month", "first Monday of next month", "2017-09-04"),
        ("Wednesday evening next week", "Wednesday evening next week", "2017-08-23"),
        ("Friday two weeks from now", "Friday two weeks from now", "2017-09-01"),
        ("on Monday week", "Monday week", "2017-08-28"),
        ("Monday the 21st", "Monday the 21st", "2017-08-21"),
        ("in the last quarter", "last quarter", "2017-04/2017-06"),
        ("its second-quarter loss", "second-quarter", "2017-04/2017-06"),
        ("between now and Friday", "between now and Friday", "2017-08-17/2017-08-18"),
        ("They will have a meeting in two weeks.", "in two weeks", "2017-08-31"),
        ("He is likely to resign on Monday.", "Monday", "2017-08-21"),
    ],
)
def test_a_relative_date_counts_from_publication(text: str, words: str, value: str) -> None:
    check(text, (words, value))


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoy resigned on Wednesday.", "Wednesday", "2017-08-16"),
        ("The envoy resigned Thursday.", "Thursday", "2017-08-17"),
        ("The envoy resigned on Friday.", "Friday", "2017-08-11"),
        ("The envoy will resign on Friday.", "Friday", "2017-08-18"),
        ("On Friday the court will rule.", "Friday", "2017-08-18"),
        ("The trial is set to begin on Wednesday.", "Wednesday", "2017-08-23"),
        ("The envoy leaves next Tuesday.", "next Tuesday", "2017-08-22"),
        ("The envoy left last Friday.", "last Friday", "2017-08-11"),
        ("a Wednesday briefing", "Wednesday", "2017-08-16"),
        ("He said on Wednesday that he will resign.", "Wednesday", "2017-08-16"),
    ],
)
def test_a_weekday_is_the_last_one_unless_the_clause_looks_ahead(text: str, words: str, value: str) -> None:
    check(text, (words, value))


def test_each_clause_has_its_own_tense() -> None:
    check(
        "Voting will take place Friday, officials said Wednesday.",
        ("Friday", "2017-08-18"),
        ("Wednesday", "2017-08-16"),
    )


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("from 3 to 9 May", "from 3 to 9 May", "2017-05-03/2017-05-09"),
        ("March 3-5", "March 3-5", "2017-03-03/2017-03-05"),
        ("March 3-5, 2031", "March 3-5, 2031", "2031-03-03/2031-03-05"),
        ("between 1961 and 1965", "between 1961 and 1965", "1961/1965"),
        ("from 2009 to 2011", "from 2009 to 2011", "2009/2011"),
        ("the 2029-31 plan", "2029-31", "2029/2031"),
        ("Ada Ferrel (1954–2011)", "1954–2011", "1954/2011"),
        ("the 2016-17 season", "2016-17", "2016/2017"),
        ("November 18 to February 5, 2017", "November 18 to February 5, 2017", "2016-11-18/2017-02-05"),
        ("28 May to 3 June 2016", "28 May to 3 June 2016", "2016-05-28/2016-06-03"),
        ("January to April 2015", "January to April 2015", "2015-01/2015-04"),
        ("from Monday to Wednesday", "from Monday to Wednesday", "2017-08-14/2017-08-16"),
        ("from April 27 to the third", "from April 27 to the third", "2017-04-27/2017-05-03"),
    ],
)
def test_a_range_has_both_its_ends(text: str, words: str, value: str) -> None:
    check(text, (words, value))


def test_days_that_share_a_month_are_two_dates() -> None:
    check("on 18 and 19 June 2016", ("18", "2016-06-18"), ("19 June 2016", "2016-06-19"))


def test_a_date_can_count_from_the_one_before_it() -> None:
    check(
        "The mine closed in 1996. Two years later it flooded; the following year it was sealed.",
        ("1996", "1996"),
        ("Two years later", "1998"),
        ("following year", "1999"),
    )


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The following morning he left.", "following morning", "2015-03-04"),
        ("The night before, he had dined out.", "night before", "2015-03-02"),
        ("That night it rained.", None, None),
        ("It rained that night.", "that night", "2015-03-03"),
        ("He left on Friday of that week.", "Friday of that week", "2015-03-06"),
        ("He left in May of that year.", "May of that year", "2015-05"),
        ("He left in May the following year.", "May the following year", "2016-05"),
        ("In the following two days it rained.", "following two days", "2015-03-04/2015-03-05"),
    ],
)
def test_what_follows_a_date_counts_from_it(text: str, words: str | None, value: str | None) -> None:
    further = [(words, value)] if words is not None and value is not None else []
    check(f"He was shot on 3 March 2015. {text}", ("3 March 2015", "2015-03-03"), *further)


def test_no_day_is_counted_from_a_year() -> None:
    check("He won in 1961. The next day he left.", ("1961", "1961"), ("next day", "not exact"))
    check("He won in 1961. A year later he left.", ("1961", "1961"), ("A year later", "1962"))


def test_days_in_a_list_share_their_month_and_year() -> None:
    check("on Sept. 9 and 10.", ("Sept. 9", "2016-09-09"), ("10", "2016-09-10"), published="2016-09-12")
    check("June 3rd, 4th and 9th, 2016", ("June 3rd", "2016-06-03"), ("4th", "2016-06-04"), ("9th, 2016", "2016-06-09"))
    check("On May 3 and 12 people fled.", ("May 3", "2017-05-03"))
    check("On May 3, 12 people fled.", ("May 3", "2017-05-03"))


def test_weekdays_told_together_are_of_one_week() -> None:
    check("next Monday or Tuesday", ("next Monday", "2017-08-21"), ("Tuesday", "2017-08-22"))
    check("Monday and Tuesday of last week", ("Monday", "2017-08-07"), ("Tuesday of last week", "2017-08-08"))


def test_decades_may_share_their_century() -> None:
    check("in the 1980s and 90s", ("1980s", "1980/1989"), ("90s", "1990/1999"))
    check("in their 30s, 40s and 50s")


def test_years_without_their_century_are_the_nearest() -> None:
    check("the class of '71 and the '68 convention", ("'71", "1971"), ("'68", "1968"))


def test_a_year_alone_on_its_line_heads_what_follows() -> None:
    check(
        "2014\nJanuary 3: the river rises.\n\n2015\nMarch 4: it falls.",
        ("2014", "2014"),
        ("January 3", "2014-01-03"),
        ("2015", "2015"),
        ("March 4", "2015-03-04"),
    )


def test_one_early_year_makes_others_likely() -> None:
    check("Osmir (c. 314 – 368) ruled. In 348 Ada died.", ("314 – 368", "0314/0368"), ("348", "0348"))
    check("In 348 cases Ada was right.")


def test_a_text_about_the_past_goes_on_in_its_year() -> None:
    check("On 30 May 1832 he fought. He died on 31 May.", ("30 May 1832", "1832-05-30"), ("31 May", "1832-05-31"))


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("He resigned on Wednesday.", "Wednesday", "no publication date"),
        ("He resigned in March.", "March", "no publication date"),
        ("He resigned two weeks ago.", "two weeks ago", "no publication date"),
        ("He resigned on 30 February.", "30 February", "no such day"),
    ],
)
def test_without_a_publication_date_the_reason_is_given(text: str, words: str, reason: str) -> None:
    for published in (None, "", "yesterday", "2017-13-45", "17/08/2017", "2017"):
        check(text, (words, reason), published=published)


@pytest.mark.parametrize("published", ["2017-08-17T23:59:59+14:00", "2017-08-17 08:00", " 2017-08-17", "2017-08-17Z"])
def test_a_timestamp_is_the_day_that_it_writes(published: str) -> None:
    check("He resigned on Wednesday.", ("Wednesday", "2017-08-16"), published=published)


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("on 30 February 2031", "30 February 2031", "no such day"),
        ("on February 29, 2031", "February 29, 2031", "no such day"),
        ("on 13/13/2031", "13/13/2031", "no such day"),
        ("on 00/00/2031", "00/00/2031", "no such day"),
        ("on 2031-02-30", "2031-02-30", "no such day"),
        ("on 0000-01-01", "0000-01-01", "no such year"),
        ("in the year 0", "year 0", "no such year"),
        ("in 2031-W60", "2031-W60", "no such week"),
        ("on 06/03/2031", "06/03/2031", "ambiguous order of day and month"),
        ("in 2010-11", "2010-11", "a month or two years"),
        ("in 500 BC", "500 BC", "before the common era"),
        ("several years ago", "several years ago", "not exact"),
        ("over the past few weeks", "past few weeks", "not exact"),
        ("more than ten years ago", "ten years ago", "not exact"),
        ("in fiscal year 2016", "year 2016", "not a calendar year"),
        ("The next day he left.", "next day", "no date to count from"),
        ("99999 years ago", "99999 years ago", "no such year"),
    ],
)
def test_what_cannot_be_told_has_a_reason_and_no_value(text: str, words: str, reason: str) -> None:
    check(text, (words, reason))


@pytest.mark.parametrize(
    "text",
    [
        "He may resign.",
        "May Ferrel said no.",
        "They march on Orvale.",
        "Theresa May said so.",
        "the Sunday Times",
        "Saturday Night Live",
        "He came second, sat down and was wed.",
        "about 2,000 homes",
        "1900 people fled",
        "a crowd of 1900 villagers",
        "it cost $1961",
        "1961% more",
        "phone 555-1961-2010",
        "room A1961",
        "version 1.2.31",
        "192.168.20.31",
        "a 3/4 majority",
        "for three weeks",
        "a two-year contract",
        "every Monday",
        "every other Friday",
        "on Mondays",
        "two flights per week on Monday morning",
        "this august body",
        "Rule 2016 holds",
        "a 2000 year old custom",
        "over 1000 open cases",
        "the last night of the tour",
        "within two days of arrival",
        "Chinese New Year",
        "she put it on first.",
        "following a day of talks",
        "'42' was the answer",
        "Friday mornings",
        "at 9 a.m.",
        "in summer",
        "in her 80s",
        "Merry Christmas",
        "Christmas Island",
        "the third time in two weeks",
        "pp. 1587-1601 and 7",
        "seats 1087-1101",
        "١٢/٣/٢٠٣١",
        "1e9 and 10^400",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    check(text)


def test_a_heading_is_not_read_into_the_dateline() -> None:
    check("Poet Ada Ferrel dies aged 16\nOctober 6, 2016\nOrvale", ("October 6, 2016", "2016-10-06"))


def test_a_line_may_break_within_a_date() -> None:
    check("signed on 6 March\n2031", ("6 March\n2031", "2031-03-06"))
    check("in March\n\n2031 people", ("March", "2017-03"))


def test_invisible_signs_do_not_hide_a_date() -> None:
    check("on \u200f6\u200b March\u200e 2031", ("6\u200b March\u200e 2031", "2031-03-06"))


PIECES = st.sampled_from(
    [
        "March",
        "may",
        "Monday",
        "the",
        "first",
        "last",
        "next",
        "week",
        "of",
        "year",
        "2031",
        "3",
        "31",
        "30",
        "-",
        "–",
        "/",
        ".",
        ",",
        "'",
        "s",
        "th",
        "and",
        "to",
        "from",
        "between",
        "ago",
        "later",
        "before",
        "day",
        "days",
        "half",
        "quarter",
        "'s",
        "\n\n",
        "century",
        "1990",
        "s",
        "Q",
        "3",
        "AD",
        "BC",
        "Easter",
        "weekend",
        "in",
        "on",
        "since",
        "early",
        "mid-",
        "night",
        "morning",
        "(",
        ")",
        "c.",
        "'71",
        "now",
        "Friday",
        "7/6",
        "837",
        "following",
        "that",
        "same",
        "election",
        "1H",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)), st.none() | st.text())
def test_spans_are_the_text_in_order_and_values_are_well_formed(text: str, published: str | None) -> None:
    for day in (published, THURSDAY, "0001-01-01", "9999-12-31"):
        end = 0
        for found in find_dates(text, day):
            assert end <= found.span.start < found.span.end <= len(text)
            assert text[found.span.start : found.span.end] == found.span.text
            assert (found.value is None) != (found.reason is None)
            assert found.value is None or VALUE.fullmatch(found.value)
            end = found.span.end


@pytest.mark.parametrize(
    "piece",
    [
        "the week of ",
        "March 3 to ",
        "1961-",
        "second half of the ",
        "2 years 1 month and ",
        "12/",
        "last ",
        "May 1, 2 and ",
        "Monday or ",
        "(A, ",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        began = time.process_time()
        find_dates(text, THURSDAY)
        return time.process_time() - began

    assert seconds(80_000) < 10 * max(seconds(20_000), 0.02)
