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
        ("POST", "/", "GET"),
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
