"""Of what that concerns a member he is told now. Pure answers: he may have lost the right to see it since."""

from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, true

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.policy import may_moderate
from parvis.chat.models import Message, MessageMention
from parvis.chat.policy import shown_to
from parvis.circles.models import Membership
from parvis.circles.policy import holds, is_in
from parvis.communities import policy as communities
from parvis.communities.models import Community, CommunityInvitation, JoinRequest
from parvis.documents.models import Document, Folder, FolderAct
from parvis.documents.policy import visible_document, visible_folder
from parvis.engagement.models import Comment, Thread
from parvis.engagement.policy import kept_from
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.posts.policy import visible_by, visible_in
from parvis.profiles.models import ContactRequest
from parvis.profiles.policy import blocked, is_contact, visible_member
from parvis.profiles.ties.models import Mentorship, MentorshipState

from .models import OF_PAGE, OF_POST, Act, Inbox, Notification

NotificationAbility = Literal["read"]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The actor's own notifications, while something is left in them that he may see."""
    is_left = exists().where(Act.notification_id == Notification.id, visible_act(actor)).correlate_except(Act)
    return and_(Notification.member_id == actor.id, is_left)


def listed_for(actor: Actor) -> ColumnElement[bool]:
    """Those of these that he wanted among his notifications."""
    is_left = exists().where(Act.notification_id == Notification.id, Act.here, visible_act(actor)).correlate_except(Act)
    return and_(Notification.member_id == actor.id, is_left)


def unread_by(actor: Actor, *, listed: bool = True) -> ColumnElement[bool]:
    """Those (beside his `Inbox`) with something that he may see and has not read; `listed`: and wanted among his
    notifications."""
    is_new = exists().where(Act.notification_id == Notification.id, is_unread(), visible_act(actor))
    is_new = is_new.where(Act.here) if listed else is_new
    return and_(
        Notification.member_id == actor.id,
        Notification.last > Notification.read,
        Notification.last > Inbox.all_read,
        is_new.correlate_except(Act),
    )


def is_unread() -> ColumnElement[bool]:
    """Acts (beside their notification and the inbox) that were not read."""
    return and_(Act.number > Notification.read, Act.number > Inbox.all_read)


def visible_act(actor: Actor) -> ColumnElement[bool]:
    """Acts (beside their notification) that the actor may see: he still reads what they are about, and neither he nor
    who did it has blocked the other."""
    return and_(
        not_(blocked(actor, Act.actor_id)),
        or_(
            and_(Notification.kind == "post", _is_to_be_read(actor)),
            and_(Notification.kind == "conversation", _is_heard(actor)),
            and_(Notification.kind == "community", _is_welcome(actor)),
            and_(Notification.kind == "requests", _waits_for(actor)),
            and_(Notification.kind == "cases", _runs(actor)),
            and_(Notification.kind == "organisation_cases", true() if may_moderate(actor) else false()),
            and_(Notification.kind == "decisions", or_(Notification.about_id == actor.id, _knows(actor))),
            and_(Notification.kind == "folder", _is_followed_there(actor)),
            and_(Notification.kind == "page", _is_written_there(actor)),
            and_(Notification.kind.in_(("contacts", "mentoring")), _may_find(actor), _still_holds(actor)),
        ),
    )


def _is_to_be_read(actor: Actor) -> ColumnElement[bool]:
    """The post, or the comment in a discussion of it, stands where the actor reads it; an answer is still accepted."""
    in_a_place = _stands(actor, PostPlace, visible_in(actor))
    return or_(in_a_place, _stands(actor, PostReach, visible_by(actor)))


def _stands(
    actor: Actor, where: type[PostPlace] | type[PostReach], is_visible: ColumnElement[bool]
) -> ColumnElement[bool]:
    said = exists().where(
        Comment.id == Act.said_id,
        Comment.deleted_at.is_(None),
        not_(kept_from(actor)),
        Thread.id == Comment.thread_id,
        Thread.id == where.thread_id,
        or_(Act.reason != "accepted", Thread.accepted_id == Comment.id),
    )
    stands = exists().where(
        Post.id == Notification.about_id,
        Post.deleted_at.is_(None),
        where.post_id == Post.id,
        is_visible,
        or_(Act.said_id == Post.id, Act.reason.in_(OF_POST), said.correlate_except(Comment, Thread)),
    )
    return stands.correlate_except(Post, where)


