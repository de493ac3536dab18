"""What members change of what they say of themselves."""

from collections.abc import Callable, Sequence

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberUpdated
from parvis.accounts.service.members import locked_member
from parvis.kernel import clock
from parvis.kernel.errors import FieldError, Invalid
from parvis.kernel.events import record
from parvis.profiles.catalogue import INTERESTS, in_order
from parvis.profiles.events import InterestsChosen
from parvis.profiles.models import MemberInterest
from parvis.profiles.queries.interests import interests_of

from .changes import kept_profile, mark_changed


async def choose_interests(
    session: AsyncSession, actor: Actor, wanted: Sequence[str], unchanged: Callable[[Sequence[str]], None]
) -> list[str]:
    """Replaces the member's interests; to have chosen, even none, is to have been welcomed.

    Raises `Invalid` for one that is not offered, and `PreconditionFailed`.
    """
    unknown = [number for number, key in enumerate(wanted) if key not in INTERESTS]
    if unknown:
        raise Invalid(fields=[_not_offered(number) for number in unknown])
    member = await locked_member(session, actor.member_id)
    before = await interests_of(session, actor.member_id)
    unchanged(before)
    if member.onboarded_at is None:
        member.onboarded_at = clock.now()
        record(session, MemberUpdated(member_id=actor.member_id), actor_id=actor.id)
    after = in_order(set(wanted))
    if after == before:
        return after
    gone = set(before) - set(after)
    mine = MemberInterest.member_id == actor.member_id
    await session.execute(delete(MemberInterest).where(mine, MemberInterest.interest.in_(gone)))
    session.add_all(MemberInterest(member_id=actor.member_id, interest=key) for key in after if key not in before)
    record(session, InterestsChosen(member_id=actor.member_id), actor_id=actor.id)
    await mark_changed(session, await kept_profile(session, actor.id))
    return after


def _not_offered(number: int) -> FieldError:
    words = {"fr": "Ce centre d’intérêt n’est pas proposé.", "en": "This interest is not offered."}
    return FieldError(f"interests/{number}", "not_offered", words)
