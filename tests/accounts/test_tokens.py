"""Personal access tokens."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from parvis.accounts.models import AccessToken, Member
from parvis.kernel import clock
from parvis.kernel.audit import AuditEntry
from parvis.kernel.runtime import Parvis
from parvis.kernel.secrets import hash_token
from tests.accounts.test_oauth_grants import suspend
from tests.conftest import SignIn, run_jobs
from tests.make.mailbox import Mailbox, text_of
from tests.make.mobile import MobileClient
from tests.make.people import make_member

TOKENS = "/api/v1/me/tokens"
DRAFT = {"name": "Report of the week", "scopes": ["account:read"], "days": 30}


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit")


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def created(browser: httpx.AsyncClient, **changed: object) -> dict[str, Any]:
    answer = await browser.post(TOKENS, json={**DRAFT, **changed})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def as_bearer(made: dict[str, Any]) -> dict[str, str]:
    return {"authorization": f"Bearer {made['token']}"}


async def test_a_token_is_shown_once_and_kept_as_a_hash(
    parvis: Parvis, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    made = await created(browser)
    assert made["token"].startswith("parvis_pat_")
    listed = (await client.get(TOKENS, headers=as_bearer(made))).json()["items"]
    assert [item["id"] for item in listed] == [made["id"]]
    assert "token" not in listed[0]
    async with parvis.database.reading() as session:
        [kept] = await session.scalars(select(AccessToken))
    assert kept.token_hash == hash_token(made["token"])


async def test_its_maker_hears_of_it_and_the_audit_log_holds_it(
    parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    made = await created(browser)
    await run_jobs(parvis)
    [notice] = mailbox.messages_to("chloe.petit@univ.example")
    assert "access token created, Report of the week" in text_of(notice)
    assert made["token"] not in text_of(notice)
    async with parvis.database.reading() as session:
        [entry] = await session.scalars(select(AuditEntry).where(AuditEntry.action == "token.created"))
    assert (entry.subject_id, entry.detail) == (made["id"], {"scopes": ["account:read"]})


async def test_a_token_reads_and_does_not_write_without_the_scope(
    browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    made = await created(browser)
    answer = await client.delete(f"{TOKENS}/{made['id']}", headers=as_bearer(made))
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")


async def test_a_revoked_token_is_out_at_once(browser: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    made = await created(browser)
    assert (await client.get(TOKENS, headers=as_bearer(made))).status_code == 200
    assert (await browser.delete(f"{TOKENS}/{made['id']}")).status_code == 204
    answer = await client.get(TOKENS, headers=as_bearer(made))
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")
    assert (await browser.get(TOKENS)).json()["items"] == []
    assert (await browser.delete(f"{TOKENS}/{made['id']}")).status_code == 404


async def test_a_script_can_revoke_its_own_token(browser: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    made = await created(browser, scopes=["account:write"])
    assert (await client.delete(f"{TOKENS}/{made['id']}", headers=as_bearer(made))).status_code == 204
    assert (await client.get(TOKENS, headers=as_bearer(made))).status_code == 401


async def test_a_suspended_member_s_tokens_are_out_at_once(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    made = await created(browser)
    assert (await client.get(TOKENS, headers=as_bearer(made))).status_code == 200
    await parvis.database.write(suspend, member.id)
    assert (await client.get(TOKENS, headers=as_bearer(made))).status_code == 401


async def test_a_token_ends_on_its_day_and_stays_listed(
    parvis: Parvis,
    sign_in: SignIn,
    member: Member,
    browser: httpx.AsyncClient,
    client: httpx.AsyncClient,
    moved_clock: clock.MovableClock,
) -> None:
    made = await created(browser, days=365)
    assert datetime.fromisoformat(made["expires_at"]) - clock.now() <= timedelta(days=365)
    moved_clock.advance(timedelta(days=364, hours=23))
    assert (await client.get(TOKENS, headers=as_bearer(made))).status_code == 200
    moved_clock.advance(timedelta(hours=1))
    assert (await client.get(TOKENS, headers=as_bearer(made))).status_code == 401
    again = await sign_in(member)
    assert [item["id"] for item in (await again.get(TOKENS)).json()["items"]] == [made["id"]]


async def test_the_last_use_is_remembered_to_the_hour(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, moved_clock: clock.MovableClock
) -> None:
    made = await created(browser)
    assert made["used_at"] is None
    seen: list[datetime] = []
    for minutes in (0, 2, 70):
        moved_clock.advance(timedelta(minutes=minutes))
        await client.get(TOKENS, headers=as_bearer(made))
        [item] = (await client.get(TOKENS, headers=as_bearer(made))).json()["items"]
        seen.append(datetime.fromisoformat(item["used_at"]))
    assert seen[0] == seen[1] < seen[2]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 81},
        {"name": "two\nlines"},
        {"name": "nul\0"},
        {"scopes": []},
        {"scopes": ["root"]},
        {"scopes": ["account"]},
        {"days": 0},
        {"days": 366},
        {"days": "30"},
        {"days": 1.5},
        {"member_id": str(uuid4())},
    ],
)
async def test_a_wrong_draft_is_refused(browser: httpx.AsyncClient, changed: dict[str, object]) -> None:
    answer = await browser.post(TOKENS, json={**DRAFT, **changed})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [field["path"].split("/")[0] for field in answer.json()["fields"]] == list(changed)


async def test_making_a_token_needs_a_recent_proof(browser: httpx.AsyncClient, moved_clock: clock.MovableClock) -> None:
    moved_clock.advance(timedelta(minutes=11))
    answer = await browser.post(TOKENS, json=DRAFT)
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_required")


async def test_a_token_makes_no_token(browser: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    made = await created(browser, scopes=["account:read", "account:write"])
    assert (await client.post(TOKENS, json=DRAFT, headers=as_bearer(made))).status_code == 403


async def test_the_mobile_client_gives_no_more_than_it_has(
    browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    mobile = MobileClient(client)
    await mobile.connect(browser, scope="account:write")
    answer = await client.post(TOKENS, json=DRAFT, headers=mobile.bearer)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    lesser = {**DRAFT, "scopes": ["account:write"]}
    assert (await client.post(TOKENS, json=lesser, headers=mobile.bearer)).status_code == 201


async def test_somebody_else_s_token_is_not_there(
    parvis: Parvis, sign_in: SignIn, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    made = await created(browser)
    other = await sign_in(await make_member(parvis, "Driss Alaoui"))
    assert (await other.get(TOKENS)).json()["items"] == []
    theirs, none = [(await other.delete(f"{TOKENS}/{id}")) for id in (made["id"], uuid4())]  # noqa: A001
    assert theirs.status_code == none.status_code == 404
    assert (await client.get(TOKENS, headers=as_bearer(made))).status_code == 200


async def test_nobody_is_anonymous_here(client: httpx.AsyncClient) -> None:
    for answer in (await client.get(TOKENS), await client.post(TOKENS, json=DRAFT)):
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_a_retry_shows_the_same_token(browser: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "a-key-of-the-client"}
    first, again = [await browser.post(TOKENS, json=DRAFT, headers=key) for _ in range(2)]
    assert first.json() == again.json()
    assert len((await browser.get(TOKENS)).json()["items"]) == 1


async def test_fifty_tokens_are_enough(parvis: Parvis, member: Member, browser: httpx.AsyncClient) -> None:
    async def fill(session: Any, member_id: UUID) -> None:
        for n in range(50):
            session.add(
                AccessToken(
                    member_id=member_id,
                    name=str(n),
                    token_hash=hash_token(str(n)),
                    scopes=[],
                    expires_at=clock.now() + timedelta(days=1),
                )
            )

    await parvis.database.write(fill, member.id)
    answer = await browser.post(TOKENS, json=DRAFT)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_access_tokens")


async def test_tokens_are_listed_by_pages_newest_first(browser: httpx.AsyncClient) -> None:
    made = [(await created(browser, name=f"n° {n}"))["id"] for n in range(3)]
    first = (await browser.get(TOKENS, params={"limit": 2})).json()
    rest = (await browser.get(TOKENS, params={"limit": 2, "cursor": first["next"]})).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
