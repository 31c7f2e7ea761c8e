"""What kind of source a name or a phrase is (DESIGN section 1b)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sourceline.lexicon.aliases import find_country, find_entries
from sourceline.lexicon.nouns import NounClass, class_of, is_withheld
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind, EntityMention
from sourceline.model.source import SourceKind
from sourceline.resolve.source_phrases import Phrase, is_people, is_possessed

PARTIES = words_of("parties")
_GOVERNMENT = re.compile(
    r"\b(?:Ministr(?:y|ies)|Department|Police|Army|Navy|Air Force|Coast Guard|Guards?|Government|Administration|Senate|"
    r"Congress|Parliament|Cabinet|Embassy|Consulate|House|Council|Authority|Bureau|Treasury|Office|Directorate|State|"
    r"County|City|Kremlin|Pentagon|Sheriff|Customs|Patrol|Service|Forces|Inspectorate|Militia|Regime|Republic|Kingdom|Presidency)\b"
)
_MEDIA = re.compile(
    r"\b(?:Times|Post|News|Herald|Journal|Tribune|Gazette|Ledger|Magazine|Radio|TV|Television|Press|Courier|Chronicle|"
    r"Observer|Daily|Sunday|Weekly|Mail|Mirror|Telegraph|Sentinel|Dispatch|Globe|Wire|Network|Broadcasting|Review|"
    r"Bulletin|Examiner|Monitor|Standard|Star|Sun|Echo|Argus|Bee|Record|Register|Newspaper|Channel)\b|\.com\b"
)
_DOCUMENT = re.compile(
    r"\b(?:Report|Study|Survey|Poll|Act|Bill|Treaty|Convention|Constitution|Charter|Protocol|Agreement|Amendment|Index|"
    r"Census|Letter|Resolution|Directive|Order|Accord|Pact|Memorandum|Barometer|Outlook)\b"
)
_COURT = re.compile(r"\b(?:Court|Tribunal|University|College|Institute|Bank|Union|Party|Committee|Association)\b")
_STATE_MEDIA = re.compile(
    r"\b(?:state|local|national|official)(?:-run|-owned|-controlled)? (?:media|television|tv|radio|press)\b", re.I
)
_SHARE = re.compile(r"\b(?:\d+|\w+) (?:in|out of) (?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b")
"""A share of people: "six in 10"."""
_IN_THE_KNOW = re.compile(r"\b(?:close|familiar|briefed|knowledge|involved|aware|who|present|at|in|inside|within)\b")
"""What tells of people whose names are withheld rather than of people at large."""
_PEOPLE_OF_STATE = words_of("people of state")
_STATE_WORDS = words_of("state")
_GENERIC = words_of("generic")


def kind_of_name(name: str, kind: EntityKind) -> SourceKind:
    """The kind of a named source; `kind` is what the tagger takes it for."""
    entries = find_entries(name)
    kinds = {entry.kind for entry in entries}
    if is_people(name) and not entries:
        return SourceKind.GROUP
    if _STATE_MEDIA.search(name):
        return SourceKind.MEDIA
    if kind is not EntityKind.PERSON and len(kinds) == 1:
        return kinds.pop()
    if kind is EntityKind.PERSON:
        return SourceKind.PERSON
    if kind is EntityKind.PLACE:
        return SourceKind.GOVERNMENT
    if _DOCUMENT.search(name):
        return SourceKind.DOCUMENT
    if _COURT.search(name):
        return SourceKind.ORGANISATION
    if _MEDIA.search(name):
        return SourceKind.MEDIA
    if _GOVERNMENT.search(name):
        return SourceKind.GOVERNMENT
    return SourceKind.ORGANISATION


def kind_of_phrase(phrase: Phrase, names: Sequence[EntityMention], text: str) -> SourceKind:
    """The kind of a source that is only described. `names`: those within the phrase."""
    lower = [word.lower() for word in phrase.words]
    head = phrase.head.lower()
    noun = class_of(head)
    if _STATE_MEDIA.search(text[phrase.start : phrase.end]) or (head == "media"):
        return SourceKind.MEDIA
    if _SHARE.search(text, phrase.start, phrase.core[1]):
        return SourceKind.GROUP
    if head in PARTIES or find_country(phrase.head) is not None:
        return SourceKind.GROUP if phrase.is_plural or head in PARTIES else SourceKind.ANONYMOUS
    if noun is NounClass.DOCUMENT:
        return SourceKind.DOCUMENT
    if noun is NounClass.MEDIA:
        return SourceKind.MEDIA
    if noun is NounClass.GOVERNMENT:
        return SourceKind.GOVERNMENT
    if noun is NounClass.ORGANISATION:
        return SourceKind.ORGANISATION
    if noun is NounClass.COLLECTIVE:
        return SourceKind.GROUP
    if noun is None:
        return SourceKind.GROUP if phrase.is_plural else SourceKind.ANONYMOUS
    if phrase.is_plural:
        return _kind_of_people(phrase, lower, head, names, text)
    if noun is NounClass.OFFICE and phrase.determiner not in ("a", "an", "one", "another"):
        return SourceKind.PERSON
    if is_withheld(head) or phrase.determiner not in ("the", "his", "her", "their", "its", "my", "our", "'s"):
        return SourceKind.ANONYMOUS
    return SourceKind.PERSON


def _kind_of_people(
    phrase: Phrase, lower: list[str], head: str, names: Sequence[EntityMention], text: str
) -> SourceKind:
    if phrase.count is not None and phrase.count < 20:
        return SourceKind.ANONYMOUS
    if head in _PEOPLE_OF_STATE and phrase.determiner not in _GENERIC:
        places = any(n.start >= phrase.start and n.end <= phrase.core[1] for n in names)
        if places or head == "authorities" or any(word in _STATE_WORDS for word in lower[:-1]):
            return SourceKind.GOVERNMENT
    if (
        head == "people"
        and phrase.determiner in (None, "many", "most")
        and not _IN_THE_KNOW.search(text, phrase.core[1], phrase.end)
    ):
        return SourceKind.GROUP
    if is_withheld(head) or phrase.determiner == "several" or is_possessed(phrase):
        return SourceKind.ANONYMOUS
    return SourceKind.GROUP
