"""Listeners take in each fact once, in order, and set a poisonous one aside (F16)."""

import asyncio
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.clock import MovableClock
from parvis.kernel.events import Event, Fact, record
from parvis.kernel.listeners import FACTS, MAX_ATTEMPTS, Listener, Listeners, ListenerState, QuarantinedEvent
from parvis.kernel.metrics import REGISTRY
from parvis.kernel.runtime import Parvis
from tests.conftest import listen, until_readable


class LoafSold(Event):
    type: ClassVar[str] = "loaf.sold"
    number: int

    def topic(self) -> str:
        return "shop"


class ShopClosed(Event):
    type: ClassVar[str] = "shop.closed"

    def topic(self) -> str:
        return "shop"


async def say(session: AsyncSession, event: Event) -> None:
    record(session, event)


class Ledger:
    """Writes down what it hears; chokes on the numbers it is told to."""

    def __init__(self, poison: frozenset[int] = frozenset()) -> None:
        self.heard: list[int] = []
        self.poison = poison
        self.tries = 0

    async def hear(self, session: AsyncSession, fact: Fact) -> None:
        self.tries += 1
        if fact.data["number"] in self.poison:
            raise RuntimeError("illegible")
        self.heard.append(fact.data["number"])


async def test_a_listener_hears_its_facts_once_and_in_order(parvis: Parvis) -> None:
    ledger = Ledger()
    listeners = Listeners(parvis.database, parvis.log, [Listener.to("ledger", [LoafSold], ledger.hear)])
    for number in range(3):
        await parvis.database.write(say, LoafSold(number=number))
        await parvis.database.write(say, ShopClosed())
    await listen(parvis, listeners)
    assert await listen(parvis, listeners) == 0
    assert ledger.heard == [0, 1, 2]
    await parvis.database.write(say, LoafSold(number=3))
    await listen(parvis, listeners)
    assert ledger.heard == [0, 1, 2, 3]


async def test_each_listener_has_a_position_of_its_own(parvis: Parvis) -> None:
    first, second = Ledger(), Ledger()
    await parvis.database.write(say, LoafSold(number=1))
    await listen(parvis, Listeners(parvis.database, parvis.log, [Listener.to("first", [LoafSold], first.hear)]))
    both = [Listener.to("first", [LoafSold], first.hear), Listener.to("second", [LoafSold], second.hear)]
    await listen(parvis, Listeners(parvis.database, parvis.log, both))
    assert first.heard == second.heard == [1]


async def test_a_poisonous_fact_is_set_aside_after_five_tries_and_the_rest_goes_on(
    parvis: Parvis, moved_clock: MovableClock
) -> None:
    ledger = Ledger(poison=frozenset({1}))
    listeners = Listeners(parvis.database, parvis.log, [Listener.to("poisoned", [LoafSold], ledger.hear)])
    for number in range(3):
        await parvis.database.write(say, LoafSold(number=number))
    for _ in range(MAX_ATTEMPTS + 1):
        await listen(parvis, listeners)
        moved_clock.advance(timedelta(minutes=5))
    assert ledger.heard == [0, 2]
    assert ledger.tries == MAX_ATTEMPTS + 2
    async with parvis.database.reading() as session:
        (aside,) = await session.scalars(select(QuarantinedEvent))
    assert aside.data == {"number": 1}
    assert "illegible" in aside.error
    assert REGISTRY.get_sample_value("parvis_events_quarantined_total", {"listener": "poisoned"}) is not None


async def test_one_that_is_far_behind_leaves_the_others_their_turn(parvis: Parvis) -> None:
    slow, quick = Ledger(), Ledger()
    both = [Listener.to("slow", [LoafSold], slow.hear), Listener.to("quick", [LoafSold], quick.hear)]
    listeners = Listeners(parvis.database, parvis.log, both)
    for number in range(5):
        await parvis.database.write(say, LoafSold(number=number))
    await until_readable(parvis)
    assert await listeners.run_once(2) == 4
    assert slow.heard == quick.heard == [0, 1]
    assert await listen(parvis, listeners) == 6


async def test_one_that_cannot_go_on_keeps_nobody_from_what_is_said_later(parvis: Parvis) -> None:
    stuck, quick = Ledger(poison=frozenset({0})), Ledger()
    both = [Listener.to("stuck", [LoafSold], stuck.hear), Listener.to("quick", [LoafSold], quick.hear)]
    listeners = Listeners(parvis.database, parvis.log, both)

    async def say_many(session: AsyncSession, first: int) -> None:
        for number in range(first, first + FACTS):
            record(session, LoafSold(number=number))

    for first in (0, FACTS):
        await parvis.database.write(say_many, first)
        await listen(parvis, listeners)
    assert (stuck.heard, quick.heard) == ([], list(range(2 * FACTS)))


async def test_two_workers_that_begin_together_fail_neither(parvis: Parvis) -> None:
    ledger = Ledger()
    table = [Listener.to("begun", [LoafSold], ledger.hear)]
    await parvis.database.write(say, LoafSold(number=1))
    await until_readable(parvis)
    await asyncio.gather(*(Listeners(parvis.database, parvis.log, table).run_once() for _ in range(4)))
    assert ledger.heard == [1]
    async with parvis.database.reading() as session:
        (state,) = await session.scalars(select(ListenerState).where(ListenerState.name == "begun"))
    assert state.attempts == 0


async def test_how_far_a_listener_is_behind_is_measured_and_never_less_than_nothing(
    parvis: Parvis, moved_clock: MovableClock
) -> None:
    ledger = Ledger(poison=frozenset({1}))
    listeners = Listeners(parvis.database, parvis.log, [Listener.to("late", [LoafSold], ledger.hear)])

    async def behind() -> float | None:
        await listeners.measure()
        return REGISTRY.get_sample_value("parvis_log_lag_seconds", {"listener": "late"})

    for number in range(2):
        await parvis.database.write(say, LoafSold(number=number))
        await listen(parvis, listeners)
    moved_clock.advance(timedelta(seconds=90))
    assert await behind() == 90
    moved_clock.advance(timedelta(hours=-1))
    assert await behind() == 0
    moved_clock.advance(timedelta(hours=2))
    ledger.poison = frozenset()
    await listen(parvis, listeners)
    assert await behind() == 0


async def test_between_tries_it_waits_longer_each_time(parvis: Parvis, moved_clock: MovableClock) -> None:
    ledger = Ledger(poison=frozenset({1}))
    listeners = Listeners(parvis.database, parvis.log, [Listener.to("patient", [LoafSold], ledger.hear)])
    await parvis.database.write(say, LoafSold(number=1))
    await listen(parvis, listeners)
    await listen(parvis, listeners)
    assert ledger.tries == 1
    moved_clock.advance(timedelta(seconds=1.5))
    await listen(parvis, listeners)
    assert ledger.tries == 2
    moved_clock.advance(timedelta(seconds=1.5))
    await listen(parvis, listeners)
    assert ledger.tries == 2
