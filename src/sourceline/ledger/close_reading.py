"""Readings with what the same pass of the model tells of their mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sourceline.match.mentions import find_mentions
from sourceline.model.reading import Failure, ModelVersion, Reading
from sourceline.model.text import Document, Span


class Reader(Protocol):
    """What reads for a ledger: `Pipeline`, if nobody gives another. One that has `read_many_closely` too tells what
    stretches mean."""

    @property
    def model(self) -> ModelVersion: ...

    def read(self, document: Document) -> Reading: ...

    def read_many(self, items: Iterable[Document | Failure]) -> Iterator[Reading | Failure]: ...


class Meanings(Protocol):
    """What the stretches of one document mean."""

    def vectors(self, stretches: Sequence[Sequence[Span]]) -> Any:
        """(k, n) signed bytes for k stretches, each given as spans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A reading, and the meaning vectors of its mentions by their ids."""

    reading: Reading
    meanings: Mapping[str, bytes] = field(default_factory=dict)


def read_all(reader: Reader, items: Iterable[Document | Failure]) -> Iterator[Read | Failure]:
    """One for each item and in its order."""
    closely = getattr(reader, "read_many_closely", None)
    if closely is None:
        for found in reader.read_many(items):
            yield found if isinstance(found, Failure) else Read(reading=found)
        return
    for found in closely(items):
        yield found if isinstance(found, Failure) else with_meanings(found.reading, found.meanings)


def with_meanings(reading: Reading, meanings: Meanings) -> Read:
    """The reading with the vectors of its mentions."""
    mentions = find_mentions(reading)
    vectors = meanings.vectors([mention.spans for mention in mentions])
    found = {mention.id: vector.tobytes() for mention, vector in zip(mentions, vectors, strict=True)}
    return Read(reading=reading, meanings=found)
