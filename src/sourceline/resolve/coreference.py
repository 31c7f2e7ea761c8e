"""Which mentions of one text are one entity: names by rules, pronouns and nominals by the learned scorer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.model.mention import Entity, EntityKind, EntityMention, MentionForm
from sourceline.neural.antecedent_scorer import GENDERS, load_scorer
from sourceline.neural.artefact import Artefact
from sourceline.neural.encoder import EncodedWindow
from sourceline.neural.entity_heads import EntityFindings, EntityHeads
from sourceline.neural.tokens import Tokens
from sourceline.resolve.agreement import NEVER_NAMES, POSSESSIVES, PREPOSITIONS
from sourceline.resolve.antecedents import pair_mentions
from sourceline.resolve.clusters import Clusters
from sourceline.resolve.mentions import (
    CLASSES,
    KINDS,
    NOMINAL_CLASS,
    Mentions,
    Placed,
    Range,
    describe_mentions,
    place_mentions,
)
from sourceline.resolve.name_edges import part_names
from sourceline.resolve.names import NameLinks, link_names
from sourceline.resolve.pronouns import Ranking, load_ranking
from sourceline.resolve.repeated import add_repeated
from sourceline.resolve.spoken_names import add_spoken
from sourceline.resolve.whole_names import complete_names

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TITLE_WEIGHT = 6.0
"""What a title such as "Mrs" adds to the logit of its gender."""

SMALL_SHARE = 0.02
"""Candidates less probable than this are not looked at."""

_AFTER = re.compile(r"(['’][sS]?(?!\w))?(?: ([a-z][\w-]*))?")
"""What stands right after a name: a possessive ending, a word in small letters."""

_ENDED = re.compile(r"[.!?;\n]")

RELATIVES = ("who", "that", "which", "whom", "whose")
REACH = 60
"""Characters between a relative pronoun and what it means."""


class EntityReader:
    """Reads mentions from the encoder's windows and joins them. One instance serves any number of threads."""

    def __init__(self, artefact: Artefact, ranking: Ranking | None = None) -> None:
        self._ranking = ranking or load_ranking()
        self.heads = EntityHeads(artefact)
        self._scorer = load_scorer(artefact.read("antecedents.npz"))
        self._none_prior = float(artefact.parameters["entities"]["none_prior"])

    def with_ranking(self, ranking: Ranking) -> EntityReader:
        """The same reader with another ranking of pronouns."""
        other = copy(self)
        other._ranking = ranking
        return other

    def read_window(self, window: EncodedWindow) -> EntityFindings:
        """The mentions that begin in the window's core."""
        return self.heads.find_mentions(window)

    def find_entities(
        self,
        text: str,
        tokens: Tokens,
        findings: Iterable[EntityFindings],
        sources: Sequence[Range] = (),
        scored: bool = True,
    ) -> Entities:
        """The mentions of `text` and the entities that they share.

        sources: character ranges of the attributions' source spans. Without `scored` only names are joined, and every
        pronoun and nominal stays alone.
        """
        found = complete_names(text, place_mentions(text, tokens, findings))
        named = add_spoken(text, part_names(text, found), sources)
        placed = add_repeated(text, named)
        return self.join_mentions(text, tokens.states, placed, sources, scored)

    def join_mentions(
        self, text: str, states: bytearray, placed: list[Placed], sources: Sequence[Range] = (), scored: bool = True
    ) -> Entities:
        """As `find_entities`, from mentions that are known already."""
        mentions = describe_mentions(text, states, placed, sources)
        names = [i for i, m in enumerate(placed) if m.form is MentionForm.NAME]
        links = link_names(text, [placed[i] for i in names])
        groups = np.full(len(placed), -1)
        groups[names] = links.groups
        genders = expected_genders(self._scorer.genders(mentions.vectors), mentions, groups, links)
        joined = Clusters(text, mentions, groups, links, genders, self._ranking)
        if scored and len(placed) > len(names):
            self._join_others(text, mentions, groups, genders, joined)
        return Entities(text, mentions, links, joined)

    def _join_others(self, text: str, mentions: Mentions, groups: Ints, genders: Floats, joined: Clusters) -> None:
        pairs = pair_mentions(mentions, groups)
        shares = self._scorer.probabilities(
            mention_features(mentions),
            genders,
            mentions.classes,
            pairs.anaphors,
            pairs.candidates,
            pairs.describe,
        )
        shares[:, -1] *= np.exp(self._none_prior)
        shares /= shares.sum(1, keepdims=True)
        rows, columns = np.nonzero(shares[:, :-1] > SMALL_SHARE)
        bounds = np.searchsorted(rows, np.arange(len(pairs.anaphors) + 1)).tolist()
        meant, sure = pairs.candidates[rows, columns].tolist(), shares[rows, columns].tolist()
        none = shares[:, -1].tolist()
        for r, anaphor in enumerate(pairs.anaphors.tolist()):
            part = slice(bounds[r], bounds[r + 1])
            likely = [
                (candidate, share)
                for candidate, share in zip(meant[part], sure[part], strict=True)
                if candidate < anaphor or not _hangs_on(text, mentions.placed[anaphor], mentions.placed[candidate])
            ]
            joined.choose(anaphor, likely, none[r])


