"""Who sees which conversation, and who may do what there. Pure answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.circles.models import Role
from parvis.circles.policy import circles_of
from parvis.kernel.errors import Text

from .models import Conversation, ConversationKind, ConversationPlace, History, Message

ConversationAbility = Literal["post", "edit", "add", "remove", "archive", "pin", "leave", "join", "delete"]
MessageAbility = Literal[
    "reply", "quote", "react", "edit", "delete", "pin", "bookmark", "forward", "revisions", "take_off_links", "report"
]
MOST_IN_A_GROUP = 200
MOST_WHO_SEE_READERS = 50
"""In larger rooms nobody is shown who has read."""

MEMBERS_ONLY: Text = {
    "fr": "Seules les personnes de cette conversation peuvent faire cela.",
    "en": "Only people of this conversation can do this.",
}
CANNOT_POST: Text = {
    "fr": "On ne peut plus écrire ici : la conversation est close, ou son destinataire ne reçoit plus vos messages.",
    "en": "Nothing can be said here any more: it is closed, or who it is with receives no messages of yours.",
}
RUN_ONLY: Text = {
    "fr": "Seules les personnes qui animent cette conversation peuvent faire cela.",
    "en": "Only those who run this conversation can do this.",
}
AUTHOR_ONLY: Text = {
    "fr": "Seule la personne qui l’a écrit peut faire cela.",
    "en": "Only who wrote it can do this.",
}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Conversations that the actor may read: those he was put in; and a channel only while he is in its community, of
    which all are in it or he was put in too."""
    is_there = and_(Conversation.circle_id.is_(None), Conversation.id.in_(_put_in(actor)))
    of_community = or_(Conversation.access == "community", Conversation.id.in_(_put_in(actor)))
    in_channel = and_(Conversation.circle_id.in_(circles_of(actor.id)), of_community)
    return and_(Conversation.deleted_at.is_(None), or_(is_there, in_channel))


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Messages that the actor may read: of conversations that are visible to him, from where he came in."""
    there = exists().where(Conversation.id == Message.conversation_id, visible_to(actor))
    mine = aliased(ConversationPlace)
    came_later = exists().where(
        mine.conversation_id == Message.conversation_id,
        mine.member_id == actor.id,
        mine.from_sequence > Message.sequence,
    )
    return and_(there.correlate_except(Conversation), ~came_later.correlate_except(mine))


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """Of those, messages that moderators did not hide from him."""
    return and_(readable_by(actor), or_(Message.hidden_at.is_(None), Message.author_id == actor.id))


def _put_in(actor: Actor) -> Select[UUID]:
    mine = aliased(ConversationPlace)
    return select(mine.conversation_id).where(mine.member_id == actor.id, mine.since.is_not(None))


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands to a conversation that he may read. `role`: in the community of a channel; `reaches`: who is
    talked with directly is there, and no block stands between; `is_live`: neither it nor its community is archived;
    `accepts`: nothing of the community's charter is left for him to accept."""

    kind: ConversationKind
    access: str
    history: History
    role: Role | None
    is_put_in: bool
    runs: bool
    has_left: bool
    is_live: bool
    accepts: bool
    reaches: bool
    archived_at: datetime | None

    @property
    def moderates(self) -> bool:
        return self.role in {"owner", "moderator"}


def may_post(standing: Standing) -> bool:
    return standing.is_live and standing.accepts and standing.reaches and not standing.has_left


def may_edit(standing: Standing) -> bool:
    """Its name and what it is about: in a group anybody, in a channel those who run it."""
    if standing.kind == "group":
        return standing.is_live
    return standing.kind == "channel" and _runs(standing)


def may_add(standing: Standing) -> bool:
    """Put others in: in a group anybody."""
    if standing.kind == "group":
        return standing.is_live
    return standing.kind == "channel" and standing.access == "invited" and _runs(standing) and standing.is_live


def may_remove(standing: Standing) -> bool:
    return (standing.kind == "group" or standing.access == "invited") and standing.kind != "direct" and _runs(standing)


def may_archive(standing: Standing) -> bool:
    return standing.kind != "direct" and _runs(standing)


def may_pin(standing: Standing) -> bool:
    if standing.kind == "channel":
        return _runs(standing) and standing.is_live
    return may_post(standing)


def may_leave(standing: Standing) -> bool:
    return standing.kind != "direct" and not standing.has_left


def may_join(standing: Standing) -> bool:
    return standing.kind == "channel" and standing.has_left


def _runs(standing: Standing) -> bool:
    return standing.runs or standing.moderates


RULES: Mapping[ConversationAbility, Callable[[Standing], bool]] = {
    "post": may_post,
    "edit": may_edit,
    "add": may_add,
    "remove": may_remove,
    "archive": may_archive,
    "pin": may_pin,
    "leave": may_leave,
    "join": may_join,
    "delete": may_archive,
}


def abilities(standing: Standing) -> list[ConversationAbility]:
    """What the actor who stands so may do there."""
    return [ability for ability, may in RULES.items() if may(standing)]


def message_abilities(
    standing: Standing, *, is_own: bool, is_said: bool, is_hidden: bool, was_edited: bool, has_links: bool
) -> list[MessageAbility]:
    """What he may do with a message that stands. `is_said`: by somebody, and no line about the conversation."""
    if not is_said:
        return []
    if is_hidden:
        return ["delete"]
    may = may_post(standing)
    answers: dict[MessageAbility, bool] = {
        "reply": may,
        "quote": may,
        "react": may,
        "edit": is_own and may,
        "delete": is_own or standing.moderates,
        "pin": may_pin(standing),
        "bookmark": True,
        "forward": True,
        "revisions": was_edited,
        "take_off_links": is_own and has_links,
        "report": not is_own,
    }
    return [ability for ability, allowed in answers.items() if allowed]
