"""Reading invitations."""

from sqlalchemy import Select, and_, or_, select

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Invitation
from parvis.accounts.service.invitations import NOT_YOURS
from parvis.kernel import clock
from parvis.kernel.errors import require


def invitations(actor: Actor, *, is_open: bool | None = None) -> Select[Invitation]:
    """Those that can still be used, those that cannot, or all. Raises `Forbidden`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    query = select(Invitation)
    if is_open is None:
        return query
    if is_open:
        return query.where(
            and_(
                Invitation.revoked_at.is_(None),
                Invitation.uses < Invitation.max_uses,
                Invitation.expires_at > clock.now(),
            )
        )
    return query.where(
        or_(
            Invitation.revoked_at.is_not(None),
            Invitation.uses >= Invitation.max_uses,
            Invitation.expires_at <= clock.now(),
        )
    )