def _is_heard(actor: Actor) -> ColumnElement[bool]:
    """The message stands where the actor reads it, and names him still if he was told so."""
    names = exists().where(MessageMention.message_id == Act.said_id, MessageMention.member_id == actor.id)
    said = exists().where(
        Message.id == Act.said_id,
        Message.conversation_id == Notification.about_id,
        Message.deleted_at.is_(None),
        shown_to(actor),
        or_(Act.reason != "mention", names.correlate_except(MessageMention)),
    )
    return said.correlate_except(Message)


def _is_followed_there(actor: Actor) -> ColumnElement[bool]:
    """The actor reads the folder, and what was put in it or below it, wherever that stands now."""
    put = exists().where(
        FolderAct.id == Act.said_id,
        Document.id == FolderAct.document_id,
        Folder.id == Document.folder_id,
        visible_document(actor),
    )
    there = exists().where(Folder.id == Notification.about_id, visible_folder(actor))
    return and_(there.correlate_except(Folder), put.correlate_except(FolderAct, Document, Folder))


def _is_written_there(actor: Actor) -> ColumnElement[bool]:
    """The actor reads the page, and the comment on it still stands."""
    said = exists().where(
        Comment.id == Act.said_id,
        Comment.deleted_at.is_(None),
        not_(kept_from(actor)),
        Thread.id == Comment.thread_id,
        Thread.subject_id == Notification.about_id,
    )
    there = exists().where(
        Document.id == Notification.about_id,
        Folder.id == Document.folder_id,
        visible_document(actor),
        or_(Act.reason.in_(OF_PAGE), said.correlate_except(Comment, Thread)),
    )
    return there.correlate_except(Document, Folder)


def _is_welcome(actor: Actor) -> ColumnElement[bool]:
    """The actor is in the community, or still invited to it."""
    invited = exists().where(
        CommunityInvitation.community_id == Community.id, CommunityInvitation.member_id == actor.id
    )
    may_come = and_(
        Act.reason == "invitation",
        Community.archived_at.is_(None),
        communities.visible_to(actor),
        invited.correlate_except(CommunityInvitation),
    )
    there = exists().where(Community.id == Notification.about_id, or_(is_in(actor.id, Community.circle_id), may_come))
    return there.correlate_except(Community)


def _waits_for(actor: Actor) -> ColumnElement[bool]:
    """Who did it still waits to be let in by the actor, who runs the community and may find him."""
    waits = exists().where(
        JoinRequest.community_id == Notification.about_id,
        JoinRequest.member_id == Act.actor_id,
        JoinRequest.declined_at.is_(None),
        Member.id == JoinRequest.member_id,
        visible_member(actor),
    )
    return and_(waits.correlate_except(JoinRequest, Member), _runs(actor))


def _runs(actor: Actor) -> ColumnElement[bool]:
    """The actor runs the community."""
    runs = exists().where(
        Community.id == Notification.about_id,
        Membership.circle_id == Community.circle_id,
        Membership.member_id == actor.id,
        Membership.role.in_(("owner", "moderator")),
        holds(),
    )
    return runs.correlate_except(Community, Membership)


def _knows(actor: Actor) -> ColumnElement[bool]:
    """The community is not hidden from the actor."""
    known = exists().where(Community.id == Notification.about_id, communities.visible_to(actor))
    return known.correlate_except(Community)


def _may_find(actor: Actor) -> ColumnElement[bool]:
    """The actor may find who did it."""
    return exists().where(Member.id == Act.actor_id, visible_member(actor)).correlate_except(Member)


def _still_holds(actor: Actor) -> ColumnElement[bool]:
    """What ties the actor to who did it is still as he was told: the request waits, the two are in contact, one
    accompanies the other, or declined to."""
    asks = exists().where(
        ContactRequest.from_id == Act.actor_id,
        ContactRequest.to_id == actor.id,
        ContactRequest.declined_at.is_(None),
    )
    return or_(
        and_(Act.reason == "contact_asked", asks.correlate_except(ContactRequest)),
        and_(Act.reason == "contact_accepted", is_contact(actor, Act.actor_id)),
        and_(Act.reason == "mentoring_asked", _mentoring(actor, by_mentor=False, state="asked")),
        and_(Act.reason == "mentoring_accepted", _mentoring(actor, by_mentor=True, state="accepted")),
        and_(Act.reason == "mentoring_declined", _mentoring(actor, by_mentor=True, state="declined")),
    )


def _mentoring(actor: Actor, *, by_mentor: bool, state: MentorshipState) -> ColumnElement[bool]:
    """A mentorship in that state between the actor and who did it, one of whom is the mentor."""
    doer, other = Mentorship.mentee_id, Mentorship.mentor_id
    if by_mentor:
        doer, other = other, doer
    found = exists().where(doer == Act.actor_id, other == actor.id, Mentorship.state == state)
    return found.correlate_except(Mentorship)
