"""The door of a community over HTTP: requests, invitations, links and bans."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.communities import queries
from parvis.communities.queries import door
from parvis.communities.schemas.communities import CommunityCardOut, CommunityRef
from parvis.communities.schemas.door import (
    BanDraft,
    BanOut,
    CommunityInvitationDraft,
    CommunityInvitationOut,
    CommunityLinkDraft,
    CommunityLinkOut,
    GuestDraft,
    GuestInvitationOut,
    InvitedOut,
    JoinRequestDraft,
    JoinRequestOut,
    JoinRequestsCountOut,
    LinkFollowing,
    LinkPreviewOut,
    LinkQuestion,
    MyCommunityInvitationOut,
    NewCommunityLinkOut,
)
from parvis.communities.service import bans, guests, invitations, links, requests
from parvis.communities.service.people import CharterNotAccepted
from parvis.communities.service.requests import NothingToAsk
from parvis.kernel.errors import Forbidden, Gone, NotFound
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.web import Reading, Writer, documented
from parvis.profiles.queries.people import named
from parvis.profiles.schemas.people import PersonRef

from .communities import whose

router = APIRouter(tags=["communities"])

AT = "/communities/{community_id:uuid}"
HIDDEN = documented([NotFound, Forbidden])


@router.put(
    f"{AT}/request",
    responses=documented([NotFound, NothingToAsk]),
    dependencies=[limited("join_community", "60/hour", network="2400/hour", who=whose)],
)
async def ask_to_join(community_id: UUID, draft: JoinRequestDraft, actor: SignedIn, write: Writer) -> CommunityCardOut:
    """Ask to be let into a community that one joins on request."""
    return CommunityCardOut.card(await write(requests.ask, actor, community_id, draft.message), actor)


@router.delete(f"{AT}/request", status_code=204, responses=documented([NotFound]))
async def withdraw_join_request(community_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Ask no more."""
    await write(requests.withdraw, actor, community_id)


