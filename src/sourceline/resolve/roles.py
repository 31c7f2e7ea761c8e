"""A speaker's role and affiliation, in the words that stand beside the name: title before it, apposition behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sourceline.lexicon.aliases import find_country
from sourceline.lexicon.nouns import NounClass, class_of, is_plural, is_role
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind, EntityMention
from sourceline.resolve.agreement import PREPOSITIONS, PRONOUNS
from sourceline.resolve.kinds import PARTIES
from sourceline.resolve.role_words import Range, Role, ends_sentence, is_function, split_role

_NOTHING = Role(None, None)
_WORD = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*\.?|[^\w\s]")
_HONORIFICS = words_of("honorifics")
_TITLES = words_of("titles")
_MODIFIERS = words_of("role modifiers")
_DETERMINERS = words_of("articles")
_STOPS = words_of("clause openers")
_LINKS = words_of("links")
_BODY_WORDS = words_of("bodies")
_PARENTHESIS = re.compile(r"\s?\(([A-Z])(?:[-–, ]+([A-Z][\w. ]{0,20}))?\)")
_BESIDE = re.compile(r"\s?\(([A-Z][\w.-]+(?: [A-Z][\w.-]+)?)\)")
_WHO_IS = re.compile(
    r",?\s+who\s+(?:\w+ly\s+)?(?:(?:is|was|has\sbeen)\s+(?:now\s+)?(?=(?:an?|the)\s)|be(?:came|comes)\s+|"
    r"(?:serve[sd]?|work(?:s|ed)|act(?:s|ed))\sas\s+)"
)
_IS = re.compile(r",?\s+(?:is|was|be(?:came|comes)|remains)\s+(?=[a-z]+\s)")
"""What leads from a name to its function in a sentence of its own: "Corvin was | director of the Dams Office"."""
_WHO_RUNS = re.compile(
    r",?\s+(?:who|which)\s+(?:\w+ly\s)?(?:chair|run|head|lead|direct|edit|own|found|manage|oversee)(?:s|ed)?\s+(?:the\s|an?\s)?"
)
_OF_BODY = re.compile(r",?\s+(?:of|from|with|for|at|in)\s+(?:the\s)?")
_APPOSED = re.compile(r"[’']?\s?(?:\([^)]{0,30}\))?,\s+(?:aged\s)?(?:\d{1,3},\s+)?(?!who\b|whose\b|which\b)")
_AS_WELL = re.compile(r"(?:also|formerly|once|then|now|long|currently|himself|herself)\s")
_DESCRIBED = re.compile(
    r"\b(?:(?:[Tt]he\s)?(?P<possessor>\w[\w -]{1,40}?)(?:[’']s|(?<=s)[’'])|[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|"
    r"[Oo]ur|[Mm]y)\s(?P<role>[^,.;:!?“”\"\n]{3,80}),\s+(?:(?!(?:and|but|or|while|as|when)\s)[\w.’'-]+\s+){0,3}$"
)
_UP_TO_NAME = re.compile(r",\s+(?:[\w.’'-]+\s+){0,3}")
"""How a description ends: quick to tell from the last comma, where the whole is slow to look for."""
_OWNED = re.compile(r"([^\W\d_a-z][\w.&-]*(?: [^\W\d_a-z][\w.&-]*){0,3})[’']s\s$")
_AGENT = re.compile(r"[a-z-]{3,}(?:er|or|ist|ian|man|woman|person|eer|ant|ent|ess|icon|foe|star|aire)")
"""What a noun for somebody who does something ends like, where nothing but such a noun is expected."""
_VERBS_TOO = frozenset(("accused", "chair", "coach", "guide", "head", "host", "judge", "monitor", "star", "tutor"))
_LONGEST = 160
_PRE_WORDS = 8


def find_role(
    text: str, name: EntityMention, first: int, last: int, names: Sequence[EntityMention], inside: bool
) -> Role:
    """Role and affiliation of the person named, as the words around this mention within [first, last) state them.

    `names`: those near, in order. `inside`: whether [first, last) is a source phrase, which holds nothing but the
    name and what describes it; elsewhere the description has to show itself by a noun of function.
    """
    behind = _apposition(text, name, last, names, inside)
    before = _title(text, name, first, names, inside)
    described = _apposed_before(text, name, first, names, inside)
    if described.role is not None and (inside or before.role is None):
        before = described
    role = before.role or behind.role
    affiliation = before.affiliation or behind.affiliation
    if before.role and behind.role and not before.affiliation and behind.affiliation:
        role = behind.role if _length(before.role) < 6 else before.role
    if affiliation is None:
        affiliation = _in_parentheses(text, name)
    if affiliation is None and (role is None or inside):
        return Role(role, _alone(text, name, first, last, names, inside))
    if role is None and not inside and _in_parentheses(text, name) is None:
        affiliation = None  # what merely stands near the name
    return Role(role, affiliation)


def _length(span: Range) -> int:
    return span[1] - span[0]


def _in_parentheses(text: str, name: EntityMention) -> Range | None:
    """The party of "Ana Ruiz (D-Corr.)", or the place or body of "Ana Ruiz (Corran)"."""
    reach = min(len(text), name.end + 40)
    party = _PARENTHESIS.match(text, name.end, reach)
    if party:
        return party.span(1)
    beside = _BESIDE.match(text, name.end, reach)
    return beside.span(1) if beside and not beside[1].isupper() else None


def _alone(
    text: str, name: EntityMention, first: int, last: int, names: Sequence[EntityMention], inside: bool
) -> Range | None:
    """The body of somebody without a function: "the Post’s Ana Ruiz", "Ana Ruiz of the Arms Board", "who runs it"."""
    owner = _OWNED.search(text, max(first, name.start - 60), name.start)
    if owner is not None and (inside or _is_body(text, owner.span(1), names)):
        return owner.span(1)
    runs = _WHO_RUNS.match(text, name.end, min(last, name.end + 60))
    if runs is not None:
        return _body_at(text, runs.end(), last, names)
    of = _OF_BODY.match(text, name.end, min(last, name.end + 20)) if inside else None
    if of is not None:
        body = _body_at(text, of.end(), last, names)
        return body if body is not None and _is_body(text, body, names) else None
    return None


def _body_at(text: str, start: int, last: int, names: Sequence[EntityMention]) -> Range | None:
    """The noun phrase that begins at `start`, as the body of a function would be read."""
    spans: list[Range] = []
    for word in _WORD.finditer(text, start, min(last, start + _LONGEST)):
        in_name = any(n.start <= word.start() < n.end for n in names)
        if not in_name and (not word.group()[0].isalnum() or word.group().lower() in _STOPS):
            break
        if spans and word.group().lower() in ("at", "in", "on", "since", "from", "until") and not in_name:
            break
        spans.append(word.span())
    return (spans[0][0], spans[-1][1]) if spans else None


def _is_body(text: str, span: Range, names: Sequence[EntityMention]) -> bool:
    if any(n.kind is EntityKind.ORGANISATION and n.start < span[1] and n.end > span[0] for n in names):
        return True
    return class_of(text[slice(*span)].split()[-1]) in (NounClass.ORGANISATION, NounClass.GOVERNMENT, NounClass.MEDIA)


def _title(text: str, name: EntityMention, first: int, names: Sequence[EntityMention], inside: bool) -> Role:
    start = max(first, name.start - _LONGEST)
    words = list(_WORD.finditer(text, start, name.start))
    kept: list[re.Match[str]] = []
    for word in reversed(words):
        plain = word.group().lower()
        if plain.endswith(".") and ends_sentence(word.group()):
            break
        if not word.group()[0].isalnum():
            if word.group() == "-" and kept:
                kept.append(word)
                continue
            break
        if not inside and not _may_be_title(word.group(), kept, text, word.start()):
            break
        joins = plain == "and" and bool(kept) and (inside or _is_title_noun(text, word.start()))
        if (plain in _STOPS and not joins) or len(kept) >= _PRE_WORDS or (plain in _LINKS and not inside):
            break
        kept.append(word)
        if plain in _DETERMINERS:
            break
    kept.reverse()
    while kept and (kept[0].group().lower() in _DETERMINERS | _STOPS | _LINKS or not kept[0].group()[0].isalnum()):
        kept.pop(0)
    while kept and kept[-1].group().lower() in _HONORIFICS:
        kept.pop()
    if not kept or not (any(is_function(word.group()) for word in kept[-3:]) or _is_agent(kept[-1].group())):
        return _NOTHING
    last = kept[-1].group()
    alone = len(kept) == 1 or last == "accused"
    if (last.islower() and is_plural(last)) or (not inside and alone and last in _VERBS_TOO):
        return _NOTHING
    return split_role(text, [word.span() for word in kept], names)


def _is_title_noun(text: str, end: int) -> bool:
    """Whether a noun of function stands before "and": "anchor | and news correspondent Ana Ruiz"."""
    before = text[max(0, end - 30) : end].split()
    return bool(before) and is_role(before[-1])


def _may_be_title(word: str, taken: list[re.Match[str]], text: str, at: int) -> bool:
    lower = word.lower()
    if lower in _HONORIFICS or lower in _TITLES or lower in _MODIFIERS or is_role(word) or lower in PARTIES:
        return True
    if not taken:
        return _is_agent(word)
    opens = at < 2 or text[at - 2 : at] in (". ", "\n\n", "! ", "? ") or text[at - 1] in '\n“"'
    proper = word[:1].isupper() and (not opens or find_country(word) is not None)
    return proper or lower in _BODY_WORDS or lower in _DETERMINERS or lower == "and"


def _is_agent(word: str) -> bool:
    return class_of(word) is None and word.lower() not in PREPOSITIONS and _AGENT.fullmatch(word) is not None


def _apposed_before(text: str, name: EntityMention, first: int, names: Sequence[EntityMention], inside: bool) -> Role:
    """The description in front of a name: "The port's director, Ana Ruiz,"."""
    start = max(first, name.start - _LONGEST)
    comma = text.rfind(",", start, name.start)
    if comma < 0 or _UP_TO_NAME.fullmatch(text, comma, name.start) is None:
        return _NOTHING
    match = _DESCRIBED.search(text, start, name.start)
    if match is None:
        return _NOTHING
    possessor = match.span("possessor") if match["possessor"] else None
    spans = [m.span() for m in _WORD.finditer(text, *match.span("role"))]
    link = next((i for i, s in enumerate(spans) if text[slice(*s)].lower() in PREPOSITIONS and i), len(spans))
    head = text[slice(*spans[link - 1])] if spans else ""
    if is_plural(head) or not (is_role(head) or (inside and _is_agent(head))):
        return _NOTHING
    found = split_role(text, spans, names)
    return Role(found.role, possessor or found.affiliation)


def _apposition(text: str, name: EntityMention, last: int, names: Sequence[EntityMention], inside: bool) -> Role:
    reach = min(last, name.end + 60)
    match = _WHO_IS.match(text, name.end, reach) or _APPOSED.match(text, name.end, reach)
    if match is None and not inside:
        match = _IS.match(text, name.end, reach)
    if match is None:
        return _NOTHING
    begin = match.end()
    as_well = _AS_WELL.match(text, begin)
    begin = as_well.end() if as_well else begin
    spans = _words_behind(text, begin, min(last, begin + _LONGEST), names)
    determined = bool(spans) and text[slice(*spans[0])].lower() in _DETERMINERS
    while spans and text[slice(*spans[0])].lower() in _DETERMINERS:
        spans.pop(0)
    if not spans:
        return _NOTHING
    link = next((i for i, s in enumerate(spans) if text[slice(*s)].lower() in PREPOSITIONS and i), len(spans))
    heads = [text[slice(*s)] for s in spans[:link]]
    plain = inside and heads[-1][:1].islower() and not heads[0].isdecimal() and not heads[0].endswith("ed")
    plain = plain and (determined or len(heads) < 4) and heads[0].lower() not in PREPOSITIONS
    if heads[0].lower() in PRONOUNS or is_plural(heads[-1]) or heads[-1] in ("accused", "suspect"):
        return _NOTHING
    if not plain and not any(is_function(word) for word in heads[-2:]) and not (inside and _is_agent(heads[-1])):
        return _NOTHING
    return split_role(text, spans, names)


def _words_behind(text: str, begin: int, end: int, names: Sequence[EntityMention]) -> list[Range]:
    """The words of an apposition, up to a mark or a word that opens a clause."""
    spans: list[Range] = []
    for word in _WORD.finditer(text, begin, end):
        lower = word.group().lower()
        in_name = any(n.start <= word.start() < n.end for n in names)
        joins = lower == "and" and bool(spans) and _goes_on(text, word.end())
        if not in_name and ((lower in _STOPS and not joins) or lower == "said"):
            break
        if not word.group()[0].isalnum() and not in_name:
            if word.group() in "'’-&":
                spans.append(word.span())
                continue
            break
        spans.append(word.span())
        if lower.endswith(".") and ends_sentence(word.group()):
            spans[-1] = (word.start(), word.end() - 1)
            break
    return spans


def _goes_on(text: str, at: int) -> bool:
    """Whether "and" goes on with the same function rather than with another: "economist and author", not "and a"."""
    following = text[at : at + 20].split()
    return bool(following) and following[0].lower() not in _DETERMINERS
