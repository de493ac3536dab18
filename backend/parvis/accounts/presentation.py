"""How a member presents himself, of which accounts know nothing: the feature that keeps it tells it here.

`wiring.py` says which does.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Avatar:
    """Where a member's picture is, in two sizes of a square."""

    small: str
    large: str


@dataclass(frozen=True, slots=True)
class Presentation:
    """What the member's own screens show of his profile."""

    avatar: Avatar | None
    is_begun: bool
    """Whether the profile says anything yet."""


class Presentations:
    """The port: who is asked."""

    def __init__(self, read: Callable[[AsyncSession, UUID], Awaitable[Presentation]]) -> None:
        self._read = read

    async def of(self, session: AsyncSession, member_id: UUID) -> Presentation:
        return await self._read(session, member_id)
