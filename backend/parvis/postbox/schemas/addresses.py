"""Addresses by which members answer, over HTTP."""

from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.kernel.mail import Answerable
from parvis.kernel.schemas import Instant, Out
from parvis.postbox.listing import SeenAddress


class ReplyAddressOut(Out):
    """By it you answer something by mail. The address itself is in the mails that you were sent, and nowhere else."""

    id: UUID
    kind: Answerable
    title: str | None = Field(description="What it is about, if you may still see it.")
    path: str | None = Field(description="Where that stands.")
    created_at: Instant
    used_at: Instant | None = Field(description="When you last answered by it.")

    @classmethod
    def of(cls, seen: SeenAddress) -> Self:
        one = seen.address
        return cls.model_validate(
            {
                "id": one.id,
                "kind": one.kind,
                "title": seen.title,
                "path": seen.path,
                "created_at": one.created_at,
                "used_at": one.used_at,
            }
        )
