"""Having one's account erased: said before, closed at once, taken back by signing in, then gone without residue."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from parvis import wiring
from parvis.accounts.models import Member, MemberRole
from parvis.accounts.service.erasure import NAME
from parvis.kernel.audit import AuditEntry
from parvis.kernel.clock import MovableClock
from parvis.kernel.db import Base
from parvis.kernel.events import LogEntry
from parvis.kernel.personal_data import Kept, PersonalData, Untied
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.files.uploads import upload
from tests.make.copies import DELETION, EXPORTS, hours_pass
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox
from tests.make.mobile import MobileClient
from tests.make.people import PASSWORD, make_member, make_organisation
from tests.make.planting import Planter, texts_in
from tests.make.security import code_in, told, turn_totp_on

CONFIRMED = {"confirmation": "Chloé Petit"}
EMAIL = "chloe.petit@univ.example"


@pytest.fixture
async def leaving(parvis: Parvis, noon: MovableClock, sign_in: SignIn) -> Member:
    """Somebody with a password who has asked to be erased."""
    await make_organisation(parvis)
    member = await make_member(parvis, "Chloé Petit", password=PASSWORD)
    answer = await (await sign_in(member)).post(DELETION, json=CONFIRMED)
    assert answer.status_code == 202, answer.text
    return member


async def enter(browser: httpx.AsyncClient) -> dict[str, Any]:
    answer = await browser.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    entered: dict[str, Any] = answer.json()
    return entered


async def test_what_goes_and_what_stays_is_said_before(
    parvis: Parvis, browser: httpx.AsyncClient, counted_queries: CountedQueries
) -> None:
    await upload(browser, b"a poem")
    with counted_queries() as queries:
        said = (await browser.get(DELETION)).json()
    assert len(queries) == 2
    assert (said["days"], said["confirmation"], said["abilities"]) == (14, "Chloé Petit", ["delete"])
    parts = {part["key"]: part for part in said["parts"]}
    assert list(parts) == [part.key for part in wiring.PERSONAL_DATA]
    assert (parts["files"]["title"], parts["files"]["count"], parts["files"]["kept"]) == ("Your files", 1, False)
    assert parts["addresses"]["count"] == 1
    assert parts["audit"]["kept"]
    assert parts["audit"]["kept_under"] == "an account number that no name corresponds to any more"
    french = (await browser.get(DELETION, headers={"accept-language": "fr"})).json()
    assert [part["key"] for part in french["parts"]] == list(parts)


@pytest.mark.parametrize("typed", ["Chloe petit", "  chloé   PETIT "])
async def test_the_name_may_be_typed_plainly(browser: httpx.AsyncClient, typed: str) -> None:
    assert (await browser.post(DELETION, json={"confirmation": typed})).status_code == 202


async def test_another_name_is_refused(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(DELETION, json={"confirmation": "Driss Alaoui"})
    assert code_in(answer) == (422, "invalid")
    assert answer.json()["fields"][0]["path"] == "confirmation"
    assert (await browser.get("/api/v1/me")).status_code == 200


async def test_the_last_administrator_stays(parvis: Parvis, sign_in: SignIn) -> None:
    alone = await sign_in(await make_member(parvis, "Chloé Petit", roles=["administrator"]))
    assert (await alone.get(DELETION)).json()["abilities"] == []
    assert code_in(await alone.post(DELETION, json=CONFIRMED)) == (409, "last_administrator")
    second = await sign_in(await make_member(parvis, "Driss Alaoui", roles=["administrator"]))
    assert (await alone.get(DELETION)).json()["abilities"] == ["delete"]
    assert (await alone.post(DELETION, json=CONFIRMED)).status_code == 202
    assert (await second.get(DELETION)).json()["abilities"] == []


async def test_it_needs_a_proof_and_the_browser(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, noon: MovableClock
) -> None:
    mobile = MobileClient(client)
    await mobile.connect(browser, scope="account:read account:write")
    for answer in (
        await client.get(DELETION, headers=mobile.bearer),
        await client.post(DELETION, json=CONFIRMED, headers=mobile.bearer),
    ):
        assert code_in(answer) == (403, "forbidden")
    assert code_in(await client.post(DELETION, json=CONFIRMED)) == (401, "unauthenticated")
    noon.advance(timedelta(minutes=11))
    assert code_in(await browser.post(DELETION, json=CONFIRMED)) == (403, "proof_required")


async def test_the_account_closes_at_once_and_its_member_is_told(
    parvis: Parvis,
    sign_in: SignIn,
    browser: httpx.AsyncClient,
    client: httpx.AsyncClient,
    mailbox: Mailbox,
    member: Member,
) -> None:
    elsewhere = await sign_in(member)
    draft = {"name": "Script", "scopes": ["account:read"], "days": 30}
    token = (await browser.post("/api/v1/me/tokens", json=draft)).json()["token"]
    bearer = {"authorization": f"Bearer {token}"}
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 200
    answer = await browser.post(DELETION, json=CONFIRMED)
    assert answer.status_code == 202
    for reply in (await elsewhere.get("/api/v1/me"), await client.get("/api/v1/me", headers=bearer)):
        assert reply.status_code == 401
    assert (await browser.get("/api/v1/session")).json()["member"] is None
    await run_jobs(parvis)
    assert "Your account will be deleted on" in told(mailbox, EMAIL)


async def test_administrators_see_that_somebody_leaves(parvis: Parvis, sign_in: SignIn, leaving: Member) -> None:
    admin = await sign_in(await make_member(parvis, "Driss Alaoui", roles=["administrator"]))
    assert (await admin.get(f"/api/v1/people/{leaving.id}")).json()["state"] == "leaving"
    listed = (await admin.get("/api/v1/people", params={"state": "leaving"})).json()["items"]
    assert [person["id"] for person in listed] == [str(leaving.id)]
    active = (await admin.get("/api/v1/people", params={"state": "active"})).json()["items"]
    assert str(leaving.id) not in [person["id"] for person in active]


async def test_signing_in_offers_to_stay(
    parvis: Parvis, leaving: Member, client: httpx.AsyncClient, noon: MovableClock, mailbox: Mailbox
) -> None:
    await hours_pass(parvis, noon, 13 * 24)
    offered = await enter(client)
    assert offered["status"] == "leaving"
    assert (await client.get("/api/v1/session")).json()["member"] is None
    back = await client.post("/api/v1/deletions/cancellation", json={"ticket": offered["ticket"]})
    assert back.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/me")).json()["name"] == "Chloé Petit"
    again = await client.post("/api/v1/deletions/cancellation", json={"ticket": offered["ticket"]})
    assert code_in(again) == (410, "gone")
    await hours_pass(parvis, noon, 3 * 24)
    assert "deletion of the account cancelled" in told(mailbox, EMAIL)
    assert (await enter(client))["status"] == "signed_in"


async def test_a_link_by_mail_offers_it_too(leaving: Member, client: httpx.AsyncClient, doors: Doors) -> None:
    token = await doors.link_for(client, EMAIL)
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.json()["status"] == "leaving"


async def test_it_is_offered_after_the_second_factor(
    parvis: Parvis, sign_in: SignIn, client: httpx.AsyncClient, noon: MovableClock
) -> None:
    member = await make_member(parvis, "Chloé Petit", password=PASSWORD)
    browser = await sign_in(member)
    _, recovery = await turn_totp_on(browser)
    await browser.post(DELETION, json=CONFIRMED)
    first = await enter(client)
    assert first["status"] == "second_factor_required"
    refused = await client.post("/api/v1/deletions/cancellation", json={"ticket": first["ticket"]})
    assert code_in(refused) == (410, "gone")
    said = {"ticket": first["ticket"], "code": recovery[0]}
    assert (await client.post("/api/v1/sessions/second-factor", json=said)).json()["status"] == "leaving"


async def test_who_asks_again_gets_fourteen_new_days(
    parvis: Parvis, leaving: Member, client: httpx.AsyncClient, sign_in: SignIn, noon: MovableClock
) -> None:
    await hours_pass(parvis, noon, 7 * 24)
    ticket = (await enter(client))["ticket"]
    await client.post("/api/v1/deletions/cancellation", json={"ticket": ticket})
    await (await sign_in(leaving)).post(DELETION, json=CONFIRMED)
    await hours_pass(parvis, noon, 8 * 24)
    assert (await enter(client))["status"] == "leaving"
    await hours_pass(parvis, noon, 7 * 24)
    assert await name_of(parvis, leaving.id) == NAME


async def test_once_the_time_has_come_nobody_comes_back(
    parvis: Parvis, leaving: Member, client: httpx.AsyncClient, noon: MovableClock
) -> None:
    await hours_pass(parvis, noon, 14 * 24 - 1)
    ticket = (await enter(client))["ticket"]
    noon.advance(timedelta(minutes=5))
    noon.advance(timedelta(hours=1))
    answer = await client.post("/api/v1/deletions/cancellation", json={"ticket": ticket})
    assert answer.status_code in {403, 410}
    closed = await client.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert code_in(closed) == (403, "account_closed")
    await run_jobs(parvis)
    gone = await client.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert code_in(gone) == (401, "wrong_credentials")


async def test_a_suspended_member_s_erasure_goes_on_and_is_not_taken_back(
    parvis: Parvis, leaving: Member, client: httpx.AsyncClient, noon: MovableClock, doors: Doors
) -> None:
    await doors.suspend(leaving)
    closed = await client.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert code_in(closed) == (403, "account_closed")
    await hours_pass(parvis, noon, 14 * 24 + 1)
    assert await name_of(parvis, leaving.id) == NAME


async def name_of(parvis: Parvis, member_id: UUID) -> str:
    async with parvis.database.reading() as session:
        return (await session.get_one(Member, member_id)).name


KEPT_COLUMNS = {"audit_entries.actor_id", "audit_entries.subject_id", "events.actor_id"}
UNTIED = {held.table.name for held in PersonalData(wiring.PERSONAL_DATA).holdings() if isinstance(held.erasure, Untied)}
"""Tables whose rows are the organisation's: they stay, and no longer say who signed them."""
POINTING_AT_NOBODY = {"members.id", "events.topic", "events.data", "jobs.unique_key"}
"""Where the number of the erased account may still be read: it leads to nothing but a nameless row."""


