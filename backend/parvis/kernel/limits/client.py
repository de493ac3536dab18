"""From which network a request comes, when proxies of ours may stand in front."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network

from starlette.requests import HTTPConnection

from parvis.kernel.networks import parse_address

WITH_PORT = re.compile(r"(?:\[(?P<six>[^\]]*)\]|(?P<four>[0-9.]+))(?::[0-9]{1,5})?")


def client_network(connection: HTTPConnection, trusted_proxies: int) -> str:
    """The client's IPv4 address, or the /64 of its IPv6 address (one household, one phone).

    Each proxy appends whom it saw to `X-Forwarded-For`, so that with N of ours in front the N-th entry from the right
    was written by one of them, and what is left of it is hearsay. No other header is read.
    """
    peer = connection.client.host if connection.client else ""
    forwarded = ",".join(connection.headers.getlist("x-forwarded-for")).split(",") if trusted_proxies else []
    address = _address(peer)
    for entry in reversed(forwarded[-trusted_proxies:]):
        found = _address(entry.strip())
        if found is None:
            break  # Not what a proxy writes: the last one we could read is all we know.
        address = found
    return _network(address) if address else "local"


def _address(text: str) -> IPv4Address | IPv6Address | None:
    match = WITH_PORT.fullmatch(text)
    address = parse_address((match["six"] or match["four"]) if match else text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _network(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), 128)).supernet(new_prefix=64))
