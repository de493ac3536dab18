"""Spaces over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.communities import queries as communities
from parvis.documents.queries import spaces as queries
from parvis.documents.schemas.folders import SpaceOut
from parvis.documents.service import spaces as service
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reader, Writer, documented

from .parts import KnownQuotas

router = APIRouter(tags=["documents"])


@router.get("/documents/spaces")
async def list_spaces(
    actor: SignedIn, read: Reader, write: Writer, quotas: KnownQuotas, page: PageQuery
) -> Page[SpaceOut]:
    """Your own, then those of the communities that you are in."""
    if lacking := await read(queries.lacking, actor):
        await write(service.make_for, actor, lacking)
    found, following = await read(queries.page_of_spaces, actor, page)
    return Page[SpaceOut](items=[SpaceOut.of(one, quotas) for one in found], next=following)


@router.get("/me/space")
async def get_my_space(actor: SignedIn, read: Reader, write: Writer, quotas: KnownQuotas) -> SpaceOut:
    """Your own space: what is in it is for you, and those to whom you give rights."""
    found = await read(queries.space_of, actor, None)
    if found is None:
        found = await write(service.own_space, actor)
    return SpaceOut.of(found, quotas)


@router.get("/communities/{community_id:uuid}/space", responses=documented([NotFound, Forbidden]))
async def get_community_space(
    community_id: UUID, actor: SignedIn, read: Reader, write: Writer, quotas: KnownQuotas
) -> SpaceOut:
    """The space of a community that you may read in."""
    await read(communities.readable, actor, community_id)
    found = await read(queries.space_of, actor, community_id)
    if found is None:
        found = await write(service.community_space, actor, community_id)
    return SpaceOut.of(found, quotas)
