"""Signing in at the university: who is let in, under which account, and who is not."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from parvis.accounts.models import Address, Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, client_of, run_jobs, serving
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox
from tests.make.people import affiliate, make_member
from tests.make.security import code_in, code_of, turn_totp_on, who
from tests.make.university import University, come_in, go, university

INES = "ines.benali@univ.example"


@pytest.fixture
async def there() -> AsyncIterator[University]:
    async with university() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, there: University) -> Settings:
    return settings.model_copy(update={"oidc": [there.provider()]})


async def members(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Member)) or 0


async def test_the_sign_in_services_are_told_in_order_to_everybody(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/university-providers")
    assert answer.json() == {
        "items": [{"key": "univ", "name": {"fr": "Université d’Exemple", "en": "University of Example"}}],
        "next": None,
    }


async def test_a_member_is_known_by_his_identifier_however_it_is_written(
    parvis: Parvis, client: httpx.AsyncClient, there: University
) -> None:
    await make_member(parvis, "Inès Benali", "ailleurs@personnel.example", identifier=INES)
    answer = await come_in(client, there)
    assert (answer.status_code, answer.json()["status"]) == (200, "signed_in")
    assert await who(client) == "Inès Benali"
    sessions = (await client.get("/api/v1/me/sessions")).json()["items"]
    assert [one["methods"] for one in sessions] == [["oidc"]]


async def test_the_request_is_whole(client: httpx.AsyncClient, there: University) -> None:
    answer = await client.post("/api/v1/university-sign-ins", json={"provider": "univ"})
    parts = urlsplit(answer.json()["authorization_url"])
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{there.issuer}/authorize"
    assert len({asked.pop("state"), asked.pop("nonce"), asked.pop("code_challenge")}) == 3
    assert asked == {
        "response_type": "code",
        "client_id": "parvis",
        "redirect_uri": "https://testserver/door/university/univ",
        "scope": "openid profile",
        "code_challenge_method": "S256",
        "ui_locales": "en",
    }


async def test_the_client_says_who_it_is_in_the_header_and_nothing_of_it_in_the_form(
    parvis: Parvis, client: httpx.AsyncClient, there: University
) -> None:
    await make_member(parvis, identifier=INES)
    await come_in(client, there)
    [form] = there.forms
    assert form["authorization"] == "Basic cGFydmlzOmErc2VjcmV0K2JldHdlZW4rdHdvJTNBKyVDMyVBOSUyNiUyQg=="
    assert form.keys() == {"grant_type", "code", "redirect_uri", "code_verifier", "authorization"}


async def test_who_was_entered_by_the_institution_has_his_account_opened(
    parvis: Parvis, client: httpx.AsyncClient, there: University, doors: Doors
) -> None:
    await make_member(parvis, "Inès Benali", INES, identifier=INES, activated=False)
    await doors.ask(client, "activations", INES)
    link = doors.token_to(INES, "activate")
    assert (await come_in(client, there)).json()["status"] == "signed_in"
    assert await who(client) == "Inès Benali"
    gone = await client.post("/api/v1/activations/confirmation", json={"token": link})
    assert code_in(gone) == (410, "gone")
    async with parvis.database.reading() as session:
        [address] = await session.scalars(select(Address))
    assert address.verified_at is None, "the university said who he is, not that he reads this mailbox"


async def test_the_same_address_without_the_identifier_is_nobody_s(
    parvis: Parvis, client: httpx.AsyncClient, there: University
) -> None:
    await make_member(parvis, "Inès Benali", INES)
    await make_member(parvis, "Inès Benali", "ines@univ.example", activated=False)
    there.claims |= {"email": INES, "email_verified": True, "name": "Inès Benali"}
    answer = await come_in(client, there)
    assert code_in(answer) == (403, "identity_unknown")
    assert (await client.get("/api/v1/session")).json()["member"] is None
    assert await members(parvis) == 2


async def test_an_address_given_to_somebody_else_does_not_reach_the_old_account(
    parvis: Parvis, client: httpx.AsyncClient, app: FastAPI, there: University, doors: Doors
) -> None:
    """The first Inès has left, and the university gave her address to a second one."""
    first = await make_member(parvis, "Inès Benali", INES, identifier="ines.benali@2019.univ.example")
    await doors.end_affiliations(first)
    second = await make_member(parvis, "Inès Benali (2026)", INES, identifier=INES, activated=False)
    await affiliate(parvis, second, "student")
    there.claims |= {"email": INES, "email_verified": True}
    await come_in(client, there)
    assert await who(client) == "Inès Benali (2026)"
    async with client_of(app) as stranger:
        for path in ("sign-in-links", "password-resets", "activations"):
            await doors.ask(stranger, path, INES)
        assert doors.mails_to(INES) == [], "the address is the first one's no more, and not yet the second one's"


async def test_who_is_suspended_or_gone_is_told_so_as_by_any_other_door(
    parvis: Parvis, client: httpx.AsyncClient, there: University, doors: Doors
) -> None:
    for activated in (True, False):
        name = f"Inès {activated}"
        there.claims["eduperson_principal_name"] = f"{activated}@univ.example"
        member = await make_member(parvis, name, identifier=f"{activated}@univ.example".lower(), activated=activated)
        await doors.suspend(member)
        assert code_in(await come_in(client, there)) == (403, "account_closed")


async def test_the_second_factor_is_asked_for_all_the_same(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn, there: University
) -> None:
    member = await make_member(parvis, "Inès Benali", identifier=INES)
    secret, _ = await turn_totp_on(await sign_in(member))
    there.claims["amr"] = ["pwd", "mfa"]
    answer = await come_in(client, there)
    assert answer.json()["status"] == "second_factor_required"
    code = {"ticket": answer.json()["ticket"], "code": code_of(secret, 1)}
    assert (await client.post("/api/v1/sessions/second-factor", json=code)).json()["status"] == "signed_in"
    current = next(one for one in (await client.get("/api/v1/me/sessions")).json()["items"] if one["is_current"])
    assert current["methods"] == ["oidc", "otp", "mfa"]


@pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"acr": "mfa"}])
async def test_unless_the_administrator_takes_the_university_s_word_for_it(
    settings: Settings, there: University, said: dict[str, object]
) -> None:
    trusting = settings.model_copy(update={"oidc": [there.provider(second_factors=["mfa"])]})
    async with serving(trusting) as app, client_of(app) as client:
        parvis: Parvis = app.state.parvis
        await make_member(parvis, "Inès Benali", identifier=INES)
        there.claims |= said
        await come_in(client, there)
        current = (await client.get("/api/v1/me/sessions")).json()["items"][0]
        assert current["methods"] == ["oidc", "mfa"]


async def test_strangers_are_let_in_where_the_administrator_says_so(settings: Settings, there: University) -> None:
    opening = settings.model_copy(update={"oidc": [there.provider(on_unknown="create", affiliation="staff")]})
    there.claims |= {"name": " Inès Benali ", "email": INES}
    async with serving(opening) as app, client_of(app) as client, client_of(app) as again:
        parvis: Parvis = app.state.parvis
        await come_in(client, there)
        me = (await client.get("/api/v1/me")).json()
        assert (me["name"], me["email"], me["publics"]) == ("Inès Benali", None, ["staff"])
        await come_in(again, there)
        assert (await again.get("/api/v1/me")).json()["id"] == me["id"]
        there.claims |= {"eduperson_principal_name": "x@univ.example", "name": "\u202eevil"}
        await come_in(again, there)
        assert await who(again) == "x"
        assert await members(parvis) == 2


async def test_a_claim_that_only_userinfo_holds_is_read_there(
    parvis: Parvis, client: httpx.AsyncClient, there: University
) -> None:
    await make_member(parvis, "Inès Benali", identifier=INES)
    there.userinfo = {"sub": there.sub, **there.claims}
    there.claims = {}
    assert (await come_in(client, there)).json()["status"] == "signed_in"
    there.userinfo["sub"] = "somebody else"
    assert code_in(await come_in(client, there)) == (401, "identity_refused")


@pytest.mark.parametrize("identifier", [None, "", "  ", 12, ["a"], "a" * 257, "a\u0000b", "ines@elsewhere.example"])
async def test_what_is_no_identifier_of_that_university_is_refused(
    settings: Settings, there: University, identifier: object
) -> None:
    bound = settings.model_copy(update={"oidc": [there.provider(identifier_domain="univ.example")]})
    async with serving(bound) as app, client_of(app) as client:
        await make_member(app.state.parvis, identifier="ines@elsewhere.example")
        there.claims = {"eduperson_principal_name": identifier}
        assert code_in(await come_in(client, there)) == (401, "identity_refused")


async def test_the_session_s_id_is_new(parvis: Parvis, sign_in: SignIn, there: University, app: FastAPI) -> None:
    """Whatever session the browser was in is over: fixing one beforehand gains nothing."""
    await make_member(parvis, "Inès Benali", identifier=INES)
    browser = await sign_in(await make_member(parvis, "Autre Personne"))
    before = dict(browser.cookies)
    async with client_of(app) as copy:
        copy.cookies.update(before)
        answer = await come_in(browser, there)
        assert answer.json()["status"] == "signed_in"
        assert (await copy.get("/api/v1/session")).json()["member"] is None
    assert await who(browser) == "Inès Benali"


async def test_a_provider_that_does_not_answer_is_said_to(client: httpx.AsyncClient, there: University) -> None:
    there.metadata = {"issuer": "http://127.0.0.1:1"}
    asking = {"provider": "univ"}
    assert code_in(await client.post("/api/v1/university-sign-ins", json=asking)) == (503, "provider_unavailable")
    tries = len(there.asked)
    assert code_in(await client.post("/api/v1/university-sign-ins", json=asking)) == (503, "provider_unavailable")
    assert len(there.asked) == tries, "and is left in peace for a while"


async def test_what_it_publishes_is_asked_for_once_an_hour(
    parvis: Parvis, client: httpx.AsyncClient, there: University, moved_clock: MovableClock
) -> None:
    await make_member(parvis, "Inès Benali", identifier=INES)
    for _ in range(3):
        await come_in(client, there)
    assert there.asked.count("/.well-known/openid-configuration") == there.asked.count("/jwks") == 1
    moved_clock.advance(timedelta(minutes=61))
    await come_in(client, there)
    assert there.asked.count("/.well-known/openid-configuration") == there.asked.count("/jwks") == 2


async def test_an_unknown_provider_is_not_found(client: httpx.AsyncClient, there: University) -> None:
    answer = await client.post("/api/v1/university-sign-ins", json={"provider": "elsewhere"})
    assert code_in(answer) == (404, "not_found")
    given = await go(client, there)
    assert code_in(await client.post("/api/v1/sessions/university", json=given | {"provider": "elsewhere"})) == (
        404,
        "not_found",
    )


async def test_who_would_not_is_told_so_and_the_request_is_over(
    parvis: Parvis, client: httpx.AsyncClient, there: University
) -> None:
    await make_member(parvis, "Inès Benali", identifier=INES)
    given = await go(client, there)
    declined = {"provider": "univ", "state": given["state"], "error": "access_denied"}
    assert code_in(await client.post("/api/v1/sessions/university", json=declined)) == (403, "university_declined")
    assert code_in(await client.post("/api/v1/sessions/university", json=given)) == (410, "gone")


async def test_signing_in_costs_the_same_whoever_it_is(
    parvis: Parvis, client: httpx.AsyncClient, there: University, counted_queries: CountedQueries
) -> None:
    await make_member(parvis, "Inès Benali", identifier=INES)
    given = await go(client, there)
    with counted_queries() as queries:
        await client.post("/api/v1/sessions/university", json=given)
    assert len(queries) <= 8


async def test_no_mail_is_sent_for_it(
    parvis: Parvis, client: httpx.AsyncClient, there: University, mailbox: Mailbox
) -> None:
    await make_member(parvis, "Inès Benali", INES, identifier=INES)
    await come_in(client, there)
    await run_jobs(parvis)
    assert mailbox.messages_to(INES) == []
