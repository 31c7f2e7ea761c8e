"""Figures that are no quantities: dates, times, years, names, labels, addresses, ranks."""

from __future__ import annotations

import re

from sourceline.normalise.quantities.lexemes import Kind, Lexeme, Lexemes, word_set
from sourceline.normalise.quantities.number_words import TENS, UNITS
from sourceline.normalise.quantities.numerals import read_numeral

_MONTHS = word_set(
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_AGE_BEFORE = re.compile(r"(?<![^\W_])(?:aged?|ages)(?: of| between| from)?[ \u00a0]{1,2}$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?<![^\W_])[^\W\d_][^\W\d_'’-]*,\s?$")
_MONTHS_IN_CAPITALS = frozenset(month.upper() for month in _MONTHS)
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun")
_LABELS = word_set(
    "article articles no nos nr nrs number numbers section sections chapter chapters page pages pp p resolution flight "
    "route highway motorway interstate channel version phase room gate platform clause rule paragraph annex appendix "
    "schedule volume vol episode season grade tier title item figure fig table exhibit exercise exercises question "
    "step stage lot plot block sector zone ward district precinct parcel apartment flat suite floor line lines track "
    "verse psalm act scene part iso level category class type model mark protocol order directive regulation law bill "
    "amendment proposition division battalion brigade regiment squadron unit camp reactor pier dock hangar terminal "
    "windows iphone boeing airbus apollo formula euro sputnik voyager channel radio bbc sky week day"
)
"""Words whose number says which one, not how many: "Article 5", "No. 10"."""
_FIRM_LABELS = word_set(
    "article articles no nos nr nrs section sections chapter chapters page pages pp p resolution flight route highway "
    "motorway interstate version clause paragraph annex schedule volume vol item figure fig table windows iphone "
    "boeing airbus iso"
)
"""Those that stay labels where a noun follows: "Boeing 737 jets", but not "on that day 40 people"."""
_YEAR_BEFORE = word_set(
    "in since by until till from to of during before after around circa early late mid and or the this that its his "
    "her their through between for into"
)
_NEVER_BEFORE_A_YEAR = frozenset({"than", "above", "below", "exceed", "exceeds", "exceeded", "exceeding", "surpassed"})
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_HALVES_BEFORE = word_set("first second third fourth latter former other better opening closing final last next")
_ONE_BEFORE = word_set("no other some that this which the each every any another many a only such")
_FAR_ENOUGH = 40


def word_before(text: str, start: int) -> str:
    """The word in front, as written, with a full stop where it has one; "" where something else stands between."""
    least = max(0, start - _FAR_ENOUGH)
    last = start - 1 if text[max(least, start - 1) : start] == "\n" else start
    stop = _skip_blanks_back(text, least, last)
    if stop > least and text[stop - 1] == "\n":
        stop = _skip_blanks_back(text, least, stop - 1)
    end = stop - 1 if stop < start and text[stop - 1 : stop] == "." and text[stop] in " \t\u00a0" else stop
    begin = end
    while begin > least and text[begin - 1].isalnum():
        begin -= 1
    return text[begin:stop] if begin < end else ""


def _skip_blanks_back(text: str, least: int, end: int) -> int:
    while end > least and text[end - 1] in " \t\u00a0\u202f":
        end -= 1
    return end


def is_attached(text: str, start: int) -> bool:
    """Whether the figure that starts there goes on with what stands in front: "COVID-19", "9:30", "+44", "#4"."""
    if start == 0:
        return False
    before, further = text[start - 1], text[start - 2 : start - 1]
    if before.isalnum() or before in "_#№§@&=\\^" or (before == " " and further in {"№", "§"}):
        return True
    if before in "\"'" and further == "=":
        return True
    if before in "-‐‑":
        return further.isalnum() or further in {")", ".", "-", "'", "’"}
    if before in "/:.,’'":
        return (
            further.isalnum()
            or (before == "/" and further == "/")
            or (before in "’'" and text[start : start + 1].isdigit())
        )
    return before == "+" and text[start : start + 1].isdigit() and further not in {"", " "}


def is_in_address(text: str, start: int) -> bool:
    """Whether the figure stands inside an address of the web or of mail."""
    begin = max(text.rfind(" ", max(0, start - 120), start), text.rfind("\n", max(0, start - 120), start)) + 1
    word = text[max(begin, start - 120) : start]
    return "://" in word or word.startswith("www.") or "@" in word


def skip_chain(lexemes: Lexemes, index: int) -> int | None:
    """Behind a date, time, score, telephone number, version: figures chained by signs; None where there is no chain."""
    if lexemes[index].kind is not Kind.NUMERAL:
        return None
    at, links, signs = index, 0, set()
    while _links(lexemes, at + 1):
        signs.add(lexemes[at + 1].text)
        links += 1
        at += 2
    if (signs & {":", "/"} and not (signs == {"/"} and links == 1)) or links > 1:
        return at + 1
    return None


def _links(lexemes: Lexemes, at: int) -> bool:
    sign, behind = lexemes[at], lexemes[at + 1]
    return sign.glued and sign.text in {"-", "‐", "‑", "–", ":", "/"} and behind.glued and behind.kind is Kind.NUMERAL


def is_telephone_number(text: str, start: int) -> bool:
    return text[start - 1 : start] == "+" and text[start : start + 1].isdigit()


def skip_other_figure(text: str, lexemes: Lexemes, index: int, after: int, counts: bool, modified: bool) -> int | None:
    """The index behind a date, time, year, label or rank that begins there; None where it is none of these.

    `after` is the index behind the number, `counts` whether a unit or a noun counted follows it, `modified` whether
    a modifier stands in front.
    """
    first, behind = lexemes[index], lexemes[after]
    before = word_before(text, first.start)
    plain = _plain(lexemes, index, after)
    if behind.glued and behind.lower in _ORDINAL_ENDINGS:
        return after + 1
    if behind.glued and behind.lower == "s":
        return after + 1
    if (plain and _is_time(lexemes, after)) or behind.lower in {"o'clock", "o’clock"}:
        return after + 1
    if before.lower() == "past" and not counts:
        return after  # "half past nine"
    if plain and _is_day_of_month(lexemes, index, after, before):
        return after
    if _is_label(text, first, before, counts):
        return after
    if plain and may_be_year(first) and _is_year(first, before, counts, modified):
        return after
    if _is_list_mark(text, first, behind):
        return after
    return None


def _plain(lexemes: Lexemes, index: int, after: int) -> bool:
    """A numeral of digits alone."""
    return after == index + 1 and lexemes[index].kind is Kind.NUMERAL and lexemes[index].text.isdecimal()


def _is_time(lexemes: Lexemes, after: int) -> bool:
    word = lexemes[after].lower
    if word in {"am", "pm", "o'clock", "o’clock", "gmt", "utc", "cet", "noon"}:
        return True
    return word in {"a", "p"} and lexemes[after + 1].text == "." and lexemes[after + 2].lower == "m"


def _is_month(word: str) -> bool:
    bare = word.rstrip(".")
    return bare in _MONTHS or bare in _MONTHS_IN_CAPITALS


def _is_day_of_month(lexemes: Lexemes, index: int, after: int, before: str) -> bool:
    value = read_numeral(lexemes[index].text)
    if value is None:
        return False
    if value > 31:
        return _is_month(before) and value >= 1000
    return _is_month(before) or _is_month(lexemes[after].text) or before.lower().rstrip(".") in _WEEKDAYS


def _is_label(text: str, first: Lexeme, before: str, counts: bool) -> bool:
    bare = before.rstrip(".")
    lower = bare.lower()
    if not bare:
        return False
    if lower == "of" and text[max(0, first.start - 9) : first.start].lower().startswith("group"):
        return not first.text.isdecimal()
    if lower in (_FIRM_LABELS if counts else _LABELS):
        in_figures = first.text[:1].isdecimal()
        if lower == "no":
            return before.endswith(".") or (bare == "No" and in_figures)
        return in_figures or bare[:1].isupper()
    return False


def is_numbered_name(text: str, lexemes: Lexemes, after: int, before: str) -> bool:
    """Whether a capitalised word in front takes the figure into a name: "ISO 9001", "Apollo 11"."""
    first = lexemes[0]
    if not _plain(lexemes, 0, after) or len(first.text) > 4 or not before[:1].isupper() or before.endswith("."):
        return False
    ahead = text[max(0, first.start - 60) : first.start].rstrip()[: -len(before)].rstrip(" \t\u00a0“\"‘'(")
    in_capitals = ahead[-20:].isupper() and before.isupper()
    begins_sentence = not ahead or ahead[-1] in ".!?:\n"
    return not in_capitals and ((before.isupper() and len(before) > 1) or not begins_sentence)


def may_be_year(first: Lexeme) -> bool:
    return len(first.text) == 4 and first.text.isdecimal() and 1500 <= int(first.text) <= 2100


def _is_year(first: Lexeme, before: str, counts: bool, modified: bool) -> bool:
    """Whether a figure that may be a year is one: "in 2031", "the 2031 census", "some 2031 candidates"."""
    lower = before.lower()
    if lower in _YEAR_BEFORE or _is_month(before):
        return True
    if not counts:
        return not (modified and lower in _NEVER_BEFORE_A_YEAR)
    if before[:1].isupper() and not modified:
        return True  # "the Harbour Fest 2031 continues"
    if modified:
        return lower in {"some", "about", "around"} and int(first.text) % 50 != 0
    return not before and int(first.text) % 100 != 0


def _is_list_mark(text: str, first: Lexeme, behind: Lexeme) -> bool:
    at_line_start = (
        not text[max(0, first.start - 3) : first.start].strip(" \t") or text[first.start - 1 : first.start] == "\n"
    )
    if first.kind is Kind.NUMERAL and at_line_start and behind.text in {".", ")"} and behind.glued:
        return (
            len(first.text) <= 2
            and text[behind.end : behind.end + 1] in {" ", "\t"}
            and bool(text[behind.end : behind.end + 3].strip())
        )
    return text[first.start - 1 : first.start] == "[" and behind.text == "]" and behind.glued


def is_name(text: str, first: Lexeme) -> bool:
    """Whether a number word has a capital that its place in the sentence does not explain: "Group of Seven"."""
    if first.kind is not Kind.WORD or not first.text[:1].isupper():
        return False
    if first.text.isupper() and len(first.text) > 1:
        return False
    ahead = text[max(0, first.start - 40) : first.start].rstrip(" \t\u00a0“\"‘'(«")
    return bool(ahead) and ahead[-1] not in ".!?:;\n—–-*•|”’" and ahead[-1] != "\u2026"


def is_pronoun(lexemes: Lexemes, index: int, after: int, before: str) -> bool:
    """Whether this "one" stands for a person or thing: "one of them", "no one", "that one"."""
    return lexemes[index].lower == "one" and after == index + 1 and before.lower() in _ONE_BEFORE


def is_part_of_game_or_year(lexemes: Lexemes, index: int, before: str) -> bool:
    """Whether a "half" or "quarter" is one of a match or a year, or the first half of a word: "half-brother"."""
    if lexemes[index].lower not in {"half", "quarter"}:
        return False
    behind = lexemes[index + 1]
    if before.lower() in _HALVES_BEFORE:
        return True
    return behind.text in {"-", "‑"} or behind.lower in {"past", "way", "back", "time"}


def is_age_of_somebody(text: str, lexemes: Lexemes, after: int) -> bool:
    """Whether a bare figure between commas follows a name: "Ana Ruiz, 51, said"."""
    first, behind = lexemes[0], lexemes[after]
    if not _plain(lexemes, 0, after) or len(first.text) > 3 or not (behind.text and behind.text in ",.;)"):
        return False
    age = read_numeral(first.text)
    name = _NAME_BEFORE.search(text, max(0, first.start - _FAR_ENOUGH), first.start)
    return (
        age is not None
        and 1 <= age <= 115
        and name is not None
        and name[0][0].isupper()
        and not _is_month(name[0][:-2])
    )


def is_age(text: str, start: int) -> bool:
    """Whether the words in front say that the figure is an age: "aged 87", "at the age of 55"."""
    return _AGE_BEFORE.search(text, max(0, start - 24), start) is not None


def is_spoken_year(lexemes: Lexemes, after: int) -> bool:
    """Whether another number word follows with nothing between: "nineteen eighty-four" is no quantity."""
    behind = lexemes[after]
    return behind.lower in TENS or behind.lower in UNITS
