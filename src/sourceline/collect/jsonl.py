"""JSON Lines: one document a line."""

from __future__ import annotations

from typing import BinaryIO

from sourceline.collect.lines import BoundedLines
from sourceline.collect.member import Found, Means, Member
from sourceline.collect.rows import collect_object
from sourceline.errors import InvalidRecord, OversizedInput
from sourceline.model.evidence import Problem


def read_jsonl(member: Member, stream: BinaryIO, means: Means) -> Found:
    """A document, or a problem, for each line that is not blank. Lines longer than the limit are passed over."""
    limit = means.settings.max_bytes
    lines = BoundedLines(stream, limit)
    for line in lines:
        place = f"{member.place}:{lines.number}"
        if line is None:
            message = f"line {lines.number} is longer than {limit:,} bytes: split it"
            yield Problem(place=place, kind=InvalidRecord.kind, message=message)
        elif line.strip():
            yield from collect_object(line, place, f"line {lines.number}", means)
    if lines.endless:
        raise OversizedInput(f"line {lines.number} has no end within {lines.longest:,} bytes: is it JSON Lines?")
