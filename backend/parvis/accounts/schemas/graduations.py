"""Graduations over HTTP, for people administrators."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Graduation, Member
from parvis.accounts.models.graduations import GraduationState
from parvis.accounts.queries.graduations import Preview
from parvis.kernel import clock
from parvis.kernel.schemas import Day, In, Instant, Out

from .fields import Email
from .structure import CohortRef, ProgrammeRef


class GraduationDraft(In):
    on: Day = Field(description="The first day as alumni, and the first without the studies.")


class GraduationOut(Out):
    """A graduation that stands, or is being undone."""

    on: date
    state: GraduationState
    students: int = Field(description="How many were to graduate when it was asked for.")
    graduated: int = Field(description="How many have so far.")

    @classmethod
    def of(cls, graduation: Graduation) -> Self:
        return cls(
            on=graduation.held_on,
            state=graduation.state(clock.now().date()),
            students=graduation.students,
            graduated=graduation.graduated,
        )


class GraduationPreviewOut(Out):
    """Who graduates from a cohort on a day."""

    cohort: CohortRef
    programme: ProgrammeRef
    on: date
    students: int
    ready: int = Field(description="How many have confirmed an address of their own, and so keep a way in.")
    lacking: int = Field(description="How many would have none.")
    unreachable: int = Field(
        description="How many of those no address reaches, even today: reminders are not for them."
    )
    graduation: GraduationOut | None
    abilities: list[policy.GraduationAbility]

    @classmethod
    def of(cls, preview: Preview, actor: Actor) -> Self:
        today, graduation = clock.now().date(), preview.graduation
        state = graduation.state(today) if graduation else None
        return cls(
            cohort=CohortRef.model_validate(preview.cohort),
            programme=ProgrammeRef.model_validate(preview.cohort.programme),
            on=preview.on,
            students=preview.students,
            ready=preview.ready,
            lacking=preview.lacking,
            unreachable=preview.unreachable,
            graduation=GraduationOut.of(graduation) if graduation else None,
            abilities=policy.graduation_abilities(actor, state, to_come=today < preview.on),
        )


class LackingOut(Out):
    """Somebody who would have no way in after graduating."""

    id: UUID
    name: str
    state: Literal["pending", "active", "suspended"]
    email: str | None
    reachable: bool = Field(description="Whether that address can be written to: not once suspended, nor given again.")
    reminded_at: Instant | None

    @classmethod
    def of(cls, member: Member, email: str | None, reachable: bool, reminded_at: datetime | None) -> Self:
        active = "active" if member.activated_at else "pending"
        state = "suspended" if member.suspended_at else active
        return cls(
            id=member.id,
            name=member.name,
            state=state,
            email=email,
            reachable=reachable,
            reminded_at=reminded_at,
        )


class RemindersOut(Out):
    people: int = Field(description="How many are written to.")


class RecoveryDraft(In):
    email: Email = Field(description="The new address, given in person to who has checked the identity.")
