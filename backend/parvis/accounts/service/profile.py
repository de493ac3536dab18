"""What members change of themselves."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberUpdated
from parvis.accounts.models import Member
from parvis.accounts.names import sort_name
from parvis.accounts.queries.profile import me
from parvis.accounts.schemas.profile import MeChange
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import invalid
from parvis.kernel.events import record

from .members import locked_member


async def change(
    session: AsyncSession, actor: Actor, draft: MeChange, unchanged: Callable[[int], None]
) -> tuple[Member, str | None]:
    """Raises `PreconditionFailed`, and `Invalid` for a public that is not the member's."""
    member = await locked_member(session, actor.member_id)
    unchanged(member.version)
    if draft.shown_public is not None and draft.shown_public not in actor.publics:
        raise invalid("shown_public", "not_yours", "Ce n’est pas l’un de vos publics.", "This is not one of yours.")
    wanted = draft.model_dump(exclude_unset=True, exclude={"onboarded"})
    changed = sorted(field for field, value in wanted.items() if getattr(member, field) != value)
    for field in changed:
        setattr(member, field, wanted[field])
    member.sort_name = sort_name(member.name)
    if draft.onboarded and member.onboarded_at is None:
        member.onboarded_at = clock.now()
        changed.append("onboarded")
    if changed:
        member.version += 1
        record(session, MemberUpdated(member_id=member.id), actor_id=actor.id)
        audit(session, actor.id, "member.changed", "member", member.id, {"fields": changed})
    await session.flush()
    return await me(session, actor)
