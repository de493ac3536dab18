"""A member's own addresses: a second one, and which one is the main one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import ORIGIN, CountedQueries, SignIn, run_jobs
from tests.make.audit import audited_during
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox, link_in
from tests.make.people import make_member, make_organisation
from tests.make.security import code_in, told

ADDRESSES = "/api/v1/me/addresses"
CONFIRMATION = f"{ADDRESSES}/confirmation"
OLD, NEW = "chloe.petit@univ.example", "chloe@home.example"


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    await make_organisation(parvis)
    return await make_member(parvis, "Chloé Petit")


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def add(browser: httpx.AsyncClient, email: str = NEW) -> dict[str, Any]:
    answer = await browser.post(ADDRESSES, json={"email": email})
    assert answer.status_code == 201, answer.text
    added: dict[str, Any] = answer.json()
    return added


async def token_to(parvis: Parvis, mailbox: Mailbox, email: str) -> str:
    """The secret of the last mail's link, which leads to the page that confirms."""
    await run_jobs(parvis)
    page, _, token = link_in(mailbox.messages_to(email)[-1]).partition("#")
    assert page == f"{ORIGIN}/settings/addresses/confirmation"
    return token


async def listed(browser: httpx.AsyncClient) -> dict[str, list[str]]:
    """Address -> what may be done with it."""
    return {item["email"]: item["abilities"] for item in (await browser.get(ADDRESSES)).json()["items"]}


