"""What became of a claim: taken back, reversed, disputed, recycled, led in a circle, and how its figure moved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sourceline.model.claim import Stance
from sourceline.model.trace import Dispute, DisputeKind, Drift, Figure, Recycled
from sourceline.model.value import Quantity
from sourceline.trace.names import names_outlet
from sourceline.trace.origins import Descent
from sourceline.trace.parties import Parties
from sourceline.trace.voices import is_party
from sourceline.trace.testimony import Testimony

_CORRECTIONS = ("correct", "wrong", "error", "retract", "withdr", "inaccura", "mistak", "apolog")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def find_withdrawn(testimonies: Sequence[Testimony], descent: Descent, parties: Parties) -> dict[int, str]:
    """Parties that asserted the claim and later spoke against it, with the words' document; and those whose only
    carrier, an outlet, took its report back."""
    first: dict[int, Testimony] = {}
    carriers: dict[int, set[str]] = defaultdict(set)
    for root in descent.roots:
        if root.asserts:
            first.setdefault(root.party.id, root.first)
            carriers[root.party.id].add(root.first.article.outlet or root.first.article.key)
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


def find_disputes(
    testimonies: Sequence[Testimony], descent: Descent, parties: Parties, rivals: Sequence[Testimony]
) -> tuple[Dispute, ...]:
    """Each party that denies or doubts it, or gives another value, once: where it did so first."""
    asserting = {root.party.id for root in descent.roots if root.asserts}
    seen: set[object] = set()
    found: list[Dispute] = []
    for testimony in testimonies:
        if not testimony.against:
            continue
        root = descent.origin.get(testimony.id)
        key = ("party", root.party.id) if root else ("article", testimony.article.key)
        if key in seen:
            continue
        seen.add(key)
        kind = DisputeKind.DENIAL if testimony.stance is Stance.DENIES else DisputeKind.DOUBT
        found.append(_dispute(testimony, root.party.name if root else None, kind))
    for rival in rivals:
        if rival.stance is Stance.ASSERTS and ("rival", rival.article.key) not in seen:
            seen.add(("rival", rival.article.key))
            found.append(_dispute(rival, None, DisputeKind.CONFLICT))
    if not asserting and not found:
        return ()
    return tuple(found)


def _dispute(testimony: Testimony, party: str | None, kind: DisputeKind) -> Dispute:
    speaker = testimony.mention.speaker
    return Dispute(
        source=speaker.name if speaker else party or testimony.article.outlet or "",
        version=testimony.article.version,
        document=testimony.article.name,
        spans=testimony.mention.spans,
        kind=kind,
    )


def is_circular(testimonies: Sequence[Testimony], descent: Descent, parties: Parties) -> bool:
    """Whether what looks like a second support leads back to the first: who says it credits another, and is credited
    for it by that other in turn."""
    cites: dict[object, set[object]] = defaultdict(set)
    for testimony in testimonies:
        if not testimony.asserts:
            continue
        article, mention = testimony.article, testimony.mention
        voices = [v for v in (mention.speaker, *mention.via, *mention.upstream) if v is not None]
        citing: list[object] = [_outlet_node(article.outlet, parties, testimony)] if article.outlet else []
        cited: list[object] = []
        for voice in voices:
            cited.append(parties.of_voice(voice, article).id)
            cited += list(_outlets_named(voice.name, testimonies, parties))
        parent = descent.parent.get(testimony.id)
        if parent is not None and parent.credited and not parent.inside and parent.mention.article.outlet:
            cited.append(_outlet_node(parent.mention.article.outlet, parties, parent.mention))
        if mention.speaker is not None and mention.upstream:
            citing.append(parties.of_voice(mention.speaker, article).id)
        for one in citing:
            cites[one].update(c for c in cited if c != one)
    return _has_cycle(cites)


def _outlet_node(outlet: str, parties: Parties, testimony: Testimony) -> object:
    return parties.of_outlet(testimony.article).id


def _outlets_named(name: str, testimonies: Sequence[Testimony], parties: Parties) -> set[object]:
    return {
        parties.of_outlet(t.article).id
        for t in testimonies
        if t.article.outlet is not None and names_outlet(name, t.article.outlet)
    }


def _has_cycle(cites: Mapping[object, set[object]]) -> bool:
    state: dict[object, int] = {}
    for start in list(cites):
        if state.get(start):
            continue
        stack = [(start, iter(cites.get(start, ())))]
        state[start] = 1
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                stack.pop()
            elif state.get(following) == 1:
                return True
            elif not state.get(following):
                state[following] = 1
                stack.append((following, iter(cites.get(following, ()))))
    return False


def find_recycled(
    testimonies: Sequence[Testimony], descent: Descent, after: timedelta
) -> tuple[Recycled | None, tuple[str, ...], tuple[str, ...]]:
    """What was published again as new long after it first appeared; the documents that only recall it with its date
    (background), and those in which somebody says it anew (re-asserted)."""
    asserting = [t for t in testimonies if t.asserts and t.article.published is not None]
    if not asserting:
        return None, (), ()
    first = asserting[0]
    fresh = {root.first.article.version for root in descent.roots if root.asserts and root.first.time > first.time}
    recycled: list[str] = []
    background: list[str] = []
    reasserted: list[str] = []
    for testimony in asserting:
        if testimony.time - first.time < after:
            continue
        name = testimony.article.name
        root = descent.origin.get(testimony.id)
        if testimony.mention.dates and any(_is_old(d.value, first) for d in testimony.mention.dates):
            background.append(name)
        elif testimony.article.version in fresh or (root is not None and root.first.time - first.time >= after):
            reasserted.append(name)
        elif _is_own_again(testimony, first, descent) or _is_recent(testimony, asserting, after):
            background.append(name)
        else:
            recycled.append(name)
    new = tuple(dict.fromkeys(n for n in recycled if n not in reasserted and n not in background))
    found = Recycled(old_document=first.article.name, new_documents=new) if new else None
    return found, tuple(dict.fromkeys(background)), tuple(dict.fromkeys(reasserted))


def _is_old(value: str | None, first: Testimony) -> bool:
    """Whether a date names the time of the first appearance or one before it."""
    years = _YEAR.findall(value or "")
    return bool(years) and min(years) <= str(first.time.year)


def _is_own_again(testimony: Testimony, first: Testimony, descent: Descent) -> bool:
    """Whether the outlet that had it first repeats it."""
    return testimony.article.outlet is not None and testimony.article.outlet == first.article.outlet


def _is_recent(testimony: Testimony, asserting: Sequence[Testimony], after: timedelta) -> bool:
    """Whether it credits somebody who is no outlet: their words are not the outlet's news."""
    speaker = testimony.mention.speaker
    if speaker is None:
        return False
    outlets = {t.article.outlet for t in asserting if t.article.outlet}
    return not any(names_outlet(speaker.name, outlet) for outlet in outlets)


