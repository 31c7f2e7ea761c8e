"""What a site's robots.txt says, by RFC 9309."""

from __future__ import annotations

import math
import re

from protego import Protego

from sourceline.collect.names import shown
from sourceline.collect.web.exchange import PRODUCT, Answer
from sourceline.errors import RobotsDenied, TryLater

_READ = 512 * 1024
"""Bytes that are read of a robots.txt; RFC 9309 asks for 500 KiB at least."""
_MOST_WORK = 1_000_000
"""Rules times the agents that they are for, from which on the parser takes seconds: no honest file has so many."""
_NO_RULE = re.compile(r"\s*(?:#|site-?maps?\b|host\b)", re.IGNORECASE)
"""What ends no group of rules."""
_AGENT = re.compile(r"\s*user[\s-]?agent\b", re.IGNORECASE)


class Robots:
    """The rules for this program at one site."""

    def __init__(self, rules: Protego | None) -> None:
        self._rules = rules

    @property
    def delay(self) -> float:
        """The seconds that the site asks to wait between two pages; 0 where it does not."""
        found = self._rules.crawl_delay(PRODUCT) if self._rules is not None else None
        return found if found is not None and math.isfinite(found) and found > 0 else 0.0

    def check(self, url: str) -> None:
        """Raises RobotsDenied where the site asks programs to keep away from the address."""
        if self._rules is not None and not self._rules.can_fetch(url, PRODUCT):
            raise RobotsDenied(
                f"{shown(url)} is closed to programs by the site's robots.txt: open it in a browser and save the page"
            )


def read_robots(answer: Answer) -> Robots:
    """The rules in the answer to a request for robots.txt.

    A site without one (any 4xx) may be read, as may one that answers with a page. Raises TryLater where it cannot be
    told whether there is one, or where it is made so that reading it takes too long: nothing is asked of the site then.
    """
    if answer.status == 200:
        text = answer.body[:_READ].decode("utf-8-sig", "replace")
        if _work(text) > _MOST_WORK:
            raise TryLater(f"{shown(answer.url)} has too many rules to be read: tell its keeper")
        return Robots(Protego.parse(text))
    if 400 <= answer.status < 500 and answer.status not in (408, 425, 429):
        return Robots(None)
    raise TryLater(f"{shown(answer.url)} answered {answer.status}: try again later")


def _work(text: str) -> int:
    """How many pairs of an agent and a rule for it the text has, at most."""
    work, agents, ruled = 0, 0, False
    for line in text.splitlines():
        if _AGENT.match(line):
            agents = 1 if ruled else agents + 1
            work += agents
            ruled = False
        elif line.strip() and not _NO_RULE.match(line):
            ruled = True
            work += agents
    return work
