"""What is said of the organisation, and who may change it."""

from datetime import timedelta

import httpx
import pytest

from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.audit import audited_during
from tests.make.people import DOMAINS, make_member, make_organisation

ORGANISATION = "/api/v1/organisation"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


async def test_anybody_may_know_what_the_organisation_is_and_which_addresses_are_enough(
    client: httpx.AsyncClient,
) -> None:
    reply = await client.get(ORGANISATION)

    assert reply.status_code == 200
    assert reply.headers["etag"] == '"1"'
    assert reply.json() == {
        "name": "Université d’Exemple",
        "short_name": "Exemple",
        "logo_url": None,
        "languages": ["fr", "en"],
        "default_language": "fr",
        "registration": "domains",
        "guests": False,
        "weekly_announcements": 5,
        "share_links": False,
        "registration_domains": sorted(DOMAINS),
        "domains": None,
        "publics": None,
        "mail_tray": False,
        "abilities": [],
    }


async def test_before_anything_is_said_the_organisation_has_no_name_and_lets_in_invited_people_alone(
    client: httpx.AsyncClient, parvis: Parvis
) -> None:
    await make_organisation(parvis, registration="invitation", domains={})

    found = (await client.get(ORGANISATION)).json()

    assert (found["registration"], found["registration_domains"]) == ("invitation", [])


async def test_domains_are_kept_from_strangers_when_they_let_nobody_in(
    client: httpx.AsyncClient, parvis: Parvis
) -> None:
    await make_organisation(parvis, registration="invitation")

    assert (await client.get(ORGANISATION)).json()["registration_domains"] == []


async def test_members_see_how_many_they_are_each_counted_once(parvis: Parvis, sign_in: SignIn) -> None:
    student = await make_member(parvis, "Inès Benali")
    teacher = await make_member(parvis, "Nadia Cherkaoui", affiliation="faculty")
    await make_member(parvis, "Bernard Roussel", affiliation="employee")
    await make_member(parvis, "Claire Vasseur", affiliation="alum")
    await make_member(parvis, "Atelier Rivières", affiliation="affiliate")
    await make_member(parvis, "Personne Encore", activated=False)
    guest = await make_member(parvis, "Une Invitée", affiliation=None)
    administrator = await make_member(parvis, "Paul Aubry", affiliation="alum", roles=["administrator"])
    admin = await sign_in(administrator)
    for member in (teacher, student):
        added = await admin.post(f"/api/v1/people/{member.id}/affiliations", json={"kind": "alum"})
        assert added.status_code == 201

    as_student = (await (await sign_in(student)).get(ORGANISATION)).json()
    as_guest = (await (await sign_in(guest)).get(ORGANISATION)).json()

    assert as_student["publics"] == {"student": 1, "alum": 2, "staff": 2, "partner": 1}
    assert as_guest["publics"] is None


async def test_members_are_counted_anew_each_minute(moved_clock: MovableClock, parvis: Parvis, sign_in: SignIn) -> None:
    browser = await sign_in(await make_member(parvis, "Inès Benali"))
    assert (await browser.get(ORGANISATION)).json()["publics"]["student"] == 1
    await make_member(parvis, "Yanis Haddad")

    moved_clock.advance(timedelta(seconds=59))
    assert (await browser.get(ORGANISATION)).json()["publics"]["student"] == 1
    moved_clock.advance(timedelta(seconds=1))
    assert (await browser.get(ORGANISATION)).json()["publics"]["student"] == 2


async def test_whoever_leaves_is_counted_until_the_day_it_ends(
    moved_clock: MovableClock, parvis: Parvis, sign_in: SignIn
) -> None:
    student = await make_member(parvis, "Inès Benali")
    browser = await sign_in(await make_member(parvis, roles=["administrator"], affiliation="staff"))
    affiliation = (await browser.get(f"/api/v1/people/{student.id}")).json()["affiliations"][0]
    tomorrow = (clock.now() + timedelta(days=1)).date()
    url = f"/api/v1/people/{student.id}/affiliations/{affiliation['id']}"
    assert (await browser.patch(url, json={"ends_on": tomorrow.isoformat()})).status_code == 200

    assert (await browser.get(ORGANISATION)).json()["publics"]["student"] == 1
    moved_clock.advance(timedelta(days=1))
    assert (await browser.get(ORGANISATION)).json()["publics"]["student"] == 0


