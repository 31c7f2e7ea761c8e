"""Normalising: what the words of a date come to on the calendar."""
