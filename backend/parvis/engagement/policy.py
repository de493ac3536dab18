"""Whose comments are there for whom, and who may do what with one. Pure answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, not_, or_, true
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.profiles.policy import blocked

from .models import Comment

CommentAbility = Literal["reply", "react", "edit", "delete", "accept"]


@dataclass(frozen=True, slots=True)
class Stance:
    """How an actor stands to a thread whose subject he may read, as its owner judged."""

    may_comment: bool
    may_react: bool
    moderates: bool
    may_accept: bool
    """A comment as the answer."""


def kept_apart(actor: Actor) -> ColumnElement[bool]:
    """Comments of members of whom one has blocked the other."""
    return and_(Comment.author_id.is_not(None), blocked(actor, Comment.author_id))


def visible_to(actor: Actor, *, moderates: bool) -> ColumnElement[bool]:
    """Comments that are there for the actor. A block hides them both ways, except from who moderates; one that has
    replies to be read leaves its place."""
    if moderates:
        return true()
    reply = aliased(Comment)
    has_replies = exists().where(
        reply.parent_id == Comment.id,
        reply.deleted_at.is_(None),
        or_(reply.author_id.is_(None), not_(blocked(actor, reply.author_id))),
    )
    return or_(not_(kept_apart(actor)), and_(Comment.parent_id.is_(None), has_replies))


def is_own(actor: Actor, comment: Comment) -> bool:
    return comment.author_id == actor.id


def may_edit(actor: Actor, comment: Comment, stance: Stance) -> bool:
    return is_own(actor, comment) and stance.may_comment


def may_delete(actor: Actor, comment: Comment, stance: Stance) -> bool:
    return is_own(actor, comment) or stance.moderates


RULES: Mapping[CommentAbility, Callable[[Actor, Comment, Stance], bool]] = {
    "reply": lambda _actor, _comment, stance: stance.may_comment,
    "react": lambda _actor, _comment, stance: stance.may_react,
    "edit": may_edit,
    "delete": may_delete,
    "accept": lambda _actor, _comment, stance: stance.may_accept,
}


def abilities(actor: Actor, comment: Comment, stance: Stance) -> list[CommentAbility]:
    """What the actor may do with a comment that stands."""
    return [ability for ability, may in RULES.items() if may(actor, comment, stance)]
