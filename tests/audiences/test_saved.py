"""Audiences that are saved: whose they are, what changes them, and who is in frozen ones."""

from uuid import UUID

from sqlalchemy import func, select

from parvis.audiences.models import Audience, AudienceMember
from parvis.audiences.queries import members_of
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, run_jobs
from tests.make.audiences import actor_of
from tests.make.communities import Someone
from tests.make.directory import list_everybody
from tests.make.people import make_member, make_unit

AUDIENCES = "/api/v1/audiences"
STUDENTS = {"all": [{"kind": "public", "publics": ["student"]}], "any": [], "none": []}


async def test_an_audience_is_its_owners_and_shared_with_who_announces(
    parvis: Parvis, claire: Someone, nadia: Someone, ines: Someone, counted_queries: CountedQueries
) -> None:
    unit = await make_unit(parvis, "Faculté des lettres")
    rule = {**STUDENTS, "none": [{"kind": "unit", "ids": [str(unit.id)], "public": "student"}]}
    key = {"idempotency-key": "un"}
    draft = {"name": "Les étudiants, sauf en lettres", "rule": rule, "shared": True}
    made = await claire.browser.post(AUDIENCES, json=draft, headers=key)
    again = await claire.browser.post(AUDIENCES, json=draft, headers=key)
    assert made.status_code == 201, made.text
    assert again.json() == made.json()
    saved = made.json()
    assert saved["rule"] == rule
    assert (saved["names"], saved["abilities"]) == (
        [{"id": str(unit.id), "name": "Faculté des lettres"}],
        ["change", "delete"],
    )
    private = (await claire.browser.post(AUDIENCES, json={"name": "À moi", "rule": {}})).json()
    with counted_queries() as queries:
        mine = (await claire.browser.get(AUDIENCES)).json()["items"]
    assert [one["name"] for one in mine] == ["À moi", "Les étudiants, sauf en lettres"]
    assert len(queries) <= 5
    theirs = (await nadia.browser.get(AUDIENCES)).json()["items"]
    assert [(one["name"], one["abilities"], one["owner"]["name"]) for one in theirs] == [
        ("Les étudiants, sauf en lettres", [], "Claire Vasseur")
    ]

    url, hidden = f"{AUDIENCES}/{saved['id']}", f"{AUDIENCES}/{private['id']}"
    tag = {"if-match": (await claire.browser.get(url)).headers["etag"]}
    changed = {"name": "Étudiants", "rule": STUDENTS, "shared": True}
    answers = {
        "who does not announce, one": (await ines.browser.get(url)).status_code,
        "who does not announce, count": (await ines.browser.get(f"{url}/count")).status_code,
        "who does not announce, all": (await ines.browser.get(AUDIENCES)).status_code,
        "who does not announce, save": (await ines.browser.post(AUDIENCES, json=draft)).status_code,
        "another's private": (await nadia.browser.get(hidden)).status_code,
        "another's private, count": (await nadia.browser.get(f"{hidden}/count")).status_code,
        "another's shared": (await nadia.browser.put(url, json=changed, headers=tag)).status_code,
        "another's shared, deleted": (await nadia.browser.delete(url, headers=tag)).status_code,
        "no version": (await claire.browser.put(url, json=changed)).status_code,
        "an old version": (await claire.browser.put(url, json=changed, headers={"if-match": '"99"'})).status_code,
        "its owner": (await claire.browser.put(url, json=changed, headers=tag)).status_code,
        "its owner, later": (await claire.browser.delete(url, headers=tag)).status_code,
    }
    assert answers == {
        "who does not announce, one": 404,
        "who does not announce, count": 404,
        "who does not announce, all": 403,
        "who does not announce, save": 403,
        "another's private": 404,
        "another's private, count": 404,
        "another's shared": 403,
        "another's shared, deleted": 403,
        "no version": 428,
        "an old version": 412,
        "its owner": 200,
        "its owner, later": 412,
    }
    assert (await claire.browser.delete(url, headers={"if-match": '"2"'})).status_code == 204
    assert (await nadia.browser.get(AUDIENCES)).json()["items"] == []


async def test_whoever_is_in_a_frozen_audience_stays_in_it(parvis: Parvis, claire: Someone, ines: Someone) -> None:
    for number in range(6):
        await make_member(parvis, f"Étudiant {number}")
        await make_member(parvis, f"Personnel {number}", affiliation="staff")
    await list_everybody(parvis)
    draft = {"name": "Rentrée", "rule": STUDENTS, "frozen": True}
    made = (await claire.browser.post(AUDIENCES, json=draft)).json()
    assert made["frozen_at"] is None
    await run_jobs(parvis)
    await make_member(parvis, "Une de plus")
    await list_everybody(parvis)
    url = f"{AUDIENCES}/{made['id']}"
    found = await claire.browser.get(url)
    assert (found.json()["frozen_at"] is None, (await claire.browser.get(f"{url}/count")).json()["people"]) == (
        False,
        7,
    )
    actor = await actor_of(parvis, claire.member)
    async with parvis.database.reading() as session:
        kept = await session.get_one(Audience, UUID(made["id"]))
        assert len((await session.scalars(members_of(kept, actor))).all()) == 7

    again = await claire.browser.put(url, json=draft, headers={"if-match": found.headers["etag"]})
    assert (again.status_code, again.json()["frozen_at"]) == (200, None)
    await run_jobs(parvis)
    assert (await claire.browser.get(f"{url}/count")).json()["people"] == 8
    assert await written(parvis) == 8  # And those of before are forgotten.
    tag = {"if-match": (await claire.browser.get(url)).headers["etag"]}
    assert (await claire.browser.delete(url, headers=tag)).status_code == 204
    await run_jobs(parvis)
    assert await written(parvis) == 0


async def written(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(AudienceMember)) or 0
