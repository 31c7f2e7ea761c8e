from __future__ import annotations

import time

import pytest

from sourceline.collect.web.prologue import root_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"<rss>", "rss"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- a <b> --><!DOCTYPE c [<!ELEMENT d ANY>]>\n<rdf:RDF a='b'>", "rdf"),
        ("<?xml version='1.0'?><feed/>".encode("utf-16"), "feed"),
        ("<feed/>".encode("utf-16-be"), "feed"),
        (b"<!DOCTYPE html><HTML lang=en>", "html"),
        (b"text <rss>", None),
        (b"<rss", None),
        (b"", None),
        (b"<!--" * 2000, None),
        (b"<!DOCTYPE " * 900, None),
        (b"<!DOCTYPE r [" * 100_000, None),
        (b"<!DOCTYPE r [<!ENTITY a '\"]>'><!-- ' ]> --><?x \" ?>]>" + b" " * 9_000 + b"<feed>", "feed"),
        (b"<!--" + b"x" * 8_181 + b"--> <rss><channel/></rss>", "rss"),
    ],
)
def test_the_first_element_is_found(raw: bytes, name: str | None) -> None:
    start = time.process_time()
    assert root_name(raw) == name
    assert time.process_time() - start < 1