@router.get(f"{AT}/requests", responses=HIDDEN)
async def list_join_requests(
    community_id: UUID, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[JoinRequestOut]:
    """Who asks to be let in, the first to ask first. For those who run the community."""
    seen = await queries.community(session, actor, community_id)
    found = await paginate(
        session, door.requests(seen, actor), door.REQUESTS_ORDER, page, lambda id_, message, at: (id_, message, at)
    )
    people = await named(session, actor, [id_ for id_, _, _ in found.items])
    items = [
        JoinRequestOut(person=PersonRef.of(people[id_]), message=message, created_at=at)
        for id_, message, at in found.items
        if id_ in people
    ]
    return Page[JoinRequestOut](items=items, next=found.next)


@router.get(f"{AT}/requests/count", responses=documented([NotFound]))
async def count_join_requests(community_id: UUID, actor: SignedIn, session: Reading) -> JoinRequestsCountOut:
    """How many ask to be let in: 0 for who does not run the community."""
    seen = await queries.community(session, actor, community_id)
    return JoinRequestsCountOut(waiting=await door.requests_waiting(session, seen, actor))


@router.put(f"{AT}/requests/{{member_id:uuid}}/acceptance", status_code=204, responses=HIDDEN)
async def accept_join_request(community_id: UUID, member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Let in who asked. The charter is his to accept when he comes."""
    await write(requests.accept, actor, community_id, member_id)


@router.delete(f"{AT}/requests/{{member_id:uuid}}", status_code=204, responses=HIDDEN)
async def decline_join_request(community_id: UUID, member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Leave out who asked. He is not told."""
    await write(requests.decline, actor, community_id, member_id)


@router.post(
    f"{AT}/invitations",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("invite_to_community", "30/hour", network="600/hour", who=whose)],
)
async def invite_to_community(
    community_id: UUID, draft: CommunityInvitationDraft, actor: SignedIn, once: Once
) -> InvitedOut:
    """Invite people whom you may find. Each is sent a mail."""
    return await once(
        lambda ids: InvitedOut(member_ids=ids), invitations.invite, actor, community_id, draft.member_ids, draft.message
    )


@router.get(f"{AT}/invitations", responses=HIDDEN)
async def list_community_invitations(
    community_id: UUID, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[CommunityInvitationOut]:
    """Who is invited: all to those who run the community, else those whom you invited."""
    seen = await queries.community(session, actor, community_id)
    found = await paginate(
        session, door.invitations(seen, actor), door.INVITATIONS_ORDER, page, lambda id_, by, at: (id_, by, at)
    )
    people = await named(session, actor, [id_ for id_, by, _ in found.items for id_ in (id_, by) if id_])
    items = [
        CommunityInvitationOut(
            person=PersonRef.of(people[id_]),
            invited_by=PersonRef.of(people[by]) if by in people else None,
            created_at=at,
        )
        for id_, by, at in found.items
        if id_ in people
    ]
    return Page[CommunityInvitationOut](items=items, next=found.next)


@router.delete(f"{AT}/invitations/{{member_id:uuid}}", status_code=204, responses=HIDDEN)
async def withdraw_community_invitation(community_id: UUID, member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Invite somebody no more."""
    await write(invitations.withdraw, actor, community_id, member_id)


@router.get("/me/community-invitations")
async def list_my_community_invitations(
    actor: SignedIn, session: Reading, page: PageQuery
) -> Page[MyCommunityInvitationOut]:
    """Where you are invited. Joining the community accepts."""
    found = await paginate(session, door.my_invitations(actor), door.MINE_ORDER, page, lambda *row: row)
    seen = {one.community.id: one for one in await queries.seen(session, actor, [row[0] for row in found.items])}
    people = await named(session, actor, [row[1] for row in found.items if row[1]])
    items = [
        MyCommunityInvitationOut(
            community=CommunityRef(id=id_, name=seen[id_].community.name),
            access=seen[id_].community.access,
            people=seen[id_].people,
            invited_by=PersonRef.of(people[by]) if by in people else None,
            message=message,
            created_at=at,
        )
        for id_, by, message, at in found.items
        if id_ in seen
    ]
    return Page[MyCommunityInvitationOut](items=items, next=found.next)


@router.delete("/me/community-invitations/{community_id:uuid}", status_code=204, responses=documented([NotFound]))
async def decline_community_invitation(community_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Do not come. Nobody is told."""
    await write(invitations.decline, actor, community_id)


@router.post(
    f"{AT}/guest-invitations",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("invite_to_community", "30/hour", network="600/hour", who=whose)],
)
async def invite_guest(community_id: UUID, draft: GuestDraft, actor: SignedIn, once: Once) -> GuestInvitationOut:
    """Invite somebody from outside, to this community alone and for a time. For its owners, where the organisation
    allows it. The answer does not tell whether the address has an account."""
    return await once(GuestInvitationOut.of, guests.invite, actor, community_id, draft.email, draft.days)


@router.get(f"{AT}/guest-invitations", responses=HIDDEN)
async def list_guest_invitations(
    community_id: UUID, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[GuestInvitationOut]:
    """Who is invited from outside and has not come yet. For owners."""
    seen = await queries.community(session, actor, community_id)
    return await paginate(session, door.guests(seen), door.GUESTS_ORDER, page, GuestInvitationOut.of)


@router.delete(f"{AT}/guest-invitations/{{invitation_id:uuid}}", status_code=204, responses=HIDDEN)
async def withdraw_guest_invitation(community_id: UUID, invitation_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Invite a guest no more."""
    await write(guests.withdraw, actor, community_id, invitation_id)


@router.post(
    f"{AT}/links",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("invite_to_community", "30/hour", network="600/hour", who=whose)],
)
async def create_community_link(
    community_id: UUID, draft: CommunityLinkDraft, actor: SignedIn, once: Once
) -> NewCommunityLinkOut:
    """Make a link that lets members of the organisation in."""
    return await once(
        lambda new: NewCommunityLinkOut.made(new.link, new.path),
        links.make,
        actor,
        community_id,
        draft.max_uses,
        draft.days,
    )


@router.get(f"{AT}/links", responses=HIDDEN)
async def list_community_links(
    community_id: UUID, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[CommunityLinkOut]:
    """Links that still let in: all to those who run the community, else those that you made."""
    seen = await queries.community(session, actor, community_id)
    return await paginate(session, door.links(seen, actor), door.LINKS_ORDER, page, CommunityLinkOut.of)


@router.delete(f"{AT}/links/{{link_id:uuid}}", status_code=204, responses=HIDDEN)
async def revoke_community_link(community_id: UUID, link_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Let nobody in by a link any more."""
    await write(links.revoke, actor, community_id, link_id)


@router.post(
    "/community-links/preview",
    responses=documented([Forbidden, Gone]),
    dependencies=[limited("community_link", "60/hour", network="2400/hour", who=whose)],
)
async def preview_community_link(draft: LinkQuestion, actor: SignedIn, session: Reading) -> LinkPreviewOut:
    """Where a link leads."""
    return LinkPreviewOut.of(await links.preview(session, actor, draft.token))


@router.post(
    "/community-links/use",
    responses=documented([Forbidden, Gone, CharterNotAccepted]),
    dependencies=[limited("community_link", "60/hour", network="2400/hour", who=whose)],
)
async def follow_community_link(draft: LinkFollowing, actor: SignedIn, write: Writer) -> CommunityCardOut:
    """Join by a link."""
    return CommunityCardOut.card(await write(links.follow, actor, draft.token, draft.charter_version), actor)


@router.get(f"{AT}/bans", responses=HIDDEN)
async def list_community_bans(community_id: UUID, actor: SignedIn, session: Reading, page: PageQuery) -> Page[BanOut]:
    """Who is kept out, the latest first. For those who run the community."""
    seen = await queries.community(session, actor, community_id)
    return await paginate(
        session,
        door.bans(seen),
        door.BANS_ORDER,
        page,
        lambda id_, name, reason, at: BanOut(id=id_, name=name, reason=reason, at=at),
    )


@router.put(f"{AT}/bans/{{member_id:uuid}}", status_code=204, responses=HIDDEN)
async def ban_from_community(
    community_id: UUID, member_id: UUID, draft: BanDraft, actor: SignedIn, write: Writer
) -> None:
    """Keep somebody out: he is taken out if he is in, and to him the community is not there."""
    await write(bans.ban, actor, community_id, member_id, draft.reason)


@router.delete(f"{AT}/bans/{{member_id:uuid}}", status_code=204, responses=HIDDEN)
async def lift_community_ban(community_id: UUID, member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Keep somebody out no more."""
    await write(bans.lift, actor, community_id, member_id)
