"""Judging by the pages: an author, a verdict, and the way back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sourceline as sl
from sourceline.model.judgement import Verdict
from tests.show.web.browser import Browser


def button(page: str, verdict: str, words: str = "") -> str:
    """The value of the first such button after the words."""
    found = re.search(rf'value="({verdict} [^"]+)"', page[page.index(words) :])
    assert found is not None
    return found[1]


def test_an_attribution_is_judged_wrong_and_that_is_taken_back(browser: Browser, ledger: Path) -> None:
    page = browser.client.get("/review").text
    form = browser.get("/review").form("/judge")
    judged = browser.post(form, judge=button(page, "wrong", "that the depot may close"), author="Ines Tarr")
    assert "that the depot may close" not in browser.get("/?q=depot&show=said").text
    assert "Ines Tarr wrong" in judged.text
    undo = button(browser.client.get("/review").text, "undo")
    assert "taken back" in browser.post(form, judge=undo, author="Ines Tarr").text
    assert "that the depot may close" in browser.get("/?q=depot&show=said").text
    with sl.open(ledger) as opened:
        assert [(j.by, j.verdict, j.undone) for j in opened.judgements()] == [("Ines Tarr", Verdict.WRONG, True)]


def test_what_is_right_is_asked_no_more_and_says_so(browser: Browser) -> None:
    page = browser.client.get("/review").text
    browser.post(browser.get("/review").form("/judge"), judge=button(page, "right", "depot may close"), author="Kim")
    review = browser.client.get("/review").text
    assert (
        "right " not in review[review.index("<h2") : review.index("Words given")].partition("depot may close")[2][:400]
    )
    assert "judged" in browser.get("/?q=close&show=said").text
    assert browser.get("/review").form("/judge").fields["author"] == "Kim", "the name is remembered"


def test_two_sources_are_one_until_they_are_not(browser: Browser, ledger: Path) -> None:
    page = browser.client.get("/review").text
    same = button(page, "same", "May be one source")
    after = browser.post(browser.get("/review").form("/judge"), judge=same, author="Kim")
    assert "Kim same Ana Ruiz" in after.text
    with sl.open(ledger) as opened:
        ruiz = opened.source("Ana Ruiz")
        assert ruiz.documents == 2 and set(ruiz.roles) == {"the trade minister", "a judge"}
    dossier = browser.get(f"/sources/{ruiz.identity}")
    assert "a judge" in dossier.text and "Why these are held to be one" in dossier.text
    undo = button(browser.client.get(f"/sources/{ruiz.identity}").text, "undo")
    browser.post(dossier.form("/judge"), judge=undo, author="Kim")
    with sl.open(ledger) as opened:
        assert len([source for source in opened.sources() if source.name == "Ana Ruiz"]) == 2


def test_another_source_may_be_named_by_hand(browser: Browser, ledger: Path) -> None:
    with sl.open(ledger) as opened:
        identity = opened.source("Ilse Marden").identity
    page = browser.get(f"/sources/{identity}")
    form = next(form for form in page.forms if "second" in form.fields)
    assert ("judge", "different") in form.buttons
    browser.post(form, 404, judge="same", second="Nobody at all", author="Kim")
    browser.post(form, judge="same", second="Pell Austwick", author="Kim")
    with sl.open(ledger) as opened:
        assert opened.identity_of(opened.source("Pell Austwick").identity) == opened.source("Ilse Marden").identity


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"judge": "undo 0000", "author": ""}, 400),
        ({"judge": "undo 0000", "author": "Kim"}, 404),
        ({"judge": "", "author": "Kim"}, 400),
        ({"judge": "right x", "author": "Kim"}, 400),
        ({"judge": "maybe x y", "author": "Kim"}, 400),
        ({"judge": "right x y", "author": "Kim"}, 404),
        ({"judge": "same x y", "author": "Kim"}, 404),
    ],
)
def test_what_cannot_be_judged(browser: Browser, ledger: Path, fields: dict[str, str], status: int) -> None:
    browser.post(browser.get("/review").form("/judge"), status, **fields)
    with sl.open(ledger) as opened:
        assert list(opened.judgements()) == []


def test_a_form_leads_back_to_its_page_and_nowhere_else(browser: Browser) -> None:
    page = browser.client.get("/review").text
    form = browser.get("/review").form("/judge")
    for back, leads in (("/sources", "/sources"), ("//evil.example", "/review"), ("https://evil.example", "/review")):
        data = {**form.fields, "judge": button(page, "right"), "author": "Kim", "back": back}
        answer = browser.client.post("/judge", data=data, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, leads)


def test_enter_in_the_field_of_the_name_judges_nothing(browser: Browser) -> None:
    page = browser.client.get("/review").text
    first = re.search(r"<button[^>]*>", page[page.index('action="/judge"') :])
    assert first is not None and "disabled" in first[0]


def correction(browser: Browser, words: str) -> tuple[str, dict[str, str]]:
    """The address of the form that corrects what has these words, and what stands in it."""
    article = next(link for link in browser.get(f"/?q={words}&show=said").links if "#t-" in link).partition("#")[0]
    page = browser.get(article)
    path = next(link for link in page.links if "/correct?" in link)
    form = browser.get(path).form(f"{article}/correct")
    return article, form.fields


def test_spans_are_corrected_by_their_offsets(browser: Browser) -> None:
    article, fields = correction(browser, "close")
    text = "Pell Austwick warned that the depot may close."
    assert fields["source"] == "0-13" and fields["cue"] == "14-20" and fields["content"] == "21-45"
    start = text.index("the depot")
    form = browser.get(f"{article}/correct?attribution={fields['attribution']}").form(f"{article}/correct")
    page = browser.post(form, content=f"{start}-{start + 9}, {start + 14}-{start + 19}", act="believe", author="Kim")
    assert "the depot … close" in page.text and "judged by Kim" in page.text and "believe 1" in page.text
    assert "Kim wrong" in page.text and "Kim added" in page.text
    assert "that the depot may close" not in browser.get("/?q=close&show=said").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"content": "21-4000"}, "does not lie in the text"),
        ({"content": "soon"}, "is no stretch of the text"),
        ({"content": "45-21"}, "does not lie in the text"),
        ({"content": ""}, "needs the words"),
        ({"content": "14-45"}, "is given twice"),
        ({"act": "sing"}, "is no act"),
        ({"author": ""}, "needs its author"),
        ({"content": ",".join(f"{n}-{n + 1}" for n in range(200))}, "give fewer"),
    ],
)
def test_a_correction_that_cannot_be_stays_in_the_form(browser: Browser, fields: dict[str, str], words: str) -> None:
    article, given = correction(browser, "close")
    form = browser.get(f"{article}/correct?attribution={given['attribution']}").form(f"{article}/correct")
    page = browser.post(form, 400, **{"act": "warn", "author": "Kim", **fields})
    assert words in page.text
    kept = page.form(f"{article}/correct").fields
    assert kept["content"] == fields.get("content", given["content"])
    assert "that the depot may close" in browser.get("/?q=close&show=said").text


def test_words_of_another_attribution_are_not_taken(browser: Browser) -> None:
    article, _ = correction(browser, "comment")
    form = browser.get(f"{article}/correct").form(f"{article}/correct")
    page = browser.post(form, 400, cue="12-16", content="17-38", act="state", author="Kim")
    assert "belongs to another attribution" in page.text


def test_what_is_missing_is_added(browser: Browser) -> None:
    article = next(link for link in browser.get("/?q=slightly&show=said").links if "#t-" in link).partition("#")[0]
    page = browser.get(article)
    before = len(re.findall("data-entry", browser.client.get(article).text))
    text = "Ana Ruiz, the trade minister, said exports fell slightly in May."
    at = text.index("the trade minister")
    form = browser.get(next(link for link in page.links if link.endswith("/correct"))).form(f"{article}/correct")
    browser.post(form, source="0-8", cue=f"{at}-{at + 3}", content=f"{at + 4}-{at + 18}", act="state", author="Kim")
    assert len(re.findall("data-entry", browser.client.get(article).text)) == before + 1
