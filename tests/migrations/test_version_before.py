"""The code of some versions ago serves on the tables of today, as in the middle of an upgrade."""

import subprocess
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from parvis.demo.accounts import Account
from parvis.demo.university import fill
from parvis.kernel import migrations
from parvis.kernel.config import Settings
from tests.faults.servers import serving

from .contents import opened

pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]
VERSIONS_AGO = 3
"""Migrations that it does not know."""


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def version_before() -> str:
    """The commit before the last so many migrations came."""
    first = sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"))[-VERSIONS_AGO]
    return git("log", "-1", "--format=%H", "--diff-filter=A", "--", str(first)) + "^"


def unpacked(commit: str, folder: Path) -> Path:
    folder.mkdir()
    archive = folder.with_suffix(".tar")
    git("archive", f"--output={archive}", commit, "backend", "migrations", "openapi")
    subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
    return folder


async def test_the_version_before_serves_on_the_tables_of_today(
    settings: Settings, tmp_path: Path, say: Callable[[str], None]
) -> None:
    """It is told that the tables are its own: not every version knew that later ones may be served on."""
    commit = version_before()
    before = unpacked(commit, tmp_path / "before")
    accounts = await fill(settings)
    known = ScriptDirectory(str(before / "migrations")).get_current_head()
    with opened(settings.database_url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": known})

    variables = {"PYTHONPATH": str(before / "backend")}
    async with serving(settings, tmp_path, variables=variables, fresh=True) as server, AsyncExitStack() as stack:
        anne, marc = [await enter(stack, server.url, account) for account in with_password(accounts)]
        assert (await asked(anne, "GET", "/feed"))["items"]
        place = await asked(anne, "POST", "/communities", {"name": "Géographie", "access": "open"})
        post = await asked(anne, "POST", f"/communities/{place['id']}/posts", {"body": "Qui vient ?"})
        await asked(marc, "PUT", f"/communities/{place['id']}/membership", {"charter_version": 0})
        await asked(marc, "POST", f"/posts/{post['id']}/comments", {"body": "Moi."})
        assert [one["body"] for one in (await asked(anne, "GET", f"/posts/{post['id']}/comments"))["items"]] == ["Moi."]
        he = await asked(marc, "GET", "/me")
        room = await asked(anne, "POST", "/conversations", {"kind": "group", "member_ids": [he["id"]]})
        said = {"client_id": str(uuid4()), "text": "À samedi."}
        await asked(anne, "POST", f"/conversations/{room['id']}/messages", said)
        messages = (await asked(marc, "GET", f"/conversations/{room['id']}/messages"))["items"]
        assert "À samedi." in [message["text"] for message in messages]
        failures = await server.measured("parvis_requests_total", status="500")
    newer = [one for one in ScriptDirectory(str(migrations.FOLDER)).walk_revisions() if one.revision > str(known)]
    stops = [one.revision for one in newer if hasattr(one.module, "STOPS_SERVICE")]
    say(
        f"{settings.database_url.partition(':')[0]}: the code of {git('rev-parse', '--short', commit)}, which knows"
        f" {known}, serves on the tables of today: signed in, feed, post, comment, message"
        f" (of the {len(newer)} since, {', '.join(stops) or 'none'} must stop service for something else)"
    )
    assert failures == 0


def with_password(accounts: list[Account]) -> list[Account]:
    """Two who are let in by a password alone, and may found a community."""
    return [next(one for one in accounts if one.label.startswith(label)) for label in ("enseignante", "étudiante")]


async def enter(stack: AsyncExitStack, url: str, account: Account) -> httpx.AsyncClient:
    """A browser of that person's."""
    browser = await stack.enter_async_context(httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30))
    browser.headers["origin"] = url
    await asked(browser, "POST", "/sessions", {"email": account.email, "password": account.password})
    browser.headers["x-csrf-token"] = (await asked(browser, "GET", "/session"))["csrf_token"]
    return browser


async def asked(browser: httpx.AsyncClient, method: str, path: str, said: object = None) -> dict[str, Any]:
    reply = await browser.request(method, path, json=said)
    assert reply.is_success, f"{method} {path}: {reply.status_code} {reply.text}"
    answered: dict[str, Any] = reply.json()
    return answered
