"""sourceline reads news and says who said what.

    import sourceline as sl

    reading = sl.read_text("“Exports fell 4% in May,” said Ana Ruiz, the trade minister.")
    for attribution in reading.attributions:
        source = reading.source_of(attribution)
        print(attribution.act, source.name if source else "not told", attribution.wording)

    with sl.open("news.db") as ledger:
        ledger.add("articles/*.html", "https://outlet.example/feed.xml")
        for finding in ledger.search("declared sites"):
            print(finding.version.outlet, finding.attribution.wording)
        for claim in ledger.claims("declared sites", min_outlets=3):
            print(claim.statement, ledger.trace(claim).independent_origins)

Importing this loads nothing else: each name is fetched when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing's own takes longer to load than everything else here
if TYPE_CHECKING:
    from sourceline.errors import SourcelineError
    from sourceline.ledger.ledger import Ledger, open  # noqa: A004  (sourceline.open is meant)
    from sourceline.model.evidence import Version
    from sourceline.model.judgement import Judgement, Verdict
    from sourceline.model.lint import LintFinding
    from sourceline.model.query import ClaimSummary, Finding, Query, SourceSummary
    from sourceline.model.reading import ModelVersion, Reading
    from sourceline.model.source import Lineage, Source, SourceKind
    from sourceline.model.speech import Act, Assertion, Attribution, Quotation
    from sourceline.model.text import Document, Region, RegionKind, Span
    from sourceline.model.trace import Edge, Interval, Origin, Trace
    from sourceline.model.value import Date, Place, PlaceUse, Quantity
    from sourceline.read import read_file, read_text, read_url

__version__ = "0.1.0"

__all__ = [
    "Act",
    "Assertion",
    "Attribution",
    "ClaimSummary",
    "Date",
    "Document",
    "Edge",
    "Finding",
    "Interval",
    "Judgement",
    "Ledger",
    "Lineage",
    "LintFinding",
    "ModelVersion",
    "Origin",
    "Place",
    "PlaceUse",
    "Quantity",
    "Query",
    "Quotation",
    "Reading",
    "Region",
    "RegionKind",
    "Source",
    "SourceKind",
    "SourceSummary",
    "SourcelineError",
    "Span",
    "Trace",
    "Verdict",
    "Version",
    "__version__",
    "open",
    "read_file",
    "read_text",
    "read_url",
]

_HOMES = {
    "sourceline.errors": ("SourcelineError",),
    "sourceline.ledger.ledger": ("Ledger", "open"),
    "sourceline.model.evidence": ("Version",),
    "sourceline.model.judgement": ("Judgement", "Verdict"),
    "sourceline.model.lint": ("LintFinding",),
    "sourceline.model.query": ("ClaimSummary", "Finding", "Query", "SourceSummary"),
    "sourceline.model.reading": ("ModelVersion", "Reading"),
    "sourceline.model.source": ("Lineage", "Source", "SourceKind"),
    "sourceline.model.speech": ("Act", "Assertion", "Attribution", "Quotation"),
    "sourceline.model.text": ("Document", "Region", "RegionKind", "Span"),
    "sourceline.model.trace": ("Edge", "Interval", "Origin", "Trace"),
    "sourceline.model.value": ("Date", "Place", "PlaceUse", "Quantity"),
    "sourceline.read": ("read_file", "read_text", "read_url"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
