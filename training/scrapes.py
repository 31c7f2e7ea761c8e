"""Flattened scrapes made for training: article bodies with furniture around and between their lines, kinds known."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FURNITURE = Path(__file__).parent / "furniture"
Line = Callable[[], str]
Labelled = tuple[str, str]
"""A kind (of sourceline.model.text.RegionKind) and the line."""

_SLOT = re.compile(r"\{(\w+)\}")
_FIRST_TEXT = (
    "Ana Tomas Priya Kwame Ingrid Lucia Mei Omar Sofia Dmitri Fatima Jack Hannah Carlos Amina Piotr Grace Ravi Noor "
    "Ewan Chloe Mateo Yuki Bronwyn Samuel Leila Hugo Ifeoma Stefan Claire Tariq Vera Diego Nora Kofi Elena Marcus "
    "Siobhan Aiko Paul Rosa Daniel Farah Lars Zainab Victor Maya Ahmed Ruth José Émilie Chen Robert Mary Linda James "
    "J.P. R.C. Mary-Ann"
)
_FIRST = _FIRST_TEXT.split()
_LAST_TEXT = (
    "Ruiz Okafor Lindqvist Sharma Nakamura O'Brien Petrov Haddad Moreau Kowalski Mensah Schmidt Rossi Suarez Ferreira "
    "Johnson Nguyen Abebe Larsen MacLeod Khan Dubois Alvarez Ivanova Tanaka Mbeki Novak Andersson Garcia Weiss "
    "Campbell Hussein Costa Diallo Sørensen Murphy Park Castillo Becker Osei Fontaine Smith Clarke Walker-Jones Patel "
    "Rahman Cohen Dlamini Vance"
)
_LAST = _LAST_TEXT.split()
_PLACES_TEXT = (
    "Tessel|Carrow|Orra|Genvara|Kellmouth|Port Ansel|Dunmore|New Harrow|Saint Brieuc|Lagos|Berlin|Nairobi|Ottawa|"
    "Manila|Quito|Leeds|Boston|Seoul|Kyiv|Mumbai|Cairo|Lima|Perth|Geneva|Tunis|Phoenix|Glasgow|Jakarta|Warsaw|Ohio|"
    "Texas|North Vale|Syria|Iran"
)
_PLACES = _PLACES_TEXT.split("|")
_TOPICS_TEXT = (
    "climate|housing|elections|trade|the war|coronavirus|immigration|energy|inflation|schools|the budget|"
    "football|space|AI|nuclear weapons|drugs|water|rail strikes|arms control|public health|wildfires|"
    "tariffs|policing|the economy|vaccines|whales"
)
_TOPICS = _TOPICS_TEXT.split("|")
_OUTLETS_TEXT = (
    "The Daily Beacon|Carrow Herald|The Northern Post|KXTV|Channel 6|The Courier|Global Ledger|Tidewater "
    "Times|News Now|The Signal|Evening Mercury|Coastline|Metro Dispatch|The Observer-Tribune|Radio Four "
    "Rivers|The Argus|inkstone.example|The Monitor"
)
_OUTLETS = _OUTLETS_TEXT.split("|")
_AGENCIES_TEXT = (
    "Reuters|AP|AFP|Getty Images|EPA|PA|Corran Wire|Press Association|Xinhua|Bloomberg|Shutterstock|"
    "Handout|UPI|dpa|TASS|EPA-EFE"
)
_AGENCIES = _AGENCIES_TEXT.split("|")
_ROLES_TEXT = (
    "staff writer|political editor|Political Correspondent|senior reporter|Education editor|investigative "
    "reporter|Business Editor|reporter|Health correspondent|columnist|contributor|Reporter|Chief Reporter|"
    "general assignment reporter|science writer|foreign correspondent|Staff Writer|digital editor|news editor|"
    "Crime Reporter"
)
_ROLES = _ROLES_TEXT.split("|")
_SECTIONS_TEXT = (
    "World|Politics|Business|Sport|Health|Science|Opinion|Tech|US News|Local|Culture|Money|National|Crime|Education"
)
_SECTIONS = _SECTIONS_TEXT.split("|")
_MONTHS_TEXT = "January February March April May June July August September October November December"
_MONTHS = _MONTHS_TEXT.split()
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """The lines of training/furniture, unfilled, by the name of their file."""

    lines: dict[str, list[str]]

    @classmethod
    def read(cls) -> Furniture:
        return cls({path.stem: path.read_text("utf-8").splitlines() for path in sorted(FURNITURE.glob("*.txt"))})

    def draw(self, kind: str, chance: random.Random) -> str:
        return self.fill(chance.choice(self.lines[kind]), chance)

    def fill(self, template: str, chance: random.Random) -> str:
        return _SLOT.sub(lambda slot: self._value(slot.group(1), chance), template)

    def _value(self, slot: str, chance: random.Random) -> str:
        match slot:
            case "name":
                middle = f"{chance.choice('ABCDEJLMRST')}. " if chance.random() < 0.12 else ""
                return f"{chance.choice(_FIRST)} {middle}{chance.choice(_LAST)}"
            case "place":
                return chance.choice(_PLACES)
            case "topic":
                topic = chance.choice([*_TOPICS, *_PLACES])
                return topic.title() if chance.random() < 0.4 else topic
            case "outlet":
                return chance.choice(_OUTLETS)
            case "agency":
                return chance.choice(_AGENCIES)
            case "role":
                return chance.choice(_ROLES)
            case "section":
                return chance.choice(_SECTIONS)
            case "headline":
                return headline_style(chance.choice(self.lines["headlines"]), chance)
            case "handle":
                return (
                    "@" + (chance.choice(_FIRST) + chance.choice(_LAST)).lower().replace("'", "").replace(".", "")[:14]
                )
            case "date":
                return _date(chance)
            case "time":
                half, zone = chance.choice(["a.m.", "pm", "AM", "p.m. ET"]), chance.choice(["", " GMT", " BST"])
                minute = f"{chance.randint(0, 59):02d}"
                clock = f"{chance.randint(0, 23):02d}{chance.choice(':.')}{minute}{zone}"
                return chance.choice([f"{chance.randint(1, 12)}:{minute} {half}", clock])
            case "year":
                return str(chance.randint(1998, 2034))
            case "price":
                return chance.choice(["£1", "$4.99", "€2", "$1", "£12", "99p", "$10"])
            case "n":
                return str(chance.choice([1, 2, 3, 4, 5, 6, 8, 10, 12, 17, 24, 33, 58, 140, 251]))
        raise ValueError(f"an unknown slot {slot!r} in training/furniture")


def _date(chance: random.Random) -> str:
    day, month, year = chance.randint(1, 28), chance.choice(_MONTHS), chance.randint(2004, 2034)
    return chance.choice(
        [
            f"{day} {month} {year}",
            f"{month} {day}, {year}",
            f"{month[:3]} {day}, {year}",
            f"{month[:3]}. {day}, {year}",
            f"{day} {month[:3]} {year}",
            f"{chance.choice(_DAYS)}, {month} {day}, {year}",
            f"{chance.choice(_DAYS)} {day} {month} {year}",
            f"{year}-{chance.randint(1, 12):02d}-{day:02d}",
            f"{chance.randint(1, 12)}/{day}/{year}",
            f"{day:02d}/{chance.randint(1, 12):02d}/{year}",
            f"{month.upper()} {day}, {year}",
            f"{month} {day}",
        ]
    )


def headline_style(headline: str, chance: random.Random) -> str:
    """The headline, at times in another house's style."""
    draw = chance.random()
    if draw < 0.25:
        return " ".join(word[:1].upper() + word[1:] for word in headline.split(" "))
    if draw < 0.29:
        return headline.upper()
    if draw < 0.33:
        words = headline.split(" ")
        return " ".join(words[: max(3, len(words) - 2)]) + chance.choice(["...", "…", " …"])
    return headline


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    body: list[str]


