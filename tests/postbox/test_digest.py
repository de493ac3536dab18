"""An alumna who never signs in gets the digest of the week, answers it by mail, and is read under her name."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.kernel.clock import MovableClock, clock_set_to
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import listen, run_jobs
from tests.make.communities import Place, Someone
from tests.make.mailbox import Mailbox
from tests.make.postbox import VOUCHED, address_of, hand_over, listening, written
from tests.make.posts import discussed, say

MONDAY = datetime(2026, 11, 30, 5, 50, tzinfo=UTC)
"""Ten minutes before seven o'clock in Paris."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update=VOUCHED)


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_the_weekly_digest_is_answered_by_mail(
    parvis: Parvis, mailbox: Mailbox, sophie: Someone, claire: Someone, place: Place
) -> None:
    sunday = MovableClock(MONDAY - timedelta(hours=14))
    with clock_set_to(sunday):
        post = await say(sophie, place, "Qui garde la clé du local ?")
        for _ in range(16):
            await listen(parvis)
            await run_jobs(parvis)
            sunday.advance(timedelta(hours=1))
        hers = (await address_of(parvis, claire)).email
        (digest,) = mailbox.messages_to(hers)
        assert digest["subject"].startswith("Your week on ")
        to = digest["Reply-To"].addresses[0].addr_spec
        async with listening(parvis) as port:
            assert await hand_over(port, written(hers, to, "Moi, jusqu’à jeudi.\n\n> Qui garde la clé ?\n")) == 250
    said = [(one["author"]["name"], one["body"]) for one in await discussed(sophie, post)]
    assert said == [("Claire Vasseur", "Moi, jusqu’à jeudi.")]
