import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request

from parvis.kernel import problems
from parvis.kernel.config import Settings
from parvis.kernel.errors import Unauthenticated
from parvis.kernel.limits import Meter, RateLimitFields, limit_of, limited, limiter
from parvis.kernel.limits.limiter import Counters
from parvis.kernel.runtime import Parvis
from tests.make.services import REDIS, started
from tests.make.tcp_proxy import tcp_proxy

BODY_TELLS = limited("sign_in", "3/hour", network="10/hour", account="5/hour")


async def known_account(request: Request) -> str | None:
    return request.headers.get("x-account")


def shop(settings: Settings) -> FastAPI:
    """An application with one door of each kind."""
    app = FastAPI()
    problems.install(app)
    app.add_middleware(RateLimitFields)
    app.state.parvis = Parvis(settings)

    @app.get("/plain", dependencies=[limited("plain", "3/hour")])
    async def plain() -> str:
        return "open"

    @app.post("/sign-in")
    async def sign_in(email: str, meter: Annotated[Meter, BODY_TELLS], fail: bool = False) -> str:
        await meter.charge(email)
        if fail:
            raise Unauthenticated
        return "open"

    @app.get("/known", dependencies=[limited("known", "2/hour", network="100/hour", who=known_account)])
    async def known() -> str:
        return "open"

    @app.get("/free")
    async def free() -> str:
        return "open"

    return app


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/x.db", secret_key="x" * 32)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    opened = shop(settings)
    yield opened
    await opened.state.parvis.limiter.stop()


def from_address(app: FastAPI, address: str = "203.0.113.7", **headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url="https://testserver", headers=headers)


async def statuses(times: int, ask: Callable[[], Any]) -> list[int]:
    return [(await ask()).status_code for _ in range(times)]


