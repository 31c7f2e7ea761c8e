from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.web.exchange import Answer
from sourceline.collect.web.robots import Robots, read_robots
from sourceline.errors import RobotsDenied, TryLater


def robots(text: str | bytes, status: int = 200) -> Robots:
    body = text.encode() if isinstance(text, str) else text
    url = "https://beacon.example/robots.txt"
    return read_robots(Answer(url=url, status=status, headers={}, body=body, retrieved=datetime.now(UTC)))


def allowed(rules: Robots, path: str) -> bool:
    try:
        rules.check(f"https://beacon.example{path}")
    except RobotsDenied:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "path", "may"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*?print", "/a?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf.html", True),
        ("User-agent: others\nDisallow: /", "/a", True),
        ("User-agent: SourceLine\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /é", "/%C3%A9", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("<!doctype html><title>Welcome</title><p>No such page: /robots.txt", "/a", True),
    ],
)
def test_the_longest_rule_counts(text: str, path: str, may: bool) -> None:
    assert allowed(robots(text), path) is may


@pytest.mark.parametrize(
    ("given_delay", "delay"), [("2", 2), ("0.5", 0.5), ("-1", 0), ("soon", 0), ("nan", 0), ("1e999", 0), ("", 0)]
)
def test_the_delay_is_a_finite_number_of_seconds(given_delay: str, delay: float) -> None:
    assert robots(f"User-agent: *\nCrawl-delay: {given_delay}").delay == delay


def test_only_a_beginning_of_an_endless_robots_is_read() -> None:
    text = "User-agent: *\nDisallow: /a\n" + "# said\n" * 100_000 + "Disallow: /b\n"
    assert not allowed(robots(text), "/a")
    assert allowed(robots(text), "/b")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(4000)) + "".join(f"Disallow: /{n}\n" for n in range(4000)),
        "".join(f"User-agent: a{n}\nSitemap: /s\n" for n in range(4000)) + "Disallow /a\n" * 4000,
        "User-agent: *\n" + "".join(f"Disallow: /{'*a' * 20}{n}$\n" for n in range(4000)),
        "User-agent: *\nDisallow: /" + "*a" * 200_000,
    ],
)
def test_rules_made_to_take_long_take_no_longer(text: str) -> None:
    start = time.process_time()
    try:
        allowed(robots(text), "/" + "a" * 3000)
    except TryLater as failure:
        assert "too many rules" in str(failure)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("status", [301, 408, 429, 500, 503, 999])
def test_where_it_cannot_be_told_nothing_is_allowed(status: int) -> None:
    with pytest.raises(TryLater, match=str(status)):
        robots("", status)


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_rules_or_none(raw: bytes, path: str) -> None:
    rules = robots(raw)
    assert rules.delay >= 0
    allowed(rules, "/" + path.encode("utf-8", "replace").hex())


@given(
    st.lists(
        st.sampled_from(
            [
                "User-agent: *",
                "User-agent: sourceline",
                "Disallow: /a*b$",
                "Allow: %",
                "Crawl-delay: 1e5",
                "Disallow",
                ":",
            ]
        )
    )
)
def test_any_order_of_lines_is_read(lines: list[str]) -> None:
    allowed(robots("\n".join(lines)), "/a%zz%b")
