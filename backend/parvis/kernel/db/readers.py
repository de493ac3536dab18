"""Reading SQLite in one step: a query runs to its end on a thread that has a connection in hand.

Going to a thread and back costs more than most statements: a query that asks ten of them goes there once.
"""

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .engine import READERS, readers_engine
from .plain import Call, read_in_hand


class SqliteReaders:
    """So many threads that read, each with a connection that refuses writes."""

    def __init__(self, url: str) -> None:
        self.engine = readers_engine(url)
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="parvis-reader")

    async def run(self, call: Call) -> Any:
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._threads, context.run, self.read, call)

    def stop(self) -> None:
        self._threads.shutdown()
        self.engine.dispose()

    def read(self, call: Call) -> Any:
        with self.engine.connect() as connection:
            return read_in_hand(connection, call)
