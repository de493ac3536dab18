"""For whom files count: who sends them, or whom the place says where they go."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import COOKIE
from parvis.files import queries, service
from parvis.files.destinations import Account, Destinations
from parvis.files.models import File
from parvis.files.readers import Readers
from parvis.files.service import QuotaExceeded
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.ids import new_id
from parvis.kernel.personal_data import PersonalData
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member

from .uploads import FILES, send

ROOM = 1000


class Shelves:
    """Places of a feature: whoever is in one may put files there, and they count for it."""

    def __init__(self) -> None:
        self.here, self.elsewhere = Account(new_id(), ROOM), Account(new_id(), ROOM)
        self.open, self.people = {self.here.id: self.here, self.elsewhere.id: self.elsewhere}, set[UUID]()

    async def answer(self, _session: AsyncSession, actor: Actor, shelf_id: UUID) -> Account:
        if shelf_id not in self.open:
            raise NotFound
        if actor.id not in self.people:
            raise Forbidden
        return self.open[shelf_id]


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


@pytest.fixture
async def actor(parvis: Parvis, browser: httpx.AsyncClient) -> Actor:
    found = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert found is not None
    return found


@pytest.fixture
def shelves(parvis: Parvis, actor: Actor) -> Shelves:
    made = Shelves()
    made.people.add(actor.id)
    parvis.part(Destinations).register("shelf", made.answer)
    return made


async def put(browser: httpx.AsyncClient, size: int, where: object) -> httpx.Response:
    return await browser.post(FILES, content=b"x" * size, params={"destination": str(where)})


async def used(parvis: Parvis, *accounts: Account | Actor) -> list[int]:
    async with parvis.database.reading() as session:
        return [await queries.bytes_of(session, account.id) for account in accounts]


async def test_what_goes_to_a_place_counts_for_it_alone(
    browser: httpx.AsyncClient, parvis: Parvis, actor: Actor, shelves: Shelves
) -> None:
    here = f"shelf:{shelves.here.id}"

    assert (await put(browser, 600, here)).status_code == 201
    full = await put(browser, 401, here)
    assert (full.status_code, full.json()["code"]) == (507, "quota_exceeded")
    together = await asyncio.gather(*[put(browser, 300, here) for _ in range(4)])

    assert sorted(reply.status_code for reply in together) == [201, 507, 507, 507]
    assert await used(parvis, shelves.here, shelves.elsewhere, actor) == [900, 0, 0]


async def test_nothing_is_put_where_one_may_not(
    browser: httpx.AsyncClient, parvis: Parvis, actor: Actor, shelves: Shelves
) -> None:
    hidden = await put(browser, 1, f"shelf:{uuid4()}")
    unknown = await put(browser, 1, f"drawer:{shelves.here.id}")
    unreadable = await put(browser, 1, "shelf:../../etc")
    assert (hidden.status_code, unknown.status_code, unreadable.status_code) == (404, 404, 400)
    assert {**hidden.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}

    async def shown_out() -> AsyncIterator[bytes]:
        yield b"x"
        shelves.people.clear()
        yield b"x"

    here = {"destination": f"shelf:{shelves.here.id}"}
    refused = await browser.post(FILES, content=shown_out(), params=here)

    assert (refused.status_code, (await put(browser, 1, f"shelf:{shelves.here.id}")).status_code) == (403, 403)
    assert await used(parvis, shelves.here, actor) == [0, 0]


async def test_what_is_put_in_a_place_counts_with_it(
    browser: httpx.AsyncClient, parvis: Parvis, actor: Actor, shelves: Shelves
) -> None:
    """A file that was sent without saying where, and copied: the place says how much is in it, and who reads there."""
    file_id = UUID((await send(browser, b"x" * 600)).json()["id"])
    assert await used(parvis, actor, shelves.here, shelves.elsewhere) == [600, 0, 0]

    with pytest.raises(QuotaExceeded):
        await parvis.database.write(service.claim, actor, file_id, "book", new_id(), Account(shelves.here.id, 599))
    await parvis.database.write(service.claim, actor, file_id, "book", new_id(), shelves.here)
    assert await used(parvis, actor, shelves.here, shelves.elsewhere) == [0, 0, 0]

    async with parvis.database.reading() as session:
        file = await session.get_one(File, file_id)
    full = Account(shelves.elsewhere.id, 599)
    with pytest.raises(QuotaExceeded):
        await parvis.database.write(service.duplicate, file, actor, full, "book", new_id())
    copy = await parvis.database.write(service.duplicate, file, actor, shelves.here, "book", new_id(), "Copie/../b.txt")
    assert (copy.sha256, copy.name, copy.claimed_kind) == (file.sha256, "b.txt", "book")
    assert await used(parvis, actor, shelves.here, shelves.elsewhere) == [0, 0, 0]
    await parvis.database.write(service.rename, copy.id, "Carnet ?.txt")
    got = await browser.get(f"{FILES}/{copy.id}")
    assert got.status_code == 404  # It counts with the shelf: who uploaded it reads it as others do.

    async def readers(_session: AsyncSession, reader: Actor | None, _file: File) -> bool:
        return reader is not None and reader.id in shelves.people

    parvis.part(Readers).register("book", readers)
    got = await browser.get(f"{FILES}/{copy.id}")
    assert (got.status_code, "Carnet%20_.txt" in got.headers["content-disposition"]) == (200, True)
    shelves.people.clear()
    assert (await browser.get(f"{FILES}/{copy.id}")).status_code == 404


async def test_who_leaves_takes_what_counts_for_him_and_leaves_the_rest(
    browser: httpx.AsyncClient, parvis: Parvis, actor: Actor, shelves: Shelves, sign_in: SignIn
) -> None:
    stays = (await put(browser, 10, f"shelf:{shelves.here.id}")).json()["id"]
    await send(browser, b"mine")
    guest = await sign_in(await make_member(parvis, "Hugo Ferreira"))
    by_another = UUID((await send(guest, b"his, in my space")).json()["id"])
    counted = update(File).where(File.id == by_another).values(account_id=actor.id)
    await parvis.database.write(AsyncSession.execute, counted)

    data = parvis.part(PersonalData)
    for held in reversed([held for held in data.holdings() if held.table is File.__table__]):
        await parvis.database.write(data.erase, held, actor.id)

    async with parvis.database.reading() as session:
        left = (await session.scalars(select(File))).all()
    assert [(str(file.id), file.owner_id, file.account_id) for file in left] == [(stays, None, shelves.here.id)]
