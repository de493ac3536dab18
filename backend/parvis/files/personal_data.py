"""What files hold of members. A copy of one's data has their bytes too."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.personal_data import COPY, OF_OTHERS, ErasedBy, Holding, Part, Untied

from .looking.models import Look
from .models import File, Picture
from .service import remove_some
from .uploads.models import Upload, UploadPart

GIVEN = (File.id, File.name, File.media_type, File.size, File.sha256, File.created_at)


def made_of(kind: str, name: str) -> Holding:
    """Files of the organisation's own that a feature made of a member: claimed as `kind`, for the member's id."""

    def of(member_id: UUID) -> ColumnElement[bool]:
        return and_(File.claimed_kind == kind, File.claimed_id == member_id)

    async def erase(session: AsyncSession, member_id: UUID) -> int:
        return await remove_some(session, of(member_id))

    return Holding(File.claimed_id, GIVEN, ErasedBy(erase), where=of, name=name)


async def _erase(session: AsyncSession, member_id: UUID) -> int:
    return await remove_some(session, File.account_id == member_id)


def _sent_by_others(member_id: UUID) -> ColumnElement[bool]:
    return and_(File.account_id == member_id, File.owner_id.is_distinct_from(member_id))


def _of_own_files(member_id: UUID) -> ColumnElement[bool]:
    return Picture.large_id.in_(select(File.id).where(File.owner_id == member_id))


def _found_in_files_that_count_for(member_id: UUID) -> ColumnElement[bool]:
    return Look.file_id.in_(select(File.id).where(File.account_id == member_id))


FOUND = (Look.file_id, Look.kind, Look.page_count, Look.has_position, Look.looked_at)
"""Of what was found inside a file. The words are in the file itself."""


def _begun_by_others(member_id: UUID) -> ColumnElement[bool]:
    return and_(Upload.account_id == member_id, Upload.owner_id != member_id)


def _of_own_uploads(member_id: UUID) -> ColumnElement[bool]:
    return UploadPart.upload_id.in_(select(Upload.id).where(Upload.owner_id == member_id))


PARTS: Sequence[Part] = (
    Part(
        "files",
        {"fr": "Vos fichiers", "en": "Your files"},
        [
            # What he put where it counts for others stays theirs, and no longer says whose it was.
            Holding(File.owner_id, GIVEN, Untied()),
            Holding(File.account_id, GIVEN, ErasedBy(_erase), where=_sent_by_others, name="files_of_others"),
            Holding(Upload.owner_id, [Upload.id, Upload.name, Upload.size, Upload.offset, Upload.created_at]),
            Holding(Upload.account_id, OF_OTHERS, where=_begun_by_others),
            Holding(UploadPart.upload_id, COPY, where=_of_own_uploads),
            Holding(Picture.large_id, [Picture.id, Picture.width, Picture.height], where=_of_own_files),
            Holding(Look.file_id, FOUND, where=_found_in_files_that_count_for),
        ],
    ),
)
