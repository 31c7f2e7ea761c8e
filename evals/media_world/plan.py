"""Who prints what, when, and from what: the second half of the truth log. Still no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from evals.media_world.log import Affair, Article, Hours, Put, Utterance
from evals.media_world.outlets import Outlet
from evals.media_world.relay import Found, relay
from evals.media_world.settings import Settings

_ASKING = {
    "asserts": ("say", "quote"),
    "denies": ("deny", "deny_quote"),
    "doubts": ("doubt",),
    "declines": ("decline",),
}


@dataclass(slots=True, kw_only=True)
class Desk:
    """The affair's articles so far, as the outlets could know them."""

    rng: Random
    settings: Settings
    affair: Affair
    outlets: dict[str, Outlet]
    articles: list[Article] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    def before(self, time: Hours, outlet: str, *, own: bool = False) -> list[Article]:
        """What somebody at this outlet could have read of the others (or of its own) by then."""
        return [a for a in self.articles if a.time < time - 0.3 and (a.outlet == outlet) == own and a.mode != "live"]

    def add(self, outlet: str, time: Hours, mode: str, puts: Sequence[Put], **more: object) -> Article | None:
        if not puts:
            return None
        article = Article(
            id=f"{self.affair.id}.{len(self.articles):02}",
            affair=self.affair.id,
            outlet=outlet,
            time=time,
            mode=mode,
            puts=tuple(puts),
            **more,  # type: ignore[arg-type]
        )
        self.articles.append(article)
        return article


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    time: Hours
    outlet: str
    kind: str


def plan_articles(rng: Random, affair: Affair, cast: Sequence[Outlet], settings: Settings, wanted: int) -> Desk:
    """About `wanted` articles, in the order of time; each takes only from earlier ones."""
    outlets = {**{o.id: o for o in cast}, **affair.officials}
    desk = Desk(rng=rng, settings=settings, affair=affair, outlets=outlets)
    slots = _reporting_slots(desk, cast)
    late = max(s.time for s in slots)
    weights = [1.2 - 0.6 * o.habits.reports for o in cast]
    for _ in range(max(4, wanted - len(slots), round(0.8 * len(slots)))):
        outlet = rng.choices(list(cast), weights)[0]
        time = affair.start + 2 + rng.betavariate(1.4, 2.4) * (late - affair.start + 30)
        slots.append(_Slot(time=time, outlet=outlet.id, kind="relay"))
    for slot in sorted(slots, key=lambda s: (s.time, s.outlet)):
        if slot.kind == "official":
            _official(desk, slot)
        elif slot.kind == "report":
            _report(desk, slot)
        else:
            _relay(desk, slot)
    return desk


def _reporting_slots(desk: Desk, cast: Sequence[Outlet]) -> list[_Slot]:
    """One for each outlet that was there, some for what was public, none twice within four hours."""
    rng = desk.rng
    wanted: list[_Slot] = []
    seen: set[str] = set()
    for utterance in sorted(desk.affair.utterances.values(), key=lambda u: (u.time, u.id)):
        if utterance.occasion in seen:
            continue
        seen.add(utterance.occasion)
        there = utterance.outlets
        if not there:
            reporters = [o for o in cast if o.habits.reports > 0.3]
            there = tuple(o.id for o in rng.sample(reporters, min(len(reporters), rng.randint(1, 2))))
            if utterance.channel == "release" and utterance.party in desk.affair.officials:
                wanted.append(_Slot(time=utterance.time, outlet=utterance.party, kind="official"))
        for outlet in there:
            time = utterance.time + rng.uniform(0.4, 5)
            wanted.append(_Slot(time=time, outlet=outlet, kind="report"))
    kept: list[_Slot] = []
    last: dict[str, Hours] = {}
    for slot in sorted(wanted, key=lambda s: (-s.time, s.outlet)):  # backwards: the later article has more to say
        if last.get(slot.outlet, 1e9) - slot.time > 4 or slot.kind == "official":
            kept.append(slot)
            last[slot.outlet] = slot.time
    return kept


