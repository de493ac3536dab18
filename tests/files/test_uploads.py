"""Uploads in several requests: taken up again wherever they stopped, never mixed, never counted twice."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha1, sha256
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import COOKIE
from parvis.files import queries
from parvis.files.destinations import Account, Destinations
from parvis.files.models import File
from parvis.files.uploads import service
from parvis.files.uploads.models import Upload
from parvis.files.uploads.queries import whole_upload
from parvis.files.uploads.receiving import make_file
from parvis.files.uploads.upkeep import sweep
from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.errors import NotFound
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, run_jobs
from tests.make.people import make_member

from .tus import SPOKEN, STRETCH, UPLOADS, begin, begun, go_on, offset_of, state_of
from .uploads import send

BIG = bytes(range(256)) * 4096 * 12
"""12 MiB: several objects of a store."""
LIMIT = 16 * 2**20


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"upload_limit": LIMIT, "member_quota": 2 * LIMIT})


@pytest.fixture
async def browser(moved_clock: MovableClock, parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


@pytest.fixture
async def actor(parvis: Parvis, browser: httpx.AsyncClient) -> Actor:
    found = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert found is not None
    return found


async def kept(parvis: Parvis) -> tuple[int, int, int]:
    """How many files, blobs, and uploads with parts there are."""
    async with parvis.database.reading() as session:
        files = await session.scalar(select(func.count()).select_from(File)) or 0
    return files, len([key async for key, _size in parvis.storage.list()]), len(await parvis.storage.parts.all())


async def used(parvis: Parvis, account_id: UUID) -> int:
    async with parvis.database.reading() as session:
        return await queries.bytes_of(session, account_id)


def id_of(url: str) -> UUID:
    return UUID(url.rpartition("/")[2])


async def test_an_upload_in_three_requests_is_one_file(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    url = await begun(browser, len(BIG), "Relevés R1.bin")
    assert (await offset_of(browser, url), (await state_of(browser, url))["file"]) == (0, None)
    at = 0
    for end in (1, 6 * 2**20, len(BIG)):
        reply = await go_on(browser, url, at, BIG[at:end])
        assert (reply.status_code, reply.headers["upload-offset"]) == (204, str(end))
        assert reply.headers["tus-resumable"] == "1.0.0"
        at = end

    state = await state_of(browser, url)
    file = state["file"]
    assert (state["offset"], state["name"], file["name"]) == (len(BIG), "Relevés R1.bin", "Relevés R1.bin")
    assert (file["size"], file["sha256"]) == (len(BIG), sha256(BIG).hexdigest())
    assert (await browser.get(file["url"])).content == BIG
    assert await kept(parvis) == (1, 1, 0)
    assert (await browser.delete(url, headers=SPOKEN)).status_code == 204
    assert (await browser.get(file["url"])).status_code == 200
    assert (await browser.get(url)).status_code == 404


async def test_what_comes_at_once_or_with_the_first_request_is_a_file_too(
    browser: httpx.AsyncClient, parvis: Parvis
) -> None:
    """The last has the bytes of another's file: it is answered as any other."""
    at_once = await begun(browser, len(BIG))
    assert (await go_on(browser, at_once, 0, BIG)).status_code == 204
    empty = await begin(browser, 0, "rien.txt")
    first = await begin(browser, 7, "bonjour.txt", b"bon")
    same = await begin(browser, len(BIG), "le même.bin", BIG)

    assert (first.status_code, first.headers["upload-offset"]) == (201, "3")
    assert (await go_on(browser, first.headers["location"], 3, b"jour")).status_code == 204
    said = [await state_of(browser, url) for url in (at_once, *(r.headers["location"] for r in (empty, first, same)))]
    assert [state["file"]["sha256"] for state in said] == [
        sha256(content).hexdigest() for content in (BIG, b"", b"bonjour", BIG)
    ]
    assert [state["file"]["media_type"] for state in said][1:3] == ["text/plain", "text/plain"]
    assert await kept(parvis) == (4, 3, 0)


async def test_the_server_says_what_it_speaks(browser: httpx.AsyncClient) -> None:
    said = await browser.options(UPLOADS)

    assert (said.status_code, said.headers["tus-version"], said.headers["tus-max-size"]) == (204, "1.0.0", str(LIMIT))
    assert set(said.headers["tus-extension"].split(",")) == {
        *("creation", "creation-with-upload", "termination", "expiration", "checksum")
    }
    assert said.headers["tus-checksum-algorithm"] == "sha256,sha1"
    url = await begun(browser, 3, "é.txt")
    state = await browser.head(url, headers=SPOKEN)
    assert state.headers["upload-metadata"] == f"filename {b64encode('é.txt'.encode()).decode()}"
    assert (state.headers["upload-length"], "GMT" in state.headers["upload-expires"]) == ("3", True)