async def residue(parvis: Parvis, canaries: list[str]) -> dict[str, set[str]]:
    """Canary -> the columns and blobs of this deployment in which it can be read."""
    found: dict[str, set[str]] = {canary: set() for canary in canaries}
    async with parvis.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(select(table)):
                for column, value in zip(table.c, row, strict=True):
                    _look(found, str(column), value)
        tokens = await session.execute(text("SELECT * FROM entry_tokens"))
        _look(found, "entry_tokens", [list(row) for row in tokens])
    async for key, _size in parvis.storage.list():
        content = b"".join([piece async for piece in await parvis.storage.get_stream(key)])
        _look(found, f"blob {key}", content)
    return found


def _look(found: dict[str, set[str]], where: str, value: Any) -> None:
    read = texts_in(value).casefold()
    for canary, places in found.items():
        if canary.casefold() in read:
            places.add(where)


async def live_a_full_life(parvis: Parvis, member: Member, browser: httpx.AsyncClient) -> None:
    """Leaves a trace in every table, by planting and by the front door."""
    witness = await make_member(parvis, "Nadia Cherkaoui")

    async def plant(session: AsyncSession) -> None:
        await Planter(session, member, witness, "canary-mine").plant_all()

    await parvis.database.write(plant)
    await upload(browser, b"a poem by canary-mine", "canary-mine.txt")
    await browser.patch("/api/v1/me", json={"language": "fr"})
    await browser.post("/api/v1/sign-in-links", json={"email": EMAIL})
    await browser.post(EXPORTS)
    await run_jobs(parvis)


