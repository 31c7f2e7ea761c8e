"""From which earlier mention a mention was taken: by its credit, by the party's own word, by the text it shares.

A mention without any of these has no parent here: two outlets that quote one press conference share an origin, and no
edge. An own-voice sentence rests on what its own article attributes elsewhere to somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sourceline.model.claim import Article, Mention, ReuseKind, Voice
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.trace import Evidence, Step
from sourceline.trace.likeness import likeness
from sourceline.trace.names import mentions_outlet, names_outlet
from sourceline.trace.parties import Parties
from sourceline.trace.voices import Shape, is_party, is_this_outlet, shape_of
from sourceline.trace.testimony import Setting, Testimony

_COPIED = 0.3
"""Of an article's own words in another: from here on what it says was taken from there, too."""
_LIKE = 0.62
"""Wording from which a sentence without a source was probably taken from an earlier one."""
_OWN_BACKGROUND = 0.3
"""Wording from which an outlet repeats itself."""
_MOST_COMPARED = 200
"""Earlier mentions of one article's outlet that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """Where a mention comes from, as far as an earlier mention tells."""

    mention: Testimony
    probability: float
    credited: bool
    inside: bool
    """Whether it is a mention of the same article."""
    step: Step


class Parentage:
    """The parents of a claim's mentions, which stand in the order of time."""

    def __init__(self, testimonies: Sequence[Testimony], parties: Parties, setting: Setting) -> None:
        self._all = testimonies
        self._parties = parties
        self._setting = setting
        self._by_outlet: dict[str, list[Testimony]] = defaultdict(list)
        self._by_article: dict[str, list[Testimony]] = defaultdict(list)
        for testimony in testimonies:
            if testimony.article.outlet:
                self._by_outlet[testimony.article.outlet].append(testimony)
            self._by_article[testimony.article.version].append(testimony)
        self._outlets = sorted(self._by_outlet)

    def find(self, testimony: Testimony) -> Parent | None:
        """The parent of a mention."""
        for found in (
            self._within(testimony),
            self._credited(testimony),
            self._own_word(testimony),
            self._copied(testimony),
            self._repeated(testimony),
            self._alike(testimony),
        ):
            if found is not None:
                return found
        return None

    def _within(self, testimony: Testimony) -> Parent | None:
        """What the same article attributes to somebody, for the outlet's own words and for what takes it up."""
        mention = testimony.mention
        near = [t for t in self._by_article[testimony.article.version] if t is not testimony]
        if mention.speaker is not None or is_party(testimony.article):
            return None
        said = [t for t in near if t.mention.speaker is not None and t.stance is testimony.stance]
        best = _most_alike(mention, said)
        if best is None:
            return None
        return Parent(
            mention=best,
            probability=0.9,
            credited=True,
            inside=True,
            step=Step(
                step=f"the same article attributes it to {best.mention.speaker.name}",  # type: ignore[union-attr]
                evidence=best.evidence(),
                probability=0.9,
                mention=best.id,
            ),
        )

    def _credited(self, testimony: Testimony) -> Parent | None:
        """An earlier mention of an outlet that the words or the article credit."""
        for voice, whole in self._credits(testimony):
            general = shape_of(voice) is Shape.MEDIA and not is_this_outlet(voice.name, testimony.article)
            candidates = [
                t
                for outlet in self._outlets
                if (general or _names(voice, outlet)) and outlet != testimony.article.outlet
                for t in self._earlier(testimony, self._by_outlet[outlet], credited=True)
            ]
            best = self._best(testimony, candidates)
            if best is not None:
                probability = 0.6 if general else 0.85 if whole else 0.97
                return _parent(best, probability, True, f"credits {voice.name}", testimony)
        return None

    def _credits(self, testimony: Testimony) -> Iterator[tuple[Voice, bool]]:
        """Voices that may name an outlet, with whether the article as a whole credits them: outermost first."""
        mention = testimony.mention
        for voice in (*mention.via, *((mention.speaker,) if mention.speaker else ()), *mention.upstream):
            yield voice, False
        for voice in testimony.article.credited:
            yield voice, True

    def _own_word(self, testimony: Testimony) -> Parent | None:
        """What the party itself published: its statement, its report."""
        mention, article = testimony.mention, testimony.article
        for voice in (mention.speaker, *mention.upstream):
            if voice is None or _told_here(mention, article):
                continue
            party = self._parties.of_voice(voice, article)
            candidates = [
                t
                for outlet in self._outlets
                for t in self._earlier(testimony, self._by_outlet[outlet])
                if is_party(t.article) and self._parties.of_outlet(t.article) is party
            ]
            best = self._best(testimony, [t for t in candidates if t.article.key != article.key])
            if best is not None:
                return _parent(best, 0.85, True, f"{voice.name} says so in its own words", testimony)
        return None

    def _copied(self, testimony: Testimony) -> Parent | None:
        """An earlier article whose text this one shares, where the mention stands in what is shared."""
        best: tuple[float, Testimony, bool] | None = None
        seen: dict[str, float] = {}
        for other in self._earlier(testimony, self._all):
            if other.article.outlet == testimony.article.outlet and other.article.outlet is not None:
                continue
            version = other.article.version
            if version not in seen:
                seen[version] = self._shared(other.article, testimony)
            if seen[version] > 0:
                score = seen[version] + 0.1 * likeness(other.mention, testimony.mention)
                if best is None or score > best[0]:
                    best = score, other, seen[version] >= 1
        if best is None:
            return None
        return _parent(best[1], 0.9 if best[2] else 0.75, False, "shares its text with an earlier article", testimony)

    def _shared(self, earlier: Article, testimony: Testimony) -> float:
        """How surely the mention stands in text shared with an earlier article."""
        reuse = self._setting.reuse(earlier, testimony.article)
        if reuse is None or reuse.kind is ReuseKind.QUOTE:
            return 0.0
        inside = any(
            span.start < here.end and here.start < span.end
            for span in testimony.mention.spans
            for _, here in reuse.spans
        )
        if inside:
            return 1.0 + reuse.share
        return reuse.share if reuse.share >= _COPIED else 0.0

    def _repeated(self, testimony: Testimony) -> Parent | None:
        """What the outlet itself had before, in like words."""
        article, mention = testimony.article, testimony.mention
        if article.outlet is None or (mention.speaker is not None and mention.direct):
            return None
        candidates = list(self._earlier(testimony, self._by_outlet[article.outlet]))
        if mention.speaker is not None:
            party = self._parties.of_voice(mention.speaker, article)
            candidates = [
                t
                for t in candidates
                if t.mention.speaker is not None and self._parties.of_voice(t.mention.speaker, t.article) is party
            ]
        best = self._best(testimony, candidates)
        wanted = _OWN_BACKGROUND if mention.speaker is None else _LIKE
        if best is None or likeness(best.mention, mention) < wanted:
            return None
        return _parent(best, 0.8, False, "repeats what the outlet had before", testimony)

    def _alike(self, testimony: Testimony) -> Parent | None:
        """For words without any source: an earlier mention in nearly the same ones."""
        if testimony.mention.speaker is not None or is_party(testimony.article):
            return None
        best = self._best(testimony, list(self._earlier(testimony, self._all)))
        if best is None:
            return None
        like = likeness(best.mention, testimony.mention)
        if like < _LIKE and testimony.article.lineage is Lineage.OWN:
            return None
        words = "puts it much as an earlier article does" if like >= _LIKE else "gives no source for what was reported"
        return _parent(best, round(0.4 + 0.5 * like, 2), False, words, testimony)

    def _earlier(
        self, testimony: Testimony, among: Sequence[Testimony], *, credited: bool = False
    ) -> Iterator[Testimony]:
        """Mentions of the same side in earlier articles; at the same time only a credit gives a direction."""
        taken = 0
        for other in among:
            if other.time > testimony.time or taken >= _MOST_COMPARED:
                return
            if other.article.key == testimony.article.key or not _same_side(other, testimony):
                continue
            if other.time < testimony.time or (credited and other.article.version < testimony.article.version):
                taken += 1
                yield other

    def _best(self, testimony: Testimony, candidates: Sequence[Testimony]) -> Testimony | None:
        """The one most alike in words and party; of equals the latest."""
        mention = testimony.mention
        party = self._parties.of_voice(mention.speaker, testimony.article) if mention.speaker else None

        def score(other: Testimony) -> tuple[float, object]:
            speaker = other.mention.speaker
            same = party is not None and speaker is not None
            bonus = 0.25 if same and self._parties.of_voice(speaker, other.article) is party else 0.0  # type: ignore[arg-type]
            return round(likeness(other.mention, mention) + bonus, 3), (other.time, other.article.name, other.id)

        return max(candidates, key=score, default=None)


