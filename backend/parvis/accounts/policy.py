"""Who may do what to the organisation and its people. Pure answers."""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from .actor import Actor

PersonAbility = Literal["change", "suspend", "restore", "grant_roles"]


def may_change_organisation(actor: Actor) -> bool:
    return actor.is_administrator


def may_read_audit(actor: Actor) -> bool:
    return actor.is_administrator


def may_manage_people(actor: Actor) -> bool:
    return actor.is_people_administrator


def may_manage(actor: Actor, roles: Collection[str]) -> bool:
    """Whether a member who holds these roles is one that this actor may change, suspend and restore.

    People administrators manage everybody but administrators, and other people administrators: else one of them could
    shut the others out.
    """
    if actor.is_administrator:
        return True
    return actor.is_people_administrator and not {"administrator", "people_administrator"} & set(roles)


def may_grant_roles(actor: Actor) -> bool:
    return actor.is_administrator


def abilities_on(actor: Actor, member_id: UUID, roles: Collection[str], *, suspended: bool) -> list[PersonAbility]:
    """What this actor may do to that member."""
    found: list[PersonAbility] = []
    if may_manage(actor, roles):
        found.append("change")
        if member_id != actor.id:
            found.append("restore" if suspended else "suspend")
    if may_grant_roles(actor):
        found.append("grant_roles")
    return found
