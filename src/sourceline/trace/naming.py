"""Which bodies and persons of an article a description stands for: "the company", "its spokesman", "bosses at X"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sourceline.model.claim import Article, Voice
from sourceline.model.source import SourceKind
from sourceline.trace.names import BODY_NOUNS, OUTLET_NOUNS, tokens_of
from sourceline.trace.voices import FIELDS, OFFICES, OUTLET_FIELDS, Shape, fields_of, is_former, shape_of

_HEADS = frozenset("bosses management chiefs chief leadership managers board office press".split())
"""Who is told by one of these and a body speaks for that body."""
_ENDS = frozenset(
    "of in at for who with to that which from near accredited familiar close briefed seen quoted based on by under "
    "whose says said".split()
)
_MANAGERS = frozenset("executive ceo managing chairman chairwoman boss".split())
_COMPANY = FIELDS["company"]


def head_of(name: str) -> str:
    """The noun of a description, without its plural: "official" of "two officials in Aldemar"."""
    words = name.casefold().replace("’", "'").split()
    for place, word in enumerate(words):
        if place and word in _ENDS:
            words = words[:place]
            break
    return words[-1].strip(".,'\"").removesuffix("'s").removesuffix("s") if words else ""


class Cast:
    """The named bodies and persons that an article speaks of, whichever of its mentions."""

    def __init__(self, article: Article, outlets: Sequence[Article]) -> None:
        """outlets: articles of the outlets that are parties themselves."""
        self._bodies: dict[tuple[str, ...], tuple[str, set[str]]] = {}
        self._persons: dict[tuple[str, ...], tuple[str, set[str]]] = {}
        for voice in _voices(article):
            self._take(voice)
        known = {tokens_of(naming.span.text) for naming in article.names}
        for other in outlets:
            words = tokens_of(other.outlet or "")
            if other.version == article.version or any(few and set(few) <= set(words) for few in known):
                field = OUTLET_FIELDS.get(other.outlet_kind or "")
                fields = fields_of(set(words)) | ({field} if field else set())
                self._bodies[words] = (other.outlet or "", fields)

    def _take(self, voice: Voice) -> None:
        words = tokens_of(voice.name)
        shape = shape_of(voice)
        is_body = shape is Shape.BODY or (voice.kind is SourceKind.ORGANISATION and not voice.role and len(words) > 1)
        if (
            is_body
            and shape is not Shape.UNNAMED
            and voice.kind is not SourceKind.MEDIA
            and not set(words) <= BODY_NOUNS
        ):
            self._bodies.setdefault(words, (voice.name, fields_of(set(words))))
        elif shape is Shape.PERSON and not is_former(voice):
            offices = set(tokens_of(voice.role or ""))
            self._persons.setdefault(words, (voice.name, offices))
        for body in (voice.affiliation, voice.office_of):
            if body and body[:1].isupper() and len(tokens_of(body)) > 1:
                self._bodies.setdefault(tokens_of(body), (body, fields_of(set(tokens_of(body)))))

    def meant_by(self, voice: Voice) -> str | None:
        """The name that a description stands for, where the article leaves but one."""
        head = head_of(voice.name)
        if voice.count or is_former(voice):
            return None
        nouns = set(tokens_of(voice.name)) & BODY_NOUNS
        if head in {word.removesuffix("s") for word in _HEADS}:
            body = voice.affiliation or _named_after(voice.name)
            if body:
                return body
        if head in {word.removesuffix("s") for word in OFFICES} and not voice.name.endswith("s"):
            return _only(name for name, offices in self._persons.values() if head in offices)
        if not nouns:
            return None
        named = [name for words, (name, _) in self._bodies.items() if nouns & set(words)]
        if named:
            return _only(named)
        wanted = fields_of(nouns)
        if not wanted:
            return None
        alike = [name for name, fields in self._bodies.values() if fields & wanted]
        if not alike and nouns & _COMPANY:
            alike = [name for words, (name, fields) in self._bodies.items() if _may_be_company(words, fields)]
        return _only(alike)

    def body_of(self, voice: Voice) -> str | None:
        """The one body of the article whose kind an office tells: a superintendent's police, a managing director's
        company."""
        office = set(tokens_of(voice.role or (voice.name if not voice.named else "")))
        wanted = fields_of(office) | ({"company"} if office & _MANAGERS else set())
        wanted &= {"police", "rescue", "hospital", "company"}
        if not wanted:
            return None
        alike = [name for name, fields in self._bodies.values() if fields & wanted]
        if not alike and "company" in wanted:
            alike = [name for words, (name, fields) in self._bodies.items() if _may_be_company(words, fields)]
        return _only(alike)


def _named_after(name: str) -> str | None:
    """The body in "bosses at X": what follows, where it is a name."""
    for link in (" at ", " of ", " from "):
        _, found, rest = name.partition(link)
        rest = rest.removeprefix("the ")
        if found and rest[:1].isupper():
            return rest
    return None


def _may_be_company(words: Sequence[str], fields: set[str]) -> bool:
    return not fields and not set(words) & (OUTLET_NOUNS | BODY_NOUNS) and len(words) > 1


def _only(names: Iterable[str]) -> str | None:
    """The one name among names of which some are parts of others."""
    found = sorted(set(names), key=lambda name: (-len(tokens_of(name)), name))
    if not found or any(not set(tokens_of(name)) <= set(tokens_of(found[0])) for name in found):
        return None
    return found[0]


def _voices(article: Article) -> Iterable[Voice]:
    seen: set[str] = set()
    for mention in article.mentions:
        for voice in (*((mention.speaker,) if mention.speaker else ()), *mention.via, *mention.upstream):
            if voice.name not in seen:
                seen.add(voice.name)
                yield voice


def by_token(names: Iterable[tuple[int, tuple[str, ...]]]) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Numbered names by each of their words."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for number, words in names:
        for word in set(words):
            found[word].append((number, words))
    return found
