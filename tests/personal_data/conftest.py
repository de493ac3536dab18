"""Fixtures of the tests of copies and erasure."""

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox
from tests.make.people import make_member, make_organisation


@pytest.fixture
async def member(parvis: Parvis, noon: MovableClock) -> Member:
    await make_organisation(parvis)
    return await make_member(parvis, "Chloé Petit", identifier="chloe-supann-4711")


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


@pytest.fixture
def doors(parvis: Parvis, mailbox: Mailbox) -> Doors:
    return Doors(parvis, mailbox)


@pytest.fixture
def noon(moved_clock: MovableClock) -> MovableClock:
    """Half past noon, far from the hour at which all blobs are looked at; time moves when a test says."""
    moved_clock.instant = moved_clock.instant.replace(hour=12, minute=30)
    return moved_clock
