from __future__ import annotations

import time

import pytest

from sourceline.collect.names import one_line, shown, without_password


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://ana:geheim@outlet.example/a", "https://outlet.example/a"),
        ("HTTP://ana@outlet.example:8080", "HTTP://outlet.example:8080"),
        ("https://ana:ge@heim@outlet.example/a@b", "https://outlet.example/a@b"),
        ("https://ana:ge/he?i#m@outlet.example/a", "https://outlet.example/a"),
        ("https://ana:1/geheim@outlet.example/a", "https://ana:1/geheim@outlet.example/a"),
        ("https://outlet.example/@ana/a", "https://outlet.example/@ana/a"),
        ("https://outlet.example:8080/@ana", "https://outlet.example:8080/@ana"),
        ("https://[2001:db8::1]:8080/@ana", "https://[2001:db8::1]:8080/@ana"),
        ("https://outlet.example/a?by=ana@outlet.example", "https://outlet.example/a?by=ana@outlet.example"),
        ("ana@outlet.example", "ana@outlet.example"),
    ],
)
def test_no_password_is_shown(address: str, seen: str) -> None:
    assert shown(address) == seen
    assert without_password(f"see {address} or {address}") == f"see {seen} or {seen}"


@pytest.mark.parametrize("text", ["://" * 30_000, "://a:b" * 20_000, "://" + "a:@" * 30_000, "://a:" + "b/" * 50_000])
def test_odd_addresses_take_no_longer(text: str) -> None:
    start = time.process_time()
    without_password(text)
    assert time.process_time() - start < 2


def test_a_name_on_one_line_is_whole() -> None:
    name = "a\nb\x1b[31m\udcff" + "c" * 500
    assert (
        one_line(name)
        == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}" + "c" * 500
    )
    assert shown(name).endswith("…")