async def test_what_cannot_be_is_refused_and_changes_nothing(
    browser: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    other = await sign_in(await make_member(parvis, "Yanis Haddad"))
    url = await begun(browser, 10)
    await go_on(browser, url, 0, b"0123")

    async def too_much() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"xx"

    wrong = f"sha256 {b64encode(sha256(b'other').digest()).decode()}"
    answers = {
        "wrong_offset": await go_on(browser, url, 3, b"x"),
        "too_large": await go_on(browser, url, 4, b"x" * 7),
        "too_large ": await go_on(browser, url, 4, too_much()),
        "unsupported_media_type": await go_on(browser, url, 4, b"x", **{"content-type": "text/plain"}),
        "malformed_upload": await go_on(browser, url, "-1", b"x"),
        "malformed_upload ": await go_on(browser, url, 4, b"x", **{"upload-checksum": "md5 AAAA"}),
        "malformed_upload  ": await go_on(browser, url, 4, b"x", **{"upload-checksum": "sha256 %%"}),
        "checksum_mismatch": await go_on(browser, url, 4, b"456789", **{"upload-checksum": wrong}),
        "unknown_tus_version": await go_on(browser, url, 4, b"x", **{"tus-resumable": "0.2.2"}),
        "not_found": await go_on(other, url, 4, b"x"),
        "not_found ": await other.get(url),
        "not_found  ": await other.delete(url, headers=SPOKEN),
        "not_found   ": await go_on(browser, f"{UPLOADS}/{uuid4()}", 0, b"x"),
        "too_large  ": await begin(browser, LIMIT + 1),
        "malformed_upload   ": await begin(browser, "1e9"),
        "malformed_upload    ": await begin(browser, 1, **{"upload-metadata": "filename %%%"}),
        "bad_request": await begin(browser, 1, destination="folder"),
        "not_found    ": await begin(browser, 1, destination=f"drawer:{uuid4()}"),
    }

    assert {why.strip(): reply.json()["code"] for why, reply in answers.items()} == {
        why.strip(): why.strip() for why in answers
    }
    statuses = {"wrong_offset": 409, "too_large": 413, "checksum_mismatch": 460, "unknown_tus_version": 412}
    assert {answers[why].status_code for why in statuses} == set(statuses.values())
    assert all(reply.headers["tus-resumable"] == "1.0.0" for reply in answers.values())
    assert (await other.head(url, headers=SPOKEN)).status_code == 404
    assert await offset_of(browser, url) == 4
    for algorithm, digest in (("sha256", sha256), ("sha1", sha1)):
        at = await offset_of(browser, url)
        piece = b"0123456789"[at : at + 3]
        said = f"{algorithm} {b64encode(digest(piece).digest()).decode()}"
        assert (await go_on(browser, url, at, piece, **{"upload-checksum": said})).status_code == 204
    assert (await state_of(browser, url))["file"]["sha256"] == sha256(b"0123456789").hexdigest()


async def test_room_is_taken_when_an_upload_begins_and_given_back_when_it_does_not_end(
    browser: httpx.AsyncClient, parvis: Parvis, actor: Actor, moved_clock: MovableClock
) -> None:
    begun_first = await begun(browser, LIMIT)
    together = await asyncio.gather(*[begin(browser, LIMIT // 2) for _ in range(4)])
    assert sorted(reply.status_code for reply in together) == [201, 201, 507, 507]
    assert (await send(browser, b"x")).json()["code"] == "quota_exceeded"
    await go_on(browser, begun_first, 0, b"x" * 100)
    assert await used(parvis, actor.id) == 2 * LIMIT

    assert (await browser.delete(begun_first, headers=SPOKEN)).status_code == 204
    assert (await used(parvis, actor.id), (await kept(parvis))[2]) == (LIMIT, 0)
    left = next(reply.headers["location"] for reply in together if reply.status_code == 201)
    await go_on(browser, left, 0, b"x" * 100)
    moved_clock.advance(timedelta(hours=24, minutes=1))
    over = await go_on(browser, left, 100, b"x")
    assert (over.status_code, over.json()["code"]) == (410, "upload_expired")
    assert await used(parvis, actor.id) == 0

    moved_clock.advance(timedelta(hours=1))
    await run_jobs(parvis)
    assert (await browser.get(left)).status_code == 404
    assert await kept(parvis) == (0, 0, 0)


async def test_an_upload_counts_for_where_it_goes(browser: httpx.AsyncClient, parvis: Parvis, actor: Actor) -> None:
    shelf, doors = Account(new_id(), 100), {"open": True}

    async def answer(_session: Any, _actor: Actor, _id: UUID) -> Account:
        if not doors["open"]:
            raise NotFound
        return shelf

    parvis.part(Destinations).register("shelf", answer)
    where = f"shelf:{shelf.id}"
    url = await begun(browser, 80, destination=where)
    assert (await begin(browser, 21, destination=where)).status_code == 507
    assert [await used(parvis, account) for account in (shelf.id, actor.id)] == [80, 0]
    await go_on(browser, url, 0, b"x" * 40)
    doors["open"] = False
    assert (await go_on(browser, url, 40, b"x" * 40)).status_code == 404
    doors["open"] = True
    await go_on(browser, url, 40, b"x" * 40)

    assert ((await state_of(browser, url))["destination"], await used(parvis, shelf.id)) == (where, 80)
    async with parvis.database.reading() as session:
        [file] = (await session.scalars(select(File))).all()
    assert (file.account_id, file.owner_id) == (shelf.id, actor.id)


async def brought(browser: httpx.AsyncClient, app: FastAPI, url: str, offset: int, content: bytes) -> int:
    """One request that brings so much of what it announced, and is cut. Returns its answer's status."""
    request = browser.build_request(
        "PATCH", url, headers={**SPOKEN, "content-type": STRETCH, "upload-offset": str(offset)}
    )
    arriving: list[dict[str, Any]] = [
        {"type": "http.request", "body": content[at : at + 65536], "more_body": True}
        for at in range(0, len(content), 65536)
    ]
    arriving.append({"type": "http.disconnect"})
    scope = {
        "type": "http",
        "method": "PATCH",
        "path": url,
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("203.0.113.7", 4711),
    }
    answered: list[Any] = []

    async def receive() -> Any:
        return arriving.pop(0)

    async def answer(message: Any) -> None:
        answered.append(message)

    await app(scope, receive, answer)
    return int(answered[0]["status"])


async def test_an_upload_that_is_cut_goes_on_where_it_was_cut(
    browser: httpx.AsyncClient, app: FastAPI, parvis: Parvis
) -> None:
    url, cuts = await begun(browser, len(BIG)), (0, 1, 65537, 2**20, 5 * 2**20 - 1, 11 * 2**20)
    at = 0
    for cut in cuts:
        assert await brought(browser, app, url, at, BIG[at:cut]) == 400
        at = await offset_of(browser, url)
        assert at == cut
    assert (await go_on(browser, url, at, BIG[at:])).status_code == 204

    assert (await state_of(browser, url))["file"]["sha256"] == sha256(BIG).hexdigest()
    assert await kept(parvis) == (1, 1, 0)


async def test_two_requests_at_once_are_never_mixed(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    """The first is taken for dead and comes back when the second has gone on."""
    url, may_go_on, has_begun = await begun(browser, len(BIG)), asyncio.Event(), asyncio.Event()

    async def stalled() -> AsyncIterator[bytes]:
        yield b"\xff" * (6 * 2**20)
        has_begun.set()
        await may_go_on.wait()
        yield b"\xff" * (6 * 2**20)

    first = asyncio.create_task(go_on(browser, url, 0, stalled()))
    await has_begun.wait()
    at = await offset_of(browser, url)
    second = await go_on(browser, url, at, BIG[at : 11 * 2**20])
    may_go_on.set()
    refused = await first
    reached = await offset_of(browser, url)
    assert (second.status_code, reached) == (204, 11 * 2**20)
    assert (refused.status_code, refused.json()["code"]) == (409, "upload_taken_over")
    await go_on(browser, url, reached, BIG[reached:])

    expected = b"\xff" * at + BIG[at:]
    assert (await state_of(browser, url))["file"]["sha256"] == sha256(expected).hexdigest()
    assert await kept(parvis) == (1, 1, 0)


async def test_another_process_ends_what_one_that_died_had_received(
    browser: httpx.AsyncClient, parvis: Parvis, actor: Actor, moved_clock: MovableClock
) -> None:
    """It died after the last byte, or after it had made the blob, or when all but its parts was done."""
    urls = [await begun(browser, 3) for _ in range(3)]
    for number, url in enumerate(urls):
        upload = await parvis.database.write(service.take_turn, actor, id_of(url), 0, 3, parvis.part(Destinations))
        content = f"n°{number}".encode()[-3:]

        async def pieces(content: bytes = content) -> AsyncIterator[bytes]:
            yield content

        async for part in parvis.storage.parts.keep(upload.folder, pieces()):
            await parvis.database.write(service.say_safe, upload.id, upload.turn, 0, [part])
        async with parvis.database.reading() as session:
            found = await whole_upload(session, upload.id)
        assert found is not None
        if number:
            await parvis.storage.join(found[1])
    assert [(await state_of(browser, url))["file"] for url in urls] == [None, None, None]
    assert [await offset_of(browser, url) for url in urls] == [3, 3, 3]

    moved_clock.advance(timedelta(seconds=31))
    await run_jobs(parvis)
    await make_file(parvis, id_of(urls[0]))

    made = [(await state_of(browser, url))["file"]["sha256"] for url in urls]
    assert made == [sha256(f"n°{number}".encode()[-3:]).hexdigest() for number in range(3)]
    assert (await kept(parvis), await used(parvis, actor.id)) == ((3, 3, 0), 9)


async def test_parts_of_no_upload_are_swept_and_others_are_not(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    url = await begun(browser, 10)
    await go_on(browser, url, 0, b"01234")

    async def pieces() -> AsyncIterator[bytes]:
        yield b"left behind"

    async for part in parvis.storage.parts.keep(new_id().hex, pieces()):
        assert part.size == 11
    assert (await kept(parvis))[2] == 2

    assert (await sweep(parvis), await sweep(parvis)) == (1, 0)
    assert (await go_on(browser, url, 5, b"56789")).status_code == 204
    async with parvis.database.reading() as session:
        [upload] = (await session.scalars(select(Upload))).all()
    assert upload.finished_at is not None
