"""Many members at once, each with a browser's session, and in a room with others: written by a process of its own, so
that the memory of a server that is measured is not that of making them.

    .venv/bin/python -m bench.crowd DATABASE_URL COUNT
"""

import asyncio
import sys
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from bench.feed_world import Row, Store
from parvis.accounts.actor import Credential
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.secrets import hash_token


def session_of(number: int) -> UUID:
    return UUID(int=number + 1)


TOGETHER = 50
"""Members of one room."""


def room_of(number: int) -> UUID:
    """The room of the member of this number."""
    return UUID(int=10**9 + number // TOGETHER)


def credential_of(number: int) -> Credential:
    """What the server knows the member of this number by."""
    return Credential(session_id=session_of(number), token_id=None, scopes=None)


def cookie_of(number: int) -> str:
    return f"bench-{number}"


def make(url: str, count: int) -> None:
    store, ids = Store(url), [new_id() for _ in range(count)]
    now = clock.now()
    everybody = list(enumerate(ids))
    members = ((id_, f"Member {n}", f"{n:06}", "en", "system", True, 1, now, now) for n, id_ in everybody)
    store.put(
        "members", "id name sort_name language appearance shows_presence version created_at activated_at", members
    )
    since = (now - timedelta(days=30)).date()
    students = ((new_id(), id_, "student", "institution", since) for id_ in ids)
    store.put("affiliations", "id member_id kind source starts_on", students)
    columns = "id member_id kind token_hash scopes methods proved_at user_agent network created_at seen_at expires_at"
    store.put("sessions", columns, _sessions(ids))
    rooms = sorted({room_of(number) for number, _ in everybody})
    columns = (
        "id kind access name about history has_newcomers people last_number last_sequence last_at created_at version"
    )
    said = ("group", "invited", "", "", "all", False, TOGETHER, 0, 0, now, now, 1)
    store.put("conversations", columns, ((room, *said) for room in rooms))
    columns = "conversation_id member_id since runs from_number from_sequence from_xid from_id"
    read = (now, False, 1, 1, 0, 0, 0, 0, "")
    places = ((room_of(number), id_, *read) for number, id_ in everybody)
    store.put("conversation_places", f"{columns} read_number read_at_number draft", places)
    store.close()


def _sessions(ids: list[UUID]) -> Iterator[Row]:
    now = clock.now()
    seen = ("Bench", "203.0.113.7", now, now, now + timedelta(days=1))
    for number, id_ in enumerate(ids):
        yield (session_of(number), id_, "browser", hash_token(cookie_of(number)), [], ["pwd"], now, *seen)


async def make_elsewhere(url: str, count: int) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.crowd", url, str(count))
    assert await process.wait() == 0


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]))