async def test_nothing_is_left_of_who_is_erased_but_what_was_said(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, noon: MovableClock
) -> None:
    await live_a_full_life(parvis, member, browser)
    canaries = ["canary-mine", "Chloé", "chloe", EMAIL, "chloe-supann-4711"]
    before = await residue(parvis, [*canaries, str(member.id)])
    assert all(before.values()), "the search finds what is there"
    assert (await browser.post(DELETION, json=CONFIRMED)).status_code == 202
    await hours_pass(parvis, noon, 14 * 24 + 4)

    left = await residue(parvis, [*canaries, str(member.id)])
    assert {column for column in left.pop("canary-mine") if column.partition(".")[0] not in UNTIED} == set()
    assert left.pop(str(member.id)) <= KEPT_COLUMNS | POINTING_AT_NOBODY
    assert left == {canary: set() for canary in left}
    async with parvis.database.reading() as session:
        gone = await session.get_one(Member, member.id)
        assert (gone.name, gone.sort_name, gone.identifier) == ("Compte supprimé", "compte supprime", None)
        assert gone.deleted_at is not None
        [fact] = await session.scalars(select(LogEntry).where(LogEntry.type == "member.erased"))
        assert fact.data["member_id"] == str(member.id)
        acts = list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.position)))
        verdict = await parvis.auditor.verify(session)
    assert acts[-2:] == ["deletion.requested", "member.erased"]
    assert verdict.intact


