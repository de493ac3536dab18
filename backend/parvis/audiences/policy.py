"""Who sees which audience, and who may count people. Pure answers."""

from typing import Literal

from sqlalchemy import ColumnElement, false, or_

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_announce
from parvis.communities.models import Community
from parvis.communities.policy import Standing, is_live
from parvis.kernel.errors import Text

from .models import Audience

AudienceAbility = Literal["change", "delete"]
AutomaticAbility = Literal["set", "end"]
ANNOUNCERS_ONLY: Text = {
    "fr": "Les destinataires sont réservés aux personnes qui annoncent pour l’organisation.",
    "en": "Audiences are for those who announce for the organisation.",
}

OWNERS_WHO_ANNOUNCE: Text = {
    "fr": "Seuls ses propriétaires qui annoncent pour l’organisation, et l’administration, en décident.",
    "en": "Only its owners who announce for the organisation, and administrators, decide on this.",
}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The actor's own, and those that are shared, while he may announce."""
    if not may_announce(actor):
        return false()
    return or_(Audience.owner_id == actor.id, Audience.shared)


def may_change(actor: Actor, audience: Audience) -> bool:
    return may_announce(actor) and audience.owner_id == actor.id


def abilities(actor: Actor, audience: Audience) -> list[AudienceAbility]:
    return ["change", "delete"] if may_change(actor, audience) else []


def may_set_automatic(actor: Actor, community: Community, standing: Standing) -> bool:
    """Say who is put in a community: its owners who may announce, and administrators."""
    return is_live(community) and (actor.is_administrator or (standing.owns and may_announce(actor)))


def may_end_automatic(actor: Actor, standing: Standing) -> bool:
    """Its owners, whatever else they may."""
    return actor.is_administrator or standing.owns
