"""The only client of addresses that somebody else chose (link previews, push endpoints, an identity provider's).

Each hop is vetted, resolved once, and connected to the very address that was vetted, so that neither a redirect nor
a name that changes its mind (DNS rebinding) leads into a private network. No cookies, proxies or credentials.
"""

import asyncio
import re
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network, IPv6Network
from typing import Literal

import httpx

from .networks import Address, is_public, parse_address
from .tracing import span

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
Network = IPv4Network | IPv6Network

REDIRECTS = {301, 302, 303, 307, 308}
DEFAULT_PORTS = {"http": 80, "https": 443}
LOOKS_NUMERIC = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?$")
"""A last label that is a number makes the whole host an IPv4 address (WHATWG URL, "ends in a number")."""


class FetchFailed(Exception):
    """The address did not give an answer that we take: unreachable, too slow, too large, or not decodable."""


class FetchRefused(FetchFailed):
    """The address is one we do not go to. `reason` is stable; nothing was sent to it."""

    def __init__(self, reason: Literal["url", "scheme", "credentials", "port", "address", "redirects"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Fetched:
    """An answer: the address that gave it after redirects, and its decoded body."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system's resolver. Raises OSError when there are none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]


@cache
def usual_authorities() -> ssl.SSLContext:
    """Read once: to read their certificates takes longer than all else that a client needs to begin."""
    return httpx.create_ssl_context(trust_env=False)


class Fetcher:
    """Fetches foreign addresses within limits of time (seconds, all hops together) and size (decoded bytes).

    `exempt` networks are let through though private: an administrator's own services. So are `trusted` origins
    (`https://idp.example:8443`), on their very port: nothing that an answer of theirs names is, unless it is one too.
    `tls` says whose certificates to believe instead of the usual authorities'.
    """

    def __init__(
        self,
        *,
        resolver: Resolver = resolve,
        ports: frozenset[int] = frozenset({80, 443}),
        exempt: Sequence[Network] = (),
        trusted: Collection[str] = (),
        seconds: float = 10,
        max_bytes: int = 2**20,
        max_redirects: int = 3,
        user_agent: str = "Parvis",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._resolver = resolver
        self._ports = ports
        self._exempt = exempt
        self._trusted = frozenset(_origin(httpx.URL(origin)) for origin in trusted)
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._headers = {"user-agent": user_agent, "accept-encoding": "gzip", "connection": "close"}
        # No connection is kept: a pooled one was verified for another name on the same address.
        self._transport = httpx.AsyncHTTPTransport(
            verify=tls or usual_authorities(),
            trust_env=False,
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=0),
        )

    async def close(self) -> None:
        await self._transport.aclose()

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Fetched:
        """Reads an address, following up to `max_redirects` redirects, each vetted anew.

        Raises `FetchRefused` or `FetchFailed`.
        """
        async with _in_time(self._seconds):
            target = self.vet(url)
            for _ in range(self._max_redirects + 1):
                fetched = await self._send("GET", target, headers or {}, b"")
                location = fetched.headers.get("location")
                if fetched.status not in REDIRECTS or location is None:
                    return fetched
                target = self.vet(_joined(target, location))
            raise FetchRefused("redirects")

    async def post(self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None) -> Fetched:
        """Sends bytes to an address. A redirect is an answer like any other: what we send goes nowhere else.

        Raises `FetchRefused` or `FetchFailed`.
        """
        async with _in_time(self._seconds):
            return await self._send("POST", self.vet(url), headers or {}, body)

    async def check(self, url: str) -> None:
        """Whether we would go to this address now; nothing is sent to it. Raises `FetchRefused` or `FetchFailed`."""
        async with _in_time(self._seconds):
            await self._resolve(self.vet(url))

    def vet(self, url: str) -> httpx.URL:
        """The parsed address, if it is one we may go to as far as it can be told without resolving its name.

        Raises `FetchRefused`.
        """
        try:
            parsed = httpx.URL(url)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise FetchRefused("url") from error
        if parsed.scheme not in DEFAULT_PORTS:
            raise FetchRefused("scheme")
        if parsed.userinfo:
            raise FetchRefused("credentials")
        host = _host(parsed)
        if not host or "%" in host or "\\" in url or any(ord(letter) <= 32 for letter in url):
            raise FetchRefused("url")
        is_trusted = _origin(parsed) in self._trusted
        if _port(parsed) not in self._ports and not is_trusted:
            raise FetchRefused("port")
        address = parse_address(host)
        if address is not None:
            self._vet_address(address, is_trusted=is_trusted)
        elif LOOKS_NUMERIC.search(host):
            raise FetchRefused("address")
        return parsed.copy_with(fragment=None)

    async def _send(self, method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> Fetched:
        """One hop. It connects to the vetted address; the name stays in `Host` and in TLS, which verifies it."""
        with span(method, "CLIENT", http__request__method=method, server__address=_host(url)) as told:
            fetched = await self._send_to(method, url, headers, body)
            if told is not None:
                told.set_attribute("http.response.status_code", fetched.status)
            return fetched

    async def _send_to(self, method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> Fetched:
        address = await self._resolve(url)
        request = httpx.Request(
            method,
            url.copy_with(host=str(address)),
            headers=self._dressed(headers, url),
            content=body,
            extensions={
                "sni_hostname": _host(url),
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._seconds),
            },
        )
        try:
            response = await self._transport.handle_async_request(request)
            try:
                return Fetched(str(url), response.status_code, response.headers, await self._read(response))
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            raise FetchFailed(type(error).__name__) from error

    def _dressed(self, headers: Mapping[str, str], url: httpx.URL) -> httpx.Headers:
        dressed = httpx.Headers(headers)
        dressed.update(self._headers)
        dressed["host"] = url.netloc.decode()
        return dressed

    async def _resolve(self, url: httpx.URL) -> Address:
        """One address of the host. If a single one of them is private, the name is refused."""
        host = _host(url)
        literal = parse_address(host)
        try:
            answers = [str(literal)] if literal else await self._resolver(host, _port(url))
        except OSError as error:
            raise FetchFailed("unresolved") from error
        addresses = [parse_address(answer) for answer in answers]
        if not addresses:
            raise FetchFailed("unresolved")
        for address in addresses:
            self._vet_address(address, is_trusted=_origin(url) in self._trusted)
        return next(address for address in addresses if address)

    def _vet_address(self, address: Address | None, *, is_trusted: bool) -> None:
        if address is None:
            raise FetchRefused("address")
        if is_trusted or any(address.version == network.version and address in network for network in self._exempt):
            return
        if not is_public(address):
            raise FetchRefused("address")

    async def _read(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for piece in _decoded(response, self._max_bytes + 1):
            body += piece
            if len(body) > self._max_bytes:
                raise FetchFailed("too large")
        return bytes(body)


@asynccontextmanager
async def _in_time(seconds: float) -> AsyncIterator[None]:
    """A limit on everything inside."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as late:
        raise FetchFailed("too slow") from late


async def _decoded(response: httpx.Response, most: int) -> AsyncIterator[bytes]:
    """The body, unzipped piece by piece: no piece grows over `most`, whatever it was packed into."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip", ""}:
        raise FetchFailed("encoding")
    if encoding in {"identity", ""}:
        async for piece in response.aiter_raw():
            yield piece
        return
    unzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        async for piece in response.aiter_raw():
            yield unzip.decompress(piece, most)
    except zlib.error as error:
        raise FetchFailed("encoding") from error


def _host(url: httpx.URL) -> str:
    """The host as it goes on the wire: lower case, international names in ASCII, no brackets."""
    return url.raw_host.decode("ascii").strip("[]").rstrip(".")


def _port(url: httpx.URL) -> int:
    return DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, _host(url), _port(url)


def _joined(base: httpx.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused("url") from error
