"""A network of any age to read a feed of: 12,000 communities from very lively to nearly silent, and a member of 300.

Posts come at one rate, so that a larger network is an older one. Rows go to the driver itself, as files or batches.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from uuid import UUID

import orjson
import psycopg
from sqlalchemy import make_url

from parvis.kernel import clock
from parvis.posts.freshness import WEEK, stay_of

COMMUNITIES = int(os.environ.get("BENCH_COMMUNITIES", "12000"))
MINE, MINE_LIVELY, LIVELY = 300, 60, 200
"""The reader is in so many communities, of which so many are among so many of the liveliest."""
PEOPLE, CONTACTS = 2000, 60
POSTS_A_DAY = 1_000_000 / 730
AT_ONCE = 5_000
KINDS = ("message",) * 80 + ("question",) * 12 + ("idea",) * 8
WORDS = ("salle", "ouverte", "chacun", "vient", "quand", "il", "veut", "avec", "ce", "qu’il", "a", "pour", "parler")
SUBJECTS = 80
Row = tuple[object, ...]


@dataclass
class Store:
    """A database, written by its own driver."""

    url: str

    def __post_init__(self) -> None:
        parts = make_url(self.url)
        self.is_sqlite = parts.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.connection = sqlite3.connect(parts.database or "")
            self.connection.execute("PRAGMA synchronous=OFF")
        else:
            self.connection = psycopg.connect(parts.set(drivername="postgresql").render_as_string(hide_password=False))

    def put(self, table: str, columns: str, rows: Iterable[Row]) -> None:
        names = columns.split()
        several = iter(rows)
        while batch := list(islice(several, AT_ONCE)):
            if self.is_sqlite:
                marks = ", ".join("?" * len(names))
                statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
                self.connection.executemany(statement, [[plain(value) for value in row] for row in batch])
            else:
                with self.connection.cursor().copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(
                            [orjson.dumps(one).decode() if isinstance(one, dict | list) else one for one in row]
                        )
            self.connection.commit()

    @property
    def is_server(self) -> bool:
        return not self.is_sqlite

    def all(self, statement: str) -> list[Row]:
        return list(self.connection.execute(statement).fetchall())

    def run(self, statement: str) -> None:
        self.connection.execute(statement)
        self.connection.commit()

    def close(self) -> None:
        if self.is_sqlite:
            self.connection.execute("ANALYZE")
            self.connection.commit()
        else:
            self.connection.autocommit = True
            self.connection.execute("VACUUM ANALYZE")
        self.connection.close()


def plain(value: object) -> object:
    """As the tables of SQLite have it."""
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


def fill(url: str, reader: UUID, posts: int) -> None:
    """Everything but the reader himself, who is there."""
    draw, store, now = Random(1284), Store(url), clock.now()
    people = [made(draw, now) for _ in range(PEOPLE)]
    store.put(
        "members",
        "id name sort_name language appearance version created_at activated_at",
        ((id_, f"Membre {at}", f"membre {at}", "fr", "system", 1, now, now) for at, id_ in enumerate(people)),
    )
    store.put(
        "affiliations",
        "id member_id kind source starts_on",
        (
            (made(draw, now), id_, draw.choice(("student", "alum", "staff")), "institution", now.date())
            for id_ in people
        ),
    )
    known = draw.sample(people, CONTACTS)
    store.put("contacts", "member_id other_id since", ((reader, id_, now) for id_ in known))
    store.put(
        "profile_fields", "member_id field level value", [(reader, "skills", "organisation", ["theme 1", "theme 2"])]
    )
    communities = [(made(draw, now), made(draw, now)) for _ in range(COMMUNITIES)]
    mine = {*draw.sample(range(LIVELY), MINE_LIVELY)}
    mine |= {*draw.sample(range(LIVELY, COMMUNITIES), MINE - MINE_LIVELY)}
    _communities(store, draw, communities, mine, reader, now)
    _posts(store, draw, [community_id for community_id, _ in communities], people, reader, posts, now)
    store.close()


def made(draw: Random, at: datetime) -> UUID:
    """An id as of that time (RFC 9562, version 7)."""
    number = int(at.timestamp() * 1000) << 80 | draw.getrandbits(80)
    return UUID(int=number & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def _communities(
    store: Store, draw: Random, ids: Sequence[tuple[UUID, UUID]], mine: set[int], reader: UUID, now: datetime
) -> None:
    store.put("circles", "id people mix", ((circle_id, 20, {"student": 20}) for _, circle_id in ids))
    texts = "summary description charter posting commenting uploading language"
    empty = ("", "", "", "members", "members", "members", "fr")
    store.put(
        "communities",
        f"id circle_id name sort_name access charter_version version pictures created_at active_at {texts}",
        (
            (id_, circle, f"Lieu {at}", f"lieu {at}", "open", 0, 1, {}, now, now, *empty)
            for at, (id_, circle) in enumerate(ids)
        ),
    )
    store.put(
        "community_tags",
        "community_id tag label",
        ((id_, f"theme {n}", f"Thème {n}") for id_, _ in ids for n in draw.sample(range(SUBJECTS), 3)),
    )
    store.put(
        "circle_memberships",
        "circle_id member_id role since",
        ((ids[at][1], reader, "member" if at % 20 else "moderator", now) for at in sorted(mine)),
    )


def _posts(
    store: Store, draw: Random, ids: Sequence[UUID], people: Sequence[UUID], reader: UUID, posts: int, now: datetime
) -> None:
    rates = [1 / (rank + 1) for rank in range(len(ids))]
    weekly = [POSTS_A_DAY * WEEK.days * rate / sum(rates) for rate in rates]
    said = list(_said(draw, ids, weekly, people, reader, posts, now))
    for start in range(0, posts, AT_ONCE):
        some = said[start : start + AT_ONCE]
        store.put(
            "posts",
            "id author_id kind title body language said_at version",
            ((id_, author, kind, "Un titre", body, "fr", at, 1) for id_, _, author, kind, body, at, _, _ in some),
        )
        store.put(
            "threads",
            "id subject_kind subject_id comments reactions people mix version",
            (
                (
                    thread,
                    "post",
                    id_,
                    draw.randrange(9),
                    {"thanks": draw.randrange(1, 30)},
                    draw.randrange(1, 30),
                    {"student": 4},
                    1,
                )
                for id_, thread, *_ in some
            ),
        )
        store.put(
            "post_places",
            "post_id community_id thread_id kind said_at fresh_until",
            ((id_, place, thread, kind, at, at + stay) for id_, thread, _, kind, _, at, place, stay in some),
        )
        store.put(
            "ideas",
            "post_id status answer supports",
            ((id_, "proposed", "", 7) for id_, _, _, kind, *_ in some if kind == "idea"),
        )
        store.put(
            "thread_participants",
            "thread_id member_id public began comments reactions",
            ((thread, people[at % PEOPLE], "student", True, 0, 0) for at, (_, thread, *_) in enumerate(some)),
        )


def _said(
    draw: Random,
    ids: Sequence[UUID],
    weekly: Sequence[float],
    people: Sequence[UUID],
    reader: UUID,
    posts: int,
    now: datetime,
) -> Iterator[tuple[UUID, UUID, UUID, str, str, datetime, UUID, timedelta]]:
    """From the first to the last: id, thread, author, kind, words, when, where and how long it stays."""
    wait = timedelta(days=1 / POSTS_A_DAY)
    places = draw.choices(range(len(ids)), weekly, k=posts)
    for number, place in enumerate(places):
        at = now - wait * (posts - number)
        body = " ".join(draw.choices(WORDS, k=40))
        author = reader if number % 5000 == 0 else draw.choice(people)
        stay = stay_of(int(weekly[place]))
        yield made(draw, at), made(draw, at), author, draw.choice(KINDS), body, at, ids[place], stay
