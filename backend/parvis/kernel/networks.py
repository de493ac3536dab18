"""Which network addresses are on the public internet, whatever they are wrapped in."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

GLOBAL_UNICAST = IPv6Network("2000::/3")  # The only IPv6 that IANA has given out to hosts.
TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64 (RFC 6052): the last 32 bits are an IPv4 address.
NOWHERE = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host (RFC 1122)
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598)
        "168.63.129.16/32",  # Azure's host service: global on paper, the machine's own in fact
        "192.0.0.0/24",  # protocol assignments, with DS-Lite and NAT64 discovery
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "198.18.0.0/15",  # benchmarks
        "224.0.0.0/4",  # multicast: "global" to the standard library
        "240.0.0.0/4",  # reserved, with broadcast
        "2001::/23",  # protocol assignments, with Teredo's prefix
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation (RFC 9637)
    )
)


def is_public(address: Address) -> bool:
    """Whether `address`, and every IPv4 address wrapped in it, is a host of the public internet."""
    return all(_is_public(each) for each in (address, *_wrapped(address)))


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address in TRANSLATED or address.ipv4_mapped is not None:
            return True  # What counts is the address inside.
        if address not in GLOBAL_UNICAST:
            return False
    return address.is_global and not any(address.version == net.version and address in net for net in NOWHERE)


def _wrapped(address: Address) -> Iterator[Address]:
    """The IPv4 addresses that a gateway would unwrap from an IPv6 one."""
    if not isinstance(address, IPv6Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    low = IPv4Address(address.packed[12:])
    if address in TRANSLATED or address.packed[8:12] in {b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe"}:  # ISATAP (RFC 5214)
        yield low


def parse_address(text: str) -> Address | None:
    """The address written strictly (no octal, hexadecimal, decimal or short form), else None."""
    try:
        return ip_address(text)
    except ValueError:
        return None