def _hangs_on(text: str, nominal: Placed, following: Placed) -> bool:
    """Whether a preposition leads from a nominal straight to a name, as in "a spokesman for Brandt Steel"."""
    between = text[nominal.end : following.start].split()
    return 0 < len(between) <= 2 and between[0] in PREPOSITIONS


def mention_features(mentions: Mentions) -> Floats:
    """(k, MENTION_FEATURES): vector, class, kinds, and whether it is a source, stands in quotation marks, or first."""
    flags = np.stack((mentions.spoken, mentions.quotes >= 0, mentions.first), 1)
    return np.concatenate(
        (mentions.vectors, np.eye(CLASSES, dtype=np.float32)[mentions.classes], mentions.kinds, flags), 1
    ).astype(np.float32)


def expected_genders(logits: Floats, mentions: Mentions, groups: Ints, links: NameLinks) -> Floats:
    """(k, 4): which of "he", "she", "it", "they" each mention would be: a pronoun's own, a name's over all its
    mentions and titles."""
    logits = logits.copy()
    named = groups >= 0
    if named.any():
        n = len(links.kinds)
        sums = np.zeros((n, GENDERS), np.float32)
        np.add.at(sums, groups[named], logits[named])
        sums /= np.maximum(np.bincount(groups[named], minlength=n), 1)[:, None]
        for group, masculine in enumerate(links.masculine):
            if masculine is not None:
                sums[group, 0 if masculine else 1] += TITLE_WEIGHT
        logits[named] = sums[groups[named]]
    shares = np.exp(logits - logits.max(1, keepdims=True)) if len(logits) else logits
    shares /= shares.sum(1, keepdims=True)
    fixed = mentions.classes < GENDERS
    shares[fixed] = np.eye(GENDERS, dtype=np.float32)[mentions.classes[fixed]]
    shares[(mentions.classes >= GENDERS) & (mentions.classes < NOMINAL_CLASS)] = 1 / GENDERS
    return np.asarray(shares, np.float32)


@dataclass(frozen=True, slots=True)
class _At:
    mention: EntityMention
    entity: int


