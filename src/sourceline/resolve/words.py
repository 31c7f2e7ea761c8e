"""The closed word lists of reference: pronouns and what they agree with, titles, particles, company forms."""

from __future__ import annotations

from enum import IntEnum


class Agreement(IntEnum):
    """What a pronoun, or the pronouns that an entity would take, agree in."""

    HE = 0
    SHE = 1
    IT = 2
    THEY = 3
    FIRST = 4
    FIRST_PLURAL = 5
    SECOND = 6


PRONOUNS: dict[str, Agreement] = {
    **dict.fromkeys(("he", "him", "his", "himself"), Agreement.HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), Agreement.SHE),
    **dict.fromkeys(("it", "its", "itself"), Agreement.IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), Agreement.THEY),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), Agreement.FIRST),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), Agreement.FIRST_PLURAL),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), Agreement.SECOND),
}

MASCULINE_TITLES = frozenset(("mr", "mister", "sir", "lord", "king", "prince", "father", "brother", "herr", "señor"))
FEMININE_TITLES = frozenset(
    ("mrs", "ms", "miss", "madam", "madame", "lady", "dame", "queen", "princess", "sister", "frau", "señora")
)

TITLES = (
    MASCULINE_TITLES
    | FEMININE_TITLES
    | frozenset(
        (
            *("dr", "prof", "professor", "doctor", "rev", "reverend", "pastor", "pope", "rabbi", "imam", "sheikh"),
            *("president", "vice", "premier", "chancellor", "minister", "prime", "secretary", "deputy", "foreign"),
            *("sen", "senator", "rep", "representative", "congressman", "congresswoman", "gov", "governor", "mayor"),
            *("gen", "general", "lt", "lieutenant", "col", "colonel", "maj", "major", "capt", "captain", "sgt"),
            *("sergeant", "adm", "admiral", "cmdr", "commander", "officer", "judge", "justice", "hon", "honorable"),
            *("ambassador", "envoy", "chairman", "chairwoman", "chair", "ceo", "director", "attorney", "speaker"),
            *("detective", "inspector", "commissioner", "councillor", "councilman", "sheriff", "coach", "former"),
            *("acting", "majority", "minority", "leader", "chief", "spokesman", "spokeswoman", "spokesperson"),
            *("aunt", "uncle", "master", "squire", "st", "saint", "emperor", "count", "countess", "baron", "duke"),
            *("duchess", "comrade", "ayatollah", "archbishop", "bishop", "cardinal", "rear", "then-president"),
        )
    )
)

PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn")
    + ("ben", "ter", "ten", "zu", "zur", "abu", "st", "af", "av", "mac", "y")
)

GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))

COMPANY_FORMS = frozenset(
    ("inc", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "nv", "sa", "ag", "gmbh", "group")
    + ("holdings", "holding", "lp", "llp", "spa", "ab", "oyj", "as", "asa", "se", "bv", "pte", "pty", "motors")
)

PREPOSITIONS = frozenset(
    ("of", "for", "at", "from", "with", "in", "to", "by", "on", "about", "near", "under", "over", "after", "before")
    + ("between", "among", "against", "inside", "outside", "into", "via", "through", "who", "whose", "which", "that")
    + ("because", "since", "during", "without", "within", "including", "like", "as", "than", "around", "when", "where")
    + ("while", "if", "behind", "across", "along", "toward", "towards", "upon", "except", "who", "whom")
)
"""Words that begin what follows the head of a noun phrase."""
