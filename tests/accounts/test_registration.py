"""Joining by one's own doing, and opening an account that waits."""

from collections.abc import Sequence

import httpx
import pytest
from sqlalchemy import func, select

from parvis.accounts.models import Address, Affiliation, Member
from parvis.kernel.events import LogEntry
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.doors import Doors
from tests.make.people import make_member, make_organisation

EMAIL = "ada.byron@univ.example"


async def asked(browser: httpx.AsyncClient, doors: Doors, email: str = EMAIL, name: str = "Ada Byron") -> str:
    answer = await doors.ask(browser, "registrations", email, name=name)
    assert answer.status_code == 202
    return doors.token_to(email, "verify")


async def confirm(browser: httpx.AsyncClient, token: str, what: str = "registrations") -> httpx.Response:
    return await browser.post(f"/api/v1/{what}/confirmation", json={"token": token})


async def members(parvis: Parvis) -> Sequence[Member]:
    async with parvis.database.reading() as session:
        return (await session.scalars(select(Member))).all()


@pytest.mark.parametrize(
    "email, public, kind",
    [
        ("ada.byron@univ.example", "student", "institutional"),
        ("ada.byron@staff.univ.example", "staff", "institutional"),
        ("ada.byron@alumni.univ.example", "alum", "personal"),
    ],
)
async def test_an_address_of_the_organisation_makes_a_member(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, email: str, public: str, kind: str
) -> None:
    await make_organisation(parvis)
    token = await asked(client, doors, email)
    assert await members(parvis) == []
    assert (await confirm(client, token)).json()["status"] == "signed_in"
    me = (await client.get("/api/v1/session")).json()["member"]
    assert (me["name"], me["public"], me["language"]) == ("Ada Byron", public, "en")
    async with parvis.database.reading() as session:
        address = (await session.scalars(select(Address))).one()
        affiliation = (await session.scalars(select(Affiliation))).one()
        facts = await session.scalars(select(LogEntry.type).order_by(LogEntry.id))
        assert list(facts) == ["member.activated", "session.opened"]
    assert (address.email, address.kind, address.is_primary) == (email, kind, True)
    assert address.verified_at is not None
    assert (affiliation.source, affiliation.ends_on) == ("registration", None)


@pytest.mark.parametrize(
    "email", ["ada@mail.example", "ada@sub.univ.example", "ada@notuniv.example", "ada@univ.example.mail.example"]
)
async def test_another_address_gets_the_same_answer_and_no_mail(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, email: str
) -> None:
    await make_organisation(parvis)
    answer = await doors.ask(client, "registrations", email, name="Ada Byron")
    assert (answer.status_code, answer.json()) == (202, {"status": "asked"})
    assert doors.mails_to(email) == []


