"""Who is one source across documents, kept up to date in the store with each change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from sourceline.model.identity import Profile
from sourceline.model.reading import Reading
from sourceline.resolve.identity import identify, linked_keys, profile_of
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
    judgements = [j for j in store.judgements() if j.sources and not j.undone]
    identities = identify(store.profiles(linked_keys(keys, judgements)), judgements)
    store.set_identities({profile: identity.id for identity in identities for profile in identity.profiles})
