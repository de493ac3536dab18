"""Polls and ideas over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reading, Writer, documented
from parvis.posts import partakers
from parvis.posts.schemas.asked import IdeaAnswer, VoteDraft
from parvis.posts.schemas.posts import PostOut
from parvis.posts.service import asked as service
from parvis.posts.service.asked import PollClosed
from parvis.profiles.schemas.people import PersonRef

from .wall import whose

router = APIRouter(prefix="/posts/{post_id:uuid}", tags=["posts"])

TAKING_PART = limited("vote", "600/hour", network="12000/hour", who=whose)


@router.put("/vote", responses=documented([NotFound, Forbidden, PollClosed]), dependencies=[TAKING_PART])
async def vote(post_id: UUID, draft: VoteDraft, actor: SignedIn, write: Writer) -> PostOut:
    """Vote in a poll, or change your vote."""
    return PostOut.of(await write(service.vote, actor, post_id, draft.option_ids), actor)


@router.get("/options/{option_id:uuid}/voters", responses=documented([NotFound]))
async def list_voters(
    post_id: UUID, option_id: UUID, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[PersonRef]:
    """Who chose this, where the poll is not anonymous and its results are for you to see."""
    found, following = await partakers.voters(session, actor, post_id, option_id, page)
    return Page[PersonRef](items=[PersonRef.of(one) for one in found], next=following)


@router.put("/support", responses=documented([NotFound, Forbidden]), dependencies=[TAKING_PART])
async def support_idea(post_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Be for an idea. Again changes nothing."""
    return PostOut.of(await write(service.support, actor, post_id, stands=True), actor)


@router.delete("/support", responses=documented([NotFound, Forbidden]))
async def take_back_support(post_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Be for an idea no longer."""
    return PostOut.of(await write(service.support, actor, post_id, stands=False), actor)


@router.put("/idea-answer", responses=documented([NotFound, Forbidden]))
async def answer_idea(post_id: UUID, draft: IdeaAnswer, actor: SignedIn, write: Writer) -> PostOut:
    """Say what becomes of an idea. For those who run the community."""
    return PostOut.of(await write(service.answer_idea, actor, post_id, draft.status, draft.answer), actor)
