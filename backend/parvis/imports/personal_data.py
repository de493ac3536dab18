"""What imports hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from parvis.accounts.models import Address, Member
from parvis.kernel.personal_data import COPY, Holding, Part, Untied

from .models import Import, ImportedLine, ImportFinding, InstitutionRecord


def _told_of(member_id: UUID) -> ColumnElement[bool]:
    """Findings of a member, those too that were written before he was one."""
    identifier = select(Member.identifier).where(Member.id == member_id).scalar_subquery()
    return or_(ImportFinding.member_id == member_id, ImportFinding.identifier == identifier)


def _lines_of(member_id: UUID) -> ColumnElement[bool]:
    identifier = select(Member.identifier).where(Member.id == member_id).scalar_subquery()
    emails = select(Address.email).where(Address.member_id == member_id)
    return or_(ImportedLine.identifier == identifier, ImportedLine.email.in_(emails))


PARTS: Sequence[Part] = (
    Part(
        "institution",
        {"fr": "Ce que l’établissement dit de vous", "en": "What the institution says of you"},
        [
            Holding(
                InstitutionRecord.member_id,
                [InstitutionRecord.name, InstitutionRecord.email, InstitutionRecord.personal_email],
            ),
            Holding(
                ImportFinding.member_id,
                [ImportFinding.kind, ImportFinding.line, ImportFinding.code],
                where=_told_of,
            ),
            Holding(ImportedLine.identifier, COPY, where=_lines_of),
        ],
    ),
    Part(
        "imports",
        {"fr": "Les imports que vous avez faits", "en": "The imports that you made"},
        [
            Holding(Import.created_by, [Import.file_name, Import.created_at, Import.state], Untied()),
            Holding(
                Import.applied_by, [Import.file_name, Import.created_at, Import.state], Untied(), name="imports_applied"
            ),
        ],
    ),
)
