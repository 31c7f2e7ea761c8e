"""Names of outlets in a text: known ones, and those whose words say what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourceline.model.mention import EntityKind, EntityMention, MentionForm
from sourceline.resolve.sayings import IsMedia, Range
from sourceline.resolve.words import APOSTROPHES, DAYS, QUOTATION_MARKS, Word, word_set

OUTLET_WORDS = word_set(
    "news newspaper newspapers times post herald tribune journal ledger gazette observer examiner chronicle "
    "courier inquirer telegraph dispatch sentinel bulletin review daily weekly radio tv television broadcasting "
    "wire newswire press today magazine argus mercury register globe sun-times star-ledger spokesman-review "
    "podcast reporter advertiser"
)
"""Words that make a capitalised name an outlet's, when one of them is its head or its first word."""

SHOW_WORDS = word_set(
    "show today tonight morning press nation live hour friends news weekend report radio podcast newsroom "
    "newsnight tv week"
)

INSTITUTION_WORDS = word_set(
    "committee commission council court congress senate house parliament assembly department ministry office "
    "agency university college institute union party board bank police army force forces association federation "
    "foundation club conference convention campaign group court administration summit secretary office school "
    "church company corporation inc hearing inquiry inquest jury commons lords knesset duma bundestag kremlin "
    "pentagon white nations union us u.s u.n un eu nato fed fbi cia irs gop dnc rnc chamber cabinet treasury "
    "guild institute centre center forum synod tribunal delegates"
)

OUTLET_NOUNS = word_set(
    "newspaper paper magazine network broadcaster outlet station channel tabloid weekly daily agency website site "
    "publication journal bulletin podcast programme program"
)
"""Common nouns by which a text refers to an outlet."""

STAFF = word_set(
    "reporter reporters host hosts co-host anchor anchors correspondent correspondents interviewer editor editors "
    "journalist journalists columnist columnists moderator newsroom viewers readers listeners audience team crew "
    "editorial"
)

_LINKS = word_set("of the and for & de la on")


def find_names(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Word ranges [first, last) of the capitalised names, each without determiner and possessive ending.

    Lower-case links ("Bulletin of Atomic Scientists") are kept between two capitalised words.
    """
    at = 0
    while at < len(words):
        quoted = at > 0 and words[at - 1].text in QUOTATION_MARKS and words[at].is_capitalised
        if not (quoted or _opens_name(words[at])):
            at += 1
            continue
        end = at + 1
        while end < len(words) and end - at < 12:
            if _continues_name(words[end]) or (quoted and words[end].is_capitalised):
                end += 1
            elif words[end].lower in _LINKS and _next_capital(words, end + 1):
                end += 2 if _continues_name(words[end + 1]) else 3
            else:
                break
        yield at, end
        at = end


def _opens_name(word: Word) -> bool:
    return word.is_word and word.is_capitalised and word.lower not in DAYS and word.lower not in _PLAIN


_PLAIN = word_set("the a an in on at to i he she it we they but and as if this that asked when while for")


def _continues_name(word: Word) -> bool:
    return word.is_word and (word.is_capitalised or word.text.isdigit()) and word.lower not in DAYS


def _next_capital(words: Sequence[Word], at: int) -> bool:
    """A capitalised word here, or behind one more "the" ("Face the Nation", "State of the Union")."""
    if at < len(words) and words[at].lower == "the" and words[at - 1].lower != "the":
        at += 1
    return at < len(words) and words[at].is_word and words[at].is_capitalised and words[at].lower not in DAYS


class Outlets:
    """Which of a text's names are outlets: those that are known, and those that look it and that nothing contradicts.

    `names`: mentions by name in the text, as a tagger gave them; they only sharpen the decision.
    """

    def __init__(self, text: str, is_media: IsMedia, names: Sequence[EntityMention] = ()) -> None:
        self._text = text
        self._is_media = is_media
        self._kinds = {
            position: mention.kind
            for mention in names
            if mention.form is MentionForm.NAME
            for position in (mention.start, mention.end)
        }

    def is_known(self, words: Sequence[Word]) -> bool:
        return bool(words) and self._is_media(self._text[words[0].start : words[-1].end])

    def may_be_called(self, words: Sequence[Word]) -> bool:
        """Whether the name behind "told the" may be a paper's: "told the Bell", but not "told the Senate"."""
        lower = [word.lower for word in words]
        kind = self._kinds.get(words[0].start, self._kinds.get(words[-1].end))
        plural = words[-1].text.endswith("s") and not words[-1].text.endswith(("ss", "us", "ws"))
        return (
            len(words) < 5
            and kind not in (EntityKind.PERSON, EntityKind.PLACE)
            and not any(word in INSTITUTION_WORDS for word in lower)
            and not any(word.text.isupper() for word in words)
            and not plural
        )

    def may_be_title(self, words: Sequence[Word]) -> bool:
        """Whether the name may be that of a periodical: several words, and no place's or person's."""
        kind = self._kinds.get(words[0].start, self._kinds.get(words[-1].end))
        return len(words) > 2 and kind not in (EntityKind.PERSON, EntityKind.PLACE)

    def is_outlet(self, words: Sequence[Word], *, told: bool = False) -> bool:
        """Whether these words name an outlet. `told`: they stand where somebody or something is spoken to."""
        if not words:
            return False
        name = self._text[words[0].start : words[-1].end]
        if self._is_media(name):
            return True
        if any(self._is_media(self._text[words[0].start : word.end]) for word in words[:-1]):
            return True  # TMZ Sports, ABC 7: a known outlet's desk, station or edition
        kind = self._kinds.get(words[0].start, self._kinds.get(words[-1].end))
        if kind in (EntityKind.PERSON, EntityKind.PLACE):
            return False
        lower = [word.lower for word in words]
        if any(word in INSTITUTION_WORDS for word in lower):
            return False
        if len(words) > 1 and (lower[-1] in OUTLET_WORDS or lower[0] in OUTLET_WORDS or "news" in lower):
            return True
        if "of" in lower[1:-1] and lower[lower.index("of") - 1] in OUTLET_WORDS:
            return True
        return told and kind is EntityKind.ORGANISATION


def span_of(words: Sequence[Word]) -> Range:
    return words[0].start, words[-1].end


def is_possessive(words: Sequence[Word], at: int) -> int:
    """How many words of a possessive ending stand at `at`: 0, 1 ("’") or 2 ("’s")."""
    if at < len(words) and words[at].text in APOSTROPHES and at > 0 and words[at].start == words[at - 1].end:
        if at + 1 < len(words) and words[at + 1].text == "s" and words[at + 1].start == words[at].end:
            return 2
        if words[at - 1].text[-1:] in "sS":
            return 1
    return 0


def skip_quotation_mark(words: Sequence[Word], at: int) -> int:
    return at + 1 if at < len(words) and words[at].text in QUOTATION_MARKS else at
