"""A member's own passkeys: adding, naming and removing them."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, Passkey
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.make.audit import audited_during
from tests.make.authenticator import Authenticator, InvalidState, encoded
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox
from tests.make.people import make_member, make_organisation
from tests.make.security import add_passkey, code_in, told

PASSKEYS = "/api/v1/me/passkeys"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit")


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


@pytest.fixture
def authenticator() -> Authenticator:
    return Authenticator()


async def options(browser: httpx.AsyncClient) -> dict[str, Any]:
    answer = await browser.post(f"{PASSKEYS}/options")
    assert answer.status_code == 200, answer.text
    asked: dict[str, Any] = answer.json()["public_key"]
    return asked


async def test_the_options_ask_for_a_discoverable_key_of_this_member_here(
    parvis: Parvis, browser: httpx.AsyncClient, member: Member
) -> None:
    await make_organisation(parvis)
    asked = await options(browser)
    assert asked["rp"] == {"id": "testserver", "name": "Université d’Exemple"}
    assert asked["user"] == {
        "id": encoded(member.id.bytes),
        "name": "chloe.petit@univ.example",
        "displayName": "Chloé Petit",
    }
    assert asked["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "preferred",
    }
    assert {parameter["alg"] for parameter in asked["pubKeyCredParams"]} == {-7, -8, -257}
    assert (asked["attestation"], asked["excludeCredentials"]) == ("none", [])


async def test_a_passkey_is_added_listed_told_and_audited(
    parvis: Parvis, browser: httpx.AsyncClient, member: Member, authenticator: Authenticator, mailbox: Mailbox
) -> None:
    async with audited_during(parvis) as entries:
        await add_passkey(browser, authenticator, "Phone of Chloé")
    listed = (await browser.get(PASSKEYS)).json()
    assert listed["next"] is None
    [passkey] = listed["items"]
    assert (passkey["name"], passkey["synced"], passkey["last_used_at"]) == ("Phone of Chloé", False, None)
    assert passkey["abilities"] == ["rename", "remove"]
    assert [(entry.action, entry.actor_id) for entry in entries] == [("passkey.added", member.id)]
    await run_jobs(parvis)
    assert "passkey added, Phone of Chloé" in told(mailbox, "chloe.petit@univ.example")
    assert "203.0.113.7" in told(mailbox, "chloe.petit@univ.example")


async def test_without_a_name_it_is_called_after_the_browser(
    browser: httpx.AsyncClient, authenticator: Authenticator
) -> None:
    browser.headers["user-agent"] = FIREFOX
    await add_passkey(browser, authenticator)
    assert (await browser.get(PASSKEYS)).json()["items"][0]["name"] == "Firefox, Linux"


async def test_an_authenticator_that_holds_one_is_asked_for_no_second(
    browser: httpx.AsyncClient, authenticator: Authenticator
) -> None:
    await add_passkey(browser, authenticator)
    with pytest.raises(InvalidState):
        authenticator.create(await options(browser))
    await add_passkey(browser, Authenticator(synced=True))
    assert [item["synced"] for item in (await browser.get(PASSKEYS)).json()["items"]] == [False, True]


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://testserver.evil.example"},
        {"origin": "http://testserver"},
        {"origin": "https://testserver:8443"},
        {"rp_id": "evil.example"},
        {"type": "webauthn.get"},
        {"cross_origin": True},
    ],
    ids=str,
)
async def test_an_answer_made_elsewhere_or_for_something_else_is_refused(
    browser: httpx.AsyncClient, authenticator: Authenticator, wrong: dict[str, Any]
) -> None:
    credential = authenticator.create(await options(browser), **wrong)
    assert code_in(await browser.post(PASSKEYS, json={"credential": credential})) == (422, "passkey_refused")
    assert (await browser.get(PASSKEYS)).json()["items"] == []


async def test_an_absent_user_registers_nothing(browser: httpx.AsyncClient) -> None:
    credential = Authenticator(present=False).create(await options(browser))
    assert code_in(await browser.post(PASSKEYS, json={"credential": credential})) == (422, "passkey_refused")


async def test_a_challenge_serves_once_even_when_its_answer_was_refused(
    browser: httpx.AsyncClient, authenticator: Authenticator
) -> None:
    asked = await options(browser)
    refused = authenticator.create(asked, origin="https://evil.example")
    assert code_in(await browser.post(PASSKEYS, json={"credential": refused})) == (422, "passkey_refused")
    honest = Authenticator().create(asked)
    assert code_in(await browser.post(PASSKEYS, json={"credential": honest})) == (410, "gone")


async def test_a_challenge_holds_fifteen_minutes(
    moved_clock: MovableClock, browser: httpx.AsyncClient, sign_in: SignIn, member: Member, authenticator: Authenticator
) -> None:
    credential = authenticator.create(await options(browser))
    moved_clock.advance(timedelta(minutes=9))
    assert (await browser.post(PASSKEYS, json={"credential": credential})).status_code == 201
    later = await sign_in(member)
    credential = Authenticator().create(await options(later))
    moved_clock.advance(timedelta(minutes=16))
    assert code_in(await later.post(PASSKEYS, json={"credential": credential})) == (403, "proof_required")


async def test_a_challenge_is_of_its_session_and_member(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, member: Member
) -> None:
    asked = await options(browser)
    stranger = await sign_in(await make_member(parvis, "Marc Thief"))
    elsewhere = await sign_in(member)
    for other in (stranger, elsewhere):
        credential = Authenticator().create(asked)
        assert code_in(await other.post(PASSKEYS, json={"credential": credential})) == (410, "gone")
    credential = Authenticator().create(asked)
    assert (await browser.post(PASSKEYS, json={"credential": credential})).status_code == 201


async def test_a_key_belongs_to_one_member(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, authenticator: Authenticator
) -> None:
    key = await add_passkey(browser, authenticator)
    thief = await sign_in(await make_member(parvis, "Marc Thief"))
    forged = Authenticator().create(await options(thief), key_id=key.id)
    assert code_in(await thief.post(PASSKEYS, json={"credential": forged})) == (409, "passkey_known")


@pytest.mark.parametrize(
    "field, value",
    [
        ("attestationObject", encoded(b"\xff" * 40)),
        ("attestationObject", encoded(b"\xa0")),
        ("clientDataJSON", encoded(b"[]")),
        ("clientDataJSON", encoded(b"[" * 3000)),
        ("clientDataJSON", encoded(b'{"challenge": 3}')),
        ("clientDataJSON", "A"),
    ],
)
async def test_rubbish_is_refused_without_a_stumble(
    browser: httpx.AsyncClient, authenticator: Authenticator, field: str, value: str
) -> None:
    credential = authenticator.create(await options(browser))
    credential["response"][field] = value
    assert code_in(await browser.post(PASSKEYS, json={"credential": credential})) == (422, "passkey_refused")


async def test_a_body_of_another_shape_names_the_field(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(PASSKEYS, json={"credential": {"id": "a b", "type": "public-key"}})
    assert code_in(answer) == (422, "invalid")
    assert {field["path"] for field in answer.json()["fields"]} >= {"credential/id", "credential/response"}


async def test_a_passkey_is_renamed_and_removed(
    parvis: Parvis, browser: httpx.AsyncClient, authenticator: Authenticator, mailbox: Mailbox
) -> None:
    await add_passkey(browser, authenticator)
    [passkey] = (await browser.get(PASSKEYS)).json()["items"]
    path = f"{PASSKEYS}/{passkey['id']}"
    assert (await browser.patch(path, json={"name": "Blue key"})).json()["name"] == "Blue key"
    assert (await browser.delete(path)).status_code == 204
    assert (await browser.get(PASSKEYS)).json()["items"] == []
    assert code_in(await browser.delete(path)) == (404, "not_found")
    await run_jobs(parvis)
    assert "passkey removed, Blue key" in told(mailbox, "chloe.petit@univ.example")


async def test_the_last_way_in_stays(
    doors: Doors, browser: httpx.AsyncClient, member: Member, authenticator: Authenticator
) -> None:
    await add_passkey(browser, authenticator)
    await doors.end_affiliations(member)
    [passkey] = (await browser.get(PASSKEYS)).json()["items"]
    assert passkey["abilities"] == ["rename"]
    path = f"{PASSKEYS}/{passkey['id']}"
    assert code_in(await browser.delete(path)) == (409, "last_credential")
    await add_passkey(browser, Authenticator())
    assert (await browser.delete(path)).status_code == 204


async def test_of_the_last_two_removed_at_once_one_stays(
    doors: Doors, browser: httpx.AsyncClient, member: Member
) -> None:
    for _ in range(2):
        await add_passkey(browser, Authenticator())
    await doors.end_affiliations(member)
    paths = [f"{PASSKEYS}/{item['id']}" for item in (await browser.get(PASSKEYS)).json()["items"]]
    answers = await asyncio.gather(*(browser.delete(path) for path in paths))
    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_another_member_s_passkey_is_not_there(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, authenticator: Authenticator
) -> None:
    await add_passkey(browser, authenticator)
    [passkey] = (await browser.get(PASSKEYS)).json()["items"]
    stranger = await sign_in(await make_member(parvis, "Marc Thief"))
    assert (await stranger.get(PASSKEYS)).json()["items"] == []
    path = f"{PASSKEYS}/{passkey['id']}"
    assert code_in(await stranger.patch(path, json={"name": "Mine"})) == (404, "not_found")
    assert code_in(await stranger.delete(path)) == (404, "not_found")


async def test_adding_and_removing_want_a_recent_proof(
    moved_clock: MovableClock, browser: httpx.AsyncClient, authenticator: Authenticator
) -> None:
    await add_passkey(browser, authenticator)
    [passkey] = (await browser.get(PASSKEYS)).json()["items"]
    credential = Authenticator().create(await options(browser))
    moved_clock.advance(timedelta(minutes=11))
    for answer in (
        await browser.post(f"{PASSKEYS}/options"),
        await browser.post(PASSKEYS, json={"credential": credential}),
        await browser.delete(f"{PASSKEYS}/{passkey['id']}"),
    ):
        assert code_in(answer) == (403, "proof_required")
    assert len((await browser.get(PASSKEYS)).json()["items"]) == 1


async def test_twenty_are_enough(parvis: Parvis, browser: httpx.AsyncClient, member: Member) -> None:
    made = await options(browser)
    await parvis.database.write(_add_keys, member, 20)
    assert code_in(await browser.post(f"{PASSKEYS}/options")) == (409, "too_many_passkeys")
    credential = Authenticator().create(made)
    assert code_in(await browser.post(PASSKEYS, json={"credential": credential})) == (409, "too_many_passkeys")
    assert "add_passkey" not in (await browser.get("/api/v1/me/credentials")).json()["abilities"]


async def _add_keys(session: AsyncSession, member: Member, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        name = f"Key {number}"
        session.add(
            Passkey(
                member_id=member.id,
                credential_id=name.encode(),
                public_key=b"",
                sign_count=0,
                transports=[],
                backed_up=False,
                name=name,
            )
        )


async def test_listing_costs_the_same_for_one_and_for_fifteen(
    parvis: Parvis, browser: httpx.AsyncClient, member: Member, counted_queries: CountedQueries
) -> None:
    await parvis.database.write(_add_keys, member, 1)
    await browser.get(PASSKEYS)
    with counted_queries() as one:
        await browser.get(PASSKEYS)
    await parvis.database.write(_add_keys, member, 14, 1)
    with counted_queries() as fifteen:
        assert len((await browser.get(PASSKEYS)).json()["items"]) == 15
    assert len(one) == len(fifteen) == 2
