"""The ids of people's judgements: hashes of what they say, so that a judgement that was changed is known by its id."""

from __future__ import annotations

from collections.abc import Sequence

from sourceline.model.ids import content_id
from sourceline.model.judgement import Judgement, Located, Named, Verdict
from sourceline.model.speech import Attribution
from sourceline.store.standing import offsets_of


def pair_id(by: str, verdict: Verdict, sources: Sequence[Named], note: str | None) -> str:
    """Of a judgement of two sources, in the order in which it is kept."""
    return content_id("judgement", by, verdict, *map(_written, sources), note)


def mentions_id(by: str, verdict: Verdict, mentions: Sequence[Located], note: str | None) -> str:
    """Of a judgement of two mentions: by their places, not their words, which a takedown takes away."""
    places = [(m.document, m.version, [(span.start, span.end) for span in m.spans]) for m in mentions]
    return content_id("judgement", by, verdict, *places, note)


def attribution_id(by: str, verdict: Verdict, version: str, attribution: Attribution) -> str:
    """Of a judgement of an attribution: by its spans and its act, not its words, which a takedown takes away."""
    return content_id("judgement", by, verdict, version, offsets_of(attribution), attribution.act)


def id_of(judgement: Judgement) -> str:
    """The id that a judgement has to have."""
    if judgement.mentions:
        return mentions_id(judgement.by, judgement.verdict, judgement.mentions, judgement.note)
    if judgement.version is None or judgement.attribution is None:
        return pair_id(judgement.by, judgement.verdict, judgement.sources, judgement.note)
    return attribution_id(judgement.by, judgement.verdict, judgement.version, judgement.attribution)


def _written(named: Named) -> str:
    """In a form that stays as it is: with another one every id would change."""
    kind = "" if named.kind is None else f", kind={named.kind.value!r}"
    return f"Named(name={named.name!r}, role={named.role!r}, affiliation={named.affiliation!r}{kind})"
