"""Who announces, and who does not."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Someone, arrive
from tests.make.directory import list_everybody
from tests.make.people import make_organisation


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def claire(parvis: Parvis, sign_in: SignIn) -> Someone:
    """Of the communication department."""
    return await arrive(parvis, sign_in, "Claire Vasseur", "staff", roles=("communicator",))


@pytest.fixture
async def nadia(parvis: Parvis, sign_in: SignIn) -> Someone:
    """Of the communication department too."""
    return await arrive(parvis, sign_in, "Nadia Cherkaoui", "staff", roles=("communicator",))


@pytest.fixture
async def ines(parvis: Parvis, sign_in: SignIn) -> Someone:
    """A student, who announces nothing."""
    someone = await arrive(parvis, sign_in, "Inès Benali", "student")
    await list_everybody(parvis)
    return someone
