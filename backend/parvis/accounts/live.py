"""What members are told of people as it happens: the topics they follow, and their part of the snapshot."""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.stream import Subscription

from .actor import Actor
from .events import SQUARE, member_topic
from .policy import is_inside
from .presentation import Presentations
from .queries.viewer import viewer
from .schemas.session import ViewerOut


async def topics(_session: AsyncSession, actor: Actor) -> Sequence[Subscription]:
    """One's own, and the organisation's for who belongs to it."""
    own = Subscription(member_topic(actor.id))
    return [own, Subscription(SQUARE)] if is_inside(actor) else [own]


def viewer_now(presentations: Presentations) -> Callable[[AsyncSession, Actor], Awaitable[ViewerOut]]:
    """Reads who is asking."""

    async def read(session: AsyncSession, actor: Actor) -> ViewerOut:
        return ViewerOut.of(actor, await viewer(session, actor, presentations))

    return read
