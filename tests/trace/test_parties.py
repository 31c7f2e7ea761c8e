"""Who is one party with whom, and what merely may be."""

from __future__ import annotations

from dataclasses import replace

from sourceline.model.claim import Article, Voice
from sourceline.trace import Setting
from sourceline.trace.doubts import find_doubt
from sourceline.trace.names import names_outlet
from sourceline.trace.parties import Parties, Party
from tests.tales import ANONYMOUS, BODY, MEDIA, PERSON, STATE, article, heard, said, voice

MINISTRY = voice("Ministry of Harbours", STATE)


def parties(*articles: Article) -> list[Party]:
    """The parties of each article's first speaker, in their order."""
    held = [heard(a) for a in articles]
    known = Parties(held, Setting())
    return [known.of(testimony) for testimony in held]


def one_each(*voices: Voice) -> list[Party]:
    return parties(*(article(f"d{n}", f"Paper {n}", said(v)) for n, v in enumerate(voices)))


def test_a_surname_is_the_one_full_name_it_can_mean() -> None:
    whole, short = one_each(voice("Ode Farrant"), voice("Farrant"))
    assert whole is short
    first, second, open_ = one_each(voice("Ode Farrant"), voice("Mila Farrant"), voice("Farrant"))
    assert len({first.id, second.id, open_.id}) == 3


def test_spellings_of_one_name() -> None:
    first, second = one_each(voice("Belmark Ministry of Defence", STATE), voice("Belmark Defense Ministry", STATE))
    assert first is second


def test_a_former_minister_speaks_for_nobody() -> None:
    body, gone = one_each(MINISTRY, voice("Runa Vesk", role="former minister", affiliation="Ministry of Harbours"))
    assert body is not gone
    body, now = one_each(MINISTRY, voice("Runa Vesk", role="minister", affiliation="Ministry of Harbours"))
    assert body is now


def test_the_company_is_the_one_that_its_article_names_elsewhere() -> None:
    named = voice("Kell Dredging", BODY)
    other = article("a", "Sellick Post", said(named))
    later = article("b", "Radio Kell", said(voice("company", BODY, named=False)), said(named, words=("other",)))
    first, second = parties(other, later)
    assert first is second


def test_another_report_of_an_outlet_is_the_outlet() -> None:
    post = article("a", "Northern Post", said(voice("Ode Farrant")))
    later = article("b", "Radio Kell", said(voice("Monday's report in the Northern Post", BODY)))
    held = [heard(post), heard(later)]
    known = Parties(held, Setting())
    assert known.of(held[1]) is known.of_outlet(post)
    assert known.of(held[1]).news


def test_people_told_by_the_bodies_they_belong_to_elsewhere() -> None:
    vesk = replace(voice("Runa Vesk", role="spokeswoman"), profile="p1")
    told = article("a", "Sellick Post", said(vesk))
    body = article("b", "Radio Kell", said(MINISTRY))
    held = [heard(told), heard(body)]
    known = Parties(held, Setting(bodies_of=lambda v: ("Ministry of Harbours",) if v.profile == "p1" else ()))
    assert known.of(held[0]) is known.of(held[1])


def test_named_people_leave_no_doubt_and_unnamed_ones_do() -> None:
    first, second, somebody = one_each(voice("Ode Farrant"), voice("Piet Olde"), voice("somebody close", ANONYMOUS))
    assert find_doubt(first, second) is None
    doubt = find_doubt(first, somebody)
    assert doubt is not None
    assert doubt.probable


def test_an_officer_whose_body_is_not_told_may_speak_for_one_that_is_named() -> None:
    body, officer = one_each(MINISTRY, voice("Runa Vesk", role="spokeswoman"))
    doubt = find_doubt(officer, body)
    assert doubt is not None
    assert "whom Runa Vesk speaks for is not told" in doubt.reason


def test_the_police_are_no_company() -> None:
    police, company = one_each(voice("police", STATE, named=False), voice("Kell Dredging", BODY, role="company"))
    assert find_doubt(police, company) is None


def test_news_reports_in_general_may_rest_on_anybody() -> None:
    reports, person = one_each(voice("reports", MEDIA, named=False), voice("Ode Farrant", PERSON))
    doubt = find_doubt(reports, person)
    assert doubt is not None
    assert doubt.probable


def test_part_of_an_outlets_name() -> None:
    assert names_outlet("the Standard", "Aldermoor Standard")
    assert names_outlet("CWS", "Continental Wire Service")
    assert names_outlet("With Northern Wire", "Northern Wire")
    assert not names_outlet("Aldermoor", "Aldermoor Standard")
    assert not names_outlet("the newspaper", "Aldermoor Standard")
