"""Readings that are built once and sent on the driver itself say what SQLAlchemy's own way says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import BindParameter, Float, bindparam, cast, func, insert, literal, select, text, union_all
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Unit
from parvis.circles.policy import NOW
from parvis.kernel import clock
from parvis.kernel.db import among
from parvis.kernel.db.direct import BUILT_ONCE, plan_of
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Gathering, Post
from tests.conftest import CountedQueries

IDS = [new_id() for _ in range(3)]
STATEMENTS: Mapping[str, Any] = {
    "columns": select(Post.id, Post.said_at, Post.kind, Post.author_id).order_by(Post.id),
    "an entity and a column": select(Post, func.length(Post.body).label("size")).order_by(Post.id),
    "two entities, of which one may be missing": (
        select(Post, Gathering).outerjoin(Gathering, Gathering.post_id == Post.id).order_by(Post.id)
    ),
    "what it is told": select(Post.id).where(Post.kind == bindparam("kind")).order_by(Post.id),
    "ids as one value": select(Post.id).where(among(Post.id, "ids")).order_by(Post.id),
    "a list that is part of it": select(Post.id).where(Post.kind.in_(("event", "idea"))).order_by(Post.id),
    "a list that it is told": (
        select(Post.id).where(Post.kind.in_(bindparam("kinds", expanding=True))).order_by(Post.id)
    ),
    "the time of each execution": select(Post.id).where(Post.said_at < NOW).order_by(Post.id).limit(2),
    "types of each kind": select(
        Gathering.starts_at, Gathering.seats, Gathering.whole_day, Gathering.time_zone, cast(literal(1.5), Float)
    ),
    "one of several": union_all(select(Post.kind.label("it")), select(Post.body.label("it"))).order_by("it"),
    "none": select(Post.id, Post.said_at).where(Post.kind == "none"),
}
TOLD: dict[str, Any] = {"kind": "event", "ids": IDS[:2], "kinds": ["event", "post"]}


async def fill(session: AsyncSession) -> None:
    now = clock.now()
    for number, id_ in enumerate(IDS):
        said_at = now - timedelta(hours=1) + number * timedelta(hours=1)
        kind = ("post", "event", "idea")[number]
        await session.execute(insert(Post).values(id=id_, kind=kind, body="é%s:x?" * number, said_at=said_at))
    when = {"starts_at": now, "ends_at": now, "time_zone": "Europe/Paris"}
    await session.execute(insert(Gathering).values(post_id=IDS[1], seats=0, **when))


async def test_it_finds_what_sqlalchemy_finds(parvis: Parvis, counted_queries: CountedQueries) -> None:
    await parvis.database.write(fill)

    async def ask(session: AsyncSession, statement: Any) -> tuple[list[str], list[Any], Any]:
        result = await session.execute(statement, TOLD)
        rows = result.all()
        return list(result.keys()), [tuple(row) for row in rows], [row._asdict() for row in rows]

    async def planned(session: AsyncSession, statement: Any) -> bool:
        return plan_of(statement, session.get_bind(), TOLD) is not None  # type: ignore[arg-type]

    for what, statement in STATEMENTS.items():
        with counted_queries() as queries:  # Somebody listens: SQLAlchemy's way.
            expected = await parvis.database.read(ask, statement)
        assert len(queries) == 1, what
        for _ in range(BUILT_ONCE + 1):
            assert await parvis.database.read(ask, statement) == expected, what
        assert await parvis.database.read(planned, statement) == (what != "a list that it is told"), what


async def test_who_tells_another_list_than_the_statement_has_is_not_given_the_first(parvis: Parvis) -> None:
    await parvis.database.write(fill)
    some: BindParameter[Any] = bindparam("kinds", ["event"], expanding=True)
    statement = select(Post.kind).where(Post.kind.in_(some)).order_by(Post.kind)

    async def ask(session: AsyncSession, told: Mapping[str, Any]) -> list[str]:
        return list((await session.scalars(statement, told)).all())

    for _ in range(BUILT_ONCE + 1):
        assert await parvis.database.read(ask, {}) == ["event"]
    assert await parvis.database.read(ask, {"kinds": ["idea", "post"]}) == ["idea", "post"]
    assert await parvis.database.read(ask, {}) == ["event"]


async def test_what_is_missing_or_wrong_is_said_as_sqlalchemy_says_it(parvis: Parvis) -> None:
    bare, wrong = select(Unit.id).where(Unit.code == bindparam("code")), select(text("1")).where(text("no_such = 1"))

    async def ask(session: AsyncSession, statement: Any, told: Mapping[str, Any]) -> Any:
        return (await session.execute(statement, told)).all()

    for _ in range(BUILT_ONCE + 1):
        assert await parvis.database.read(ask, bare, {"code": "none"}) == []
    with pytest.raises(DBAPIError, match="code"):
        await parvis.database.read(ask, bare, {"code": object()})
    for _ in range(BUILT_ONCE + 1):
        with pytest.raises(DBAPIError, match="no_such"):
            await parvis.database.read(ask, wrong, {})
    assert await parvis.database.read(ask, bare, {"code": "none"}) == [], "the connection is whole"


async def test_one_reading_sees_one_state_on_sqlite(parvis: Parvis) -> None:
    count = select(func.count()).select_from(Post)

    async def twice(session: AsyncSession) -> tuple[int, int]:
        return await session.scalar(count) or 0, await session.scalar(count) or 0

    assert await parvis.database.read(twice) == (0, 0)
    await parvis.database.write(fill)
    assert await parvis.database.read(twice) == (3, 3), "nor does it stay at an older one"
