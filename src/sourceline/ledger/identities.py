"""Who is one source across documents, kept up to date in the store with each change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from sourceline.model.identity import Identity, JudgementConflict, Profile
from sourceline.model.judgement import Judgement
from sourceline.model.reading import Reading
from sourceline.resolve.identity import identify, judged_keys, judgement_conflicts, linked_keys, profile_of
from sourceline.store.contract import Store


@contextmanager
def identities_kept(
    store: Store, profiles: Iterable[Profile], *, leaving: Iterable[Reading | None] = ()
) -> Iterator[None]:
    """Around putting readings with these profiles, or taking readings out: what is new among them, and what may be
    gone, is identified when all is done."""
    given = {profile.id: profile for profile in profiles}
    known = {profile.id for profile in store.profiles({profile.key for profile in given.values()})}
    keys = {profile.key for id, profile in given.items() if id not in known}
    for reading in leaving:
        found = map(profile_of, reading.sources if reading is not None else ())
        keys |= {profile.key for profile in found if profile is not None}
    yield
    refresh_identities(store, keys)


def refresh_identities(store: Store, keys: Collection[str]) -> None:
    """Identifies anew the profiles with these keys and whatever judgements link to them. Inside `writing()`."""
    if not keys:
        return
    identities = _identified(store, keys)
    store.set_identities({profile: identity.id for identity in identities for profile in identity.profiles})


def reasons_of(store: Store, profiles: Iterable[Profile]) -> tuple[str, ...]:
    """Why these profiles, all of one identity, are held to be one source; none for a single one."""
    ids = {profile.id: profile.key for profile in profiles}
    identities = _identified(store, set(ids.values()))
    return next((identity.reasons for identity in identities if not ids.keys().isdisjoint(identity.profiles)), ())


def conflicts_of(store: Store) -> tuple[JudgementConflict, ...]:
    """What people said of sources that cannot be followed, and why, in the order it was said."""
    judgements = standing_words(store)
    keys = {key for judgement in judgements for key in judged_keys(judgement)}
    return judgement_conflicts(store.profiles(keys), judgements)


def standing_words(store: Store) -> list[Judgement]:
    """What people said of sources and did not take back."""
    return [j for j in store.judgements(about_sources=True) if not j.undone]


def _identified(store: Store, keys: Collection[str]) -> tuple[Identity, ...]:
    judgements = standing_words(store)
    return identify(store.profiles(linked_keys(keys, judgements)), judgements)
