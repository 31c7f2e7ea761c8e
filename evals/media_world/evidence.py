"""What the log says of a claim, and what a reader of the collected articles could at best know of it."""

from __future__ import annotations

from dataclasses import dataclass

from evals.media_world.log import Affair, Article, Put
from evals.media_world.world import World

_BODIES = ("government", "company", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Independent origins: 0 <= low <= best <= high."""

    low: int
    best: int
    high: int


def count_parties(world: World, affair: Affair, claim: str) -> Interval:
    """S by the log: the parties behind what was collected. One that took back all it said leaves low, not high."""
    said: dict[str, set[str]] = {}
    collected: set[str] = set()
    for _, _, put in world.puts(affair, claim):
        collected.add(put.utterance or "")
        if put.stance == "asserts" and put.utterance is not None:
            said.setdefault(affair.utterances[put.utterance].party, set()).add(put.utterance)
    gone = sum(all(affair.withdrawn.get(u) in collected for u in utterances) for utterances in said.values())
    return Interval(low=len(said) - gone, best=len(said) - gone, high=len(said))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """An asserting put with what the page shows of where it comes from."""

    article: Article
    place: int
    put: Put


class _Groups:
    """Union-find over the places of puts and the things that are shown."""

    def __init__(self) -> None:
        self._parent: dict[object, object] = {}

    def find(self, item: object) -> object:
        root = item
        while (up := self._parent.setdefault(root, root)) != root:
            root = up
        self._parent[item] = root
        return root

    def join(self, one: object, other: object) -> None:
        self._parent[self.find(one)] = self.find(other)


def read_best(world: World, affair: Affair, claim: str) -> Interval:
    """The ceiling: every credit, shared sentence, shared quotation and name that is visible, used without an error.

    low counts the named parties, and a kind of unnamed source where none of that kind is named; at least one where
    anything is asserted. high adds each unnamed source and each assertion without lineage that nothing ties to another.
    """
    found = world.puts(affair, claim)
    shown = [_Shown(article=a, place=i, put=p) for a, i, p in found if p.stance == "asserts"]
    if not shown:
        return Interval(low=0, best=0, high=0)
    groups = _Groups()
    for item in shown:
        for sign in _signs(world, affair, item):
            groups.join((item.article.id, item.place), sign)
    relays = {(s.article.id, s.place) for s in shown if _follow_credit(affair, groups, shown, s)}
    named: dict[object, str] = {}
    unnamed: dict[object, str] = {}
    unknown: set[object] = set()
    for item in shown:
        group = groups.find((item.article.id, item.place))
        party = _named_party(affair, item.put)
        if party is not None:
            named[group] = party
        elif item.put.shown != "none" and item.put.utterance is not None:
            unnamed[group] = affair.parties[affair.utterances[item.put.utterance].party].role
        elif (item.article.id, item.place) not in relays:
            unknown.add(group)
    unnamed = {g: role for g, role in unnamed.items() if g not in named}
    unknown -= named.keys() | unnamed.keys()
    roles = {affair.parties[p].role for p in named.values()}
    low = max(len(set(named.values())) + len(set(unnamed.values()) - roles), 1)
    high = max(low, len(set(named.values())) + len(unnamed) + len(unknown))
    gone = count_parties(world, affair, claim)
    low = max(0, low - (gone.high - gone.low))
    return Interval(low=low, best=min(high, max(low, 1)), high=high)


def _named_party(affair: Affair, put: Put) -> str | None:
    """The party that the sentence names; a vague phrase for a body's people names the body."""
    if put.utterance is None or put.shown == "none":
        return None
    party = affair.parties[affair.utterances[put.utterance].party]
    if party.anonymous or (put.shown == "blurred" and party.kind not in _BODIES):
        return None
    return party.id


def _signs(world: World, affair: Affair, item: _Shown) -> list[object]:
    put = item.put
    signs: list[object] = [("sentence", world.texts[item.article.id].blocks[item.place].writing)]
    if put.family.startswith("quote"):
        signs.append(("quotation", put.utterance))
    party = _named_party(affair, put)
    if party is not None:
        signs.append(("party", party))
    elif put.shown != "none" and put.utterance is not None:
        unnamed = affair.parties[affair.utterances[put.utterance].party]
        called = unnamed.name if put.shown == "named" else unnamed.anyone
        told = put.credit or item.article.credit or item.article.outlet
        signs.append(("unnamed", unnamed.role, called, told))
    return signs


def _follow_credit(affair: Affair, groups: _Groups, shown: list[_Shown], item: _Shown) -> bool:
    """Ties a sentence that names no party to what the outlet that it credits had printed. True where that is several
    parties' word: then it is a relay of all of them and no origin of its own."""
    credit = item.put.credit or item.article.credit
    if credit is None or _named_party(affair, item.put) is not None or credit == item.article.outlet:
        return False
    theirs = [s for s in shown if s.article.outlet == credit and s.article.time < item.article.time]
    behind = {groups.find((s.article.id, s.place)) for s in theirs}
    if groups.find((item.article.id, item.place)) in behind:
        return False  # already tied by its words
    party = affair.utterances[item.put.utterance or ""].party
    if not behind:
        groups.join((item.article.id, item.place), ("outlet", credit, party))
    elif all(affair.utterances[s.put.utterance or ""].party != party for s in theirs):
        return False  # what was collected of that outlet is another story: the page would mislead, so nothing is tied
    elif len(behind) == 1:
        groups.join((item.article.id, item.place), behind.pop())
    return len(behind) > 1
