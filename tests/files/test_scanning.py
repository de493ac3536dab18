"""Files are scanned by ClamAV's own daemon before others read them, where the organisation runs one."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy import select

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import COOKIE
from parvis.files import scanning, service
from parvis.files.destinations import Account
from parvis.files.models import File
from parvis.files.readers import Readers, everybody
from parvis.kernel.audit import AuditEntry
from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import NotNow
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, serving
from tests.make.clamav import STREAM, clamd
from tests.make.hostile_files import EICAR
from tests.make.people import make_member

from .uploads import upload


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with clamd(tmp_path_factory.mktemp("clamd")) as socket:
        yield socket


@pytest.fixture
async def app(settings: Settings, daemon: str) -> AsyncIterator[FastAPI]:
    async with serving(settings.model_copy(update={"clamd": f"unix://{daemon}"})) as running:
        yield running


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


async def shared(
    parvis: Parvis, browser: httpx.AsyncClient, content: bytes, holder: Account | None = None
) -> dict[str, Any]:
    """An upload that everybody might read. `holder`: whose the place is where it stands."""
    made = await upload(browser, content)
    actor = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert isinstance(actor, Actor)
    parvis.part(Readers).register("poster", everybody)
    await parvis.database.write(service.claim, actor, UUID(made["id"]), "poster", new_id(), holder)
    return made


async def test_others_read_a_file_once_it_is_found_clean(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    honest, evil, large = [await shared(parvis, browser, one) for one in (b"Bonjour.", EICAR, b"x" * (STREAM + 1))]
    placed, harm = [await shared(parvis, browser, one, Account(new_id(), 999)) for one in (b"Au mur.", EICAR)]

    async def read(by: httpx.AsyncClient) -> list[int]:
        return [(await by.get(one["url"])).status_code for one in (honest, evil, large, placed, harm)]

    assert (await read(browser), await read(client)) == ([200] * 5, [404] * 5)
    while await parvis.jobs.run_once():
        pass
    assert (await read(browser), await read(client)) == ([200, 403, 200, 200, 403], [200, 404, 404, 200, 404])
    for path in ("", "/preview"):
        assert (await browser.get(f"{evil['url']}{path}")).json()["code"] == "quarantined"
    states = [(await browser.get(f"{one['url']}/preview")).json()["scan"] for one in (honest, large)]
    assert states == ["clean", "unscannable"]
    async with parvis.database.reading() as session:
        entries = list(await session.scalars(select(AuditEntry).where(AuditEntry.action == "file.quarantined")))
    assert sorted((entry.subject_id, entry.detail["finding"]) for entry in entries) == sorted(
        (one["id"], "Parvis.Test.UNOFFICIAL") for one in (evil, harm)
    )


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_came_before_the_scanner_is_scanned_when_a_worker_begins(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    made = await shared(parvis, browser, b"Bonjour.")
    while await parvis.jobs.run_once():
        pass

    async def came_before(session: Any) -> None:
        file = await session.get(File, UUID(made["id"]))
        file.scan = None

    await parvis.database.write(came_before)
    assert (await client.get(made["url"])).status_code == 404
    await parvis.database.write(scanning.schedule)
    while await parvis.jobs.run_once():
        pass
    assert (await client.get(made["url"])).status_code == 200


async def test_while_it_does_not_answer_files_wait(tmp_path: Path) -> None:
    """Nor when it says what no scanner says."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"x"

    async def babbles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(b"zINSTREAM\0") + 9)
        writer.write(b"UNKNOWN COMMAND\0")
        writer.close()

    async with await asyncio.start_server(babbles, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for address in (f"unix://{tmp_path}/nobody", "tcp://127.0.0.1:1", f"tcp://127.0.0.1:{port}"):
            with pytest.raises(NotNow):
                await scanning.Clamd(address).scan(pieces())


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "http://127.0.0.1:3310", "tcp://localhost", "unix://host/path"])
def test_an_address_says_how_it_is_reached(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(clamd=address)
