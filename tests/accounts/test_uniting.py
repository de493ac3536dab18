"""One person, one account: what the institution entered is joined by its holder alone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Affiliation, Member, MemberRole
from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, client_of, run_jobs
from tests.make.audit import audited_during
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox
from tests.make.people import affiliate, make_member, make_organisation, make_unit
from tests.make.security import code_in, told, turn_totp_on, who
from tests.make.university import University, come_in, university

INES = "ines.benali@univ.example"
OWN = "ines@courriel.example"
IDENTITY = "/api/v1/me/university-identity"
PROOF = "/api/v1/session/proof/university"
RECORDS = "/api/v1/me/records"


@pytest.fixture
async def there() -> AsyncIterator[University]:
    async with university() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, there: University) -> Settings:
    return settings.model_copy(update={"oidc": [there.provider()]})


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def account(parvis: Parvis) -> Member:
    """Inès came by herself, before the institution entered her."""
    return await make_member(parvis, "Inès B.", OWN, affiliation=None)


@pytest.fixture
async def record(parvis: Parvis) -> Member:
    """What the institution entered since; nobody has opened it."""
    return await make_member(parvis, "Inès Benali", INES, identifier=INES, activated=False)


@pytest.fixture
async def browser(sign_in: SignIn, account: Member) -> httpx.AsyncClient:
    return await sign_in(account)


async def answered(browser: httpx.AsyncClient, there: University, path: str) -> dict[str, str]:
    """What the browser comes back with, having asked there for a proof or for an identity."""
    asked = await browser.post(path, json={"provider": "univ"})
    assert asked.status_code == 200, asked.text
    return {"provider": "univ", **there.visit(asked.json()["authorization_url"])}


async def link(browser: httpx.AsyncClient, there: University) -> httpx.Response:
    return await browser.put(IDENTITY, json=await answered(browser, there, IDENTITY))


async def activation_of(doors: Doors, app: FastAPI, email: str = INES) -> str:
    async with client_of(app) as somebody:
        await doors.ask(somebody, "activations", email)
    return doors.token_to(email, "activate")


async def members(parvis: Parvis) -> dict[UUID, str | None]:
    async with parvis.database.reading() as session:
        found = await session.execute(select(Member.id, Member.identifier))
    return {row.id: row.identifier for row in found}


async def addresses_of(parvis: Parvis, member: Member) -> dict[str, tuple[bool, bool]]:
    """Each with whether it is verified, and the main one."""
    async with parvis.database.reading() as session:
        mine = await session.scalars(select(Address).where(Address.member_id == member.id))
        return {one.email: (one.verified_at is not None, one.is_primary) for one in mine}


async def affiliations_of(parvis: Parvis, member: Member) -> list[tuple[str, str]]:
    async with parvis.database.reading() as session:
        mine = await session.scalars(select(Affiliation).where(Affiliation.member_id == member.id))
        return sorted((one.kind, one.source) for one in mine)


async def test_an_identity_is_linked_and_signs_in_from_then_on(
    parvis: Parvis, app: FastAPI, browser: httpx.AsyncClient, account: Member, there: University, mailbox: Mailbox
) -> None:
    credentials = (await browser.get("/api/v1/me/credentials")).json()
    assert (credentials["identifier"], "link_university" in credentials["abilities"]) == (None, True)
    async with audited_during(parvis) as entries:
        linked = await link(browser, there)
    await run_jobs(parvis)
    assert (linked.status_code, linked.json()["identifier"]) == (200, INES)
    assert "link_university" not in linked.json()["abilities"]
    assert [(entry.action, entry.subject_id) for entry in entries] == [("identity.linked", str(account.id))]
    assert f"university identity linked, {INES}" in told(mailbox, OWN)
    async with client_of(app) as elsewhere:
        await come_in(elsewhere, there)
        assert (await elsewhere.get("/api/v1/me")).json()["id"] == str(account.id)


async def test_linking_joins_the_record_that_waits_under_that_identity(
    parvis: Parvis, browser: httpx.AsyncClient, account: Member, record: Member, there: University
) -> None:
    unit = await make_unit(parvis, "Faculté des lettres")
    await affiliate(parvis, record, "employee", unit_id=unit.id, source="institution")
    async with audited_during(parvis) as entries:
        linked = await link(browser, there)
    assert linked.status_code == 200, linked.text
    assert await members(parvis) == {account.id: INES}
    assert await affiliations_of(parvis, account) == [("employee", "institution"), ("student", "institution")]
    assert await addresses_of(parvis, account) == {OWN: (True, True), INES: (False, False)}, "moved, and not believed"
    me = (await browser.get("/api/v1/me")).json()
    assert (me["name"], me["publics"]) == ("Inès B.", ["staff", "student"]), "at once, and under the name chosen here"
    assert [entry.action for entry in entries] == ["record.joined", "identity.linked"]
    assert entries[0].detail == {"record": str(record.id), "by": "university"}


async def test_an_activation_link_joins_the_record_in_its_holder_s_session(
    parvis: Parvis,
    app: FastAPI,
    browser: httpx.AsyncClient,
    account: Member,
    record: Member,
    doors: Doors,
    mailbox: Mailbox,
) -> None:
    token = await activation_of(doors, app)
    preview = await browser.post("/api/v1/activations/preview", json={"token": token})
    assert preview.json() == {"name": "Inès Benali", "email": INES, "affiliations": []}
    async with audited_during(parvis) as entries:
        joined = await browser.post(RECORDS, json={"token": token})
    await doors.deliver()
    assert joined.status_code == 204, joined.text
    assert await members(parvis) == {account.id: INES}
    assert await addresses_of(parvis, account) == {OWN: (True, True), INES: (True, False)}, "its mailbox was read"
    assert await affiliations_of(parvis, account) == [("student", "institution")]
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("record.joined", {"record": str(record.id), "by": "activation"})
    ]
    assert "record joined to your account, Inès Benali" in told(mailbox, OWN)
    assert code_in(await browser.post(RECORDS, json={"token": token})) == (410, "gone")
    assert code_in(await browser.post("/api/v1/activations/preview", json={"token": token})) == (410, "gone")


async def test_looking_at_a_link_spends_nothing(app: FastAPI, record: Member, doors: Doors) -> None:
    token = await activation_of(doors, app)
    async with client_of(app) as somebody:
        for _ in range(3):
            assert (await somebody.post("/api/v1/activations/preview", json={"token": token})).status_code == 200
        opened = await somebody.post("/api/v1/activations/confirmation", json={"token": token})
        assert opened.json()["status"] == "signed_in"
        assert code_in(await somebody.post("/api/v1/activations/preview", json={"token": token})) == (410, "gone")


async def test_what_the_institution_says_takes_the_place_of_what_a_domain_told(
    parvis: Parvis, browser: httpx.AsyncClient, account: Member, record: Member, there: University
) -> None:
    """A registration by address has no end: after graduation, she would stay a student for ever."""
    await affiliate(parvis, account, "student", source="registration")
    await affiliate(parvis, account, "affiliate", source="registration")
    await affiliate(parvis, account, "student", source="administrator")
    await link(browser, there)
    assert await affiliations_of(parvis, account) == [
        ("affiliate", "registration"),
        ("student", "administrator"),
        ("student", "institution"),
    ]


async def test_an_address_that_both_have_stays_once(
    parvis: Parvis, app: FastAPI, browser: httpx.AsyncClient, account: Member, record: Member, doors: Doors
) -> None:
    await browser.post("/api/v1/me/addresses", json={"email": INES})
    token = await activation_of(doors, app)
    assert (await browser.post(RECORDS, json={"token": token})).status_code == 204
    assert await addresses_of(parvis, account) == {OWN: (True, True), INES: (True, False)}


async def test_who_was_appointed_before_coming_keeps_the_appointment(
    parvis: Parvis, browser: httpx.AsyncClient, account: Member, record: Member, there: University
) -> None:
    async def appoint(session: AsyncSession) -> None:
        session.add_all([MemberRole(member_id=record.id, role=role) for role in ("moderator", "communicator")])
        session.add(MemberRole(member_id=account.id, role="moderator"))

    await parvis.database.write(appoint)
    await link(browser, there)
    session = (await browser.get("/api/v1/session")).json()
    assert session["member"]["roles"] == ["communicator", "moderator"]


async def test_an_account_that_is_somebody_s_is_not_joined(
    parvis: Parvis, browser: httpx.AsyncClient, account: Member, there: University
) -> None:
    other = await make_member(parvis, "Inès Benali", INES, identifier=INES)
    assert code_in(await link(browser, there)) == (409, "identity_taken")
    assert await members(parvis) == {account.id: None, other.id: INES}


async def test_nor_is_a_record_that_was_shut(
    parvis: Parvis, app: FastAPI, browser: httpx.AsyncClient, record: Member, there: University, doors: Doors
) -> None:
    """Else a suspended person would come in by another account."""
    token = await activation_of(doors, app)
    await doors.suspend(record)
    assert code_in(await link(browser, there)) == (409, "identity_taken")
    assert code_in(await browser.post(RECORDS, json={"token": token})) == (409, "identity_taken")
    assert len(await members(parvis)) == 2


async def test_two_identifiers_are_two_people(
    parvis: Parvis, app: FastAPI, sign_in: SignIn, record: Member, there: University, doors: Doors
) -> None:
    browser = await sign_in(await make_member(parvis, "Paul Durand", identifier="paul.durand@univ.example"))
    assert code_in(await link(browser, there)) == (409, "already_identified")
    token = await activation_of(doors, app)
    assert code_in(await browser.post(RECORDS, json={"token": token})) == (409, "already_identified")
    assert len(await members(parvis)) == 2


async def test_linking_one_s_own_identity_again_changes_nothing(
    parvis: Parvis, browser: httpx.AsyncClient, there: University
) -> None:
    await link(browser, there)
    async with audited_during(parvis) as entries:
        assert (await link(browser, there)).status_code == 200
    assert entries == []


async def test_only_who_proved_himself_of_late_links_or_joins(
    moved_clock: MovableClock, app: FastAPI, browser: httpx.AsyncClient, record: Member, there: University, doors: Doors
) -> None:
    given = await answered(browser, there, IDENTITY)
    token = await activation_of(doors, app)
    moved_clock.advance(timedelta(minutes=11))
    for refused in (
        await browser.post(IDENTITY, json={"provider": "univ"}),
        await browser.put(IDENTITY, json=given),
        await browser.post(RECORDS, json={"token": token}),
    ):
        assert code_in(refused) == (403, "proof_required")


async def test_nobody_links_without_a_session_or_by_a_token(
    app: FastAPI, browser: httpx.AsyncClient, there: University
) -> None:
    made = await browser.post(
        "/api/v1/me/tokens", json={"name": "script", "scopes": ["account:read", "account:write"], "days": 30}
    )
    bearer = {"authorization": f"Bearer {made.json()['token']}"}
    async with client_of(app) as stranger:
        for method, path in (("POST", IDENTITY), ("PUT", IDENTITY), ("POST", RECORDS), ("POST", PROOF), ("PUT", PROOF)):
            assert (await stranger.request(method, path, json={})).status_code == 401
            refused = await stranger.request(method, path, json={}, headers=bearer)
            assert refused.status_code == 403, refused.text


async def test_a_stolen_answer_links_nothing_to_the_thief(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, there: University
) -> None:
    thief = await sign_in(await make_member(parvis, "Voleur"))
    given = await answered(browser, there, IDENTITY)
    assert code_in(await thief.put(IDENTITY, json=given)) == (410, "gone")
    assert set((await members(parvis)).values()) == {None}


@pytest.mark.parametrize("round_number", range(5))
async def test_of_two_accounts_that_link_one_identity_at_once_one_has_it(
    round_number: int, parvis: Parvis, sign_in: SignIn, record: Member, there: University
) -> None:
    browsers = [await sign_in(await make_member(parvis, f"Inès {place}", affiliation=None)) for place in range(4)]
    given = [await answered(browser, there, IDENTITY) for browser in browsers]
    answers = await asyncio.gather(
        *[browser.put(IDENTITY, json=one) for browser, one in zip(browsers, given, strict=True)]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert sorted(filter(None, (await members(parvis)).values())) == [INES]
    assert record.id not in await members(parvis)


async def test_joining_and_opening_at_once_leave_one_of_both(
    parvis: Parvis, app: FastAPI, browser: httpx.AsyncClient, record: Member, there: University
) -> None:
    """The record is opened by who signs in at the university, while an account links it."""
    given = await answered(browser, there, IDENTITY)
    async with client_of(app) as other:
        linked, opened = await asyncio.gather(browser.put(IDENTITY, json=given), come_in(other, there))
    assert opened.status_code in {200, 403}
    assert linked.status_code in {200, 409}
    assert sorted(filter(None, (await members(parvis)).values())) == [INES]


async def test_the_university_proves_again_who_is_there_by_a_new_login(
    moved_clock: MovableClock, parvis: Parvis, sign_in: SignIn, there: University
) -> None:
    """For a member who has nothing else."""
    member = await make_member(parvis, "Inès Benali", identifier=INES)

    async def forget_mailbox(session: AsyncSession) -> None:
        await session.execute(update(Address).where(Address.member_id == member.id).values(verified_at=None))

    await parvis.database.write(forget_mailbox)
    browser = await sign_in(member)
    moved_clock.advance(timedelta(minutes=11))
    assert (await browser.get("/api/v1/session/proof")).json() == {"proved_until": None, "kinds": ["university"]}
    asked = await browser.post(PROOF, json={"provider": "univ"})
    wanted = httpx.URL(asked.json()["authorization_url"]).params
    assert (wanted["prompt"], wanted["max_age"]) == ("login", "0")
    given = {"provider": "univ", **there.visit(asked.json()["authorization_url"])}
    proved = await browser.put(PROOF, json=given)
    assert proved.status_code == 200, proved.text
    assert proved.json()["proved_until"] is not None
    assert (await browser.post("/api/v1/me/passkeys/options")).status_code == 200


@pytest.mark.parametrize("age", [None, 62, 86_400])
async def test_a_session_that_was_open_there_proves_nothing(
    parvis: Parvis, sign_in: SignIn, there: University, age: int | None
) -> None:
    browser = await sign_in(await make_member(parvis, "Inès Benali", identifier=INES))
    given = await answered(browser, there, PROOF)
    [asked] = there.codes.values()
    there.claims["auth_time"] = there.claims_for(asked)["auth_time"] - age if age else None
    assert code_in(await browser.put(PROOF, json=given)) == (401, "identity_refused")


async def test_somebody_else_s_login_proves_nothing(parvis: Parvis, sign_in: SignIn, there: University) -> None:
    browser = await sign_in(await make_member(parvis, "Inès Benali", identifier=INES))
    there.claims = {"eduperson_principal_name": "paul.durand@univ.example"}
    given = await answered(browser, there, PROOF)
    assert code_in(await browser.put(PROOF, json=given)) == (403, "somebody_else")


async def test_with_a_second_factor_on_the_university_is_not_enough(
    parvis: Parvis, sign_in: SignIn, there: University
) -> None:
    browser = await sign_in(await make_member(parvis, "Inès Benali", identifier=INES))
    given = await answered(browser, there, PROOF)
    await turn_totp_on(browser)
    assert (await browser.get("/api/v1/session/proof")).json()["kinds"] == ["totp"]
    assert code_in(await browser.post(PROOF, json={"provider": "univ"})) == (409, "proof_not_offered")
    assert code_in(await browser.put(PROOF, json=given)) == (409, "proof_not_offered")


async def test_who_has_no_identity_proves_himself_otherwise(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/api/v1/session/proof")).json()["kinds"] == ["email_code"]
    assert code_in(await browser.post(PROOF, json={"provider": "univ"})) == (409, "proof_not_offered")


async def test_only_people_administrators_take_an_identity_away(
    parvis: Parvis, app: FastAPI, sign_in: SignIn, browser: httpx.AsyncClient, account: Member, there: University
) -> None:
    await link(browser, there)
    assert (await browser.delete(IDENTITY)).status_code == 405
    admin = await sign_in(await make_member(parvis, "Paul Aubry", roles=["people_administrator"]))
    taken = await admin.patch(f"/api/v1/people/{account.id}", json={"identifier": None})
    assert taken.json()["identifier"] is None
    async with client_of(app) as elsewhere:
        assert code_in(await come_in(elsewhere, there)) == (403, "identity_unknown")
    assert await who(browser) == "Inès B."
