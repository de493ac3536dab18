"""The trash over HTTP."""

from datetime import timedelta
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.actor import Actor
from parvis.documents.models import Group
from parvis.documents.policy import may_share
from parvis.documents.queries.trash import Thrown
from parvis.kernel.schemas import Instant, Out
from parvis.profiles.schemas.people import PersonRef

from .folders import FolderRef

TrashAbility = Literal["recover", "delete"]


class TrashedOut(Out):
    """Something in the trash of a space in which you write."""

    kind: Literal["folder", "document"]
    id: UUID
    name: str
    group: Group | None = Field(description="Of a document.")
    size: int | None = Field(description="Of a document, in bytes.")
    trashed_at: Instant
    trashed_by: PersonRef | None
    expires_at: Instant = Field(description="When it is deleted for good.")
    folder: FolderRef | None = Field(description="Where it was, and comes back to; null when you may not read there.")
    version: int
    abilities: list[TrashAbility]

    @classmethod
    def of(cls, thrown: Thrown, days: int, actor: Actor) -> Self:
        can: list[TrashAbility] = ["recover", "delete"] if may_share(thrown.level) else ["recover"]
        return cls(
            kind=thrown.kind,
            id=thrown.id,
            name=thrown.name,
            group=thrown.group,
            size=thrown.size,
            trashed_at=thrown.at,
            trashed_by=PersonRef.of(thrown.by) if thrown.by else None,
            expires_at=thrown.at + timedelta(days=days),
            folder=FolderRef.of(thrown.folder) if thrown.folder else None,
            version=thrown.version,
            abilities=can if actor.may_use("documents:write") else [],
        )
