"""The whole way with a provider of somebody else's making: from the button, through its forms, to the session."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import ORIGIN, SignIn, client_of
from tests.make.oidc_peer import free_port, log_in, oidc_peer, peer_settings
from tests.make.people import make_member
from tests.make.security import code_in, who


@pytest.fixture(scope="module")
def peer_port() -> Iterator[int]:
    port = free_port()
    with oidc_peer(port, ORIGIN):
        yield port


@pytest.fixture
def settings(settings: Settings, peer_port: int) -> Settings:
    return settings.model_copy(update={"oidc": [peer_settings(peer_port)]})


async def asked(browser: httpx.AsyncClient, method: str, path: str) -> str:
    answer = await browser.request(method, path, json={"provider": "valorne"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["authorization_url"])


async def test_a_student_signs_in_and_again(parvis: Parvis, client: httpx.AsyncClient) -> None:
    await make_member(parvis, "Inès Benali", identifier="ines.benali@valorne.example", activated=False)
    for _ in range(2):
        given = await log_in(await asked(client, "POST", "/api/v1/university-sign-ins"), "Ines.Benali")
        assert {"code", "state", "iss"} <= given.keys()
        answer = await client.post("/api/v1/sessions/university", json={"provider": "valorne", **given})
        assert (answer.status_code, answer.json()["status"]) == (200, "signed_in")
        assert await who(client) == "Inès Benali"


async def test_somebody_unknown_is_refused(client: httpx.AsyncClient) -> None:
    given = await log_in(await asked(client, "POST", "/api/v1/university-sign-ins"), "paul.durand")
    answer = await client.post("/api/v1/sessions/university", json={"provider": "valorne", **given})
    assert code_in(answer) == (403, "identity_unknown")


async def test_a_member_links_his_identity_then_proves_himself_by_it(
    parvis: Parvis, app: FastAPI, sign_in: SignIn
) -> None:
    browser = await sign_in(await make_member(parvis, "Paul Durand"))
    given = await log_in(await asked(browser, "POST", "/api/v1/me/university-identity"), "paul.durand")
    linked = await browser.put("/api/v1/me/university-identity", json={"provider": "valorne", **given})
    assert linked.json()["identifier"] == "paul.durand@valorne.example"
    given = await log_in(await asked(browser, "POST", "/api/v1/session/proof/university"), "paul.durand")
    proved = await browser.put("/api/v1/session/proof/university", json={"provider": "valorne", **given})
    assert (proved.status_code, proved.json()["kinds"]) == (200, ["email_code", "university"])
    async with client_of(app) as elsewhere:
        given = await log_in(await asked(elsewhere, "POST", "/api/v1/university-sign-ins"), "paul.durand")
        await elsewhere.post("/api/v1/sessions/university", json={"provider": "valorne", **given})
        assert await who(elsewhere) == "Paul Durand"
