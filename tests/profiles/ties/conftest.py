"""Three members of the organisation, each with a browser."""

from dataclasses import dataclass

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member, make_organisation


@dataclass(frozen=True)
class Someone:
    """A member, and the browser he is signed in with."""

    member: Member
    browser: httpx.AsyncClient

    @property
    def id(self) -> str:
        return str(self.member.id)

    async def ties_to(self, other: "Someone") -> dict[str, object]:
        reply = await self.browser.get(f"/api/v1/profiles/{other.id}/ties")
        assert reply.status_code == 200, reply.text
        found: dict[str, object] = reply.json()
        return found


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


async def arrive(parvis: Parvis, sign_in: SignIn, name: str, affiliation: str | None) -> Someone:
    member = await make_member(parvis, name, affiliation=affiliation)
    return Someone(member, await sign_in(member))


@pytest.fixture
async def ines(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Inès Benali", "student")


@pytest.fixture
async def claire(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Claire Vasseur", "alum")


@pytest.fixture
async def hugo(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Hugo Ferreira", "student")


@pytest.fixture
async def guest(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Gaël Invité", None)
