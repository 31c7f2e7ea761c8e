"""Which network addresses may be fetched: public ones only, unless somebody asked for more."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from sourceline.collect.names import shown
from sourceline.errors import AddressRefused, FetchError

_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_GLOBAL = (IPv6Network("fec0::/10"), IPv6Network("3fff::/20"))
"""Site-local addresses, which were given up (RFC 3879), and examples (RFC 9637): `is_global` may not know of them."""


def is_public(address: str) -> bool:
    """Whether the address is reachable for everybody; an IPv4 address inside an IPv6 one is looked at as well."""
    found = ip_address(address.split("%")[0])
    if isinstance(found, IPv6Address):
        inner: list[IPv4Address] = [a for a in (found.ipv4_mapped, found.sixtofour) if a is not None]
        if found.teredo is not None:
            inner.extend(found.teredo)
        if found in _NAT64:
            inner.append(IPv4Address(int(found) & 0xFFFFFFFF))
        if inner:
            return all(is_public(str(address)) for address in inner)
        if any(found in network for network in _NOT_GLOBAL):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, in the resolver's order.

    Raises AddressRefused if any of them is not public (unless `allow_private`), FetchError if there is none.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"the host {shown(host)} is not known: check the address and the connection") from None
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise AddressRefused(
                    f"{shown(host)} is at {address}, a private or local address: give --allow-private to fetch it"
                )
    return addresses
