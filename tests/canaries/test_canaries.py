"""CAN: what is not for somebody to see is seen by him nowhere: not in lists, not in counts, not by what he is told.

`PARVIS_CANARIES=12 pytest tests/canaries` plants the words of that seed again.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Set as AbstractSet
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from time import monotonic

import pytest

from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.limits.limiter import Bucket, Limiter, Verdict
from tests.api.test_description import OPERATIONS
from tests.conftest import database_of_today
from tests.make.mailbox import Mailbox
from tests.make.postbox import TAKES_MAIL
from tests.make.push import push_service
from tests.make.served import served

from . import channels
from .channels import CHANNELS, LOGS, NOT_BUILT, channel_of
from .crawling import KNOWN, NAMED, READING, Crawl, Ids, Told
from .garden import Garden, words_in
from .looking import look
from .people import ALWAYS, EVERYBODY, gather_cast
from .planting import Plot, go_on, plant, take_away

SEED = int(os.environ.get("PARVIS_CANARIES", clock.now().date().toordinal()))


@dataclass
class Findings:
    """Who read which canary on which channel."""

    garden: Garden
    readers: AbstractSet[str]
    seen: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    differing: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    requests: int = 0

    def by(self, part: str) -> Told:
        def told(channel: str, words: set[str]) -> None:
            for word in words & self.garden.canaries.keys():
                self.seen[word].add((part, channel))

        return told

    def count(self, channel: str, *, entitled: bool) -> int:
        """How many canaries were seen there, by those who may see them or by others."""
        return sum(
            any(at == channel and (part in self.garden.canaries[word].seen_by) is entitled for part, at in seen)
            for word, seen in self.seen.items()
        )

    def leaks(self) -> list[str]:
        return [
            f"{self.garden.canaries[word].surface} ({word}) is seen by {part}: {channel}"
            for word, seen in sorted(self.seen.items())
            for part, channel in sorted(seen)
            if part not in self.garden.canaries[word].seen_by
        ]

    def never_seen(self) -> list[str]:
        """What nobody found who may: a test that looks where nothing is would pass."""
        return [
            canary.surface
            for word, canary in self.garden.canaries.items()
            if word not in self.garden.seen_before
            and canary.seen_by & self.readers
            and not any(part in canary.seen_by for part, _ in self.seen[canary.word])
        ]


@pytest.fixture(autouse=True)
def never_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """One reader asks for everything there is."""

    async def hit(_self: Limiter, bucket: Bucket, *_who: str) -> Verdict:
        return Verdict(bucket, allowed=True, remaining=1, reset=0)

    monkeypatch.setattr(Limiter, "hit", hit)


def test_each_parameter_of_a_path_takes_what_there_is() -> None:
    known = {name for names in KNOWN for name in names} | NAMED.keys()
    lacking = {
        name
        for operation in READING
        for name in operation.in_path
        if name not in known
        and not any(one["name"] == name and "enum" in one["schema"] for one in operation.parameters)
    }
    assert lacking == set(), "say in tests/canaries/crawling.py what ids these take"


@pytest.mark.unmeasured
@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
async def test_who_may_not_see_a_thing_sees_it_nowhere(
    dialect: str, settings: Settings, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of things by their ids each reader reads one in twelve, others each day; whoever made them reads them all. Some
    readers come every third day; on the other database all come tomorrow."""
    others = sorted(EVERYBODY - ALWAYS)
    await can(dialect, settings, mailbox, capsys, ALWAYS | {*others[SEED % 3 :: 3]}, share=12)


