"""Who may read a file that a feature claimed: the feature says, here.

A feature registers its answer in `wiring.py`, several theirs for what they share; a kind for which nobody answers is
read by nobody but its owner. What stands in a place is no longer its owner's: who leaves a place leaves what he put
there. As long as he may read it, he alone does so before it was scanned.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.errors import Forbidden

from .models import File
from .places import IN_A_PLACE

MayRead = Callable[[AsyncSession, Actor | None, File], Awaitable[bool]]


class Quarantined(Forbidden):
    code = "quarantined"
    title = {
        "fr": "Un programme malveillant a été trouvé dans ce fichier : personne ne peut plus le lire.",
        "en": "A malicious program was found in this file: nobody can read it any more.",
    }


class Readers:
    """Claiming kind -> its answers, of which one yes is enough. `scanned`: whether files are scanned here, so that
    nobody but its owner reads one that was not found clean."""

    def __init__(self, *, scanned: bool = False) -> None:
        self._answers: dict[str, list[MayRead]] = defaultdict(list)
        self._scanned = scanned

    def register(self, kind: str, may_read: MayRead) -> None:
        self._answers[kind].append(may_read)

    async def may_read(self, session: AsyncSession, actor: Actor | None, file: File) -> bool:
        """Whether this actor may read this file now. Raises `Quarantined` when he would, and sent it himself."""
        if actor is not None and _is_own(actor, file):
            if file.scan == "infected":
                raise Quarantined
            return True
        is_sent_by_him = actor is not None and file.owner_id == actor.id and file.account_id == IN_A_PLACE
        if not (self.is_let_out(file) or is_sent_by_him):
            return False
        for answer in self._answers.get(file.claimed_kind or "", ()):
            if await answer(session, actor, file):
                if file.scan == "infected":
                    raise Quarantined
                return True
        return False

    def is_let_out(self, file: File) -> bool:
        """Whether others may have its bytes, whatever their rights: it is not to be scanned, or was found clean."""
        if file.scan == "infected":
            return False
        return not self._scanned or file.scan == "clean" or file.account_id is None


def _is_own(actor: Actor, file: File) -> bool:
    return file.owner_id == actor.id and (file.claimed_kind is None or file.account_id == actor.id)


async def everybody(_session: AsyncSession, _actor: Actor | None, _file: File) -> bool:
    """The answer of what is public."""
    return True
