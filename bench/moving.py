"""A folder with 100,000 files goes to another space and back, while others write.

    .venv/bin/python -m bench.moving

`move`: what the request takes, in the same process as the server. `waited`: the longest that somebody waited who makes
folders in one of the two spaces meanwhile; `others`: who writes something else. `found there`: until its documents are
found where they are now, which a job says afterwards. `BENCH_DOCUMENTS`: how many; `BENCH_FOLDERS`: in how many
folders. With `PARVIS_TEST_POSTGRES_URL`, on PostgreSQL too.
"""

import asyncio
import os
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import Engine, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bench.chat import keep
from bench.directory import serving
from bench.documents import on_each, prepare
from parvis.accounts.models import Organisation
from parvis.documents.models import Document, DocumentVersion, Folder, Guard, GuardSource
from parvis.documents.queries.documents import ENTRY, KIND
from parvis.files.models import File
from parvis.files.places import IN_A_PLACE
from parvis.kernel.db import Database
from parvis.kernel.entries.models import Entry
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "100000"))
FOLDERS = int(os.environ.get("BENCH_FOLDERS", "1000"))
APART = 200
"""Documents with rights of their own."""
API = "/api/v1"


async def main() -> None:
    print(f"{'':<12}{'':<12}{'move':>10}{'waited':>10}{'others':>10}{'found there':>14}", flush=True)
    await on_each(measure)


async def measure(url: str) -> None:
    token, folder_id = prepare(url, fill, "owner", ("documents:read", "documents:write"))
    headers = {"authorization": f"Bearer {token}"}
    async with serving(url) as (parvis, client):
        client.headers.update(headers)
        spaces = {one["kind"]: one for one in (await asked(client, f"{API}/documents/spaces"))["items"]}
        for goes, to in (("to one's own", "own"), ("back", "community")):
            figures = await move(client, parvis, folder_id, spaces[to]["folder_id"], spaces)
            print(f"{parvis.database.dialect:<12}{goes:<12}{figures}", flush=True)
        counted = {one["kind"]: one["used"] for one in (await asked(client, f"{API}/documents/spaces"))["items"]}
        assert counted == {"own": 0, "community": DOCUMENTS}, counted


async def move(
    client: httpx.AsyncClient, parvis: Parvis, folder_id: UUID, to: str, spaces: Mapping[str, Mapping[str, Any]]
) -> str:
    tag = (await client.get(f"{API}/folders/{folder_id}")).headers["etag"]
    is_over = asyncio.Event()
    writing = [asyncio.create_task(writes(client, spaces[kind]["folder_id"], is_over)) for kind in ("community", "own")]
    elsewhere = asyncio.create_task(says(parvis.database, is_over))
    start = perf_counter()
    moved = await client.patch(f"{API}/folders/{folder_id}", json={"parent_id": to}, headers={"if-match": tag})
    took = perf_counter() - start
    is_over.set()
    assert moved.status_code == 200, moved.text
    waited, others = max(await asyncio.gather(*writing)), await elsewhere
    start = perf_counter()
    while await parvis.jobs.run_once():
        pass
    async with parvis.database.reading() as session:
        there = await session.scalar(select(func.count()).where(Entry.place_id == UUID(to), Entry.kind == ENTRY))
    assert there == DOCUMENTS, there
    return f"{took:>8.2f} s{waited:>8.2f} s{others:>8.2f} s{perf_counter() - start:>12.1f} s"


async def writes(client: httpx.AsyncClient, space: str, is_over: asyncio.Event) -> float:
    longest = 0.0
    while not is_over.is_set():
        start = perf_counter()
        made = await client.post(f"{API}/folders/{space}/folders", json={"name": new_id().hex})
        assert made.status_code == 201, made.text
        longest = max(longest, perf_counter() - start)
    return longest


async def says(database: Database, is_over: asyncio.Event) -> float:
    """Writes that have nothing to do with documents."""
    longest = 0.0
    while not is_over.is_set():
        start = perf_counter()
        await database.write(AsyncSession.execute, update(Organisation).values(short_name="U"))
        longest = max(longest, perf_counter() - start)
    return longest


async def asked(client: httpx.AsyncClient, path: str) -> dict[str, list[dict[str, Any]]]:
    reply = await client.get(path)
    assert reply.status_code == 200, reply.text
    found: dict[str, list[dict[str, Any]]] = reply.json()
    return found


def fill(engine: Engine, owner: UUID, folder_id: UUID, guarded: dict[str, Any]) -> None:
    """So many documents in so many folders, of which every hundredth has rights of its own."""
    space_id = guarded["space_id"]
    placed = {"space_id": space_id, "parent_id": folder_id, "depth": 2}
    inside = [new_id() for _ in range(FOLDERS)]
    keep(engine, Guard, [{"id": id_, **guarded} for id_ in inside[::100]])
    for source in (None, space_id):
        keep(engine, GuardSource, [{"guard_id": id_, "source_id": source or id_} for id_ in inside[::100]])
    apart = set(inside[::100])
    folders = [{"id": id_, "guard_id": id_ if id_ in apart else space_id, "name": id_.hex} for id_ in inside]
    keep(engine, Folder, [{**one, "sort_key": one["name"], **placed} for one in folders])
    about = {"size": 1, "media_type": "text/plain", "created_by": owner}
    for first in range(0, DOCUMENTS, 10_000):
        ids = [(new_id(), new_id()) for _ in range(min(10_000, DOCUMENTS - first))]
        _keep_some(engine, owner, inside, ids, about, space_id)
    with engine.begin() as connection:
        connection.execute(update(Folder).where(Folder.id == space_id).values(used=DOCUMENTS))


def _keep_some(
    engine: Engine,
    owner: UUID,
    inside: Sequence[UUID],
    ids: Sequence[tuple[UUID, UUID]],
    about: dict[str, Any],
    space_id: UUID,
) -> None:
    counts = {"account_id": IN_A_PLACE, "owner_id": owner, "claimed_kind": KIND, "size": 1, "media_type": "text/plain"}
    files = [{"id": file, "claimed_id": id_, "name": "n", "sha256": file.hex * 2, **counts} for id_, file in ids]
    keep(engine, File, files)
    stand = [(id_, inside[number % len(inside)]) for number, (id_, _) in enumerate(ids)]
    documents = [{"id": id_, "folder_id": where, "name": id_.hex, "sort_key": id_.hex} for id_, where in stand]
    keep(engine, Document, [one | about for one in documents])
    keep(engine, DocumentVersion, [{"document_id": id_, "number": 1, "file_id": file} | about for id_, file in ids])
    keep(engine, Entry, [{"kind": ENTRY, "subject_id": id_, "part": "", "place_id": space_id} for id_, _ in ids])


if __name__ == "__main__":
    asyncio.run(main())
