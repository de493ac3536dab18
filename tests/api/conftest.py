"""A served Parvis, a browser signed in there, and a mobile client let in by it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from parvis.kernel.config import Settings
from tests.make.mobile import MobileClient
from tests.make.people import PASSWORD, make_member
from tests.make.served import Served, served


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Served]:
    async with served(settings) as running:
        yield running


@pytest.fixture
async def browser(server: Served) -> AsyncIterator[httpx.AsyncClient]:
    """Chloé's browser, signed in by her password."""
    await make_member(server.parvis, "Chloé Petit", "chloe@univ.example", password=PASSWORD)
    async with httpx.AsyncClient(base_url=server.url) as browser:
        answer = await browser.post("/api/v1/sessions", json={"email": "chloe@univ.example", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        browser.headers["x-csrf-token"] = answer.json()["csrf_token"]
        yield browser


@pytest.fixture
async def mobile(server: Served, browser: httpx.AsyncClient) -> AsyncIterator[MobileClient]:
    async with httpx.AsyncClient(base_url=server.url) as http:
        client = MobileClient(http)
        await client.connect(browser)
        yield client
