"""Where a claim comes from, how many independent sources that is, and who disputes it."""

from sourceline.trace.edges import find_edges
from sourceline.trace.testimony import Setting, Testimony
from sourceline.trace.tracing import trace_claim

__all__ = ["Setting", "Testimony", "find_edges", "trace_claim"]
