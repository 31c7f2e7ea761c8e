"""Finds the mentions of a document: its clauses, each with its stance, its words and who says it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sourceline.match.mentions.anaphora import Trail
from sourceline.match.mentions.clauses import Clause, cut_clauses
from sourceline.match.mentions.leads import find_lead
from sourceline.match.mentions.stances import TIMES, is_negated, stance_of
from sourceline.match.mentions.stems import content_words
from sourceline.match.mentions.terms import Terms, context_of
from sourceline.match.mentions.tokens import find_tokens
from sourceline.match.mentions.units import Layout, Unit, find_units
from sourceline.match.mentions.verbs import is_finite
from sourceline.match.mentions.voices import Voices
from sourceline.model.claim import Mention, Stance, Voice
from sourceline.model.ids import content_id
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution, Quotation
from sourceline.model.text import Span

Vectors = Callable[[Sequence[str]], Sequence[bytes]]
"""Meaning vectors of a document's mentions, 128 signed bytes each, from their words in order."""

_WORDED = 256
_MOST_UNITS = 400
_SHORT, _JOINED = 7, 16
"""Words: of the shorter, and of both, of two sentences of one quotation that are one mention."""
_SHORT_APART, _JOINED_APART = 5, 12
"""The same where who says it stands in between."""


def find_mentions(
    reading: Reading, *, vector: Vectors | None = None, profiles: Mapping[str, str] | None = None
) -> tuple[Mention, ...]:
    """The mentions of the document's body, in the order of the text; no two of them share a word.

    profiles: the id of each source's profile across documents, by the source's id in the reading.
    """
    finder = _Finder(reading, profiles or {})
    mentions = list(finder.find())
    if vector is None or not mentions:
        return tuple(mentions)
    meanings = vector(finder.wordings)
    return tuple(replace(m, vector=meaning) for m, meaning in zip(mentions, meanings, strict=True))