async def test_an_administrator_changes_the_organisation_and_one_entry_says_so(parvis: Parvis, sign_in: SignIn) -> None:
    admin = await sign_in(await make_member(parvis, roles=["administrator"]))
    change = {
        "name": "Université de Valorne",
        "short_name": "Valorne",
        "languages": ["fr"],
        "registration": "domains",
        "domains": {"ETU.Valorne.example": "student", "élan.example": "affiliate"},
    }

    async with audited_during(parvis) as entries:
        reply = await admin.patch(ORGANISATION, json=change, headers={"if-match": '"1"'})

    assert reply.status_code == 200, reply.text
    assert reply.headers["etag"] == '"2"'
    assert reply.json()["abilities"] == ["change"]
    assert reply.json()["domains"] == {"etu.valorne.example": "student", "élan.example": "affiliate"}
    assert (await admin.get(ORGANISATION)).json()["name"] == "Université de Valorne"
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("organisation.changed", {"fields": ["domains", "languages", "name", "short_name"]})
    ]


async def test_saying_what_is_already_so_changes_nothing(parvis: Parvis, sign_in: SignIn) -> None:
    admin = await sign_in(await make_member(parvis, roles=["administrator"]))

    async with audited_during(parvis) as entries:
        reply = await admin.patch(ORGANISATION, json={"short_name": "Exemple"})

    assert (reply.status_code, reply.headers["etag"], entries) == (200, '"1"', [])


async def test_of_two_who_change_it_at_once_the_second_is_told(parvis: Parvis, sign_in: SignIn) -> None:
    admin = await sign_in(await make_member(parvis, roles=["administrator"]))
    assert (await admin.patch(ORGANISATION, json={"name": "Un"}, headers={"if-match": '"1"'})).status_code == 200

    late = await admin.patch(ORGANISATION, json={"name": "Deux"}, headers={"if-match": '"1"'})

    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert (await admin.get(ORGANISATION)).json()["name"] == "Un"


@pytest.mark.parametrize("roles", [(), ("people_administrator", "moderator", "communicator")])
async def test_only_administrators_change_the_organisation(
    roles: tuple[str, ...], parvis: Parvis, sign_in: SignIn, client: httpx.AsyncClient
) -> None:
    browser = await sign_in(await make_member(parvis, roles=roles))

    async with audited_during(parvis) as entries:
        refused = await browser.patch(ORGANISATION, json={"name": "À moi"})
        anonymous = await client.patch(ORGANISATION, json={"name": "À moi"})

    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert anonymous.status_code == 401
    assert (await browser.get(ORGANISATION)).json()["domains"] is None
    assert entries == []


@pytest.mark.parametrize(
    "change, path, code",
    [
        ({"languages": ["en"]}, "default_language", "not_offered"),
        ({"languages": []}, "languages", "too_short"),
        ({"name": ""}, "name", "string_too_short"),
        ({"name": "Valor\0ne"}, "name", "unprintable"),
        ({"name": "\u202eenrolaV"}, "name", "unprintable"),
        ({"name": None}, "", "null"),
        ({"domains": {"not a domain": "student"}}, "domains/not a domain/[key]", "domain"),
        ({"domains": {"univ.example": "emperor"}}, "domains/univ.example", "literal_error"),
        ({"version": 9}, "version", "extra_forbidden"),
    ],
)
async def test_a_wrong_change_is_refused_by_field(
    change: dict[str, object], path: str, code: str, parvis: Parvis, sign_in: SignIn
) -> None:
    admin = await sign_in(await make_member(parvis, roles=["administrator"]))

    reply = await admin.patch(ORGANISATION, json=change)

    assert reply.status_code == 422
    assert [(field["path"], field["code"]) for field in reply.json()["fields"]] == [(path, code)]


async def test_reading_the_organisation_costs_the_same_for_many_members(
    parvis: Parvis, sign_in: SignIn, counted_queries: CountedQueries
) -> None:
    browser = await sign_in(await make_member(parvis))
    for number in range(20):
        await make_member(parvis, f"Membre {number}")

    with counted_queries() as queries:
        assert (await browser.get(ORGANISATION)).json()["publics"]["student"] == 21

    assert len(queries) == 2