@pytest.mark.proof
@pytest.mark.timeout(0)
async def test_can_all_of_it(
    dialect: str, settings: Settings, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    await can(dialect, settings, mailbox, capsys, EVERYBODY, share=1)


async def can(
    dialect: str,
    settings: Settings,
    mailbox: Mailbox,
    capsys: pytest.CaptureFixture[str],
    readers: AbstractSet[str],
    share: int,
) -> None:
    """Prints who saw what, and fails with what was seen that is not to be, or was never seen by who may."""
    begun, garden = monotonic(), Garden(SEED)

    def theirs_until_then(_channel: str, _words: set[str]) -> None:
        """What they were told before they lost it."""

    found = Findings(garden, readers)
    told = {part: found.by(part) for part in EVERYBODY}
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(push_service())
        own = settings.model_copy(update={"push_trusted": [service.origin], **TAKES_MAIL})
        server = await stack.enter_async_context(served(own, timeout_keep_alive=120))
        cast = await gather_cast(server, stack)
        await channels.carry(cast, service)
        plot = await plant(cast, garden)
        await take_away(plot)
        channels.mailed(mailbox, plot, told | dict.fromkeys(("removed", "banned", "left"), theirs_until_then))
        async with channels.hearing(cast, told):
            await go_on(plot)
            await channels.settle(server.parvis)
        channels.mailed(mailbox, plot, told)
        await channels.pushed(cast, told)
        channels.mailed(mailbox, plot, told)
        await channels.digested(cast)
        channels.mailed(mailbox, plot, told, channels.DIGEST)
        await channels.answered_by_mail(plot, told)
        channels.mailed(mailbox, plot, told, channels.ANSWERED)
        await read_everywhere(plot, found, share)
        channels.mailed(mailbox, plot, told)
    logs = capsys.readouterr()
    found.by("anonymous")(LOGS, words_in((logs.out + logs.err).encode()))
    sys.stdout.write(table(found, dialect, monotonic() - begun))
    assert found.faults == []
    assert found.leaks() == []
    assert found.differing == []
    assert found.never_seen() == []
    assert found.count(channels.SEARCH, entitled=True) >= 40
    for channel in (channels.MAIL, channels.DIGEST, channels.ANSWERED, channels.PUSHED):
        assert found.count(channel, entitled=True) > 0, channel
    assert len(garden.canaries) >= 40


async def read_everywhere(plot: Plot, found: Findings, share: int) -> None:
    ids = await Ids.all(plot.cast.server.parvis, plot.tokens)
    for number, part in enumerate(sorted(found.readers)):
        of_all = 1 if part == "owner" else share
        async with plot.cast.reader(part) as browser:
            crawl = Crawl(browser, ids, found.by(part), channel_of, of_all, SEED + number)
            await crawl.everything()
            differing = await look(crawl, plot.garden, part)
        found.differing += [f"{part}: {one}" for one in differing]
        if part != "anonymous":
            await channels.replayed(plot.cast, part, found.by(part))
            await channels.exported(plot.cast, part, found.by(part))
            await channels.calendar(plot, part, found.by(part))
        found.requests += crawl.requests
        found.faults += [f"{part}: {fault}" for fault in crawl.faults]
    found.requests += await channels.robots(plot, ids, found.by("anonymous"))


def table(found: Findings, dialect: str, seconds: float) -> str:
    """As it is printed."""
    canaries = found.garden.canaries
    lines = [f"{'':22}{'found by who may':>18}{'seen by others':>18}"]
    lines += [
        f"{channel:22}{found.count(channel, entitled=True):>18}{found.count(channel, entitled=False):>18}"
        for channel in CHANNELS
    ]
    lines += [f"{channel:22}{'not built':>18}" for channel in NOT_BUILT]
    cells = sum(len(found.readers - one.seen_by) for one in canaries.values()) * len(CHANNELS)
    lines.append(
        f"CAN on {dialect}: {len(canaries)} canaries, {len(found.readers)} readers, {len(CHANNELS)} channels, "
        f"{len(READING)} of {len(OPERATIONS)} operations read in {found.requests} requests: {cells} cells, "
        f"{len(found.leaks()) + len(found.differing)} seen, {seconds:.0f} s (seed {found.garden.seed})\n"
    )
    return "\n".join([*found.leaks(), *found.differing, *lines])
