"""Where an upload goes, and so for whom it counts: the feature that has such places says, here.

A feature registers its answer in `wiring.py`. What goes nowhere counts for whoever sends it.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.errors import BadRequest, NotFound, Text

SAID = re.compile(r"(?P<kind>[a-z_]{1,40}):(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
UNREADABLE: Text = {
    "fr": "La destination se dit par son genre et son identifiant : folder:018f….",
    "en": "A destination is said by its kind and its id: folder:018f….",
}


@dataclass(frozen=True, slots=True)
class Account:
    """For whom files count, and how many bytes they may have together."""

    id: UUID
    quota: int


@dataclass(frozen=True, slots=True)
class Destination:
    """A place of some feature's, such as a folder."""

    kind: str
    id: UUID

    @classmethod
    def said(cls, words: str | None) -> Self | None:
        """`folder:018f…`; nothing is no destination. Raises `BadRequest`."""
        if not words:
            return None
        found = SAID.fullmatch(words)
        if found is None:
            raise BadRequest(UNREADABLE)
        return cls(found["kind"], UUID(found["id"]))

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


Answer = Callable[[AsyncSession, Actor, UUID], Awaitable[Account]]
"""For whom counts what this actor puts there. Raises `NotFound` and `Forbidden`."""


class Destinations:
    """Kind -> its answer."""

    def __init__(self, member_quota: int) -> None:
        self._member_quota = member_quota
        self._answers: dict[str, Answer] = {}

    def register(self, kind: str, answer: Answer) -> None:
        self._answers[kind] = answer

    def own(self, actor: Actor) -> Account:
        """The actor's own account."""
        return Account(actor.id, self._member_quota)

    async def account(self, session: AsyncSession, actor: Actor, destination: Destination | None) -> Account:
        """For whom counts what this actor sends there now. Raises `NotFound` and `Forbidden`."""
        if destination is None:
            return self.own(actor)
        answer = self._answers.get(destination.kind)
        if answer is None:
            raise NotFound
        return await answer(session, actor, destination.id)