def find_drift(testimonies: Sequence[Testimony], what: str | None) -> Drift | None:
    """The claim's figure, document by document, where it moves."""
    counted: dict[str, int] = defaultdict(int)
    for testimony in testimonies:
        for noun in {q.counted or q.unit or "" for q in testimony.mention.quantities}:
            counted[noun] += 1
    values: list[Figure] = []
    seen: set[str] = set()
    unit = None
    for testimony in testimonies:
        quantity = _value(testimony, counted)
        if quantity is None or testimony.article.version in seen or not testimony.asserts:
            continue
        seen.add(testimony.article.version)
        unit = unit or quantity.unit
        values.append(
            Figure(
                version=testimony.article.version,
                document=testimony.article.name,
                low=quantity.low,
                high=quantity.high,
                as_of=testimony.time.date().isoformat(),
            )
        )
    if len({(v.low, v.high) for v in values}) < 2:
        return None
    noun = max(counted, key=lambda n: (counted[n], n), default="")
    return Drift(what=what or noun, unit=unit, values=tuple(values))


def _value(testimony: Testimony, counted: Mapping[str, int]) -> Quantity | None:
    return max(
        testimony.mention.quantities,
        key=lambda q: (counted[q.counted or q.unit or ""], -q.span.start),
        default=None,
    )
