"""Who reads: by the part they play, each with a browser at a real server."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.communities.models import Community
from parvis.communities.service.people import let_in
from tests.make.communities import Place, Someone
from tests.make.people import make_organisation
from tests.make.push import Device
from tests.make.served import Served
from tests.realtime.wire import PATIENCE, Caller, arriving

PARTS = {
    "owner": ("Flavie Fontaine", "staff", ("communicator",)),
    "member": ("Marc Morel", "student", ()),
    "newcomer": ("Nadège Noir", "student", ()),
    "invited": ("Iris Imbert", "student", ()),
    "outsider": ("Omar Ober", "student", ()),
    "removed": ("Remi Rousseau", "student", ()),
    "banned": ("Bruno Besson", "student", ()),
    "blocked": ("Karim Keller", "student", ()),
    "left": ("Lucie Lambert", "alum", ()),
    "business": ("Paula Perrin", "affiliate", ()),
    "guest": ("Gaël Girard", None, ()),
    "communicator": ("Claire Colin", "staff", ("communicator",)),
    "administrator": ("Adèle Aubry", "staff", ("administrator", "people_administrator")),
    "moderator": ("Odile Olivier", "staff", ("moderator",)),
}
EVERYBODY = frozenset(PARTS) | {"anonymous"}
ALWAYS = frozenset({"owner", "removed", "blocked", "business", "guest", "left", "anonymous"})
"""Who reads in every run; of the others, some each day."""
NOBODY: frozenset[str] = frozenset()
OWNER = frozenset({"owner"})
IN = frozenset({"owner", "member", "newcomer"})
"""In the secret community."""
KNOW = IN | {"invited"}
"""Know of it."""
TWO = frozenset({"owner", "member"})
ORGANISATION = EVERYBODY - {"anonymous", "guest", "left"}
NOT_BLOCKED = ORGANISATION - {"blocked"}
SPEAK_FOR_ALL = frozenset({"owner", "communicator", "administrator", "moderator"})
"""Who announce, or moderate what is announced."""


@dataclass
class Cast:
    """`cursors`: where each stood in the log before anything was said; `devices`: what is pushed to each."""

    server: Served
    callers: dict[str, Caller] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    anonymous: httpx.AsyncClient = field(init=False)

    def __getitem__(self, part: str) -> Someone:
        caller = self.callers[part]
        return Someone(caller.member, caller.browser)

    def reader(self, part: str) -> httpx.AsyncClient:
        """The same browser without a wire between, which costs more than most answers."""
        browser = self.anonymous if part == "anonymous" else self.callers[part].browser
        transport = httpx.ASGITransport(self.server.app, raise_app_exceptions=False, client=("127.0.0.1", 4711))
        return httpx.AsyncClient(
            transport=transport, base_url=self.server.url, headers=browser.headers, cookies=browser.cookies
        )

    async def put_in(self, place: Place, *parts: str) -> None:
        for part in parts:
            await self.server.parvis.database.write(_let_in, UUID(place.id), self.callers[part].member.id)


async def gather_cast(server: Served, stack: AsyncExitStack) -> Cast:
    await make_organisation(server.parvis, guests=True, share_links=True)
    cast = Cast(server)
    for part, (name, affiliation, roles) in PARTS.items():
        cast.callers[part] = await stack.enter_async_context(arriving(server, name, affiliation, roles=roles))
        cast.cursors[part] = await cast.callers[part].cursor()
    cast.anonymous = await stack.enter_async_context(httpx.AsyncClient(base_url=server.url, timeout=PATIENCE))
    return cast


async def _let_in(session: AsyncSession, community_id: UUID, member_id: UUID) -> None:
    community = await session.get_one(Community, community_id)
    await let_in(session, None, community, member_id, charter_version=community.charter_version)
