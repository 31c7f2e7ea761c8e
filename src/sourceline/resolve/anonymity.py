"""The words in which an article says why it withholds a name."""

from __future__ import annotations

import re

Range = tuple[int, int]

_NOT_ALLOWED = r"(?:\s+not|n[’']t)\s(?:been\s)?(?:authori[sz]ed|allowed|permitted|cleared)"
_WHY = r"(?:because|so\s(?:as\sto|that)|in\sorder\sto|citing|for\sfear|fearing|to\s(?:discuss|speak|describe|avoid|be))"
_TAIL = r"[^.;“”\"\n]{3,160}?"
_REASON = re.compile(
    rf"""
    (?:
      (?:on|under)\s(?:the\s)?condition\s(?:of\sanonymity|that\s(?:he|she|they|his|her|their)\s
      [^.;,]{{0,40}}?not\sbe\s\w+)
      (?:\s{_WHY}\b{_TAIL})?
    | (?:asked|requested|wished|wanted|preferred|insisted|declined|refused)\s(?:on\s)?(?:not\s)?
      (?:to\sremain|to\sbe|be|being|anonymity)\s?(?:named|identified|quoted\sby\sname|anonymous)?(?:\s{_WHY}\b{_TAIL})?
    | (?:because|since|as)\s(?:he|she|they|the\s\w+)\s
      (?:is|are|was|were|had|has|have)?(?:{_NOT_ALLOWED}|\sfear\w*){_TAIL}
    | because\sof\sthe\ssensitiv{_TAIL}
    | (?:is|are|was|were){_NOT_ALLOWED}\sto\s(?:speak|talk|discuss|comment){_TAIL}
    | for\sfear\sof\s(?:reprisal|retaliation|retribution|being|losing){_TAIL}
    )
    (?=\s*(?:[,.;“”"\n]|\bsaid\b|\btold\b|$))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because|for fear|citing|fearing|so as|so that|(?:is|are|was|were) not|(?:is|are|was|were)n[’']t)",
    re.IGNORECASE,
)
_NEAR = 400
"""Code points before and after a source phrase in which its reason may stand."""
_SENTENCE_END = re.compile(r"[.!?][”\"’)]?\s|\n")


def find_reason(text: str, start: int, end: int) -> Range | None:
    """The stated reason for withholding the name of the source at [start, end): the clause from its "because", or the
    words that state the condition where no more is said. Only the sentence of the source is looked at."""
    low = max(0, start - _NEAR)
    for match in _SENTENCE_END.finditer(text, low, start):
        low = match.end()
    stop = _SENTENCE_END.search(text, end, min(len(text), end + _NEAR))
    high = stop.end() if stop else min(len(text), end + _NEAR)
    found = _REASON.search(text, low, high)
    if found is None:
        return None
    because = _BECAUSE.search(text, found.start(), found.end())
    first = because.start() if because else found.start()
    while first < found.end() and text[first] in " ,":
        first += 1
    return first, found.end()
