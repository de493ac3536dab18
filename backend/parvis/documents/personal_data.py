"""What documents hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from parvis.files.looking.models import Look
from parvis.files.models import File
from parvis.files.personal_data import FOUND, GIVEN
from parvis.files.places import IN_A_PLACE
from parvis.kernel.personal_data import OF_OTHERS, ErasedBy, Holding, Part, Untied

from .models import Document, DocumentVersion, Folder, FolderAct, FollowedFolder, Grant, Guard
from .service.forgetting import forget_space
from .sharing.models import ShareLink


def _in_own_space(member_id: UUID) -> Select[UUID]:
    space = aliased(Folder)
    query = select(Document.id).join(Folder, Folder.id == Document.folder_id)
    return query.join(space, space.id == Folder.space_id).where(space.member_id == member_id)


def _sent_by_others(member_id: UUID) -> ColumnElement[bool]:
    is_inside = File.claimed_id.in_(_in_own_space(member_id))
    return and_(File.account_id == IN_A_PLACE, is_inside, File.owner_id.is_distinct_from(member_id))


def _found_in_own_space(member_id: UUID) -> ColumnElement[bool]:
    inside = DocumentVersion.document_id.in_(_in_own_space(member_id))
    return Look.file_id.in_(select(DocumentVersion.file_id).where(inside))


PARTS: Sequence[Part] = (
    Part(
        "documents",
        {"fr": "Vos dossiers et vos documents", "en": "Your folders and documents"},
        [
            Holding(Guard.member_id, [Guard.id, Guard.inherits]),
            Holding(Folder.member_id, [Folder.id, Folder.used, Folder.created_at], ErasedBy(forget_space)),
            Holding(File.claimed_id, GIVEN, ErasedBy(forget_space), where=_sent_by_others, name="documents_of_others"),
            Holding(Look.file_id, FOUND, ErasedBy(forget_space), where=_found_in_own_space, name="found_in_documents"),
            Holding(Grant.member_id, [Grant.guard_id, Grant.level, Grant.granted_at]),
            Holding(
                ShareLink.created_by,
                [
                    *(ShareLink.id, ShareLink.folder_id, ShareLink.document_id, ShareLink.max_uses, ShareLink.uses),
                    *(ShareLink.allows_download, ShareLink.created_at, ShareLink.expires_at),
                ],
            ),
            Holding(FollowedFolder.member_id, [FollowedFolder.folder_id, FollowedFolder.since]),
            Holding(
                FolderAct.by,
                [FolderAct.folder_id, FolderAct.document_id, FolderAct.inner_id, FolderAct.what, FolderAct.at],
                Untied(),
            ),
            Holding(Grant.granted_by, OF_OTHERS, Untied()),
            Holding(
                DocumentVersion.created_by,
                [
                    *(DocumentVersion.document_id, DocumentVersion.number, DocumentVersion.file_id),
                    *(DocumentVersion.label, DocumentVersion.size, DocumentVersion.created_at),
                ],
                Untied(),
            ),
            Holding(Document.created_by, [Document.id, Document.name, Document.created_at], Untied()),
            Holding(Document.changed_by, [Document.id, Document.changed_at], Untied(), name="documents_changed"),
            Holding(Document.trashed_by, [Document.id, Document.trashed_at], Untied(), name="documents_trashed"),
            Holding(Document.locked_by, [Document.id, Document.locked_until], Untied(), name="documents_locked"),
            Holding(Folder.created_by, [Folder.id, Folder.name, Folder.created_at], Untied(), name="folders_created"),
            Holding(Folder.trashed_by, [Folder.id, Folder.trashed_at], Untied(), name="folders_trashed"),
        ],
    ),
)
