"""What a ledger has to say about a draft, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sourceline.model.lint import LintFinding
from sourceline.show.terminal.signs import Signs, safe_line

_LONGEST = 200


def lint_lines(finding: LintFinding, signs: Signs) -> Iterator[RenderableType]:
    """The line and the rule, the draft's words, what is wrong with them, and the ledger's words."""
    yield Text.assemble((f"line {finding.line:,}", "bold"), "  ", (finding.rule.value, "red"))
    yield _indented(_shortened(signs.quoted(finding.span.text)), "")
    yield _indented(safe_line(finding.message), "yellow")
    for evidence in finding.evidence:
        yield _indented(f"{safe_line(evidence.document)}: {_shortened(signs.quoted(evidence.span.text))}", "dim")
    if finding.claim is not None:
        yield _indented(f"sourceline trace {finding.claim}", "dim")


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _indented(words: str, style: str) -> RenderableType:
    grid = Table.grid(padding=(0, 0, 0, 2), expand=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(words, style=style))
    return grid
