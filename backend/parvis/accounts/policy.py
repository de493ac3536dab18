"""Who may do what to the organisation and its people. Pure answers."""

from collections.abc import Collection
from dataclasses import replace
from typing import Literal
from uuid import UUID

from parvis.kernel.errors import Text

from .actor import Actor
from .models.graduations import GraduationState

Ability = Literal[
    "read_directory",
    "create_community",
    "administer",
    "change_organisation",
    "manage_people",
    "grant_roles",
    "read_audit",
    "moderate",
    "announce",
]
PersonAbility = Literal["change", "suspend", "restore", "grant_roles"]
StructureAbility = Literal["change", "delete"]
GraduationAbility = Literal["graduate", "remind", "cancel"]


MODERATING = ("administrator", "moderator")
"""Roles that moderate the organisation at large."""
MEMBERS_ONLY: Text = {
    "fr": "Cette page est réservée aux membres de l’organisation.",
    "en": "This page is for members of the organisation.",
}


def is_inside(actor: Actor) -> bool:
    """Members and those who run the organisation; guests are not, and see no list of its people or places."""
    return actor.belongs or bool(actor.roles)


def may_change_organisation(actor: Actor) -> bool:
    return actor.is_administrator


def may_read_audit(actor: Actor) -> bool:
    return actor.is_administrator


def may_moderate(actor: Actor) -> bool:
    """What is said in the organisation's communities, where those who run them do not."""
    return bool(actor.roles & set(MODERATING))


def may_announce(actor: Actor) -> bool:
    """Speak on the square, and to chosen people of the organisation."""
    return actor.is_administrator or "communicator" in actor.roles


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


def may_change_structure(actor: Actor) -> bool:
    return actor.is_people_administrator


def structure_abilities(actor: Actor, *, referred_to: bool) -> list[StructureAbility]:
    """What this actor may do to a unit, programme or cohort. What people or places refer to is not deleted."""
    if not may_change_structure(actor):
        return []
    return ["change"] if referred_to else ["change", "delete"]


def graduation_abilities(actor: Actor, state: GraduationState | None, *, to_come: bool) -> list[GraduationAbility]:
    """What this actor may do about a cohort's graduation, on a day that is `to_come` or not."""
    if not may_manage_people(actor):
        return []
    found: list[GraduationAbility] = ["graduate"] if state is None else []
    if to_come and state != "cancelling":
        found.append("remind")
        if state is not None:
            found.append("cancel")
    return found


def withheld_abilities(actor: Actor) -> list[Ability]:
    """What this actor may do besides, once a second factor is proved."""
    already = abilities(actor)
    with_it = replace(actor, roles=actor.roles | actor.withheld)
    return [ability for ability in abilities(with_it) if ability not in already]


def abilities(actor: Actor) -> list[Ability]:
    """What this actor may do in the organisation at large."""
    answers: dict[Ability, bool] = {
        "read_directory": is_inside(actor),
        "create_community": is_inside(actor),
        "administer": actor.is_people_administrator,
        "change_organisation": may_change_organisation(actor),
        "manage_people": may_manage_people(actor),
        "grant_roles": may_grant_roles(actor),
        "read_audit": may_read_audit(actor),
        "moderate": may_moderate(actor),
        "announce": may_announce(actor),
    }
    return [ability for ability, may in answers.items() if may]
