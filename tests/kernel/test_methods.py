"""Methods that an address does not have."""

import httpx
import pytest


@pytest.mark.parametrize(
    "method, path, allowed",
    [
        ("GET", "/api/v1/oauth/token", "POST"),
        ("PUT", "/api/v1/me/tokens", "GET, POST"),
        ("OPTIONS", "/api/v1/me/tokens", "GET, POST"),
        ("PATCH", "/api/v1/me/passkeys/options", "POST"),
        ("POST", "/", "GET, HEAD"),
        ("TRACE", "/", "GET, HEAD"),
        ("TRACE", "/api/v1/me/tokens", "GET, POST"),
    ],
)
async def test_all_the_methods_of_an_address_are_told(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers.get_list("allow") == [allowed]


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/me/", "/api/", "/health/", "/metrics/x.y"])
async def test_no_page_stands_where_only_the_api_may(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/", "/settings/account", "/directory"])
async def test_a_page_can_be_asked_for_its_head(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.head(path)
    assert answer.status_code == (await client.get(path)).status_code


async def test_requests_are_counted_under_the_whole_path_of_their_operation(client: httpx.AsyncClient) -> None:
    await client.get("/api/v1/session")
    await client.get("/api/v1/people/018f0000-0000-7000-8000-000000000000")
    counted = (await client.get("/metrics")).text
    assert 'route="/api/v1/session"' in counted
    assert 'route="/api/v1/people/{member_id:uuid}"' in counted
    assert 'route="/session"' not in counted
