"""Mentions: the propositions that one document puts, clause by clause, each with its stance and who says it."""

from sourceline.match.mentions.article import article_of
from sourceline.match.mentions.find import Vectors, find_mentions

__all__ = ["Vectors", "article_of", "find_mentions"]
