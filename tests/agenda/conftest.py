"""An open community that Nadia runs, with Inès and Claire in it; Omar is in none, and a guest."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_community
from tests.make.people import make_organisation


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def nadia(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Nadia Cherkaoui", "staff")


@pytest.fixture
async def ines(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Inès Benali", "student")


@pytest.fixture
async def claire(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Claire Vasseur", "alum")


@pytest.fixture
async def omar(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Omar Diallo", "student")


@pytest.fixture
async def guest(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Gaël Invité", None)


@pytest.fixture
async def place(nadia: Someone, ines: Someone, claire: Someone) -> Place:
    made = await make_community(nadia)
    for someone in (ines, claire):
        assert (await made.join(someone)).status_code == 200
    return made
