"""What stands beside the article on the page: the sources, the attributions, the outlet's own voice, and the values.

Attributions are addressed as #a1, #a2 ..., sources as #s1 ..., the words of values as #v1 ...
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from sourceline.model.reading import Reading
from sourceline.model.source import Source
from sourceline.model.speech import Attribution
from sourceline.show.markup import escaped
from sourceline.show.standings import (
    NUMBERS_AT_MOST,
    Fact,
    Standing,
    Standings,
    naming,
    other_words,
    source_words,
    times,
)
from sourceline.show.values import Value, ValueKind, gathered

_OPEN_AT_MOST = 40
"""Beyond so many sources their list begins closed: it would push the attributions out of sight."""
_PLURALS = {ValueKind.DATE: "dates", ValueKind.QUANTITY: "quantities", ValueKind.PLACE: "places"}


def entries(attributions: tuple[Attribution, ...], standings: Standings) -> str:
    """The list of who said what."""
    if not attributions:
        return '<p class="none">No attribution was found in what was read.</p>'
    items = (_entry(number, attribution, standings) for number, attribution in enumerate(attributions, 1))
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


def source_list(standings: Standings) -> str:
    """The sources, the one who speaks most first, each with links to what it speaks."""
    if not len(standings):
        return ""
    rows = "\n".join(_row(standing, standings) for standing in standings.ordered())
    untold = f'<p class="untold">Not told who speaks: {_links(standings.untold)}</p>' if standings.untold else ""
    opened = " open" if len(standings) <= _OPEN_AT_MOST else ""
    heading = f'<summary><h2>Sources</h2> <span class="count">{len(standings):,}</span></summary>'
    return f'<details class="sources" id="sources"{opened}>{heading}\n<ol>\n{rows}\n</ol>{untold}</details>'


def own_voice(reading: Reading) -> str:
    """The list of what the outlet asserts itself."""
    if not reading.unattributed:
        return ""
    return (
        f"<details><summary>{len(reading.unattributed)} in the outlet’s own voice</summary>"
        f'<ol class="owns">{"".join(_own_items(reading))}</ol></details>'
    )


def value_list(values: Sequence[Value], anchored: Collection[int]) -> str:
    """What was read as a date, a quantity or a place, each wording once; `anchored` are those that can be linked to."""
    kinds = [(kind, list(found)) for kind, found in groupby(gathered(values), key=lambda pair: pair[0].kind)]
    if not kinds:
        return ""
    summary = " · ".join(_counted(kind, sum(len(places) for _, places in found)) for kind, found in kinds)
    lists = "".join(
        f"<h3>{_PLURALS[kind]}</h3><ul>{''.join(_value(value, places, anchored) for value, places in found)}</ul>"
        for kind, found in kinds
    )
    return f'<details class="values"><summary>{summary}</summary>{lists}</details>'


def _entry(number: int, attribution: Attribution, standings: Standings) -> str:
    act = attribution.act.value
    cue = " … ".join(span.text for span in attribution.cue)
    saying = f' <bdi class="cuewords">{escaped(cue)}</bdi>' if cue else ""
    return (
        f'<li class="entry k{number}" id="a{number}" data-k="{number}">'
        f'<span class="n"><a href="#t{number}" aria-label="{number}, to its place in the article">{number}</a></span> '
        f"<span>{_who(attribution, standings)}{saying}</span> "
        f'<span class="kind"><span class="act {act}">{act}</span> <span class="quote">{attribution.quote.value}</span> '
        f'<span class="sure" title="confidence">{attribution.confidence:.2f}</span></span>'
        f'<p class="words"><bdi>{escaped(attribution.wording)}</bdi></p>{_chain(attribution, standings)}</li>'
    )


def _who(attribution: Attribution, standings: Standings) -> str:
    """The speaker; where the article says it in other words, those beside; where nobody can tell, that."""
    standing = standings.of(attribution.speaker)
    if standing is None:
        words = source_words(attribution)
        if not words:
            return '<span class="who unstated">nobody named</span>'
        return f'<bdi class="who untold">“{escaped(words)}”</bdi> <span class="position">not told</span>'
    words = other_words(attribution, standing.source)
    beside = f' <bdi class="as">“{escaped(words)}”</bdi>' if words else ""
    return f"{_name(standing, 'who')}{_position(standing.source)}{beside}"


def _chain(attribution: Attribution, standings: Standings) -> str:
    parts = []
    if carriers := standings.those(attribution.via):
        parts.append("via " + " ← ".join(map(_name, carriers)))
    if credited := standings.those(attribution.upstream):
        parts.append("upstream: " + ", ".join(map(_name, credited)))
    return f'<p class="chain">{" · ".join(parts)}</p>' if parts else ""


def _name(standing: Standing, role: str = "") -> str:
    classes = " ".join(filter(None, [role, "" if standing.source.named else "unnamed"]))
    attribute = f' class="{classes}"' if classes else ""
    return f'<a{attribute} href="#s{standing.number}"><bdi>{escaped(standing.source.name)}</bdi></a>'


def _position(source: Source) -> str:
    """Role and affiliation, where there is either."""
    words = " · ".join(f"<bdi>{escaped(words)}</bdi>" for words in (source.role, source.affiliation) if words)
    return f' <span class="position">{words}</span>' if words else ""


def _row(standing: Standing, standings: Standings) -> str:
    source = standing.source
    numbers = standing.speaks
    lit = "".join(f" k{number}" for number in numbers)
    data = f' data-k="{" ".join(map(str, numbers))}"' if numbers else ""
    parts = [_acts(standing), f"in {_links(numbers)}"] if numbers else []
    parts += [_fact(fact) for fact in standings.facts(standing)]
    does = f'<span class="does">{"".join(f"<span>{part}</span> " for part in parts)}</span>' if parts else ""
    return (
        f'<li class="standing{lit}" id="s{standing.number}"{data}>'
        f"<span>{_name(standing, 'who')}{_position(source)}{'' if numbers else f' {does}'}</span> "
        f'<span class="labels"><span class="label">{source.kind.value}</span> {naming(source)}</span>'
        f"{f' {does}' if numbers else ''}</li>"
    )


def _acts(standing: Standing) -> str:
    acts = " ".join(
        f'<span class="act {act.value}">{act.value}</span>{f" ×{count}" if count > 1 else ""}'
        for act, count in standing.acts
    )
    return f"{times(len(standing.speaks))} {acts}"


def _fact(fact: Fact) -> str:
    parts = [fact.label]
    if fact.numbers:
        more = ", …" if len(fact.numbers) > NUMBERS_AT_MOST else ""
        parts.append(_links(fact.numbers[:NUMBERS_AT_MOST]) + more)
    if fact.sources:
        parts.append(", ".join(f"{_name(other)}{f' ×{count}' if count > 1 else ''}" for other, count in fact.sources))
    if fact.words:
        parts.append(f"<bdi>“{escaped(fact.words)}”</bdi>")
    return " ".join(parts)


def _links(numbers: Iterable[int]) -> str:
    return ", ".join(f'<a href="#a{number}" data-k="{number}">{number}</a>' for number in numbers)


def _own_items(reading: Reading) -> Iterator[str]:
    for number, assertion in enumerate(reading.unattributed, 1):
        yield f'<li><a href="#o{number}"><bdi>{escaped(assertion.span.text)}</bdi></a></li>'


def _counted(kind: ValueKind, count: int) -> str:
    return f"{count:,} {kind.value if count == 1 else _PLURALS[kind]}"


def _value(value: Value, places: Sequence[int], anchored: Collection[int]) -> str:
    words = f"<bdi>{escaped(value.span.text)}</bdi>"
    target = next((place + 1 for place in places if place + 1 in anchored), None)
    if target is not None:
        words = f'<a href="#v{target}">{words}</a>'
    count = f' <span class="count">×{len(places)}</span>' if len(places) > 1 else ""
    untold = "" if value.told else "not told: "
    return f"<li><span>{words}{count}</span> <span>{untold}<bdi>{escaped(value.meaning)}</bdi></span></li>"
