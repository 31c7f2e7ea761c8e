"""A reader that needs no model: what stands in a sentence of a fixed form is an attribution. The store, the adding and
the evidence around it are the real ones.

As a program it is `sourceline` with this reader: python tests/ledger/by_hand.py add documents.jsonl --ledger news.db
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from sourceline.errors import SourcelineError  # noqa: E402  (as a program, the roots must be on the path first)
from sourceline.model.ids import content_id  # noqa: E402
from sourceline.model.reading import Failure, ModelVersion, Reading  # noqa: E402
from sourceline.model.source import Lineage, Source, SourceKind  # noqa: E402
from sourceline.model.speech import Act, Attribution, Quotation  # noqa: E402
from sourceline.model.text import Document, Span  # noqa: E402
from sourceline.settings import Settings  # noqa: E402

_SAYING = re.compile(
    r"(?P<who>An official|[A-Z]\S+(?: [A-Z]\S+){0,3})(?:, (?P<role>[^\n,.]{1,60}),)? "
    r"(?P<cue>said|denied|declined|warned) (?P<what>[^\n.]{3,400})\."
)
_ACTS = {"said": Act.STATE, "denied": Act.DENY, "declined": Act.DECLINE, "warned": Act.WARN}
_AHEAD = 4


class ByHand:
    """Stands where `Pipeline` stands. `Who, role, said what.` is an attribution, and nothing else is."""

    version: ClassVar[str] = "1"
    cues: ClassVar[frozenset[str]] = frozenset(_ACTS)

    def __init__(self, settings: Settings | None = None) -> None:
        self.model = ModelVersion(name="by-hand", version=self.version)

    def read_many(self, items: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        """In order, some taken in advance, as the model's threads take them."""
        waiting: deque[Reading | Failure] = deque()
        for item in items:
            waiting.append(item if isinstance(item, Failure) else self._read_or_fail(item))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft()
        yield from waiting

    def _read_or_fail(self, document: Document) -> Reading | Failure:
        try:
            return self.read(document)
        except SourcelineError as error:
            return Failure(id=document.id, kind=error.kind, message=str(error))

    def read(self, document: Document) -> Reading:
        sources: dict[tuple[str, str | None], Source] = {}
        attributions = []
        for found in _SAYING.finditer(document.text):
            if found["cue"] in self.cues:
                known = (found["who"], found["role"])
                speaker = sources.setdefault(known, _source(f"s{len(sources) + 1}", document, found))
                attributions.append(_attribution(document, found, speaker.id))
        return Reading(
            document=document,
            attributions=tuple(attributions),
            sources=tuple(sources.values()),
            unattributed=(),
            lineage=Lineage.NOT_RECORDED,
            dates=(),
            quantities=(),
            places=(),
            notices=document.notices,
            model=self.model,
        )


class Newer(ByHand):
    """A later model, which takes no warning for an attribution."""

    version: ClassVar[str] = "2"
    cues: ClassVar[frozenset[str]] = ByHand.cues - {"warned"}


def pipeline_module(reader: type[ByHand] = ByHand) -> ModuleType:
    """What is to stand in `sys.modules` for `sourceline.pipeline`."""
    module: Any = ModuleType("sourceline.pipeline")
    module.Pipeline = reader
    return module  # type: ignore[no-any-return]


def start(*arguments: str | os.PathLike[str], **how: Any) -> subprocess.Popen[bytes]:
    """`sourceline` with this reader, in a process of its own."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, __file__, *(os.fspath(argument) for argument in arguments)]
    return subprocess.Popen(command, env=environment, **how)


def _source(id: str, document: Document, found: re.Match[str]) -> Source:
    named = found["who"] != "An official"
    return Source(
        id=id,
        name=found["who"],
        named=named,
        kind=SourceKind.PERSON if named else SourceKind.ANONYMOUS,
        role=found["role"],
        mentions=(Span.of(document.text, *found.span("who")),),
    )


def _attribution(document: Document, found: re.Match[str], speaker: str) -> Attribution:
    return Attribution(
        id=content_id(document.id, document.sha256, found.start()),
        source=(Span.of(document.text, *found.span("who")),),
        cue=(Span.of(document.text, *found.span("cue")),),
        content=(Span.of(document.text, *found.span("what")),),
        quote=Quotation.INDIRECT,
        act=_ACTS[found["cue"]],
        confidence=0.875,
        speaker=speaker,
    )


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
    sys.modules["sourceline.pipeline"] = pipeline_module()
    from sourceline.cli import main

    sys.exit(main())
