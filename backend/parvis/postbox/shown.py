"""What links of mails are about, as their members may see it now."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.queries import folders
from parvis.engagement.mentions import words_of
from parvis.kernel.errors import NotFound
from parvis.kernel.text import beginning
from parvis.posts import queries as posts
from parvis.posts.models import Answer
from parvis.posts.queries import SeenPost

from .answering import WAITS, answered, held_of
from .links import Deed, Link

TITLE, WORDS = 120, 400
"""Letters that are shown."""
YES = "yes"


@dataclass(frozen=True, slots=True)
class Choice:
    """`label`: of a poll; empty for what everybody knows."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a link is about, and what its member has said of it. `open`: whether he may say, or change it; `until`: when
    that ends; `path`: where he reads all of it."""

    deed: Deed
    name: str
    title: str
    words: str
    choices: Sequence[Choice]
    multiple: bool = False
    open: bool
    starts_at: datetime | None = None
    until: datetime | None = None
    expires_at: datetime
    path: str


async def shown(session: AsyncSession, actor: Actor, link: Link) -> Shown:
    """Raises `NotFound` for what he may not see, or what is not there to be answered."""
    return await SHOWN[link.deed](session, actor, link)


async def _post(session: AsyncSession, actor: Actor, link: Link) -> SeenPost:
    found = await posts.post(session, actor, link.subject_id)
    if found.post.deleted_at is not None:
        raise NotFound
    return found


async def _poll(session: AsyncSession, actor: Actor, link: Link) -> Shown:
    found = await _post(session, actor, link)
    if found.poll is None:
        raise NotFound
    poll = found.poll
    return Shown(
        **_of(actor, link, found),
        choices=[Choice(str(one.id), one.label, one.id in poll.mine) for one in poll.options],
        multiple=poll.poll.multiple,
        open="vote" in found.abilities(actor) and not poll.is_closed,
        until=poll.poll.closes_at,
    )


async def _event(session: AsyncSession, actor: Actor, link: Link) -> Shown:
    found = await _post(session, actor, link)
    if found.gathering is None:
        raise NotFound
    event, mine = found.gathering.gathering, found.gathering.mine
    return Shown(
        **_of(actor, link, found),
        choices=[Choice(one, "", mine is not None and mine.answer == one) for one in get_args(Answer)],
        open="attend" in found.abilities(actor) and not event.is_over and event.cancelled_at is None,
        starts_at=event.starts_at,
        until=event.ends_at,
    )


async def _announcement(session: AsyncSession, actor: Actor, link: Link) -> Shown:
    found = await _post(session, actor, link)
    one = found.announcement
    if one is None or one.mine is None or not one.announcement.asks:
        raise NotFound
    said = one.mine.acknowledged_at is not None
    return Shown(**_of(actor, link, found), choices=[Choice(YES, "", said)], open=not said)


async def _thanks(session: AsyncSession, actor: Actor, link: Link) -> Shown:
    found = await _post(session, actor, link)
    choices = [Choice(YES, "", "thanks" in found.reacted.mine)]
    return Shown(**_of(actor, link, found), choices=choices, open="react" in found.abilities(actor))


async def _held(session: AsyncSession, actor: Actor, link: Link) -> Shown:
    """An answer that came by mail; once it was said, only that it was."""
    held, address = await held_of(session, actor, link.subject_id)
    under = await answered(session, actor, address)
    return Shown(
        deed=link.deed,
        name=actor.name,
        title=under.title,
        words=held.text,
        choices=[Choice(YES, "", held.said_at is not None)],
        open=held.said_at is None,
        expires_at=min(link.expires_at, held.at + WAITS),
        path=under.path,
    )


async def _folder(session: AsyncSession, actor: Actor, link: Link) -> Shown:
    found = await folders.whole(session, actor, link.subject_id)
    return Shown(
        deed=link.deed,
        name=actor.name,
        title=found.seen.name or found.space.name,
        words=found.space.name,
        choices=[Choice(YES, "", found.is_followed)],
        open=True,
        expires_at=link.expires_at,
        path=f"/documents/folders/{link.subject_id}",
    )


def _of(actor: Actor, link: Link, found: SeenPost) -> dict[str, Any]:
    """What is told of any post."""
    body = words_of(found.post.body)
    return {
        "deed": link.deed,
        "name": actor.name,
        "title": found.post.title or beginning(body, TITLE),
        "words": beginning(body, WORDS) if found.post.title else "",
        "expires_at": link.expires_at,
        "path": f"/posts/{found.post.id}",
    }


SHOWN: Mapping[Deed, Callable[[AsyncSession, Actor, Link], Awaitable[Shown]]] = {
    "vote": _poll,
    "attend": _event,
    "acknowledge": _announcement,
    "thank": _thanks,
    "follow": _folder,
    "reply": _held,
}
