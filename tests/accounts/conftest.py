"""Fixtures of the accounts' tests."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox


@pytest.fixture
def doors(parvis: Parvis, mailbox: Mailbox) -> Doors:
    return Doors(parvis, mailbox)
