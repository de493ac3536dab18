"""What mails let their readers do at once: the post's own acts, in the mail of it as in digests, and only theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from parvis.kernel.clock import MovableClock, clock_set_to
from parvis.kernel.runtime import Parvis
from tests.conftest import listen, run_jobs
from tests.make.communities import Place, Someone
from tests.make.gatherings import coming, gather
from tests.make.mailbox import Mailbox, html_of
from tests.make.notifications import choose
from tests.make.postbox import acted, acts_in, address_of, token_of
from tests.make.posts import say, seen

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
SUNDAY = datetime(2026, 11, 29, 15, 50, tzinfo=UTC)
DAYS = {"options": ["Lundi", "Mardi <b>soir</b>"], "results": "always"}


async def ask(author: Someone, place: Place, **more: Any) -> dict[str, Any]:
    return await say(author, place, "Quel jour ?", kind="poll", poll=DAYS | more)


async def test_the_mail_of_a_poll_has_its_choices_and_one_is_voted_without_signing_in(
    parvis: Parvis,
    mailbox: Mailbox,
    moved_clock: MovableClock,
    client: httpx.AsyncClient,
    sophie: Someone,
    claire: Someone,
    ines: Someone,
    place: Place,
) -> None:
    for someone in (claire, ines):
        await choose(someone.browser, followed={"mail": "at_once"})
    moved_clock.advance(timedelta(seconds=5))
    said = await ask(sophie, place)
    await listen(parvis)
    await run_jobs(parvis)
    moved_clock.advance(timedelta(hours=3))  # Whatever was away: it is not forgotten.
    await run_jobs(parvis)
    hers, other = [(await address_of(parvis, someone)).email for someone in (claire, ines)]
    (mail,), (same,) = mailbox.messages_to(hers), mailbox.messages_to(other)
    acts = acts_in(mail)
    assert list(acts) == ["Lundi", "Mardi <b>soir</b>", "Say thanks"]
    assert not {*acts.values()} & {*acts_in(same).values()}, "each has his own"
    assert "Mardi &lt;b&gt;soir" in html_of(mail)
    assert "<b>soir" not in html_of(mail)
    option = said["poll"]["options"][1]["id"]
    assert acts["Mardi <b>soir</b>"].endswith(f".{option}")
    assert await acted(client, token_of(acts["Mardi <b>soir</b>"]), [option]) == [option]
    assert [one["votes"] for one in (await seen(sophie, said))["poll"]["options"]] == [0, 1]
    assert await acted(client, token_of(acts["Say thanks"])) == ["yes"]


async def test_a_digest_has_what_may_be_done_about_each_and_nothing_that_is_over(
    parvis: Parvis, mailbox: Mailbox, client: httpx.AsyncClient, sophie: Someone, claire: Someone, place: Place
) -> None:
    clock = MovableClock(SUNDAY)
    with clock_set_to(clock):
        await ask(sophie, place, options=["Oui", "Non"], closes_at=(SUNDAY + timedelta(hours=2)).isoformat())
        meeting = await gather(sophie, place)
        await ask(sophie, place, options=[f"Salle {number}" for number in range(8)])
        for _ in range(16):
            await listen(parvis)
            await run_jobs(parvis)
            clock.advance(timedelta(hours=1))
        (digest,) = mailbox.messages_to((await address_of(parvis, claire)).email)
        acts = acts_in(digest)
        assert set(acts) == {"I am coming", "Maybe", "I am not coming", "Answer the poll", "Say thanks"}
        assert html_of(digest).count("I am coming") == 1
        assert await acted(client, token_of(acts["I am coming"]), ["yes"]) == ["yes"]
        assert await coming(sophie, meeting) == [claire.name]
