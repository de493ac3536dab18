"""A process that keeps numbers and says so: `python -m tests.faults.keeper URL FIRST`. Made to be killed."""

import asyncio
import sys
from itertools import count

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.db import Database
from parvis.kernel.listeners import ListenerState

SENDERS = 8


async def keep(session: AsyncSession, number: int) -> None:
    session.add(ListenerState(name=str(number), xid=0, event_id=number))


async def main(url: str, first: int) -> None:
    database = Database(url)
    await database.start()
    numbers = count(first)

    async def send() -> None:
        for number in numbers:
            await database.write(keep, number)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(send() for _ in range(SENDERS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
