"""Opening a conversation of 100 messages, and one of 200,000, in Chromium: until its first messages are painted.

    npm --prefix frontend run build; .venv/bin/python -m bench.chat_open

Each round opens both in turns, in a browser that has the pages and in a tab that holds nothing. `ratio` is the large
room by the small one, of the medians; the large one is also opened in the middle of its history, by the address of a
message.
"""

import asyncio
import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.chat.models import Conversation, ConversationPlace, Message
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from tests.make.house import House, house
from tests.make.people import make_member

SMALL, LARGE = 100, int(os.environ.get("BENCH_MESSAGES", "200000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
BATCH = 500
PAINTED = """
() => new Promise((resolve) => {
  const look = () =>
    document.querySelector('[role=log] article p')
      ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      : requestAnimationFrame(look)
  look()
})
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as at:
        reader, writer = (at.run(make_member(at.parvis, name)) for name in ("Inès Benali", "Claire Vasseur"))
        small, large = (filled(at, [reader, writer], messages) for messages in (SMALL, LARGE))
        with sync_playwright() as playwright:
            found = os.environ.get("PARVIS_TEST_CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
            times = opened(browser, at, reader, [f"{small}", f"{large}", f"{large}?m={LARGE // 2}"])
            browser.close()
    small_ms, large_ms, middle_ms = (median(one) for one in times)
    print(f"{'room':<28}{'median ms':>10}{'ratio':>8}")
    for name, ms in ((f"{SMALL:,} messages", small_ms), (f"{LARGE:,} messages", large_ms), ("its middle", middle_ms)):
        print(f"{name:<28}{ms:>10.0f}{ms / small_ms:>8.2f}")


def opened(browser: Browser, at: House, reader: Member, rooms: list[str]) -> list[list[float]]:
    """How long each took each time, in milliseconds since it was asked for."""
    device = Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7")
    _, cookie = at.run(at.parvis.database.write(open_session, reader, methods=["pwd"], device=device))
    context = browser.new_context(base_url=at.url, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": DEV_COOKIE, "value": cookie, "url": at.url}])
    times: list[list[float]] = [[] for _ in rooms]
    for turn in range(ROUNDS + 1):
        for room, taken in zip(rooms, times, strict=True):
            page = context.new_page()
            page.goto(f"/messages/{room}", wait_until="commit")
            ms = page.evaluate(PAINTED)
            if turn:  # The first fills the browser's cache.
                taken.append(ms)
            page.close()
    return times


def filled(at: House, people: list[Member], messages: int) -> UUID:
    """The same, for as long as it takes."""
    return asyncio.run_coroutine_threadsafe(fill(at, people, messages), at.loop).result()


async def fill(at: House, people: list[Member], messages: int) -> UUID:
    """A group of two in which so much was said, all of it read."""
    room_id, began = new_id(), clock.now() - timedelta(days=300)

    async def begin(session: AsyncSession) -> None:
        session.add(Conversation(id=room_id, kind="group", name=f"{messages} messages", people=len(people)))
        await session.flush()
        session.add_all(
            ConversationPlace(conversation_id=room_id, member_id=one.id, since=began, read_number=messages)
            for one in people
        )

    async def say(session: AsyncSession, first: int) -> None:
        numbers = range(first, min(first + BATCH, messages + 1))
        rows = [
            {
                "id": new_id(),
                "conversation_id": room_id,
                "number": number,
                "sequence": number,
                "author_id": people[number // 3 % 2].id,
                "client_id": new_id(),
                "text": f"Relevé {number} : le repère gravé **existe** toujours, trois traits sous la marche.",
                "created_at": began + timedelta(seconds=120 * number),
            }
            for number in numbers
        ]
        await session.execute(insert(Message), rows)

    async def end(session: AsyncSession) -> None:
        values = {"last_number": messages, "last_sequence": messages, "last_at": clock.now()}
        await session.execute(update(Conversation).where(Conversation.id == room_id).values(**values))

    await at.parvis.database.write(begin)
    for first in range(1, messages + 1, BATCH):
        await at.parvis.database.write(say, first)
    await at.parvis.database.write(end)
    return room_id


if __name__ == "__main__":
    main()
