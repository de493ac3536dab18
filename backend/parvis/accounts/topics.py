"""How features say which topics somebody reads, when it takes asking the database."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select

from parvis.kernel.events import Position
from parvis.kernel.stream import Subscription

from .actor import Actor


class TopicQuery(NamedTuple):
    """Topics that a feature finds in its tables: asked for with those of the others, in one query.

    `statement` is built once for all who are of the organisation as this actor is (`Actor.stand_in`). A row of it is an
    id, a word or null, and the two numbers of a position or nulls; `topics` makes subscriptions of one.
    """

    statement: Callable[[Actor], Select[*tuple[Any, ...]]]
    topics: Callable[[UUID, str | None, Position], Sequence[Subscription]]