async def test_a_second_address_counts_once_confirmed_from_its_mailbox(
    parvis: Parvis, doors: Doors, browser: httpx.AsyncClient, client: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    added = await add(browser, "Chloe@Home.example")
    assert (added["email"], added["kind"], added["verified_at"]) == (NEW, "personal", None)
    assert await listed(browser) == {OLD: [], NEW: ["confirm", "remove"]}
    await doors.ask(client, "sign-in-links", NEW)
    assert [mail["subject"] for mail in mailbox.messages_to(NEW)] == ["Confirm your address"]
    async with audited_during(parvis) as entries:
        confirmed = await browser.post(CONFIRMATION, json={"token": await token_to(parvis, mailbox, NEW)})
    assert confirmed.json()["verified_at"] is not None
    assert [entry.action for entry in entries] == ["address.confirmed"]
    assert await listed(browser) == {OLD: [], NEW: ["make_primary", "remove"]}
    await run_jobs(parvis)
    for email in (OLD, NEW):
        assert f"address added, {NEW}" in told(mailbox, email)
    assert await doors.link_for(client, NEW)


async def test_it_outlives_the_institution_s_address(
    parvis: Parvis,
    doors: Doors,
    browser: httpx.AsyncClient,
    client: httpx.AsyncClient,
    member: Member,
    mailbox: Mailbox,
) -> None:
    await add(browser)
    await browser.post(CONFIRMATION, json={"token": await token_to(parvis, mailbox, NEW)})
    await run_jobs(parvis)
    mailbox.clear()
    await doors.end_affiliations(member)
    await doors.ask(client, "sign-in-links", OLD)
    await doors.ask(client, "sign-in-links", NEW)
    assert (len(mailbox.messages_to(OLD)), len(mailbox.messages_to(NEW))) == (0, 1)
    mailbox.clear()
    await browser.put("/api/v1/me/password", json={"password": "trois-hiboux-sur-le-toit-bleu"})
    await run_jobs(parvis)
    assert (len(mailbox.messages_to(OLD)), len(mailbox.messages_to(NEW))) == (0, 1)


async def test_an_address_in_a_domain_of_the_organisation_is_institutional(browser: httpx.AsyncClient) -> None:
    assert (await add(browser, "c.petit@staff.univ.example"))["kind"] == "institutional"
    assert (await add(browser, "chloe@alumni.univ.example"))["kind"] == "personal"


async def test_the_link_serves_once_for_fifteen_minutes_to_its_member(
    moved_clock: MovableClock, parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, mailbox: Mailbox
) -> None:
    await add(browser)
    token = await token_to(parvis, mailbox, NEW)
    stranger = await sign_in(await make_member(parvis, "Marc Thief"))
    assert code_in(await stranger.post(CONFIRMATION, json={"token": token})) == (410, "gone")
    assert (await browser.post(CONFIRMATION, json={"token": token})).status_code == 200
    assert code_in(await browser.post(CONFIRMATION, json={"token": token})) == (410, "gone")
    await add(browser, "late@home.example")
    late = await token_to(parvis, mailbox, "late@home.example")
    moved_clock.advance(timedelta(minutes=15))
    assert code_in(await browser.post(CONFIRMATION, json={"token": late})) == (410, "gone")


async def test_asked_again_the_link_is_sent_again(parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox) -> None:
    first = await add(browser)
    assert (await add(browser))["id"] == first["id"]
    assert (await browser.post(CONFIRMATION, json={"token": await token_to(parvis, mailbox, NEW)})).status_code == 200
    assert len(mailbox.messages_to(NEW)) == 2
    assert code_in(await browser.post(ADDRESSES, json={"email": NEW})) == (409, "address_known")


async def test_a_retry_with_the_same_key_adds_and_sends_once(
    parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    key = {"idempotency-key": uuid4().hex}
    answers = [await browser.post(ADDRESSES, json={"email": NEW}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    await run_jobs(parvis)
    assert len(mailbox.messages_to(NEW)) == 1


async def test_adding_says_nothing_of_whose_an_address_is(
    parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    await make_member(parvis, "Nour Haddad", NEW)
    taken, free = await add(browser, NEW), await add(browser, "free@home.example")
    assert taken.keys() == free.keys()
    assert {**taken, "id": 0, "email": "", "created_at": ""} == {**free, "id": 0, "email": "", "created_at": ""}
    token = await token_to(parvis, mailbox, NEW)
    assert code_in(await browser.post(CONFIRMATION, json={"token": token})) == (409, "address_taken")
    assert (await listed(browser))[NEW] == ["confirm", "remove"]


async def test_claiming_an_address_does_not_keep_its_owner_out(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, mailbox: Mailbox
) -> None:
    await add(browser, "nour@home.example")
    await run_jobs(parvis)
    owner = await sign_in(await make_member(parvis, "Nour Haddad"))
    await add(owner, "nour@home.example")
    token = await token_to(parvis, mailbox, "nour@home.example")
    assert (await owner.post(CONFIRMATION, json={"token": token})).status_code == 200


async def test_another_address_becomes_the_main_one(
    parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    added = await add(browser)
    primary = f"{ADDRESSES}/{added['id']}/primary"
    assert code_in(await browser.put(primary)) == (409, "address_unconfirmed")
    await browser.post(CONFIRMATION, json={"token": await token_to(parvis, mailbox, NEW)})
    await run_jobs(parvis)
    mailbox.clear()
    async with audited_during(parvis) as entries:
        assert (await browser.put(primary)).json()["is_primary"] is True
        assert (await browser.put(primary)).status_code == 200
    assert [entry.action for entry in entries] == ["address.made_primary"]
    assert await listed(browser) == {OLD: ["make_primary", "remove"], NEW: []}
    assert (await browser.get("/api/v1/me")).json()["email"] == NEW
    await run_jobs(parvis)
    assert [mail["subject"] for mail in mailbox.messages_to(OLD)] == ["Your address has changed"]
    assert "main address" in told(mailbox, NEW)


async def test_the_main_address_stays(browser: httpx.AsyncClient) -> None:
    [main] = (await browser.get(ADDRESSES)).json()["items"]
    assert code_in(await browser.delete(f"{ADDRESSES}/{main['id']}")) == (409, "primary_address")


async def test_a_removed_address_lets_nobody_in(
    parvis: Parvis, doors: Doors, browser: httpx.AsyncClient, client: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    added = await add(browser)
    await browser.post(CONFIRMATION, json={"token": await token_to(parvis, mailbox, NEW)})
    link = await doors.link_for(client, NEW)
    assert (await browser.delete(f"{ADDRESSES}/{added['id']}")).status_code == 204
    assert code_in(await client.post("/api/v1/sign-in-links/confirmation", json={"token": link})) == (410, "gone")
    await run_jobs(parvis)
    assert mailbox.messages_to(NEW)[-1]["subject"] == "Your address has changed"
    assert f"address removed, {NEW}" in told(mailbox, OLD)


async def test_an_unconfirmed_address_goes_without_a_word(
    parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    added = await add(browser)
    token = await token_to(parvis, mailbox, NEW)
    mailbox.clear()
    assert (await browser.delete(f"{ADDRESSES}/{added['id']}")).status_code == 204
    assert code_in(await browser.post(CONFIRMATION, json={"token": token})) == (410, "gone")
    await run_jobs(parvis)
    assert mailbox.envelopes == []


async def test_another_member_s_address_is_not_there(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn
) -> None:
    added = await add(browser)
    stranger = await sign_in(await make_member(parvis, "Marc Thief"))
    assert list(await listed(stranger)) == ["marc.thief@univ.example"]
    for path in (f"{ADDRESSES}/{added['id']}", f"{ADDRESSES}/{uuid4()}"):
        assert code_in(await stranger.delete(path)) == (404, "not_found")
        assert code_in(await stranger.put(f"{path}/primary")) == (404, "not_found")


async def test_changing_addresses_wants_a_recent_proof(moved_clock: MovableClock, browser: httpx.AsyncClient) -> None:
    added = await add(browser)
    moved_clock.advance(timedelta(minutes=11))
    for answer in (
        await browser.post(ADDRESSES, json={"email": "more@home.example"}),
        await browser.put(f"{ADDRESSES}/{added['id']}/primary"),
        await browser.delete(f"{ADDRESSES}/{added['id']}"),
    ):
        assert code_in(answer) == (403, "proof_required")
    assert len(await listed(browser)) == 2


async def test_ten_are_enough_and_mail_cannot_be_poured(browser: httpx.AsyncClient) -> None:
    statuses = [
        (await browser.post(ADDRESSES, json={"email": f"n{number}@home.example"})).status_code for number in range(11)
    ]
    assert statuses == [201] * 9 + [409, 429]


@pytest.mark.parametrize("email", ["", "chloe", "chloe@", "chloe@home.example\r\nbcc: all@univ.example", "a" * 300])
async def test_what_is_no_address_is_refused(browser: httpx.AsyncClient, email: str) -> None:
    answer = await browser.post(ADDRESSES, json={"email": email})
    assert code_in(answer) == (422, "invalid")
    assert [field["path"] for field in answer.json()["fields"]] == ["email"]


async def test_listing_costs_one_query(browser: httpx.AsyncClient, counted_queries: CountedQueries) -> None:
    for number in range(4):
        await add(browser, f"n{number}@home.example")
    with counted_queries() as queries:
        assert len((await browser.get(ADDRESSES)).json()["items"]) == 5
    assert len(queries) == 1
