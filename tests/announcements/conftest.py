"""Sophie announces; Inès is a student, Claire an alumna, Nadia of the staff, and Gaël a guest."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.runtime import Parvis
from parvis.profiles.directory.index import reindex
from tests.conftest import SignIn
from tests.make.communities import Someone, arrive
from tests.make.people import make_organisation


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


async def _listed(parvis: Parvis, someone: Someone) -> Someone:
    async def index(session: AsyncSession) -> None:
        await reindex(session, [someone.member.id])

    await parvis.database.write(index)
    return someone


@pytest.fixture
async def sophie(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await _listed(parvis, await arrive(parvis, sign_in, "Sophie Marchetti", "staff", roles=["communicator"]))


@pytest.fixture
async def nadia(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await _listed(parvis, await arrive(parvis, sign_in, "Nadia Cherkaoui", "staff"))


@pytest.fixture
async def ines(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await _listed(parvis, await arrive(parvis, sign_in, "Inès Benali", "student"))


@pytest.fixture
async def claire(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await _listed(parvis, await arrive(parvis, sign_in, "Claire Vasseur", "alum"))


@pytest.fixture
async def guest(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Gaël Invité", None)
