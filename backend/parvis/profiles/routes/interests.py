"""Interests over HTTP."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Invalid, PreconditionFailed
from parvis.kernel.etag import check_if_match
from parvis.kernel.web import Language, Reading, Writer, documented
from parvis.profiles.queries import interests as queries
from parvis.profiles.schemas.interests import InterestsOut, MyInterests, MyInterestsOut, etag_of_interests
from parvis.profiles.service import interests as service

router = APIRouter(tags=["interests"])


@router.get("/interests")
async def list_interests(_: SignedIn, language: Language) -> InterestsOut:
    """What members can choose to be interested in."""
    return InterestsOut.offered(language)


@router.get("/me/interests")
async def get_my_interests(session: Reading, actor: SignedIn, response: Response) -> MyInterestsOut:
    """What you are interested in."""
    chosen = await queries.interests_of(session, actor.member_id)
    response.headers["etag"] = etag_of_interests(chosen)
    return MyInterestsOut.of(chosen)


@router.put("/me/interests", responses=documented([Invalid, PreconditionFailed]))
async def choose_my_interests(
    choice: MyInterests, actor: SignedIn, write: Writer, request: Request, response: Response
) -> MyInterestsOut:
    """Choose what you are interested in."""

    def unchanged(before: Sequence[str]) -> None:
        check_if_match(request, etag_of_interests(before))

    chosen = await write(service.choose_interests, actor, choice.interests, unchanged)
    response.headers["etag"] = etag_of_interests(chosen)
    return MyInterestsOut.of(chosen)
