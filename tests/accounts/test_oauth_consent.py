"""Asking a member to let the mobile client in."""

from datetime import timedelta

import httpx
import pytest

from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.mobile import CLIENT, REDIRECT, MobileClient, parameters_of
from tests.make.people import make_member

REQUEST = "/api/v1/oauth/request"
AUTHORIZE = "/api/v1/oauth/authorizations"
ORIGIN = "https://testserver"


@pytest.fixture
def mobile(client: httpx.AsyncClient) -> MobileClient:
    return MobileClient(client)


async def test_the_consent_page_learns_who_asks_for_what(client: httpx.AsyncClient, mobile: MobileClient) -> None:
    asked = await client.get(REQUEST, params=mobile.question(scope="account:write account:read", nonce="unknown"))
    assert asked.status_code == 200
    body = asked.json()
    assert (body["status"], body["client"]) == ("consent", {"id": CLIENT, "name": "Parvis mobile"})
    assert [scope["name"] for scope in body["scopes"]] == ["account:read", "account:write"]
    assert all(scope["description"] for scope in body["scopes"])


async def test_without_scopes_every_scope_is_asked_for(client: httpx.AsyncClient, mobile: MobileClient) -> None:
    every = (await client.get("/api/v1/oauth/scopes")).json()["items"]
    assert (await client.get(REQUEST, params=mobile.question())).json()["scopes"] == every


async def test_scopes_are_described_in_the_asker_s_language(client: httpx.AsyncClient) -> None:
    french = await client.get("/api/v1/oauth/scopes", headers={"accept-language": "fr"})
    english = await client.get("/api/v1/oauth/scopes")
    assert french.json()["items"][0]["description"].startswith("Lire")
    assert english.json()["items"][0]["description"].startswith("Read")


async def test_saying_no_sends_the_browser_back(client: httpx.AsyncClient, mobile: MobileClient) -> None:
    denied = (await client.get(REQUEST, params=mobile.question())).json()["denied_url"]
    assert denied.startswith(f"{REDIRECT}?")
    assert parameters_of(denied) == {"error": "access_denied", "state": mobile.state, "iss": ORIGIN}


@pytest.mark.parametrize(
    "changed, error",
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unsupported_response_type"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": "+" * 43}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "s256"}, "invalid_request"),
        ({"scope": "account:read root"}, "invalid_scope"),
        ({"scope": " "}, "invalid_scope"),
        ({"state": "a\nb"}, "invalid_request"),
    ],
)
async def test_a_wrong_request_is_told_to_the_client(
    client: httpx.AsyncClient, mobile: MobileClient, changed: dict[str, str | None], error: str
) -> None:
    refused = (await client.get(REQUEST, params=mobile.question(**changed))).json()
    assert (refused["status"], refused["error"]) == ("refused", error)
    told = parameters_of(refused["redirect_url"])
    assert (told["error"], told["iss"]) == (error, ORIGIN)
    assert told.get("state") == (None if "state" in changed else mobile.state)


async def test_a_wrong_request_gives_no_code_either(parvis: Parvis, sign_in: SignIn, mobile: MobileClient) -> None:
    browser = await sign_in(await make_member(parvis))
    answer = await browser.post(AUTHORIZE, json=mobile.question(code_challenge_method="plain"))
    assert parameters_of(answer.json()["redirect_url"])["error"] == "invalid_request"


OTHER_ADDRESSES = [
    None,
    "",
    "parvis://oauth/callback/",
    "parvis://oauth/callback?x=1",
    "parvis://oauth/callback#x",
    "parvis://oauth/callback%2f",
    "parvis://oauth/Callback",
    "Parvis://oauth/callback",
    "PARVIS://OAUTH/CALLBACK",
    " parvis://oauth/callback",
    "parvis://oauth/callback ",
    "parvis://oauth/callback\t",
    "parvis://oauth/callback\n",
    "parvis://oauth/callback\0",
    "parvis://oauth//callback",
    "parvis://oauth/./callback",
    "parvis://oauth/x/../callback",
    "parvis://oauth/callback/../../evil",
    "parvis://oauth/callback.evil.example",
    "parvis://oauth@evil.example/callback",
    "parvis://evil.example/oauth/callback",
    "parvis:oauth/callback",
    "parvis:/oauth/callback",
    "parvis:///oauth/callback",
    "parvis://oauth\\callback",
    "parvis://oauth:80/callback",
    "parvis://user:pass@oauth/callback",
    "parvis://oauth/callback;x",
    "parvis://oauth/callbac",
    "parvis://oauth/",
    "parvis2://oauth/callback",
    "https://parvis/oauth/callback",
    "https://testserver/",
    "https://evil.example/?parvis://oauth/callback",
    "//evil.example",
    "/",
    "javascript:alert(1)//parvis://oauth/callback",
    "data:text/html,parvis://oauth/callback",
    "http://localhost/callback",
    "parvis://o\u0430uth/callback",
    "parvis://oauth/callback\u200b",
    "parvis://oauth/callback,parvis://oauth/callback",
]


@pytest.mark.parametrize("address", OTHER_ADDRESSES)
async def test_nothing_is_sent_to_an_address_that_is_not_the_client_s(
    parvis: Parvis, sign_in: SignIn, client: httpx.AsyncClient, mobile: MobileClient, address: str | None
) -> None:
    browser = await sign_in(await make_member(parvis))
    question = mobile.question(redirect_uri=address)
    for answer in (await client.get(REQUEST, params=question), await browser.post(AUTHORIZE, json=question)):
        assert (answer.status_code, answer.json()["code"]) == (400, "redirect_mismatch")
        assert "location" not in answer.headers


async def test_an_unknown_client_is_refused(parvis: Parvis, sign_in: SignIn, mobile: MobileClient) -> None:
    browser = await sign_in(await make_member(parvis))
    for client_id in (None, "", "parvis-mobile ", "Parvis-Mobile", "other"):
        question = mobile.question(client_id=client_id)
        for answer in (await browser.get(REQUEST, params=question), await browser.post(AUTHORIZE, json=question)):
            assert (answer.status_code, answer.json()["code"]) == (400, "unknown_client")


async def test_a_parameter_given_twice_is_refused(client: httpx.AsyncClient, mobile: MobileClient) -> None:
    twice = {**mobile.question(), "redirect_uri": [REDIRECT, "https://evil.example"]}
    assert (await client.get(REQUEST, params=twice)).status_code == 400


async def test_consent_needs_a_credential_proved_just_now(
    parvis: Parvis, sign_in: SignIn, mobile: MobileClient, moved_clock: clock.MovableClock
) -> None:
    browser = await sign_in(await make_member(parvis))
    moved_clock.advance(timedelta(minutes=11))
    answer = await browser.post(AUTHORIZE, json=mobile.question())
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_required")


async def test_nobody_consents_without_signing_in(client: httpx.AsyncClient, mobile: MobileClient) -> None:
    assert (await client.post(AUTHORIZE, json=mobile.question())).status_code == 401


async def test_nobody_consents_from_another_site(parvis: Parvis, sign_in: SignIn, mobile: MobileClient) -> None:
    browser = await sign_in(await make_member(parvis))
    answer = await browser.post(AUTHORIZE, json=mobile.question(), headers={"x-csrf-token": "guessed"})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_refused")


async def test_a_mobile_client_cannot_consent_to_itself(parvis: Parvis, sign_in: SignIn, mobile: MobileClient) -> None:
    await mobile.connect(await sign_in(await make_member(parvis)), scope="account:read")
    answer = await mobile.http.post(AUTHORIZE, json=mobile.question(), headers=mobile.bearer)
    assert answer.status_code == 403
