"""What a backup says of itself: at its head what is needed to read it, at its end what it held."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["id", "time", "date", "json", "bytes", "bool", "plain"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Columns(_Part):
    """The columns of one table, and what is in each."""

    names: list[str]
    kinds: list[Kind]


class Head(_Part):
    format: Literal[1] = 1
    version: str
    """Of Parvis."""
    revision: str
    """Of the tables."""
    engine: Literal["sqlite", "postgresql"]
    taken_at: datetime
    secret: str
    """By which the root secret is known again; not the secret."""
    root_secret: str | None
    """Only in what is encrypted."""
    tables: dict[str, Columns]


class Rows(_Part):
    """How many a table has, and the sum of their hashes: the same for the same rows, in whatever order."""

    count: int
    digest: str


class Blobs(_Part):
    count: int
    size: int
    gone: list[str]
    """What the tables still knew, and was cleared away before it could be read."""


class Manifest(_Part):
    tables: dict[str, Rows]
    blobs: Blobs
