"""Worlds in which a feed is read, drawn by chance, and the same feed told without SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.circles.models import Circle, Membership
from parvis.communities.models import Community, CommunityTag
from parvis.engagement.models import Participant, Thread
from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id
from parvis.posts.models import Post, PostPlace
from parvis.profiles.models import Block, Contact, ProfileField

FEED = "/api/v1/feed"
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SUBJECT = "cartes"
Row = dict[str, Any]


@dataclass
class Said:
    """A post of a world. `places`: by number of the community, what is so there."""

    id: UUID
    author: int
    kind: str
    at: datetime
    stays: timedelta
    names_reader: bool
    deleted: bool
    places: dict[int, Row] = field(default_factory=dict)


@dataclass
class World:
    """Some members, of whom 0 reads; communities by what he is in them; what was said. `apart`: whom a block keeps
    apart from him; `contacts`: whom he knows; `liked`: communities with a tag that is one of his skills."""

    members: Sequence[UUID]
    roles: list[str | None]
    over: set[int]
    liked: set[int]
    apart: set[int]
    contacts: set[int]
    communities: list[UUID] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def feed(self, order: str, as_of: datetime, *, ideas: bool, stretch: int = 0) -> list[tuple[UUID, str]]:
        """Ids of posts in order, each with the reason; by relevance at that time, in stretches of so many."""
        shown = [one for one in self.said if self._there(one) and (not ideas or one.kind == "idea")]
        if order == "recent":
            told = sorted(shown, key=lambda one: (one.at, one.id), reverse=True)
        else:
            fresh = sorted(shown, key=lambda one: (one.at + one.stays, one.id), reverse=True)
            told = [
                one
                for start in range(0, len(fresh), stretch)
                for one in self._by_weight(fresh[start : start + stretch], as_of)
            ]
        return [(one.id, self._why(one)) for one in told]

    def _there(self, said: Said) -> list[int]:
        """The places where the reader sees it."""
        if said.deleted:
            return []
        there = []
        for number, place in said.places.items():
            runs = self.roles[number] in {"owner", "moderator"}
            is_in = self.roles[number] is not None and number not in self.over
            is_hidden = place["hidden"] and said.author != 0 and not runs
            is_apart = said.author in self.apart and not runs
            if is_in and not place["removed"] and not is_hidden and not is_apart:
                there.append(number)
        return sorted(there, key=lambda number: self.communities[number])

    def _by_weight(self, stretch: list[Said], as_of: datetime) -> list[Said]:
        latest = sorted(stretch, key=lambda one: (one.at, one.id), reverse=True)
        before: dict[int, int] = {}
        weights = {}
        for one in latest:
            home = self._there(one)[0]
            weights[one.id] = self._weight(one) - min(before.get(home, 0), 4) - min((as_of - one.at).days, 14)
            before[home] = before.get(home, 0) + 1
        return sorted(latest, key=lambda one: weights[one.id], reverse=True)

    def _weight(self, one: Said) -> int:
        there = [one.places[number] for number in self._there(one)]
        people = max(place["people"] for place in there)
        weight = 8 if one.names_reader else 0
        weight += 4 if one.author in self.contacts else 0
        weight += 2 if one.author == 0 else (3 if any(place["takes_part"] for place in there) else 0)
        weight += 3 if any(place["pinned"] for place in there) else 0
        weight += 2 if self.liked & set(self._there(one)) else 0
        weight += 2 if self._active() & set(self._there(one)) else 0
        return weight + (3 if people >= 40 else 2 if people >= 15 else 1 if people >= 5 else 0)

    def _active(self) -> set[int]:
        """Where the reader spoke in his last twenty posts."""
        own = sorted((one for one in self.said if one.author == 0 and not one.deleted), key=lambda one: one.id)
        return {number for one in own[-20:] for number in one.places}

    def _why(self, one: Said) -> str:
        there = self._there(one)
        places = [one.places[number] for number in there]
        for why, is_so in (
            ("named", one.names_reader),
            ("yours", one.author == 0),
            ("taking_part", any(place["takes_part"] for place in places)),
            ("contact", one.author in self.contacts),
            ("pinned", any(place["pinned"] for place in places)),
            ("interest", bool(self.liked & set(there))),
            ("lively", any(place["people"] >= 15 for place in places)),
            ("active", bool(self._active() & set(there))),
        ):
            if is_so:
                return why
        return "community"


def drawn(draw: Random, reader: UUID) -> World:
    """Ten communities, some very lively and some nearly silent, and seventy posts."""
    communities, people, now = 10, 7, clock.now()
    world = World(
        members=[reader, *(new_id() for _ in range(people - 1))],
        roles=[draw.choice((None, "member", "member", "member", "moderator")) for _ in range(communities)],
        over={number for number in range(communities) if draw.random() < 0.1},
        liked={number for number in range(communities) if draw.random() < 0.2},
        apart={number for number in range(1, people) if draw.random() < 0.2},
        contacts={number for number in range(1, people) if draw.random() < 0.2},
        communities=[new_id() for _ in range(communities)],
    )
    world.contacts -= world.apart
    for _ in range(70):
        at = now - timedelta(minutes=draw.choice((draw.randint(1, 200), draw.randint(1, 30_000))))
        author, stays = draw.randrange(people), timedelta(hours=draw.choice((0, 0, 1, 2)))
        names, kind = draw.random() < 0.1, draw.choice(("message", "message", "idea"))
        one = Said(new_id(), author, kind, at, stays, names, draw.random() < 0.1)
        for number in draw.choices(range(communities), [2**at for at in range(communities)], k=draw.choice((1, 1, 3))):
            one.places[number] = {
                "removed": draw.random() < 0.1,
                "hidden": draw.random() < 0.1,
                "pinned": draw.random() < 0.05,
                "takes_part": author != 0 and draw.random() < 0.1,
                "people": draw.choice((1, 1, 1, 5, 15, 40)),
            }
        world.said.append(one)
    return world


async def plant(session: AsyncSession, world: World) -> None:
    """Writes the world beside its reader, who is there."""
    rows: dict[type[Base], list[Row]] = {}

    def add(table: type[Base], **row: Any) -> None:
        rows.setdefault(table, []).append(row)

    _people(add, world)
    for number in range(len(world.communities)):
        _community(add, world, number)
    for said in world.said:
        _say(add, world, said)
    for table in Base.metadata.sorted_tables:  # What others lead to comes first.
        for kind, found in rows.items():
            if kind.__table__ is table:
                await session.execute(insert(kind), found)


def _people(add: Any, world: World) -> None:
    reader = world.members[0]
    for number, member_id in enumerate(world.members[1:], start=1):
        add(Member, id=member_id, name=f"M {number}", sort_name=f"m {number}", language="fr", activated_at=AT)
    for number in world.apart:
        pair = (reader, world.members[number])
        blocker, blocked = pair if number % 2 else pair[::-1]
        add(Block, blocker_id=blocker, blocked_id=blocked)
    for number in world.contacts:
        add(Contact, member_id=reader, other_id=world.members[number])
    add(ProfileField, member_id=reader, field="skills", level="organisation", value=[SUBJECT])


def _community(add: Any, world: World, number: int) -> None:
    community_id, circle_id, name = world.communities[number], new_id(), f"C {number}"
    add(Circle, id=circle_id, people=1, mix={})
    add(Community, id=community_id, circle_id=circle_id, name=name, sort_name=name, access="secret", pictures={})
    if number in world.liked:
        add(CommunityTag, community_id=community_id, tag=SUBJECT, label=SUBJECT.title())
    if world.roles[number] is not None:
        until = clock.now() - timedelta(days=1) if number in world.over else None
        role, reader = world.roles[number], world.members[0]
        add(Membership, circle_id=circle_id, member_id=reader, role=role, since=AT, until=until)


def _say(add: Any, world: World, said: Said) -> None:
    reader = world.members[0]
    body = f"Voyez @[](person:{reader})." if said.names_reader else "Bonjour."
    author_id = None if said.deleted else world.members[said.author]
    deleted_at = AT if said.deleted else None
    add(Post, id=said.id, author_id=author_id, kind=said.kind, body=body, said_at=said.at, deleted_at=deleted_at)
    for number, place in said.places.items():
        thread_id = new_id()
        add(Thread, id=thread_id, subject_kind="post", subject_id=said.id, people=place["people"])
        if place["takes_part"]:
            add(Participant, thread_id=thread_id, member_id=reader, comments=1)
        add(
            PostPlace,
            post_id=said.id,
            community_id=world.communities[number],
            thread_id=thread_id,
            kind=said.kind,
            said_at=said.at,
            fresh_until=said.at + said.stays,
            pinned_at=AT if place["pinned"] else None,
            removed_at=AT if place["removed"] else None,
            hidden_at=AT if place["hidden"] else None,
        )
