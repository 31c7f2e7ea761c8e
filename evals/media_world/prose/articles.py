"""Whole articles: title, opening, paragraphs, endings, credits, in the outlet's manner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from evals.media_world.log import Affair, Put
from evals.media_world.outlets import Outlet
from evals.media_world.phrasebook import pools
from evals.media_world.prose.blocks import Block, Pen, carry_block, date_of, source_name, write_block
from evals.media_world.prose.colour import draw_line
from evals.media_world.prose.frames import Part, capital
from evals.media_world.prose.naming import Cast

_QUOTES = {
    "straight": str.maketrans("“”", '""'),
    "single": str.maketrans("“”'", "‘’’"),
    "curly": str.maketrans("'", "’"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`place`: of the put that it puts; none where it puts nothing. `own`: not taken over."""

    parts: tuple[Part, ...]
    place: int | None
    own: bool
    kind: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article as printed. `spans`: for each put, where its words stand in `text`, half-open."""

    title: str
    byline: str | None
    text: str
    paragraphs: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]
    spans: tuple[tuple[int, int], ...]


def write_articles(seed: str, affair: Affair, outlets: dict[str, Outlet]) -> dict[str, Text]:
    """The texts of all articles of an affair by id, the hidden ones too: others took from them."""
    everybody = {**outlets, **affair.officials}
    written: dict[str, Text] = {}
    for article in affair.articles:
        rng = Random(f"{seed}/{article.id}")
        outlet = everybody[article.outlet]
        pen = Pen(
            rng=rng,
            affair=affair,
            article=article,
            outlet=outlet,
            outlets=everybody,
            cast=Cast(rng, outlet.voice),
        )
        written[article.id] = _write(pen, written)
    return written


def _write(pen: Pen, written: dict[str, Text]) -> Text:
    article = pen.article
    if article.mode == "reprint":
        return _reprint(pen, written)
    blocks: list[Block] = []
    for place, put in enumerate(article.puts):
        if put.carried and put.parent is not None:
            blocks.append(carry_block(pen, put, written[put.parent[0]].blocks[put.parent[1]]))
        else:
            blocks.append(write_block(pen, place, put))
    paragraphs = _layout(pen, blocks, written)
    text, spans = _join(paragraphs, pen.outlet.quotes, len(blocks))
    styled = _QUOTES[pen.outlet.quotes]
    return Text(
        title=_title(pen).translate(styled),
        byline=_byline(pen),
        text=text,
        paragraphs=paragraphs,
        blocks=tuple(blocks),
        spans=spans,
    )


def _reprint(pen: Pen, written: dict[str, Text]) -> Text:
    """The parent's text to the letter; only the headline is the outlet's own."""
    first = pen.article.puts[0].parent
    parent = written[first[0] if first is not None else ""]
    blocks = tuple(
        replace(block, source=source_name(pen, put, None)) if put.family == "observe" else block
        for block, put in zip(parent.blocks, pen.article.puts, strict=True)
    )
    paragraphs = tuple(replace(paragraph, own=False) for paragraph in parent.paragraphs)
    return replace(parent, title=_title(pen), byline=None, blocks=blocks, paragraphs=paragraphs)


def _block_paragraph(block: Block, place: int, put: Put, before: str = "") -> Paragraph:
    parts = [Part(text=before)] if before else []
    parts += [*block.parts, Part(text=block.tail)] if block.tail else [*block.parts]
    return Paragraph(parts=tuple(parts), place=place, own=not put.carried)


def _layout(pen: Pen, blocks: list[Block], written: dict[str, Text]) -> tuple[Paragraph, ...]:
    mode, puts = pen.article.mode, pen.article.puts
    if mode == "roundup":
        listed = [_block_paragraph(b, i, puts[i], "- ") for i, b in enumerate(blocks)]
        return (_line(pen, "lead_digest"), *listed, *_ending(pen, "close_digest"))
    if mode == "live":
        minutes = sorted(pen.rng.sample(range(7 * 60, 20 * 60), len(blocks)))
        entries = [
            _block_paragraph(b, i, puts[i], f"{m // 60}.{m % 60:02}  ")
            for (i, b), m in zip(enumerate(blocks), minutes, strict=True)
        ]
        return (_line(pen, "lead_live"), *entries, *_ending(pen, "close_broadcast"))
    if mode == "official":
        body = [_block_paragraph(b, i, puts[i]) for i, b in enumerate(blocks)]
        return (_line(pen, "lead_official"), *body, *_ending(pen, "close_official"))
    body = _copied(pen, blocks, written) if mode == "copy" else _own_layout(pen, blocks)
    return (*_dateline(pen, body), *_ending(pen, f"close_{pen.outlet.voice}"), *_credit(pen))


def _own_layout(pen: Pen, blocks: list[Block]) -> list[Paragraph]:
    """The claims in their order with colour and context between and after them."""
    rng, body = pen.rng, list[Paragraph]()
    for place, block in enumerate(blocks):
        body.append(_block_paragraph(block, place, pen.article.puts[place]))
        if rng.random() < 0.28:
            body.append(_line(pen, "colour"))
    for _ in range(rng.choice((0, 1, 1, 2))):
        body.append(_line(pen, rng.choice(("context", "colour"))))
    return body


def _copied(pen: Pen, blocks: list[Block], written: dict[str, Text]) -> list[Paragraph]:
    """The parent's paragraphs in their order; some of those that put nothing are cut."""
    places = {put.parent: i for i, put in enumerate(pen.article.puts)}
    parent = next(put.parent[0] for put in pen.article.puts if put.parent is not None)
    body: list[Paragraph] = []
    for paragraph in written[parent].paragraphs:
        if paragraph.place is None:
            if paragraph.kind == "body" and pen.rng.random() < 0.75:
                body.append(Paragraph(parts=paragraph.parts, place=None, own=False))
        elif (parent, paragraph.place) in places:
            place = places[parent, paragraph.place]
            body.append(_block_paragraph(blocks[place], place, pen.article.puts[place]))
    if pen.rng.random() < 0.2:
        body.append(_line(pen, "colour"))
    return body


