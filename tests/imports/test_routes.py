"""Importing people over HTTP, as their administrators do."""

from typing import Any

import httpx
import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.files.uploads import upload
from tests.make.people import make_member, make_organisation

from .runs import UNITS, file_of, line

IMPORTS = "/api/v1/people/imports"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def manager(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Zoé Gestion", roles=["people_administrator"], identifier="zoe@u"))


async def begun(browser: httpx.AsyncClient, content: bytes, units: str | None = None, **said: Any) -> dict[str, Any]:
    files = {"file_id": (await upload(browser, content, "personnes.csv"))["id"]}
    if units is not None:
        files["units_file_id"] = (await upload(browser, units.encode(), "composantes.csv"))["id"]
    reply = await browser.post(IMPORTS, json={**files, **said})
    assert reply.status_code == 201, reply.text
    made: dict[str, Any] = reply.json()
    return made


async def read(parvis: Parvis, browser: httpx.AsyncClient, made: dict[str, Any]) -> httpx.Response:
    await run_jobs(parvis)
    return await browser.get(f"{IMPORTS}/{made['id']}")


async def applied(browser: httpx.AsyncClient, ready: httpx.Response, **agreed: bool) -> httpx.Response:
    url = f"{IMPORTS}/{ready.json()['id']}/application"
    return await browser.put(url, json=agreed, headers={"if-match": ready.headers["etag"]})


async def test_an_import_is_read_told_and_applied(parvis: Parvis, manager: httpx.AsyncClient) -> None:
    content = file_of(line("lea@u", "Léa Dupont", kind="student", programme="L3", cohort="2027"), line("a@u", kind="?"))
    made = await begun(manager, content, UNITS)
    assert (made["state"], made["abilities"], made["file_name"]) == ("reading", ["cancel"], "personnes.csv")

    ready = await read(parvis, manager, made)

    found = ready.json()
    assert (found["state"], found["abilities"], found["stopped"]) == ("ready", ["apply", "cancel"], False)
    assert {name: found["found"][name] for name in ("lines", "created", "refused", "places_created")} == {
        "lines": 2, "created": 1, "refused": 1, "places_created": 3,
    }  # fmt: skip
    [refused] = (await manager.get(f"{IMPORTS}/{made['id']}/findings", params={"kind": "refused"})).json()["items"]
    assert (refused["line"], refused["column"], refused["value"]) == (3, "eduPersonAffiliation", "?")
    assert refused["reason"] == "This is not an eduPerson affiliation."
    [created] = (await manager.get(f"{IMPORTS}/{made['id']}/findings", params={"kind": "created"})).json()["items"]
    assert created["affiliations"] == [{"kind": "student", "words": "L3, 2027"}]

    applying = await applied(manager, ready)
    assert (applying.status_code, applying.json()["state"]) == (200, "applying")
    done = (await read(parvis, manager, made)).json()

    assert (done["state"], done["done"]["created"], done["abilities"]) == ("done", 1, [])
    [person] = (await manager.get("/api/v1/people", params={"q": "lea@u"})).json()["items"]
    assert (person["name"], person["state"]) == ("Léa Dupont", "pending")
    report = await manager.get(f"{IMPORTS}/{made['id']}/report")
    assert report.headers["content-disposition"] == 'attachment; filename="import.csv"'
    assert "refused,people,3,eduPersonAffiliation" in report.text


async def test_a_report_holds_no_formula(parvis: Parvis, manager: httpx.AsyncClient) -> None:
    made = await begun(manager, file_of(line("a@u", "=HYPERLINK(1)"), line("b@u", kind="=1+1")))
    await run_jobs(parvis)

    report = (await manager.get(f"{IMPORTS}/{made['id']}/report")).text

    assert "'=HYPERLINK(1)" in report
    assert "'=1+1" in report


async def test_too_many_closings_are_said_expressly(parvis: Parvis, manager: httpx.AsyncClient) -> None:
    first = await read(parvis, manager, await begun(manager, file_of(line("a@u"), line("b@u"))))
    await applied(manager, first)
    await run_jobs(parvis)
    ready = await read(parvis, manager, await begun(manager, file_of(line("a@u")), complete=True))
    assert (ready.json()["stopped"], ready.json()["found"]["closed"]) == (True, 1)

    stopped = await applied(manager, ready)
    assert (stopped.status_code, stopped.json()["code"]) == (409, "too_many_closings")

    assert (await applied(manager, ready, close_anyway=True)).status_code == 200
    assert (await read(parvis, manager, ready.json())).json()["done"]["closed"] == 1


async def test_one_at_a_time_and_a_cancelled_one_gives_way(parvis: Parvis, manager: httpx.AsyncClient) -> None:
    first = await begun(manager, file_of(line("a@u")))
    second = {"file_id": (await upload(manager, file_of(line("b@u")), "autre.csv"))["id"]}
    refused = await manager.post(IMPORTS, json=second)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_under_way")

    cancelled = (await manager.delete(f"{IMPORTS}/{first['id']}")).json()
    assert (cancelled["state"], cancelled["abilities"]) == ("cancelled", [])

    assert (await manager.post(IMPORTS, json=second)).status_code == 201
    await run_jobs(parvis)
    assert [item["state"] for item in (await manager.get(IMPORTS)).json()["items"]] == ["ready", "cancelled"]


async def test_applying_needs_the_version_seen_and_happens_once(parvis: Parvis, manager: httpx.AsyncClient) -> None:
    ready = await read(parvis, manager, await begun(manager, file_of(line("a@u"))))
    url = f"{IMPORTS}/{ready.json()['id']}/application"

    assert (await manager.put(url, json={})).status_code == 428
    assert (await manager.put(url, json={}, headers={"if-match": '"99"'})).status_code == 412
    assert (await applied(manager, ready)).status_code == 200
    assert (await applied(manager, ready)).status_code == 412
    await run_jobs(parvis)
    assert (await manager.put(url, json={}, headers={"if-match": "*"})).json()["code"] == "import_not_ready"


async def test_a_retried_beginning_begins_once(manager: httpx.AsyncClient) -> None:
    draft = {"file_id": (await upload(manager, file_of(line("a@u")), "personnes.csv"))["id"]}

    replies = [await manager.post(IMPORTS, json=draft, headers={"idempotency-key": "rentree"}) for _ in range(2)]

    assert replies[0].json() == replies[1].json()
    assert len((await manager.get(IMPORTS)).json()["items"]) == 1


async def test_a_file_of_somebody_else_is_not_there(
    parvis: Parvis, manager: httpx.AsyncClient, sign_in: SignIn
) -> None:
    other = await sign_in(await make_member(parvis, "Paul Autre", roles=["people_administrator"]))
    theirs = (await upload(other, file_of(line("a@u")), "personnes.csv"))["id"]

    assert (await manager.post(IMPORTS, json={"file_id": theirs})).status_code == 404


@pytest.mark.parametrize("roles", [[], ["moderator"], ["communicator"]])
async def test_others_neither_import_nor_see_imports(
    parvis: Parvis, manager: httpx.AsyncClient, sign_in: SignIn, roles: list[str]
) -> None:
    made = await begun(manager, file_of(line("a@u")))
    await run_jobs(parvis)
    other = await sign_in(await make_member(parvis, "Paul Autre", roles=roles))
    url = f"{IMPORTS}/{made['id']}"
    draft = {"file_id": (await upload(other, file_of(line("b@u")), "personnes.csv"))["id"]}

    codes = [
        (await other.get(IMPORTS)).status_code,
        (await other.post(IMPORTS, json=draft)).status_code,
        (await other.get(url)).status_code,
        (await other.get(f"{url}/findings")).status_code,
        (await other.get(f"{url}/report")).status_code,
        (await other.put(f"{url}/application", json={}, headers={"if-match": "*"})).status_code,
        (await other.delete(url)).status_code,
    ]

    assert codes == [403] * 7


async def test_people_administrators_do_not_touch_administrators(
    parvis: Parvis, manager: httpx.AsyncClient, sign_in: SignIn
) -> None:
    chief = await make_member(parvis, "Hélène Chef", roles=["administrator"], identifier="chef@u")
    content = file_of(line("chef@u", "Autre Nom", kind="faculty"), line("a@u"))

    ready = await read(parvis, manager, await begun(manager, content, complete=True))
    told = (await manager.get(f"{IMPORTS}/{ready.json()['id']}/findings", params={"kind": "refused"})).json()["items"]
    assert [(item["line"], item["code"]) for item in told] == [(2, "above_you")]
    assert ready.json()["found"]["closed"] == 0
    await manager.delete(f"{IMPORTS}/{ready.json()['id']}")

    administrator = await sign_in(chief)
    ready = await read(parvis, administrator, await begun(administrator, content))
    assert (ready.json()["found"]["refused"], ready.json()["found"]["changed"]) == (0, 1)


async def test_lists_ask_as_many_queries_whatever_their_length(
    parvis: Parvis, manager: httpx.AsyncClient, counted_queries: CountedQueries
) -> None:
    content = file_of(*[line(f"p{number}@u", kind="?") for number in range(30)])
    made = await read(parvis, manager, await begun(manager, content))
    findings = f"{IMPORTS}/{made.json()['id']}/findings"
    asked = []
    for limit in (1, 30):
        with counted_queries() as queries:
            assert len((await manager.get(findings, params={"limit": limit})).json()["items"]) == limit
            assert (await manager.get(IMPORTS, params={"limit": limit})).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 4
