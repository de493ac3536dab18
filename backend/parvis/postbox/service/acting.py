"""What a link of a mail does: as its member, by the verbs that he has."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import get_args
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.service import following
from parvis.kernel.errors import Gone, Invalid, NotFound, invalid
from parvis.postbox.links import Deed, Link, Links
from parvis.postbox.queries import acting_by
from parvis.postbox.shown import YES, Shown, shown
from parvis.posts.models import Answer
from parvis.posts.service import asked, attending, discussing, recipients

from . import receiving


async def show(session: AsyncSession, links: Links, token: str) -> Shown:
    """Changes nothing. Raises `Gone`, for a link that was never made as for one that its member may not use any more:
    nobody learns which."""
    actor, link = await _holder(session, links, token)
    try:
        return await shown(session, actor, link)
    except NotFound:
        raise Gone from None


async def act(session: AsyncSession, links: Links, token: str, choices: Sequence[str]) -> Shown:
    """Makes these his answer in place of the one before; none takes it back. Again changes nothing.

    Raises `Gone` as `show` does, and what the verb raises otherwise: `PollClosed`, say.
    """
    actor, link = await _holder(session, links, token)
    try:
        await shown(session, actor, link)  # What is wrong with a choice is told to who may make one.
        await DONE[link.deed](session, actor, link.subject_id, choices)
        return await shown(session, actor, link)
    except NotFound:
        raise Gone from None


async def _holder(session: AsyncSession, links: Links, token: str) -> tuple[Actor, Link]:
    link = links.opened(token)
    actor = await acting_by(session, link.member_id, link.address_id) if link else None
    if link is None or actor is None:
        raise Gone
    return actor, link


async def _vote(session: AsyncSession, actor: Actor, post_id: UUID, choices: Sequence[str]) -> None:
    try:
        wanted = [UUID(one) for one in choices]
    except ValueError:
        raise _unknown() from None
    await asked.vote(session, actor, post_id, wanted)


async def _attend(session: AsyncSession, actor: Actor, post_id: UUID, choices: Sequence[str]) -> None:
    if not choices:
        await attending.take_back_answer(session, actor, post_id)
        return
    answer: Answer | None = next((one for one in get_args(Answer) if [one] == list(choices)), None)
    if answer is None:
        raise _unknown()
    await attending.answer(session, actor, post_id, answer)


async def _acknowledge(session: AsyncSession, actor: Actor, post_id: UUID, choices: Sequence[str]) -> None:
    """Who said that he has read it does not unsay it."""
    if _stands(choices):
        await recipients.read(session, actor, post_id, acknowledged=True)


async def _thank(session: AsyncSession, actor: Actor, post_id: UUID, choices: Sequence[str]) -> None:
    await discussing.react(session, actor, post_id, "thanks", stands=_stands(choices))


async def _follow(session: AsyncSession, actor: Actor, folder_id: UUID, choices: Sequence[str]) -> None:
    if _stands(choices):
        await following.follow(session, actor, folder_id)
    else:
        await following.unfollow(session, actor, folder_id)


async def _reply(session: AsyncSession, actor: Actor, held_id: UUID, choices: Sequence[str]) -> None:
    """What was said is taken back where it stands."""
    if _stands(choices):
        await receiving.confirm(session, actor, held_id)


def _stands(choices: Sequence[str]) -> bool:
    if any(one != YES for one in choices):
        raise _unknown()
    return bool(choices)


def _unknown() -> Invalid:
    return invalid("choices", "unknown", "Ce choix n’est pas proposé.", "This choice is not offered.")


DONE: Mapping[Deed, Callable[[AsyncSession, Actor, UUID, Sequence[str]], Awaitable[None]]] = {
    "vote": _vote,
    "attend": _attend,
    "acknowledge": _acknowledge,
    "thank": _thank,
    "follow": _follow,
    "reply": _reply,
}
