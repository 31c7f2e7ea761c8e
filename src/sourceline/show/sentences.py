"""What a trace says, in plain sentences: the same in the terminal, on the pages and in reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sourceline.model.claim import Stance
from sourceline.model.trace import Channel, Figure, Interval, Origin, Step, Trace, Traced
from sourceline.show.values import in_figures

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CHANNELS = {
    Channel.INTERVIEW: "interview",
    Channel.PRESS_CONFERENCE: "press conference",
    Channel.DOCUMENT: "statement",
    Channel.PUBLIC_POST: "public post",
    Channel.LEAK: "leak",
    Channel.OBSERVATION: "own reporting",
}
_MOST_NAMED = 3
"""Names that a sentence lists before it counts the rest."""
_MOST_QUOTED = 240
"""Characters of a mention's words that are quoted."""


def in_words(number: int) -> str:
    """A number up to twelve as a word, else in figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else in_figures(number)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 article", "14 articles"."""
    return f"{in_figures(number)} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Iterable[str], most: int = _MOST_NAMED) -> str:
    """ "A", "A and B", "A, B and 4 more"."""
    held = list(dict.fromkeys(names))
    shown = held if len(held) <= most else held[: most - 1]
    rest = len(held) - len(shown)
    parts = [*shown, f"{rest} more"] if rest else shown
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def day_in_words(day: date, *, year: bool = True) -> str:
    """ "24 Feb 2031"."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def time_in_words(moment: datetime, *, year: bool = True) -> str:
    """ "24 Feb 2031 13:40", in the time's own zone; midnight says no hour."""
    clock = "" if (moment.hour, moment.minute) == (0, 0) else f" {moment:%H:%M}"
    return day_in_words(moment, year=year) + clock


def sources_in_words(origins: Interval) -> str:
    """ "One source, perhaps two."."""
    low, best, high = origins.low, origins.best, origins.high
    noun = "source" if best == 1 else "sources"
    if low == high:
        return f"{in_words(best).capitalize()} {noun}."
    if low == best:
        shown = "" if low else " shown"
        return f"{in_words(low).capitalize()} {noun}{shown}, perhaps {in_words(high)}."
    return f"Probably {in_words(best)} {noun}: {in_words(low) if low else 'none'} shown, {in_words(high)} at most."


def origins_in_figures(origins: Interval) -> str:
    """ "1 · 1–2": the best number, then between which it lies."""
    return f"{origins.best} · {origins.low}–{origins.high}" if origins.low < origins.high else str(origins.best)


def extent_in_words(trace: Trace) -> tuple[str, ...]:
    """ "14 articles", "9 outlets", "first 24 Feb 2031 13:40, Continental Wire Service"."""
    parts = [counted(trace.articles, "article"), counted(trace.outlets, "outlet")]
    first = first_mention(trace)
    if first is not None:
        where = f", {first.outlet}" if first.outlet else ""
        parts.append(f"first {time_in_words(first.time)}{where}")
    return tuple(parts)


def first_mention(trace: Trace) -> Traced | None:
    """The first that has a date."""
    return next((mention for mention in trace.mentions if not mention.undated), None)


def findings_in_words(trace: Trace) -> tuple[str, ...]:
    """What is to be known before the claim is repeated, the weightiest first, a sentence each."""
    found = [*_rests(trace), *_unsourced(trace), *_circles(trace)]
    found += [_against(trace, stance, verb) for stance, verb in ((Stance.DENIES, "Denied"), (Stance.DOUBTS, "Doubted"))]
    found += [_conflicts(trace), _refusals(trace), _withdrawn(trace), _recycled(trace)]
    return tuple(sentence for sentence in found if sentence)


def _rests(trace: Trace) -> list[str]:
    """On whom most mentions rest."""
    origins = {origin.id: origin for origin in trace.origins if origin.asserts}
    asserting = [m for m in trace.mentions if m.stance is Stance.ASSERTS]
    behind = Counter(origins[m.origin].party for m in asserting if m.origin in origins)
    if not behind:
        return []
    party, most = behind.most_common(1)[0]
    whole = len(asserting)
    if len(asserting) == 1:
        return [f"The only mention goes back to {party}."]
    share = f"All {in_words(whole)}" if most == whole else f"{most} of {whole}"
    return [f"{share} mentions that assert it go back to {_with_channels(party, trace)}."]


def _with_channels(party: str, trace: Trace) -> str:
    channels = channels_in_words([o for o in trace.origins if o.asserts and o.party == party])
    return f"{party} ({channels})" if channels else party


def channels_in_words(origins: Sequence[Origin]) -> str:
    """How a party's words came into the world: "statement", "2 interviews, public post"; "" for a document itself."""
    count = Counter(channel_in_words(origin) for origin in origins)
    return ", ".join(name if many == 1 else counted(many, name) for name, many in count.items() if name)


