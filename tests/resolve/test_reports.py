"""Reports inside a content, as candidates: who may be credited, and how that stands to the word that reports."""

from __future__ import annotations

import pytest

from sourceline.resolve.reports import How, find_reports, range_of
from sourceline.resolve.words import split_words

REPORTING = frozenset("said says saying told asked reported claim accused".split())


def reports(text: str) -> list[tuple[str, str, How]]:
    words = split_words(text)
    return [
        (text[slice(*range_of(words, report.who))], words[report.word].text, report.how)
        for report in find_reports(words, REPORTING)
    ]


@pytest.mark.parametrize(
    ("text", "who", "word", "how"),
    [
        ("that Brand said no", "Brand", "said", How.SUBJECT),
        ("that Brand has already said no", "Brand", "said", How.SUBJECT),
        ("likely Corran voters said no", "likely Corran voters", "said", How.SUBJECT),
        ("the Center for River Policy said no", "the Center for River Policy", "said", How.SUBJECT),
        ("Mr. O’Mara said no", "Mr. O’Mara", "said", How.SUBJECT),
        ("voters in all five states said no", "voters in all five states", "said", How.WIDER),
        ("people close to Brand said no", "people close to Brand", "said", How.WIDER),
        ("an aide to Brand said no", "an aide to Brand", "said", How.WIDER),
        ("a witness interviewed by police said no", "a witness interviewed by police", "said", How.WIDER),
        ("Brand, a pastor at Tarsk, said no", "Brand", "said", How.SUBJECT),
        ("Brand, who is a pastor at the Church of Tarsk, Corran, said no", "Brand", "said", How.OPENING),
        ("the chairman, Ivo Brand, told her", "Ivo Brand", "told", How.SUBJECT),
        ("a clerk who said no", "a clerk", "said", How.RELATIVE),
        ("One clerk came in and said no", "clerk", "said", How.JOINED),
        ("“No,” said the clerk", "the clerk", "said", How.INVERTED),
        ("according to the Philippine immigration agency", "the Philippine immigration agency", "according",
         How.OBJECT),
        ("citing data from the River Institute", "the River Institute", "citing", How.OBJECT),
        ("we heard from teachers that", "teachers", "heard", How.OBJECT),
        ("accused by the Corran government of theft", "the Corran government", "accused", How.AGENT),
        ("remarks made earlier by President Ruiz", "President Ruiz", "remarks", How.AGENT),
        ("a magazine’s claim that he ran", "a magazine", "claim", How.OWNER),
        ("if you read it, it says no", "it", "says", How.SUBJECT),
    ],
)  # fmt: skip
def test_who_may_be_credited(text: str, who: str, word: str, how: How) -> None:
    assert (who, word, how) in reports(text)


@pytest.mark.parametrize(
    "text",
    [
        "the mayor had gone home",
        "he would have said no",
        "the Said brothers came",
        "I said no and you told me so",
        "a poll by and for nobody",
    ],
)
def test_where_nobody_may_be(text: str) -> None:
    assert reports(text) == []


def test_a_claim_that_somebody_owns_is_no_verb() -> None:
    assert {how for _, word, how in reports("Brand’s claim that he ran") if word == "claim"} == {How.OWNER}