async def test_where_people_are_invited_nobody_registers(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_organisation(parvis, registration="invitation")
    answer = await doors.ask(client, "registrations", EMAIL, name="Ada Byron")
    assert (answer.status_code, answer.json()) == (202, {"status": "asked"})
    assert doors.mails_to(EMAIL) == []


async def test_a_domain_closed_meanwhile_lets_nobody_in(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_organisation(parvis)
    token = await asked(client, doors)
    await make_organisation(parvis, registration="invitation")
    assert (await confirm(client, token)).status_code == 410
    assert await members(parvis) == []


async def test_who_has_an_account_gets_a_link_into_it(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_organisation(parvis)
    await make_member(parvis, "Ada Byron")
    await doors.ask(client, "registrations", EMAIL, name="Somebody Else")
    token = doors.token_to(EMAIL, "sign-in")
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.json()["status"] == "signed_in"
    assert [member.name for member in await members(parvis)] == ["Ada Byron"]


async def test_two_registrations_of_one_address_make_one_member(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_organisation(parvis)
    first, second = await asked(client, doors), await asked(client, doors, name="Ada Lovelace")
    assert (await confirm(client, first)).status_code == 200
    answer = await confirm(client, second)
    assert (answer.status_code, answer.json()["code"]) == (409, "address_taken")
    assert [member.name for member in await members(parvis)] == ["Ada Byron"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " "},
        {"name": "A" * 121},
        {"name": "Ada\u202eByron"},
        {"name": "Ada\nByron"},
        {"email": "ada"},
        {"email": "ada@localhost"},
        {"email": "ada@univ.example\r\nBcc: all@univ.example"},
        {"email": f"{'a' * 250}@univ.example"},
        {"role": "administrator"},
    ],
)
async def test_what_is_not_a_name_or_an_address_is_refused(client: httpx.AsyncClient, wrong: dict[str, str]) -> None:
    answer = await client.post("/api/v1/registrations", json={"name": "Ada Byron", "email": EMAIL} | wrong)
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["path"] == next(iter(wrong))


async def test_an_account_that_waits_is_opened_from_its_mailbox(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_organisation(parvis)
    member = await make_member(parvis, "Ada Byron", identifier="ada@univ", activated=False)
    await doors.ask(client, "activations", EMAIL)
    answer = await confirm(client, doors.token_to(EMAIL, "activate"), "activations")
    assert answer.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/session")).json()["member"]["id"] == str(member.id)
    token = await doors.link_for(client, EMAIL)
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.json()["status"] == "signed_in"


@pytest.mark.parametrize("path", ["registrations", "sign-in-links", "password-resets"])
async def test_whoever_is_awaited_is_never_doubled(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, path: str
) -> None:
    await make_organisation(parvis)
    member = await make_member(parvis, "Ada Byron", identifier="ada@univ", activated=False)
    await doors.ask(client, path, EMAIL, **({"name": "Ada B."} if path == "registrations" else {}))
    assert (await confirm(client, doors.token_to(EMAIL, "activate"), "activations")).status_code == 200
    assert [found.id for found in await members(parvis)] == [member.id]
    async with parvis.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Affiliation)) == 1


async def test_a_registration_that_meets_an_awaited_member_opens_that_account(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_organisation(parvis)
    token = await asked(client, doors, name="Ada B.")
    member = await make_member(parvis, "Ada Byron", identifier="ada@univ", activated=False)
    assert (await confirm(client, token)).status_code == 200
    assert [(found.id, found.name) for found in await members(parvis)] == [(member.id, "Ada Byron")]


async def test_who_was_suspended_before_coming_cannot_activate(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    member = await make_member(parvis, "Ada Byron", activated=False)
    await doors.ask(client, "activations", EMAIL)
    token = doors.token_to(EMAIL, "activate")
    await doors.suspend(member)
    assert (await confirm(client, token, "activations")).json()["code"] == "account_closed"
    before = len(doors.mails_to(EMAIL))
    await doors.ask(client, "activations", EMAIL)
    assert len(doors.mails_to(EMAIL)) == before


async def test_an_account_is_activated_once(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis, "Ada Byron", activated=False)
    tokens = []
    for _ in range(2):
        await doors.ask(client, "activations", EMAIL)
        tokens.append(doors.token_to(EMAIL, "activate"))
    statuses = [(await confirm(client, token, "activations")).status_code for token in (*tokens, tokens[0])]
    assert statuses == [200, 410, 410]


async def test_an_address_given_to_another_person_leaves_the_one_before(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn, doors: Doors
) -> None:
    """Universities recycle addresses: the account of who left is not the newcomer's."""
    await make_organisation(parvis)
    former = await make_member(parvis, "Anne Durand", "a.durand@univ.example", identifier="anne@univ")
    await doors.end_affiliations(former)
    newcomer = await make_member(
        parvis, "Axel Durand", "a.durand@univ.example", identifier="axel@univ", activated=False
    )
    await doors.ask(client, "activations", "a.durand@univ.example")
    answer = await confirm(client, doors.token_to("a.durand@univ.example", "activate"), "activations")
    assert answer.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/session")).json()["member"]["id"] == str(newcomer.id)
    async with parvis.database.reading() as session:
        holders = await session.scalars(select(Address.member_id).where(Address.email == "a.durand@univ.example"))
        assert list(holders) == [newcomer.id]
    assert (await (await sign_in(former)).get("/api/v1/session")).json()["member"]["name"] == "Anne Durand"
