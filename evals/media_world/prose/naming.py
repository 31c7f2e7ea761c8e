"""How a source is called in an article: in full the first time, shortly after that."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from evals.media_world.log import Party
from evals.media_world.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """The words, whether a comma must follow where the sentence goes on, and the pronouns. `name`: for the record."""

    text: str
    open: bool
    name: str
    plural: bool
    feminine: bool | None


@dataclass(slots=True)
class Cast:
    """Who has been introduced in an article so far."""

    rng: Random
    voice: str
    met: set[str] = field(default_factory=set)

    def call(self, party: Party, speaker: Person | None, *, blurred: bool) -> Called:
        if blurred:
            return Called(text=party.anyone, open=False, name=party.anyone, plural=True, feminine=None)
        if speaker is None:
            return self._body(party)
        return self._person(party, speaker)

    def _body(self, party: Party) -> Called:
        text = party.name
        short = party.short
        if party.id in self.met and short and short[0].islower():
            text = f"the {short}"
        elif party.anonymous and party.id in self.met:
            text = _again(party.name)
        elif party.anonymous and self.rng.random() < 0.4:
            reason = "who asked not to be named" if self.rng.random() < 0.5 else "who did not want to be named"
            self.met.add(party.id)
            return Called(text=f"{text}, {reason}", open=True, name=party.name, plural=party.plural, feminine=None)
        self.met.add(party.id)
        return Called(text=text, open=False, name=party.name, plural=party.plural, feminine=None)

    def _person(self, party: Party, person: Person) -> Called:
        name, title = person.name, person.title
        if name in self.met:
            polite = "Ms " if person.feminine else "Mr "
            text = polite + person.surname if self.voice in ("broadsheet", "state") else person.surname
            return Called(text=text, open=False, name=name, plural=False, feminine=person.feminine)
        self.met.add(name)
        known = party.id in self.met
        self.met.add(party.id)
        if party.kind == "person":
            before = self.rng.random() < 0.4 and len(title.split()) < 3
            text = f"{title} {name}" if before else f"{name}, {_a(title)}"
        else:
            before = self.rng.random() < 0.5 and party.short != ""
            at = "for" if title.startswith("spokes") else "at"
            body = f"the {party.short}" if known and party.short and party.short[0].islower() else party.name
            text = f"{party.short} {title} {name}" if before else f"{name}, {_a(title)} {at} {body}"
        return Called(text=text, open=not before, name=name, plural=False, feminine=person.feminine)


def _a(title: str) -> str:
    return f"{'an' if title[0] in 'aeiou' else 'a'} {title}"


def _again(name: str) -> str:
    """ "a deckhand" the second time: "the deckhand"."""
    head, _, rest = name.partition(" ")
    rest = rest.split(" who ")[0].split(" with ")[0].split(" at the ")[0]
    return f"the {rest}" if head in ("a", "an") else f"the {head} {rest}"
