"""Collecting: files, standard input, web pages and JSONL records, as untouched snapshots and validated records."""
