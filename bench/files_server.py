"""The least that could take files: `uvicorn bench.files_server:app`. Writes what the stream brings and hashes it; small
ones it flushes, names and enters in a database, as whoever acknowledges them must."""

import asyncio
import os
import sqlite3
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

FOLDER = Path(os.environ["BENCH_FOLDER"])


async def stream(request: Request) -> JSONResponse:
    """Writes and hashes, nothing else."""
    digest, size = sha256(), 0
    with (FOLDER / uuid4().hex).open("wb") as file:
        async for piece in request.stream():
            digest.update(piece)
            size += file.write(piece)
    return JSONResponse({"sha256": digest.hexdigest(), "size": size}, 201)


async def keep(request: Request) -> JSONResponse:
    """The writes and the commit of a file that is acknowledged."""
    content = await request.body()
    digest = sha256(content).hexdigest()
    await asyncio.to_thread(_publish, content, digest)
    rows.execute("INSERT INTO files VALUES (?, ?, ?)", (uuid4().hex, digest, len(content)))
    rows.commit()
    return JSONResponse({"sha256": digest, "size": len(content)}, 201)


def _publish(content: bytes, digest: str) -> None:
    temporary, final = FOLDER / uuid4().hex, FOLDER / digest[:2] / digest[2:4] / digest
    final.parent.mkdir(parents=True, exist_ok=True)
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(final)
    for folder in list(final.parents)[:3]:
        number = os.open(folder, os.O_RDONLY)
        os.fsync(number)
        os.close(number)


def _rows() -> sqlite3.Connection:
    made = sqlite3.connect(FOLDER / "bare.db", check_same_thread=False)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("PRAGMA synchronous=FULL")
    made.execute("CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, sha256 TEXT, size INTEGER)")
    return made


rows = _rows()
app = Starlette(routes=[Route("/stream", stream, methods=["POST"]), Route("/keep", keep, methods=["POST"])])