def _official(desk: Desk, slot: _Slot) -> None:
    said = [
        u
        for u in desk.affair.utterances.values()
        if u.party == slot.outlet and u.channel == "release" and abs(u.time - slot.time) < 1e-6
    ]
    families = {"asserts": "official", "denies": "official_deny"}
    puts = [_own_put(u, families[u.stance], desk) for u in said if u.stance in families]
    desk.add(slot.outlet, slot.time, "official", puts)


def _own_put(utterance: Utterance, family: str, desk: Desk) -> Put:
    exclusive = len(utterance.outlets) == 1 and family in ("tell", "quote_tell", "observe")
    style = desk.rng.choice(("digits", "digits", "words"))
    trim = desk.rng.choices(("whole", "first", "core"), weights=(60, 25, 15))[0]
    credit = utterance.outlets[0] if exclusive else None
    return Put(
        claim=utterance.claim,
        utterance=utterance.id,
        stance=utterance.stance,
        family=family,
        credit=credit,
        trim=trim,
        figure=style,
    )


def _heard(desk: Desk, slot: _Slot) -> list[Utterance]:
    """What the outlet was told, or could read where it was public, and has not printed yet."""
    heard = [
        u
        for u in desk.affair.utterances.values()
        if u.time < slot.time - 0.2
        and (slot.outlet, u.id) not in desk.used
        and (slot.outlet in u.outlets or (not u.outlets and slot.time - u.time < 24))
    ]
    return sorted(heard, key=lambda u: (not u.outlets, -u.time, u.id))[:4]


def _report(desk: Desk, slot: _Slot) -> None:
    rng, outlet = desk.rng, desk.outlets[slot.outlet]
    puts: list[Put] = []
    for utterance in _heard(desk, slot):
        desk.used.add((slot.outlet, utterance.id))
        puts += _reported(desk, utterance, outlet)
    if not puts:
        _relay(desk, slot)
        return
    puts = puts[:6]
    known = {p.utterance for p in puts}
    others = [f for f in _finds(desk, desk.before(slot.time, slot.outlet), slot.outlet) if f.put.utterance not in known]
    for found in _sample(rng, others, rng.choice((0, 1, 1, 2))):
        puts.append(relay(rng, desk.settings, desk.affair, outlet, found))
    mine = [
        f
        for f in _finds(desk, desk.before(slot.time, slot.outlet, own=True), slot.outlet)
        if f.put.utterance not in known
    ]
    for found in _sample(rng, mine, rng.choice((0, 0, 1))):
        puts.append(replace(found.put, parent=found.place, carried=True))
    mode = "live" if outlet.kind == "broadcaster" and len(puts) > 3 and rng.random() < 0.4 else "report"
    desk.add(slot.outlet, slot.time, mode, _distinct(puts))


def _reported(desk: Desk, utterance: Utterance, outlet: Outlet) -> list[Put]:
    """The outlet's own report of what it heard, mostly in one paragraph, sometimes in two."""
    rng = desk.rng
    if utterance.channel == "observation":
        return [_own_put(utterance, "observe", desk)]
    families = list(_ASKING[utterance.stance])
    exclusive = utterance.outlets == (outlet.id,)
    document = desk.affair.parties[utterance.party].kind == "document"
    if utterance.stance == "asserts" and exclusive and not document and rng.random() < 0.7:
        families = ["tell", "quote_tell"]
    if utterance.quote is None:
        families = [f for f in families if "quote" not in f]
    if len(families) > 1 and rng.random() < 0.7:
        families = [rng.choice(families)]
    return [_own_put(utterance, family, desk) for family in families]


def _finds(desk: Desk, articles: Sequence[Article], reader: str) -> list[Found]:
    """What a reader at an outlet that has it not first-hand finds in them, the latest first."""
    return [
        Found(article=a, place=(a.id, i), put=p, outlet=desk.outlets[a.outlet])
        for a in sorted(articles, key=lambda a: -a.time)
        for i, p in enumerate(a.puts)
        if p.family not in ("correct", "dated", "cross")
        and (a.outlet == reader or (reader, p.utterance) not in desk.used)
    ]


