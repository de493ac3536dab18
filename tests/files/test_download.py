"""Downloading: to whom, and how."""

from uuid import UUID, uuid4

import httpx
import pytest

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import COOKIE
from parvis.files import service
from parvis.files.readers import Readers, everybody
from parvis.kernel.errors import NotFound
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member

from .uploads import FILES, upload

TEN = b"0123456789"


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


async def actor_of(parvis: Parvis, browser: httpx.AsyncClient) -> Actor:
    actor = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert actor is not None
    return actor


async def test_an_unclaimed_file_is_its_owners_alone(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    other = await sign_in(await make_member(parvis, "Yanis Haddad"))
    admin = await sign_in(await make_member(parvis, "Paul Aubry", roles=["administrator"]))
    made = await upload(browser, TEN)

    for stranger in (other, admin, client):
        hidden, unknown = await stranger.get(made["url"]), await stranger.get(f"{FILES}/{uuid4()}")
        assert (hidden.status_code, unknown.status_code) == (404, 404)
        assert {**hidden.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    assert (await browser.get(made["url"])).content == TEN


async def test_whoever_claims_a_file_says_who_reads_it(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    public, secret = await upload(browser, b"public"), await upload(browser, b"secret")
    actor = await actor_of(parvis, browser)
    parvis.part(Readers).register("poster", everybody)
    await parvis.database.write(service.claim, actor, UUID(public["id"]), "poster", new_id())
    await parvis.database.write(service.claim, actor, UUID(secret["id"]), "diary", new_id())

    assert (await client.get(public["url"])).content == b"public"
    assert (await client.get(secret["url"])).status_code == 404
    assert (await browser.get(secret["url"])).content == b"secret"


async def test_a_file_is_claimed_once_and_by_its_owner(
    browser: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    other = await actor_of(parvis, await sign_in(await make_member(parvis, "Yanis Haddad")))
    mine = await actor_of(parvis, browser)
    made = await upload(browser, TEN)

    with pytest.raises(NotFound):
        await parvis.database.write(service.claim, other, UUID(made["id"]), "poster", new_id())
    await parvis.database.write(service.claim, mine, UUID(made["id"]), "poster", new_id())
    with pytest.raises(NotFound):
        await parvis.database.write(service.claim, mine, UUID(made["id"]), "poster", new_id())


async def test_a_suspended_owner_reads_nothing_more(
    browser: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    made = await upload(browser, TEN)
    owner = await actor_of(parvis, browser)
    admin = await sign_in(await make_member(parvis, "Paul Aubry", roles=["administrator"]))

    assert (await admin.put(f"/api/v1/people/{owner.id}/suspension")).status_code == 200

    assert (await browser.get(made["url"])).status_code in {401, 404}


async def test_a_known_version_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    made = await upload(browser, TEN)
    etag = (await browser.get(made["url"])).headers["etag"]

    again = await browser.get(made["url"], headers={"if-none-match": f'"other", W/{etag}'})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert again.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "asked, status, content, content_range",
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, TEN, "bytes 0-9/10"),
        ("bytes=4-99", 206, b"456789", "bytes 4-9/10"),
        ("bytes=9-9", 206, b"9", "bytes 9-9/10"),
        ("bytes=10-", 416, None, "bytes */10"),
        ("bytes=-0", 416, None, "bytes */10"),
        ("bytes=99999999999999999-", 416, None, "bytes */10"),
        ("bytes=5-2", 200, TEN, None),
        ("bytes=0-1,4-5", 200, TEN, None),
        ("bytes=" + ",".join(["0-"] * 200), 200, TEN, None),
        ("bytes=-", 200, TEN, None),
        ("lines=0-1", 200, TEN, None),
        ("bytes=a-b", 200, TEN, None),
    ],
)
async def test_a_part_is_sent_when_a_part_is_asked_for(
    asked: str, status: int, content: bytes | None, content_range: str | None, browser: httpx.AsyncClient
) -> None:
    made = await upload(browser, TEN)

    got = await browser.get(made["url"], headers={"range": asked})

    assert (got.status_code, got.headers.get("content-range")) == (status, content_range)
    if content is None:
        assert got.json()["code"] == "range_not_satisfiable"
    else:
        assert (got.content, got.headers["content-length"]) == (content, str(len(content)))


async def test_a_part_of_an_older_version_is_answered_by_the_whole(browser: httpx.AsyncClient) -> None:
    made = await upload(browser, TEN)
    etag = (await browser.get(made["url"])).headers["etag"]

    same = await browser.get(made["url"], headers={"range": "bytes=0-1", "if-range": etag})
    older = await browser.get(made["url"], headers={"range": "bytes=0-1", "if-range": '"older"'})

    assert (same.status_code, same.content) == (206, b"01")
    assert (older.status_code, older.content) == (200, TEN)


async def test_a_file_whose_blob_is_gone_is_not_found(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    made = await upload(browser, TEN)
    async for key, _size in parvis.storage.list():
        await parvis.storage.delete(key)

    assert (await browser.get(made["url"])).status_code == 404


async def test_a_token_needs_the_scope_to_read_and_to_upload(
    browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    made = await upload(browser, TEN)
    bearers = {}
    for scope in ("files:read", "files:write"):
        draft = {"name": scope, "scopes": [scope], "days": 30}
        token = await browser.post("/api/v1/me/tokens", json=draft)
        assert token.status_code == 201, token.text
        bearers[scope] = {"authorization": f"Bearer {token.json()['token']}"}

    assert (await client.get(made["url"], headers=bearers["files:read"])).content == TEN
    refused = await client.get(made["url"], headers=bearers["files:write"])
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    assert (await client.post(FILES, content=TEN, headers=bearers["files:write"])).status_code == 201
    assert (await client.post(FILES, content=TEN, headers=bearers["files:read"])).status_code == 403
