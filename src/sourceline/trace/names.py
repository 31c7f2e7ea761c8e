"""Names as they are compared when a claim is traced: of outlets, bodies and persons, whole or shortened."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sourceline.lexicon.fold import fold_name
from sourceline.lexicon.words import words_of

_LINKS = frozenset("the of and for in on at & a an de la its his her their our with by from".split())
_TITLES = words_of("honorifics") | words_of("titles") | frozenset("superintendent professor judge inspector".split())
_SPELT = {
    "defense": "defence",
    "labor": "labour",
    "harbor": "harbour",
    "center": "centre",
    "organization": "organisation",
}
"""Spellings that differ between outlets of two countries."""
OUTLET_NOUNS = frozenset(
    "newspaper paper news times post herald tribune standard telegraph observer gazette agency press wire service "
    "daily weekly broadcaster radio television tv report today online network journal chronicle courier mercury packet "
    "beacon record examiner sentinel star sun mirror mail express globe echo argus bulletin dispatch review voice "
    "clarion advertiser reporter register enquirer inquirer leader banner citizen gleaner bell trumpet comet "
    "messenger".split()
)
"""Words that many outlets share: they alone name none, unless with "the" for the one that is known."""
BODY_NOUNS = frozenset(
    "ministry department office company operator firm police hospital agency council government commission army "
    "military navy court union bank party university institute centre center committee board authority bureau "
    "service embassy inspectorate regulator association group officials authorities spokesman spokeswoman "
    "spokesperson management owner maker airline organisers organizers coastguard laboratory infirmary clinic "
    "regulator watchdog prosecutors prosecution court tribunal secretariat commission mission embassy observatory "
    "parliament operators owners".split()
)
"""Nouns by which a text refers to a body that it has named before."""


@lru_cache(maxsize=65536)
def tokens_of(name: str) -> tuple[str, ...]:
    """The words that tell the name: folded, without links, titles and possessive endings."""
    folded = fold_name(name[:120]).replace("'s ", " ").removesuffix("'s").removesuffix("'")
    plain = folded.replace(",", " ").replace("coast guard", "coastguard").replace("think tank", "thinktank")
    found = tuple(_SPELT.get(word, word) for word in plain.split() if word not in _LINKS)
    bare = tuple(word for word in found if word.strip(".") not in _TITLES and word not in _TITLES)
    return bare or found


def are_akin(a: str, b: str) -> bool:
    """Whether two words are forms of one name ("Karsova", "Karsovan")."""
    short, long = sorted((a, b), key=len)
    return short == long or (len(short) >= 5 and len(long) - len(short) <= 3 and long[: len(short) - 1] == short[:-1])


def share_name(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether any two words of two names are forms of one, common nouns left out."""
    ours, theirs = (set(words) - BODY_NOUNS - OUTLET_NOUNS - DOCUMENT_NOUNS for words in (first, second))
    return any(are_akin(a, b) for a in ours for b in theirs)


def is_part(short: str, long: str) -> bool:
    """Whether all words of one name stand in the other, or it is the other's initials."""
    few, many = tokens_of(short), tokens_of(long)
    if not few or not many:
        return False
    return set(few) <= set(many) or is_initials(few, many)


def is_initials(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether a single word is made of the first letters of several."""
    return len(few) == 1 and len(many) > 1 and few[0] == "".join(word[0] for word in many)


def mentions_outlet(name: str, outlet: str) -> bool:
    """Whether a longer name holds the outlet's whole name ("Monday's report in the Northern Post")."""
    many = tokens_of(outlet)
    return len(many) > 1 and set(many) <= set(tokens_of(name))


@lru_cache(maxsize=65536)
def names_outlet(name: str, outlet: str) -> bool:
    """Whether a name may mean this outlet: all its words are the outlet's ("the Standard" for "Aldemar Standard")."""
    few, many = tokens_of(name), tokens_of(outlet)
    if not few or not many:
        return False
    if few == many or is_initials(few, many) or is_initials(many, few):
        return True
    rest = set(few) - {"newspaper", "paper", "website", "report", "agency"}
    return bool(rest) and rest <= set(many) and _is_telling(rest, many)


def _is_telling(rest: set[str], many: tuple[str, ...]) -> bool:
    """Whether a part of an outlet's name names it: "the Standard" the Aldemar Standard, which "Aldemar" does not."""
    if set(many) & OUTLET_NOUNS:
        return many[-1] in rest or bool(rest & OUTLET_NOUNS)
    if set(many) & BODY_NOUNS:
        return many[0] in rest or bool(rest & BODY_NOUNS)
    return True


DOCUMENT_NOUNS = frozenset(
    "report reports letter document documents declaration memo memorandum paper papers minutes study release email "
    "e-mail statement log register record records audit survey poll filing return accounts file files note list "
    "dossier figures ruling judgment order contract invoice logbook bulletin article".split()
)
MEDIA_NOUNS = frozenset(
    "newspaper newspapers paper media press outlet outlets reports broadcaster broadcasters agency agencies "
    "tabloid website websites journalists reporters television radio".split()
)
_POINTING = frozenset(
    "one another others some both anyone someone everyone two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty he she they those these none all most".split()
)


def is_proper(name: str) -> bool:
    """Whether any word of the name but the first is capitalised, or the first is no common noun: a name, not a
    description."""
    words = [word for word in name.replace("’", "'").split() if word.casefold() not in _LINKS]
    if not words or len(name) > 90:
        return False
    if any(word[:1].isupper() for word in words[1:]) and words[0][:1].isupper():
        return True
    if words[0].casefold() in _POINTING:
        return False
    return words[0][:1].isupper() and len(words) == 1 and not (set(tokens_of(name)) & (BODY_NOUNS | _PLAIN))


def is_person_name(name: str) -> bool:
    """Whether it looks like a person's full name: two to four capitalised words, none of a body or a paper."""
    words = tokens_of(name)
    shown = [word for word in name.split() if word.casefold() not in _TITLES]
    return (
        2 <= len(words) <= 4
        and not _LINKS.intersection(word.casefold() for word in name.split()[1:])
        and all(
            word[:1].isupper() or word.casefold() in _LINKS | {"van", "von", "der", "den", "bin", "al"}
            for word in shown
        )
        and not set(words) & (BODY_NOUNS | OUTLET_NOUNS | DOCUMENT_NOUNS | _PLAIN)
        and "&" not in name
    )


_PLAIN = frozenset(
    "people residents officials doctors experts critics witnesses workers company residents soldiers diplomats "
    "sources source inspectors engineers halls anyone everyone someone".split()
)


def is_pointing(name: str) -> bool:
    """Whether it only points at somebody the article has spoken of ("one of them")."""
    return set(tokens_of(name)) <= _POINTING | {"them", "source", "sources", "people", "person", "man", "woman"}


def is_generic(name: str) -> bool:
    """Whether it is a body's common noun alone ("the ministry", "police")."""
    words = tokens_of(name)
    return bool(words) and bool(set(words) & BODY_NOUNS) and not is_proper(name)
