"""JSON objects, validated: the documents of a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from sourceline.errors import InvalidRecord
from sourceline.model.record import Number, Record

_NAMED = ("url", "outlet", "outlet_kind", "published", "title", "byline")
MAX_CHARACTERS = 64 * 1024 * 1024
_SURELY_INT = 640
"""Digits up to which Python turns any text into an int, whatever limit it was started with."""
_MARGIN = 50
"""Levels that stay free of what the JSON encoder can nest, for the reading around a record's fields."""


def parse_record(line: bytes | str, number: int, *, max_size: int = MAX_CHARACTERS) -> Record:
    """The record of line `number` (from 1).

    `max_size` is in bytes, or in characters where the line is decoded already. Raises InvalidRecord, with the line's
    number, where the line is too large, not UTF-8, not JSON, not an object, has no text or holds what is no text.
    """
    where = f"line {number}"
    if len(line) > max_size:
        raise InvalidRecord(f"{where} is larger than {max_size:,} bytes: split the document")
    return record_of(parse_object(line, where), where)


def record_of(fields: Mapping[str, Any], where: str) -> Record:
    """The record of an object's fields; `where` names its place in messages ("line 12").

    Raises InvalidRecord where it has no text or holds what is no text.
    """
    rest = dict(fields)
    text = rest.pop("text", None)
    if not isinstance(text, str):
        problem = "has no text" if text is None else "has a text that is not a string"
        raise InvalidRecord(f'{where} {problem}: give it a field "text"')
    if "\0" in text:
        raise InvalidRecord(f"{where} has NUL characters in its text: is it binary?")
    given = rest.pop("id", None)
    named: dict[str, Any] = {"id": _name(given)}
    if given is not None and named["id"] is None:
        raise InvalidRecord(f'{where} has a field "id" that is no string or whole number: quote it')
    for name in _NAMED:
        value = rest.pop(name, None)
        if value is not None and not isinstance(value, str):
            raise InvalidRecord(f'{where} has a field "{name}" that is not a string: quote it or leave it out')
        named[name] = value
    return Record(text=text, extra=rest, **named)


def given_id(line: bytes | str) -> str | None:
    """The id of a line that may be no document otherwise, so that its error can be told from the others."""
    try:
        found = _parsed(line)
    except (ValueError, RecursionError):
        return None
    return _name(found.get("id")) if isinstance(found, dict) else None


def _name(given: Any) -> str | None:
    """A document's id as text: a string as it is, a whole number in its digits, None for all else."""
    if isinstance(given, Number) and given.written.removeprefix("-").isdigit():
        return given.written
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return given if isinstance(given, str) else None


def parse_object(line: bytes | str, where: str) -> dict[str, Any]:
    """The fields of one JSON object. Raises InvalidRecord, with `where`, for what is none."""
    if isinstance(line, bytes):
        try:
            line = line.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InvalidRecord(f"{where} is not UTF-8: save the file as UTF-8") from None
    try:
        found = _parsed(line)
        nested = found
        for _ in range(_MARGIN):
            nested = [nested]
        json.dumps(nested, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidRecord(f"{where} holds half a surrogate pair: write its characters as UTF-8") from None
    except RecursionError:
        raise InvalidRecord(f"{where} is nested too deeply: give one flat object a line") from None
    except ValueError as error:
        reason = str(error).split(":")[0].split("\n")[0][:80]
        raise InvalidRecord(f"{where} is not JSON ({reason}): give JSON objects") from None
    if not isinstance(found, dict):
        raise InvalidRecord(f"{where} is not a JSON object: give JSON objects")
    return found


def _parsed(line: bytes | str) -> Any:
    return json.loads(line, parse_constant=_refuse_constant, parse_float=_float, parse_int=_int)


def _float(written: str) -> float | Number:
    number = float(written)
    return number if repr(number) == written else Number(written)


def _int(written: str) -> int | Number:
    return Number(written) if len(written) > _SURELY_INT or written == "-0" else int(written)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
