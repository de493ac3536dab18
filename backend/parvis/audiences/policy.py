"""Who sees which audience, and who may count people. Pure answers."""

from typing import Literal

from sqlalchemy import ColumnElement, false, or_

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_announce
from parvis.kernel.errors import Text

from .models import Audience

AudienceAbility = Literal["change", "delete"]
ANNOUNCERS_ONLY: Text = {
    "fr": "Les destinataires sont réservés aux personnes qui annoncent pour l’organisation.",
    "en": "Audiences are for those who announce for the organisation.",
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
