"""The text of the articles, written after the truth log."""
