"""Same claim: which mentions of many articles put one proposition, and on which side of it each stands."""

from sourceline.match.claims.decision import KEPT, Likeness, Reason, compare, compare_many, reasons_in_words
from sourceline.match.claims.gather import JOINING, Clustering, Judged, Node, cluster, with_rivals
from sourceline.match.claims.index import ClaimIndex, match_claims
from sourceline.match.claims.keys import MOST_ARTICLES, MOST_NODES, keys_of, keys_of_sketch, story_keys
from sourceline.match.claims.sketch import Sketch, sketch_of, sketches_of

__all__ = [
    "JOINING",
    "KEPT",
    "MOST_ARTICLES",
    "MOST_NODES",
    "ClaimIndex",
    "Clustering",
    "Judged",
    "Likeness",
    "Node",
    "Reason",
    "Sketch",
    "cluster",
    "compare",
    "compare_many",
    "keys_of",
    "keys_of_sketch",
    "match_claims",
    "reasons_in_words",
    "sketch_of",
    "sketches_of",
    "story_keys",
    "with_rivals",
]
