"""Questions as expressions for the index: every condition on attributions is a word of it, so that one walk over the
index answers them all."""

from __future__ import annotations

from collections.abc import Sequence

from sourceline.errors import UsageError
from sourceline.model.query import Query
from sourceline.model.speech import Act
from sourceline.store.sqlite.rows import NAMED, UNNAMED, WHOLE_TEXT
from sourceline.store.terms import Term, Terms, parse_terms, words_of


def attributions_match(query: Query, outlets: Sequence[int], profiles: Sequence[int]) -> str | None:
    """What the rows of attributions have to say; None where anything will do. `outlets` and `profiles` are those that
    the query's outlet and identity stand for. Raises UsageError for a text that cannot be understood."""
    facets: list[Sequence[str]] = []
    if query.acts:
        facets.append([act.value for act in query.acts])
    if query.named is not None:
        facets.append([NAMED if query.named else UNNAMED])
    if query.outlet is not None:
        facets.append([f"o{outlet}" for outlet in outlets])
    if query.identity is not None:
        facets.append([f"p{profile}" for profile in profiles])
    parts = [f"facets : ({' OR '.join(words)})" for words in facets]
    if query.source is not None:
        parts.append(f"speaker : {_quoted(_name(query.source))}")
    unwanted = [] if parts else [f"facets : {WHOLE_TEXT}"]
    if query.text is not None:
        terms = parse_terms(query.text, all_but=True)
        if terms.required:
            parts.insert(0, f"words : ({_required(terms)})")
        elif not parts:
            parts.append(f"facets : ({' OR '.join(Act)})")  # every attribution has one
        unwanted += _excluded(terms)
    return _but(" AND ".join(parts), unwanted) if parts else None


def texts_match(terms: Terms) -> str:
    """What the rows of whole texts have to say."""
    return _but(f"words : ({_required(terms)}) AND facets : {WHOLE_TEXT}", _excluded(terms))


def names_match(text: str) -> str:
    """What the rows of names have to say. Raises UsageError."""
    terms = parse_terms(text)
    excluded = [" OR ".join(map(_quoted, terms.excluded))] if terms.excluded else []
    return _but(_required(terms), excluded)


def _name(source: str) -> Term:
    words = words_of(source)
    if not words:
        raise UsageError(f"{source!r} is no part of a name: write a word of it")
    return Term(words=words)


def _required(terms: Terms) -> str:
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in terms.required)


def _excluded(terms: Terms) -> list[str]:
    return [f"words : ({' OR '.join(map(_quoted, terms.excluded))})"] if terms.excluded else []


def _quoted(term: Term) -> str:
    """A word or phrase as the index takes it: folded words hold no quotation mark."""
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _but(wanted: str, unwanted: list[str]) -> str:
    return f"({wanted}) NOT ({' OR '.join(f'({part})' for part in unwanted)})" if unwanted else wanted
