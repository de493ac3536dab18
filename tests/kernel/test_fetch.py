import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from parvis.kernel.fetch import Fetcher, FetchFailed, FetchRefused
from tests.make.certificates import tls_for
from tests.make.web_server import Hit, WebServer, reply, web_server

LOOPBACK = [ip_network("127.0.0.0/8")]


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as running:
        yield running


async def anywhere(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
async def fetcher(server: WebServer) -> AsyncIterator[Fetcher]:
    client = fetcher_for(server)
    yield client
    await client.close()


def fetcher_for(server: WebServer, **options: Any) -> Fetcher:
    """One that an administrator has allowed to reach the loopback; every name leads there."""
    chosen: dict[str, Any] = {"resolver": anywhere, "ports": frozenset({server.port}), "exempt": LOOPBACK, "seconds": 5}
    return Fetcher(**(chosen | options))


def url(server: WebServer, path: str = "/", host: str = "exemple.fr") -> str:
    return f"http://{host}:{server.port}{path}"


async def test_an_answer_comes_back_whole(server: WebServer, fetcher: Fetcher) -> None:
    server.answer = lambda hit: reply("é".encode(), 418, content_type="text/plain")
    fetched = await fetcher.get(url(server, "/page?a=1#part"), headers={"accept": "text/html"})
    assert (fetched.status, fetched.body, fetched.headers["content-type"]) == (418, "é".encode(), "text/plain")
    assert fetched.url == url(server, "/page?a=1")
    [hit] = server.hits
    assert (hit.method, hit.path) == ("GET", "/page?a=1")
    assert hit.headers["host"] == f"exemple.fr:{server.port}"
    assert hit.headers["accept"] == "text/html"


async def test_nothing_of_ours_goes_along(
    server: WebServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No proxy or credentials of the environment, no cookie from one answer to the next."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine exemple.fr login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    def answer(hit: Hit) -> bytes:
        return reply(set_cookie="a=b") if hit.path == "/end" else reply(status=302, location="/end", set_cookie="a=b")

    server.answer = answer
    for _ in range(2):
        await fetcher.get(url(server, "/start"))
    assert len(server.hits) == 4
    assert not any({"cookie", "authorization", "referer", "origin"} & hit.headers.keys() for hit in server.hits)
    assert server.connections == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_three_redirects_are_followed_and_a_fourth_is_not(
    server: WebServer, fetcher: Fetcher, status: int
) -> None:
    def answer(hit: Hit) -> bytes:
        left = int(hit.path[1:])
        return reply(status=status, location=f"/{left - 1}") if left else reply(b"end")

    server.answer = answer
    assert (await fetcher.get(url(server, "/3"))).url == url(server, "/0")
    with pytest.raises(FetchRefused) as refused:
        await fetcher.get(url(server, "/4"))
    assert refused.value.reason == "redirects"
    assert len(server.hits) == 8


async def test_a_redirect_may_lead_to_another_host(server: WebServer, fetcher: Fetcher) -> None:
    other = url(server, "/b", host="autre.fr")
    server.answer = lambda hit: reply() if hit.path == "/b" else reply(status=301, location=other)
    assert (await fetcher.get(url(server, "/a"))).url == other
    assert [hit.headers["host"] for hit in server.hits] == [f"exemple.fr:{server.port}", f"autre.fr:{server.port}"]


async def test_what_is_posted_goes_to_one_place(server: WebServer, fetcher: Fetcher) -> None:
    server.answer = lambda hit: reply(status=307, location="/elsewhere")
    answer = await fetcher.post(url(server, "/push"), b"secret", headers={"ttl": "60"})
    assert answer.status == 307
    assert [(hit.method, hit.path, hit.body, hit.headers["ttl"]) for hit in server.hits] == [
        ("POST", "/push", b"secret", "60")
    ]


async def test_a_caller_cannot_name_another_host(server: WebServer, fetcher: Fetcher) -> None:
    await fetcher.get(url(server), headers={"Host": "interne", "Accept-Encoding": "br"})
    [hit] = server.hits
    assert hit.headers["host"] == f"exemple.fr:{server.port}"
    assert hit.headers["accept-encoding"] == "gzip"


async def test_an_international_name_is_asked_for_in_ascii(server: WebServer) -> None:
    asked = []

    async def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    client = fetcher_for(server, resolver=resolver)
    await client.get(url(server, host="université.fr"))
    await client.close()
    name = "université.fr".encode("idna").decode()
    assert asked == [name]
    assert server.hits[0].headers["host"] == f"{name}:{server.port}"


async def test_an_answer_is_taken_up_to_its_limit(server: WebServer) -> None:
    client = fetcher_for(server, max_bytes=1000)
    server.answer = lambda hit: reply(bytes(int(hit.path[1:])))
    assert len((await client.get(url(server, "/1000"))).body) == 1000
    with pytest.raises(FetchFailed, match="too large"):
        await client.get(url(server, "/1001"))
    await client.close()


async def test_a_packed_answer_is_measured_unpacked(server: WebServer) -> None:
    client = fetcher_for(server, max_bytes=100_000)
    server.answer = lambda hit: reply(gzip.compress(bytes(int(hit.path[1:]))), content_encoding="gzip")
    assert (await client.get(url(server, "/100000"))).body == bytes(100_000)
    with pytest.raises(FetchFailed, match="too large"):
        await client.get(url(server, "/50000000"))
    await client.close()


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip"])
async def test_a_packing_that_we_did_not_ask_for_is_not_unpacked(
    server: WebServer, fetcher: Fetcher, encoding: str
) -> None:
    server.answer = lambda hit: reply(b"x", content_encoding=encoding)
    with pytest.raises(FetchFailed, match="encoding"):
        await fetcher.get(url(server))


@pytest.mark.parametrize(
    "raw",
    [
        b"not http\r\n\r\n",
        b"HTTP/1.1 200 x\r\ncontent-length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 x\r\n" + b"a: " + b"b" * 500_000 + b"\r\n\r\n",
        reply(b"not gzip", content_encoding="gzip"),
        b"",
    ],
)
async def test_an_answer_that_makes_no_sense_fails(server: WebServer, fetcher: Fetcher, raw: bytes) -> None:
    server.answer = lambda hit: raw
    with pytest.raises(FetchFailed):
        await fetcher.get(url(server))


async def test_silence_ends_in_time() -> None:
    given_up = asyncio.Event()

    async def mute(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 x\r\n")
        await given_up.wait()
        writer.close()

    listening = await asyncio.start_server(mute, "127.0.0.1", 0)
    server = WebServer(port=listening.sockets[0].getsockname()[1])
    client = fetcher_for(server, seconds=0.2)
    with pytest.raises(FetchFailed):
        await client.get(url(server))
    await client.close()
    given_up.set()
    listening.close()
    await listening.wait_closed()


async def test_a_trickle_ends_in_time_too(server: WebServer) -> None:
    """Each redirect is quick enough; all together are not."""

    async def slow(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0.15)
        return ["127.0.0.1"]

    client = fetcher_for(server, resolver=slow, seconds=0.4)
    server.answer = lambda hit: reply(status=302, location="/again")
    with pytest.raises(FetchFailed, match="too slow"):
        await client.get(url(server))
    await client.close()
    assert 1 <= len(server.hits) <= 3


@pytest.mark.parametrize("answers", [OSError("no such host"), []])
async def test_a_name_that_nobody_has_fails(server: WebServer, answers: OSError | list[str]) -> None:
    async def resolver(_host: str, _port: int) -> list[str]:
        if isinstance(answers, OSError):
            raise answers
        return answers

    client = fetcher_for(server, resolver=resolver)
    with pytest.raises(FetchFailed, match="unresolved"):
        await client.get(url(server))
    await client.close()


async def test_a_certificate_is_for_the_name_and_not_for_the_address(tmp_path: Path) -> None:
    serving, trusted = tls_for("exemple.fr", tmp_path)
    async with web_server(serving) as server:
        client = fetcher_for(server, tls=ssl.create_default_context(cafile=trusted))
        good = f"https://exemple.fr:{server.port}/"
        assert (await client.get(good)).body == b"hello"
        for wrong in (f"https://autre.fr:{server.port}/", f"https://127.0.0.1:{server.port}/"):
            with pytest.raises(FetchFailed):
                await client.get(wrong)
        await client.close()
        stranger = fetcher_for(server)
        with pytest.raises(FetchFailed):
            await stranger.get(good)
        await stranger.close()
        assert len(server.hits) == 1


async def test_a_trusted_origin_is_reached_where_it_stands_and_no_other_is(server: WebServer) -> None:
    """An administrator's own service, on a private network and a port of its own."""
    origin = f"http://127.0.0.1:{server.port}"
    client = fetcher_for(server, ports=frozenset({80, 443}), exempt=(), trusted={origin})
    assert (await client.get(f"{origin}/")).status == 200
    for other in (f"http://localhost:{server.port}/", f"https://127.0.0.1:{server.port}/", "http://127.0.0.1/"):
        with pytest.raises(FetchRefused):
            await client.get(other)
    await client.close()


async def test_a_trusted_name_may_lead_to_a_private_address_whatever_its_case(server: WebServer) -> None:
    client = fetcher_for(server, exempt=(), trusted={f"http://IDP.exemple.fr:{server.port}"})
    assert (await client.get(url(server, host="idp.EXEMPLE.fr"))).status == 200
    with pytest.raises(FetchRefused, match="address"):
        await client.get(url(server, host="autre.exemple.fr"))
    await client.close()


async def test_a_trusted_origin_s_redirect_leads_to_no_other_private_place(server: WebServer) -> None:
    server.answer = lambda hit: reply(status=302, location=url(server, "/b", host="interne.exemple.fr"))
    client = fetcher_for(server, exempt=(), trusted={url(server).rstrip("/")})
    with pytest.raises(FetchRefused, match="address"):
        await client.get(url(server))
    assert len(server.hits) == 1
    await client.close()
