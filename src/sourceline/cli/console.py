"""The terminal that a command writes to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sourceline.errors import UsageError
from sourceline.show.terminal.reading import LeavingConsole

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


def open_console(color: str) -> Console:
    """Standard output with colour only where it is wanted: https://no-color.org, and never into a file or a pipe."""
    if sys.stdout is None:  # closed before the interpreter started
        raise UsageError("standard output is closed: redirect it to a file")
    colourless = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    styled = color == "always" or (color == "auto" and sys.stdout.isatty() and not colourless)
    if (reconfigure := getattr(sys.stdout, "reconfigure", None)) is not None:
        reconfigure(errors="replace")
    return LeavingConsole(
        file=sys.stdout,
        force_terminal=styled,
        color_system="standard" if styled else None,
        no_color=not styled,
        legacy_windows=False,
    )


@contextmanager
def progress_bar(unit: str, *, timed: bool = False) -> Iterator[Progress | None]:
    """A bar on standard error where that is a terminal, None where nobody looks.

    `timed`: with the time that is left, where a total will be known.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    ]
    with Progress(
        *columns,
        *([TimeRemainingColumn()] if timed else []),
        TextColumn("{task.fields[said]}", style="dim"),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        yield progress
