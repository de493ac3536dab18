"""Profiles over HTTP: others', one's own, and one's own as others see it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.web import IfMatch, Reading, Writer, documented
from parvis.profiles.policy import Audience
from parvis.profiles.queries.profile import own_profile, previewed_profile, seen_profile
from parvis.profiles.schemas.profile import MyProfileOut, ProfileChange, ProfileOut
from parvis.profiles.service.profile import change_profile

router = APIRouter(tags=["profiles"])

As = Annotated[
    Audience, Query(alias="as", description="Somebody of the organisation, of your publics, or in contact with you.")
]


async def whose(actor: SignedIn) -> str:
    """Whose changes are counted together."""
    return str(actor.id)


@router.get("/profiles/{member_id:uuid}", responses=documented([NotFound]))
async def get_profile(member_id: UUID, actor: SignedIn, session: Reading) -> ProfileOut:
    """A member's profile, as far as he shows it to you."""
    return ProfileOut.of(await seen_profile(session, actor, member_id), actor)


@router.get("/me/profile")
async def get_my_profile(actor: SignedIn, session: Reading, response: Response) -> MyProfileOut:
    """Your profile as you wrote it, and to whom each field is shown."""
    own = await own_profile(session, actor.id)
    response.headers["etag"] = etag_of(own.version)
    return MyProfileOut.of(own, actor)


@router.patch(
    "/me/profile",
    responses=documented([PreconditionFailed]),
    dependencies=[limited("change_profile", "60/minute", network="1200/minute", who=whose)],
)
async def change_my_profile(
    draft: ProfileChange, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> MyProfileOut:
    """Change what your profile says, and to whom."""
    own = await write(change_profile, actor, draft, unchanged)
    response.headers["etag"] = etag_of(own.version)
    return MyProfileOut.of(own, actor)


@router.get("/me/profile/preview")
async def preview_my_profile(actor: SignedIn, session: Reading, audience: As) -> ProfileOut:
    """Your profile as somebody else would see it."""
    return ProfileOut.of(await previewed_profile(session, actor, audience), None)
