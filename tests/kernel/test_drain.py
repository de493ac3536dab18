"""A process is told to stop before its server waits for what it still answers."""

import asyncio
import signal
from types import FrameType

from parvis.kernel.drain import told_to_stop


async def test_a_signal_to_stop_is_told_and_reaches_who_handled_it_before() -> None:
    told, handled = asyncio.Event(), []

    def server(number: int, _frame: FrameType | None) -> None:
        handled.append(number)

    before = signal.signal(signal.SIGTERM, server)
    try:
        with told_to_stop(told.set):
            signal.raise_signal(signal.SIGTERM)
            await asyncio.wait_for(told.wait(), 5)
        assert signal.getsignal(signal.SIGTERM) is server
    finally:
        signal.signal(signal.SIGTERM, before)
    assert handled == [signal.SIGTERM]


async def test_a_signal_that_nobody_handles_keeps_its_effect() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with told_to_stop(lambda: None):
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)


async def test_elsewhere_than_in_the_main_thread_nothing_is_installed() -> None:
    def inside() -> None:
        with told_to_stop(lambda: None):
            assert signal.getsignal(signal.SIGTERM) is before

    before = signal.getsignal(signal.SIGTERM)
    await asyncio.to_thread(inside)
