"""What moderation holds of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.personal_data import AT_ONCE, ErasedBy, Holding, Part

from .models import Case, Report, Snapshot
from .policy import acted


def _acted_on(member_id: UUID) -> ColumnElement[bool]:
    """What a member is told of: by what is open, or came to nothing, he would learn that he was reported."""
    return (Case.author_id == member_id) & acted()


def _of_acted(member_id: UUID) -> ColumnElement[bool]:
    return Snapshot.case_id.in_(select(Case.id).where(_acted_on(member_id)))


async def _forget_cases(session: AsyncSession, member_id: UUID) -> int:
    """All that are about the member, and what others reported in them: what he said is gone too."""
    found = select(Case.id).where(Case.author_id == member_id).limit(AT_ONCE)
    ids = (await session.scalars(found)).all()
    await session.execute(delete(Case).where(Case.id.in_(ids)))
    return len(ids)


async def _forget_reasons(session: AsyncSession, member_id: UUID) -> int:
    """What the member decided stays; why goes with who wrote it."""
    found = select(Case).where(Case.decided_by == member_id).limit(AT_ONCE)
    cases = (await session.scalars(found)).all()
    for case in cases:
        case.decided_by, case.reason = None, ""
    await session.flush()
    return len(cases)


PARTS: Sequence[Part] = (
    Part(
        "moderation",
        {"fr": "Vos signalements, et les décisions de la modération", "en": "Your reports, and moderators’ decisions"},
        [
            Holding(
                Case.author_id,
                [Case.id, Case.subject_kind, Case.on_content, Case.on_author, Case.reason, Case.decided_at],
                ErasedBy(_forget_cases),
                where=_acted_on,
                name="moderation_decisions",
            ),
            Holding(
                Snapshot.case_id,
                [Snapshot.case_id, Snapshot.title, Snapshot.body, Snapshot.at],
                where=_of_acted,
            ),
            Holding(Report.reporter_id, [Report.case_id, Report.reason, Report.words, Report.at]),
            Holding(
                Case.decided_by,
                [Case.id, Case.on_content, Case.on_author, Case.reason, Case.decided_at],
                ErasedBy(_forget_reasons),
                name="moderation_decided",
            ),
        ],
    ),
)
