"""Pictures of a page that its article shows: copies of the publisher's own, which go with the post and its readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.communities import policy as communities
from parvis.files import photos
from parvis.files import service as files
from parvis.files.destinations import Destinations
from parvis.files.making import store
from parvis.files.shown import MOST, ImageDraft
from parvis.kernel.errors import NotFound
from parvis.kernel.runtime import Parvis
from parvis.pages import queries
from parvis.pages.exports.paper import Paper, Shown, text_attribute
from parvis.pages.models import PagePublication
from parvis.pages.tree import nodes_in
from parvis.posts import queries as post_queries
from parvis.posts.service import posts


@dataclass(frozen=True, slots=True)
class Room:
    """What an article has place for. `beside`: what it shows that is not of the page; `known`: what it shows of it, by
    the page's ids of pictures. `takes` is false where the publisher may attach nothing."""

    takes: bool
    beside: Sequence[ImageDraft] = ()
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Illustrated:
    """What the article is to show, and which of it are pictures of the page."""

    images: Sequence[ImageDraft]
    of_page: Mapping[str, str]


async def room_in(
    session: AsyncSession, actor: Actor, document_id: UUID, community_ids: Sequence[UUID], cover: ImageDraft | None
) -> Room:
    """Of an article that is to be published there. Raises `NotFound` and `Forbidden`."""
    await queries.refuse_hidden(session, actor, document_id)
    places = await posts.places_to_post_in(session, actor, community_ids)
    takes = all(communities.may_upload(one.community, one.standing) for one in places)
    return Room(takes, [cover] if cover else [])


async def room_of(session: AsyncSession, actor: Actor, document_id: UUID, post_id: UUID) -> Room:
    """Of one that was published of this page, in a post that the actor sees. Raises `NotFound`."""
    await queries.refuse_hidden(session, actor, document_id)
    found = await post_queries.post(session, actor, post_id)
    publication = await session.get(PagePublication, post_id)
    if publication is None or publication.document_id != document_id:
        raise NotFound
    shown = {str(one.picture.id): one for one in found.attached.images}
    known = {id_: picture for id_, picture in publication.pictures.items() if picture in shown}
    beside = [
        ImageDraft(id=one.picture.id, alt=one.alt, decorative=not one.alt)
        for id_, one in shown.items()
        if id_ not in known.values()
    ]
    return Room(all(communities.may_upload(*place) for place in found.where()), beside, known)


async def illustrated(parvis: Parvis, actor: Actor, paper: Paper, room: Room) -> Illustrated:
    """The pictures of the page in its order, as many as there is place for. Raises `QuotaExceeded`."""
    of_page: dict[str, str] = {}
    for id_, shown in paper.pictures.items():
        if len(room.beside) + len(of_page) == MOST:
            break
        if id_ in room.known:
            of_page[id_] = room.known[id_]
        elif room.takes:
            of_page[id_] = await _copied(parvis, actor, shown)
    said = _alternatives(paper)
    own = [
        ImageDraft(id=UUID(picture), alt=said.get(id_, ""), decorative=not said.get(id_))
        for id_, picture in of_page.items()
    ]
    return Illustrated([*room.beside, *own], of_page)


async def _copied(parvis: Parvis, actor: Actor, shown: Shown) -> str:
    received = await store(parvis.storage, shown.content, "image/webp", "image.webp")
    file = await parvis.database.write(files.keep, actor, received, parvis.part(Destinations).own(actor))
    return str((await photos.make_picture(parvis, actor, file.id)).id)


def _alternatives(paper: Paper) -> Mapping[str, str]:
    """What the pictures show, in words, where somebody said so."""
    images = [one for one in nodes_in(paper.content) if one["type"] == "image"]
    return {text_attribute(one, "file_id"): text_attribute(one, "alt").strip()[:1_000] for one in reversed(images)}
