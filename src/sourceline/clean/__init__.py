"""Cleaning: bytes to text, HTML to text and metadata, and the regions of every text."""
