"""Who the parties of a claim are: ultimate sources, a body one with its spokespeople, its minister, its ministry.

Two voices are one party where their names, offices and identities show it. Where they merely may be one (unnamed
officials in two papers, an officer whose body is not told), that is a doubt (`doubts`): it lowers what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sourceline.model.claim import Article, Voice
from sourceline.model.source import SourceKind
from sourceline.trace.joining import Joining, Node, fields_of_node
from sourceline.trace.names import MEDIA_NOUNS, OUTLET_NOUNS, tokens_of
from sourceline.trace.testimony import Setting, Testimony
from sourceline.trace.voices import Shape, fields_of, is_party, is_this_outlet

_VOICES = 64
"""Voices of one party that are kept, those described alike once."""


@dataclass(slots=True)
class Party:
    """Voices that are one ultimate source."""

    id: int
    name: str
    kind: str
    shape: Shape
    voices: list[Voice] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    bodies: frozenset[str] = frozenset()
    """Words of the bodies that its voices are said to belong to."""
    fields: frozenset[str] = frozenset()
    publishes: bool = False
    """Whether it is an outlet's own voice, too."""
    longer: bool = False
    """Whether an article gives one longer name for its single word."""
    news: bool = False
    """Whether it is a news outlet, whose own word may rest on anybody."""

    @property
    def named(self) -> bool:
        return self.shape in (Shape.PERSON, Shape.BODY)


class Parties:
    """The parties of a claim's voices and of the outlets that are parties themselves."""

    def __init__(self, testimonies: Sequence[Testimony], setting: Setting) -> None:
        self._joining = Joining(testimonies, setting)
        self._parties = {
            group: self._party(place, group, nodes)
            for place, (group, nodes) in enumerate(sorted(self._joining.groups().items()))
        }

    def of_voice(self, voice: Voice, article: Article) -> Party:
        """The party that a voice of an article speaks for."""
        return self._parties[self._joining.group_of(article, voice)]

    def of_outlet(self, article: Article) -> Party:
        """The party that the article's own voice is."""
        return self._parties[self._joining.group_of(article, None)]

    def of(self, testimony: Testimony) -> Party:
        """The party of a mention's speaker, or of the article's own voice."""
        speaker = testimony.mention.speaker
        if speaker is None or is_this_outlet(speaker.name, testimony.article):
            return self.of_outlet(testimony.article)
        return self.of_voice(speaker, testimony.article)

    def all(self) -> list[Party]:
        return list(self._parties.values())

    def _party(self, number: int, group: int, nodes: Sequence[Node]) -> Party:
        bodies = [b for n in nodes if n.voice is not None for b in self._joining.bodies_of(n.voice)]
        fields = {f for n in nodes for f in fields_of_node(n)}
        reasons = list(dict.fromkeys(self._joining.why[group]))
        return _make_party(number, nodes, reasons, bodies, fields)


def _make_party(
    number: int, nodes: Sequence[Node], reasons: list[str], bodies: Sequence[str], fields: set[str]
) -> Party:
    voices = [node.voice for node in nodes if node.voice is not None]
    own = [node.article for node in nodes if node.voice is None]
    speaking = any(is_party(article) for article in own)
    shapes = {node.shape for node in nodes if node.voice is not None or speaking or len(nodes) == 1}
    shape = next((s for s in (Shape.BODY, Shape.PERSON, Shape.DOCUMENT, Shape.MEDIA) if s in shapes), Shape.UNNAMED)
    names = [n.name for n in nodes if n.shape is shape and n.name] or [n.name for n in nodes if n.name]
    name = max(names, key=lambda n: (len(tokens_of(n)) if len(n) < 60 else 0, names.count(n), n), default="")
    kinds = [str(v.kind) for v in voices if v.kind is not SourceKind.PERSON] if shape is Shape.BODY else []
    if speaking:
        kind = "government" if any(a.outlet_kind == "government" for a in own) else "organisation"
    elif not voices:
        kind = "own_reporting"
    else:
        kind = max(kinds or [str(v.kind) for v in voices], key=lambda k: ((kinds or [""]).count(k), k))
    offices = {w for v in voices for t in (v.role, v.affiliation, v.name) if t for w in tokens_of(t)}
    told = fields | fields_of(offices) | ({"state"} if kind == "government" and "police" not in fields else set())
    return Party(
        id=number,
        name=name,
        kind=kind,
        shape=shape,
        voices=_distinct(voices),
        reasons=reasons,
        bodies=frozenset(word for body in bodies for word in tokens_of(body)),
        fields=frozenset(told),
        publishes=bool(own),
        longer=any(len(n.words) == 1 and _has_longer(n) for n in nodes if n.voice is not None),
        news=(bool(own) and not speaking) or _is_medium(voices),
    )


def _distinct(voices: Sequence[Voice]) -> list[Voice]:
    """A party's voices, those that are described alike once: a few, whatever their number."""
    kept: dict[object, Voice] = {}
    for v in voices:
        kept.setdefault((v.name, v.kind, v.role, v.affiliation, v.office_of, v.count, v.named), v)
    return list(kept.values())[:_VOICES]


def _has_longer(node: Node) -> bool:
    """Whether the article has one longer name that begins with a node's single word."""
    names = {tokens_of(naming.span.text) for naming in node.article.names}
    return len({words for words in names if len(words) > 1 and words[0] == node.words[0]}) == 1


def _is_medium(voices: Sequence[Voice]) -> bool:
    """Whether all that is said of it is that of a news outlet."""
    return bool(voices) and all(
        v.kind is SourceKind.MEDIA and set(tokens_of(v.name)) & (OUTLET_NOUNS | MEDIA_NOUNS) for v in voices
    )