def _sample(rng: Random, found: Sequence[Found], wanted: int) -> list[Found]:
    """A few, no claim by one party twice; early in the list is likelier."""
    kept: list[Found] = []
    pool = list(found[:24])
    rng.shuffle(pool)
    for item in pool:
        if len(kept) < wanted and all(item.put.utterance != other.put.utterance for other in kept):
            kept.append(item)
    return kept


def _distinct(puts: Sequence[Put]) -> list[Put]:
    """No claim by the same utterance twice in the same way."""
    kept: dict[tuple[str | None, str, str], Put] = {}
    for put in puts:
        kept.setdefault((put.utterance, put.stance, put.family), put)
    return list(kept.values())[:8]


def _relay(desk: Desk, slot: _Slot) -> None:
    rng, outlet = desk.rng, desk.outlets[slot.outlet]
    earlier = desk.before(slot.time, slot.outlet)
    if not earlier:
        return
    if outlet.kind == "aggregator":
        found = _sample(rng, _finds(desk, earlier, slot.outlet), rng.randint(2, 5))
        puts = [relay(rng, desk.settings, desk.affair, outlet, f) for f in found]
        desk.add(slot.outlet, slot.time, "roundup", _distinct(puts))
    elif rng.random() < outlet.habits.copies:
        _copy(desk, slot, earlier)
    else:
        _rewrite(desk, slot, earlier)


def _parent(rng: Random, desk: Desk, earlier: Sequence[Article]) -> Article:
    """Agencies are read most, and the latest news."""
    latest = sorted(earlier, key=lambda a: -a.time)[:8]
    weights = [(4.0 if desk.outlets[a.outlet].kind == "wire" else 1.0) / (1 + i) for i, a in enumerate(latest)]
    return rng.choices(latest, weights)[0]


def _copy(desk: Desk, slot: _Slot, earlier: Sequence[Article]) -> None:
    """One article, printed nearly as it came; the last paragraphs may go."""
    rng, outlet = desk.rng, desk.outlets[slot.outlet]
    parent = _parent(rng, desk, earlier)
    if parent.mode == "report" and rng.random() < 0.25:
        _reprint(desk, slot, parent)
        return
    kept = max(1, len(parent.puts) - rng.choice((0, 0, 1, 2)))
    drops = rng.random() < desk.settings.credit_drop * outlet.habits.drops
    puts = []
    for i, put in enumerate(parent.puts[:kept]):
        found = Found(article=parent, place=(parent.id, i), put=put, outlet=desk.outlets[parent.outlet])
        if put.family in ("official", "official_deny", "correct", "dated"):
            puts.append(relay(rng, desk.settings, desk.affair, outlet, found))
        else:
            puts.append(replace(put, parent=found.place, carried=True))
    form = rng.choice(("dateline", "byline", "line")) if desk.outlets[parent.outlet].kind == "wire" else "line"
    credit = None if drops else parent.outlet
    mode = "copy" if parent.mode != "official" else "rewrite"
    desk.add(slot.outlet, slot.time, mode, puts, credit=credit, credit_form=form)


def _reprint(desk: Desk, slot: _Slot, parent: Article) -> None:
    """The whole article to the letter; an agency's names itself in its dateline."""
    puts = [replace(put, parent=(parent.id, i), carried=True) for i, put in enumerate(parent.puts)]
    named = desk.outlets[parent.outlet].kind == "wire"
    credit = parent.outlet if named else None
    desk.add(slot.outlet, slot.time, "reprint", puts, credit=credit, credit_form="dateline")


def _rewrite(desk: Desk, slot: _Slot, earlier: Sequence[Article]) -> None:
    """Mostly one article told again, with something from a second one."""
    rng, outlet = desk.rng, desk.outlets[slot.outlet]
    parent = _parent(rng, desk, earlier)
    found = _finds(desk, [parent], slot.outlet)
    chosen = found[: rng.randint(2, 4)]
    known = {f.put.utterance for f in chosen}
    more = [
        f for f in _finds(desk, [a for a in earlier if a is not parent], slot.outlet) if f.put.utterance not in known
    ]
    chosen += _sample(rng, more, rng.choice((0, 1, 1, 2)))
    puts = [relay(rng, desk.settings, desk.affair, outlet, f) for f in chosen]
    desk.add(slot.outlet, slot.time, "rewrite", _distinct(puts))
