"""A community with its space: Ana runs it, Ben is in it, Zoé is of the organisation and not in it."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_closed


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud", "staff")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre")


@pytest.fixture
async def zoe(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Zoé Zola", "alum")


@pytest.fixture
async def place(ana: Someone, ben: Someone) -> Place:
    """A community that only its members read."""
    return await make_closed(ana, ben, access="on_request")
