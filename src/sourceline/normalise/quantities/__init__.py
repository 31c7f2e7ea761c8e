"""Amounts as intervals, with their units and the nouns they count."""
