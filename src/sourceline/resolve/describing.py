"""Role and affiliation of the sources of a text, once it is known who is who."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sourceline.lexicon.nouns import is_role, singular_of
from sourceline.lexicon.words import words_of
from sourceline.model.mention import Entity, EntityKind, EntityMention, MentionForm
from sourceline.model.source import SourceKind
from sourceline.resolve.entities import Entities
from sourceline.resolve.found_source import FoundSource, Told
from sourceline.resolve.known import ROLE_REACH, fullest_name, names_of
from sourceline.resolve.role_words import Role, split_role
from sourceline.resolve.roles import find_role
from sourceline.resolve.source_phrases import LONGEST, Phrase, Range, read_phrase

NamesIn = Callable[[int, int], list[EntityMention]]
MeantBy = Callable[[int, int], Entity | None]

SURE = 0.6
"""How sure reference must be of a description for its words to tell of the one it is taken for."""

_BODIES = (SourceKind.MEDIA, SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_GENERIC = words_of("generic people")
_NO_ROLE_BEGINS = words_of("ordinals") | words_of("links") | words_of("articles")
_OWNERS = frozenset(("its", "his", "her", "their"))
_SPEAKS_FOR = re.compile(r"(?:spokes(?:man|woman|person|people|men|women)|press secretary)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?|The|An?)\s+(?=\S)")
_RELATIVE = re.compile(r"\s*(?:,|\(|\bwho\b|\bwhich\b|\bthat\b(?=\s\w+(?:s|ed)\b)).*$", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*\.?")
_APPOSED = re.compile(r",\s+(?:an?|the)\s+([\w’' -]{3,60})")
_TAIL = re.compile(
    r"\s(?:of|for|at)\s(?:the\s)?(?:[Ss]tate\b|[^\W\d_a-z][\w.’'-]*(?:\s(?:(?:of|for)\s(?:the\s)?)?[^\W\d_a-z][\w.’'-]*)*)"
)
"""What goes on with a definite description: "the director | of the Arms Board"."""
_INTRODUCED = re.compile(r"((?:\s(?!called|named)[\w’'-]+)*)")
"""What a description goes on with before the name: "counsel | to the inquiry, Ms Ruiz"."""
_NEAR = 250


def describe_sources(
    sources: Sequence[FoundSource], told: Sequence[Told], text: str, entities: Entities, names_in: NamesIn,
    meant_by: MeantBy,
) -> None:  # fmt: skip
    """Gives every source that may have them its role and affiliation, from the words beside its mentions. `meant_by`:
    the named entity that characters of the text stand for."""
    describer = _Describer(text, entities, names_in, meant_by)
    for source, by in zip(sources, told, strict=True):
        if not source.members and source.kind not in _BODIES:
            describer.describe(source, by)


class _Describer:
    def __init__(self, text: str, entities: Entities, names_in: NamesIn, meant_by: MeantBy) -> None:
        self._text, self._entities, self._names_in, self._meant_by = text, entities, names_in, meant_by

    def describe(self, source: FoundSource, told: Told) -> None:
        """The first description with a function tells it; the body is the one stated with it, or else alone."""
        body: str | None = None
        for found in self._descriptions(source, told):
            role, affiliation = self._words(found.role), self._body(found.affiliation)
            if source.role is None and role is not None:
                source.role, source.affiliation = role, affiliation or body
            elif source.affiliation is None and affiliation is not None and self._goes_with(source.role, role):
                source.affiliation = affiliation
            body = body or (affiliation if role is None else None)
            if source.role and source.affiliation:
                break
        source.affiliation = source.affiliation or body
        if source.role is not None and source.affiliation is None:
            source.affiliation = self._owner(told) or self._spoken_for(source.role, told)

    def _goes_with(self, known: str | None, role: str | None) -> bool:
        """Whether a body may belong to the function that is known already: stated alone, or with the same function."""
        if known is None or role is None:
            return known is not None
        return singular_of(known.split()[-1]) == singular_of(role.split()[-1])

    def _words(self, span: Range | None) -> str | None:
        return None if span is None else _ARTICLE.sub("", self._text[span[0] : span[1]])

    def _body(self, span: Range | None) -> str | None:
        """A body in the fullest wording that the text has for it: "the ministry" may have been named."""
        words = self._words(span)
        if span is None or words is None:
            return None
        entity = self._meant_by(*span)
        if (
            entity is None
            or entity.kind is EntityKind.PERSON
            or (entity.kind is EntityKind.PLACE and words[0].isupper())
        ):
            return words
        fullest = fullest_name(self._text, names_of(entity))
        return fullest if len(fullest) > len(words) or words.islower() else words

    def _descriptions(self, source: FoundSource, told: Told) -> Iterator[Role]:
        for phrase in told.phrases:
            names = self._names_in(phrase.start, phrase.end)
            if phrase.name is not None and phrase.name.start >= phrase.core[1]:
                yield self._of_description(replace(phrase, end=phrase.core[1]), names, SourceKind.PERSON, phrase.name)
            if phrase.name is not None:
                yield find_role(self._text, phrase.name, phrase.start, phrase.end, names, inside=True)
            else:
                yield self._of_description(phrase, names, SourceKind.PERSON if source.named else source.kind)
        if told.entity is None or source.kind not in (SourceKind.PERSON, SourceKind.ANONYMOUS):
            return
        for mention in told.entity.mentions:
            if mention.form is MentionForm.NAME:
                first = max(0, mention.start - ROLE_REACH)
                last = min(len(self._text), mention.end + ROLE_REACH)
                yield find_role(self._text, mention, first, last, self._names_in(first, last), inside=False)
            elif mention.form is MentionForm.NOMINAL and self._is_sure(mention, source.named):
                yield self._of_nominal(mention, source.kind)

    def _is_sure(self, mention: EntityMention, named: bool) -> bool:
        return not named or self._entities.certainty_at(mention.start, mention.end) >= SURE

    def _of_nominal(self, mention: EntityMention, kind: SourceKind) -> Role:
        """What a definite description says of the one it stands for: "the foreign minister"."""
        tail = _TAIL.match(self._text, mention.end, min(len(self._text), mention.end + 60))
        end = tail.end() if tail else mention.end
        names = self._names_in(mention.start, end)
        phrase = read_phrase(self._text, mention.start, end, names)
        if phrase is None or phrase.name is not None or phrase.determiner not in ("the", "'s"):
            return Role(None, None)
        return self._of_description(replace(phrase, end=max(end, phrase.core[1])), names, kind)

    def _of_description(
        self, phrase: Phrase, names: Sequence[EntityMention], kind: SourceKind, before: EntityMention | None = None
    ) -> Role:
        """What a description says: the function and the body; `before`: the name that it introduces."""
        if before is not None:
            gap = self._text[phrase.core[1] : before.start]
            link = _INTRODUCED.match(gap)
            phrase = replace(phrase, end=phrase.core[1] + (link.end(1) if link else 0))
        if kind not in (SourceKind.ANONYMOUS, SourceKind.PERSON):
            return Role(None, None)
        end = min(phrase.end, phrase.core[0] + LONGEST)
        cut = _RELATIVE.search(self._text, phrase.core[0], end)
        spans = self._word_spans(phrase.core[0], cut.start() if cut else end)
        if spans and is_role(phrase.head):
            found = split_role(self._text, spans, names)
            generic = singular_of(phrase.head) in _GENERIC and not (found.affiliation and _is_insider(phrase.head))
            if not generic:
                return Role(found.role, phrase.possessor or found.affiliation)
        apposed = _APPOSED.match(self._text, phrase.core[1], end)
        if apposed and is_role(apposed[1].split()[-1]):
            return split_role(self._text, self._word_spans(*apposed.span(1)), names)
        return Role(None, None)

    def _word_spans(self, start: int, end: int) -> list[Range]:
        spans = [match.span() for match in _WORD.finditer(self._text, start, end)]
        while spans and self._text[slice(*spans[0])].lower() in _NO_ROLE_BEGINS:
            spans.pop(0)
        return spans

    def _owner(self, told: Told) -> str | None:
        """Whom "its" in "its director" stands for."""
        for phrase in told.phrases:
            if phrase.determiner not in _OWNERS:
                continue
            opening = self._text[phrase.start : phrase.core[0]]
            first = phrase.start + len(opening) - len(opening.lstrip("“\"‘' "))
            entity = self._entities.entity_at(first, first + len(phrase.determiner))
            person = phrase.determiner in ("his", "her")
            if entity is told.entity or entity is None or (entity.kind is EntityKind.PERSON) != person:
                entity = self._person_before(first, told.entity) if person else None
            if entity is not None:
                return self._called(entity)
        return None

    def _person_before(self, at: int, but: Entity | None) -> Entity | None:
        """The person named last before `at`, close by, who is not the one described."""
        near = [n for n in self._names_in(max(0, at - _NEAR), at) if n.end <= at and n.kind is EntityKind.PERSON]
        for name in reversed(near):
            entity = self._entities.entity_at(name.start, name.end)
            if entity is not None and entity is not but:
                return entity
        return None

    def _called(self, entity: Entity) -> str | None:
        names = names_of(entity)
        if names:
            return fullest_name(self._text, names)
        nominal = next((m for m in entity.mentions if m.form is MentionForm.NOMINAL), None)
        words = " ".join(self._text[nominal.start : nominal.end].split()) if nominal else ""
        return _ARTICLE.sub("", words) or None

    def _spoken_for(self, role: str, told: Told) -> str | None:
        """The only body named close before a spokesperson of whom nothing else is said."""
        if _SPEAKS_FOR.search(role) is None or not told.phrases:
            return None
        at = told.phrases[0].start
        low = max(self._text.rfind("\n", max(0, at - _NEAR), at), at - _NEAR, 0)
        names = [n for n in self._names_in(low, at) if n.end <= at and n.kind is EntityKind.ORGANISATION]
        bodies = {id(self._entities.entity_at(n.start, n.end)): n for n in names}
        if len(bodies) != 1:
            return None
        entity = self._entities.entity_at(names[0].start, names[0].end)
        return None if entity is None else self._called(entity)


def _is_insider(noun: str) -> bool:
    return singular_of(noun) in ("source", "insider")