class Entities:
    """What one text's mentions are, and which are one. Built by EntityReader."""

    def __init__(self, text: str, mentions: Mentions, links: NameLinks, joined: Clusters) -> None:
        self._text = text
        names = iter(zip(links.groups, links.unsure, strict=True))
        roots: dict[int, int] = {}
        members: list[list[EntityMention]] = []
        self._found: list[_At] = []
        self._sure: dict[tuple[int, int], float] = {}
        for i, placed in enumerate(mentions.placed):
            kind, unsure = (placed.kind, False) if placed.form is MentionForm.NOMINAL else (EntityKind.OTHER, False)
            if placed.form is MentionForm.NAME:
                group, unsure = next(names)
                kind = links.kinds[group]
            number = roots.setdefault(joined.root(i), len(roots))
            if number == len(members):
                members.append([])
            mention = EntityMention(
                start=placed.start,
                end=placed.end,
                form=placed.form,
                kind=kind,
                certainty=round(float(placed.certainty), 3),
            )
            members[number].append(mention)
            self._found.append(_At(mention, number))
            self._sure[mention.start, mention.end] = 0.0 if unsure else round(joined.sure[i], 3)
        self._starts = [f.mention.start for f in self._found]
        self.names: tuple[EntityMention, ...] = tuple(
            f.mention for f in self._found if f.mention.form is MentionForm.NAME
        )
        self.entities: tuple[Entity, ...] = tuple(Entity(mentions=tuple(part), kind=_kind_of(part)) for part in members)

    def entity_at(self, start: int, end: int) -> Entity | None:
        """The entity of the mention that heads characters [start, end): a name that stands there for itself, else a
        nominal, else a pronoun; None where there is no mention."""
        mention = self.head_at(start, end)
        return None if mention is None else self.entity_of(mention)

    def entity_of(self, mention: EntityMention) -> Entity:
        at = bisect_left(self._starts, mention.start)
        while self._found[at].mention != mention:
            at += 1
        return self.entities[self._found[at].entity]

    def head_at(self, start: int, end: int) -> EntityMention | None:
        """The mention that heads a range, see `entity_at`."""
        at = bisect_left(self._starts, start)
        inside = []
        while at < len(self._starts) and self._starts[at] < end:
            if self._found[at].mention.end <= end:
                inside.append(self._found[at].mention)
            at += 1
        nominals = [m for m in inside if m.form is MentionForm.NOMINAL]
        for form in (MentionForm.NAME, MentionForm.NOMINAL, MentionForm.PRONOUN):
            heads = [m for m in inside if m.form is form and not self._depends(m, start, end, nominals)]
            if heads:
                people = [m for m in heads if m.kind is EntityKind.PERSON]
                return (people or heads)[0] if form is MentionForm.NAME else heads[0]
        if self._text[start:end].casefold() in RELATIVES:
            return self._before(start)
        return inside[0] if inside and inside[0].form is MentionForm.NOMINAL else None

    def _before(self, start: int) -> EntityMention | None:
        """What a relative pronoun follows: the nearest mention of its sentence, a person rather than a place."""
        at = bisect_left(self._starts, start)
        nearest: EntityMention | None = None
        for found in reversed(self._found[max(0, at - 4) : at]):
            mention = found.mention
            between = self._text[mention.end : start]
            if len(between) > REACH or _ENDED.search(between):
                break
            if mention.form is not MentionForm.PRONOUN:
                if mention.kind is EntityKind.PERSON:
                    return mention
                nearest = nearest or mention
        return nearest

    def _depends(self, mention: EntityMention, start: int, end: int, nominals: list[EntityMention]) -> bool:
        """Whether a mention only tells of which: a possessor, what stands before a noun, part of a nominal, or after a
        preposition."""
        after = _AFTER.match(self._text, mention.end, end)
        if mention.form is MentionForm.PRONOUN:
            possessive = self._text[mention.start : mention.end].casefold() in POSSESSIVES
            return possessive and after is not None and after.group(2) is not None
        if after is not None:
            following = after.group(2)
            if after.group(1) and mention.end + len(after.group(1)) < end:
                return True
            if mention.form is MentionForm.NAME and following and following not in NEVER_NAMES:
                return True
        if any(n.start <= mention.start and mention.end <= n.end and n is not mention for n in nominals):
            return True
        before = self._text[max(start, mention.start - 24) : mention.start].split()
        return len(before) > 0 and _leads_away(before)

    def certainty_at(self, start: int, end: int) -> float:
        """How probably the mention heading [start, end) belongs to the entity of `entity_at`; 0 without a mention."""
        mention = self.head_at(start, end)
        return 0.0 if mention is None else self.antecedent_probability(mention)

    def antecedent_probability(self, mention: EntityMention) -> float:
        """How probably the mention belongs where it was put: with the entity that it joined, or with none. A name that
        two entities could be meant by has 0."""
        return self._sure.get((mention.start, mention.end), 0.0)


def _leads_away(before: list[str]) -> bool:
    """Whether a preposition stands before the mention, with at most a determiner or title words between."""
    for word in reversed(before[-3:]):
        plain = word.strip("\"“”‘’'(),.;:").casefold()
        if plain in PREPOSITIONS:
            return True
        if word[-1] in ",;:" or (word[:1].islower() and plain not in ("the", "a", "an", "former")):
            return False
    return False


def _kind_of(mentions: list[EntityMention]) -> EntityKind:
    """That of its names, else of its nominals, by their certainty."""
    for form in (MentionForm.NAME, MentionForm.NOMINAL):
        sums = dict.fromkeys(KINDS, 0.0)
        for m in mentions:
            if m.form is form:
                sums[m.kind] += m.certainty
        if any(sums.values()):
            return max(sums, key=sums.__getitem__)
    return EntityKind.OTHER
