"""What was announced, and how far it was read, over HTTP."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.models.people import Public
from parvis.announcements.grouping import FEW, Figures, Group
from parvis.announcements.policy import is_open, may_be_reminded_from
from parvis.announcements.queries import Report, Sent
from parvis.kernel.schemas import In, Instant, Out
from parvis.posts.announced import GROUP
from parvis.posts.models import AnnouncedTo
from parvis.profiles.queries.people import Named
from parvis.profiles.schemas.people import PersonRef

SeenIds = Annotated[list[UUID], Field(min_length=1, max_length=50)]


class SeenDraft(In):
    post_ids: SeenIds = Field(description="Announcements that you have before your eyes.")


class SentOut(Out):
    """An announcement that was sent."""

    post_id: UUID
    title: str
    to: AnnouncedTo
    author: PersonRef | None
    sent_at: Instant
    closes_at: Instant | None
    open: bool = Field(description="Who enters its audience now is told it.")
    essential: bool
    asks: bool
    by_mail: bool
    written: bool = Field(description="All are told who were in its audience when it was sent.")
    told: int | None = Field(description="How many are told it; null for fewer than 5.")
    read: int | None = Field(description="How many of them have read it; null for fewer than 20 told.")

    @classmethod
    def of(cls, sent: Sent) -> Self:
        one = sent.announcement
        return cls(
            post_id=one.post_id,
            title=sent.post.title,
            to=one.told_to,
            author=PersonRef.of(sent.author) if sent.author else None,
            sent_at=one.sent_at,
            closes_at=one.closes_at,
            open=is_open(one),
            essential=one.essential,
            asks=one.asks,
            by_mail=one.by_mail,
            written=one.written_at is not None,
            told=one.told if one.told >= FEW else None,
            read=one.read if one.told >= GROUP else None,
        )


class FiguresOut(Out):
    """Of at least 20 people: how many are told it, and how many of them did what."""

    told: int
    seen: int = Field(description="Had it before their eyes.")
    read: int = Field(description="Opened it, or said that they have read it.")
    acknowledged: int
    steps: list[int] = Field(description="How many had read it after each of the report’s `hours`.")

    @classmethod
    def of(cls, figures: Figures) -> Self:
        return cls(
            told=figures.told,
            seen=figures.seen,
            read=figures.read,
            acknowledged=figures.acknowledged,
            steps=list(figures.steps),
        )


class GroupOut(FiguresOut):
    """The same of one public, or of several together, each of which is too small to be told alone."""

    public: Public | None = Field(description="Null: several together.")

    @classmethod
    def of_group(cls, group: Group) -> Self:
        return cls(public=group.public, **FiguresOut.of(group.figures).model_dump())


class ReportOut(Out):
    """How far an announcement was read, in figures of at least 20 people."""

    announcement: SentOut
    mailed: int | None = Field(description="How many were sent it by mail; null for fewer than 5.")
    whole: FiguresOut | None = Field(description="Null when fewer than 20 are told it.")
    groups: list[GroupOut] = Field(description="By public, the largest first.")
    hours: list[int] = Field(description="After how many hours readings are counted; the last is not over yet.")
    may_be_reminded_from: Instant

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(
            announcement=SentOut.of(report.sent),
            mailed=report.mailed if report.mailed >= FEW else None,
            whole=FiguresOut.of(report.whole) if report.whole else None,
            groups=[GroupOut.of_group(group) for group in report.groups],
            hours=list(report.hours),
            may_be_reminded_from=may_be_reminded_from(report.sent.announcement),
        )


class AcknowledgedOut(Out):
    """Somebody said that he has read it."""

    person: PersonRef
    at: Instant

    @classmethod
    def of(cls, person: Named, at: datetime) -> Self:
        return cls(person=PersonRef.of(person), at=at)
