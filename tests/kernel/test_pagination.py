import itertools
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import problems
from parvis.kernel.db import Base, Database
from parvis.kernel.errors import Invalid
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Job
from parvis.kernel.pagination import PageQuery, PageRequest, encode_cursor, keyset, paginate, paginate_in_turn

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)

# The jobs table serves as a list: it has an id, a time, a text and a number.
COLUMNS = {"run_at": Job.run_at, "name": Job.name, "attempts": Job.attempts}
ORDERS = [
    *itertools.product(COLUMNS, ("asc", "desc"), ("asc", "desc")),
]
NAMES = st.text(alphabet="aàbœzZ '\"\\%_é☃", max_size=3)
ROWS = st.lists(st.tuples(st.integers(0, 3), NAMES, st.integers(-2, 2)), max_size=14)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    await opened.start()
    yield opened
    await opened.stop()


async def fill(session: AsyncSession, rows: Sequence[tuple[int, str, int]]) -> None:
    await session.execute(delete(Job))
    if rows:
        await session.execute(insert(Job), [row_of(*row) for row in rows])


def row_of(minutes: int, name: str, attempts: int) -> dict[str, Any]:
    at = EPOCH + timedelta(minutes=minutes, microseconds=minutes)
    return {"id": new_id(), "name": name, "attempts": attempts, "run_at": at, "payload": {}}


async def read_all(database: Database, columns: Sequence[Any], limit: int) -> list[Any]:
    """Page after page to the end."""
    found, cursor = [], None
    async with database.reading() as session:
        for _ in range(50):
            page = await paginate(session, select(Job.id), columns, PageRequest(limit, cursor), lambda job_id: job_id)
            assert len(page.items) <= limit
            found += page.items
            cursor = page.next
            if cursor is None:
                return found
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("column, direction, direction_of_id", ORDERS)
@given(rows=ROWS, limit=st.integers(1, 5))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_pages_make_up_the_whole_list(
    database: Database, column: str, direction: str, direction_of_id: str, rows: list[Any], limit: int
) -> None:
    await database.write(fill, rows)
    ordered = [getattr(COLUMNS[column], direction)(), getattr(Job.id, direction_of_id)()]
    async with database.reading() as session:
        whole = list(await session.scalars(select(Job.id).order_by(*ordered)))
    assert len(whole) == len(rows)
    assert await read_all(database, ordered, limit) == whole


async def test_three_columns_of_mixed_directions_page_too(database: Database) -> None:
    await database.write(fill, [(i % 2, "ab"[i // 2 % 2], i % 3) for i in range(20)])
    columns = (Job.name.desc(), Job.attempts, Job.id.desc())
    async with database.reading() as session:
        whole = list(await session.scalars(select(Job.id).order_by(*columns)))
    assert await read_all(database, columns, 3) == whole


async def test_what_arrives_before_the_page_moves_nothing(database: Database) -> None:
    await database.write(fill, [(i, "", 0) for i in range(1, 7)])
    columns = (Job.run_at, Job.id)
    async with database.reading() as session:
        first = await paginate(session, select(Job), columns, PageRequest(3), lambda job: job.run_at.minute)
    await database.write(_insert_first)
    async with database.reading() as session:
        second = await paginate(
            session, select(Job), columns, PageRequest(3, first.next), lambda job: job.run_at.minute
        )
    assert (first.items, second.items, second.next) == ([1, 2, 3], [4, 5, 6], None)


async def _insert_first(session: AsyncSession) -> None:
    await session.execute(insert(Job), [row_of(0, "", 0)])


async def test_each_entity_of_a_row_is_presented(database: Database) -> None:
    await database.write(fill, [(1, "a", 7)])
    async with database.reading() as session:
        statement = select(Job.name, Job.attempts)
        page = await paginate(session, statement, (Job.id,), PageRequest(), lambda name, attempts: (name, attempts))
    assert page.items == [("a", 7)]


def written(*parts: object) -> str:
    return urlsafe_b64encode(orjson.dumps(list(parts))).decode().rstrip("=")


ID = "01890a5d-ac96-774b-bcce-b302099a8057"
AT = "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "é", "!!", "a", "null", "e30", "\x00", "W10", written(), written("1"), written("0", AT, ID)),
        *(
            written("1", AT),
            written("1", AT, ID, ID),
            written("1", ID, AT),
            written("1", 5, ID),
            written("1", None, ID),
        ),
        *(written("1", "2026-01-01T00:00:00", ID), written("1", "9999-99-99", ID), written("1", AT, "x" * 36)),
        *(written("1", "0001-01-01T00:00:00+23:59", ID), written("1", [AT], {"a": 1}), written(["1"], AT, ID)),
        *(written("1", True, ID), written("1", AT, 0), "W" * 1024),
    ],
)
async def test_a_cursor_of_another_making_is_refused(database: Database, cursor: str) -> None:
    async with database.reading() as session:
        with pytest.raises(Invalid) as refused:
            await paginate(session, select(Job), (Job.run_at, Job.id), PageRequest(5, cursor), lambda job: job)
    assert [field.path for field in refused.value.fields] == ["cursor"]


@pytest.mark.parametrize("value", ["a\0b", 5, None, True])
async def test_a_text_cursor_holds_only_text(database: Database, value: object) -> None:
    async with database.reading() as session:
        with pytest.raises(Invalid):
            await paginate(
                session, select(Job), (Job.name, Job.id), PageRequest(5, written("1", value, ID)), lambda job: job
            )


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1, 2**63, -(2**63), 10**40, 1.5, "5", True, None])
async def test_a_number_cursor_holds_only_what_the_database_can(database: Database, value: object) -> None:
    number = written("1", value, ID) if not isinstance(value, int) or abs(value) < 2**64 else _huge(value)
    async with database.reading() as session:
        with pytest.raises(Invalid):
            await paginate(session, select(Job), (Job.attempts, Job.id), PageRequest(5, number), lambda job: job)