def _line(pen: Pen, pool: str, kind: str = "body") -> Paragraph:
    more = {"body": pen.outlet.name} if pool == "lead_official" else {}
    if pen.article.credit:
        credited = pen.outlets[pen.article.credit]
        more |= {"O": credited.name, "M": credited.title}
    line = draw_line(pen.rng, pen.rng.choice(pools("background")[pool]), pen.affair, more)
    return Paragraph(parts=(Part(text=line),), place=None, own=True, kind=kind)


def _ending(pen: Pen, pool: str) -> list[Paragraph]:
    return [_line(pen, pool, "furniture")] if pen.rng.random() < 0.45 else []


def _credit(pen: Pen) -> list[Paragraph]:
    shown = pen.article.credit and pen.article.credit_form == "line"
    return [_line(pen, "credit_line", "furniture")] if shown else []


def _dateline(pen: Pen, body: list[Paragraph]) -> list[Paragraph]:
    """PLACE, March 3 (Agency) - in front of an agency's text and of a copy that keeps it."""
    agency = pen.outlet.title if pen.outlet.voice == "wire" else None
    if pen.article.credit and pen.article.credit_form == "dateline":
        agency = pen.outlets[pen.article.credit].title
    if agency is None or not body:
        return body
    day = date_of(pen.article.time)
    head = Part(text=f"{pen.affair.fills['place'].upper()}, {day:%B} {day.day} ({agency}) - ")
    first = body[0]
    return [Paragraph(parts=(head, *first.parts), place=first.place, own=first.own), *body[1:]]


def _join(paragraphs: tuple[Paragraph, ...], quotes: str, places: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    text: list[str] = []
    at = 0
    spans: list[tuple[int, int]] = [(0, 0)] * places
    for paragraph in paragraphs:
        for part in paragraph.parts:
            words = part.text.translate(_QUOTES[quotes])
            if part.put and paragraph.place is not None and spans[paragraph.place] == (0, 0):
                spans[paragraph.place] = (at, at + len(words))
            text.append(words)
            at += len(words)
        text.append("\n\n")
        at += 2
    return "".join(text).rstrip("\n"), tuple(spans)


def _byline(pen: Pen) -> str | None:
    pool = "byline"
    if pen.article.credit and pen.article.credit_form == "byline":
        pool = "byline_agency"
    elif pen.outlet.voice in ("wire", "digest", "state") or pen.rng.random() < 0.3:
        return None
    line = _line(pen, pool)
    return line.parts[0].text


def _title(pen: Pen) -> str:
    rng, article = pen.rng, pen.article
    special = {
        "roundup": "title_digest",
        "live": "title_live",
        "official": "title_official",
        "correction": "title_correct",
    }
    pool = special.get(article.mode, "title_common" if rng.random() < 0.25 else "")
    if pool:
        return draw_line(rng, rng.choice(pools("background")[pool]), pen.affair)
    put = article.puts[0]
    claim = pen.affair.claims[put.claim]
    utterance = pen.affair.utterances[put.utterance] if put.utterance else None
    number = f"{utterance.number:,}" if utterance is not None and utterance.number is not None else "More"
    title = claim.spec.title.format(**{**claim.fills, "n": number})
    if put.stance != "asserts":
        return (
            f"{capital(pen.affair.fills['topic'].removeprefix('the '))}: a denial" if put.stance == "denies" else title
        )
    return rng.choice((title, title, f"{title}, it is said", f"{title}: what we were told", f"“{title}”"))
