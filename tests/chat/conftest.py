"""Three who talk."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Someone, arrive


@pytest.fixture
async def ana(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ana Arnaud")


@pytest.fixture
async def ben(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Ben Barre", "staff")


@pytest.fixture
async def zoe(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Zoé Zola", "alum")