def channel_in_words(origin: Origin) -> str:
    """ "press conference"; "document" for a paper that is itself the source."""
    if origin.channel is Channel.DOCUMENT and origin.kind == "document":
        return "document"
    return _CHANNELS[origin.channel]


def _unsourced(trace: Trace) -> list[str]:
    named = [place_of(m) for m in trace.mentions if m.stance is Stance.ASSERTS and m.origin is None]
    if not named:
        return []
    verb = "gives" if len(set(named)) == 1 else "give"
    return [f"{listed(named)} {verb} no source: independence not established."]


def place_of(mention: Traced) -> str:
    """Where a mention stands: its outlet, or its document where that has none."""
    return mention.outlet or mention.document


def _circles(trace: Trace) -> list[str]:
    return ["What looks like a second source leads back to the first."] if trace.circular else []


def _against(trace: Trace, stance: Stance, verb: str) -> str:
    parties = {origin.id: origin.party for origin in trace.origins}
    count = Counter(
        parties.get(m.origin or "") or m.source or place_of(m) for m in trace.mentions if m.stance is stance
    )
    times = [f"{name} ({many} times)" if many > 1 else name for name, many in count.most_common()]
    return f"{verb} by {listed(times)}." if times else ""


def _conflicts(trace: Trace) -> str:
    others = [d.source for d in trace.disputed_by if d.kind == "conflict" and d.source]
    return f"Another value is given by {listed(others)}." if others else ""


def _refusals(trace: Trace) -> str:
    names = [m.source or place_of(m) for m in trace.mentions if m.stance is Stance.DECLINES]
    return f"Would not say: {listed(names)}." if names else ""


def _withdrawn(trace: Trace) -> str:
    if not trace.withdrawn_by:
        return ""
    many = len(trace.downstream)
    resting = f"; {counted(many, 'mention')} {'rests' if many == 1 else 'rest'} on what was withdrawn" if many else ""
    return f"Withdrawn by {listed(trace.withdrawn_by)}{resting}."


def _recycled(trace: Trace) -> str:
    if trace.recycled is None:
        return ""
    places = {m.document: m for m in trace.mentions}
    again = [places[name] for name in trace.recycled.new_documents if name in places]
    told = listed(f"{place_of(m)}, {day_in_words(m.time)}" for m in again)
    return f"An old report published again as new: {told}." if told else "An old report was published again as new."


def is_credited(step: Step) -> bool:
    """Whether a step is one that words show (a credit), not one that is inferred."""
    return step.step.startswith(("credits ", "attributed to ")) or step.step.endswith(
        (" in its own words", " says so itself")
    )


def step_in_words(step: Step) -> str:
    """A step of a lineage; an uncertain one with its probability."""
    return step.step if step.probability >= 1 else f"{step.step} ({odds_in_words(step.probability)})"


def odds_in_words(probability: float) -> str:
    """ "0.7"; never a certainty that is none."""
    return f"{min(0.99, max(0.01, probability)):.2g}"


def lineage_in_words(mention: Traced) -> str:
    """Where a mention's words come from: its steps back to the origin."""
    return "; which ".join(map(step_in_words, mention.lineage)) if mention.lineage else ""


def wording(mention: Traced) -> str:
    """The words of a mention, fragments joined by " … "."""
    return " … ".join(span.text for span in mention.spans)


def quoted(mention: Traced) -> str:
    """The words of a mention in quotation marks, of long ones the beginning; "" where there are none."""
    return in_quotes(wording(mention))


def in_quotes(words: str) -> str:
    """Words in one pair of quotation marks, whatever they stood in; of long ones the beginning."""
    plain = " ".join(words[: 2 * _MOST_QUOTED].split()).strip(" \"'“”‘’«»")
    if len(plain) > _MOST_QUOTED:
        plain = f"{plain[:_MOST_QUOTED].rstrip()} …"
    return f"“{plain}”" if plain else ""


def when_in_words(mention: Traced) -> str:
    """ "24 Feb 2031 13:40", or that it has no date and when it was first seen."""
    told = time_in_words(mention.time)
    return f"undated, first seen {told}" if mention.undated else told


def mention_in_words(mention: Traced) -> str:
    """Who says it where and when, and from whom: without the words themselves."""
    speaker = f", {mention.source}" if mention.source else ""
    steps = lineage_in_words(mention)
    return f"{place_of(mention)}, {when_in_words(mention)}: {mention.stance}{speaker}" + (f"; {steps}" if steps else "")


def figure_in_words(figure: Figure, unit: str | None = None) -> str:
    """ "at least 11", "30 to 40 km", "up to 40"."""
    low, high = figure.low, figure.high
    tail = f" {unit}" if unit else ""
    if low is None and high is None:
        return "not given"
    if high is None:
        return f"at least {in_figures(low or 0)}{tail}"
    if low is None:
        return f"up to {in_figures(high)}{tail}"
    return f"{in_figures(low)}{tail}" if low == high else f"{in_figures(low)} to {in_figures(high)}{tail}"
