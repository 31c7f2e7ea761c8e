"""Collecting: files, standard input, the web and JSONL records, as untouched snapshots and validated records."""
