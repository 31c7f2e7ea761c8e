"""The closed word lists of reference: pronouns and what they agree with, titles, particles, company forms."""

from __future__ import annotations

from enum import IntEnum


def listed(words: str) -> frozenset[str]:
    """The blank-separated words of a table."""
    return frozenset(words.split())


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

POSSESSIVES = listed("his her its their my our your")

MASCULINE_TITLES = frozenset(("mr", "mister", "sir", "lord", "king", "prince", "father", "brother", "herr", "señor"))
FEMININE_TITLES = frozenset(
    ("mrs", "ms", "miss", "madam", "madame", "lady", "dame", "queen", "princess", "sister", "frau", "señora")
)

TITLES = (
    MASCULINE_TITLES
    | FEMININE_TITLES
    | listed(
        """
        dr prof professor doctor rev reverend pastor pope rabbi imam sheikh president vice premier chancellor
        minister prime secretary deputy foreign sen senator rep representative congressman congresswoman gov
        governor mayor gen general lt lieutenant col colonel maj major capt captain sgt sergeant adm admiral cmdr
        commander officer judge justice hon honorable ambassador envoy chairman chairwoman chair ceo director
        attorney speaker detective inspector commissioner councillor councilman sheriff coach former acting
        majority minority leader chief spokesman spokeswoman spokesperson aunt uncle master squire st saint
        pres supt insp cpl msgr brig det atty sec matron
        emperor count countess baron duke duchess comrade ayatollah archbishop bishop cardinal rear then-president
        """
    )
)

PARTICLES = listed(
    """
    van von der den de del della di da dos du la le el al bin ibn bint ter ten zu zur abu af ag ap av y
    """
)

GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))

COMPANY_FORMS = listed(
    """
    inc corp corporation co company ltd limited llc plc nv sa ag gmbh group holdings holding lp llp spa ab oyj as
    asa se bv pte pty motors
    """
)

PREPOSITIONS = listed(
    """
    of for at from with in to by on about near under over after before between among against inside outside into
    via through who whose which that because since during without within including like as than around when where
    while if behind across along toward towards upon except whom
    """
)
"""Words that begin what follows the head of a noun phrase."""

STATES = listed(
    """
    ala ariz ark calif colo conn del fla ga ill ind kan ky la me md mass mich minn miss mo mont neb nev nh nj nm ny nc
    nd okla ore pa ri sc sd tenn tex vt va wash wva wis wyo dc
    """
)
"""Abbreviated states, which newspapers set after a town and a comma."""

NEVER_NAMES = (
    frozenset(PRONOUNS)
    | (PREPOSITIONS - listed("as"))
    | listed(
        """
        the a an this that these those some any no not and but or nor so yet then there here what why how yes oh well
        also however meanwhile still even only just now both each every all many most other another such one two three
        four five six seven eight nine ten is are was were be been being has have had do does did will would can could
        should may might must let said says say monday tuesday wednesday thursday friday saturday sunday january
        february march april june july august september october november december jan feb mar apr jun jul aug sept
        sep oct nov dec today yesterday tomorrow
        """
    )
)
"""What is no name by itself, though it may begin with a capital."""
