"""Places of posts learn what kind they are and until when they are new, and forget it on the way down."""

from datetime import UTC, datetime

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, inspect, select

from parvis.kernel import migrations
from parvis.kernel.db import Id, Json, UtcDateTime
from parvis.kernel.ids import new_id

METADATA = MetaData()
AT = datetime(2026, 11, 20, 8, 10, tzinfo=UTC)


def _table(name: str, ids: str, words: str = "", numbers: str = "", jsons: str = "", instants: str = "") -> Table:
    kinds = ((ids, Id), (words, String), (numbers, Integer), (jsons, lambda: Json), (instants, UtcDateTime))
    return Table(name, METADATA, *[Column(column, kind()) for columns, kind in kinds for column in columns.split()])


CIRCLES = _table("circles", "id", numbers="people", jsons="mix")
COMMUNITIES = _table(
    "communities",
    "id circle_id",
    "name sort_name summary description language access charter posting commenting uploading",
    "charter_version version",
    "pictures",
    "created_at active_at",
)
POSTS = _table("posts", "id", "kind title body language", "version", instants="said_at")
THREADS = _table("threads", "id subject_id", "subject_kind", "comments people version", "reactions mix")
PLACES = _table("post_places", "post_id community_id thread_id", "kind", instants="said_at fresh_until")


def test_places_learn_what_their_posts_know(old_url: str) -> None:
    migrations.migrate(old_url, "0033")
    engine = create_engine(old_url)
    id_, words = new_id(), {"language": "fr", "version": 1}
    rules = dict.fromkeys(("posting", "commenting", "uploading"), "members")
    named = {"name": "Valorne", "sort_name": "valorne", "summary": "", "description": "", "charter": "", **rules}
    when = {"created_at": AT, "active_at": AT, "charter_version": 0, "pictures": {}}
    with engine.begin() as connection:
        connection.execute(insert(CIRCLES).values(id=id_, people=0, mix={}))
        connection.execute(insert(COMMUNITIES).values(id=id_, circle_id=id_, access="open", **named, **when, **words))
        connection.execute(insert(POSTS).values(id=id_, kind="idea", title="", body="", said_at=AT, **words))
        counts = {"comments": 0, "people": 1, "version": 1, "reactions": {}, "mix": {}}
        connection.execute(insert(THREADS).values(id=id_, subject_kind="post", subject_id=id_, **counts))
        place = {"post_id": id_, "community_id": id_, "thread_id": id_, "said_at": AT}
        connection.execute(insert(PLACES).values(**place))
    migrations.migrate(old_url, "0034")
    with engine.connect() as connection:
        assert list(connection.execute(select(PLACES.c.kind, PLACES.c.fresh_until))) == [("idea", AT)]
    migrations.downgrade(old_url, "0033")
    assert {"kind", "fresh_until"}.isdisjoint(column["name"] for column in inspect(engine).get_columns("post_places"))
    engine.dispose()
    migrations.migrate(old_url)
