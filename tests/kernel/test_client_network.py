"""The RATE suite: what a client writes in its headers never gives it a bucket of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from parvis.kernel.limits import client_network

CLIENT = "203.0.113.7"
PROXIES = ["10.0.0.1", "10.0.0.2"]

SPOOFED = [
    [("X-Forwarded-For", "198.51.100.{n}")],
    [("X-Forwarded-For", "198.51.100.{n}, 198.51.100.1{n}")],
    [("X-Forwarded-For", "198.51.100.{n}"), ("X-Forwarded-For", "192.0.2.{n}")],
    [("X-Forwarded-For", "2001:db8:{n}::1")],
    [("X-Forwarded-For", "unknown, {n}, , <script>")],
    [("Forwarded", "for=198.51.100.{n};proto=https;by=10.0.0.1")],
    [("Forwarded", 'for="[2001:db8::{n}]:4711"'), ("X-Forwarded-For", "198.51.100.{n}")],
    [("X-Real-IP", "198.51.100.{n}")],
    [("X-Real-IP", "198.51.100.{n}"), ("Forwarded", "for=198.51.100.{n}"), ("X-Forwarded-For", "198.51.100.{n}")],
    [("X-Client-IP", "198.51.100.{n}"), ("X-Cluster-Client-IP", "198.51.100.{n}")],
    [("True-Client-IP", "198.51.100.{n}"), ("CF-Connecting-IP", "198.51.100.{n}")],
    [
        ("X-Forwarded-Host", "{n}.exemple.fr"),
        ("Via", "1.1 198.51.100.{n}"),
        ("X-Original-Forwarded-For", "198.51.100.{n}"),
    ],
]


def request(peer: str | None, headers: list[tuple[str, str]]) -> Request:
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    return Request({"type": "http", "headers": raw, "client": (peer, 4711) if peer is not None else None})


def arriving(client: str, proxies: int, sent: list[tuple[str, str]]) -> Request:
    """What Parvis receives when honest proxies, each noting whom it saw, stand between it and the client."""
    headers = list(sent)
    for seen in [client, *PROXIES][:proxies]:
        headers = _appended(headers, seen)
    return request([client, *PROXIES][proxies], headers)


def _appended(headers: list[tuple[str, str]], seen: str) -> list[tuple[str, str]]:
    before = [value for name, value in headers if name.lower() == "x-forwarded-for"]
    others = [(name, value) for name, value in headers if name.lower() != "x-forwarded-for"]
    return [*others, ("X-Forwarded-For", ", ".join([*before, seen]))]


@pytest.mark.parametrize("proxies", [0, 1, 2])
@pytest.mark.parametrize("headers", SPOOFED)
def test_a_client_stays_in_its_bucket_whatever_it_writes(headers: list[tuple[str, str]], proxies: int) -> None:
    found = set()
    for number in range(1, 6):
        sent = [(name, value.replace("{n}", str(number))) for name, value in headers]
        found.add(client_network(arriving(CLIENT, proxies, sent), proxies))
    assert found == {CLIENT}


@pytest.mark.parametrize("proxies", [0, 1, 2])
@given(written=st.text(alphabet=' ,.:[]0123456789abcdef"=;unkow', max_size=60))
def test_nothing_in_the_header_helps(proxies: int, written: str) -> None:
    assert client_network(arriving(CLIENT, proxies, [("X-Forwarded-For", written)]), proxies) == CLIENT


def test_clients_behind_a_proxy_are_told_apart() -> None:
    assert client_network(arriving("198.51.100.4", 1, []), 1) == "198.51.100.4"
    assert client_network(arriving("198.51.100.5", 2, []), 2) == "198.51.100.5"


def test_a_proxy_that_was_not_declared_is_taken_for_the_client() -> None:
    assert client_network(arriving(CLIENT, 1, []), 0) == PROXIES[0]
    assert client_network(arriving(CLIENT, 2, []), 1) == PROXIES[0]


def test_a_proxy_that_says_nothing_is_the_client() -> None:
    assert client_network(request("10.0.0.1", []), 2) == "10.0.0.1"
    assert client_network(request("10.0.0.1", [("X-Forwarded-For", "junk")]), 1) == "10.0.0.1"
    assert client_network(request("10.0.0.2", [("X-Forwarded-For", "junk, 10.0.0.1")]), 2) == "10.0.0.1"


@pytest.mark.parametrize(
    "written, network",
    [
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_addresses_are_read_as_proxies_write_them(written: str, network: str) -> None:
    assert client_network(request("10.0.0.1", [("X-Forwarded-For", written)]), 1) == network


def test_a_household_with_ipv6_is_one_network() -> None:
    first = client_network(request("2001:db8:1:2::1", []), 0)
    assert first == client_network(request("2001:db8:1:2:ffff:ffff:ffff:ffff", []), 0)
    assert first != client_network(request("2001:db8:1:3::1", []), 0)


def test_an_ipv4_client_on_an_ipv6_socket_is_itself() -> None:
    assert client_network(request("::ffff:203.0.113.7", []), 0) == "203.0.113.7"


def test_a_local_socket_has_no_address() -> None:
    assert client_network(request(None, []), 0) == "local"
    assert client_network(request("", [("X-Forwarded-For", CLIENT)]), 1) == CLIENT
