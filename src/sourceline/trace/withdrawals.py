"""Who took a claim back: a party that later speaks against its own word, an outlet that corrects its report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sourceline.trace.origins import Descent
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Testimony
from sourceline.trace.voices import is_party

_CORRECTIONS = ("correct", "wrong", "error", "retract", "withdr", "inaccura", "mistak", "apolog")


def find_withdrawn(testimonies: Sequence[Testimony], descent: Descent, parties: Parties) -> dict[int, str]:
    """Parties that asserted the claim and later spoke against it, with the words' document; and those whose only
    carrier, an outlet, took its report back."""
    first: dict[int, Testimony] = {}
    carriers: dict[int, set[str]] = defaultdict(set)
    for made in descent.roots:
        if made.asserts:
            first.setdefault(made.party.id, made.first)
            carriers[made.party.id].add(made.first.article.outlet or made.first.article.key)
    found: dict[int, str] = {}
    for testimony in testimonies:
        if not testimony.against:
            continue
        article, speaker = testimony.article, testimony.mention.speaker
        party = parties.of_voice(speaker, article) if speaker else parties.of_outlet(article)
        words = f"{article.outlet or article.name}, {testimony.time.date().isoformat()}"
        began = first.get(party.id)
        root = descent.origin.get(testimony.id)
        anew = root is not None and root.first is testimony and article.outlet_kind != "aggregator"
        if began is not None and began.time < testimony.time and anew:
            found.setdefault(party.id, words)
        if speaker is None and not is_party(article) and article.outlet is not None and _corrects(testimony):
            for id, outlets in carriers.items():
                if outlets == {article.outlet} and first[id].time < testimony.time:
                    found.setdefault(id, f"corrected by {words}")
    return found


def _corrects(testimony: Testimony) -> bool:
    """Whether an outlet says of its own report that it was wrong."""
    words = (*testimony.mention.words, *testimony.mention.context)
    return any(word.startswith(_CORRECTIONS) for word in words)
