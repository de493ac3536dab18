"""There and back (suite REDIR): an answer counts once, in the browser that asked, from the provider that was asked."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.accounts.test_redirections import TRICKS
from tests.conftest import SignIn, client_of, database_of_today
from tests.make.people import make_member
from tests.make.security import code_in
from tests.make.university import University, come_in, go, university

INES = "ines.benali@univ.example"
ENTER = "/api/v1/sessions/university"


@pytest.fixture
async def there() -> AsyncIterator[University]:
    async with university() as running:
        yield running


@pytest.fixture
async def evil() -> AsyncIterator[University]:
    """A provider that an administrator trusted too, for its own people."""
    async with university() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, there: University, evil: University) -> Settings:
    providers = [
        there.provider(identifier_domain="univ.example"),
        evil.provider(key="evil", identifier_domain="evil.example"),
    ]
    return settings.model_copy(update={"oidc": providers})


@pytest.fixture(autouse=True)
async def member(parvis: Parvis) -> None:
    await make_member(parvis, "Inès Benali", identifier=INES)


async def refusal(browser: httpx.AsyncClient, given: dict[str, str], **changed: Any) -> tuple[int, str]:
    """How this answer is refused; in the end nobody is signed in."""
    answer = await browser.post(ENTER, json=given | changed)
    assert (await browser.get("/api/v1/session")).json()["member"] is None
    return code_in(answer)


async def test_an_answer_counts_once(client: httpx.AsyncClient, app: FastAPI, there: University) -> None:
    given = await go(client, there)
    assert (await client.post(ENTER, json=given)).status_code == 200
    await client.delete("/api/v1/session")
    assert code_in(await client.post(ENTER, json=given)) == (410, "gone")


async def test_of_many_who_hand_the_same_answer_over_one_gets_in(client: httpx.AsyncClient, there: University) -> None:
    given = await go(client, there)
    answers = await asyncio.gather(*[client.post(ENTER, json=given) for _ in range(10)])
    assert sorted(answer.status_code for answer in answers) == [200, *[410] * 9]


async def test_another_browser_s_answer_signs_nobody_in(
    client: httpx.AsyncClient, app: FastAPI, there: University
) -> None:
    """What an attacker got for himself, he cannot make a victim hand over (login CSRF)."""
    given = await go(client, there)
    async with client_of(app) as victim:
        assert await refusal(victim, given) == (410, "gone")
    given = await go(client, there)
    async with client_of(app) as victim:
        await go(victim, there)
        assert await refusal(victim, given) == (410, "gone")


async def test_a_code_of_another_request_is_refused(client: httpx.AsyncClient, app: FastAPI, there: University) -> None:
    """Code injection: the verifier and the nonce are those of the request."""
    async with client_of(app) as victim:
        stolen = await go(victim, there)
    given = await go(client, there)
    assert await refusal(client, given, code=stolen["code"]) == (401, "identity_refused")


@pytest.mark.parametrize("state", ["s" * 43, "", "../../state", "a" * 201, "é" * 43, None, 1])
async def test_a_state_that_we_did_not_give_is_refused(
    client: httpx.AsyncClient, there: University, state: object
) -> None:
    given = await go(client, there)
    status, _ = await refusal(client, given, state=state)
    assert status in {410, 422}
    assert there.forms == [], "and its code goes nowhere"


async def test_an_answer_that_comes_after_ten_minutes_is_refused(
    client: httpx.AsyncClient, there: University, moved_clock: MovableClock
) -> None:
    given = await go(client, there)
    moved_clock.advance(timedelta(minutes=10, seconds=1))
    assert await refusal(client, given) == (410, "gone")


async def test_an_answer_is_taken_to_the_provider_that_was_asked(
    client: httpx.AsyncClient, there: University, evil: University
) -> None:
    """Mix-up: the code of one provider is never shown to another."""
    given = await go(client, there)
    assert await refusal(client, given, provider="evil") == (410, "gone")
    given = await go(client, there)
    assert await refusal(client, given, iss=evil.issuer) == (401, "identity_refused")
    given = await go(client, there)
    assert await refusal(client, given, iss=None) == (401, "identity_refused"), "this one says who it is"
    assert there.forms == evil.forms == []


async def test_a_provider_that_does_not_say_who_it_is_need_not(client: httpx.AsyncClient, there: University) -> None:
    there.metadata = {"authorization_response_iss_parameter_supported": False}
    given = await go(client, there)
    del given["iss"]
    assert (await client.post(ENTER, json=given)).status_code == 200


async def test_a_provider_speaks_for_its_own_people_alone(client: httpx.AsyncClient, evil: University) -> None:
    evil.claims = {"eduperson_principal_name": INES}
    assert code_in(await come_in(client, evil, "evil")) == (401, "identity_refused")


async def test_what_was_asked_for_one_thing_does_not_do_another(
    parvis: Parvis, sign_in: SignIn, client: httpx.AsyncClient, there: University
) -> None:
    browser = await sign_in(await make_member(parvis, "Paul Durand", identifier="paul@univ.example"))
    there.claims = {"eduperson_principal_name": "paul@univ.example"}
    asked = await browser.post("/api/v1/session/proof/university", json={"provider": "univ"})
    given = {"provider": "univ", **there.visit(asked.json()["authorization_url"])}
    assert code_in(await browser.post(ENTER, json=given)) == (410, "gone")
    given = await go(browser, there)
    assert code_in(await browser.put("/api/v1/session/proof/university", json=given)) == (410, "gone")
    given = await go(browser, there)
    assert code_in(await browser.put("/api/v1/me/university-identity", json=given)) == (410, "gone")


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
@pytest.mark.parametrize("trick", TRICKS)
async def test_a_place_to_go_next_moves_nobody(client: httpx.AsyncClient, there: University, trick: str) -> None:
    """Neither in the request nor in the answer; the redirect address is ours, to the letter, whatever is said."""
    for name in ("next", "redirect_uri", "RelayState", "target_link_uri"):
        answer = await client.post("/api/v1/university-sign-ins", json={"provider": "univ"}, params={name: trick})
        url = httpx.URL(answer.json()["authorization_url"])
        assert (url.host, url.port) == ("127.0.0.1", there.server.port)
        assert url.params["redirect_uri"] == "https://testserver/door/university/univ"
        assert "location" not in answer.headers
        refused = await client.post("/api/v1/university-sign-ins", json={"provider": "univ", name: trick})
        assert refused.status_code == 422
    for field in ("provider", "iss"):
        given = await go(client, there)
        assert (await refusal(client, given, **{field: trick}))[0] in {401, 404, 410, 422}


@pytest.mark.parametrize(
    "header",
    [{"x-forwarded-host": "evil.example"}, {"forwarded": "host=evil.example"}, {"origin": "https://evil.example"}],
)
async def test_the_redirect_address_is_the_deployment_s(
    client: httpx.AsyncClient, there: University, header: dict[str, str]
) -> None:
    answer = await client.post("/api/v1/university-sign-ins", json={"provider": "univ"}, headers=header)
    assert "evil.example" not in answer.text


async def test_a_code_and_an_error_at_once_are_neither(client: httpx.AsyncClient, there: University) -> None:
    given = await go(client, there)
    assert (await refusal(client, given, error="access_denied"))[0] == 422
    del given["code"]
    assert (await refusal(client, given))[0] == 422
