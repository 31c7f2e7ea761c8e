"""Who took a claim back: a party that later speaks against its own word, an outlet that corrects its report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sourceline.trace.origins import Descent
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Testimony
from sourceline.trace.voices import is_party

_CORRECTIONS = ("correct", "wrong", "error", "retract", "withdr", "inaccura", "mistak", "apolog")


def find_withdrawn(testimonies: Sequence[Testimony], descent: Descent, everyone: Parties) -> dict[int, str]:
    """Parties that asserted the claim and later spoke against it, with the words' document; and those whose only
    carrier, an outlet, took its report back. By the id of the origin's party; `everyone`: those who deny, too."""
    first: dict[int, Testimony] = {}
    asserting: dict[int, int] = {}
    carriers: dict[int, set[str]] = defaultdict(set)
    for root in descent.roots:
        if root.asserts:
            first.setdefault(root.party.id, root.first)
            asserting.setdefault(_speaking(root.first, everyone), root.party.id)
            carriers[root.party.id].add(root.first.article.outlet or root.first.article.key)
    found: dict[int, str] = {}
    for testimony in testimonies:
        if not testimony.against:
            continue
        article = testimony.article
        party = asserting.get(_speaking(testimony, everyone))
        words = f"{article.outlet or article.name}, {testimony.time.date().isoformat()}"
        began = first.get(party) if party is not None else None
        against = descent.origin.get(testimony.id)
        anew = against is not None and against.first is testimony and article.outlet_kind != "aggregator"
        if party is not None and began is not None and began.time < testimony.time and anew:
            found.setdefault(party, words)
        if _corrects(testimony):
            for id, outlets in carriers.items():
                if outlets == {article.outlet} and first[id].time < testimony.time:
                    found.setdefault(id, f"corrected by {words}")
    return found


def _speaking(testimony: Testimony, everyone: Parties) -> int:
    """The party in whose name a mention is: of its first source upstream, of its speaker or of the outlet."""
    mention, article = testimony.mention, testimony.article
    if mention.upstream:
        return everyone.of_voice(mention.upstream[-1], article).id
    return everyone.of(testimony).id


def _corrects(testimony: Testimony) -> bool:
    """Whether an outlet says of its own report that it was wrong."""
    article = testimony.article
    if testimony.mention.speaker is not None or is_party(article) or article.outlet is None:
        return False
    words = (*testimony.mention.words, *testimony.mention.context)
    return any(word.startswith(_CORRECTIONS) for word in words)