def _same_side(a: Testimony, b: Testimony) -> bool:
    return (a.asserts and b.asserts) or (a.against and b.against)


def _names(voice: Voice, outlet: str) -> bool:
    """Whether a voice is an outlet, or something that appeared in it."""
    return names_outlet(voice.name, outlet) or (
        voice.kind is SourceKind.DOCUMENT and mentions_outlet(voice.name, outlet)
    )


def _told_here(mention: Mention, article: Article) -> bool:
    """Whether the words were told to this very outlet."""
    return any(
        voice.kind is SourceKind.MEDIA and article.outlet is not None and names_outlet(voice.name, article.outlet)
        for voice in mention.via
    )


def _most_alike(mention: Mention, among: Sequence[Testimony]) -> Testimony | None:
    return max(among, key=lambda t: (round(likeness(t.mention, mention), 3), t.id), default=None)


def _parent(parent: Testimony, probability: float, credited: bool, words: str, child: Testimony) -> Parent:
    evidence: tuple[Evidence, ...] = (*child.evidence(), *parent.evidence())
    where = f"{words}: {parent.article.outlet or parent.article.name}"
    step = Step(step=where, evidence=evidence, probability=probability, mention=parent.id)
    return Parent(mention=parent, probability=probability, credited=credited, inside=False, step=step)
