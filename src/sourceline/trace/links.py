"""How probably a mention has the origin of each earlier one, or a new one: what tells it, weighed with trained weights.

The weights are in tables/links.json and come from `training/trace.py`, which learns them from storylines with gold
origins. A feature is 0 or 1, or lies between; each score is a weighted sum, and the scores of all earlier mentions and
of "new" are made to sum to 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.model.claim import ReuseKind, Voice
from sourceline.model.source import SourceKind
from sourceline.model.speech import Act
from sourceline.trace.doubts import find_doubt
from sourceline.trace.likeness import likeness
from sourceline.trace.names import names_outlet
from sourceline.trace.outlets import names
from sourceline.trace.parties import Parties, Party
from sourceline.trace.testimony import Setting, Testimony
from sourceline.trace.voices import Shape, is_party, is_this_outlet, shape_of
from sourceline.trace.weights import weighted

FEATURES = (
    "new",
    "new_speaker",
    "new_person",
    "new_unnamed",
    "new_told_here",
    "new_direct",
    "new_own_lineage",
    "new_digest",
    "new_comment",
    "new_wire",
    "new_broadcaster",
    "new_party_outlet",
    "new_document",
    "new_credit",
    "new_first_side",
    "new_against",
    "inside_own_to_said",
    "inside_own_to_own",
    "inside_refers",
    "inside_same_party",
    "inside_doubt",
    "inside_other",
    "inside_near",
    "credit",
    "credit_above",
    "credit_article",
    "credit_general",
    "own_word",
    "same_party",
    "same_unnamed",
    "probable",
    "possible",
    "distinct",
    "no_speaker",
    "from_no_speaker",
    "no_speaker_own_lineage",
    "copied",
    "shared",
    "like",
    "like_no_speaker",
    "like_same",
    "same_value",
    "same_value_same",
    "other_value",
    "other_value_same",
    "same_quote",
    "same_quote_same",
    "soon_same",
    "late_same",
    "late",
    "same_outlet",
    "same_outlet_same",
    "told_here",
    "told_here_same",
    "digest",
    "digest_speaker",
    "comment",
    "wire",
    "party_outlet",
    "document",
    "document_same",
)
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Link:
    """An earlier mention that may have the same origin; None for a new one."""

    to: Testimony | None
    probability: float
    features: dict[str, float]


def weigh(rows: Sequence[dict[str, float]]) -> list[float]:
    """How probably each of several things is meant, given what tells of each: 0 to 1, together 1."""
    scores = [weighted("links", row) for row in rows]
    most = max(scores, default=0.0)
    shares = [math.exp(score - most) for score in scores]
    whole = sum(shares)
    return [share / whole for share in shares]


class Links:
    """Pairs of a claim's mentions, each with what tells whether they have one origin."""

    def __init__(self, parties: Parties, setting: Setting) -> None:
        self._parties = parties
        self._setting = setting
        self._doubts: dict[tuple[int, int], str] = {}

    def among(self, later: Testimony, earlier: Sequence[Testimony]) -> list[Link]:
        """The links to earlier mentions, and after them the one to nothing: that the origin is a new one."""
        rows = [*(self.features(later, other) for other in earlier), self._new(later, earlier)]
        return [Link(to, p, row) for to, p, row in zip((*earlier, None), weigh(rows), rows, strict=True)]

    def _new(self, later: Testimony, earlier: Sequence[Testimony]) -> dict[str, float]:
        """What tells that a mention has an origin of its own."""
        article, speaker, mention = later.article, speaker_of(later), later.mention
        kind = article.outlet_kind or ""
        shape = shape_of(speaker) if speaker is not None else None
        outlets = {other.article.outlet for other in earlier if other.article.outlet}
        voices = (*mention.via, *((speaker,) if speaker else ()), *mention.upstream)
        told = {
            "new": True,
            "new_speaker": speaker is not None,
            "new_person": shape is Shape.PERSON,
            "new_unnamed": shape is Shape.UNNAMED,
            "new_told_here": told_here(later),
            "new_direct": mention.direct,
            "new_own_lineage": str(article.lineage) == "own",
            "new_digest": kind == "aggregator",
            "new_comment": kind == "blog",
            "new_wire": kind == "wire",
            "new_broadcaster": kind == "broadcaster",
            "new_party_outlet": is_party(article) and speaker is None,
            "new_document": self._is_document(later),
            "new_credit": any(names(voice, o) for voice in voices for o in outlets if o != article.outlet),
            "new_first_side": not any(other.article.version != article.version for other in earlier),
            "new_against": later.against,
        }
        return {name: 1.0 for name, holds in told.items() if holds}

    def features(self, later: Testimony, earlier: Testimony) -> dict[str, float]:
        """What tells of the pair; what is 0 is left out."""
        found: dict[str, float] = {}
        like = likeness(later.mention, earlier.mention)
        found["like"] = like
        speaks = speaks_for_somebody(later)
        relation = self._relation(later, earlier) if speaks else ""
        if later.article.version == earlier.article.version:
            self._inside(later, earlier, relation, found)
        else:
            self._across(later, earlier, relation, found)
        if not speaks:
            found["like_no_speaker"] = like
        same = relation == "same_party"
        if same:
            found["like_same"] = like
        self._wording(later, earlier, same, found)
        return found

    def _inside(self, later: Testimony, earlier: Testimony, relation: str, found: dict[str, float]) -> None:
        if not relation:
            said = speaker_of(earlier) is not None
            found["inside_own_to_said" if said else "inside_own_to_own"] = 1.0
        elif relation in ("same_party", "same_unnamed"):
            found["inside_same_party"] = 1.0
        else:
            found["inside_doubt" if relation in ("probable", "possible") else "inside_other"] = 1.0
        if later.mention.refers_to == earlier.id:
            found["inside_refers"] = 1.0
        found["inside_near"] = 1.0 / (1.0 + abs(later.mention.paragraph - earlier.mention.paragraph))

    def _across(self, later: Testimony, earlier: Testimony, relation: str, found: dict[str, float]) -> None:
        article, other = later.article, earlier.article
        same = relation == "same_party"
        if relation:
            found[relation] = 1.0
        else:
            found["no_speaker"] = 1.0
            if str(article.lineage) == "own":
                found["no_speaker_own_lineage"] = 1.0
        if speaker_of(earlier) is None and not is_party(other):
            found["from_no_speaker"] = 1.0
        found |= self._credits(later, earlier)
        if same and is_party(other) and speaker_of(earlier) is None:
            found["own_word"] = 1.0
        copied, shared = self._shared(later, earlier)
        found |= {name: value for name, value in (("copied", copied), ("shared", shared)) if value}
        apart = (later.time - earlier.time).total_seconds() / _DAY
        found["late"] = min(1.0, math.log1p(max(0.0, apart)) / 6.0)
        if same:
            found["soon_same" if apart <= 1.5 else "late_same"] = 1.0
        if article.outlet is not None and article.outlet == other.outlet:
            found["same_outlet"] = 1.0
            if same:
                found["same_outlet_same"] = 1.0
        if relation and told_here(later):
            found["told_here"] = 1.0
            if same:
                found["told_here_same"] = 1.0
        kind = article.outlet_kind or ""
        if kind == "aggregator":
            found["digest"] = 1.0
            if relation:
                found["digest_speaker"] = 1.0
        elif kind == "blog":
            found["comment"] = 1.0
        elif kind == "wire":
            found["wire"] = 1.0
        if is_party(article):
            found["party_outlet"] = 1.0
        if relation and self._is_document(later):
            found["document"] = 1.0
            if same:
                found["document_same"] = 1.0

    def _wording(self, later: Testimony, earlier: Testimony, same: bool, found: dict[str, float]) -> None:
        first, second = ({(q.low, q.high) for q in t.mention.quantities} for t in (later, earlier))
        if first and second:
            name = "same_value" if first & second else "other_value"
            found[name] = 1.0
            if same:
                found[f"{name}_same"] = 1.0
        if later.mention.direct or earlier.mention.direct:
            ours, theirs = set(later.mention.words), set(earlier.mention.words)
            least = min(len(ours), len(theirs))
            if least > 2 and len(ours & theirs) >= 0.75 * least:
                found["same_quote"] = 1.0
                if same:
                    found["same_quote_same"] = 1.0

    def _relation(self, later: Testimony, earlier: Testimony) -> str:
        """How the parties of two mentions stand to each other."""
        ours, theirs = self._parties.of(later), self._parties.of(earlier)
        if ours is theirs:
            return "same_party" if ours.shape is not Shape.UNNAMED else "same_unnamed"
        key = (ours.id, theirs.id)
        if key not in self._doubts:
            self._doubts[key] = self._doubt(ours, theirs)
        return self._doubts[key]

    def _doubt(self, ours: Party, theirs: Party) -> str:
        doubt = find_doubt(ours, theirs)
        if doubt is None:
            return "distinct"
        return "probable" if doubt.probable else "possible"

    def _credits(self, later: Testimony, earlier: Testimony) -> dict[str, float]:
        """Which of the later mention's credits name the earlier one's outlet."""
        outlet, article, mention = earlier.article.outlet, later.article, later.mention
        if outlet is None or outlet == article.outlet:
            return {}
        speaker = speaker_of(later)
        here = [v for v in (*mention.via, *((speaker,) if speaker else ())) if not is_this_outlet(v.name, article)]
        if any(names(voice, outlet) for voice in here):
            return {"credit": 1.0}
        if any(names(voice, outlet) for voice in mention.upstream):
            return {"credit_above": 1.0}
        passing = [n.span.text for n in article.names if n.paragraph == mention.paragraph]
        if any(names(v, outlet) for v in article.credited) or any(names_outlet(name, outlet) for name in passing):
            return {"credit_article": 1.0}
        if any(shape_of(voice) is Shape.MEDIA for voice in here):
            return {"credit_general": 1.0}
        return {}

    def _shared(self, later: Testimony, earlier: Testimony) -> tuple[float, float]:
        """Whether the mention stands in text shared with the earlier article, and how much the articles share."""
        reuse = self._setting.reuse(earlier.article, later.article)
        if reuse is None or reuse.kind is ReuseKind.QUOTE:
            return 0.0, 0.0
        inside = any(
            span.start < here.end and here.start < span.end
            for span in later.mention.spans
            for there, here in reuse.spans
            if any(there.start < other.end and other.start < there.end for other in earlier.mention.spans)
        )
        return (1.0 if inside else 0.0), reuse.share

    def _is_document(self, testimony: Testimony) -> bool:
        speaker = testimony.mention.speaker
        voices = (*testimony.mention.via, *((speaker,) if speaker else ()))
        return any(shape_of(voice) is Shape.DOCUMENT for voice in voices)


def speaker_of(testimony: Testimony) -> Voice | None:
    """Who says it, where that is not the outlet itself; a party's outlet speaks for itself."""
    speaker, article = testimony.mention.speaker, testimony.article
    if speaker is None or (is_this_outlet(speaker.name, article) and not is_party(article)):
        return None
    return speaker


def speaks_for_somebody(testimony: Testimony) -> bool:
    """Whether a mention has a speaker, or stands in a party's own document."""
    return speaker_of(testimony) is not None or is_party(testimony.article)


def told_here(testimony: Testimony) -> bool:
    """Whether the words were told to this very outlet."""
    article = testimony.article
    return any(
        voice.kind is SourceKind.MEDIA and article.outlet is not None and names_outlet(voice.name, article.outlet)
        for voice in testimony.mention.via
    )


def is_own_act(testimony: Testimony) -> bool:
    """Whether the words are a promise, a demand or a threat, which one party alone can make: as such, or because they
    speak of what is still to come."""
    if testimony.mention.act in (Act.INTEND, Act.DEMAND, Act.THREATEN):
        return True
    day = testimony.time.date().isoformat()
    days = [date.value or "" for date in testimony.mention.dates]
    return bool(days) and all(len(value) == 10 and value > day for value in days)
