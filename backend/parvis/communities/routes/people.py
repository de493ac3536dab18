"""Who is in a community, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from parvis.accounts.auth import SignedIn
from parvis.circles.models import Role
from parvis.communities import policy, queries
from parvis.communities.presence import Presences
from parvis.communities.schemas.communities import (
    CommunityCardOut,
    CommunityMemberOut,
    CommunityPresenceOut,
    JoiningDraft,
    RoleDraft,
)
from parvis.communities.service import people as service
from parvis.communities.service.people import AskFirst, CharterNotAccepted, LastOwner
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import Line
from parvis.kernel.web import Reading, Writer, documented
from parvis.profiles.queries.people import named
from parvis.profiles.schemas.people import PersonRef

from .communities import whose

router = APIRouter(prefix="/communities/{community_id:uuid}", tags=["communities"])


@router.put(
    "/membership",
    responses=documented([NotFound, AskFirst, CharterNotAccepted]),
    dependencies=[limited("join_community", "60/hour", network="2400/hour", who=whose)],
)
async def join_community(community_id: UUID, draft: JoiningDraft, actor: SignedIn, write: Writer) -> CommunityCardOut:
    """Join an open community, or one that you are invited to."""
    return CommunityCardOut.card(await write(service.join, actor, community_id, draft.charter_version), actor)


@router.delete("/membership", status_code=204, responses=documented([NotFound, LastOwner]))
async def leave_community(community_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Leave a community. Its last owner hands it over first, or archives it."""
    await write(service.leave, actor, community_id)


@router.put("/charter-acceptance", responses=documented([NotFound, Forbidden, CharterNotAccepted]))
async def accept_community_charter(
    community_id: UUID, draft: JoiningDraft, actor: SignedIn, write: Writer
) -> CommunityCardOut:
    """Accept the charter as it is now, so as to take part again."""
    found = await write(service.accept_charter, actor, community_id, draft.charter_version)
    return CommunityCardOut.card(found, actor)


@router.get("/members", responses=documented([NotFound, Forbidden]))
async def list_community_members(
    community_id: UUID,
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    role: Role | None = None,
    q: Annotated[Line, Query(max_length=100, description="Words of the name.")] = "",
) -> Page[CommunityMemberOut]:
    """Who is in it of those whom you may find, the first to come first."""
    seen = await queries.community(session, actor, community_id)
    found, following = await queries.page_of_people(session, actor, seen, role, q, page)
    people = await named(session, actor, [one.member_id for one in found])
    items = [
        CommunityMemberOut(
            person=PersonRef.of(people[one.member_id]),
            role=one.role,
            since=one.since,
            until=one.until,
            abilities=policy.abilities_on(
                seen.community, seen.standing, one.role, is_oneself=one.member_id == actor.id
            ),
        )
        for one in found
        if one.member_id in people
    ]
    return Page[CommunityMemberOut](items=items, next=following)


@router.get("/presence", responses=documented([NotFound, Forbidden]))
async def get_community_presence(
    community_id: UUID, actor: SignedIn, session: Reading, parvis: Running
) -> CommunityPresenceOut:
    """Who of it is connected now: for the moment, so ask again each minute while you show it."""
    seen = await queries.community(session, actor, community_id)
    online, member_ids = await parvis.part(Presences).of(session, actor, seen)
    return CommunityPresenceOut(online=online, member_ids=member_ids)


@router.put("/members/{member_id:uuid}/role", status_code=204, responses=documented([NotFound, Forbidden, LastOwner]))
async def give_community_role(
    community_id: UUID, member_id: UUID, draft: RoleDraft, actor: SignedIn, write: Writer
) -> None:
    """Make a member owner, moderator or plain member. For owners: so a community is handed over."""
    await write(service.give_role, actor, community_id, member_id, draft.role)


@router.delete("/members/{member_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden, LastOwner]))
async def remove_community_member(community_id: UUID, member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take somebody out of a community."""
    await write(service.take_out, actor, community_id, member_id)
