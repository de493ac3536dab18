"""People administrators: finding people, entering them, mending what is known of them."""

import asyncio
from uuid import UUID, uuid4

import httpx
import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.audit import audited_during
from tests.make.mailbox import Mailbox, link_in, text_of
from tests.make.people import make_member, make_organisation

PEOPLE = "/api/v1/people"
DRAFT = {
    "name": "Élodie Le Goff",
    "email": "Elodie.LeGoff@univ.example",
    "identifier": "ELEGOFF@univ.example",
    "affiliation": {"kind": "student", "title": "Élève-tutrice"},
}


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def manager(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    """A people administrator who is no administrator."""
    return await sign_in(await make_member(parvis, "Zoé Gestion", roles=["people_administrator"], affiliation="staff"))


async def names(browser: httpx.AsyncClient, **query: str) -> list[str]:
    reply = await browser.get(PEOPLE, params=query)
    assert reply.status_code == 200, reply.text
    return [person["name"] for person in reply.json()["items"]]


async def test_somebody_entered_by_an_administrator_receives_a_link_to_come_in(
    manager: httpx.AsyncClient, parvis: Parvis, mailbox: Mailbox
) -> None:
    async with audited_during(parvis) as entries:
        reply = await manager.post(PEOPLE, json=DRAFT)
        await parvis.jobs.run_once()

    assert reply.status_code == 201, reply.text
    person = reply.json()
    assert person["state"] == "pending"
    assert person["public"] == "student"
    assert person["identifier"] == "elegoff@univ.example"
    assert person["language"] == "fr"
    assert person["addresses"] == [
        {"email": "elodie.legoff@univ.example", "kind": "institutional", "is_primary": True, "verified": False}
    ]
    affiliation = person["affiliations"][0]
    assert (affiliation["title"], affiliation["unit"], affiliation["programme"]) == ("Élève-tutrice", None, None)
    assert (affiliation["source"], affiliation["current"]) == ("administrator", True)
    assert person["roles"] == []
    assert person["abilities"] == ["change", "suspend"]
    mail = mailbox.messages_to("elodie.legoff@univ.example")[-1]
    assert link_in(mail).startswith("https://testserver/")
    assert "Université d’Exemple" in text_of(mail)
    assert [(entry.action, entry.subject_id) for entry in entries] == [("member.created", person["id"])]


async def test_a_retried_entry_enters_somebody_once(
    manager: httpx.AsyncClient, parvis: Parvis, mailbox: Mailbox
) -> None:
    key = {"idempotency-key": "entering-elodie"}

    first, second = (
        await manager.post(PEOPLE, json=DRAFT, headers=key),
        await manager.post(PEOPLE, json=DRAFT, headers=key),
    )
    await parvis.jobs.run_once()

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert len(mailbox.messages_to("elodie.legoff@univ.example")) == 1


async def test_an_identifier_or_an_address_that_is_somebodys_is_refused(
    manager: httpx.AsyncClient, parvis: Parvis
) -> None:
    assert (await manager.post(PEOPLE, json=DRAFT)).status_code == 201
    await make_member(parvis, "Malo Le Goff")

    same_identifier = await manager.post(PEOPLE, json={**DRAFT, "email": "other@univ.example"})
    same_waiting_address = await manager.post(PEOPLE, json={**DRAFT, "identifier": None})
    same_verified_address = await manager.post(
        PEOPLE, json={**DRAFT, "identifier": None, "email": "malo.le.goff@univ.example"}
    )

    for refused, field in (
        (same_identifier, "identifier"),
        (same_waiting_address, "email"),
        (same_verified_address, "email"),
    ):
        assert (refused.status_code, refused.json()["fields"][0]["path"]) == (409, field)
    assert sorted(await names(manager, q="le goff")) == ["Malo Le Goff", "Élodie Le Goff"]


async def test_entering_one_identifier_twenty_times_at_once_enters_one_person(manager: httpx.AsyncClient) -> None:
    drafts = [{**DRAFT, "email": f"elodie{number}@univ.example"} for number in range(20)]

    replies = await asyncio.gather(*[manager.post(PEOPLE, json=draft) for draft in drafts])

    assert sorted(reply.status_code for reply in replies) == [201] + [409] * 19
    assert await names(manager, q="elodie") == ["Élodie Le Goff"]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("elodie", ["Élodie Marchand"]),
        ("ÉLODIE", ["Élodie Marchand"]),
        ("marchand elo", ["Élodie Marchand"]),
        ("coeur", ["Amélie Cœur"]),
        ("nad", ["Nadia Cherkaoui"]),
        ("nadia.ch", ["Nadia Cherkaoui"]),
        ("Nadia.Cherkaoui@univ", ["Nadia Cherkaoui"]),
        ("nch", ["Nadia Cherkaoui"]),
        ("%", []),
        ("_", []),
        ("personne", []),
        ("", ["Amélie Cœur", "Élodie Marchand", "Nadia Cherkaoui", "Zoé Gestion"]),
    ],
)
async def test_people_are_found_without_accents_by_words_of_the_name_or_the_start_of_an_address(
    typed: str, found: list[str], manager: httpx.AsyncClient, parvis: Parvis
) -> None:
    await make_member(parvis, "Élodie Marchand")
    await make_member(parvis, "Amélie Cœur")
    await make_member(parvis, "Nadia Cherkaoui", affiliation="faculty", identifier="nch@univ.example")

    assert await names(manager, q=typed) == found


