"""Posts, the places they were said in or whom they reach, and what they said before."""

from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base, Json
from parvis.kernel.ids import new_id

PostKind = Literal["message", "question", "poll", "idea", "event", "announcement"]
SaidKind = Literal["message", "question", "poll", "idea", "event"]
"""What anybody says who may post."""
ResultsShown = Literal["always", "voted", "closed"]
"""Who reads what a poll counts: everybody, who has voted, or nobody before it is closed; once closed, everybody."""
IdeaStatus = Literal["proposed", "studied", "planned", "done", "declined"]
Answer = Literal["yes", "maybe", "no"]
"""Whether somebody comes to an event."""
Discussing = Literal["shared", "each"]
"""Whether all places of a post have one discussion, or each its own."""
AnnouncedTo = Literal["square", "audience", "communities"]
ReachScope = Literal["square", "recipients"]
"""All of the organisation, or those alone who are told of it."""
IS_IDEA = text("kind = 'idea'")


class Post(Base):
    """Something said. `body`: Markdown. Of a deleted one its place is left: neither words nor author."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_author_id", "author_id", "id"),
        Index("ix_posts_rights", "id", "author_id", "deleted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr")
    document_ids: Mapped[list[str] | None]
    """Documents that it refers to."""
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


def _said_at(context: DefaultExecutionContext) -> datetime:
    """A post that stays no longer than others."""
    said_at: datetime = context.get_current_parameters()["said_at"]  # type: ignore[no-untyped-call]
    return said_at


class PostPlace(Base):
    """A community that a post was said in. `kind` and `said_at`: the post's; `fresh_until`: see `freshness`, the same
    in all its places. `removed_at`: it was taken off this wall alone; `hidden_at`: there moderators hid it from all but
    its author and themselves."""

    __tablename__ = "post_places"
    __table_args__ = (
        Index("ix_post_places_community_id", "community_id", "said_at", "post_id"),
        Index("ix_post_places_fresh_until", "community_id", "fresh_until", "post_id"),
        Index(
            "ix_post_places_ideas",
            *("community_id", "said_at", "post_id"),
            sqlite_where=IS_IDEA,
            postgresql_where=IS_IDEA,
        ),
        Index(
            "ix_post_places_fresh_ideas",
            *("community_id", "fresh_until", "post_id"),
            sqlite_where=IS_IDEA,
            postgresql_where=IS_IDEA,
        ),
        Index("ix_post_places_rights", "post_id", "community_id", "thread_id", "removed_at", "hidden_at"),
        Index("ix_post_places_thread_rights", "thread_id", "post_id", "community_id", "removed_at", "hidden_at"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    kind: Mapped[str] = mapped_column(default="message")
    said_at: Mapped[datetime]
    fresh_until: Mapped[datetime] = mapped_column(default=_said_at)
    pinned_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]


class PostReach(Base):
    """Whom a post reaches that stands in no community. `said_at`: the post's; `hidden_at`: moderators of the
    organisation hid it from all but its author and themselves."""

    __tablename__ = "post_reaches"
    __table_args__ = (
        CheckConstraint("scope IN ('recipients', 'square')", name="scope"),
        Index("ix_post_reaches_scope", "scope", "said_at", "post_id"),
        Index("ix_post_reaches_thread_id", "thread_id"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    scope: Mapped[str]
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    said_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]


class Recipient(Base):
    """A member is told of an announcement. `at`: since when; `public`: that he is counted under. The others: when he
    was sent it by mail, first had it before his eyes, opened it, said that he has read it, and was last reminded."""

    __tablename__ = "post_recipients"
    __table_args__ = (
        Index("ix_post_recipients_member_id", "member_id", "at", "post_id"),
        Index("ix_post_recipients_at", "at", "member_id"),
        Index("ix_post_recipients_reminded_at", "reminded_at", "member_id"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    public: Mapped[str | None]
    mailed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]


class PostView(Base):
    """A member had a post before his eyes, `at` first. Kept while he might be mailed it, and shown to nobody."""

    __tablename__ = "post_views"
    __table_args__ = (Index("ix_post_views_post_id", "post_id"), Index("ix_post_views_at", "at"))

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Announcement(Base):
    """What a post that announces says beside its words, and whom it is for. `rule`: of an audience; `audience_id`: one
    that was saved and frozen, null once that is deleted; `excluded`: ids of announcements whose recipients are left
    out; `facts`: labels and values. `essential`: it is told also to who was told much already; `asks`: readers are
    asked to say that they have read it; `by_mail`: who gets such mails gets it so too. It takes in who enters its
    audience until `closes_at`. `told`, `seen`, `read` and `acknowledged` count
    recipients, `mix` them by public; all kept with each change. `written_at`: since when all are told who were there
    first."""

    __tablename__ = "announcements"
    __table_args__ = (
        CheckConstraint("told_to IN ('audience', 'communities', 'square')", name="told_to"),
        Index("ix_announcements_sent_at", "sent_at", "post_id"),
        Index("ix_announcements_audience_id", "audience_id"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    told_to: Mapped[str]
    rule: Mapped[dict[str, Any] | None]
    audience_id: Mapped[UUID | None] = mapped_column(ForeignKey("audiences.id", ondelete="SET NULL"))
    excluded: Mapped[list[str]]
    facts: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    essential: Mapped[bool] = mapped_column(default=False)
    asks: Mapped[bool] = mapped_column(default=False)
    by_mail: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    closes_at: Mapped[datetime | None]
    written_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    told: Mapped[int] = mapped_column(default=0)
    seen: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    acknowledged: Mapped[int] = mapped_column(default=0)
    mix: Mapped[dict[str, Any]] = mapped_column(default=dict)


class PostVersion(Base):
    """What a post said until it was edited at `until`."""

    __tablename__ = "post_versions"

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    until: Mapped[datetime] = mapped_column(default=clock.now)


class PostAttachment(Base):
    """A picture or a file that a post shows. `file_id`: the file, or the picture's large one. `alt`: what a picture
    shows, for who does not see it; empty where it only decorates."""

    __tablename__ = "post_attachments"
    __table_args__ = (
        Index("ix_post_attachments_post_id", "post_id", "position"),
        Index("ix_post_attachments_picture_id", "picture_id"),
    )

    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("pictures.id", ondelete="CASCADE"))
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(default="")


class PostLink(Base):
    """A post shows this card."""

    __tablename__ = "post_links"
    __table_args__ = (Index("ix_post_links_card_id", "card_id"),)

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    card_id: Mapped[UUID] = mapped_column(ForeignKey("link_cards.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int]


class ScheduledPost(Base):
    """Something to be said at `publish_at`, which nobody but its author sees until then. `draft`: a `PlacedDraft`,
    without the names of those it names. `refused_at`: its time came, and it could not be said."""

    __tablename__ = "scheduled_posts"
    __table_args__ = (Index("ix_scheduled_posts_author_id", "author_id", "publish_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    draft: Mapped[dict[str, Any]]
    publish_at: Mapped[datetime]
    refused_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Poll(Base):
    """What a post asks to choose from. `voters`: how many have voted, each once."""

    __tablename__ = "polls"

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    multiple: Mapped[bool]
    anonymous: Mapped[bool]
    results: Mapped[str]
    closes_at: Mapped[datetime | None]
    voters: Mapped[int] = mapped_column(default=0)


class PollOption(Base):
    """One of the choices. `votes`: kept with each vote."""

    __tablename__ = "poll_options"
    __table_args__ = (Index("ix_poll_options_post_id", "post_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str]
    votes: Mapped[int] = mapped_column(default=0)


class PollVote(Base):
    """A member's choice, or one of several."""

    __tablename__ = "poll_votes"
    __table_args__ = (
        Index("ix_poll_votes_member_id", "member_id", "post_id"),
        Index("ix_poll_votes_option_id", "option_id", "member_id"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    option_id: Mapped[UUID] = mapped_column(ForeignKey("poll_options.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Idea(Base):
    """What became of an idea. `answer`: Markdown, by those who run the community. `supports`: kept with each."""

    __tablename__ = "ideas"

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[str] = mapped_column(default="proposed")
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    supports: Mapped[int] = mapped_column(default=0)


class IdeaSupport(Base):
    """A member is for an idea."""

    __tablename__ = "idea_supports"
    __table_args__ = (Index("ix_idea_supports_member_id", "member_id"),)

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Gathering(Base):
    """The event that a post tells of. `ends_at`: of whole days the midnight after the last, where it takes place.
    `going`, `maybe`, `away` and `waiting`: members, kept with each answer; `last`: the number of the last of these.
    `sequence`: how often its time or place changed, or it was cancelled."""

    __tablename__ = "gatherings"
    __table_args__ = (Index("ix_gatherings_starts_at", "starts_at", "post_id"),)

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str]
    whole_day: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    seats: Mapped[int | None]
    going: Mapped[int] = mapped_column(default=0)
    maybe: Mapped[int] = mapped_column(default=0)
    away: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_full(self) -> bool:
        return self.seats is not None and self.going >= self.seats

    @property
    def first_day(self) -> date:
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def last_day(self) -> date:
        return (self.ends_at - timedelta(microseconds=1)).astimezone(ZoneInfo(self.time_zone)).date()


class Attendance(Base):
    """A member's answer to an event. `waits`: he said yes, and had no seat. `number`: in which order they answered.
    `remind_before`: how many minutes before he wants to be told; `by_mail`: by mail too."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index("ix_attendances_member_id", "member_id", "post_id"),
        Index("ix_attendances_post_id", "post_id", "answer", "waits", "number"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    answer: Mapped[str]
    waits: Mapped[bool] = mapped_column(default=False)
    number: Mapped[int]
    remind_before: Mapped[int | None]
    by_mail: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def is_to_be_reminded(self) -> bool:
        return self.answer != "no" and self.remind_before is not None
