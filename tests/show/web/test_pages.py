"""Every page over the example world, as the model read it: whatever is linked is there, and nothing is inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sourceline.show.web.rendering import NAVIGATION
from tests.show.web.browser import Browser

_MOST = 150


def test_every_link_leads_somewhere(world_browser: Browser) -> None:
    waiting, met = [path for path, _ in NAVIGATION], set[str]()
    targets: dict[str, set[str]] = {}
    wanted: set[tuple[str, str]] = set()
    while waiting and len(met) < _MOST:
        path = waiting.pop(0)
        if path in met:
            continue
        met.add(path)
        page = world_browser.get(path)
        targets[path] = set(page.ids)
        assert len(page.ids) == len(targets[path]), f"an id of {path} is there twice"
        assert not any("style" in given or any(n.startswith("on") for n in given) for _, given in page.tags), path
        assert not page.all("style") and all(script.get("src") for script in page.all("script")), path
        for link in page.links:
            target, _, fragment = link.partition("#")
            wanted.add((target, fragment))
            waiting.append(target)
    assert len(met) == _MOST
    missing = {(path, at) for path, at in wanted if at and path in targets and at not in targets[path]}
    assert not missing


@pytest.mark.parametrize("path", [path for path, _ in NAVIGATION])
def test_pages_are_small(world_browser: Browser, path: str) -> None:
    answer = world_browser.client.get(path)
    assert len(answer.content) <= 150_000
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_the_navigation_marks_where_one_is(world_browser: Browser) -> None:
    for path, _ in NAVIGATION[1:]:
        here = [link["href"] for link in world_browser.get(path).all("a") if "aria-current" in link]
        assert path in here


def test_a_list_goes_on_to_its_end_and_back(world_browser: Browser) -> None:
    path, seen = "/?q=act:state", list[str]()
    while True:
        page = world_browser.get(path)
        seen += [link for link in page.links if link.startswith("/articles/") and "#t-" in link]
        following = [link["href"] for link in page.all("a") if link.get("rel") == "next"]
        if not following:
            break
        path = following[0] or ""
    assert len(seen) == len(set(seen)) > 100
    count = re.search(r"said ([0-9,]+)", page.text)
    assert count is not None and int(count[1]) == len(seen)
    first = [link["href"] for link in page.all("a") if link.get("rel") == "first"]
    assert world_browser.get(first[0] or "").text == world_browser.get("/?q=act:state&show=said").text


def test_a_finding_leads_to_its_words(world_browser: Browser) -> None:
    link = next(link for link in world_browser.get("/?q=drums&show=said").links if "#t-" in link)
    path, _, at = link.partition("#")
    page = world_browser.get(path)
    assert at in page.ids and at.replace("t-", "a-") in page.ids


def test_a_passage_lights_its_words(world_browser: Browser) -> None:
    link = next(link for link in world_browser.get("/?q=goat&show=texts").links if "words=" in link)
    answer = world_browser.client.get(link)
    lit = re.search(r'<span data-at="[0-9]+" class="[^"]*lit" id="words"[^>]*>(?:<span[^>]*>)?([^<]+)', answer.text)
    assert lit is not None and lit[1].lower() == "goat"


def test_an_article_by_its_name_leads_to_its_last_version(world_browser: Browser) -> None:
    answer = world_browser.client.get("/articles/ebc-0315-dozens", follow_redirects=False)
    assert answer.status_code == 303
    page = world_browser.get(answer.headers["location"])
    changes = next(link for link in page.links if link.endswith("/changes"))
    compared = world_browser.get(changes)
    assert "confirmed the loss, according" in compared.text and compared.all("del") and compared.all("ins")


def test_article_shows_its_evidence(world_browser: Browser, world: Path) -> None:
    page = world_browser.client.get("/articles/ebc-0315-dozens").text
    assert len(re.findall(r"sha256 <code>[0-9a-f]{64}</code>", page)) >= 2


def test_a_dossier_counts_acts_and_links_to_what_it_counts(world_browser: Browser) -> None:
    source = next(link for link in world_browser.get("/sources").links if re.fullmatch("/sources/[0-9a-f]+", link))
    page = world_browser.client.get(source).text
    for act, count in re.findall(r'<span class="act \w+">(\w+)</span> <b>([0-9]+)</b>', page):
        listed = world_browser.client.get(f"{source}?act={act}").text
        assert listed.count('class="row found"') == int(count)
    assert '<svg class="tick' in page and "<title>" in page
