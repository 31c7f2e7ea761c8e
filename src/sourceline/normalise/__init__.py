"""Dates, quantities and places: what the words of a document amount to."""