class _Finder:
    def __init__(self, reading: Reading, profiles: Mapping[str, str]) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._voices = Voices(reading, profiles)
        self._terms = Terms(reading)
        self._trail = Trail()
        self._layout = Layout.of(reading)
        self._said: Voice | None = None
        self.wordings: list[str] = []
        """What each mention says, with the subject that it leaves out."""
        self._own = sorted((own.span.start, own.span.end, own.id) for own in reading.unattributed)

    def find(self) -> Iterator[Mention]:
        for paragraph in _paragraphs(find_units(self._reading, self._layout)):
            stems = [(t.start, w) for unit in paragraph for t in unit.tokens for w in content_words((t,))]
            stems.sort()
            for unit, clause in self._clauses(paragraph):
                mention = self._mention(unit, clause, stems)
                if mention is not None:
                    self._trail.add(mention)
                    self.wordings.append(self._wording(unit, clause))
                    yield mention

    def _clauses(self, paragraph: Sequence[Unit]) -> Iterator[tuple[Unit, Clause]]:
        """The clauses of a paragraph; short sentences of one quotation stay together."""
        held: tuple[Unit, Clause] | None = None
        for unit in paragraph:
            for clause in cut_clauses(unit.tokens, self._terms.figures, unit.direct):
                if held is not None and self._joins(*held, unit, clause):
                    held[1].extend(clause)
                    continue
                if held is not None:
                    yield held
                held = unit, clause
        if held is not None:
            yield held

    def _joins(self, unit: Unit, clause: Clause, following: Unit, addition: Clause) -> bool:
        if not unit.direct or unit.attribution is not following.attribution or unit.quoted != following.quoted:
            return False
        apart = bool(self._text[clause[-1].end : addition[0].start].strip(" .,!?…"))
        short, joined = (_SHORT_APART, _JOINED_APART) if apart else (_SHORT, _JOINED)
        first, second = (sum(t.is_word for t in part) for part in (clause, addition))
        if min(first, second) > short or first + second > joined:
            return False
        return not (self._terms.quantities(clause) and self._terms.quantities(addition))

    def _mention(self, unit: Unit, clause: Clause, stems: Sequence[tuple[int, str]]) -> Mention | None:
        attribution = unit.attribution
        if attribution is None:
            whole = self._layout.whole
            attribution = next((whole[t.start] for t in clause if t.start in whole), None)
        cue = [] if attribution is None else _words(attribution.cue)
        direct = unit.quoted or (attribution is not None and attribution.quote is Quotation.DIRECT)
        stance = stance_of(clause, cue, direct)
        if attribution is None and not self._is_proposition(unit, clause):
            return None
        if not any(token.is_word for token in clause):
            return None
        speaker = self._speaker(unit, attribution)
        we = self._terms.speaker_of(None if speaker is None else speaker.name)
        low, high = clause[0].start, clause[-1].end
        lead = find_lead(unit.sentence, unit.tokens, clause)
        spans = _spans(self._text, clause)
        mention = Mention(
            id=content_id(self._reading.document.id, self._reading.document.sha256, *((s.start, s.end) for s in spans)),
            attribution=None if attribution is None else attribution.id,
            unattributed=self._assertion(low, high) if attribution is None else None,
            spans=spans,
            paragraph=unit.paragraph,
            stance=stance,
            negated=is_negated(clause),
            act=None if attribution is None else attribution.act,
            direct=direct,
            speaker=speaker,
            via=() if attribution is None else self._voices.voices(attribution.via),
            upstream=() if attribution is None else self._voices.voices(attribution.upstream),
            hedges=self._terms.hedges(clause),
            words=self._terms.words([*lead, *clause], we),
            names=self._terms.names([*lead, *clause], unit.sentence, we),
            quantities=self._terms.quantities(clause),
            dates=self._terms.dates(clause, unit.tokens, unit.sentence),
            context=context_of(stems, low, high, self._terms.title),
        )
        if self._trail.repeats(mention) or _only_sets_the_scene(mention):
            return None
        return replace(mention, refers_to=self._trail.referent(clause, mention))

    def _speaker(self, unit: Unit, attribution: Attribution | None) -> Voice | None:
        if unit.named:
            return self._voices.named(self._text, unit.named)
        if unit.quoted and attribution is None:
            return self._said
        speaker = None if attribution is None else self._voices.voice(attribution.speaker)
        if unit.attribution is not None:
            self._said = speaker
        return speaker

    def _is_proposition(self, unit: Unit, clause: Clause) -> bool:
        words = [token for token in clause if token.is_word]
        if unit.named or unit.quoted:
            return len(words) > 1 or bool(content_words(words))
        last = unit.sentence[-1]
        if "?" in (last.text, unit.sentence[-2].text if len(unit.sentence) > 1 else ""):
            return False
        figure = any(token.start in self._terms.figures for token in clause)
        if len(words) < (2 if figure else 3):
            return False
        if figure or any(is_finite(clause, at) for at in range(len(clause))):
            return True
        if self._terms.dates(clause) and len(unit.tokens) >= len(unit.sentence) - 2:
            return True
        return len(words) > 3 and self._assertion(clause[0].start, clause[-1].end) is not None

    def _wording(self, unit: Unit, clause: Clause) -> str:
        words = [*find_lead(unit.sentence, unit.tokens, clause), *clause][:_WORDED]
        return " ".join(span.text for span in _spans(self._text, words))

    def _assertion(self, low: int, high: int) -> str | None:
        """The id of the own-voice assertion that these words overlap."""
        at = bisect_right(self._own, (high,)) - 1
        return self._own[at][2] if at >= 0 and self._own[at][1] > low else None


def _only_sets_the_scene(mention: Mention) -> bool:
    """Whether it is a clause of time without a figure, a date or a name, which denies nothing."""
    if mention.quantities or mention.negated or mention.direct or mention.stance is not Stance.ASSERTS:
        return False
    words = "".join(span.text for span in mention.spans)
    if words.split(None, 1)[0].lower() not in TIMES:
        return False
    return not any(letter.isupper() or letter.isdigit() for letter in words[1:])


def _paragraphs(units: Iterator[Unit]) -> Iterator[list[Unit]]:
    found: list[Unit] = []
    for unit in units:
        if found and (unit.paragraph != found[-1].paragraph or len(found) >= _MOST_UNITS):
            yield found
            found = []
        found.append(unit)
    if found:
        yield found


def _words(spans: Sequence[Span]) -> list[str]:
    return [token.lower for span in spans for token in find_tokens(span.text, 0, len(span.text))]


def _spans(text: str, clause: Clause) -> tuple[Span, ...]:
    """The stretches of the clause: words with nothing but blanks between them are one."""
    found: list[tuple[int, int]] = []
    for token in clause:
        if found and not any(letter.isalnum() for letter in text[found[-1][1] : token.start]):
            found[-1] = found[-1][0], token.end
        else:
            found.append((token.start, token.end))
    return tuple(Span.of(text, start, end) for start, end in found)
