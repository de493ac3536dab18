"""How SQLite goes about a search of very many things, once it was told what its tables are like."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document
from parvis.engagement.models import Comment, Thread
from parvis.kernel import statistics
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Post, PostPlace
from parvis.search.queries import candidates
from tests.make.communities import Place, Someone
from tests.make.posts import comment, say
from tests.make.search import search, settle
from tests.make.spaces import put_document, space_of

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")

HAVE_ALL = {
    "ix_posts_rights",
    "ix_post_places_rights",
    "ix_post_places_thread_rights",
    "ix_comments_rights",
    "ix_documents_rights",
}
"""Indexes by which it is told who may read what, without reading texts."""


async def test_it_reads_from_indexes_alone_who_may_read_what(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = await say(ana, place, "Un jalon.")
    await comment(ben, post, "Quel jalon ?")
    await put_document(ana, await space_of(ana, place), "Jalon.txt")
    await settle(parvis)
    await parvis.database.write(multiply)
    monkeypatch.setattr(candidates, "FEW", 0)
    with longest_statement(parvis) as asked:
        await search(ana, "jalon")
    assert HAVE_ALL - covering(parvis, *asked)
    await statistics.gather(parvis.database)
    plan = plan_of(parvis, *asked)
    assert covering(parvis, *asked) >= HAVE_ALL
    assert [step for step in plan if " ANY(" in step or "AUTOMATIC" in step] == []
    gone_through = {step.split()[1] for step in plan if step.startswith("SCAN")}
    assert not gone_through & {"posts", "post_places", "comments", "documents", "threads", "folders", "messages"}


async def multiply(session: AsyncSession) -> None:
    """So many of each that statistics tell of them, which only guess how many there are."""
    post, place, said, kept, thread = [
        dict((await session.execute(select(model.__table__))).mappings().one())
        for model in (Post, PostPlace, Comment, Document, Thread)
    ]
    new = [{"post": new_id(), "thread": new_id(), "other": new_id()} for _ in range(2 * statistics.MANY)]
    await session.execute(insert(Thread), [thread | {"id": ids["thread"], "subject_id": ids["post"]} for ids in new])
    await session.execute(insert(Post), [post | {"id": ids["post"]} for ids in new])
    places = [place | {"post_id": ids["post"], "thread_id": ids["thread"]} for ids in new]
    await session.execute(insert(PostPlace), places)
    await session.execute(insert(Comment), [said | {"id": ids["other"], "thread_id": ids["thread"]} for ids in new])
    documents = [kept | {"id": ids["other"], "sort_key": ids["other"].hex} for ids in new]
    await session.execute(insert(Document), documents)


@contextmanager
def longest_statement(parvis: Parvis) -> Iterator[list[Any]]:
    """The statement that the block asks with the most words, and what it was told."""
    longest: list[Any] = ["", ()]

    def keep(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if len(statement) > len(longest[0]):
            longest[:] = [statement, parameters]

    engines = parvis.database.engines
    for engine in engines:
        event.listen(engine, "before_cursor_execute", keep)
    try:
        yield longest
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", keep)


def plan_of(parvis: Parvis, statement: str, parameters: Any) -> list[str]:
    """As a connection goes about it that was open before: it notices what is new with what it asks next."""
    reading = parvis.database.engines[-1]
    with reading.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def covering(parvis: Parvis, statement: str, parameters: Any) -> set[str]:
    steps = [step for step in plan_of(parvis, statement, parameters) if "COVERING INDEX" in step]
    return {step.split("COVERING INDEX ")[1].split()[0] for step in steps}
