"""The texts: as varied as news, and in words of their own."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest

import evals.media_world
import sourceline.attribute
import sourceline.resolve
from evals.media_world.figures import write_figure
from evals.media_world.gold import make_documents
from evals.media_world.phrasebook import VOICES, affairs, pools, sayings
from evals.media_world.prose.frames import fill_frame
from evals.media_world.prose.naming import Called
from sourceline.resolve.credits import find_credits
from tests.evals.media_world.worlds import harsh, world

FOLDER = Path(evals.media_world.__file__).parent
REPORTING = (
    "say tell report bare cross own observe deny decline doubt dated quote quote_tell quote_report deny_quote correct "
    "official official_deny"
).split()


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("kind", REPORTING)
def test_every_kind_of_sentence_has_many_forms(kind: str, voice: str) -> None:
    assert len(set(sayings(kind, voice))) >= 8


def test_every_claim_can_be_put_in_several_ways() -> None:
    for affair in affairs():
        for claim in affair.claims:
            assert len(set(claim.clauses)) >= 4, (affair.key, claim.key)
            assert len(claim.cores) >= 2
            assert set(claim.by) - {"seen"} <= affair.roles.keys()
            assert set(claim.against) <= affair.roles.keys()
            assert claim.conflicts is None or claim.conflicts in {c.key for c in affair.claims}


def test_few_sentences_occur_more_than_twice() -> None:
    """Of those that an outlet wrote itself; what it took over is meant to be the same."""
    made = world(7, 1000)
    counts: Counter[str] = Counter()
    for _, article in made.articles():
        for paragraph in made.texts[article.id].paragraphs:
            if paragraph.own:
                counts.update(re.split(r"(?<=[.!?”]) +", "".join(part.text for part in paragraph.parts)))
    repeated = sum(count for count in counts.values() if count > 2)
    assert sum(counts.values()) > 3000
    assert repeated < 0.08 * sum(counts.values())


@pytest.mark.parametrize("made", [world(), harsh()], ids=["default", "harsh"])
def test_nothing_is_left_unfilled_or_badly_joined(made: evals.media_world.world.World) -> None:
    for document in make_documents(made):
        for text in (document["title"], document["text"], document["byline"] or ""):
            assert not re.search(r"[{}\[\]|@]|  (?!\S)|,[.,:;]|\.\.|\bthe the\b|\ba [aeio]\w+ (?:at|for)\b", text), text
            assert not re.search(r"(?:^|\n\n)[a-z]", text), text


def test_a_source_in_apposition_is_closed_by_a_comma() -> None:
    called = Called(text="Ada Lund, a cook", open=True, name="Ada Lund", plural=False, feminine=True)

    def text(frame: str) -> str:
        parts = fill_frame(frame, {"on": "", "ch": ""}, {"c": "the oven was cold", "q": "It was cold"}, called)
        return "".join(part.text for part in parts)

    assert text("{S} said{on} that {c}.") == "Ada Lund, a cook, said that the oven was cold."
    assert text("{C}, said {s}.") == "The oven was cold, said Ada Lund, a cook."
    assert text("Not so, said {s}{ch}: {c}.") == "Not so, said Ada Lund, a cook: the oven was cold."
    assert text("{S} [is|are] sure: “{Q}”") == "Ada Lund, a cook, is sure: “It was cold.”"


def test_figures_keep_or_lose_what_they_say() -> None:
    kept, lost = write_figure(11, True, "digits"), write_figure(11, True, "plain")
    assert (kept.text, kept.low, kept.high, kept.lost) == ("at least 11", 11, None, None)
    assert (lost.text, lost.low, lost.high, lost.lost) == ("11", 11, 11, "at least")
    assert write_figure(23, False, "words").text == "twenty-three"
    assert write_figure(1200, False, "digits").text == "1,200"
    assert write_figure(38, False, "nearly").text == "nearly 40"
    assert (write_figure(38, False, "dozens").low, write_figure(38, False, "dozens").high) == (24, 99)


@pytest.mark.parametrize("style", ["digits", "words", "about", "nearly", "more than", "dozens", "plain"])
@pytest.mark.parametrize("number", [3, 9, 10, 11, 23, 24, 40, 41, 99, 100, 105, 940, 9400])
@pytest.mark.parametrize("at_least", [True, False])
def test_the_number_lies_in_what_is_written(style: str, number: int, at_least: bool) -> None:
    written = write_figure(number, at_least, style)
    assert written.low <= number <= (written.high if written.high is not None else number)


def test_only_the_hook_knows_the_product() -> None:
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            if any(name.split(".")[0] in ("sourceline", "training") for name in names):
                assert path.name == "product.py", path


def test_the_phrases_are_not_the_product_s_tables() -> None:
    for path in FOLDER.rglob("*"):
        if path.suffix in (".py", ".txt") and path.name != "product.py":
            assert not re.search(r"lexicon|resources/|words\.json|words\.yml", path.read_text("utf-8")), path


def test_two_fifths_of_the_frames_use_no_cue_that_the_product_lists() -> None:
    known = product_cues()
    assert {"said", "told", "reported"} <= known
    book = {**pools("sayings"), **pools("quotations")}
    kinds = ("say", "tell", "report", "bare", "quote", "quote_tell", "quote_report", "deny", "deny_quote", "decline")
    frames = [frame for key, lines in book.items() if key.split()[0] in kinds for frame in lines]
    unlisted = [f for f in frames if not set(re.findall(r"[a-z]+", re.sub(r"\{\w+\}", "", f).lower())) & known]
    assert len(unlisted) >= 0.4 * len(frames)


def product_cues() -> set[str]:
    """The tables of reporting words: those with one of the commonest, and without function words."""
    found = {"according"}
    for package in (sourceline.resolve, sourceline.attribute):
        for module in pkgutil.iter_modules(package.__path__):
            if module.ispkg:
                continue
            for value in vars(importlib.import_module(f"{package.__name__}.{module.name}")).values():
                if isinstance(value, frozenset) and all(isinstance(word, str) for word in value):
                    common = value & {"said", "told", "citing", "says", "wrote", "reported"}
                    if common and not value & {"the", "and", "that", "who", "of"}:
                        found |= value
    return found


def test_half_of_the_credit_lines_have_a_form_that_the_product_does_not_know() -> None:
    lines = [line.format(O="the Ravwick Standard", M="Ravwick Standard") for line in pools("background")["credit_line"]]
    unknown = [
        line for line in lines if not any(find_credits(line, (0, len(line)), is_media=str.isdigit, opening=False))
    ]
    assert len(lines) / 2 <= len(unknown) < len(lines)
