"""A community that only its members read: Ana runs it, Ben is in it, Zoé is of the organisation and not in it."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.directory import list_everybody
from tests.make.people import make_organisation


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


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
async def guest(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Gaël Invité", None)


@pytest.fixture
async def place(parvis: Parvis, ana: Someone, ben: Someone) -> Place:
    await list_everybody(parvis)
    return await make_closed(ana, ben, access="secret", name="Atelier des cartes")