def make_scrape(article: Article, others: list[Article], furniture: Furniture, chance: random.Random) -> list[Labelled]:
    """One page: the article with a random house's furniture. `others` lend headlines and teasers."""

    def draw(kind: str) -> str:
        return furniture.draw(kind, chance)

    def headline() -> str:
        return headline_style(chance.choice(others).title, chance) if chance.random() < 0.7 else draw("headlines")

    def teaser() -> str:
        text = chance.choice(chance.choice(others).body)
        sentence = re.split(r"(?<=[.!?]) ", text)[0]
        return (
            sentence
            if chance.random() < 0.6
            else text[: chance.randint(70, 160)].rsplit(" ", 1)[0] + chance.choice(["...", "…", " [...]", ""])
        )

    density = chance.choice([0.0, 0.3, 1.0, 1.0, 2.0])
    page: list[Labelled] = []
    page += [("boilerplate", draw("boilerplate")) for _ in range(int(density * chance.choice([0, 0, 2, 6, 15, 30])))]
    if density and chance.random() < 0.2:
        before, after = chance.choice(
            [("", ""), ("Home » News » ", ""), ("", "…"), ("Latest: ", ""), ("", " | The Argus")]
        )
        page.append(("boilerplate", before + article.title + after))
        page += [("boilerplate", draw("boilerplate")) for _ in range(chance.choice([0, 1, 4, 12]))]
    if density and chance.random() < 0.15:
        page += [("boilerplate", headline()) for _ in range(chance.randint(1, 6))]
    if chance.random() < 0.8:
        page.append(("title", headline_style(article.title, chance) if chance.random() < 0.3 else article.title))
        if chance.random() < 0.2:
            page.append(("title", headline()) if chance.random() < 0.4 else ("body", teaser()))
    block: list[Labelled] = []
    if chance.random() < 0.75:
        if chance.random() < 0.25:  # pulled apart, as scrapers do
            block += [("byline", "By")] * (chance.random() < 0.6)
            block += [("byline", furniture.fill("{name}", chance)) for _ in range(chance.choice([1, 1, 2]))]
            block += [("byline", furniture.fill(chance.choice(["{role}", "{handle}", "{outlet}"]), chance))] * (
                chance.random() < 0.4
            )
            block += [("byline", _date(chance))] * (chance.random() < 0.8)
        else:
            block += [("byline", draw("byline_top")) for _ in range(chance.choice([1, 1, 1, 2, 3]))]
    if density and chance.random() < 0.5:
        block += [("boilerplate", draw("boilerplate")) for _ in range(chance.choice([1, 2, 4, 6, 9, 14]))]
    if chance.random() < 0.4:
        block.append(("caption", draw("caption")))
        if chance.random() < 0.4:
            block.append(("credit", draw("credit")))
    if chance.random() < 0.3:
        chance.shuffle(block)
    page += block
    subheaded = chance.choice([0.0, 0.0, 0.05, 0.15, 0.3])
    for place, paragraph in enumerate(article.body):
        page.append(("body", paragraph))
        if place + 1 == len(article.body):
            break
        if chance.random() < 0.07 * density:
            page += [("boilerplate", draw("boilerplate")) for _ in range(chance.choice([1, 1, 1, 2, 4]))]
        if chance.random() < 0.04 * density:
            if chance.random() < 0.6:
                page.append(
                    (
                        "boilerplate",
                        chance.choice(["Related", "Read more", "More on this story", "READ MORE", "Also read"]),
                    )
                )
            page += [("boilerplate", headline()) for _ in range(chance.choice([1, 1, 2, 3]))]
            if chance.random() < 0.15:
                page.append(("boilerplate", chance.choice(["Read more", "Watch now", "Read full story"])))
        if chance.random() < 0.05:
            page.append(("caption", draw("caption")))
            if chance.random() < 0.4:
                page.append(("credit", draw("credit")))
        elif chance.random() < subheaded:
            page.append(("subhead", chance.choice([lambda: draw("subheads"), lambda: draw("subheads"), headline])()))
    if chance.random() < 0.45:
        page += [("byline", draw("byline_end")) for _ in range(chance.randint(1, 2))]
    if chance.random() < 0.3:
        page.append(("credit", draw("credit")))
    page += [("boilerplate", draw("boilerplate")) for _ in range(int(density * chance.choice([0, 0, 1, 4, 10, 25])))]
    if density and chance.random() < 0.6:
        page += _related(headline, teaser, draw, chance)
    if density > 0.5 and chance.random() < 0.2:
        page += _comments(teaser, chance)
    page += [("boilerplate", draw("boilerplate")) for _ in range(int(density * chance.choice([0, 0, 3, 10, 30])))]
    return page


