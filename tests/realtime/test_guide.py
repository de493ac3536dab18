"""The client of docs/events.md runs as it stands, and hears what happens until its token is revoked."""

import asyncio
import os
import re
import sys
from pathlib import Path

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.models import Member
from parvis.accounts.schemas.tokens import TokenDraft
from parvis.accounts.service.sessions import Device, open_session
from parvis.accounts.service.tokens import create_token, revoke_token
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from parvis.profiles.events import ProfileChanged
from tests.make.people import make_member
from tests.make.served import served

from .conftest import tell

GUIDE = Path(__file__).parents[2] / "docs" / "events.md"
SCOPES = ["events:read", "account:read", "profiles:read"]


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
