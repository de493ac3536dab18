"""An owner, two members to be, and a guest."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Someone, arrive
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
async def guest(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Gaël Invité", None)
