"""A new history for the log: its facts are numbered from 1 on, and whoever stood in it stands where he stood.

PostgreSQL orders the log by numbers of its own transactions, which mean nothing in another cluster: facts with higher
ones than those to come would be told after them, or not for years.
"""

from sqlalchemy import Connection

POSITIONS = [("listeners", "xid", "event_id"), ("log_state", "pruned_xid", "pruned_id")]
POSITIONS += [("conversation_places", "from_xid", "from_id")]
OTHERS = "topic, type, data, actor_id, at"


def renumber(connection: Connection) -> None:
    """Does nothing to a log that has one numbering alone: SQLite's."""
    if not connection.exec_driver_sql("SELECT 1 FROM events WHERE xid > 0 LIMIT 1").first():
        return
    connection.exec_driver_sql(
        "CREATE TEMPORARY TABLE old_events AS "
        f"SELECT row_number() OVER (ORDER BY xid, id) AS number, xid, id, {OTHERS} FROM events"
    )
    connection.exec_driver_sql("CREATE INDEX ix_old_events ON old_events (xid, id)")
    connection.exec_driver_sql("DELETE FROM events")
    connection.exec_driver_sql(f"INSERT INTO events (id, xid, {OTHERS}) SELECT number, 0, {OTHERS} FROM old_events")
    for table, xid, number in POSITIONS:
        reached = f"SELECT number FROM old_events AS o WHERE (o.xid, o.id) <= ({table}.{xid}, {table}.{number})"
        connection.exec_driver_sql(
            f"UPDATE {table} SET {number} = coalesce(({reached} ORDER BY o.xid DESC, o.id DESC LIMIT 1), 0), "
            f"{xid} = 0 WHERE {xid} > 0 OR {number} > 0"
        )
    connection.exec_driver_sql("DROP TABLE old_events")