async def test_people_are_found_by_state_and_by_role(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    await make_member(parvis, "Attendue Encore", activated=False)
    await make_member(parvis, "Bernard Roussel", roles=["communicator"])
    kept_out = await make_member(parvis, "Hugo Ferreira")
    assert (await manager.put(f"{PEOPLE}/{kept_out.id}/suspension")).status_code == 200

    assert await names(manager, state="pending") == ["Attendue Encore"]
    assert await names(manager, state="suspended") == ["Hugo Ferreira"]
    assert await names(manager, state="active") == ["Bernard Roussel", "Zoé Gestion"]
    assert await names(manager, role="communicator") == ["Bernard Roussel"]


async def test_pages_of_people_neither_repeat_nor_skip_anybody(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    everybody = ["Zoé Gestion"]
    for number in range(7):
        everybody += ["Camille Aubry", f"Camille Aubry {number}"]
        await make_member(parvis, "Camille Aubry", email=f"camille{number}@univ.example")
        await make_member(parvis, f"Camille Aubry {number}")
    seen: list[str] = []
    query = {"limit": "4"}

    while True:
        page = (await manager.get(PEOPLE, params=query)).json()
        seen += [person["name"] for person in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]

    assert seen == sorted(everybody, key=str.lower)
    assert (await manager.get(PEOPLE, params={"limit": "201"})).status_code == 422
    assert (await manager.get(PEOPLE, params={"cursor": "nonsense"})).status_code == 422


async def test_a_list_of_people_costs_as_many_queries_whatever_its_length(
    manager: httpx.AsyncClient, parvis: Parvis, counted_queries: CountedQueries
) -> None:
    costs = []
    for number in range(2):
        await asyncio.gather(*[make_member(parvis, f"Membre {number} {place}") for place in range(10)])
        with counted_queries() as queries:
            assert len(await names(manager, q="membre")) == 10 * (number + 1)
        costs.append(len(queries))

    assert costs == [5, 5]


async def test_what_is_known_of_somebody_is_mended(manager: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn) -> None:
    member = await make_member(parvis, "Ines Benali")
    browser = await sign_in(member)
    url = f"{PEOPLE}/{member.id}"
    etag = (await manager.get(url)).headers["etag"]

    async with audited_during(parvis) as entries:
        reply = await manager.patch(
            url, json={"name": "Inès Benali", "identifier": "ibenali"}, headers={"if-match": etag}
        )

    assert (reply.status_code, reply.json()["name"], reply.json()["identifier"]) == (200, "Inès Benali", "ibenali")
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("member.changed", {"fields": ["identifier", "name"]})
    ]
    assert await names(manager, q="inès") == ["Inès Benali"]
    assert (await browser.get("/api/v1/session")).json()["member"]["name"] == "Inès Benali"
    late = await manager.patch(url, json={"name": "Inès B."}, headers={"if-match": etag})
    assert late.status_code == 412
    assert (await manager.patch(url, json={"identifier": None})).json()["identifier"] is None


async def test_an_identifier_cannot_be_given_to_a_second_person(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    await make_member(parvis, "Thomas Nguyen", identifier="tnguyen")
    other = await make_member(parvis, "Yanis Haddad")

    reply = await manager.patch(f"{PEOPLE}/{other.id}", json={"identifier": "TNguyen"})

    assert (reply.status_code, reply.json()["fields"][0]["path"]) == (409, "identifier")
    assert (await manager.get(f"{PEOPLE}/{other.id}")).json()["identifier"] is None


@pytest.mark.parametrize("day", [0, 946684800, True, "yesterday", "2026-13-01", "2026-11-22T10:00:00Z"])
async def test_a_day_is_written_as_a_day(manager: httpx.AsyncClient, day: object) -> None:
    draft = {**DRAFT, "affiliation": {"kind": "student", "starts_on": day}}
    answer = await manager.post(PEOPLE, json=draft)
    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == ["affiliation/starts_on"]
    assert (await manager.post(PEOPLE, json=DRAFT)).status_code == 201


async def test_affiliations_are_added_ended_and_taken_back(manager: httpx.AsyncClient, parvis: Parvis) -> None:
    member = await make_member(parvis, "Claire Vasseur")
    url = f"{PEOPLE}/{member.id}/affiliations"
    studies = (await manager.get(f"{PEOPLE}/{member.id}")).json()["affiliations"][0]

    async with audited_during(parvis) as entries:
        ended = await manager.patch(f"{url}/{studies['id']}", json={"ends_on": "2026-01-01", "starts_on": "2009-09-01"})
        added = await manager.post(url, json={"kind": "alum", "title": "Géographe", "starts_on": "2014-07-01"})
        mistaken = (await manager.post(url, json={"kind": "employee"})).json()["affiliations"]
        [mistake] = [item for item in mistaken if item["kind"] == "employee"]
        removed = await manager.delete(f"{url}/{mistake['id']}")

    assert (ended.status_code, ended.json()["public"]) == (200, None)
    assert (added.status_code, added.json()["public"]) == (201, "alum")
    assert {item["kind"] for item in removed.json()["affiliations"]} == {"student", "alum"}
    assert [entry.action for entry in entries] == [
        "affiliation.changed",
        "affiliation.added",
        "affiliation.added",
        "affiliation.removed",
    ]


@pytest.mark.parametrize("ends_on", ["2020-09-01", "2020-08-31"])
async def test_an_affiliation_ends_after_it_starts(ends_on: str, manager: httpx.AsyncClient, parvis: Parvis) -> None:
    member = await make_member(parvis, "Claire Vasseur")
    url = f"{PEOPLE}/{member.id}/affiliations"
    studies = (await manager.get(f"{PEOPLE}/{member.id}")).json()["affiliations"][0]
    dates = {"starts_on": "2020-09-01", "ends_on": ends_on}

    for refused in (
        await manager.post(url, json={"kind": "alum", **dates}),
        await manager.patch(f"{url}/{studies['id']}", json=dates),
    ):
        assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "ends_before_start")


async def test_an_affiliation_is_changed_through_its_own_member_alone(
    manager: httpx.AsyncClient, parvis: Parvis
) -> None:
    hers, his = await make_member(parvis, "Claire Vasseur"), await make_member(parvis, "Thomas Nguyen")
    affiliation = (await manager.get(f"{PEOPLE}/{hers.id}")).json()["affiliations"][0]

    reply = await manager.delete(f"{PEOPLE}/{his.id}/affiliations/{affiliation['id']}")

    assert reply.status_code == 404


async def test_people_administrators_do_not_manage_administrators_nor_each_other(
    manager: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    administrator = await make_member(parvis, "Paul Aubry", roles=["administrator"])
    peer = await make_member(parvis, "Paule Aubry", roles=["people_administrator"])
    for above in (administrator, peer):
        url = f"{PEOPLE}/{above.id}"
        for refused in (
            await manager.patch(url, json={"name": "Moindre"}),
            await manager.put(f"{url}/suspension"),
            await manager.post(f"{url}/affiliations", json={"kind": "alum"}),
        ):
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert (await manager.get(url)).json()["abilities"] == []

    admin = await sign_in(administrator)
    assert (await admin.patch(f"{PEOPLE}/{peer.id}", json={"name": "Paule A."})).status_code == 200


def operations(member_id: UUID) -> list[tuple[str, str, object]]:
    """Every operation on people, as valid as can be."""
    url = f"{PEOPLE}/{member_id}"
    return [
        ("GET", PEOPLE, None),
        ("POST", PEOPLE, DRAFT),
        ("GET", url, None),
        ("PATCH", url, {"name": "Autre Nom"}),
        ("POST", f"{url}/affiliations", {"kind": "alum"}),
        ("PATCH", f"{url}/affiliations/{uuid4()}", {"kind": "alum"}),
        ("DELETE", f"{url}/affiliations/{uuid4()}", None),
        ("PUT", f"{url}/suspension", None),
        ("DELETE", f"{url}/suspension", None),
        ("PUT", f"{url}/roles/administrator", None),
        ("DELETE", f"{url}/roles/administrator", None),
        ("GET", f"{PEOPLE}/invitations", None),
        ("POST", f"{PEOPLE}/invitations", {"affiliation": "student"}),
        ("DELETE", f"{PEOPLE}/invitations/{uuid4()}", None),
    ]


@pytest.mark.parametrize("roles", [(), ("moderator", "communicator")])
async def test_nobody_else_may_see_or_touch_people_here(
    roles: tuple[str, ...], client: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    somebody = await make_member(parvis, "Hugo Ferreira")
    browser = await sign_in(await make_member(parvis, "Inès Benali", roles=roles))

    async with audited_during(parvis) as entries:
        for method, url, body in operations(somebody.id):
            refused = await browser.request(method, url, json=body)
            anonymous = await client.request(method, url, json=body)
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden"), (method, url)
            assert anonymous.status_code == 401, (method, url)
        unknown = await browser.get(f"{PEOPLE}/{uuid4()}")
        known = await browser.get(f"{PEOPLE}/{somebody.id}")

    assert {**unknown.json(), "request_id": ""} == {**known.json(), "request_id": ""}
    assert entries == []


async def test_who_is_unknown_or_gone_is_not_found(manager: httpx.AsyncClient) -> None:
    url = f"{PEOPLE}/{uuid4()}"

    for reply in (
        await manager.get(url),
        await manager.patch(url, json={"name": "Personne"}),
        await manager.put(f"{url}/suspension"),
        await manager.delete(f"{url}/suspension"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("bad", ["a\0b", "\u202ebenali", "x" * 101])
async def test_a_search_that_no_name_could_match_is_refused(bad: str, manager: httpx.AsyncClient) -> None:
    reply = await manager.get(PEOPLE, params={"q": bad})

    assert (reply.status_code, reply.json()["fields"][0]["path"]) == (422, "q")
