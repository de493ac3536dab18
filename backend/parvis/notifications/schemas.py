"""What one is told, over HTTP."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.actor import Actor
from parvis.communities.schemas.communities import CommunityRef
from parvis.kernel.etag import etag_of
from parvis.kernel.schemas import In, Instant, Out
from parvis.posts.models import PostKind
from parvis.profiles.schemas.people import PersonRef

from .models import OF_FOLDER, OF_PAGE, OF_POST, Level, NotificationKind, Reason
from .policy import NotificationAbility
from .queries import MOST_COUNTED, Line, Place, Seen, Waiting
from .reach import Called

LARGEST = 2**31 - 1
SAYS_NOTHING = OF_POST | OF_FOLDER | OF_PAGE
"""Reasons for which there is no comment."""
OF_LEVEL = (
    "`all`: of what is said there, as you chose for your communities; `mine`: of what names, calls or answers you; "
    "`nothing`: of nothing that is said there."
)
UpTo = Field(ge=0, le=LARGEST, description="A `position`: what came after it stays unread.")


class CommunityLevelDraft(In):
    """Of what you are told in a community."""

    level: Level = Field(description=OF_LEVEL)


class CommunityLevelOut(Out):
    """Of what you are told in a community."""

    level: Level = Field(description=OF_LEVEL)
    abilities: list[Literal["change"]]


class ReadDraft(In):
    """How far you have read."""

    up_to: int = UpTo


class NotificationsCountOut(Out):
    """How many of your notifications are unread."""

    unread: int = Field(description=f"{MOST_COUNTED} stands for {MOST_COUNTED} or more.")
    position: int = Field(description="Of what you were told last.")
    is_pushed: bool = Field(
        description="What is new is pushed to a device of yours, unless another says that it shows it "
        "(`PUT /notifications/shown`)."
    )

    @classmethod
    def of(cls, waiting: Waiting) -> Self:
        return cls(unread=waiting.unread, position=waiting.position, is_pushed=waiting.is_pushed)


class NotificationLineOut(Out):
    """What some people did. `people`: the last three of them at most whom you may find."""

    reason: Reason
    people: list[PersonRef]
    count: int = Field(description="How many they are in all.")
    comment_id: UUID | None = Field(description="What the last of them said, when it is a comment.")
    message_number: int | None = Field(description="Of the message, in its conversation; of a reply, of its root.")
    reply_number: int | None = Field(description="Of a reply, in its thread.")
    document_id: UUID | None = Field(description="The last that was added, in a folder that you follow.")
    thread_id: UUID | None = Field(description="In which the comment stands.")

    @classmethod
    def of(cls, line: Line, about_id: UUID) -> Self:
        is_comment_free = line.said_id == about_id or line.reason in SAYS_NOTHING or line.number is not None
        return cls(
            reason=line.reason,
            people=[PersonRef.of(person) for person in line.people],
            count=line.count,
            comment_id=None if is_comment_free else line.said_id,
            message_number=line.number,
            reply_number=line.reply_number,
            document_id=line.document_id,
            thread_id=line.thread_id,
        )


class NotificationOut(Out):
    """What you are told of one post, community or conversation, or of your contacts or mentoring. `lines`: what is new,
    or all of it when nothing is."""

    id: UUID
    kind: NotificationKind = Field(
        description="`post`: it and its discussions; `community`: your way into it; `requests`: who asks you in; "
        "`cases`: what is reported where you moderate; `organisation_cases`: what falls to the organisation’s "
        "moderators; `decisions`: what moderators decided that concerns you; `contacts`, `mentoring`: who asks you, "
        "and who agreed; `conversation`: who names you there or answers where you talk; "
        "`folder`: what others add in a folder that you follow; `page`: what is said of a page, and "
        "what it says of you."
    )
    about_id: UUID = Field(
        description="The post, community, conversation, folder or page; you, of what is about no place."
    )
    subject: str = Field(
        description="The post’s title or its first words; the name of the community, conversation, folder or page; "
        "empty of what is about you, and of a conversation without a name."
    )
    post_kind: PostKind | None
    own: bool = Field(description="It is about your own post.")
    community: CommunityRef | None = Field(description="Where you find it.")
    lines: list[NotificationLineOut]
    unseen: int = Field(description="How many things in it you have not read.")
    at: Instant
    position: int = Field(description="Of the last thing in it: pass it as `up_to` once this is read.")
    abilities: list[NotificationAbility]

    @classmethod
    def of(cls, seen: Seen, actor: Actor) -> Self:
        notification, post = seen.notification, seen.post
        return cls(
            id=notification.id,
            kind=notification.kind,
            about_id=notification.about_id,
            subject=seen.words,
            post_kind=post.kind if post else None,
            own=post is not None and post.author_id == actor.id,
            community=_community(seen.place),
            lines=[NotificationLineOut.of(line, notification.about_id) for line in seen.lines],
            unseen=seen.unseen,
            at=notification.at,
            position=notification.last,
            abilities=["read"] if actor.may_use("notifications:write") else [],
        )


class CalledOut(Out):
    """Whom a post there would call by `@communauté`. `told`: how many would find it among their notifications now, as
    they chose; null where only a few would, or only a few would not."""

    calls: bool = Field(description="You run the community and may post there: nobody else calls everybody.")
    people: int
    told: int | None

    @classmethod
    def of(cls, found: Called) -> Self:
        return cls(calls=found.calls, people=found.people, told=found.told)


class NotificationsOut(Out):
    """A page of what you are told, the last first."""

    items: list[NotificationOut]
    next: str | None
    position: int = Field(description="Of what you were told last before this was read.")


def etag_of_notification(seen: Seen) -> str:
    return etag_of(f"{seen.notification.last} {seen.read}".encode())


def _community(place: Place | None) -> CommunityRef | None:
    return CommunityRef(id=place.id, name=place.name) if place else None
