"""The way back from a changed or removed address, for who has lost the account."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import ORIGIN, SignIn, run_jobs
from tests.make.audit import audited_during
from tests.make.authenticator import Authenticator
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox, link_in
from tests.make.people import make_member, make_organisation
from tests.make.security import NEW_PASSWORD, add_passkey, code_in, passkey_sign_in, told, turn_totp_on

ADDRESSES = "/api/v1/me/addresses"
REVERSAL = f"{ADDRESSES}/reversal"
OLD, NEW = "chloe.petit@univ.example", "thief@far.example"

Confirm = Callable[[str], Awaitable[str]]


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    await make_organisation(parvis)
    return await make_member(parvis, "Chloé Petit")


@pytest.fixture
async def thief(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    """A browser left open, in other hands."""
    return await sign_in(member)


@pytest.fixture
def confirmed(parvis: Parvis, thief: httpx.AsyncClient, mailbox: Mailbox) -> Confirm:
    """Adds an address, confirms it, and gives its id."""

    async def confirm(email: str) -> str:
        added = (await thief.post(ADDRESSES, json={"email": email})).json()
        await run_jobs(parvis)
        token = link_in(mailbox.messages_to(email)[-1]).partition("#")[2]
        assert (await thief.post(f"{ADDRESSES}/confirmation", json={"token": token})).status_code == 200
        return str(added["id"])

    return confirm


async def reversal_to(parvis: Parvis, mailbox: Mailbox, email: str) -> str:
    """The secret of the last link there that goes back."""
    await run_jobs(parvis)
    mail = next(mail for mail in reversed(mailbox.messages_to(email)) if mail["subject"] == "Your address has changed")
    page, _, token = link_in(mail).partition("#")
    assert page == f"{ORIGIN}/door/address-reversal"
    return token


async def emails(browser: httpx.AsyncClient) -> dict[str, bool]:
    """Address -> whether it is the main one."""
    return {item["email"]: item["is_primary"] for item in (await browser.get(ADDRESSES)).json()["items"]}


async def test_a_changed_main_address_is_given_back_and_the_usurper_thrown_out(
    parvis: Parvis,
    doors: Doors,
    thief: httpx.AsyncClient,
    client: httpx.AsyncClient,
    confirmed: Confirm,
    mailbox: Mailbox,
    sign_in: SignIn,
    member: Member,
) -> None:
    address = await confirmed(NEW)
    await thief.put(f"{ADDRESSES}/{address}/primary")
    token = await reversal_to(parvis, mailbox, OLD)
    async with audited_during(parvis) as entries:
        assert (await client.post(REVERSAL, json={"token": token})).status_code == 204
    assert [entry.action for entry in entries] == ["address.restored"]
    assert (await thief.get("/api/v1/me")).status_code == 401
    assert await emails(await sign_in(member)) == {OLD: True}
    mailbox.clear()
    await doors.ask(client, "sign-in-links", NEW)
    assert mailbox.messages_to(NEW) == []
    assert f"address restored, {OLD}" in told(mailbox, OLD)
    assert code_in(await client.post(REVERSAL, json={"token": token})) == (410, "gone")


async def test_a_removed_address_is_given_back(
    parvis: Parvis,
    thief: httpx.AsyncClient,
    client: httpx.AsyncClient,
    confirmed: Confirm,
    mailbox: Mailbox,
    sign_in: SignIn,
    member: Member,
) -> None:
    address = await confirmed(NEW)
    await thief.put(f"{ADDRESSES}/{address}/primary")
    changed = await reversal_to(parvis, mailbox, OLD)
    old = next(item for item in (await thief.get(ADDRESSES)).json()["items"] if item["email"] == OLD)
    assert (await thief.delete(f"{ADDRESSES}/{old['id']}")).status_code == 204
    removed = await reversal_to(parvis, mailbox, OLD)
    assert (await client.post(REVERSAL, json={"token": removed})).status_code == 204
    assert await emails(await sign_in(member)) == {NEW: True, OLD: False}
    assert (await client.post(REVERSAL, json={"token": changed})).status_code == 204
    assert await emails(await sign_in(member)) == {OLD: True}


async def test_new_ways_in_go_and_a_second_factor_stays(
    parvis: Parvis,
    thief: httpx.AsyncClient,
    client: httpx.AsyncClient,
    confirmed: Confirm,
    mailbox: Mailbox,
    sign_in: SignIn,
    member: Member,
) -> None:
    key = Authenticator()
    await add_passkey(thief, key)
    draft = {"name": "Script", "scopes": ["account:read"], "days": 7}
    bearer = {"authorization": f"Bearer {(await thief.post('/api/v1/me/tokens', json=draft)).json()['token']}"}
    await thief.put("/api/v1/me/password", json={"password": NEW_PASSWORD})
    await turn_totp_on(thief)
    address = await confirmed(NEW)
    await thief.put(f"{ADDRESSES}/{address}/primary")
    token = await reversal_to(parvis, mailbox, OLD)
    assert (await client.post(REVERSAL, json={"token": token})).status_code == 204
    assert code_in(await passkey_sign_in(client, key)) == (422, "passkey_unknown")
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 401
    by_password = await client.post("/api/v1/sessions", json={"email": OLD, "password": NEW_PASSWORD})
    assert code_in(by_password) == (401, "wrong_credentials")
    held = (await (await sign_in(member)).get("/api/v1/me/credentials")).json()
    assert held["totp_confirmed_at"] is not None
    assert (held["passkeys"], held["password_changed_at"]) == (0, None)


async def test_what_was_there_long_before_stays(
    moved_clock: MovableClock,
    parvis: Parvis,
    client: httpx.AsyncClient,
    thief: httpx.AsyncClient,
    confirmed: Confirm,
    mailbox: Mailbox,
    sign_in: SignIn,
    member: Member,
) -> None:
    address = await confirmed("chloe@home.example")
    key = Authenticator()
    await add_passkey(thief, key)
    moved_clock.advance(timedelta(days=3))
    later = await sign_in(member)
    assert (await later.put(f"{ADDRESSES}/{address}/primary")).status_code == 200
    token = await reversal_to(parvis, mailbox, OLD)
    assert (await client.post(REVERSAL, json={"token": token})).status_code == 204
    assert await emails(await sign_in(member)) == {OLD: True, "chloe@home.example": False}
    assert (await passkey_sign_in(client, key)).json()["status"] == "signed_in"


async def test_it_stays_open_seven_days_and_survives_a_new_password(
    moved_clock: MovableClock,
    parvis: Parvis,
    client: httpx.AsyncClient,
    thief: httpx.AsyncClient,
    confirmed: Confirm,
    mailbox: Mailbox,
) -> None:
    address = await confirmed(NEW)
    await thief.put(f"{ADDRESSES}/{address}/primary")
    await thief.put("/api/v1/me/password", json={"password": NEW_PASSWORD})
    token = await reversal_to(parvis, mailbox, OLD)
    moved_clock.advance(timedelta(days=7))
    assert code_in(await client.post(REVERSAL, json={"token": token})) == (410, "gone")
    moved_clock.advance(timedelta(seconds=-1))
    assert (await client.post(REVERSAL, json={"token": token})).status_code == 204


async def test_an_address_that_became_somebody_else_s_is_not_taken_from_them(
    parvis: Parvis, client: httpx.AsyncClient, thief: httpx.AsyncClient, confirmed: Confirm, mailbox: Mailbox
) -> None:
    address = await confirmed("shared@home.example")
    await thief.delete(f"{ADDRESSES}/{address}")
    token = await reversal_to(parvis, mailbox, "shared@home.example")
    await make_member(parvis, "Nour Haddad", "shared@home.example")
    assert code_in(await client.post(REVERSAL, json={"token": token})) == (409, "address_taken")


async def test_no_other_token_goes_back(
    parvis: Parvis, doors: Doors, client: httpx.AsyncClient, member: Member
) -> None:
    for token in (await doors.link_for(client, OLD), "x" * 43):
        assert code_in(await client.post(REVERSAL, json={"token": token})) == (410, "gone")
