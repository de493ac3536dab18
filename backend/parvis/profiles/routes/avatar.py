"""Members' pictures."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from parvis.accounts.auth import SignedIn
from parvis.files.pictures import UnreadablePicture
from parvis.files.serving import serve
from parvis.kernel.errors import NotFound, TooLarge, UnsupportedMedia
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import In
from parvis.kernel.web import Reading, Writer, documented
from parvis.profiles.queries.profile import avatar_file
from parvis.profiles.schemas.profile import MyProfileOut
from parvis.profiles.service import avatar
from parvis.profiles.service.avatar import Size

from .profile import whose

router = APIRouter(tags=["profiles"])

WEBP = {"*/*": {"schema": {"type": "string", "format": "binary"}}}


class AvatarDraft(In):
    """A picture to make yours of."""

    file_id: UUID


@router.get(
    "/profiles/{member_id:uuid}/avatar",
    response_class=Response,
    responses={200: {"description": "The picture.", "content": WEBP}, **documented([NotFound])},
)
async def get_avatar(
    member_id: UUID, actor: SignedIn, session: Reading, parvis: Running, request: Request, size: Size = "large"
) -> Response:
    """A member's picture, a square. Whether he shows it to you is judged anew each time."""
    return await serve(request, parvis.storage, await avatar_file(session, actor, member_id, size))


@router.put(
    "/me/avatar",
    responses=documented([NotFound, UnsupportedMedia, TooLarge, UnreadablePicture]),
    dependencies=[limited("avatar", "20/minute", network="400/minute", who=whose)],
)
async def put_my_avatar(draft: AvatarDraft, actor: SignedIn, parvis: Running, response: Response) -> MyProfileOut:
    """Make your picture of one uploaded before: PNG, JPEG or WebP, 10 MB at most. The middle of it is kept, and nothing
    that the camera wrote beside it."""
    own = await avatar.put_avatar(parvis, actor, draft.file_id)
    response.headers["etag"] = etag_of(own.version)
    return MyProfileOut.of(own, actor)


@router.delete("/me/avatar")
async def remove_my_avatar(actor: SignedIn, write: Writer, response: Response) -> MyProfileOut:
    """Go back to your initials."""
    own = await write(avatar.remove_avatar, actor)
    response.headers["etag"] = etag_of(own.version)
    return MyProfileOut.of(own, actor)