def _huge(value: int) -> str:
    return urlsafe_b64encode(f'["1",{value},"{ID}"]'.encode()).decode().rstrip("=")


@given(st.binary(max_size=80))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_bytes_break_the_reading_of_a_cursor(database: Database, noise: bytes) -> None:
    cursor = urlsafe_b64encode(noise).decode()
    async with database.reading() as session:
        with pytest.raises(Invalid):
            await paginate(session, select(Job), (Job.attempts, Job.id), PageRequest(5, cursor), lambda job: job)


class Nullable(Base):
    """A list nobody should page by its date."""

    metadata = Base.metadata.__class__()
    __tablename__ = "nullable"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime | None]


def test_a_list_is_not_paged_by_a_column_that_may_be_null() -> None:
    with pytest.raises(TypeError):
        keyset(select(Nullable), (Nullable.ended_at.desc(), Nullable.id), None, 5)


def test_a_cursor_tells_instants_in_utc_and_refuses_what_cannot_be_compared() -> None:
    assert encode_cursor([EPOCH]) == encode_cursor([EPOCH.astimezone()])
    with pytest.raises(TypeError):
        encode_cursor([1.5])  # type: ignore[list-item]


@pytest.mark.parametrize(
    "query, status",
    [
        ("", 200),
        ("?limit=200", 200),
        ("?limit=201", 422),
        ("?limit=0", 422),
        ("?limit=x", 422),
        ("?cursor=" + "a" * 1025, 422),
    ],
)
async def test_a_limit_is_never_cut_in_silence(query: str, status: int) -> None:
    app = FastAPI()
    problems.install(app)

    @app.get("/things")
    async def things(page: PageQuery) -> int:
        return page.limit

    async with AsyncClient(transport=ASGITransport(app), base_url="https://testserver") as client:
        answer = await client.get(f"/things{query}")
    assert answer.status_code == status
    assert answer.json() == {"": 50, "?limit=200": 200}[query] if status == 200 else "fields" in answer.json()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, limit=st.integers(1, 6), descends=st.booleans())
async def test_lists_are_told_one_after_the_other(
    database: Database, rows: list[tuple[int, str, int]], limit: int, descends: bool
) -> None:
    async def verb(session: AsyncSession) -> None:
        await fill(session, rows)

    await database.write(verb)
    order = (Job.run_at.desc(), Job.id.desc()) if descends else (Job.run_at, Job.id)
    lists = [(select(Job.id).where(Job.attempts == number), order) for number in (2, -1, 0)]
    found: list[UUID] = []
    cursor = None
    async with database.reading() as session:
        wanted = [id_ for statement, columns in lists for id_ in await session.scalars(statement.order_by(*columns))]
        while True:
            page = await paginate_in_turn(session, lists, PageRequest(limit, cursor), lambda job_id: job_id)
            assert len(page.items) <= limit
            found, cursor = [*found, *page.items], page.next
            if cursor is None:
                break
    assert found == wanted


@pytest.mark.parametrize("turn", [-1, 1, "0"])
async def test_a_cursor_of_a_list_that_is_not_there_is_refused(database: Database, turn: int | str) -> None:
    cursor = encode_cursor((turn, 1, new_id()))
    lists = [(select(Job.id), (Job.attempts, Job.id))]
    async with database.reading() as session:
        with pytest.raises(Invalid):
            await paginate_in_turn(session, lists, PageRequest(5, cursor), lambda job_id: job_id)
