"""Why nothing shows that two parties are distinct: descriptions that may be of the same people, an officer whose body
is not told, a paper and its author."""

from __future__ import annotations

from dataclasses import dataclass

from sourceline.model.source import SourceKind
from sourceline.trace.names import BODY_NOUNS, DOCUMENT_NOUNS, is_pointing, share_name, tokens_of
from sourceline.trace.naming import head_of
from sourceline.trace.parties import Party
from sourceline.trace.voices import OFFICES, Shape, is_former, speaks_for_body

_RESIDENTS = frozenset(
    "people person residents resident villagers villager neighbours neighbors neighbour neighbor locals witnesses "
    "witness survivors survivor passengers passenger relatives families workers worker parents those others staff "
    "employees insiders insider sources source crew".split()
)
_PRIVATE = frozenset(
    "mums mothers fathers parents relatives families neighbours residents villagers passengers".split()
)
_PEOPLE = frozenset(
    "official officials diplomat diplomats expert experts analyst analysts aide aides politician lawmaker doctor "
    "doctors engineer engineers inspectors soldiers banker lawyer scientist fisherman driver farmer nurse "
    "teacher".split()
)
_SKILLED = frozenset("experts analysts engineers observers critics lawyers scientists researchers bosses".split())
_CLEAR = frozenset({"police", "rescue", "hospital", "court", "union"})
"""Fields whose bodies a noun tells: another body is none of them."""
_SINGULAR = frozenset(
    word.removesuffix("s") for word in BODY_NOUNS - _PEOPLE - {"spokesman", "spokeswoman", "spokesperson", "officials"}
)
_WRITERS = frozenset("author authors writer writers researcher researchers".split())


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why two parties are not shown to be distinct, and whether they are probably one."""

    reason: str
    probable: bool


def find_doubt(a: Party, b: Party) -> Doubt | None:
    """Why nothing shows that two parties are distinct; None where their names do."""
    if a is b:
        return Doubt("they are one", True)
    found = [doubt for doubt in (_doubt(a, b), _doubt(b, a)) if doubt is not None]
    return max(found, key=lambda doubt: doubt.probable, default=None)


def _doubt(one: Party, other: Party) -> Doubt | None:
    """Why `one` may be `other`."""
    if Shape.MEDIA in (one.shape, other.shape):
        return Doubt("news reports in general may rest on anybody", True)
    if one.shape is Shape.UNNAMED:
        return _doubt_unnamed(one, other)
    if one.shape is Shape.DOCUMENT:
        return _doubt_document(one, other)
    if other.shape is Shape.DOCUMENT or other.shape is Shape.UNNAMED:
        return None
    if share_name(_words_of(one), _words_of(other)):
        return Doubt(f"{one.name} and {other.name} may speak for one body", True)
    if _is_bare(one):
        return Doubt(f"what {one.name} is is not told: it may be {other.name}", True)
    if _is_writer(one) and ("research" in other.fields or other.publishes):
        return Doubt(f"{one.name} may have written what {other.name} published", True)
    if one.shape is Shape.PERSON and not one.bodies and _is_official(one):
        untold = other.shape is Shape.BODY or _is_official(other)
        if untold and _may_be_of_one_field(one, other):
            return Doubt(f"whom {one.name} speaks for is not told: it may be {other.name}", True)
    return None


def _doubt_unnamed(one: Party, other: Party) -> Doubt | None:
    words = {word for v in one.voices for word in tokens_of(v.name)} | set(tokens_of(one.name))
    known = words & (OFFICES | _RESIDENTS | _PRIVATE | BODY_NOUNS | _PEOPLE)
    if not known or is_pointing(one.name):
        return Doubt(f"who {one.name!r} is is not told", True)
    if is_institution(one) and one.fields and other.fields and not one.fields & other.fields:
        return None
    if other.shape is Shape.UNNAMED:
        if one.fields and other.fields and not one.fields & other.fields:
            return None
        if _is_about_private(one) != _is_about_private(other) and one.fields | other.fields:
            return None
        alike = bool({word.rstrip("s") for word in known} & {word.rstrip("s") for word in tokens_of(other.name)})
        return Doubt(f"{one.name} and {other.name} are not named: they may be the same", alike)
    former = any(is_former(v) for v in one.voices)
    if other.shape is Shape.DOCUMENT:
        wrote = not former and bool(words & _PEOPLE) and not words & _RESIDENTS
        return Doubt(f"{one.name} may have written {other.name}", False) if wrote else None
    if other.shape is Shape.PERSON:
        if _is_bare(other):
            return Doubt(f"{one.name} may be {other.name}", True)
        if words & _SKILLED:
            return Doubt(f"{one.name} may include {other.name}", False)
        if words & _RESIDENTS and not other.bodies and not _is_official(other):
            return Doubt(f"{one.name} may include {other.name}", False)
        if share_name(words | one.bodies, _words_of(other)):
            return Doubt(f"{one.name} may be {other.name}", False)
        if is_institution(one) and _is_official(other) and _may_be_of_one_field(one, other):
            return Doubt(f"{other.name} may speak for the {one.name}", True)
        return None
    if _is_without_leave(one):
        return None
    if share_name(words | one.bodies, _words_of(other)):
        return Doubt(f"{one.name} may speak for {other.name}", not words & _PEOPLE)
    if one.fields & _CLEAR and not one.fields & other.fields:
        return None
    if _may_be_of_one_field(one, other) and (words & BODY_NOUNS or (words & OFFICES and not one.bodies)):
        return Doubt(f"{one.name} may be {other.name}", bool(words & BODY_NOUNS))
    return None


def _doubt_document(one: Party, other: Party) -> Doubt | None:
    if other.shape is Shape.DOCUMENT and (_is_plain_document(one) or _is_plain_document(other)):
        return Doubt(f"{one.name} and {other.name} may be one document", True)
    if other.shape is not Shape.UNNAMED and share_name(_words_of(one), _words_of(other)):
        return Doubt(f"{one.name} and {other.name} may go together", False)
    if _is_plain_document(one) and other.shape in (Shape.BODY, Shape.PERSON):
        return Doubt(f"{one.name} may be a paper of {other.name}", other.shape is Shape.BODY)
    return None


def is_institution(party: Party) -> bool:
    """Whether a body's noun alone tells it ("the police", "the regulator"), and no number of people."""
    return party.shape is Shape.UNNAMED and any(
        head_of(v.name) in _SINGULAR and not v.count and not is_former(v) for v in party.voices
    )


