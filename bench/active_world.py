"""A university at work: its people, all signed in, communities of which one is half of it, what was said and kept in
them for years, a room of two hundred, and what each is told.

    .venv/bin/python -m bench.active_world DATABASE_URL PEOPLE

It grows with the people in every respect: of 10,000 there are 400 communities, 100,000 messages, 30,000 comments,
17,000 posts and 5,000 documents, all of which can be searched.
"""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from bench.directory_people import fill
from bench.feed_world import Row, Store
from bench.search_world import World
from parvis.accounts.auth import DEV_COOKIE
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate
from parvis.kernel.secrets import hash_token

PEOPLE_OF_COMMUNITY = 25
"""There is a community for so many people."""
IN_EACH = 200
"""Of the largest the half of all; of the others at most so many."""
ROOM = UUID(int=10**9)
"""A conversation of…"""
IN_ROOM = 200
"""…the first so many."""
TOLD = 12
"""Notifications of each."""
KINDS = ("message",) * 66 + ("comment",) * 20 + ("post",) * 11 + ("document",) * 3
MESSAGES_OF_EACH = 10


class University(World):
    """What `bench.search_world` makes, of communities that people are really in."""

    def _circles(self) -> Iterator[set[UUID]]:
        yield {*self.people[: len(self.people) // 2]}
        for _ in range(self.communities - 1):
            yield {*self.draw.sample(self.people, min(IN_EACH, len(self.people) // 4))}


@dataclass(frozen=True)
class Known:
    """What clients go by: ids, as a browser has them from what it read before."""

    members: list[UUID]
    communities: dict[UUID, list[tuple[UUID, UUID, UUID]]]
    """Of each of the first members: community, its channel, its space."""
    posts: dict[UUID, list[UUID]]
    """The latest of each community."""


def cookie_of(number: int) -> str:
    return f"active-{number}"


def session_of(number: int) -> UUID:
    return UUID(int=number + 1)


def cookie_field(number: int) -> str:
    return f"{DEV_COOKIE}={cookie_of(number)}"


async def make(url: str, people: int) -> None:
    migrate(url)
    database = Database(url)
    await database.start()
    await fill(database.write, people)
    await database.stop()
    store = Store(url)
    members = members_of(store)
    world = University(store, members[0], members, communities=max(8, people // PEOPLE_OF_COMMUNITY), kinds=KINDS)
    world.make(people * MESSAGES_OF_EACH * len(KINDS) // KINDS.count("message"))
    said = "(SELECT count(*) FROM messages WHERE conversation_id = conversations.id)"
    store.run(f"UPDATE conversations SET last_number = {said}")
    store.run("UPDATE conversations SET last_sequence = last_number")
    store.run("UPDATE threads SET comments = (SELECT count(*) FROM comments WHERE thread_id = threads.id)")
    columns = "id member_id kind token_hash scopes methods proved_at user_agent network created_at seen_at expires_at"
    store.put("sessions", columns, _sessions(members))
    _room(store, members[:IN_ROOM])
    _told(store, members)
    store.close()


def members_of(store: Store) -> list[UUID]:
    return [_uuid(id_) for (id_,) in store.all("SELECT id FROM members ORDER BY id")]


def known(url: str, people: int) -> Known:
    """What the first so many members know."""
    store = Store(url)
    members = members_of(store)
    of: dict[UUID, list[tuple[UUID, UUID, UUID]]] = {id_: [] for id_ in members[:people]}
    found = store.all(
        "SELECT m.member_id, c.id, v.id, f.id FROM circle_memberships m "
        "JOIN communities c ON c.circle_id = m.circle_id "
        "JOIN conversations v ON v.community_id = c.id JOIN folders f ON f.community_id = c.id AND f.depth = 0"
    )
    for row in found:
        member, *ids = map(_uuid, row)
        if member in of:
            of[member].append((ids[0], ids[1], ids[2]))
    posts: dict[UUID, list[UUID]] = {}
    latest = (
        "SELECT community_id, post_id FROM (SELECT community_id, post_id, row_number() OVER (PARTITION BY community_id "
        "ORDER BY said_at DESC) AS place FROM post_places WHERE community_id IS NOT NULL) AS latest WHERE place <= 20"
    )
    for community_id, post_id in store.all(latest):
        posts.setdefault(_uuid(community_id), []).append(_uuid(post_id))
    store.connection.close()
    return Known(members, of, posts)


def _uuid(value: object) -> UUID:
    return UUID(bytes=value) if isinstance(value, bytes) else UUID(str(value))


def _sessions(ids: list[UUID]) -> Iterator[Row]:
    now = clock.now()
    seen = ("Bench", "203.0.113.7", now, now, now + timedelta(days=30))
    for number, id_ in enumerate(ids):
        yield (session_of(number), id_, "browser", hash_token(cookie_of(number)), [], ["pwd"], now, *seen)


def _room(store: Store, members: list[UUID]) -> None:
    now = clock.now()
    columns = (
        "id kind access name about history has_newcomers people last_number last_sequence last_at created_at version"
    )
    said = ("group", "invited", "Amphi", "", "all", False, len(members), 0, 0, now, now, 1)
    store.put("conversations", columns, [(ROOM, *said)])
    columns = "conversation_id member_id since runs from_number from_sequence from_xid from_id"
    read = (now, False, 1, 1, 0, 0, 0, 0, "")
    places = ((ROOM, id_, *read) for id_ in members)
    store.put("conversation_places", f"{columns} read_number read_at_number draft", places)


def _told(store: Store, members: list[UUID]) -> None:
    """Each of the largest community is told of comments there."""
    draw, now = Random(1284), clock.now()
    said = [
        tuple(map(_uuid, row))
        for row in store.all(
            "SELECT p.post_id, c.id, c.author_id FROM comments c JOIN post_places p ON p.thread_id = c.thread_id "
            "JOIN communities k ON k.id = p.community_id JOIN circles r ON r.id = k.circle_id "
            "ORDER BY r.people DESC, c.created_at DESC LIMIT 1000"
        )
    ]
    told = members[: len(members) // 2]
    store.put("inboxes", "member_id last all_read", ((id_, TOLD, 0) for id_ in told))
    about = [(id_, number, new_id(), draw.choice(said)) for id_ in told for number in range(1, TOLD + 1)]
    about = list({(id_, post): (id_, number, new, (post, *rest)) for id_, number, new, (post, *rest) in about}.values())
    when = {number: now - timedelta(hours=TOLD - number) for number in range(1, TOLD + 1)}
    store.put(
        "notifications",
        "id member_id kind about_id last read at",
        ((new, id_, "post", post, number, 0, when[number]) for id_, number, new, (post, *_) in about),
    )
    store.put(
        "notification_acts",
        "id notification_id number reason actor_id said_id here at",
        (
            (new_id(), new, number, "comment", author, comment, True, when[number])
            for _, number, new, (_, comment, author) in about
        ),
    )


if __name__ == "__main__" and sys.argv[1:]:
    asyncio.run(make(sys.argv[1], int(sys.argv[2])))
