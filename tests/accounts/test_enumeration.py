"""The door does not say whom it knows (suite ENUM): same status, body, headers, queries and password hashes for every
kind of address, and about the same time."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from statistics import median
from time import perf_counter

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import REGISTRY

from parvis.kernel.runtime import Parvis
from tests.conftest import ORIGIN, CountedQueries
from tests.make.doors import Doors
from tests.make.people import PASSWORD, make_member, make_organisation

KINDS = ("known", "unknown", "suspended", "awaited", "foreign")
FORMS: dict[str, dict[str, str]] = {
    "sign-in-links": {},
    "password-resets": {},
    "activations": {},
    "registrations": {"name": "Ada Byron"},
    "sessions": {"password": "not the one that was kept"},
}


@pytest.fixture
async def crowd(parvis: Parvis, doors: Doors) -> list[str]:
    """One member of each kind, so that addresses can be drawn."""
    await make_organisation(parvis)
    await make_member(parvis, "Known", "known@univ.example", password=PASSWORD)
    await doors.suspend(await make_member(parvis, "Suspended", "suspended@univ.example", password=PASSWORD))
    await make_member(parvis, "Awaited", "awaited@univ.example", activated=False)
    return [*(f"{kind}@univ.example" for kind in KINDS[:-1]), "foreign@mail.example"]


_networks = count(1)


@asynccontextmanager
async def fresh_browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """On a network of its own, so that limits do not speak for the door."""
    number = next(_networks)
    here = f"198.51.{number // 250}.{number % 250}"
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(here, 4711))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"accept-language": "en"}) as browser:
        yield browser


def told(answer: httpx.Response) -> tuple[int, str, list[tuple[str, str]]]:
    """What an observer sees, but what is drawn at random for each request."""
    headers = sorted((name, value) for name, value in answer.headers.multi_items() if name != "x-request-id")
    written = [(name, re.sub(r"(?<==)[\w-]{43}(?=;)|(?<=;t=)\d+", "…", value)) for name, value in headers]
    return answer.status_code, answer.text.replace(answer.headers["x-request-id"], "…"), written


def hashes() -> float:
    return REGISTRY.get_sample_value("parvis_password_hashes_total") or 0


@pytest.mark.parametrize("path", FORMS)
async def test_every_kind_of_address_gets_the_same_answer(
    app: FastAPI, crowd: list[str], path: str, counted_queries: CountedQueries
) -> None:
    seen = set()
    for email in crowd:
        before = hashes()
        async with fresh_browser(app) as browser:
            with counted_queries() as queries:
                answer = await browser.post(f"/api/v1/{path}", json={"email": email} | FORMS[path])
        seen.add(repr((told(answer), len(queries), hashes() - before)))
    assert len(seen) == 1, seen
    assert f"{1.0 if path == 'sessions' else 0.0})" in seen.pop()


async def test_a_link_of_an_invitation_answers_every_kind_alike(
    parvis: Parvis, app: FastAPI, crowd: list[str], counted_queries: CountedQueries, doors: Doors
) -> None:
    token = await doors.invitation_link(await make_member(parvis, "Nadia", roles=["administrator"]))
    seen = set()
    for email in crowd:
        async with fresh_browser(app) as browser:
            with counted_queries() as queries:
                body = {"token": token, "name": "Ada Byron", "email": email}
                answer = await browser.post("/api/v1/invitations/acceptance", json=body)
        seen.add(repr((told(answer), len(queries))))
    assert len(seen) == 1, seen


@pytest.mark.parametrize("path", FORMS)
async def test_limits_close_on_an_unknown_address_as_on_a_known_one(app: FastAPI, crowd: list[str], path: str) -> None:
    """The window slides with the clock, so that the last tries before it closes may differ by some."""
    allowed = 10 if path == "sessions" else 5
    for email in crowd[:2]:
        async with fresh_browser(app) as browser:
            statuses = [
                (await browser.post(f"/api/v1/{path}", json={"email": email} | FORMS[path])).status_code
                for _ in range(allowed + 3)
            ]
        assert 429 not in statuses[:allowed]
        assert statuses[-1] == 429


@pytest.mark.proof
@pytest.mark.parametrize("path", ["sign-in-links", "sessions"])
async def test_it_takes_as_long_to_know_as_not_to(parvis: Parvis, app: FastAPI, path: str) -> None:
    """Medians of 100 tries each, taken in turns, over accounts enough for their limits to stay open."""
    await make_organisation(parvis)
    for number in range(6):
        await make_member(parvis, "Known", f"known{number}@univ.example", password=PASSWORD)
    seconds: dict[str, list[float]] = {"known": [], "unknown": []}
    for at in range(200):
        kind = list(seconds)[at % 2]
        async with fresh_browser(app) as browser:
            body = {"email": f"{kind}{at // 2 % 6}@univ.example"} | FORMS[path]
            started = perf_counter()
            answer = await browser.post(f"/api/v1/{path}", json=body)
            seconds[kind].append(perf_counter() - started)
        assert answer.status_code in {202, 401}
    known, unknown = median(seconds["known"]), median(seconds["unknown"])
    assert abs(known - unknown) <= max(0.1 * known, 0.002), (known, unknown)
