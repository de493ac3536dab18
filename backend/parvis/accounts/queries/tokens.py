"""Reading a member's personal access tokens."""

from sqlalchemy import Select, select

from parvis.accounts.actor import Actor
from parvis.accounts.models import AccessToken


def tokens_of(actor: Actor) -> Select[AccessToken]:
    """His tokens that are not revoked; those that expired stay, so that he can see why a script stopped."""
    return select(AccessToken).where(AccessToken.member_id == actor.id, AccessToken.revoked_at.is_(None))
