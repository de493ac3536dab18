"""What `bench/writer.py` measures: one route without a store (the limit, L), and the same route that keeps a post."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar, cast
from uuid import UUID

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bench.writer_tables import ROOM, Guest, Line, Room
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.events import Event, record, write_recorded
from parvis.kernel.ids import new_id


class LineSaid(Event):
    type: ClassVar[str] = "line.said"
    room_id: UUID
    line_id: UUID
    number: int
    body: str

    def topic(self) -> str:
        return f"conversation:{self.room_id}"


class Draft(BaseModel):
    sender: int
    client_id: str
    body: str


class Posted(BaseModel):
    id: UUID
    number: int
    client_id: str


ROOMS, GUESTS, LINES = (cast(Table, table.__table__) for table in (Room, Guest, Line))
_is_guest = select(GUESTS.c.sender).where(GUESTS.c.room_id == ROOM, GUESTS.c.sender == bindparam("sender"))
_next_number = (
    update(ROOMS).where(ROOMS.c.id == ROOM).values(last_number=ROOMS.c.last_number + 1).returning(ROOMS.c.last_number)
)
_insert = insert(LINES)


async def say(session: AsyncSession, draft: Draft) -> Posted:
    """Membership, the gap-free number, the row and the fact: what a chat message needs."""
    if await session.scalar(_is_guest, {"sender": draft.sender}) is None:
        raise LookupError("not in this room")
    number = await session.scalar(_next_number) or 0
    line_id = new_id()
    row = {"id": line_id, "room_id": ROOM, "number": number, **draft.model_dump()}
    await session.execute(_insert, [row])
    record(session, LineSaid(room_id=ROOM, line_id=line_id, number=number, body=draft.body))
    return Posted(id=line_id, number=number, client_id=draft.client_id)


database = Database(os.environ["BENCH_DATABASE_URL"], commit_delay=float(os.environ.get("BENCH_COMMIT_DELAY", "0")))
database.before_commit.append(write_recorded)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    await database.start()
    yield
    await database.stop()


app = FastAPI(lifespan=lifespan)


@app.post("/bare", status_code=201)
async def bare(draft: Draft) -> Posted:
    return Posted(id=new_id(), number=int(clock.now().timestamp()), client_id=draft.client_id)


@app.post("/kept", status_code=201)
async def kept(draft: Draft) -> Posted:
    return await database.write(say, draft)
