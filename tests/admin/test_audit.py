"""The audit log as administrators read it."""

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.people import make_member, make_organisation

AUDIT = "/api/v1/audit-entries"
PEOPLE = "/api/v1/people"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def administrator(parvis: Parvis) -> Member:
    return await make_member(parvis, "Paul Aubry", roles=["administrator"])


@pytest.fixture
async def admin(administrator: Member, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(administrator)


async def some_acts(admin: httpx.AsyncClient, parvis: Parvis, count: int) -> Member:
    member = await make_member(parvis, "Hugo Ferreira")
    for number in range(count):
        assert (await admin.patch(f"{PEOPLE}/{member.id}", json={"name": f"Hugo {number}"})).status_code == 200
    return member


async def test_it_says_who_did_what_to_whom_the_latest_first(
    admin: httpx.AsyncClient, administrator: Member, parvis: Parvis
) -> None:
    member = await some_acts(admin, parvis, 1)
    assert (await admin.patch("/api/v1/organisation", json={"name": "Valorne"})).status_code == 200

    reply = await admin.get(AUDIT)

    assert reply.status_code == 200
    last, before = reply.json()["items"]
    assert (last["action"], last["subject_kind"], last["detail"]) == (
        "organisation.changed",
        "organisation",
        {"fields": ["name"]},
    )
    assert (before["action"], before["subject_id"], before["subject_name"]) == (
        "member.changed",
        str(member.id),
        "Hugo 0",
    )
    assert (before["actor_id"], before["actor_name"]) == (str(administrator.id), "Paul Aubry")
    assert last["position"] == before["position"] + 1
    assert last["hash"] != before["hash"]


async def test_its_pages_neither_repeat_nor_skip(admin: httpx.AsyncClient, parvis: Parvis) -> None:
    await some_acts(admin, parvis, 7)
    positions: list[int] = []
    query: dict[str, str] = {"limit": "3"}

    while True:
        page = (await admin.get(AUDIT, params=query)).json()
        positions += [entry["position"] for entry in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]

    assert positions == list(range(7, 0, -1))


async def test_it_is_read_by_actor_subject_and_action(
    admin: httpx.AsyncClient, administrator: Member, parvis: Parvis
) -> None:
    member = await some_acts(admin, parvis, 2)
    assert (await admin.patch("/api/v1/organisation", json={"name": "Valorne"})).status_code == 200

    async def count(**query: str) -> int:
        return len((await admin.get(AUDIT, params=query)).json()["items"])

    assert await count(subject_id=str(member.id)) == 2
    assert await count(actor_id=str(administrator.id)) == 3
    assert await count(actor_id=str(member.id)) == 0
    assert await count(action="organisation.changed") == 1


async def test_reading_it_costs_the_same_for_ten_entries_and_for_fifty(
    admin: httpx.AsyncClient, parvis: Parvis, counted_queries: CountedQueries
) -> None:
    costs = []
    for count in (10, 40):
        await make_member(parvis, f"Personne {count}")
        member = await make_member(parvis, f"Quelqu’un {count}")
        for number in range(count):
            await admin.patch(f"{PEOPLE}/{member.id}", json={"name": f"Hugo {number}"})
        with counted_queries() as queries:
            assert len((await admin.get(AUDIT)).json()["items"]) == min(count + (count > 10) * 10, 50)
        costs.append(len(queries))

    assert costs == [2, 2]


async def test_an_untouched_log_is_intact(admin: httpx.AsyncClient, parvis: Parvis) -> None:
    await some_acts(admin, parvis, 3)

    reply = await admin.get(f"{AUDIT}/verification")

    assert reply.status_code == 200
    assert (reply.json()["intact"], reply.json()["entries"]) == (True, 3)
    assert reply.json()["broken_at"] is None
    assert reply.json()["head"] == (await admin.get(AUDIT)).json()["items"][0]["hash"]


@pytest.mark.parametrize(
    "tampering, broken_at",
    [
        ("UPDATE audit_entries SET action = 'member.praised' WHERE position = 2", 2),
        ("DELETE FROM audit_entries WHERE position = 2", 2),
        ("DELETE FROM audit_entries WHERE position = 3", 3),
    ],
)
async def test_tampering_shows(tampering: str, broken_at: int, admin: httpx.AsyncClient, parvis: Parvis) -> None:
    await some_acts(admin, parvis, 3)

    async def tamper(session: AsyncSession) -> None:
        await session.execute(text(tampering))

    await parvis.database.write(tamper)

    verdict = (await admin.get(f"{AUDIT}/verification")).json()

    assert (verdict["intact"], verdict["broken_at"]) == (False, broken_at)
    assert verdict["reason"]


@pytest.mark.parametrize("roles", [(), ("people_administrator", "communicator", "moderator")])
@pytest.mark.parametrize("url", [AUDIT, f"{AUDIT}/verification"])
async def test_nobody_else_reads_it(
    roles: tuple[str, ...], url: str, parvis: Parvis, sign_in: SignIn, client: httpx.AsyncClient
) -> None:
    browser = await sign_in(await make_member(parvis, roles=roles))

    refused = await browser.get(url)

    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (await client.get(url)).status_code == 401
