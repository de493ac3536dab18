"""Parts of the snapshot: the port that features fill in `wiring.py`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.schemas import Out


@dataclass(frozen=True)
class SyncPart:
    """One field of `GET /sync`: its name, the scope that tokens need for it, its schema, and who reads it."""

    name: str
    scope: str
    schema: type[Out]
    read: Callable[[AsyncSession, Actor], Awaitable[Out]]
