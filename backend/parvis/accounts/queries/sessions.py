"""Reading where a member is signed in."""

from sqlalchemy import Select, select

from parvis.accounts.actor import Actor
from parvis.accounts.models import Session
from parvis.kernel import clock


def sessions_of(actor: Actor) -> Select[Session]:
    """Those that still let in."""
    return select(Session).where(
        Session.member_id == actor.member_id, Session.revoked_at.is_(None), Session.expires_at > clock.now()
    )
