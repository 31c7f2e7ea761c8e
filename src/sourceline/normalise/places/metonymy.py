"""When a place name stands for its government, army or team: "Paris denied", "talks between Moscow and Kyiv".

The function is read from the words right before and after the name. What no cue shows is literal.
"""

from __future__ import annotations

import re

WINDOW = 80
"""Code points that are read before and after the name."""
LONGEST_SPEAKER = 200
"""Code points of a source span that is nothing but names."""

_VERBS = """
    abandon abstain accept accuse acknowledge add admit adopt agree aim alert allege announce answer appeal appoint
    approve argue ask assert assist assure authorise authorize avenge back balk believe blame block boycott brand
    call cancel caution challenge cite claim clamp compel complain concede condemn conduct confirm consider contest
    cooperate criticise criticize decide declare decline defend demand denounce deny deploy deport describe devalue
    dismiss dispute divert doubt downplay elect embrace encourage endorse enforce ensure expel express extend fear
    finance foil grant hail halt hope ignore impede impose indicate inform insist intend intercept intervene invade
    invite issue join launch lift lobby maintain meddle mobilise mobilize negotiate nominate note object oblige
    offer oppose order outlaw pardon persuade pledge praise prefer pressure pretend prevent proclaim prohibit
    promise promote propose provoke punish pursue push raise ratify react reaffirm rebut recall recognise recognize
    reconsider refuse regard reiterate reject release rely rename renew repay repeat reply report request resist
    respond restrict resume retain retaliate reveal sanction scrap seize shelve side signal stage station stockpile
    stress suggest summon support suspect suspend threaten tighten tolerate treat try underline underscore unveil
    urge veto view violate vow want warn welcome wish worry
"""
_IRREGULAR = (
    "says?|said|saying|tells?|told|telling|thinks?|thought|knows?|knew|seeks?|sought|seeking|sends?|sent|sending|"
    "withdraws?|withdrew|withdrawing|forbids?|forbade|banned|signs?|signed|signing|fought|fighting|plans|planned|"
    "planning|dropped|dropping|stopped|admitted|admitting|gives?|gave|held on|holds out|held out|backed down|hit back|"
    "hits back|beats?|won|wins|lost to|loses to|drew with|draws with|defeats?|defeated|scores?|scored|qualified"
)
_ADVERB = (
    r"(?:ha(?:s|ve|d)|will|would|could|may|might|must|should|can|do(?:es)?|did|is|was|are|were|be|been|not|never|"
    r"(?:did|does|do|ha[sd]|have|would|could|should|is|was|were|are|wo|ca)n['’]t|"
    r"also|again|still|now|then|later|long|once|already|often|always|since|just|soon|first|only|even|too|itself|both|"
    r"[a-z]{2,15}ly|today|yesterday|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:last|this|earlier this) (?:week|month|year))"
)
_BLAMED = frozenset(
    {"accused", "blamed", "condemned", "criticised", "criticized", "denounced", "suspected", "urged", "warned"}
)
"""What is done to a government even where the place is the passive subject ("Russia was accused")."""


def _forms(verb: str) -> str:
    """An alternation of a regular verb's base, -s, -ed and -ing."""
    if verb.endswith("e"):
        return f"{verb}[sd]?|{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb}|{verb[:-1]}(?:ies|ied)|{verb}ing"
    return f"{verb}(?:{'es' if verb.endswith(('s', 'sh', 'ch', 'x')) else 's'}|ed|ing)?"


