"""Time stamps by an authority on the web: RFC 3161 over HTTP, with rfc3161-client (extra `stamp`)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sourceline.errors import FetchError, MissingExtra, UsageError
from sourceline.model.evidence import Stamp

_TYPE = "application/timestamp-query"
_LARGEST = 1 << 20
"""Bytes of an authority's response."""

Post = Callable[[str, bytes, dict[str, str]], bytes]
"""Sends a body to an address and gives the answer's body. Raises FetchError."""


def manifest(previous: str | None, hashes: Sequence[str]) -> bytes:
    """What is stamped: the stamp before it and the hashes, a line each."""
    return "".join(f"{line}\n" for line in ([previous] if previous else []) + list(hashes)).encode("ascii")


def request_stamp(authority: str, previous: str | None, hashes: Sequence[str], post: Post) -> Stamp:
    """A stamp of the hashes by the authority at this address.

    Raises FetchError where it cannot be had or is not about what was sent, MissingExtra where the extra is missing.
    """
    client = _client()
    content = manifest(previous, hashes)
    builder = client.TimestampRequestBuilder().data(content).hash_algorithm(client.HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    answer = post(authority, request.as_bytes(), {"Content-Type": _TYPE, "Accept": "application/timestamp-reply"})
    return Stamp(
        digest=hashlib.sha256(content).hexdigest(),
        at=_about(client, answer, content, authority, nonce=request.nonce),
        authority=authority,
        previous=previous,
        hashes=tuple(hashes),
        token=answer,
    )


def check_stamp(stamp: Stamp, roots: bytes | None = None) -> str | None:
    """What is wrong with a stamp; None where nothing is. Its signature is checked where `roots` (PEM) are given.

    Raises MissingExtra where the extra is missing, UsageError where `roots` are no certificates.
    """
    client = _client()
    content = manifest(stamp.previous, stamp.hashes)
    if hashlib.sha256(content).hexdigest() != stamp.digest:
        return "the stamped hashes are not those that the stamp's digest is of"
    try:
        when = _about(client, stamp.token, content, stamp.authority, nonce=None)
    except FetchError as failure:
        return str(failure)
    if when != stamp.at:
        return f"the authority says {when:%Y-%m-%d %H:%M:%S}, the ledger another time"
    if roots is None:
        return None
    builder = client.VerifierBuilder()
    for certificate in _certificates(roots):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(client.decode_timestamp_response(stamp.token), content)
    except (client.VerificationError, ValueError) as failure:
        return f"its signature does not hold ({' '.join(str(failure).split())[:160]})"
    return None


def _about(client: Any, answer: bytes, content: bytes, authority: str, *, nonce: int | None) -> datetime:
    """When the authority says that it was, if its answer is about this content. Raises FetchError."""
    try:
        response = client.decode_timestamp_response(answer[:_LARGEST])
        if client.PKIStatus(response.status) not in (client.PKIStatus.GRANTED, client.PKIStatus.GRANTED_WITH_MODS):
            raise FetchError(f"{authority} refused the time stamp: try another authority")
        info = response.tst_info
        imprint = info.message_imprint.message
        when: datetime = info.gen_time
        same = nonce is None or info.nonce in (None, nonce)
    except (ValueError, AttributeError, TypeError) as failure:
        raise FetchError(f"{authority} gave no time stamp (RFC 3161): check the address") from failure
    if imprint != hashlib.sha256(content).digest() or not same:
        raise FetchError(f"{authority} stamped something else than was sent: do not trust it")
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)  # RFC 3161: always UTC


def _certificates(roots: bytes) -> list[Any]:
    from cryptography import x509

    try:
        return list(x509.load_pem_x509_certificates(roots))
    except ValueError:
        raise UsageError("the roots are no certificates in PEM: ask the authority for them") from None


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError:
        raise MissingExtra("time stamps need rfc3161-client: pip install 'sourceline[stamp]'") from None
    return rfc3161_client