def _is_without_leave(party: Party) -> bool:
    """Whether it is somebody of a body who is not to be named, or counted persons: not the body's own word."""
    return any(
        v.kind is SourceKind.ANONYMOUS and (v.count or not v.name.endswith("s")) and set(tokens_of(v.name)) & _PEOPLE
        for v in party.voices
    )


def _may_be_of_one_field(one: Party, other: Party) -> bool:
    first, second = one.fields, other.fields
    return not first or not second or bool(first & second)


def _is_about_private(party: Party) -> bool:
    words = {word for v in party.voices for word in tokens_of(v.name)}
    return bool(words & (_PRIVATE | _RESIDENTS)) and not words & OFFICES


def _words_of(party: Party) -> frozenset[str]:
    return frozenset(tokens_of(party.name)) | party.bodies


def _is_plain_document(party: Party) -> bool:
    """Whether nothing but its kind is told ("the document", "its report")."""
    return not set(tokens_of(party.name)) - DOCUMENT_NOUNS - BODY_NOUNS - {"figures", "new", "own"}


def _is_writer(party: Party) -> bool:
    return any(set(tokens_of(v.role or "")) & _WRITERS for v in party.voices)


def _is_bare(party: Party) -> bool:
    """Whether it is a single name without office or body: a capital that stands for its state, a surname alone."""
    words = tokens_of(party.name)
    if party.longer or (party.shape is Shape.PERSON and _has_role(party) and not _is_official(party)):
        return False
    return len(words) == 1 and not party.publishes and party.named and not set(words) & BODY_NOUNS


def _is_official(party: Party) -> bool:
    kinds = (SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
    return any(speaks_for_body(v) or (party.shape is Shape.PERSON and v.kind in kinds) for v in party.voices)


def _has_role(party: Party) -> bool:
    return any(v.role for v in party.voices)
