"""People administrators say what the institution is made of; the tree stays a tree, whoever changes it at once."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from parvis.accounts.models import Unit
from parvis.accounts.queries.structure import descendants
from parvis.kernel.events import Log, Position
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.audit import audited_during
from tests.make.people import affiliate, make_cohort, make_member, make_organisation, make_programme, make_unit

API = "/api/v1"
LAW = {"name": "Faculté de droit", "kind": "component", "code": "DRT"}


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def manager(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    """A people administrator who is no administrator."""
    return await sign_in(await make_member(parvis, "Zoé Gestion", roles=["people_administrator"], affiliation="staff"))


async def made(manager: httpx.AsyncClient, path: str, **draft: Any) -> dict[str, Any]:
    reply = await manager.post(f"{API}/{path}", json=draft)
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def facts(parvis: Parvis) -> list[dict[str, Any]]:
    return [fact.data for fact in await Log(parvis.database).after(Position()) if fact.topic == "square"]


async def test_a_unit_is_made_moved_renamed_and_deleted(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    async with audited_during(parvis) as entries:
        sciences = await made(manager, "units", name="Institut des sciences", kind="component")
        law = await made(manager, "units", **LAW)
        url = f"{API}/units/{law['id']}"
        seen = await manager.get(url)
        changed = await manager.patch(
            url,
            json={"name": "Département de droit", "kind": "department", "parent_id": sciences["id"]},
            headers={"if-match": seen.headers["etag"]},
        )
        gone = await manager.delete(url, headers={"if-match": changed.headers["etag"]})

    assert (law["code"], law["path"], law["abilities"]) == ("DRT", [], ["change", "delete"])
    assert (seen.headers["etag"], changed.headers["etag"]) == ('"1"', '"2"')
    assert changed.json()["path"] == [{"id": sciences["id"], "name": "Institut des sciences"}]
    assert (gone.status_code, (await manager.get(url)).status_code) == (204, 404)
    acts = [(entry.action, entry.subject_id) for entry in entries]
    assert acts == [
        ("unit.created", sciences["id"]),
        ("unit.created", law["id"]),
        ("unit.changed", law["id"]),
        ("unit.deleted", law["id"]),
    ]
    told = [(fact["id"], fact["version"]) for fact in await facts(parvis)]
    assert told == [(sciences["id"], 1), (law["id"], 1), (law["id"], 2), (law["id"], None)]


async def test_a_programme_and_its_cohorts_are_made_changed_and_deleted(manager: httpx.AsyncClient) -> None:
    law = await made(manager, "units", **LAW)
    master = await made(manager, "programmes", name="M2 Droit de l’eau", unit_id=law["id"])
    cohort = await made(manager, "cohorts", programme_id=master["id"], year=2027)

    assert master["unit"] == {"id": law["id"], "name": "Faculté de droit"}
    assert (cohort["programme"]["name"], cohort["students"]) == ("M2 Droit de l’eau", 0)
    renamed = await manager.patch(f"{API}/programmes/{master['id']}", json={"name": "M2 Eau", "unit_id": None})
    assert (renamed.json()["name"], renamed.json()["unit"], renamed.json()["abilities"]) == ("M2 Eau", None, ["change"])
    later = await manager.patch(f"{API}/cohorts/{cohort['id']}", json={"year": 2028})
    assert (later.json()["year"], later.headers["etag"]) == (2028, '"2"')
    same = await manager.patch(f"{API}/cohorts/{cohort['id']}", json={"year": 2028})
    assert same.headers["etag"] == '"2"'

    refused = await manager.delete(f"{API}/programmes/{master['id']}")
    assert (refused.status_code, refused.json()["code"], refused.json()["cohorts"]) == (409, "referred_to", 1)
    assert (await manager.delete(f"{API}/cohorts/{cohort['id']}")).status_code == 204
    assert (await manager.delete(f"{API}/programmes/{master['id']}")).status_code == 204


async def test_what_people_or_places_refer_to_is_not_deleted(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    law = await make_unit(parvis, "Faculté de droit")
    await make_unit(parvis, "Département de droit public", kind="department", parent=law)
    master = await make_programme(parvis, "M2 Droit de l’eau", law)
    cohort = await make_cohort(parvis, master, 2027)
    student = await make_member(parvis, "Inès Benali")
    await affiliate(parvis, student, "student", unit_id=law.id, programme_id=master.id, cohort_id=cohort.id)

    for path, counted in (
        (f"units/{law.id}", {"units": 1, "programmes": 1, "affiliations": 1}),
        (f"programmes/{master.id}", {"cohorts": 1, "affiliations": 1}),
        (f"cohorts/{cohort.id}", {"affiliations": 1}),
    ):
        refused = await manager.delete(f"{API}/{path}")
        assert refused.status_code == 409
        assert {name: refused.json()[name] for name in counted} == counted
        assert (await manager.get(f"{API}/{path}")).json()["abilities"] == ["change"]


async def test_a_unit_is_never_inside_itself(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    outer = await make_unit(parvis, "Institut")
    middle = await make_unit(parvis, "Département", parent=outer)
    inner = await make_unit(parvis, "Équipe", parent=middle)
    for parent in (outer, middle, inner):
        reply = await manager.patch(f"{API}/units/{outer.id}", json={"parent_id": str(parent.id)})
        assert (reply.status_code, reply.json()["fields"][0]["path"]) == (422, "parent_id")
    lifted = await manager.patch(f"{API}/units/{inner.id}", json={"parent_id": None})
    assert lifted.json()["path"] == []


async def test_moves_at_once_make_no_ring(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    """Each of these moves is right by itself; all of them together would close the ring, five times over."""
    for _round in range(5):
        ring = [await make_unit(parvis, f"Unité {number}") for number in range(8)]
        moves = [
            manager.patch(f"{API}/units/{unit.id}", json={"parent_id": str(following.id)})
            for unit, following in zip(ring, ring[1:] + ring[:1], strict=True)
        ]
        statuses = sorted(reply.status_code for reply in await asyncio.gather(*moves))
        assert statuses == [200] * 7 + [422]
        async with parvis.database.reading() as session:
            inside = [len(set(await session.scalars(descendants(unit.id)))) for unit in ring]
        assert sorted(inside) == list(range(1, 9))


async def test_nothing_refers_to_a_place_that_is_deleted_meanwhile(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    for number in range(10):
        unit = await make_unit(parvis, f"Unité {number}")
        student = await make_member(parvis, f"Personne {number}", affiliation=None)
        said = {"kind": "student", "unit_id": str(unit.id)}
        added, deleted = await asyncio.gather(
            manager.post(f"{API}/people/{student.id}/affiliations", json=said),
            manager.delete(f"{API}/units/{unit.id}"),
        )
        assert (added.status_code, deleted.status_code) in {(201, 409), (422, 204)}


async def test_a_tree_and_its_parts_are_read_in_one_query_each(
    manager: httpx.AsyncClient, parvis: Parvis, counted_queries: CountedQueries
) -> None:
    outer = await make_unit(parvis, "Institut")
    middles = [await make_unit(parvis, f"Département {number:02}", parent=outer) for number in range(12)]
    for middle in middles:
        await make_unit(parvis, "Équipe", parent=middle)
    await make_unit(parvis, "Ailleurs")

    with counted_queries() as queries:
        outermost = (await manager.get(f"{API}/units", params={"outermost": True})).json()["items"]
    assert [(unit["name"], unit["inside"]) for unit in outermost] == [("Ailleurs", 0), ("Institut", 12)]
    assert len(queries) == 1
    async with parvis.database.reading() as session:
        assert len(set(await session.scalars(descendants(outer.id)))) == 25
        assert set(await session.scalars(descendants(uuid4()))) == set()
    with counted_queries() as queries:
        assert (await manager.get(f"{API}/units/{middles[0].id}")).json()["path"] == [
            {"id": str(outer.id), "name": "Institut"}
        ]
    assert len(queries) == 2


async def test_only_who_administers_people_counts_students(
    manager: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    cohort = await make_cohort(parvis, await make_programme(parvis, "M2 Droit de l’eau"), 2027)
    student = await make_member(parvis, "Inès Benali")
    await affiliate(parvis, student, "student", cohort_id=cohort.id)
    await affiliate(parvis, student, "alum", cohort_id=cohort.id)
    url = f"{API}/cohorts/{cohort.id}"
    assert (await manager.get(url)).json()["students"] == 1
    assert (await manager.get(f"{API}/cohorts")).json()["items"][0]["students"] == 1
    reading = await sign_in(student)
    assert (await reading.get(url)).json()["students"] is None
    assert (await reading.get(url)).json()["abilities"] == []


@pytest.mark.parametrize("path, draft", [("units", LAW), ("programmes", {"name": "M1"}), ("cohorts", {"year": 2027})])
async def test_others_change_nothing(
    path: str,
    draft: dict[str, Any],
    manager: httpx.AsyncClient,
    parvis: Parvis,
    sign_in: SignIn,
    client: httpx.AsyncClient,
) -> None:
    if path == "cohorts":
        draft = {**draft, "programme_id": (await made(manager, "programmes", name="M1"))["id"]}
    place = await made(manager, path, **draft)
    url = f"{API}/{path}/{place['id']}"
    student = await sign_in(await make_member(parvis, "Inès Benali"))
    moderator = await sign_in(await make_member(parvis, "Max Modo", roles=["moderator"]))
    change = {"year": 1999} if path == "cohorts" else {"name": "X"}
    for browser, status in ((client, 401), (student, 403), (moderator, 403)):
        assert (await browser.post(f"{API}/{path}", json=draft)).status_code == status
        assert (await browser.patch(url, json=change)).status_code == status
        assert (await browser.delete(url)).status_code == status
    assert (await manager.get(url)).headers["etag"] == '"1"'
    guest = await sign_in(await make_member(parvis, "Gaël Invité", affiliation=None))
    assert (await guest.get(url)).status_code == 403


@pytest.mark.parametrize("path, draft", [("units", LAW), ("programmes", {"name": "M1", "code": "M1"})])
async def test_a_code_is_one_places(path: str, draft: dict[str, Any], manager: httpx.AsyncClient) -> None:
    first = await made(manager, path, **draft)
    other = await made(manager, path, **{**draft, "code": "autre"})
    again = await manager.post(f"{API}/{path}", json=draft)
    taken = await manager.patch(f"{API}/{path}/{other['id']}", json={"code": draft["code"]})
    for refused in (again, taken):
        assert (refused.status_code, refused.json()["fields"][0]["path"]) == (409, "code")
    replies = await asyncio.gather(*[manager.post(f"{API}/{path}", json={**draft, "code": "vite"}) for _ in range(10)])
    assert sorted(reply.status_code for reply in replies) == [201] + [409] * 9
    assert first["code"] == draft["code"]


async def test_a_change_over_anothers_is_refused_and_a_creation_sent_again_happens_once(
    manager: httpx.AsyncClient,
) -> None:
    key = {"idempotency-key": "one-faculty"}
    first = await manager.post(f"{API}/units", json=LAW, headers=key)
    second = await manager.post(f"{API}/units", json=LAW, headers=key)
    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())
    url = f"{API}/units/{first.json()['id']}"
    stale = {"if-match": '"7"'}
    assert (await manager.patch(url, json={"name": "Droit"}, headers=stale)).status_code == 412
    assert (await manager.delete(url, headers=stale)).status_code == 412
    assert (await manager.get(url)).json()["name"] == "Faculté de droit"


@pytest.mark.parametrize(
    "path, draft",
    [
        ("units", {"name": "X", "kind": "component", "parent_id": str(UUID(int=1))}),
        ("programmes", {"name": "X", "unit_id": str(UUID(int=1))}),
        ("cohorts", {"year": 2027, "programme_id": str(UUID(int=1))}),
    ],
)
async def test_a_place_is_not_put_where_nothing_is(
    path: str, draft: dict[str, Any], manager: httpx.AsyncClient
) -> None:
    reply = await manager.post(f"{API}/{path}", json=draft)
    assert reply.status_code == 422
    assert reply.json()["fields"][0]["path"].endswith("_id")


async def test_affiliations_change_only_as_they_were_read(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    student = await make_member(parvis, "Inès Benali")
    url = f"{API}/people/{student.id}"
    seen = (await manager.get(url)).headers["etag"]
    added = await manager.post(f"{url}/affiliations", json={"kind": "staff"}, headers={"if-match": seen})
    assert added.status_code == 201
    now = (await manager.get(url)).headers["etag"]
    assert now != seen
    held = f"{url}/affiliations/{added.json()['affiliations'][0]['id']}"
    stale = {"if-match": seen}
    assert (await manager.post(f"{url}/affiliations", json={"kind": "alum"}, headers=stale)).status_code == 412
    assert (await manager.patch(held, json={"title": "Doyenne"}, headers=stale)).status_code == 412
    assert (await manager.delete(held, headers=stale)).status_code == 412
    changed = await manager.patch(held, json={"title": "Doyenne"}, headers={"if-match": now})
    assert changed.json()["affiliations"][0]["title"] == "Doyenne"
    removed = await manager.delete(held, headers={"if-match": changed.headers["etag"]})
    assert len(removed.json()["affiliations"]) == 1


async def test_names_and_kinds_are_not_emptied(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    unit: Unit = await make_unit(parvis, "Faculté de droit")
    for change in ({"name": None}, {"kind": None}, {"name": ""}, {"kind": "planet"}, {"colour": "blue"}):
        assert (await manager.patch(f"{API}/units/{unit.id}", json=change)).status_code == 422
    kept = await manager.patch(f"{API}/units/{unit.id}", json={})
    assert (kept.status_code, kept.headers["etag"]) == (200, '"1"')
