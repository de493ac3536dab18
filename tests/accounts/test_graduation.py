"""A cohort graduates by one operation: foreseen, reminded of, done once, undone until its day. Nothing is lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import delete, func, select, update

from parvis.accounts.models import Address, Affiliation, Cohort, Graduate, Member
from parvis.accounts.queries.graduations import graduation_of
from parvis.accounts.service.graduation import operation
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.make.audit import audited_during
from tests.make.mailbox import Mailbox, link_in
from tests.make.people import affiliate, make_cohort, make_member, make_organisation, make_programme, make_unit

TODAY = date(2027, 3, 1)
DAY = date(2027, 7, 1)
ON = {"on": DAY.isoformat()}


@dataclass
class Class:
    """A cohort with three students: ready, lacking an address of her own, and not yet come."""

    cohort: Cohort
    url: str
    members: Sequence[Member]


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis, moved_clock: MovableClock) -> None:
    moved_clock.instant = moved_clock.instant.replace(year=TODAY.year, month=TODAY.month, day=TODAY.day)
    await make_organisation(parvis)


@pytest.fixture
async def manager(parvis: Parvis, sign_in: SignIn, organisation: None) -> httpx.AsyncClient:
    return await sign_in(await make_manager(parvis, "Zoé Gestion"))


@pytest.fixture
async def promo(parvis: Parvis, organisation: None) -> Class:
    law = await make_unit(parvis, "Faculté de droit")
    master = await make_programme(parvis, "M2 Droit de l’eau", law)
    cohort = await make_cohort(parvis, master, 2027)
    said = {"unit_id": law.id, "programme_id": master.id, "cohort_id": cohort.id, "starts_on": date(2026, 9, 1)}
    ready = await make_member(parvis, "Ana Prête", affiliation=None)
    await own_address(parvis, ready, "ana@perso.example")
    lacking = await make_member(parvis, "Léo Sansadresse", affiliation=None)
    pending = await make_member(parvis, "Mia Attendue", affiliation=None, activated=False)
    for member in (ready, lacking, pending):
        await affiliate(parvis, member, "student", **said)
    return Class(cohort, f"/api/v1/cohorts/{cohort.id}/graduation", [ready, lacking, pending])


async def make_manager(parvis: Parvis, name: str) -> Member:
    return await make_member(parvis, name, roles=["people_administrator"], affiliation="staff")


async def own_address(parvis: Parvis, member: Member, email: str) -> None:
    async def add(session: Any) -> None:
        session.add(Address(member_id=member.id, email=email, kind="personal", verified_at=clock.now()))

    await parvis.database.write(add)


async def standing(parvis: Parvis, cohort: Cohort) -> UUID:
    async with parvis.database.reading() as session:
        graduation = await graduation_of(session, cohort.id)
        assert graduation is not None
        return graduation.id


async def ledger(manager: httpx.AsyncClient, member: Member) -> list[tuple[str, str, str | None]]:
    person = (await manager.get(f"/api/v1/people/{member.id}")).json()
    return [(item["kind"], item["starts_on"], item["ends_on"]) for item in person["affiliations"]]


async def test_the_preview_says_how_many_and_who_would_lose_their_way_in(
    promo: Class, manager: httpx.AsyncClient, parvis: Parvis, counted_queries: CountedQueries
) -> None:
    left = await make_member(parvis, "Tom Parti", affiliation=None)
    said = {"cohort_id": promo.cohort.id, "starts_on": date(2026, 9, 1)}
    await affiliate(parvis, left, "student", ends_on=date(2027, 2, 1), **said)
    twice = promo.members[1]
    await affiliate(parvis, twice, "student", **said)

    with counted_queries() as queries:
        preview = (await manager.get(promo.url, params=ON)).json()
    assert len(queries) == 3
    assert preview["programme"]["name"] == "M2 Droit de l’eau"
    assert (preview["cohort"]["year"], preview["on"], preview["graduation"]) == (2027, "2027-07-01", None)
    assert (preview["students"], preview["ready"], preview["lacking"]) == (3, 1, 2)
    assert preview["abilities"] == ["graduate", "remind"]
    with counted_queries() as queries:
        page = (await manager.get(f"{promo.url}/lacking", params={**ON, "limit": "1"})).json()
    assert len(queries) == 3
    rest = (await manager.get(f"{promo.url}/lacking", params={**ON, "cursor": page["next"]})).json()
    assert [(item["name"], item["state"], item["email"]) for item in page["items"] + rest["items"]] == [
        ("Léo Sansadresse", "active", "leo.sansadresse@univ.example"),
        ("Mia Attendue", "pending", "mia.attendue@univ.example"),
    ]
    assert rest["next"] is None
    early = (await manager.get(promo.url, params={"on": "2026-09-01"})).json()
    assert early["students"] == 0


async def test_a_cohort_graduates_once_and_nothing_is_lost(
    promo: Class, manager: httpx.AsyncClient, parvis: Parvis
) -> None:
    before = (await manager.get(f"/api/v1/people/{promo.members[0].id}")).headers["etag"]
    async with audited_during(parvis) as entries:
        replies = await asyncio.gather(*[manager.post(promo.url, json=ON) for _ in range(5)])
        await run_jobs(parvis)
        await run_jobs(parvis)

    assert [reply.status_code for reply in replies] == [202] * 5
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("cohort.graduated", {"on": "2027-07-01", "students": 3, "lacking": 2})
    ]
    preview = (await manager.get(promo.url)).json()
    assert preview["graduation"] == {"on": "2027-07-01", "state": "planned", "students": 3, "graduated": 3}
    assert preview["abilities"] == ["remind", "cancel"]
    for member in promo.members:
        assert sorted(await ledger(manager, member)) == [
            ("alum", "2027-07-01", None),
            ("student", "2026-09-01", "2027-07-01"),
        ]
    person = await manager.get(f"/api/v1/people/{promo.members[0].id}")
    alum = next(item for item in person.json()["affiliations"] if item["kind"] == "alum")
    assert (alum["unit"]["name"], alum["programme"]["name"]) == ("Faculté de droit", "M2 Droit de l’eau")
    assert (alum["cohort"]["year"], alum["source"]) == (2027, "institution")
    assert person.headers["etag"] != before
    other_day = await manager.post(promo.url, json={"on": "2027-09-01"})
    assert (other_day.status_code, other_day.json()["code"]) == (409, "already_graduated")


async def test_it_is_undone_until_its_day_and_not_after(
    promo: Class, manager: httpx.AsyncClient, parvis: Parvis, moved_clock: MovableClock, sign_in: SignIn
) -> None:
    student = promo.members[0]
    [(kind, start, _)] = await ledger(manager, student)
    held = (await manager.get(f"/api/v1/people/{student.id}")).json()["affiliations"][0]["id"]
    ending = f"/api/v1/people/{student.id}/affiliations/{held}"
    assert (await manager.patch(ending, json={"ends_on": "2027-08-31"})).status_code == 200
    await manager.post(promo.url, json=ON)
    await run_jobs(parvis)

    assert (await manager.delete(promo.url)).status_code == 204
    undoing = (await manager.get(promo.url)).json()
    assert (undoing["graduation"]["state"], undoing["abilities"]) == ("cancelling", [])
    assert (await manager.post(promo.url, json=ON)).status_code == 409
    await run_jobs(parvis)
    assert (await manager.get(promo.url)).json()["graduation"] is None
    assert await ledger(manager, student) == [(kind, start, "2027-08-31")]
    assert await ledger(manager, promo.members[1]) == [("student", "2026-09-01", None)]
    assert (await manager.delete(promo.url)).status_code == 404

    assert (await manager.post(promo.url, json=ON)).status_code == 202
    await run_jobs(parvis)
    moved_clock.advance(timedelta(days=(DAY - TODAY).days))
    held_now = await sign_in(
        await make_member(parvis, "Ida Gestion", roles=["people_administrator"], affiliation="staff")
    )
    preview = (await held_now.get(promo.url)).json()
    assert (preview["graduation"]["state"], preview["abilities"]) == ("done", [])
    assert (await held_now.delete(promo.url)).status_code == 409
    assert (await held_now.get(f"/api/v1/people/{student.id}")).json()["publics"] == ["alum"]


async def test_a_large_cohort_graduates_in_batches_and_goes_on_after_a_cut(
    promo: Class, manager: httpx.AsyncClient, parvis: Parvis
) -> None:
    async def enter(session: Any) -> None:
        members = [Member(name=f"P{n}", sort_name=f"p{n:04}") for n in range(250)]
        session.add_all(members)
        await session.flush()
        session.add_all(
            Affiliation(
                member_id=member.id,
                kind="student",
                source="institution",
                cohort_id=promo.cohort.id,
                starts_on=date(2026, 9, 1),
            )
            for member in members
        )

    await parvis.database.write(enter)
    await manager.post(promo.url, json=ON)
    assert await parvis.database.write(operation._graduate_some, await standing(parvis, promo.cohort))
    cut = (await manager.get(promo.url)).json()["graduation"]
    assert (cut["state"], cut["graduated"]) == ("running", 100)
    await run_jobs(parvis)
    assert (await manager.get(promo.url)).json()["graduation"]["graduated"] == 253
    async with parvis.database.reading() as session:
        alumni = select(Affiliation.member_id).where(Affiliation.kind == "alum")
        found = (await session.scalars(alumni)).all()
        assert (len(found), len(set(found))) == (253, 253)
        assert await session.scalar(select(func.count()).select_from(Graduate)) == 253


async def test_who_lacks_a_way_in_is_written_to_once_a_week(
    promo: Class,
    manager: httpx.AsyncClient,
    parvis: Parvis,
    mailbox: Mailbox,
    moved_clock: MovableClock,
    sign_in: SignIn,
) -> None:
    first = await manager.post(f"{promo.url}/reminders", json=ON)
    await run_jobs(parvis)
    again = await manager.post(f"{promo.url}/reminders", json=ON)
    await run_jobs(parvis)

    assert (first.status_code, first.json(), again.json()) == (202, {"people": 2}, {"people": 0})
    [mail] = mailbox.messages_to("leo.sansadresse@univ.example")
    assert "1 July 2027" in str(mail["subject"])
    assert link_in(mail) == "https://testserver/settings/account"
    [activation] = mailbox.messages_to("mia.attendue@univ.example")
    assert link_in(activation).startswith("https://testserver/door/activate#")
    assert mailbox.messages_to("ana@perso.example") == mailbox.messages_to("ana.prete@univ.example") == []
    lacking = (await manager.get(f"{promo.url}/lacking", params=ON)).json()["items"]
    assert all(item["reminded_at"] for item in lacking)

    moved_clock.advance(timedelta(days=8))
    later = await sign_in(await make_manager(parvis, "Ida Gestion"))
    assert (await later.post(f"{promo.url}/reminders", json=ON)).json() == {"people": 2}
    too_late = await later.post(f"{promo.url}/reminders", json={"on": "2027-03-09"})
    assert (too_late.status_code, too_late.json()["fields"][0]["path"]) == (422, "on")


async def test_who_cannot_be_reached_is_named_and_not_said_to_be_reminded(
    promo: Class, manager: httpx.AsyncClient, parvis: Parvis, mailbox: Mailbox
) -> None:
    barred = await make_member(parvis, "Ève Suspendue", affiliation=None)
    mute = await make_member(parvis, "Noé Sansadresse", affiliation=None)
    for member in (barred, mute):
        await affiliate(parvis, member, "student", cohort_id=promo.cohort.id, starts_on=date(2026, 9, 1))

    async def cut_off(session: Any) -> None:
        await session.execute(update(Member).where(Member.id == barred.id).values(suspended_at=clock.now()))
        await session.execute(delete(Address).where(Address.member_id == mute.id))

    await parvis.database.write(cut_off)
    preview = (await manager.get(promo.url, params=ON)).json()
    assert (preview["lacking"], preview["unreachable"]) == (4, 2)
    assert (await manager.post(f"{promo.url}/reminders", json=ON)).json() == {"people": 2}
    await run_jobs(parvis)

    lacking = (await manager.get(f"{promo.url}/lacking", params=ON)).json()["items"]
    assert [(item["name"], item["reachable"], item["reminded_at"] is not None) for item in lacking] == [
        ("Ève Suspendue", False, False),
        ("Léo Sansadresse", True, True),
        ("Mia Attendue", True, True),
        ("Noé Sansadresse", False, False),
    ]
    assert mailbox.messages_to("eve.suspendue@univ.example") == []


async def test_only_people_administrators_see_and_do_it_and_with_a_recent_proof(
    promo: Class,
    manager: httpx.AsyncClient,
    client: httpx.AsyncClient,
    parvis: Parvis,
    sign_in: SignIn,
    moved_clock: MovableClock,
) -> None:
    student = await sign_in(promo.members[0])
    for browser, status in ((client, 401), (student, 403)):
        assert (await browser.get(promo.url)).status_code == status
        assert (await browser.get(f"{promo.url}/lacking")).status_code == status
        assert (await browser.post(f"{promo.url}/reminders", json=ON)).status_code == status
        assert (await browser.post(promo.url, json=ON)).status_code == status
        assert (await browser.delete(promo.url)).status_code == status
    elsewhere = promo.url.replace(str(promo.cohort.id), str(promo.members[0].id))
    for reply in (
        await manager.get(elsewhere),
        await manager.get(f"{elsewhere}/lacking"),
        await manager.post(f"{elsewhere}/reminders", json=ON),
        await manager.post(elsewhere, json=ON),
        await manager.delete(elsewhere),
    ):
        assert reply.status_code == 404
    moved_clock.advance(timedelta(minutes=11))
    stale = await manager.post(promo.url, json=ON)
    assert (stale.status_code, stale.json()["code"]) == (403, "proof_required")


async def test_a_graduate_signs_in_by_his_own_address_alone(
    promo: Class,
    manager: httpx.AsyncClient,
    client: httpx.AsyncClient,
    parvis: Parvis,
    mailbox: Mailbox,
    moved_clock: MovableClock,
) -> None:
    await manager.post(promo.url, json=ON)
    await run_jobs(parvis)
    moved_clock.advance(timedelta(days=(DAY - TODAY).days))
    for email in ("ana@perso.example", "ana.prete@univ.example", "mia.attendue@univ.example"):
        assert (await client.post("/api/v1/sign-in-links", json={"email": email})).status_code == 202
    await run_jobs(parvis)

    assert mailbox.messages_to("ana.prete@univ.example") == mailbox.messages_to("mia.attendue@univ.example") == []
    token = link_in(mailbox.messages_to("ana@perso.example")[-1]).partition("#")[2]
    assert (await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})).status_code == 200
    session = (await client.get("/api/v1/session")).json()
    assert (session["member"]["name"], session["member"]["public"]) == ("Ana Prête", "alum")
