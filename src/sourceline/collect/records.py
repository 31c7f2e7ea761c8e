"""Lines of JSONL, validated: the documents of a batch."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from sourceline.errors import InvalidRecord
from sourceline.model.record import Record

_NAMED = ("id", "url", "outlet", "outlet_kind", "published", "title", "byline")
MAX_CHARACTERS = 64 * 1024 * 1024


def parse_record(line: bytes | str, number: int, *, max_size: int = MAX_CHARACTERS) -> Record:
    """The record of line `number` (from 1).

    `max_size` is in bytes, or in characters where the line is decoded already. Raises InvalidRecord, with the line's
    number, where the line is too large, not UTF-8, not JSON, not an object, has no text or holds what is no text.
    """
    if len(line) > max_size:
        raise InvalidRecord(f"line {number} is larger than {max_size:,} bytes: split the document")
    fields = _object(line, number)
    text = fields.pop("text", None)
    if not isinstance(text, str):
        problem = "has no text" if text is None else "has a text that is not a string"
        raise InvalidRecord(f'line {number} {problem}: give it a field "text"')
    if "\0" in text:
        raise InvalidRecord(f"line {number} has NUL characters in its text: is it binary?")
    named: dict[str, str | None] = {}
    for name in _NAMED:
        value = fields.pop(name, None)
        if value is not None and not isinstance(value, str):
            raise InvalidRecord(f'line {number} has a field "{name}" that is not a string: quote it or leave it out')
        named[name] = value
    return Record(text=text, extra=fields, **named)


def _object(line: bytes | str, number: int) -> dict[str, Any]:
    if isinstance(line, bytes):
        try:
            line = line.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InvalidRecord(f"line {number} is not UTF-8: save the file as UTF-8") from None
    try:
        found = json.loads(line, parse_constant=_refuse_constant)
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidRecord(f"line {number} holds half a surrogate pair: write its characters as UTF-8") from None
    except RecursionError:
        raise InvalidRecord(f"line {number} is nested too deeply: give one flat object a line") from None
    except ValueError as error:
        reason = str(error).split(":")[0].split("\n")[0][:80]
        raise InvalidRecord(f"line {number} is not JSON ({reason}): give one object a line") from None
    if not isinstance(found, dict):
        raise InvalidRecord(f"line {number} is not a JSON object: give one object a line")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
