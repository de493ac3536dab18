"""Uploading: streamed, counted, hashed, limited."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.files.models import File
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.people import make_member

from .uploads import FILES, repr_digest, send, upload

LIMIT = 2 * 2**20
"""Above what other requests may carry."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"upload_limit": LIMIT, "member_quota": 3 * LIMIT})


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


async def files_kept(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(File)) or 0


async def blobs_kept(parvis: Parvis) -> int:
    return len([key async for key, _size in parvis.storage.list()])


async def test_a_file_comes_back_as_it_was_sent(browser: httpx.AsyncClient) -> None:
    content = bytes(range(256)) * 3000

    made = await upload(browser, content, "Relevés R1 à R3.bin")
    got = await browser.get(made["url"])

    assert made["name"] == "Relevés R1 à R3.bin"
    assert (made["size"], made["sha256"]) == (len(content), sha256(content).hexdigest())
    assert made["media_type"] == "application/octet-stream"
    assert (got.status_code, got.content) == (200, content)
    assert "filename*=UTF-8''Relev%C3%A9s%20R1%20%C3%A0%20R3.bin" in got.headers["content-disposition"]


async def test_an_empty_file_is_a_file(browser: httpx.AsyncClient) -> None:
    made = await upload(browser, b"")

    got = await browser.get(made["url"])

    assert (made["size"], got.status_code, got.content) == (0, 200, b"")


async def test_the_largest_upload_passes_and_one_byte_more_does_not(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    async def without_length(size: int) -> AsyncIterator[bytes]:
        for start in range(0, size, 100_000):
            yield b"x" * min(100_000, size - start)

    assert (await upload(browser, b"x" * LIMIT))["size"] == LIMIT
    announced = await send(browser, b"x" * (LIMIT + 1))
    streamed = await send(browser, without_length(LIMIT + 1))

    for refused in (announced, streamed):
        assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert (await files_kept(parvis), await blobs_kept(parvis)) == (1, 1)


async def test_each_file_counts_in_full_even_when_its_bytes_are_known(
    browser: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    """Else the answer would tell who has the same file."""
    other = await sign_in(await make_member(parvis, "Yanis Haddad"))
    await upload(other, b"x" * LIMIT)
    for _ in range(3):
        await upload(browser, b"x" * LIMIT)

    announced = await send(browser, b"x")

    assert (announced.status_code, announced.json()["code"]) == (507, "quota_exceeded")
    assert await blobs_kept(parvis) == 1


async def test_a_stream_that_outgrows_the_quota_is_cut(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    for place in range(5):
        await upload(browser, bytes([place]) * (LIMIT // 2))

    async def without_length() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * 100_000

    refused = await send(browser, without_length())

    assert (refused.status_code, refused.json()["code"]) == (507, "quota_exceeded")
    assert await blobs_kept(parvis) == 5


async def test_fifty_uploads_at_once_stay_within_the_quota(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    """Each fits when it begins; together they do not."""
    replies = await asyncio.gather(*[send(browser, bytes([place]) * (LIMIT // 4)) for place in range(50)])

    assert sorted(reply.status_code for reply in replies) == [201] * 12 + [507] * 38
    assert await files_kept(parvis) == 12


async def test_a_digest_is_verified(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    content = b"Protocole de relev\xc3\xa9s"

    right = await send(browser, content, **{"repr-digest": f"sha-512=:AAAA:, {repr_digest(content)}"})
    wrong = await send(browser, content, **{"repr-digest": repr_digest(b"autre chose")})
    unreadable = await send(browser, content, **{"repr-digest": "sha-256=:zzz:"})
    misspelt = await send(browser, content, **{"repr-digest": f"sha-256=:{'=' * 44}:"})
    unknown = await send(browser, content, **{"repr-digest": "md5=:AAAA:"})

    assert (right.status_code, unknown.status_code) == (201, 201)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "digest_mismatch")
    for refused in (unreadable, misspelt):
        assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")
    assert await blobs_kept(parvis) == 1


def on_disk(settings: Settings) -> list[Path]:
    """Every file in the store, also those half received."""
    return [path for path in Path(settings.storage.removeprefix("file://")).rglob("*") if path.is_file()]


@pytest.mark.parametrize("pieces", [0, 1, 3])
async def test_an_upload_that_breaks_off_leaves_nothing(
    pieces: int, browser: httpx.AsyncClient, app: FastAPI, parvis: Parvis, settings: Settings
) -> None:
    arriving = [{"type": "http.request", "body": b"x" * 300_000, "more_body": True} for _ in range(pieces)]
    arriving.append({"type": "http.disconnect"})
    request = browser.build_request("POST", FILES)
    scope = {
        "type": "http",
        "method": "POST",
        "path": FILES,
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("203.0.113.7", 4711),
    }

    async def receive() -> Any:
        return arriving.pop(0)

    async def send(message: Any) -> None:
        answered.append(message)

    answered: list[Any] = []
    await app(scope, receive, send)

    assert answered[0]["status"] == 400
    assert (await files_kept(parvis), on_disk(settings)) == (0, [])


async def test_a_form_is_not_a_file(browser: httpx.AsyncClient) -> None:
    reply = await browser.post(FILES, files={"file": b"octets"})

    assert (reply.status_code, reply.json()["code"]) == (415, "unsupported_media_type")


async def test_a_retried_upload_makes_one_file(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    key = {"idempotency-key": "carnet-de-terrain"}

    first, second = await send(browser, b"carnet", **key), await send(browser, b"carnet", **key)
    other = await send(browser, b"autre", **key)

    assert first.json() == second.json()
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert await files_kept(parvis) == 1


async def test_nobody_uploads_without_signing_in(client: httpx.AsyncClient, parvis: Parvis) -> None:
    assert (await send(client, b"x")).status_code == 401
    assert (await files_kept(parvis), await blobs_kept(parvis)) == (0, 0)


async def test_an_upload_costs_as_many_queries_whatever_was_uploaded_before(
    browser: httpx.AsyncClient, counted_queries: CountedQueries
) -> None:
    costs = []
    await upload(browser, b"la premi\xc3\xa8re")
    for round_number in range(2):
        for place in range(10):
            await upload(browser, f"{round_number} {place}".encode())
        with counted_queries() as queries:
            await upload(browser, f"{round_number} combien".encode())
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 8


async def test_a_file_that_nothing_uses_is_deleted_by_its_owner_alone(
    browser: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    made = await upload(browser, b"un brouillon")
    stranger = await sign_in(await make_member(parvis, "Hugo Ferreira"))
    unknown = f"{FILES}/018f0000-0000-7000-8000-000000000000"

    refused, absent = await stranger.delete(made["url"]), await stranger.delete(unknown)
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert (await browser.delete(made["url"])).status_code == 204
    assert (await browser.get(made["url"])).status_code == 404
    assert (await browser.delete(made["url"])).status_code == 404
    assert await files_kept(parvis) == 0


async def test_a_file_in_use_is_not_deleted_from_under_what_shows_it(
    browser: httpx.AsyncClient, parvis: Parvis
) -> None:
    made = await upload(browser, b"en service")

    async def use(session: AsyncSession) -> None:
        await session.execute(update(File).values(claimed_kind="something", claimed_id=UUID(made["id"])))

    await parvis.database.write(use)
    refused = await browser.delete(made["url"])
    assert (refused.status_code, refused.json()["code"]) == (409, "in_use")
    assert (await browser.get(made["url"])).content == b"en service"
