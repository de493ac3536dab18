"""The member who asks."""

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation, Member
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.audit import audited_during
from tests.make.people import make_member
from tests.make.security import code_in

ME = "/api/v1/me"


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit", roles=["communicator"])


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def test_it_says_who_one_is(browser: httpx.AsyncClient, member: Member) -> None:
    answer = await browser.get(ME)
    assert answer.headers["etag"] == '"1"'
    me = answer.json()
    assert (me["id"], me["name"], me["email"]) == (str(member.id), "Chloé Petit", "chloe.petit@univ.example")
    assert (me["language"], me["appearance"], me["onboarded_at"]) == ("en", "system", None)
    assert (me["publics"], me["public"], me["shown_public"]) == (["student"], "student", None)
    assert (me["roles"], me["abilities"]) == (["communicator"], ["change"])


async def test_changes_are_seen_at_once(parvis: Parvis, browser: httpx.AsyncClient, member: Member) -> None:
    async with audited_during(parvis) as entries:
        answer = await browser.patch(ME, json={"name": "Chloé Petit-Le Goff", "language": "fr", "appearance": "dark"})
    assert answer.headers["etag"] == '"2"'
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("member.changed", {"fields": ["appearance", "language", "name"]})
    ]
    me = (await browser.get(ME)).json()
    assert (me["name"], me["language"], me["appearance"]) == ("Chloé Petit-Le Goff", "fr", "dark")
    problem = (await browser.get("/api/v1/nowhere")).json()
    assert problem["title"] == "Page not found or restricted."  # Nobody was asked who asks.
    problem = (await browser.delete("/api/v1/me/password")).json()
    assert problem["title"] == "Page introuvable ou réservée."


async def test_nothing_changed_is_no_new_version(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    async with audited_during(parvis) as entries:
        answer = await browser.patch(ME, json={"name": "Chloé Petit"})
    assert answer.headers["etag"] == '"1"'
    assert entries == []


async def test_a_change_of_an_older_version_is_refused(browser: httpx.AsyncClient) -> None:
    seen = (await browser.get(ME)).headers["etag"]
    first = await browser.patch(ME, json={"appearance": "dark"}, headers={"if-match": seen})
    assert first.status_code == 200
    second = await browser.patch(ME, json={"appearance": "light"}, headers={"if-match": seen})
    assert code_in(second) == (412, "precondition_failed")
    assert (await browser.get(ME)).json()["appearance"] == "dark"


async def test_who_has_several_publics_chooses_the_one_shown(
    parvis: Parvis, browser: httpx.AsyncClient, member: Member, sign_in: SignIn
) -> None:
    assert code_in(await browser.patch(ME, json={"shown_public": "staff"})) == (422, "invalid")
    await parvis.database.write(_also_staff, member)
    parvis_actor = await sign_in(member)
    assert (await parvis_actor.get(ME)).json()["public"] == "staff"
    chosen = (await parvis_actor.patch(ME, json={"shown_public": "student"})).json()
    assert (chosen["shown_public"], chosen["public"], chosen["publics"]) == ("student", "student", ["staff", "student"])
    reset = (await parvis_actor.patch(ME, json={"shown_public": None})).json()
    assert (reset["shown_public"], reset["public"]) == (None, "staff")


async def test_the_welcome_is_gone_through_once(browser: httpx.AsyncClient) -> None:
    first = (await browser.patch(ME, json={"onboarded": True})).json()["onboarded_at"]
    assert first is not None
    assert (await browser.patch(ME, json={"onboarded": True})).json()["onboarded_at"] == first
    assert code_in(await browser.patch(ME, json={"onboarded": False})) == (422, "invalid")


@pytest.mark.parametrize(
    "draft",
    [
        {"name": ""},
        {"name": "a" * 121},
        {"name": None},
        {"name": "Chloé\u202eyfirev"},
        {"name": "two\nlines"},
        {"language": "de"},
        {"appearance": "pink"},
        {"roles": ["administrator"]},
        {"email": "other@univ.example"},
    ],
    ids=str,
)
async def test_what_cannot_be_is_refused(browser: httpx.AsyncClient, draft: dict[str, object]) -> None:
    assert code_in(await browser.patch(ME, json=draft)) == (422, "invalid")
    assert (await browser.get(ME)).json()["name"] == "Chloé Petit"


async def test_a_token_changes_only_with_its_scope(browser: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    for scopes, status in ((["account:read"], 403), (["account:read", "account:write"], 200)):
        draft = {"name": "Script", "scopes": scopes, "days": 7}
        token = (await browser.post("/api/v1/me/tokens", json=draft)).json()["token"]
        bearer = {"authorization": f"Bearer {token}"}
        abilities = (await client.get(ME, headers=bearer)).json()["abilities"]
        assert abilities == (["change"] if status == 200 else [])
        assert (await client.patch(ME, json={"appearance": "dark"}, headers=bearer)).status_code == status


async def test_nobody_is_nobody(client: httpx.AsyncClient) -> None:
    for answer in (await client.get(ME), await client.patch(ME, json={"appearance": "dark"})):
        assert code_in(answer) == (401, "unauthenticated")


async def test_asking_costs_one_query(browser: httpx.AsyncClient, counted_queries: CountedQueries) -> None:
    await browser.get(ME)
    with counted_queries() as queries:
        await browser.get(ME)
    assert len(queries) == 1


async def _also_staff(session: AsyncSession, member: Member) -> None:
    session.add(Affiliation(member_id=member.id, kind="staff", source="institution", starts_on=clock.now().date()))
