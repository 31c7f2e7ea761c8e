"""How a number is written, and what interval the writing gives."""

from __future__ import annotations

from dataclasses import dataclass

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """`high` is None where nothing bounds it. `lost`: the hedge that was given and is not written."""

    text: str
    low: int
    high: int | None
    lost: str | None


def spell(number: int) -> str:
    """The number in words, up to 99; above that in digits with commas from 1,000."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    return f"{number:,}"


def _step(number: int) -> int:
    return 5 if number < 40 else 10 if number < 200 else 100


def write_figure(number: int, at_least: bool, style: str) -> Written:
    """Styles: digits, words, and the rough ones about, nearly, more than, dozens, and plain (the hedge is lost)."""
    step = _step(number)
    down, up = number // step * step, -(-number // step) * step
    lost = "at least" if at_least else None
    if style == "dozens" and 24 <= number < 100:
        return Written(text="dozens of", low=24, high=99, lost=lost)
    if style == "about" and down >= 10:
        near = down if number - down <= up - number else up
        return Written(text=f"about {near:,}", low=round(near * 0.9), high=round(near * 1.1), lost=lost)
    if style == "nearly" and 0.9 * up <= number < up and up >= 10 and not at_least:
        return Written(text=f"nearly {up:,}", low=round(up * 0.9), high=up, lost=None)
    if style == "more than" and down < number and down >= 5:
        return Written(text=f"more than {down:,}", low=down + 1, high=None, lost=None)
    plain = spell(number) if style == "words" or number < 10 else f"{number:,}"
    if style == "plain" or not at_least:
        return Written(text=plain, low=number, high=number, lost=lost)
    return Written(text=f"at least {plain}", low=number, high=None, lost=None)
