"""The least that could answer a read: a bare FastAPI route that runs given statements on the driver itself, one after
the other, and writes their rows with orjson. `BENCH_STATEMENTS`: the file that holds them; `PARVIS_DATABASE_URL`."""

import os
import pickle
from pathlib import Path
from typing import Any

import orjson
from fastapi import FastAPI, Response

from bench.directory import _bare

app = FastAPI()
connection = _bare(os.environ["PARVIS_DATABASE_URL"])
SAID: list[tuple[str, Any]] = pickle.loads(Path(os.environ["BENCH_STATEMENTS"]).read_bytes())


@app.get("/bare")
async def read() -> Response:
    rows = [connection.execute(statement, parameters).fetchall() for statement, parameters in SAID]
    return Response(orjson.dumps([[*map(list, one)] for one in rows], default=str), media_type="application/json")
