"""Limits on routes, and how they are told: `RateLimit`, `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-11)
and, on 429, `Retry-After`."""

from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from limits import RateLimitItem, parse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parvis.kernel.errors import TooManyRequests
from parvis.kernel.web import running

from .client import client_network
from .limiter import Bucket, Limiter, Verdict


@dataclass(frozen=True)
class Limit:
    """The quotas of one operation."""

    name: str
    rate: RateLimitItem
    network: RateLimitItem | None
    account: RateLimitItem | None

    def of_network(self, network: str) -> Iterator[tuple[Bucket, tuple[str, ...]]]:
        yield Bucket(f"{self.name}-network", self.network or self.rate), (network,)

    def of_account(self, account: str, network: str) -> Iterator[tuple[Bucket, tuple[str, ...]]]:
        yield Bucket(self.name, self.rate), (account, network)
        if self.account is not None:
            yield Bucket(f"{self.name}-account", self.account), (account,)


@dataclass(frozen=True)
class Meter:
    """The limit of one operation at work on one request."""

    limit: Limit
    limiter: Limiter
    network: str
    verdicts: list[Verdict]

    async def charge(self, account: str) -> None:
        """Counts one attempt on an account. Raises `TooManyRequests`."""
        await self._hit(self.limit.of_account(account, self.network))

    async def charge_network(self) -> None:
        """Counts one request of the network. Raises `TooManyRequests`."""
        await self._hit(self.limit.of_network(self.network))

    async def _hit(self, buckets: Iterator[tuple[Bucket, tuple[str, ...]]]) -> None:
        for bucket, who in buckets:
            verdict = await self.limiter.hit(bucket, *who)
            self.verdicts.append(verdict)
            if not verdict.allowed:
                raise TooManyRequests(headers={"retry-after": str(verdict.reset)})


async def _nobody() -> None:
    return None


def limited(
    name: str,
    rate: str,
    *,
    network: str | None = None,
    account: str | None = None,
    who: Callable[..., Awaitable[str | None]] = _nobody,
) -> Any:
    """A dependency (`Depends`) that counts each request, raises `TooManyRequests`, and gives the `Meter`.

    Rates are written "10/minute". `who` is a dependency that tells the account, if any; when the body alone tells it,
    the route calls `await meter.charge(account)`. Without `network`, a network may do as much as one account.
    """
    limit = Limit(name, parse(rate), parse(network) if network else None, parse(account) if account else None)

    async def count(request: Request, known: Annotated[str | None, Depends(who)]) -> Meter:
        limiter = running(request).limiter
        verdicts = _verdicts(request.scope)
        meter = Meter(limit, limiter, client_network(request, limiter.trusted_proxies), verdicts)
        await meter.charge_network()
        if known is not None:
            await meter.charge(known)
        return meter

    _limits[count] = limit
    return Depends(count)


_limits: dict[Callable[..., Any], Limit] = {}


def limit_of(dependency: Callable[..., Any] | None) -> Limit | None:
    """The limit that a route's dependency stands for, if it is one: for the published description."""
    return _limits.get(dependency) if dependency else None


class RateLimitFields:
    """ASGI layer that tells, on whatever answer a limited operation gives, how much is left."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        verdicts = _verdicts(scope)

        async def send_with_fields(message: Message) -> None:
            if message["type"] == "http.response.start" and verdicts:
                headers = MutableHeaders(scope=message)
                headers["ratelimit-policy"] = ", ".join(_policy(verdict.bucket) for verdict in verdicts)
                headers["ratelimit"] = ", ".join(_left(verdict) for verdict in verdicts)
            await send(message)

        await self._app(scope, receive, send_with_fields)


def _verdicts(scope: MutableMapping[str, Any]) -> list[Verdict]:
    return cast("list[Verdict]", scope.setdefault("state", {}).setdefault("rate_limit_verdicts", []))


def _policy(bucket: Bucket) -> str:
    return f'"{bucket.name}";q={bucket.rate.amount};w={bucket.rate.get_expiry()}'


def _left(verdict: Verdict) -> str:
    return f'"{verdict.bucket.name}";r={verdict.remaining};t={verdict.reset}'
