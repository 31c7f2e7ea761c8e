"""The page in a real browser, where there is one: nothing of the article runs, it fits, and one shows the other."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from sourceline.model.reading import Reading
from sourceline.model.source import Source, SourceKind
from sourceline.model.value import Date
from sourceline.show.page import render_page
from tests.resolved import resolved, with_speakers
from tests.samples import article, reading_of

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here: apt-get install chromium")


def dom(folder: Path, page: str) -> str:
    """The document as the browser has it once the page has loaded."""
    assert BROWSER is not None
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=2000",
        "--dump-dom",
        file.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def measured(folder: Path, reading: Reading, width: int, script: str) -> str:
    """What `script` gives within the page at `width` pixels. The page's own policy is lifted for it, and only here."""
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render_page(reading))
    page = page.replace("</body>", f"<script>parent.document.title = String((() => {{{script}}})())</script></body>")
    style = f"width:{width}px;height:900px;border:0"
    frame = f'<!doctype html><title></title><iframe style="{style}" srcdoc="{escape(page)}"></iframe>'
    title = re.search(r"<title>(.*?)</title>", dom(folder, frame), re.S)
    assert title is not None
    return title[1]


def test_nothing_of_the_article_runs(tmp_path: Path) -> None:
    evil = '<script>document.body.dataset.owned=1</script><img src=x onerror="document.body.dataset.owned=1">'
    reading = reading_of(f"<c 1>{evil}</c> <s 1>{evil}</s> <q 1>said</q>", title=evil, outlet=evil, notices=(evil,))
    assert "data-owned" not in dom(tmp_path, render_page(reading))


def test_an_injected_script_would_be_refused(tmp_path: Path) -> None:
    page = render_page(article()).replace("</main>", "<script>document.body.dataset.owned=1</script></main>")
    assert "data-owned" not in dom(tmp_path, page)


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_scrolls_sideways(tmp_path: Path, width: int) -> None:
    long = "x" * 10_000
    reading = reading_of(f"<s 1>{long}</s> <q 1>said</q> <c 1>{long}</c>. <o>{long}</o>", title=long, outlet=long)
    source = Source(
        id="s1", name=long, named=True, kind=SourceKind.ORGANISATION, role=long, affiliation=long, members=("s1",)
    )
    (words,) = reading.attributions[0].source
    told = replace(
        with_speakers(reading, {1: "s1"}, via={1: ("s1", "s1")}, upstream={1: ("s1",)}),
        sources=(source,),
        dates=(Date(span=words, value=None, reason=long),),
    )
    for sample in (reading, article(), told, resolved()):
        assert int(measured(tmp_path, sample, width, "return document.documentElement.scrollWidth")) <= width


def test_pointing_at_one_shows_the_other(tmp_path: Path) -> None:
    script = """
        const at = document.querySelector('.content.k3');
        at.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
        return [...document.querySelectorAll('.on')].map((e) => e.tagName + '.' + e.className.split(' ')[0]).join();
    """
    lit = measured(tmp_path, article(), 1440, script)
    assert lit.split(",") == ["SPAN.content", "SPAN.source", "SPAN.cue", "SPAN.content", "LI.entry"]


def test_pointing_at_a_source_shows_all_that_it_speaks(tmp_path: Path) -> None:
    script = """
        const at = document.querySelector('#s2 a.who');
        at.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
        return [...document.querySelectorAll('.entry.on')].map((e) => e.id).join()
            + ' ' + [...document.querySelectorAll('.content.on')].map((e) => e.textContent).join('|');
    """
    entries, words = measured(tmp_path, resolved(), 1440, script).split(" ", 1)
    assert entries == "a3,a4"
    assert words.startswith("“Nobody was turned away,”")
    assert "later this month" in words


def test_address_of_a_source_lights_all_that_it_speaks_without_script(tmp_path: Path) -> None:
    script = """
        const colour = (at) => getComputedStyle(document.querySelector(at)).backgroundColor;
        const before = ['.content.k3', '.content.k5', '#a4', '#a5'].map(colour);
        location.hash = '#s2';
        const after = ['.content.k3', '.content.k5', '#a4', '#a5'].map(colour);
        return before.map((colour, i) => colour !== after[i]);
    """
    assert measured(tmp_path, resolved(), 1440, script) == "true,false,true,false"