def test_what_may_stay_is_what_the_member_is_told() -> None:
    kept = {
        f"{held.table.name}.{held.column.key}"
        for held in PersonalData(wiring.PERSONAL_DATA).holdings()
        if isinstance(held.erasure, Kept)
    }
    assert kept == KEPT_COLUMNS


async def test_somebody_new_may_have_the_identifier_and_the_address(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, noon: MovableClock
) -> None:
    await browser.post(DELETION, json=CONFIRMED)
    await hours_pass(parvis, noon, 14 * 24 + 1)
    again = await make_member(parvis, "Chloé Petit", identifier="chloe-supann-4711")
    assert again.id != member.id


async def test_administrators_no_longer_find_who_is_erased(
    parvis: Parvis, sign_in: SignIn, leaving: Member, noon: MovableClock
) -> None:
    await hours_pass(parvis, noon, 14 * 24 + 1)
    admin = await sign_in(await make_member(parvis, "Driss Alaoui", roles=["administrator"]))
    assert (await admin.get(f"/api/v1/people/{leaving.id}")).status_code == 404
    assert (await admin.get("/api/v1/people", params={"q": "supprime"})).json()["items"] == []
    log = (await admin.get("/api/v1/audit-entries")).json()["items"]
    assert "Compte supprimé" in texts_in(log)


async def test_a_worker_killed_half_way_is_followed_by_another(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, noon: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.post(DELETION, json=CONFIRMED)
    await hours_pass(parvis, noon, 14 * 24 - 1)
    noon.advance(timedelta(hours=1, minutes=1))
    erase, calls = PersonalData.erase, 0

    async def die_at_the_tenth(self: PersonalData, *args: Any) -> int:
        nonlocal calls
        calls += 1
        if calls == 10:
            raise RuntimeError("killed")
        return await erase(self, *args)

    monkeypatch.setattr(PersonalData, "erase", die_at_the_tenth)
    await run_jobs(parvis)
    assert await name_of(parvis, member.id) == "Chloé Petit"
    noon.advance(timedelta(minutes=2))
    await run_jobs(parvis)
    assert await name_of(parvis, member.id) == NAME


async def test_roles_go_with_the_account(parvis: Parvis, sign_in: SignIn, noon: MovableClock) -> None:
    await make_member(parvis, "Driss Alaoui", roles=["administrator"])
    member = await make_member(parvis, "Chloé Petit", roles=["administrator"])
    await (await sign_in(member)).post(DELETION, json=CONFIRMED)
    await hours_pass(parvis, noon, 14 * 24 + 1)
    async with parvis.database.reading() as session:
        assert (await session.scalar(select(MemberRole).where(MemberRole.member_id == member.id))) is None
