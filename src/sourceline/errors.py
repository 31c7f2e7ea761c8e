"""Everything that sourceline raises on purpose.

SourcelineError
├── InputError            what was given cannot be read
│   ├── MissingInput      no such file, or a folder where a file was expected
│   ├── UndecodableInput  bytes that are no text
│   ├── UnknownFormat     a kind of file that is not read
│   ├── EmptyInput        nothing is in it
│   ├── OversizedInput    more than may be held or unpacked
│   ├── DamagedInput      cut off, or not what its frame says
│   └── InvalidRecord     a line, row or item that is no document
├── FetchError            a web page could not be had
│   └── AddressRefused    a private or local address, and nobody asked for it
├── ArtefactError         the model's files are missing or differ from their digest
└── UsageError            options that do not go together
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


class FetchError(SourcelineError):
    kind = "fetch"


class AddressRefused(FetchError):
    kind = "address"


class ArtefactError(SourcelineError):
    kind = "artefact"


class UsageError(SourcelineError):
    kind = "usage"
