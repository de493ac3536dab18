"""The client of docs/events.md runs as it stands, and hears what happens until its token is revoked."""

import asyncio
import os
import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.models import Member
from parvis.accounts.schemas.tokens import TokenDraft
from parvis.accounts.service.sessions import Device, open_session
from parvis.accounts.service.tokens import create_token, revoke_token
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from parvis.profiles.events import ProfileChanged
from parvis.realtime.sockets import Sockets
from tests.make.people import make_member
from tests.make.served import served

from .conftest import tell

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = DOCS / "events.md"
SCOPES = ["events:read", "events:write", "account:read", "profiles:read"]


@pytest.fixture(autouse=True)
def organisation() -> None:
    """The server's own, not that of an application beside it."""


async def acting(parvis: Parvis, member: Member) -> Actor:
    device = Device("Tests/1.0", "203.0.113.7")
    _, cookie = await parvis.database.write(open_session, member, methods=["pwd"], device=device)
    actor = await parvis.part(Actors).by_cookie(cookie)
    assert actor is not None
    return actor


async def test_the_client_of_the_guide_follows_what_happens(settings: Settings) -> None:
    [client] = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    async with served(settings) as server:
        ines = await make_member(server.parvis, "Inès Benali")
        actor = await acting(server.parvis, ines)
        draft = TokenDraft(name="Guide", scopes=SCOPES, days=1)
        made = await server.parvis.database.write(create_token, actor, draft)
        surroundings = {**os.environ, "PARVIS_URL": server.url, "PARVIS_TOKEN": made.value}
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", client), stdout=asyncio.subprocess.PIPE, env=surroundings
        )
        assert running.stdout is not None
        async with asyncio.timeout(60):
            assert await running.stdout.readline() == b"here In\xc3\xa8s Benali\n"
            await tell(server.parvis, ProfileChanged(id=ines.id, version=2))
            while b"profile.changed" not in (line := await running.stdout.readline()):
                assert line
            assert line.decode() == f'profile.changed {{"kind": "profile", "id": "{ines.id}", "version": 2}}\n'
            await server.parvis.database.write(revoke_token, actor, made.token.id)
            assert await running.wait() == 0


async def test_the_client_by_socket_loses_nothing_over_a_restart_and_ends_with_its_token(settings: Settings) -> None:
    """`docs/follow.py`: what happens while the server is away is told when it is back, once and in order."""
    follower_of = runpy.run_path(str(DOCS / "follow.py"))["Follower"]
    heard: list[int] = []
    begun: list[str] = []

    def hear(event: dict[str, Any]) -> None:
        heard.extend([event["data"]["version"]] if event["type"] == "profile.changed" else [])

    async def until(version: int) -> None:
        async with asyncio.timeout(30):
            while version not in heard:  # noqa: ASYNC110 — it hears in its own time
                await asyncio.sleep(0.01)

    async with served(settings) as server:
        ines = await make_member(server.parvis, "Inès Benali")
        actor = await acting(server.parvis, ines)
        draft = TokenDraft(name="Guide", scopes=SCOPES, days=1)
        made = await server.parvis.database.write(create_token, actor, draft)
        following = follower_of(server.url, made.value, lambda snapshot: begun.append(snapshot["viewer"]["name"]), hear)
        running = asyncio.create_task(following.run())
        await tell(server.parvis, ProfileChanged(id=ines.id, version=0))
        async with asyncio.timeout(30):
            while not server.parvis.part(Sockets)._all():  # noqa: ASYNC110 — it connects in its own time
                await asyncio.sleep(0.01)
        await tell(server.parvis, ProfileChanged(id=ines.id, version=1))
        await until(1)
    async with served(settings) as again:
        assert again.url == server.url
        await tell(again.parvis, *(ProfileChanged(id=ines.id, version=version) for version in (2, 3)))
        await until(3)
        await again.parvis.database.write(revoke_token, actor, made.token.id)
        await asyncio.wait_for(running, 30)
    assert heard[-3:] == [1, 2, 3]
    assert begun == ["Inès Benali"]
