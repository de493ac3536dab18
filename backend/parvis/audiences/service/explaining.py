"""Why somebody is in an audience or not: told to who manages people, and entered in the audit log."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_manage_people
from parvis.accounts.queries.people import NOT_YOURS, person_of
from parvis.audiences import queries
from parvis.audiences.queries import Explanation
from parvis.audiences.schemas import ExplanationDraft
from parvis.kernel.audit import audit
from parvis.kernel.errors import require


async def explain(session: AsyncSession, actor: Actor, member_id: UUID, draft: ExplanationDraft) -> Explanation:
    """Raises `Forbidden`, `NotFound` and `Invalid`."""
    require(may_manage_people(actor), NOT_YOURS)
    await person_of(session, member_id)
    await queries.refuse_unknown(session, actor, draft.rule, at="rule")
    explained = await queries.explain(session, actor, member_id, draft.rule)
    asked: list[str] = [criterion.kind for criterion in draft.rule.criteria]
    audit(session, actor.id, "audience.explained", "member", member_id, {"criteria": asked, "inside": explained.inside})
    return explained
