"""Everything that sourceline raises on purpose.

SourcelineError
├── InputError            what was given cannot be read
│   ├── MissingInput      no such file, or a folder where a file was expected
│   ├── UndecodableInput  bytes that are no text
│   ├── UnknownFormat     a kind of file that is not read
│   ├── EmptyInput        nothing is in it
│   ├── OversizedInput    more than may be held or unpacked
│   ├── DamagedInput      cut off, or not what its frame says
│   ├── InvalidRecord     a line, row or item that is no document
│   ├── InvalidAnnotation annotations that are broken or do not fit their text
│   ├── InvalidFeed       a feed or sitemap that is damaged, or declares entities
│   └── LimitReached      more than the settings allow: the rest was left
├── FetchError            a web page could not be had
│   ├── AddressRefused    a private or local address, and nobody asked for it
│   ├── RobotsDenied      the site's robots.txt asks programs to keep out
│   └── TryLater          a failure that may pass: no answer, too many requests, an error of the server
├── LedgerError           the ledger cannot be opened, read or written
│   ├── LedgerLocked      another program is writing
│   ├── LedgerFull        the disk is full, or may not be written to
│   ├── LedgerDamaged     the file is no ledger, or a broken one
│   └── LedgerNewer       the file was written by a later version
├── NotFound              the ledger has no such document, claim or source
├── ArtefactError         the model's files are missing or differ from their digest
└── UsageError            options that do not go together
    └── MissingExtra      what was asked needs a library that is not installed
"""

from __future__ import annotations


class SourcelineError(Exception):
    """The root. `str()` is one line that says what to do next."""

    kind = "error"


class InputError(SourcelineError):
    kind = "input"


class MissingInput(InputError):
    kind = "missing"


class UndecodableInput(InputError):
    kind = "undecodable"


class UnknownFormat(InputError):
    kind = "format"


class EmptyInput(InputError):
    kind = "empty"


class OversizedInput(InputError):
    kind = "oversized"


class DamagedInput(InputError):
    kind = "damaged"


class InvalidRecord(InputError):
    kind = "record"


class InvalidAnnotation(InputError):
    kind = "annotation"


class InvalidFeed(InputError):
    kind = "feed"


class LimitReached(InputError):
    kind = "limit"


class FetchError(SourcelineError):
    kind = "fetch"


class AddressRefused(FetchError):
    kind = "address"


class RobotsDenied(FetchError):
    kind = "robots"


class TryLater(FetchError):
    """`after`: the seconds that the server asked to wait, if it did."""

    kind = "later"

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class LedgerError(SourcelineError):
    kind = "ledger"


class LedgerLocked(LedgerError):
    kind = "locked"


class LedgerFull(LedgerError):
    kind = "full"


class LedgerDamaged(LedgerError):
    kind = "damaged"


class LedgerNewer(LedgerError):
    kind = "newer"


class NotFound(SourcelineError):
    kind = "not found"


class ArtefactError(SourcelineError):
    kind = "artefact"


class UsageError(SourcelineError):
    kind = "usage"


class MissingExtra(UsageError):
    kind = "extra"
