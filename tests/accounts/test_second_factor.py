"""Roles that count only with a second factor: what is withheld, from whom, and what gives it back."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from parvis.accounts.actor import Actors
from parvis.accounts.models import Member
from parvis.accounts.queries.credentials import credentials
from parvis.accounts.second_factor import held_since, is_by_two
from parvis.kernel.audit import AuditEntry
from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings, load_settings
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, run_jobs
from tests.make.authenticator import Authenticator
from tests.make.command import command
from tests.make.hosts import environment_of
from tests.make.mailbox import Mailbox
from tests.make.people import make_member
from tests.make.security import add_passkey, code_in, told, turn_totp_on

HEALTH, PEOPLE, SESSION = "/api/v1/service-health", "/api/v1/people", "/api/v1/session"
PROOF, TOTP, TOKENS = "/api/v1/session/proof", "/api/v1/me/totp", "/api/v1/me/tokens"
REFUSED = (403, "second_factor_required")

pytestmark = pytest.mark.usefixtures("moved_clock")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"second_factor_roles": ["administrator", "people_administrator"]})


@pytest.fixture
async def administrator(parvis: Parvis) -> Member:
    return await make_member(parvis, "Anne Roux", affiliation="staff", roles=["administrator"])


@pytest.fixture
async def browser(sign_in: SignIn, administrator: Member) -> httpx.AsyncClient:
    """In a session that a password alone opened."""
    return await sign_in(administrator)


async def health(browser: httpx.AsyncClient, **headers: str) -> int:
    answer = await browser.get(HEALTH, headers=headers)
    assert answer.status_code == 200 or code_in(answer) == REFUSED
    return answer.status_code


async def abilities(browser: httpx.AsyncClient) -> tuple[bool, bool]:
    """Whether the service can be administered, and whether a second factor would let it be."""
    member = (await browser.get(SESSION)).json()["member"]
    return "administer" in member["abilities"], "administer" in member["withheld_abilities"]


async def test_one_factor_gives_what_any_member_may_do_and_no_more(browser: httpx.AsyncClient) -> None:
    refused = await browser.get(HEALTH, headers={"accept-language": "en"})
    assert code_in(refused) == REFUSED
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "https://parvis.invalid/problems/second-factor-required"
    assert refused.json()["title"] == "Your role counts only with a second factor."
    for refused in (
        await browser.get(PEOPLE),
        await browser.patch("/api/v1/organisation", json={"name": "Valorne"}),
        await browser.put(f"{PEOPLE}/{(await browser.get('/api/v1/me')).json()['id']}/roles/moderator"),
    ):
        assert code_in(refused) == REFUSED
    member = (await browser.get(SESSION)).json()["member"]
    assert (member["roles"], member["abilities"]) == ([], ["read_directory", "create_community"])
    assert set(member["withheld_abilities"]) >= {"administer", "grant_roles", "moderate", "announce"}
    assert (await browser.get("/api/v1/communities")).status_code == 200


async def test_one_time_codes_give_the_role_back_for_as_long_as_they_are_on(browser: httpx.AsyncClient) -> None:
    await turn_totp_on(browser)
    assert await health(browser) == 200
    assert await abilities(browser) == (True, False)
    assert (await browser.delete(TOTP)).status_code == 204
    assert await health(browser) == 403
    assert await abilities(browser) == (False, True)


async def test_a_passkey_gives_it_back_where_it_was_used(
    browser: httpx.AsyncClient, sign_in: SignIn, administrator: Member
) -> None:
    authenticator = Authenticator()
    await add_passkey(browser, authenticator)
    assert await health(browser) == 200
    elsewhere = await sign_in(administrator)  # By a password, as whoever has learned it would.
    assert await health(elsewhere) == 403
    asked = (await elsewhere.post(f"{PROOF}/options", json={"kind": "passkey"})).json()["public_key"]
    proof = {"kind": "passkey", "credential": authenticator.get(asked)}
    assert (await elsewhere.post(PROOF, json=proof)).status_code == 200
    assert await health(elsewhere) == 200


async def test_who_has_a_second_factor_changes_no_credential_without_it(
    browser: httpx.AsyncClient, sign_in: SignIn, administrator: Member
) -> None:
    await add_passkey(browser, Authenticator())
    elsewhere = await sign_in(administrator)
    assert (await elsewhere.get(PROOF)).json() == {"proved_until": None, "kinds": ["passkey"]}
    assert code_in(await elsewhere.post(f"{PROOF}/options", json={"kind": "email_code"})) == (409, "proof_not_offered")
    for refused in (
        await elsewhere.post(TOTP),
        await elsewhere.post("/api/v1/me/passkeys/options"),
        await elsewhere.post(TOKENS, json={"name": "Nightly", "scopes": ["organisation:read"], "days": 30}),
    ):
        assert code_in(refused) == (403, "proof_required")


async def test_a_token_carries_the_role_if_its_maker_had_a_second_factor(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, moved_clock: MovableClock
) -> None:
    async def token() -> str:
        made = await browser.post(TOKENS, json={"name": "Nightly", "scopes": ["organisation:read"], "days": 30})
        return f"Bearer {made.json()['token']}"

    before = await token()
    moved_clock.advance(timedelta(seconds=1))
    await turn_totp_on(browser)
    after = await token()
    assert await health(client, authorization=before) == 403
    assert await health(client, authorization=after) == 200


async def test_a_role_that_is_not_named_counts_with_one_factor(parvis: Parvis, sign_in: SignIn) -> None:
    both = await sign_in(await make_member(parvis, "Marc Leroy", roles=["moderator", "people_administrator"]))
    member = (await both.get(SESSION)).json()["member"]
    assert member["roles"] == ["moderator"]
    assert "moderate" in member["abilities"]
    assert member["withheld_abilities"] == ["administer", "manage_people"]
    refused = await both.patch("/api/v1/organisation", json={"name": "Valorne"})
    assert code_in(refused) == REFUSED  # It would be refused with one as well, and then says so.
    await turn_totp_on(both)
    assert code_in(await both.patch("/api/v1/organisation", json={"name": "Valorne"})) == (403, "forbidden")


@pytest.mark.parametrize(
    "methods, by_two",
    [
        (["pwd"], False),
        (["email", "pwd"], False),
        (["oidc"], False),
        (["hwk"], False),
        (["swk", "hwk"], False),
        (["hwk", "mfa"], True),
        (["oidc", "mfa"], True),
        (["email", "swk"], True),
        (["pwd", "otp", "mfa"], True),
        (["email", "otp"], True),
    ],
)
def test_two_factors_are_of_two_kinds(methods: list[str], by_two: bool) -> None:
    assert is_by_two(methods) is by_two


def test_a_role_that_does_not_exist_stops_the_start() -> None:
    with pytest.raises(ValueError, match="second_factor_roles"):
        load_settings(second_factor_roles=["root"])


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_who_has_lost_it_has_it_forgotten_by_the_command_line_and_is_told(
    settings: Settings, parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, mailbox: Mailbox
) -> None:
    await turn_totp_on(browser)
    await add_passkey(browser, Authenticator())
    environment = environment_of(settings)
    forgotten = command(environment, "admin", "forget-second-factor", "--email", "Anne.Roux@univ.example")
    assert forgotten.exit_code == 0
    assert "Anne Roux has no second factor any more" in forgotten.stdout
    assert command(environment, "admin", "forget-second-factor", "--email", "no@univ.example").exit_code == 1
    async with parvis.database.reading() as session:
        [member] = await session.scalars(select(Member))
        assert (await credentials(session, member.id)).passkeys == 0
        assert await held_since(session, member.id) is None
        [entry] = await session.scalars(select(AuditEntry).where(AuditEntry.action == "second_factor.forgotten"))
    assert (entry.actor_id, entry.subject_id) == (None, str(member.id))
    parvis.part(Actors).forget(member.id)  # As the tail of the log does within a second.
    assert (await browser.get("/api/v1/me")).status_code == 401
    assert await abilities(await sign_in(member)) == (False, True)
    await run_jobs(parvis)
    assert "second factor forgotten by who runs the service" in told(mailbox, "anne.roux@univ.example")
