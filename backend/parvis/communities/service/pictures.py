"""What stands for a community's paving: a wide picture over its pages, and a small one beside its name, made anew."""

from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.communities import policy, queries
from parvis.communities.queries import Seen
from parvis.files import queries as files_queries
from parvis.files import service as files
from parvis.files.making import read_whole, refuse_unfit, store
from parvis.files.pictures import PictureMaker
from parvis.files.service import Received
from parvis.kernel.errors import Text, require
from parvis.kernel.runtime import Parvis

from .telling import held, tell_changed

KIND = "community_picture"
"""What claims such a file, for the community's id."""
Which = Literal["cover", "tile"]
COVER_WIDTH, TILE_SIDE = 1920, 256
MOST_BYTES = 10 * 2**20
TOO_HEAVY: Text = {"fr": "Cette image pèse plus de 10 Mo.", "en": "This picture weighs more than 10 MB."}
BY_THOSE_WHO_RUN_IT: Text = {
    "fr": "Seules les personnes qui animent la communauté choisissent ses images.",
    "en": "Only those who run the community choose its pictures.",
}


async def put_picture(parvis: Parvis, actor: Actor, community_id: UUID, which: Which, file_id: UUID) -> Seen:
    """Makes a picture of the community's of an own upload.

    Raises `NotFound`, `Forbidden`, `UnsupportedMedia`, `TooLarge` and `UnreadablePicture`.
    """
    async with parvis.database.reading() as session:
        _refuse_others(await queries.community(session, actor, community_id))
        file = await files_queries.own_file(session, actor, file_id)
    refuse_unfit(file, MOST_BYTES, TOO_HEAVY)
    maker, content = parvis.part(PictureMaker), await read_whole(parvis.storage, file)
    if which == "tile":
        made = await maker.make_square(content, TILE_SIDE)
    else:
        made = (await maker.make_photos(content, [COVER_WIDTH]))[0].content
    received = await store(parvis.storage, made, "image/webp", f"{which}.webp")
    return await parvis.database.write(_change, actor, community_id, which, received)


async def remove_picture(session: AsyncSession, actor: Actor, community_id: UUID, which: Which) -> Seen:
    """Gives the community its paving back. Again changes nothing. Raises `NotFound` and `Forbidden`."""
    return await _change(session, actor, community_id, which, None)


async def _change(
    session: AsyncSession, actor: Actor, community_id: UUID, which: Which, received: Received | None
) -> Seen:
    found = await held(session, actor, community_id)
    _refuse_others(found)
    community, before = found.community, found.community.pictures.get(which)
    if received is None and before is None:
        return found
    made = await files.keep_claimed(session, received, KIND, community_id) if received else None
    others = {other: id_ for other, id_ in community.pictures.items() if other != which}
    community.pictures = others | ({which: str(made.id)} if made else {})
    tell_changed(session, actor, community)
    await session.flush()
    if before is not None:
        await files.remove(session, UUID(before))
    return await queries.community(session, actor, community_id)


def _refuse_others(found: Seen) -> None:
    require(policy.may_moderate(found.community, found.standing), BY_THOSE_WHO_RUN_IT)
