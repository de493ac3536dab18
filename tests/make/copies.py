"""Copies of one's data, as a member asks for them and opens them."""

import io
import json
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import httpx

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs

EXPORTS = "/api/v1/me/exports"
DELETION = "/api/v1/me/deletion"


async def copy_of(parvis: Parvis, browser: httpx.AsyncClient) -> ZipFile:
    """Asks for a copy, waits for it, and opens it."""
    asked = await browser.post(EXPORTS)
    assert asked.status_code == 202, asked.text
    await run_jobs(parvis)
    ready = (await browser.get(f"{EXPORTS}/{asked.json()['id']}")).json()
    assert ready["state"] == "ready"
    answer = await browser.get(ready["url"])
    assert answer.status_code == 200, answer.text
    return ZipFile(io.BytesIO(answer.content))


def data_in(copy: ZipFile) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(copy.read("data.json"))
    return data


async def hours_pass(parvis: Parvis, clock: MovableClock, hours: int) -> None:
    """Hour by hour, with a worker that does what is due."""
    for _ in range(hours):
        clock.advance(timedelta(hours=1))
        await run_jobs(parvis)
