"""What a broken file brings about where its rows become nouns: every surprise there is told as damage.

SQLite finds broken pages; what stands in a page that is whole in form has no checksum, so that any value may be of any
type, out of its range or not there.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

import msgspec

from sourceline.errors import LedgerDamaged

_P = ParamSpec("_P")
_R = TypeVar("_R")

_SURPRISES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError, msgspec.MsgspecError)
"""What values bring about that are not those that were written."""


@contextmanager
def damage_told() -> Iterator[None]:
    """Raises LedgerDamaged for what only a broken ledger can bring about: nothing but what is kept is looked at."""
    try:
        yield
    except _SURPRISES as surprise:
        what = f"{type(surprise).__name__}: {surprise}"
        raise LedgerDamaged(
            f"the ledger is broken: a row cannot be read back ({what}): restore a copy; sourceline verify names what "
            "differs"
        ) from surprise


def reads_back(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """For a function that makes nouns of rows: raises LedgerDamaged where they are none. Generators too."""
    if inspect.isgeneratorfunction(function):

        @wraps(function)
        def stepped(*given: _P.args, **named: _P.kwargs) -> Iterator[Any]:
            with damage_told():
                yield from cast("Iterator[Any]", function(*given, **named))

        return cast("Callable[_P, _R]", stepped)

    @wraps(function)
    def at_once(*given: _P.args, **named: _P.kwargs) -> _R:
        with damage_told():
            return function(*given, **named)

    return at_once


def as_text(value: Any) -> str:
    """The value of a column that is never empty. Raises TypeError for what is no text."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def as_text_or_none(value: Any) -> str | None:
    """Raises TypeError for what is neither text nor nothing."""
    return None if value is None else as_text(value)


def as_number(value: Any) -> int:
    """Raises TypeError for what is no whole number."""
    if not isinstance(value, int):
        raise TypeError(f"{value!r:.40} is no whole number")
    return value


def as_texts(value: Any) -> dict[str, str]:
    """An object of texts, written as JSON. Raises TypeError or ValueError for anything else."""
    found = json.loads(value)
    if not isinstance(found, dict):
        raise TypeError(f"{value!r:.40} is no object")
    return {name: as_text(text) for name, text in found.items()}
