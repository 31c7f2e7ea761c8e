"""Identity of sources across documents: what is one by strong evidence or by judgement, and what may be."""

from sourceline.resolve.identity.identify import identify, judgement_conflicts
from sourceline.resolve.identity.judged import folded, judged_keys, linked_keys
from sourceline.resolve.identity.keys import name_keys
from sourceline.resolve.identity.profiles import may_be_several, profile_of
from sourceline.resolve.identity.proposals import propose

__all__ = [
    "folded",
    "identify",
    "judged_keys",
    "judgement_conflicts",
    "linked_keys",
    "may_be_several",
    "name_keys",
    "profile_of",
    "propose",
]
