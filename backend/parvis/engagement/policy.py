"""Whose comments are there for whom, and who may do what with one. Pure answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, exists, not_, or_, true
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.profiles.policy import blocked

from .models import Comment

CommentAbility = Literal["reply", "react", "edit", "delete", "accept", "report"]


@dataclass(frozen=True, slots=True)
class Stance:
    """How an actor stands to a thread whose subject he may read, as its owner judged."""

    may_comment: bool
    may_react: bool
    moderates: bool
    may_accept: bool
    """A comment as the answer."""
    may_report: bool = True
    """What others say, to those who moderate it."""
    scope: str = "posts:write"
    """Without which a token may do nothing here."""


def kept_from(actor: Actor, comment: Any = Comment) -> ColumnElement[bool]:
    """Comments of members of whom one has blocked the other, and those that moderators hid from all but their
    author."""
    is_apart = and_(comment.author_id.is_not(None), blocked(actor, comment.author_id))
    return or_(is_apart, and_(comment.hidden_at.is_not(None), comment.author_id.is_distinct_from(actor.id)))


def visible_to(actor: Actor, *, moderates: bool) -> ColumnElement[bool]:
    """Comments that are there for the actor. Who moderates sees those too that are kept from others; one that has
    replies to be read leaves its place."""
    if moderates:
        return true()
    reply = aliased(Comment)
    has_replies = exists().where(
        reply.parent_id == Comment.id, reply.deleted_at.is_(None), not_(kept_from(actor, reply))
    )
    return or_(not_(kept_from(actor)), and_(Comment.parent_id.is_(None), has_replies))


def is_own(actor: Actor, comment: Comment) -> bool:
    return comment.author_id == actor.id


def may_edit(actor: Actor, comment: Comment, stance: Stance) -> bool:
    return is_own(actor, comment) and stance.may_comment


def may_delete(actor: Actor, comment: Comment, stance: Stance) -> bool:
    return is_own(actor, comment) or stance.moderates


def may_report(actor: Actor, comment: Comment) -> bool:
    """What others may still read. Nobody reports himself."""
    return comment.hidden_at is None and not is_own(actor, comment)


RULES: Mapping[CommentAbility, Callable[[Actor, Comment, Stance], bool]] = {
    "reply": lambda _actor, _comment, stance: stance.may_comment,
    "react": lambda _actor, _comment, stance: stance.may_react,
    "edit": may_edit,
    "delete": may_delete,
    "accept": lambda _actor, comment, stance: stance.may_accept and comment.hidden_at is None,
    "report": lambda actor, comment, stance: stance.may_report and may_report(actor, comment),
}


def abilities(actor: Actor, comment: Comment, stance: Stance) -> list[CommentAbility]:
    """What the actor may do with a comment that stands."""
    return [ability for ability, may in RULES.items() if may(actor, comment, stance)]
