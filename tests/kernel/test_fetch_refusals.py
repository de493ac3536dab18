"""Addresses that lead, by one trick or another, to where a server must not go. A sentinel there counts visits: none."""

from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_network

import pytest

from parvis.kernel.fetch import Fetcher, FetchFailed, FetchRefused
from tests.make.addresses import HOSTS, LOCATIONS, URLS
from tests.make.web_server import WebServer, reply, web_server

PUBLIC = "93.184.215.14"


@pytest.fixture
async def sentinel() -> AsyncIterator[WebServer]:
    async with web_server() as server:
        yield server


def fetcher(server: WebServer, *answers: Sequence[str]) -> Fetcher:
    """One to which each name resolves to the next of `answers`, and the sentinel's port is as good as 80."""
    waiting = [list(answer) for answer in answers]

    async def resolver(_host: str, _port: int) -> list[str]:
        return waiting.pop(0) if waiting else ["127.0.0.1"]

    return Fetcher(resolver=resolver, ports=frozenset({80, 443, server.port}), seconds=2)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_private_host_is_refused_however_it_is_written(sentinel: WebServer, scheme: str, host: str) -> None:
    await refused(sentinel, f"{scheme}://{host}:{sentinel.port}/", fetcher(sentinel))


@pytest.mark.parametrize("url", URLS)
async def test_an_address_of_another_kind_is_refused(sentinel: WebServer, url: str) -> None:
    await refused(sentinel, url.replace("{port}", str(sentinel.port)), fetcher(sentinel, [PUBLIC]))


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["10.1.2.3"],
        [PUBLIC, "127.0.0.1"],
        ["127.0.0.1", PUBLIC],
        ["fe80::1%lo"],
        ["not an address"],
    ],
)
async def test_a_name_with_a_single_private_address_is_refused(sentinel: WebServer, answers: list[str]) -> None:
    await refused(sentinel, f"http://exemple.fr:{sentinel.port}/", fetcher(sentinel, answers))


async def test_a_name_that_changes_its_mind_is_asked_once(sentinel: WebServer) -> None:
    """DNS rebinding: the first answer is public and vetted, the second would be the loopback."""
    asked = []

    async def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    client = Fetcher(resolver=rebinding, ports=frozenset({sentinel.port}), seconds=0.5)
    with pytest.raises(FetchFailed):  # Nobody answers there from here; what counts is where it knocked.
        await client.get(f"http://exemple.fr:{sentinel.port}/")
    await client.close()
    assert (asked, sentinel.connections) == (["exemple.fr"], 0)


@pytest.mark.parametrize(
    "location",
    LOCATIONS,
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_vetted_like_any_address(sentinel: WebServer, status: int, location: str) -> None:
    """The first hop is let through to the sentinel; whatever it points to next is judged anew."""

    async def resolver(host: str, _port: int) -> list[str]:
        return ["127.0.0.2"] if host.startswith("interne") else ["127.0.0.1"]

    sentinel.answer = lambda hit: reply(status=status, location=location.replace("{port}", str(sentinel.port)))
    client = Fetcher(
        resolver=resolver, ports=frozenset({80, sentinel.port}), exempt=[ip_network("127.0.0.1/32")], seconds=2
    )
    with pytest.raises(FetchRefused):
        await client.get(f"http://exemple.fr:{sentinel.port}/")
    await client.close()
    assert sentinel.connections == 1


async def test_the_systems_resolver_is_vetted_too(sentinel: WebServer) -> None:
    client = Fetcher(ports=frozenset({sentinel.port}), seconds=2)
    await refused(sentinel, f"http://localhost:{sentinel.port}/", client)


async def refused(sentinel: WebServer, url: str, client: Fetcher) -> None:
    for attempt in (client.get(url), client.post(url, b"x")):
        with pytest.raises(FetchRefused):
            await attempt
    await client.close()
    assert sentinel.connections == 0
