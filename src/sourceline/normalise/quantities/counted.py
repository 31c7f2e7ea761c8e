"""The noun that a number counts, in the text's own words."""

from __future__ import annotations

from dataclasses import dataclass

from sourceline.normalise.quantities.lexemes import Kind, Lexeme, Lexemes, word_set

_SKIPPED = {"more", "other", "others", "further", "additional", "another", "fewer", "less", "so"}
_PLURALS = word_set(
    "people men women children police cattle staff crew personnel folk youth clergy militia aircraft spacecraft "
    "warcraft sheep fish deer salmon species series headquarters barracks offspring poultry swine livestock oxen "
    "geese mice feet teeth lives criteria phenomena bacteria data media alumni cacti fungi nuclei crises analyses "
    "infantry cavalry rolling congressmen congresswomen councilmen policemen policewomen firemen fishermen gunmen "
    "servicemen servicewomen businessmen businesswomen spokesmen spokeswomen lawmen militiamen tribesmen craftsmen "
    "clergymen airmen seamen frenchmen englishmen irishmen dutchmen workmen salesmen horsemen grandchildren "
    "schoolchildren salespeople townspeople tribespeople"
)
_NOMINAL = word_set("dead injured wounded missing homeless unemployed displaced disabled elderly unaccounted")
"""Adjectives that count people by themselves: "17 dead"."""
_STOP = word_set(
    # function words
    "a an the this that these those its their his her our my your and or but nor so yet if as at by for from in into "
    "of off on onto out over per than then to toward towards under until up upon via with within without about above "
    "across after against along amid among around because before behind below beneath beside besides between beyond "
    "despite down during except inside like near outside past since through throughout though although unless while "
    "whereas when where which who whom whose what why how not no never also only just even still already almost "
    "nearly both each either neither all any some many most much several few i you he she it we they them us him "
    "there here too very apiece altogether together ago later earlier again away back overall total alone instead "
    "meanwhile however today yesterday tomorrow tonight now once twice every yes plus minus times "
    # auxiliaries and the commonest verbs of news
    "is are was were be been being am has have had having do does did done will would shall should can could may "
    "might must ought need say says said saying tell tells told add adds added went go goes gone come comes came get "
    "gets got make makes made take takes took taken give gives gave given see sees saw seen find finds found know "
    "knows knew think thinks thought want wants wanted become becomes became remain remains remained seem seems "
    "seemed show shows showed shown include includes included including leave leaves left lose loses lost hold holds "
    "held keep keeps kept put puts let begin begins began begun bring brings brought run runs ran stand stands stood "
    "fall falls fell fallen rise rises rose risen grow grows grew grown drop drops die dies died kill kills killed "
    "hit hits meet meets met win wins won vote votes voted call calls called ask asks asked plan plans planned "
    "work works live lives arrive arrives arrived return returns returned fight fights fought flee fled escape "
    "escaped strike strikes struck win speak speaks spoke write writes wrote sign signs signed fly flies flew "
    "according based worth deep high long wide tall thick heavy old aged available "
    "january february april june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday bc ad gmt utc et"
)
_NO_PLURAL = ("ss", "us", "is", "'s", "’s")
_HEADS_IN_STOP = frozenset(
    {
        "lives",
        "strikes",
        "works",
        "plans",
        "votes",
        "calls",
        "runs",
        "hits",
        "wins",
        "rises",
        "drops",
        "falls",
        "signs",
        "times",
        "leaves",
        "shows",
        "fights",
    }
)
"""Verbs that are plural nouns as well: read as nouns where no other noun stands in front of them."""
_ONE_IS_NO_COUNT = word_set("day time thing way hand another more last such side point fell too")
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Counted:
    start: int
    end: int
    after: int
    """The index of the first lexeme behind it."""