_ACTS = re.compile(
    rf"(?P<aids>(?: {_ADVERB}){{0,4}}) (?P<verb>{'|'.join(map(_forms, _VERBS.split()))}|{_IRREGULAR})\b(?! by\b)"
)
_PASSIVE = re.compile(r" (?:is|was|are|were|be|been)\b")
_OWNS = re.compile(
    r"['’]s? (?:[a-z-]+ ){0,2}(?:refusal|denial|decision|claims?|allegations?|accusations?|demands?|offer|threats?|"
    r"warnings?|insistence|stance|position|polic(?:y|ies)|response|reaction|reply|request|proposals?|plans?|pledge|promise|"
    r"vow|intentions?|ambitions?|willingness|reluctance|silence|statement|assertions?|assurances?|aggression|invasion|"
    r"retaliation|sanctions|ultimatum|objections?|opposition|backing|criticism|victory|defeat|win|loss|diplomacy|"
    r"interests?|concerns?|commitment|compliance|rejection|withdrawal|nuclear program(?:me)?|missile tests?)\b"
)
_DEALING = (
    r"(?:talks?|negotiations?|relations?|relationship|ties|tensions?|war|conflict|dispute|row|deal|agreement|treaty|pact|"
    r"alliance|accord|truce|ceasefire|standoff|stand-off|rivalry|summit|meetings?|dialogue|diplomacy|rapprochement|"
    r"friction|trade|cooperation|co-operation|match|game|final|clash|hostilities|understanding|exchanges?|feud|rift)"
)
_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_BETWEEN = re.compile(rf"\b(?i:{_DEALING}) between (?:the )?(?:{_NAME},? (?:and|,) (?:the )?)?\Z")
_DONE_TO = "|".join(
    [
        "accus",
        "blam",
        "denounc",
        "urg",
        "persuad",
        "convinc",
        "invit",
        "pressur",
        "criticis",
        "criticiz",
        "recognis",
        "recogniz",
    ]
)
_OPPOSITE = re.compile(
    rf"\b(?:(?i:{_DEALING}) with|"
    r"(?i:sanctions?|threats?|charges?|war|strikes?|allegations?|accusations?|victory|win) (?:on|against|over)|"
    r"(?i:pressure|embargo|sanctions) (?:on|upon)|"
    r"(?:negotiat(?:e|es|ed|ing)|at war|cooperat(?:e|es|ed|ing)|allied|sided) with|"
    rf"beat|defeated|thrashed|lost to|drew with|(?:{_DONE_TO})(?:e|es|ed|ing)|"
    r"(?:condemn|warn|ask|sanction|threaten)(?:s|ed|ing)?|tells?|told|telling) (?:the )?\Z"
)
_FREE = re.compile(
    r"\Z|[.,;:!?)\]\"”’']{1,2}(?:\s|\Z)|\s(?:of|to|that|for|over|about|and|or|on|not|against|in|last|this|with|after|as|"
    r"from|while|when|if|but|because|is|has|was|will|at|by|who|which|before|during|until|unless|"
    r"have|had|would|could|can|may|might|should|must|are|were|be|broke|began|went|came|fell|grew|rose|[a-z]+ed)\b|\s\W"
)
"""What follows a name that stands by itself and is not the first word of a longer one ("Paris police")."""
_PREPOSITION = re.compile(
    r"(?:^|[\s(])(?:[Ii]n|[Aa]t|[Ff]rom|[Ww]ith|[Ff]or|[Nn]ear|of|to|across|around|inside|outside|into|through|towards?|"
    r"via|by|on|over|throughout|within|beyond|behind|off|about|against|under|than|as|like|between|visit|visiting|left|"
    r"reached) "
    rf"(?:both )?(?:the )?(?:[a-z]+ern )?(?:{_NAME}(?:, and |, | and )(?:the )?){{0,3}}\Z"
)
_JOINT_BEFORE = re.compile(rf"\s*(?:[Bb]oth )?(?:(?:[Tt]he )?{_NAME}(?:, and |, | and | or ))*(?:[Tt]he )?")
_JOINT_AFTER = re.compile(r"\s*(?:(?:, and|,| and| or) (?:the )?[A-Z].*)?", re.DOTALL)
_AND_OTHER = re.compile(rf" and (?:the )?{_NAME}")


def stands_for_people(text: str, start: int, end: int) -> bool:
    """Whether the place named at [start, end) acts or is dealt with, rather than being where something is."""
    if text[max(start, end - 2) : end] in ("'s", "’s"):
        end -= 2
    before = text[max(0, start - WINDOW) : start].replace("\n", " ")
    after = text[end : end + WINDOW].replace("\n", " ")
    if _OWNS.match(after):
        return True
    if _FREE.match(after) and (_BETWEEN.search(before) or _OPPOSITE.search(before)):
        return True
    if _PREPOSITION.search(before):
        return False
    joint = _AND_OTHER.match(after)
    act = _ACTS.match(after, joint.end() if joint else 0)
    if act is None:
        return False
    passive = _PASSIVE.search(act["aids"]) and not act["verb"].endswith("ing")
    return not passive or act["verb"] in _BLAMED


def is_whole_speaker(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether the name at [start, end) is all of the source span [first, last), or one of the names joined in it."""
    if not first <= start < end <= last or last - first > LONGEST_SPEAKER:
        return False
    return bool(_JOINT_BEFORE.fullmatch(text, first, start) and _JOINT_AFTER.fullmatch(text, end, last))
