"""HDR: whatever is answered, to whomever, wears what keeps browsers from being misled, and no shared cache keeps it."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel.config import Settings
from parvis.kernel.pages import NONCE, router
from parvis.kernel.runtime import Parvis
from tests.api.test_description import OPERATIONS
from tests.conftest import SignIn
from tests.make.people import make_member, make_organisation

WORN = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
UNKNOWN = "0193a1b2-0000-7000-8000-000000000001"
NOT_OF_A_MEMBER = {"getOrganisation", "getPage", "listPages", "getLogo", "listUniversityProviders"}
"""What everybody is told alike."""

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    await make_organisation(parvis)
    return await sign_in(await make_member(parvis, "Anne Roux", roles=["administrator"]))


def faults(answer: httpx.Response) -> list[str]:
    headers: Mapping[str, str] = answer.headers
    found = [name for name, value in WORN.items() if headers.get(name) != value]
    policy = dict(part.partition(" ")[::2] for part in headers.get("content-security-policy", "").split("; "))
    if policy.get("frame-ancestors") != "'none'" or policy.get("default-src") != "'none'":
        found.append("content-security-policy")
    if any("unsafe" in sources or "*" in sources.split() for sources in policy.values()):
        found.append("content-security-policy lets anything run")
    if not headers.get("strict-transport-security", "").startswith("max-age="):
        found.append("strict-transport-security")
    return found


async def asked_of_all(client: httpx.AsyncClient) -> AsyncIterator[tuple[str, httpx.Response]]:
    """Every operation, of something that is not there. Nobody asks to be signed out: the others are still to come."""
    for label, operation in OPERATIONS.items():
        method, path = label.split(" ")
        if operation["operationId"] not in {"signOut", "endOtherSessions"}:
            yield operation["operationId"], await client.request(method, re.sub(r"{\w+}", UNKNOWN, path))


async def test_every_answer_to_nobody_and_to_an_administrator_wears_them(
    client: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    bare, shared = dict[str, list[str]](), dict[str, str]()
    for who in (client, browser):
        async for name, answer in asked_of_all(who):
            if lacking := faults(answer):
                bare[name] = lacking
            kept = answer.headers.get("cache-control", "")
            if who is browser and name not in NOT_OF_A_MEMBER and not {"private", "no-store"} & set(kept.split(", ")):
                shared[name] = kept
    assert bare == {}
    assert shared == {}, "a cache between would give one member's to another"


async def test_so_do_what_is_no_operation_and_what_goes_wrong(client: httpx.AsyncClient) -> None:
    for method, path in (
        ("GET", "/health/live"),
        ("GET", "/metrics"),
        ("GET", "/api/v1/nowhere"),
        ("PATCH", "/api/v1/feed"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/missing.png"),
        ("GET", "/.well-known/security.txt"),
        ("GET", "/.well-known/oauth-authorization-server"),
        ("GET", "/%00"),
    ):
        assert faults(await client.request(method, path)) == [], path
    assert faults(await client.get("/health/live", headers={"host": "elsewhere.example"})) == []
    assert faults(await client.post("/api/v1/sessions", content=b"{" * 2_000_000)) == []


async def test_each_page_has_a_nonce_of_its_own_and_its_assets_are_whoever_s(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(f'<style nonce="{NONCE}"></style>')
    (tmp_path / "assets" / "app-1a2b.js").write_text("1")
    pages = FastAPI()
    pages.include_router(router(settings, tmp_path))
    nonces = set()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(pages), base_url="https://testserver") as client:
        for _ in range(3):
            page = await client.get("/communities")
            [nonce] = re.findall(r'nonce="([^"]+)"', page.text)
            assert f"'nonce-{nonce}'" in page.headers["content-security-policy"]
            assert page.headers["cache-control"] == "no-store"
            nonces.add(nonce)
        asset = await client.get("/assets/app-1a2b.js")
    assert len(nonces) == 3
    assert "public" in asset.headers["cache-control"]
