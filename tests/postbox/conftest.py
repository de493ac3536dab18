"""Sophie runs a community and announces; Inès is a student in it, Claire an alumna in it."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.people import make_organisation


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def sophie(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Sophie Marchetti", "staff", roles=["communicator"])


@pytest.fixture
async def ines(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Inès Benali", "student")


@pytest.fixture
async def claire(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Claire Vasseur", "alum")


@pytest.fixture
async def place(sophie: Someone, ines: Someone, claire: Someone) -> Place:
    """A secret community."""
    return await make_closed(sophie, ines, claire)