def _related(headline: Line, teaser: Line, draw: Callable[[str], str], chance: random.Random) -> list[Labelled]:
    page: list[Labelled] = []
    if chance.random() < 0.7:
        page.append(("boilerplate", draw("boilerplate")))
    teased, dated, named = chance.random() < 0.25, chance.random() < 0.3, chance.random() < 0.15
    for _ in range(chance.randint(2, 14)):
        page.append(("boilerplate", headline()))
        if teased:
            page.append(("boilerplate", teaser()))
        if named:
            page.append(("boilerplate", "By " + draw("byline_top").removeprefix("By ")))
        if dated:
            page.append(
                ("boilerplate", chance.choice(["", "", "Posted on ", "Published ", "By Staff, "]) + _date(chance))
            )
    return page


def _comments(teaser: Line, chance: random.Random) -> list[Labelled]:
    page: list[Labelled] = [("boilerplate", f"{chance.randint(1, 90)} comments")]
    for _ in range(chance.randint(1, 6)):
        page.append(
            ("boilerplate", f"{chance.choice(_FIRST)}{chance.choice([' says:', '', ' ' + chance.choice(_LAST)])}")
        )
        page.append(("boilerplate", _date(chance)))
        page.append(("boilerplate", teaser()))
        page.append(("boilerplate", chance.choice(["Reply", "Like", "Report", "Reply Share"])))
    return page