async def test_beyond_the_limit_is_429_with_the_time_to_wait(app: FastAPI) -> None:
    async with from_address(app) as client:
        assert await statuses(3, lambda: client.get("/plain")) == [200] * 3
        refused = await client.get("/plain", headers={"accept-language": "en"})
    assert refused.status_code == 429
    assert refused.json()["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 3600


async def test_every_answer_tells_what_is_left(app: FastAPI) -> None:
    """As structured fields (RFC 9651): strings with parameters."""
    async with from_address(app) as client:
        answers = [await client.get("/plain") for _ in range(4)]
        free = await client.get("/free")
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"plain-network";q=3;w=3600'}
    left = [re.fullmatch(r'"plain-network";r=(\d+);t=(\d+)', answer.headers["ratelimit"]) for answer in answers]
    assert [int(each[1]) for each in left if each] == [2, 1, 0, 0]
    assert all(1 <= int(each[2]) <= 3600 for each in left if each)
    assert "ratelimit" not in free.headers


async def test_a_failure_of_the_route_tells_it_too(app: FastAPI) -> None:
    async with from_address(app) as client:
        failed = await client.post("/sign-in?email=a&fail=true")
    assert failed.status_code == 401
    assert (
        failed.headers["ratelimit-policy"]
        == '"sign_in-network";q=10;w=3600, "sign_in";q=3;w=3600, "sign_in-account";q=5;w=3600'
    )
    assert failed.headers["ratelimit"].count(";r=") == 3


async def test_one_account_from_one_network_is_limited(app: FastAPI) -> None:
    async with from_address(app) as client:
        assert await statuses(4, lambda: client.post("/sign-in?email=lea")) == [200, 200, 200, 429]
        assert await statuses(1, lambda: client.post("/sign-in?email=nadia")) == [200]


async def test_a_stranger_elsewhere_does_not_lock_the_account(app: FastAPI) -> None:
    async with from_address(app, "198.51.100.1") as stranger, from_address(app) as owner:
        assert (await statuses(4, lambda: stranger.post("/sign-in?email=lea")))[-1] == 429
        assert await statuses(1, lambda: owner.post("/sign-in?email=lea")) == [200]


async def test_many_networks_together_wear_an_account_out(app: FastAPI) -> None:
    answers = []
    for number in range(6):
        async with from_address(app, f"198.51.100.{number}") as client:
            answers += await statuses(1, lambda: client.post("/sign-in?email=lea"))
    assert answers == [200] * 5 + [429]


async def test_a_network_is_limited_whatever_accounts_it_tries(app: FastAPI) -> None:
    async with from_address(app) as client:
        answers = [(await client.post(f"/sign-in?email={number}")).status_code for number in range(12)]
    assert answers == [200] * 10 + [429] * 2


async def test_an_account_that_a_dependency_knows_is_counted_at_once(app: FastAPI) -> None:
    async with from_address(app) as client:
        assert await statuses(3, lambda: client.get("/known", headers={"x-account": "a"})) == [200, 200, 429]
        assert await statuses(3, lambda: client.get("/known", headers={"x-account": "b"})) == [200, 200, 429]
        assert await statuses(9, lambda: client.get("/known")) == [200] * 9


async def test_two_limits_do_not_share_their_count(app: FastAPI) -> None:
    async with from_address(app) as client:
        assert (await statuses(4, lambda: client.get("/plain")))[-1] == 429
        assert await statuses(1, lambda: client.get("/known")) == [200]


async def test_at_once_is_not_more(app: FastAPI) -> None:
    async with from_address(app) as client:
        answers = await asyncio.gather(*(client.get("/plain") for _ in range(30)))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 27


def test_a_limit_can_be_told_in_the_reference() -> None:
    limit = limit_of(BODY_TELLS.dependency)
    assert limit is not None
    assert (limit.name, str(limit.rate), str(limit.network)) == ("sign_in", "3 per 1 hour", "10 per 1 hour")
    assert limit_of(known_account) is None


@pytest.fixture
async def shared(settings: Settings) -> AsyncIterator[tuple[Any, list[FastAPI]]]:
    """Two processes' worth of applications behind one Redis, reached through a door that can be shut."""
    url = urlsplit(os.environ[REDIS])
    async with tcp_proxy(url.hostname or "", url.port or 6379) as door:
        through = os.environ[REDIS].replace(f":{url.port}/", f":{door.port}/")
        apps = [shop(Settings.model_validate({**settings.model_dump(), "redis_url": through})) for _ in range(2)]
        await _flush(apps[0])
        yield door, apps
        for app in apps:
            await app.state.parvis.limiter.stop()


async def _flush(app: FastAPI) -> None:
    await app.state.parvis.limiter._redis.bridge.storage.flushdb()


if started(REDIS):

    async def test_processes_count_together(shared: tuple[Any, list[FastAPI]]) -> None:
        _, (one, other) = shared
        async with from_address(one) as here, from_address(other) as there:
            assert await statuses(2, lambda: here.get("/plain")) == [200, 200]
            assert await statuses(2, lambda: there.get("/plain")) == [200, 429]
            assert await statuses(1, lambda: here.get("/plain")) == [429]

    async def test_no_address_is_kept_in_redis(shared: tuple[Any, list[FastAPI]]) -> None:
        _, (one, _) = shared
        async with from_address(one) as client:
            await client.post("/sign-in?email=lea@exemple.fr")
        keys = await one.state.parvis.limiter._redis.bridge.storage.keys("*")
        assert len(keys) >= 3
        assert not any(b"lea" in key or b"203.0.113" in key for key in keys)

    @pytest.mark.parametrize("how", ["cut", "mute"])
    async def test_losing_redis_neither_opens_nor_forgets_nor_stalls(
        shared: tuple[Any, list[FastAPI]], how: str
    ) -> None:
        door, (one, _) = shared
        async with from_address(one) as client:
            assert await statuses(2, lambda: client.get("/plain")) == [200, 200]
            await door.cut() if how == "cut" else door.mute()
            begun = perf_counter()
            assert await statuses(5, lambda: client.get("/plain")) == [200, 429, 429, 429, 429]
            assert perf_counter() - begun < 3

    async def test_redis_comes_back_into_use(
        shared: tuple[Any, list[FastAPI]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("parvis.kernel.limits.limiter.REDIS_RETRY_SECONDS", 0.0)
        door, (one, other) = shared
        async with from_address(one) as here, from_address(other) as there:
            await door.cut()
            assert await statuses(1, lambda: here.get("/plain")) == [200]
            await door.start()
            assert await statuses(3, lambda: there.get("/plain")) == [200] * 3
            assert await statuses(1, lambda: here.get("/plain")) == [429]


async def test_what_has_expired_is_looked_for_now_and_then_and_not_at_each_hit() -> None:
    looks = 0

    class Watched(dict[str, float]):
        def keys(self) -> Any:
            nonlocal looks
            looks += 1
            return super().keys()

    counters = Counters()
    counters.expirations = Watched()
    for number in range(50):
        await counters.incr(f"key {number}", 1)
    assert counters.timer is not None
    await counters.timer
    assert looks == 1


async def test_what_has_expired_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "EXPIRED_EVERY_SECONDS", 0.0)
    counters = Counters()
    await counters.incr("gone", -1)
    await counters.incr("here", 60)
    assert counters.timer is not None
    await counters.timer
    await counters.incr("here", 60)
    await counters.timer
    assert list(counters.storage) == ["here"]
