"""Pictures of communities over HTTP. They are read at their own addresses, by who may know of the community."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.auth import SignedIn
from parvis.communities.schemas.communities import CommunityCardOut
from parvis.communities.service import pictures as service
from parvis.communities.service.pictures import Which
from parvis.files.pictures import UnreadablePicture
from parvis.kernel.errors import Forbidden, NotFound, TooLarge, UnsupportedMedia
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import In
from parvis.kernel.web import Writer, documented

from .communities import whose

router = APIRouter(prefix="/communities/{community_id:uuid}/pictures", tags=["communities"])


class CommunityPictureDraft(In):
    """A picture to make the community's of."""

    file_id: UUID


@router.put(
    "/{which}",
    responses=documented([Forbidden, NotFound, UnsupportedMedia, TooLarge, UnreadablePicture]),
    dependencies=[limited("community_picture", "20/minute", network="400/minute", who=whose)],
)
async def put_community_picture(
    community_id: UUID, which: Which, draft: CommunityPictureDraft, actor: SignedIn, parvis: Running, response: Response
) -> CommunityCardOut:
    """Put a picture in the place of a community's paving, made of an upload of yours: PNG, JPEG or WebP, 10 MB at most.
    The middle of it is shown. For those who run the community."""
    found = await service.put_picture(parvis, actor, community_id, which, draft.file_id)
    response.headers["etag"] = etag_of(found.community.version)
    return CommunityCardOut.card(found, actor)


@router.delete("/{which}", responses=documented([Forbidden, NotFound]))
async def remove_community_picture(
    community_id: UUID, which: Which, actor: SignedIn, write: Writer, response: Response
) -> CommunityCardOut:
    """Give a community its paving back. For those who run it."""
    found = await write(service.remove_picture, actor, community_id, which)
    response.headers["etag"] = etag_of(found.community.version)
    return CommunityCardOut.card(found, actor)
