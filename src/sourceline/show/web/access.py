"""Who may come in: sessions in a signed cookie, the token of `--host`, and the sign that a form is one of our own.

Nothing is remembered of a session but what its cookie holds, so no number of visitors costs memory. The key is made
when the server starts: a restart asks everybody to sign in again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

COOKIE = "sourceline"
LASTS = 12 * 60 * 60
"""Seconds after which a session has to sign in again."""
_MOST_COOKIE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser."""

    id: str
    since: int
    """Seconds since 1970."""
    signed_in: bool
    """Whether it has shown the token, where one is asked for."""


class Access:
    """Makes and reads cookies, and checks tokens in a time that tells nothing of them."""

    def __init__(self, token: str | None, *, clock: Callable[[], float] = time.time) -> None:
        self._token = None if token is None else token.encode()
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self.attempts = Attempts(most=5, within=60.0, clock=clock)

    @property
    def asks(self) -> bool:
        """Whether a token is asked for."""
        return self._token is not None

    def begin(self, *, signed_in: bool = False) -> Session:
        return Session(id=secrets.token_urlsafe(18), since=int(self._clock()), signed_in=signed_in or not self.asks)

    def cookie(self, session: Session) -> str:
        body = f"{session.id}.{session.since}.{int(session.signed_in)}"
        return f"{body}.{self._sign('session', body)}"

    def session(self, cookie: str | None) -> Session | None:
        """The session of a cookie that is ours and not too old."""
        if not cookie or len(cookie) > _MOST_COOKIE:
            return None
        body, _, sign = cookie.rpartition(".")
        if not hmac.compare_digest(sign.encode(), self._sign("session", body).encode()):
            return None
        id, since, signed_in = body.split(".")
        if self._clock() - int(since) > LASTS:
            return None
        return Session(id=id, since=int(since), signed_in=signed_in == "1")

    def form_sign(self, session: Session) -> str:
        """What a form of this session carries, and no other site can know."""
        return self._sign("form", session.id)

    def is_own_form(self, session: Session | None, sign: str) -> bool:
        return session is not None and hmac.compare_digest(self.form_sign(session).encode(), sign.encode())

    def knows(self, token: str) -> bool:
        """Whether it is the token."""
        return self._token is not None and hmac.compare_digest(self._digest(token.encode()), self._digest(self._token))

    def _digest(self, words: bytes) -> bytes:
        """Of one length, whatever is compared."""
        return hmac.new(self._key, words, hashlib.sha256).digest()

    def _sign(self, purpose: str, body: str) -> str:
        return hmac.new(self._key, f"{purpose}\0{body}".encode(), hashlib.sha256).hexdigest()


class Attempts:
    """How often somebody may try within some seconds. The addresses that it remembers are few: the oldest is forgotten
    when there are too many."""

    _MOST_REMEMBERED = 4096

    def __init__(self, *, most: int, within: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._within = within
        self._clock = clock
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, who: str) -> float:
        """Seconds to wait before another attempt; 0 where one is free."""
        failed = self._failed.get(who)
        if failed is None or len(failed) < self._most:
            return 0.0
        return max(0.0, failed[0] + self._within - self._clock())

    def fail(self, who: str) -> None:
        failed = self._failed.setdefault(who, deque(maxlen=self._most))
        failed.append(self._clock())
        self._failed.move_to_end(who)
        if len(self._failed) > self._MOST_REMEMBERED:
            self._failed.popitem(last=False)

    def forget(self, who: str) -> None:
        self._failed.pop(who, None)
