"""What the institution is made of: read by who is inside, and referred to by affiliations."""

from datetime import date
from uuid import uuid4

import httpx
import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.people import affiliate, make_cohort, make_member, make_organisation, make_programme, make_unit

UNITS, PROGRAMMES, COHORTS = "/api/v1/units", "/api/v1/programmes", "/api/v1/cohorts"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


async def names(browser: httpx.AsyncClient, path: str, **query: str) -> list[str]:
    reply = await browser.get(path, params=query)
    assert reply.status_code == 200, reply.text
    return [item["name"] for item in reply.json()["items"]]


async def test_units_are_found_by_words_without_accents_and_by_where_they_stand(
    parvis: Parvis, sign_in: SignIn
) -> None:
    sciences = await make_unit(parvis, "Institut des sciences")
    await make_unit(parvis, "Département de géologie", kind="department", parent=sciences)
    await make_unit(parvis, "Écologie et évolution", kind="department", parent=sciences)
    await make_unit(parvis, "Faculté de droit")
    browser = await sign_in(await make_member(parvis))

    everything = ["Département de géologie", "Écologie et évolution", "Faculté de droit", "Institut des sciences"]
    assert await names(browser, UNITS) == everything
    assert await names(browser, UNITS, q="ecologie") == ["Écologie et évolution"]
    assert await names(browser, UNITS, parent_id=str(sciences.id)) == everything[:2]
    assert await names(browser, UNITS, q="100%_") == []


async def test_programmes_and_cohorts_are_listed_where_they_belong(
    parvis: Parvis, sign_in: SignIn, counted_queries: CountedQueries
) -> None:
    law = await make_unit(parvis, "Faculté de droit")
    master = await make_programme(parvis, "M2 Droit de l’eau", law)
    await make_programme(parvis, "L1 Histoire")
    for year in (2025, 2027, 2026):
        await make_cohort(parvis, master, year)
    browser = await sign_in(await make_member(parvis))

    assert await names(browser, PROGRAMMES, unit_id=str(law.id)) == ["M2 Droit de l’eau"]
    assert await names(browser, PROGRAMMES, q="histoire") == ["L1 Histoire"]
    with counted_queries() as queries:
        cohorts = (await browser.get(COHORTS, params={"programme_id": str(master.id)})).json()["items"]
    assert len(queries) == 1
    assert [cohort["year"] for cohort in cohorts] == [2027, 2026, 2025]
    assert {cohort["programme"]["name"] for cohort in cohorts} == {"M2 Droit de l’eau"}


@pytest.mark.parametrize("path", [UNITS, PROGRAMMES, COHORTS])
async def test_guests_and_strangers_do_not_read_it(
    path: str, parvis: Parvis, sign_in: SignIn, client: httpx.AsyncClient
) -> None:
    guest = await sign_in(await make_member(parvis, "Gaël Invité", affiliation=None))
    assert (await client.get(path)).status_code == 401
    assert (await guest.get(path)).status_code == 403


async def test_who_belonged_and_left_is_outside(parvis: Parvis, sign_in: SignIn) -> None:
    left = await make_member(parvis, "Paul Parti", affiliation=None)
    await affiliate(parvis, left, "staff", starts_on=date(2010, 1, 1), ends_on=date(2020, 1, 1))
    assert (await (await sign_in(left)).get(UNITS)).status_code == 403


async def test_a_cohort_says_its_programme_and_a_programme_its_unit(parvis: Parvis, sign_in: SignIn) -> None:
    law = await make_unit(parvis, "Faculté de droit")
    master = await make_programme(parvis, "M2 Droit de l’eau", law)
    cohort = await make_cohort(parvis, master, 2027)
    manager = await sign_in(await make_member(parvis, roles=["people_administrator"], affiliation="staff"))
    student = await make_member(parvis, "Inès Benali", affiliation=None)
    url = f"/api/v1/people/{student.id}/affiliations"

    reply = await manager.post(url, json={"kind": "student", "cohort_id": str(cohort.id)})

    assert reply.status_code == 201, reply.text
    [affiliation] = reply.json()["affiliations"]
    assert affiliation["cohort"] == {"id": str(cohort.id), "year": 2027}
    assert affiliation["programme"]["name"] == "M2 Droit de l’eau"
    assert affiliation["unit"]["name"] == "Faculté de droit"

    elsewhere = await make_unit(parvis, "Institut des sciences")
    moved = await manager.patch(f"{url}/{affiliation['id']}", json={"unit_id": str(elsewhere.id)})
    assert moved.json()["affiliations"][0]["unit"]["name"] == "Institut des sciences"


@pytest.mark.parametrize("field", ["unit_id", "programme_id", "cohort_id"])
async def test_a_place_that_is_not_is_refused_by_its_field(field: str, parvis: Parvis, sign_in: SignIn) -> None:
    manager = await sign_in(await make_member(parvis, roles=["people_administrator"], affiliation="staff"))
    student = await make_member(parvis, "Inès Benali")
    url = f"/api/v1/people/{student.id}/affiliations"
    held = (await manager.get(f"/api/v1/people/{student.id}")).json()["affiliations"][0]
    for refused in (
        await manager.post(url, json={"kind": "student", field: str(uuid4())}),
        await manager.patch(f"{url}/{held['id']}", json={field: str(uuid4())}),
    ):
        assert refused.status_code == 422
        assert [item["path"] for item in refused.json()["fields"]] == [field]


async def test_a_cohort_of_another_programme_is_refused(parvis: Parvis, sign_in: SignIn) -> None:
    history = await make_programme(parvis, "L1 Histoire")
    cohort = await make_cohort(parvis, await make_programme(parvis, "M2 Droit de l’eau"), 2027)
    manager = await sign_in(await make_member(parvis, roles=["people_administrator"], affiliation="staff"))
    student = await make_member(parvis, "Inès Benali")
    draft = {"kind": "student", "programme_id": str(history.id), "cohort_id": str(cohort.id)}
    reply = await manager.post(f"/api/v1/people/{student.id}/affiliations", json=draft)
    assert reply.status_code == 422
