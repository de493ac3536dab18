"""Around every response: health, problems, headers, host names."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import TimeoutError as PoolTimeout

from parvis.kernel import problems
from parvis.kernel.config import Settings
from parvis.kernel.pages import page_policy
from tests.conftest import client_of, serving


async def test_the_service_says_that_it_is_alive_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).json() == {"status": "alive"}
    assert (await client.get("/health/ready")).json() == {"status": "ready"}


@pytest.mark.parametrize(
    "language, title",
    [
        ("fr", "Page introuvable ou réservée."),
        ("en-GB,en;q=0.8", "Page not found or restricted."),
        ("de", "Page introuvable ou réservée."),
    ],
)
async def test_an_unknown_address_of_the_api_is_a_problem_in_the_asker_s_language(
    app: FastAPI, language: str, title: str
) -> None:
    async with client_of(app, **{"accept-language": language}) as client:
        answer = await client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["title"] == title
    assert problem["code"] == "not_found"
    assert problem["request_id"] == answer.headers["x-request-id"]


async def test_every_answer_wears_the_security_headers(client: httpx.AsyncClient) -> None:
    for path in ("/health/live", "/api/v1/nowhere", "/api/v1/openapi.json", "/missing.png"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["strict-transport-security"].startswith("max-age=")
        assert headers["referrer-policy"] == "no-referrer"


def test_a_page_runs_our_own_scripts_alone() -> None:
    policy = dict(part.split(" ", 1) for part in page_policy("drawn").split("; "))
    assert (policy["default-src"], policy["script-src"], policy["base-uri"]) == ("'none'", "'self'", "'none'")
    assert (policy["frame-ancestors"], policy["form-action"]) == ("'none'", "'self'")
    assert not any("unsafe" in sources or "*" in sources for sources in policy.values())


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_only_listed_origins_are_let_in_and_never_with_cookies(settings: Settings) -> None:
    listed = "https://application.example"
    wish = {"access-control-request-method": "PUT", "access-control-request-headers": "authorization"}
    async with serving(settings.model_copy(update={"cors_origins": [listed]})) as app, client_of(app) as client:
        asked = [
            await client.options("/api/v1/me", headers={"origin": origin, **wish})
            for origin in (listed, "https://evil.example", "null")
        ]
        read = await client.get("/health/live", headers={"origin": "https://evil.example"})
    assert [answer.headers.get("access-control-allow-origin") for answer in asked] == [listed, None, None]
    assert "access-control-allow-origin" not in read.headers
    assert all("access-control-allow-credentials" not in answer.headers for answer in asked)


async def test_another_host_name_is_refused(app: FastAPI) -> None:
    async with client_of(app, host="evil.example") as client:
        answer = await client.get("/api/v1/openapi.json")
    assert answer.status_code == 400


async def test_whom_the_database_keeps_waiting_is_told_when_to_come_back() -> None:
    app = FastAPI()
    problems.install(app)

    @app.get("/busy")
    async def busy() -> None:
        raise PoolTimeout("no connection is left")

    async with client_of(app) as client:
        answer = await client.get("/busy")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 2**16):
        yield body[start : start + 2**16]


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    "path, media_type",
    [("sessions", "application/json"), ("oauth/token", "application/x-www-form-urlencoded")],
)
async def test_a_body_too_large_is_refused(
    client: httpx.AsyncClient, path: str, media_type: str, announced: bool
) -> None:
    body = b"x" * (2**20 + 1)
    content = body if announced else _in_pieces(body)
    answer = await client.post(f"/api/v1/{path}", content=content, headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_body_that_nobody_reads_changes_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/nothing", content=b"x" * (2**20 + 1))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
