"""Copies of one's data and the erasure of an account, as they come in and go out."""

from collections.abc import Sequence
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.models import Member
from parvis.accounts.names import LONGEST
from parvis.accounts.service.leaving import GRACE
from parvis.kernel.i18n import Language, pick
from parvis.kernel.personal_data import Part
from parvis.kernel.schemas import In, Instant, Line, Out

from .models import Export, State
from .queries import Outlook


class ExportOut(Out):
    """A copy of one's data: being made, or ready for seven days."""

    id: UUID
    state: State
    asked_at: Instant
    ready_at: Instant | None
    expires_at: Instant | None
    size: int | None = Field(description="Bytes of the zip file.")
    url: str | None = Field(description="Where the file is, once it is ready.")
    abilities: list[Literal["download", "delete"]]

    @classmethod
    def of(cls, export: Export) -> Self:
        ready = export.state == "ready"
        return cls(
            id=export.id,
            state=export.state,
            asked_at=export.asked_at,
            ready_at=export.ready_at,
            expires_at=export.expires_at,
            size=export.size,
            url=f"/api/v1/me/exports/{export.id}/file" if ready else None,
            abilities=["download", "delete"] if ready else ["delete"],
        )


class DeletionPartOut(Out):
    """One thing that is held of the member, and what becomes of it."""

    key: str
    title: str
    count: int
    kept: bool = Field(description="Whether it stays. All else is erased.")
    kept_under: str | None = Field(description="Under which name it stays.")
    kept_why: str | None

    @classmethod
    def of(cls, part: Part, count: int, language: Language) -> Self:
        kept = part.kept
        return cls(
            key=part.key,
            title=pick(part.title, language),
            count=count,
            kept=kept is not None,
            kept_under=pick(kept.under, language) if kept else None,
            kept_why=pick(kept.why, language) if kept else None,
        )


class DeletionOutlookOut(Out):
    """What erasing the account would do."""

    days: int = Field(description="For how many days it would be closed, and could be taken back, before.")
    confirmation: str = Field(description="What is to be typed.")
    parts: list[DeletionPartOut]
    abilities: list[Literal["delete"]] = Field(description="Empty for the last administrator.")

    @classmethod
    def of(cls, outlook: Outlook, parts: Sequence[Part], language: Language) -> Self:
        return cls(
            days=GRACE.days,
            confirmation=outlook.name,
            parts=[DeletionPartOut.of(part, outlook.counts[part.key], language) for part in parts],
            abilities=[] if outlook.is_last_administrator else ["delete"],
        )


class DeletionRequest(In):
    confirmation: Line = Field(min_length=1, max_length=LONGEST, description="The member's name, typed.")


class DeletionOut(Out):
    """The account is closed, and will be erased then."""

    leaves_at: Instant

    @classmethod
    def of(cls, member: Member) -> Self:
        return cls.model_validate(member)
