"""Articles to keep, made by hand from the readings of `world`."""

from __future__ import annotations

from sourceline.model.claim import Article, Mention, Stance, Voice
from sourceline.model.source import Lineage, SourceKind
from sourceline.model.speech import Act
from sourceline.model.text import Span
from sourceline.model.value import Date, Quantity
from sourceline.store.contract import Deposit, Store
from tests.store.world import put, version_of

RUIZ_SPEAKS = Voice(
    source="s1",
    name="Ana Ruiz",
    named=True,
    kind=SourceKind.PERSON,
    role="trade minister",
    office_of="Vellin",
    members=("A", "B"),
    profile="00112233445566ff",
)
OFFICIALS = Voice(source="s2", name="two officials", named=False, kind=SourceKind.ANONYMOUS, count=2)


def mention_of(text: str, words: str, *, id: str = "", **fields: object) -> Mention:
    """A mention of the first place where these words stand."""
    start = text.index(words)
    given: dict[str, object] = {
        "id": id or f"{start:016x}",
        "attribution": f"{start + 1:016x}",
        "unattributed": None,
        "spans": (Span.of(text, start, start + len(words)),),
        "paragraph": text.count("\n", 0, start),
        "stance": Stance.ASSERTS,
        "negated": False,
        "act": Act.STATE,
        "direct": False,
        "speaker": RUIZ_SPEAKS,
        "words": tuple(words.split()),
    }
    return Mention(**{**given, **fields})  # type: ignore[arg-type]


def article_of(store: Store, deposit: Deposit, *mentions: Mention, **fields: object) -> Article:
    """The article of a deposit that the store has, as it states itself."""
    version = store.version(version_of(deposit))
    assert version is not None
    given: dict[str, object] = {
        "version": version.id,
        "key": version.key,
        "name": version.name,
        "url": version.url,
        "outlet": version.outlet,
        "outlet_kind": version.outlet_kind,
        "published": None,
        "seen": version.at,
        "title": version.title,
        "lineage": Lineage.NOT_RECORDED,
        "credited": (),
        "mentions": mentions,
    }
    return Article(**{**given, **fields})  # type: ignore[arg-type]


def put_article(store: Store, deposit: Deposit, *words: str) -> tuple[Article, int]:
    """A deposit put, and its article with a mention for each of these words."""
    put(store, deposit)
    text = deposit.reading.document.text
    article = article_of(store, deposit, *(mention_of(text, part) for part in words))
    with store.writing():
        return article, store.claims.put_article(article)


def rich_mention(text: str, *, id: str = "ffeeddccbbaa9988", vector: bytes = b"") -> Mention:
    """One that uses every field."""
    whole, part = Span.of(text, 0, 5), Span.of(text, 6, 11)
    return Mention(
        id=id,
        attribution="not-a-hash",
        unattributed="0123456789abcdef",
        spans=(whole, part),
        paragraph=3,
        stance=Stance.DOUBTS,
        negated=True,
        act=None,
        direct=True,
        speaker=OFFICIALS,
        via=(RUIZ_SPEAKS, OFFICIALS),
        upstream=(RUIZ_SPEAKS,),
        refers_to="0000000000000001",
        hedges=("up to", "could"),
        words=("depot", "empti", "depot"),
        names=("Vellin\nGas", ""),
        quantities=(
            Quantity(span=part, low=None, high=10**30, unit="km", counted=None),
            Quantity(span=whole, low=-0.5, high=0.5, unit=None, counted="sites"),
        ),
        dates=(Date(span=part, value="2031-03/2031-04", reason=None), Date(span=whole, value=None, reason="why")),
        context=("depot", "harbour"),
        vector=vector,
    )
