"""The database: one code for SQLite and PostgreSQL.

`base` holds what tables are made of, `engine` how the two databases are opened, `writer` the one writer of
SQLite, `database` the object a process holds. Features use two things: a `Reading` session, and `write(verb, …)`.
"""

from .among import among
from .base import Base, Id, Json, UtcDateTime, after_commit, one_at_a_time
from .database import Database, Read, Write

__all__ = [
    "Base",
    "Database",
    "Id",
    "Json",
    "Read",
    "UtcDateTime",
    "Write",
    "after_commit",
    "among",
    "one_at_a_time",
]
