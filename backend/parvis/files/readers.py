"""Who may read a file that a feature claimed: the feature says, here.

A feature registers its answer in `wiring.py`, several theirs for what they share; a kind for which nobody answers is
read by nobody but its owner. What counts for somebody else (a community, say) is no longer its owner's: who leaves a
place leaves what he put there.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor

from .models import File

MayRead = Callable[[AsyncSession, Actor | None, File], Awaitable[bool]]


class Readers:
    """Claiming kind -> its answers, of which one yes is enough."""

    def __init__(self) -> None:
        self._answers: dict[str, list[MayRead]] = defaultdict(list)

    def register(self, kind: str, may_read: MayRead) -> None:
        self._answers[kind].append(may_read)

    async def may_read(self, session: AsyncSession, actor: Actor | None, file: File) -> bool:
        """Whether this actor may read this file now."""
        if actor is not None and _is_own(actor, file):
            return True
        for answer in self._answers.get(file.claimed_kind or "", ()):
            if await answer(session, actor, file):
                return True
        return False


def _is_own(actor: Actor, file: File) -> bool:
    return file.owner_id == actor.id and (file.claimed_kind is None or file.account_id == actor.id)


async def everybody(_session: AsyncSession, _actor: Actor | None, _file: File) -> bool:
    """The answer of what is public."""
    return True
