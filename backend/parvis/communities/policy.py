"""Who sees which community, and who may do what there. Pure answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.policy import is_inside
from parvis.circles.models import Role
from parvis.circles.policy import circles_of

from .models import Community, CommunityBan, CommunityInvitation

Ability = Literal[
    "read",
    "join",
    "request",
    "leave",
    "accept_charter",
    "post",
    "comment",
    "upload",
    "see_people",
    "invite",
    "invite_guests",
    "manage_people",
    "moderate",
    "change",
    "give_roles",
    "archive",
]

MemberAbility = Literal["give_role", "take_out", "ban"]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Communities whose name the actor may know: not those that ban him; secret ones if he is in or invited. A guest
    knows those alone that he is in or invited to."""
    is_invited = Community.id.in_(_of(actor, CommunityInvitation))
    is_known = or_(Community.access != "secret", is_invited) if is_inside(actor) else is_invited
    return or_(Community.circle_id.in_(circles_of(actor.id)), and_(is_known, ~_is_banned(actor)))


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Communities whose wall, files and people the actor may read: his own, and open ones."""
    mine = Community.circle_id.in_(circles_of(actor.id))
    if not is_inside(actor):
        return mine
    return or_(mine, and_(Community.access == "open", ~_is_banned(actor)))


def _is_banned(actor: Actor) -> ColumnElement[bool]:
    return Community.id.in_(_of(actor, CommunityBan))


def _of(actor: Actor, table: type[CommunityInvitation] | type[CommunityBan]) -> Select[UUID]:
    """Ids of the communities where a row of this table is the actor's."""
    theirs = aliased(table)
    return select(theirs.community_id).where(theirs.member_id == actor.id)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands to a community that is visible to him."""

    role: Role | None
    is_inside: bool
    """Of the organisation: not a guest."""
    is_invited: bool
    accepted_charter: int
    """The last version of the charter that he accepted."""

    @property
    def is_member(self) -> bool:
        return self.role is not None

    @property
    def moderates(self) -> bool:
        return self.role in {"moderator", "owner"}

    @property
    def owns(self) -> bool:
        return self.role == "owner"


def is_live(community: Community) -> bool:
    return community.archived_at is None


def may_read(community: Community, standing: Standing) -> bool:
    return standing.is_member or (community.access == "open" and standing.is_inside)


def may_join(community: Community, standing: Standing) -> bool:
    """Without asking: an open community, or by invitation."""
    is_open = community.access == "open" and standing.is_inside
    return is_live(community) and not standing.is_member and (is_open or standing.is_invited)


def may_request(community: Community, standing: Standing) -> bool:
    is_closed = community.access == "on_request" and standing.is_inside
    return is_live(community) and not standing.is_member and is_closed and not standing.is_invited


def accepts_charter(community: Community, standing: Standing) -> bool:
    """Whether nothing of the charter is left for him to accept."""
    return standing.accepted_charter >= community.charter_version


def may_accept_charter(community: Community, standing: Standing) -> bool:
    return standing.is_member and not accepts_charter(community, standing)


def may_post(community: Community, standing: Standing) -> bool:
    return _may_take_part(community, standing, community.posting)


def may_comment(community: Community, standing: Standing) -> bool:
    return _may_take_part(community, standing, community.commenting)


def may_upload(community: Community, standing: Standing) -> bool:
    return _may_take_part(community, standing, community.uploading)


def may_see_people(community: Community, standing: Standing) -> bool:
    return may_read(community, standing)


def may_invite(community: Community, standing: Standing) -> bool:
    """Members of an open community tell others of it; elsewhere those decide who run it."""
    if not is_live(community):
        return False
    return standing.moderates or (community.access == "open" and standing.is_member and standing.is_inside)


def may_invite_guests(community: Community, standing: Standing) -> bool:
    """Where the organisation lets owners invite people from outside."""
    return standing.owns and is_live(community)


def may_moderate(community: Community, standing: Standing) -> bool:
    return standing.moderates and is_live(community)


def may_manage_people(community: Community, standing: Standing) -> bool:
    """Let in, take out and ban: those below oneself."""
    return standing.moderates


def may_change(community: Community, standing: Standing) -> bool:
    return standing.owns


def outranks(standing: Standing, role: Role | None) -> bool:
    """Whether who stands so may take out or ban somebody of this role: owners all but owners, moderators members."""
    if standing.owns:
        return role != "owner"
    return standing.role == "moderator" and role in {None, "member"}


def _may_take_part(community: Community, standing: Standing, by: str) -> bool:
    if not is_live(community) or not standing.is_member or not accepts_charter(community, standing):
        return False
    return by == "members" or standing.moderates


RULES: Mapping[Ability, Callable[[Community, Standing], bool]] = {
    "read": may_read,
    "join": may_join,
    "request": may_request,
    "leave": lambda community, standing: standing.is_member,
    "accept_charter": may_accept_charter,
    "post": may_post,
    "comment": may_comment,
    "upload": may_upload,
    "see_people": may_see_people,
    "invite": may_invite,
    "invite_guests": may_invite_guests,
    "manage_people": may_manage_people,
    "moderate": may_moderate,
    "change": may_change,
    "give_roles": may_change,
    "archive": may_change,
}


def abilities(community: Community, standing: Standing) -> list[Ability]:
    """What the actor who stands so may do there."""
    return [ability for ability, may in RULES.items() if may(community, standing)]


def abilities_on(community: Community, standing: Standing, role: Role, *, is_oneself: bool) -> list[MemberAbility]:
    """What the actor who stands so may do to somebody of that role there."""
    found: list[MemberAbility] = ["give_role"] if may_change(community, standing) else []
    if not is_oneself and outranks(standing, role):
        found += ["take_out", "ban"]
    return found
