"""Collecting from the web: single pages, feeds and sitemaps, politely."""
