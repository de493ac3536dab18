"""A community with a page: Ana runs it, Ben is in it, Zoé is of the organisation and not in it."""

from typing import Any

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.spaces import changed, document_url, make_page, space_of


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
    return await make_closed(ana, ben, access="on_request")


@pytest.fixture
async def page(ana: Someone, place: Place) -> dict[str, Any]:
    return await make_page(ana, await space_of(ana, place))


async def grant(ana: Someone, page: dict[str, Any], **levels: list[Someone]) -> None:
    """These rights, and no others, on the page."""
    grants = [{"member_id": one.id, "level": level} for level, people in levels.items() for one in people]
    await changed(ana, f"{document_url(page)}/rights", {"inherits": False, "grants": grants}, "PUT")
