"""What a mail lets its reader do about each thing that it tells of, by links: what he may do now, and has not done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder, FollowedFolder
from parvis.documents.policy import visible_document, visible_folder
from parvis.kernel.mail import Act
from parvis.posts import queries as posts
from parvis.posts.models import Answer
from parvis.posts.queries import SeenPost

from .pieces import ToMail

MOST_CHOICES = 6
"""Of a poll with more, the page offers all of them."""


async def with_acts(session: AsyncSession, actor: Actor, found: Sequence[ToMail]) -> list[ToMail]:
    """Each with what may be done about it. As many queries however many they are."""
    post_ids = [one.post_id for one in found if one.post_id is not None]
    seen = {one.post.id: one for one in await posts.posts(session, actor, post_ids)} if post_ids else {}
    page_ids = [one.page_id for one in found if one.page_id is not None]
    folders = await _to_follow(session, actor, page_ids) if page_ids else {}
    return [_with_acts(actor, one, seen, folders) for one in found]


def _with_acts(actor: Actor, one: ToMail, seen: Mapping[UUID, SeenPost], folders: Mapping[UUID, UUID]) -> ToMail:
    acts: list[Act] = []
    if one.post_id is not None and one.post_id in seen:
        acts = of_post(actor, seen[one.post_id])
    elif one.page_id is not None and one.page_id in folders:
        acts = [Act("follow", folders[one.page_id])]
    return replace(one, piece=replace(one.piece, acts=acts))


def of_post(actor: Actor, seen: SeenPost) -> list[Act]:
    """Its poll, its event, that it was read, and thanks."""
    post, abilities = seen.post, seen.abilities(actor)
    if post.deleted_at is not None:
        return []
    acts: list[Act] = []
    if seen.poll and "vote" in abilities and not seen.poll.is_closed and not seen.poll.mine:
        options = seen.poll.options
        acts += [Act("vote", post.id, str(one.id), one.label) for one in options if len(options) <= MOST_CHOICES]
        acts += [Act("vote", post.id)] if len(options) > MOST_CHOICES else []
    if seen.gathering and "attend" in abilities and seen.gathering.mine is None:
        event = seen.gathering.gathering
        is_to_come = event.cancelled_at is None and not event.is_over
        acts += [Act("attend", post.id, answer) for answer in get_args(Answer) if is_to_come]
    told = seen.announcement
    if told and told.announcement.asks and told.mine is not None and told.mine.acknowledged_at is None:
        acts.append(Act("acknowledge", post.id))
    if "react" in abilities and _may_thank(actor, seen):
        acts.append(Act("thank", post.id))
    return acts


def _may_thank(actor: Actor, seen: SeenPost) -> bool:
    """Who was told in private does not thank for it in front of the others."""
    is_private = seen.announcement is not None and seen.announcement.announcement.told_to != "square"
    return not is_private and seen.post.author_id not in {None, actor.id} and "thanks" not in seen.reacted.mine


async def _to_follow(session: AsyncSession, actor: Actor, page_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The folders of these pages that the actor reads and does not follow. One query."""
    follows = exists().where(FollowedFolder.folder_id == Folder.id, FollowedFolder.member_id == actor.id)
    query = select(Document.id, Folder.id).join(Folder, Folder.id == Document.folder_id)
    query = query.where(Document.id.in_(page_ids), visible_document(actor), visible_folder(actor), ~follows)
    return dict((await session.execute(query)).all())