def read_counted(lexemes: Lexemes, index: int, *, singular: bool, of: bool) -> Counted | None:
    """The noun phrase that begins at that lexeme: close modifiers up to the first plural noun.

    `singular`: the number is one, so the noun has no plural to be known by. `of`: an "of" may stand between
    ("dozens of people").
    """
    at = _skip_of(lexemes, index) if of else index
    while lexemes[at].lower in _SKIPPED and not _breaks(lexemes[at]):
        at += 1
    first = at
    if singular and lexemes[first].lower in _ONE_IS_NO_COUNT:
        return None
    while at - first < _MOST_WORDS and _can_belong(lexemes, at, first, singular):
        if _is_plural(lexemes, at, first):
            at = _compound_end(lexemes, at)
            return Counted(lexemes[first].start, lexemes[at].end, at + 1)
        at += 1
        while _joins_word(lexemes, at):
            at += 2
            if _is_plural(lexemes, at - 1, first):  # "ex-soldiers"
                return Counted(lexemes[first].start, lexemes[at - 1].end, at)
    if singular:
        return _singular(lexemes, first, at)
    if lexemes[first].lower in _NOMINAL and not _breaks(lexemes[first]):
        return Counted(lexemes[first].start, lexemes[first].end, first + 1)
    return None


def _skip_of(lexemes: Lexemes, index: int) -> int:
    at = index
    if lexemes[at].lower in _SKIPPED and lexemes[at + 1].lower == "of":
        at += 1
    if lexemes[at].lower != "of":
        return index
    return at + 2 if lexemes[at + 1].lower in {"the", "its", "their", "his", "her", "our", "these", "those"} else at + 1


def _breaks(lexeme: Lexeme) -> bool:
    return "\n" in lexeme.gap and not lexeme.text.islower()


def _can_belong(lexemes: Lexemes, at: int, first: int, singular: bool) -> bool:
    word = lexemes[at]
    if word.kind is not Kind.WORD or word.glued or _breaks(word) or len(word.text) < 2:
        return False
    if word.lower in _HEADS_IN_STOP and (at == first or not singular):
        return True
    if word.lower in _STOP:
        return False
    # Behind the first word a past or an -ing form is a verb more often than an adjective.
    return at == first or not (word.lower.endswith(("ed", "ing")) and not _is_noun_behind(lexemes, at))


def _is_noun_behind(lexemes: Lexemes, at: int) -> bool:
    word = lexemes[at + 1]
    return word.kind is Kind.WORD and not word.glued and word.lower not in _STOP and _looks_plural(word)


def _joins_word(lexemes: Lexemes, at: int) -> bool:
    """Whether a hyphen and a word go on with the word before: "non-state groups"."""
    return (
        lexemes[at].text in {"-", "‑"}
        and lexemes[at].glued
        and lexemes[at + 1].glued
        and lexemes[at + 1].kind is Kind.WORD
    )


def _is_plural(lexemes: Lexemes, at: int, first: int) -> bool:
    word = lexemes[at]
    if lexemes[at + 1].text in {"-", "‑"} and lexemes[at + 1].glued:
        return False
    if word.lower in _NOMINAL and at == first:
        return not _is_noun_behind(lexemes, at)
    return _looks_plural(word)


def _looks_plural(word: Lexeme) -> bool:
    lower = word.lower
    return lower in _PLURALS or (len(lower) > 2 and lower.endswith("s") and not lower.endswith(_NO_PLURAL))


def _compound_end(lexemes: Lexemes, at: int) -> int:
    """ "arms dealers", "women soldiers": a plural in front of another plural only describes it."""
    behind = lexemes[at + 1]
    follows = behind.kind is Kind.WORD and not behind.glued and not _breaks(behind) and behind.lower not in _STOP
    same_case = behind.text[:1].islower() == lexemes[at].text[:1].islower()
    return at + 1 if follows and same_case and _looks_plural(behind) else at


def _singular(lexemes: Lexemes, first: int, after: int) -> Counted | None:
    if after == first:
        return None
    # Without a plural to go by, at most two words: what follows them is more often a verb than a noun.
    last = min(after, first + 2) - 1
    if last > first and not _describes(lexemes[first].lower):
        last = first
    while _joins_word(lexemes, last + 1):
        last += 2
    return Counted(lexemes[first].start, lexemes[last].end, last + 1)


def _describes(word: str) -> bool:
    return word in _ADJECTIVES or word.endswith(("ed", "ing", "al", "ous", "ive", "ful", "less", "ian", "ese", "ior"))


_ADJECTIVES = word_set(
    "new old young big small large little good bad local state army police navy air bomb school bus fishing rebel "
    "british french german dutch irish chinese foreign civilian government health aid top key major minor dead "
    "high low male female public private free full main own single single-handed deputy chief"
)
