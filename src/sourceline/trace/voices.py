"""What a voice's name looks like, and whether somebody speaks for a body: kinds that a reading gives go wrong, capitals
and offices seldom."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from sourceline.model.claim import Article, Voice
from sourceline.model.source import SourceKind
from sourceline.trace.names import (
    BODY_NOUNS,
    DOCUMENT_NOUNS,
    MEDIA_NOUNS,
    is_person_name,
    is_proper,
    names_outlet,
    tokens_of,
)

SPEAKING_OUTLETS = frozenset({"government", "company", "thinktank", "ngo", "organisation", "party", "university"})
"""Kinds of outlets that are parties themselves: what they publish is their own word."""
OFFICES = frozenset(
    "spokesman spokeswoman spokesperson minister secretary superintendent ambassador director head chief president "
    "chairman chairwoman chair governor mayor commissioner officer official general commander deputy manager "
    "prosecutor premier chancellor consul envoy representative inspector sergeant captain colonel "
    "executive ceo boss registrar coroner regulator counsel attache brigadier major admiral lieutenant constable "
    "chairperson vice-chair founder co-founder owner".split()
)
"""Who holds one of these speaks for a body."""
_ANONYMOUS = frozenset("official officer insider source engineer employee worker diplomat aide staffer".split())
"""Who is told by one of these alone speaks without leave: not for the body."""
_FORMER = ("a former", "former", "ex-", "one-time", "retired", "sacked", "ousted", "dismissed")
_COMPANY = "company operator firm owner maker management airline manufacturer bosses operators owners".split()
_STATE = (
    "government ministry minister authorities department embassy ambassador envoy consul council state commission "
    "commissioner secretary governor mayor premier chancellor attache army military navy general staff brigadier major "
    "admiral lieutenant inspectorate regulator inspector office agency authority bank"
).split()
FIELDS: dict[str, frozenset[str]] = {
    "state": frozenset(_STATE),
    "company": frozenset([*_COMPANY, *"executive ceo manager shareholder cannery plc ltd inc".split()]),
    "police": frozenset("police superintendent constable detective sergeant".split()),
    "rescue": frozenset("coastguard coast guard commander lifeboat firefighters".split()),
    "hospital": frozenset("hospital infirmary clinic surgeon nurse doctors".split()),
    "court": frozenset("court tribunal judge prosecutor registrar".split()),
    "union": frozenset("union".split()),
    "research": frozenset(
        "university institute centre center professor researchers scientists laboratory think-tank thinktank boffins "
        "think-tankers".split()
    ),
}
"""What a body's nouns and its people's offices tell of it: bodies of two fields are not one."""
OUTLET_FIELDS = {"company": "company", "government": "state", "thinktank": "research", "university": "research"}
"""The field of an outlet that is a party itself, by its kind."""


class Shape(StrEnum):
    """What a name looks like, whatever kind the reading gave it."""

    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    MEDIA = "media"
    """News outlets in general ("newspapers", "media reports")."""
    UNNAMED = "unnamed"
    """Somebody described, or a body's common noun."""


def shape_of(voice: Voice) -> Shape:
    """What a voice's name looks like."""
    return _shape(voice.name, voice.kind)


@lru_cache(maxsize=65536)
def _shape(name: str, kind: SourceKind) -> Shape:
    words = set(tokens_of(name))
    if is_person_name(name) and kind is not SourceKind.DOCUMENT:
        return Shape.PERSON if kind is SourceKind.PERSON or not words & BODY_NOUNS else Shape.BODY
    if kind is SourceKind.DOCUMENT or words & DOCUMENT_NOUNS:
        return Shape.MEDIA if words & {"reports"} and not is_proper(name) else Shape.DOCUMENT
    if words & MEDIA_NOUNS and not is_proper(name):
        return Shape.MEDIA
    if not is_proper(name) or kind is SourceKind.ANONYMOUS:
        return Shape.UNNAMED
    if kind is SourceKind.PERSON:
        return Shape.PERSON
    return Shape.BODY if kind is not SourceKind.GROUP or words & BODY_NOUNS else Shape.UNNAMED


def is_party(article: Article) -> bool:
    """Whether the outlet is a party itself, so that its own voice is that party's word."""
    return (article.outlet_kind or "") in SPEAKING_OUTLETS


def is_this_outlet(name: str, article: Article) -> bool:
    """Whether an outlet speaks of itself ("this newspaper", "we")."""
    return _is_this(name, article.outlet)


@lru_cache(maxsize=65536)
def _is_this(name: str, outlet: str | None) -> bool:
    folded = name.casefold()
    if folded.startswith(("this ", "our ")) and set(tokens_of(name)) & (MEDIA_NOUNS | {"newsletter", "blog", "site"}):
        return True
    return outlet is not None and is_proper(name) and names_outlet(name, outlet)


def is_former(voice: Voice) -> bool:
    """Whether somebody is said to hold an office no more."""
    return any(text.casefold().startswith(_FORMER) for text in (voice.role or "", voice.name))


def speaks_for_body(voice: Voice) -> bool:
    """Whether somebody's office makes their words those of a body: a spokesperson, a minister; not "two officials"."""
    if is_former(voice):
        return False
    words = set(tokens_of(voice.role or "")) | (set() if voice.named else set(tokens_of(voice.name)))
    if not voice.named and (voice.count or words & OFFICES <= _ANONYMOUS or voice.name.endswith("s")):
        return False
    return bool(words & OFFICES) or (bool(voice.office_of) and not words & _ANONYMOUS)


def fields_of(words: set[str] | frozenset[str]) -> set[str]:
    """The fields that nouns and offices tell."""
    return {name for name, nouns in FIELDS.items() if words & nouns}
