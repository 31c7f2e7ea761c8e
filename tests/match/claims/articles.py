"""Invented articles for matching, put together without reading them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sourceline.match.mentions.stems import content_words
from sourceline.match.mentions.tokens import find_tokens
from sourceline.model.claim import Article, Mention, Stance, Voice
from sourceline.model.ids import content_id
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.text import Span
from sourceline.model.value import Date, Quantity

START = datetime(2031, 5, 2, 8, tzinfo=UTC)


def article(
    name: str, *clauses: Mention | str, hours: float = 0, outlet: str = "Kettle Post", title: str = ""
) -> Article:
    """An article whose text is its clauses, a paragraph each."""
    made = [mention(clause) if isinstance(clause, str) else clause for clause in clauses]
    mentions, at = [], 0
    for place, clause in enumerate(made):
        words = clause.spans[0].text
        placed = _replaced(clause, name, place, at)
        mentions.append(placed)
        at += len(words) + 2
    return Article(
        version=content_id(name),
        key=name,
        name=name,
        url=None,
        outlet=outlet,
        outlet_kind="newspaper",
        published=START + timedelta(hours=hours),
        seen=START,
        title=title,
        lineage=Lineage.NOT_RECORDED,
        credited=(),
        mentions=tuple(mentions),
    )


def mention(
    words: str,
    *,
    by: str | None = None,
    stance: Stance = Stance.ASSERTS,
    negated: bool = False,
    day: str | None = None,
    refers_to: str | None = None,
) -> Mention:
    """A clause as it would be found: figures counted with the word behind them, names by their capitals."""
    tokens = [token for token in find_tokens(words, 0, len(words)) if token.is_word]
    figures = re.finditer(r"\b(\d+) (\w+)", words)
    named = [token.text.casefold() for token in tokens[1:] if token.text[0].isupper()]
    return Mention(
        id="",
        attribution=None if by is None else "a1",
        unattributed="u1" if by is None else None,
        spans=(Span(start=0, end=len(words), text=words),),
        paragraph=0,
        stance=stance,
        negated=negated,
        act=None,
        direct=False,
        speaker=None if by is None else Voice(source="s1", name=by, named=True, kind=SourceKind.PERSON),
        refers_to=refers_to,
        words=tuple(content_words(tokens)),
        names=tuple(dict.fromkeys(named)),
        quantities=tuple(
            Quantity(
                span=Span(start=f.start(1), end=f.end(1), text=f[1]),
                low=int(f[1]),
                high=int(f[1]),
                unit=None,
                counted=f[2],
            )
            for f in figures
        ),
        dates=() if day is None else (Date(span=Span(start=0, end=0, text=""), value=day, reason=None),),
    )


def _replaced(clause: Mention, name: str, place: int, at: int) -> Mention:
    words = clause.spans[0].text
    span = Span(start=at, end=at + len(words), text=words)
    return replace(clause, id=content_id(name, place, words), spans=(span,), paragraph=2 * place)
