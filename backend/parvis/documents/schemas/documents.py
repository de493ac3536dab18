"""Documents over HTTP."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from parvis.accounts.actor import Actor
from parvis.documents.models import Group, Level
from parvis.documents.policy import DocumentAbility, document_abilities, name_of
from parvis.documents.queries.documents import SeenDocument, SeenLook, WholeDocument
from parvis.files.looking.models import State
from parvis.files.looking.schemas import page_url
from parvis.files.schemas import url_of
from parvis.kernel.schemas import In, Instant, Out, refuse_null
from parvis.profiles.schemas.people import PersonRef

from .folders import Access, FolderRef, ItemName, SpaceRef, person


class DocumentDraft(In):
    """A document made of an upload of yours."""

    file_id: UUID
    name: ItemName | None = Field(None, description="Default: the upload’s.")
    if_exists: Literal["refuse", "version", "rename"] = Field(
        "refuse",
        description="Where the name is taken: 409, a new version of the document that has it, or another name.",
    )


class DocumentChange(In):
    """What to change; what is absent stays."""

    name: ItemName | None = None
    folder_id: UUID | None = Field(None, description="The folder or space to move it into.")

    @model_validator(mode="after")
    def _empties_nothing(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self


class DocumentCopyDraft(In):
    """Where to copy a document to: its current version, as a document of its own."""

    folder_id: UUID
    name: ItemName | None = Field(None, description="Default: its own, with a number where that is taken.")


class DocumentLockOut(Out):
    """Somebody changes it elsewhere: until then nobody else does."""

    by: PersonRef | None
    is_mine: bool
    until: Instant


class DocumentLookOut(Out):
    """What was found inside the current version: see `GET /files/{id}/preview`."""

    state: State
    drawn: int = Field(description="How many of its pages can be shown as pictures.")
    thumbnail_url: str | None = Field(description="Of the first.")
    has_position: bool | None = Field(description="Whether a picture says where it was taken; null: not known.")

    @classmethod
    def of(cls, file_id: UUID, look: SeenLook) -> Self:
        return cls(
            state=look.state,
            drawn=look.drawn,
            thumbnail_url=page_url(file_id, 1, "small") if look.drawn else None,
            has_position=look.has_position,
        )


class DocumentCardOut(Out):
    """A document in a list, as you see it."""

    id: UUID
    kind: Literal["file", "page"]
    name: str
    media_type: str = Field(description="Of the current version, read from its bytes.")
    group: Group = Field(description="What people call such a file.")
    size: int = Field(description="In bytes.")
    number: int = Field(description="Of the current version.")
    folder: FolderRef | None = Field(description="Null when you may not read what it stands in.")
    level: Level = Field(description="What you may do: each with all before it.")
    access: Access = Field(description="Whether it has rights of its own, or those of its folder.")
    created_by: PersonRef | None
    changed_by: PersonRef | None
    created_at: Instant
    changed_at: Instant
    lock: DocumentLockOut | None
    file_id: UUID = Field(description="Of the current version.")
    url: str = Field(description="Where the current version is downloaded.")
    preview: DocumentLookOut | None
    version: int = Field(description="Of its `ETag`.")
    abilities: list[DocumentAbility]

    @classmethod
    def card(cls, seen: SeenDocument, actor: Actor) -> Self:
        return cls(**_card(seen, actor))


class DocumentOut(DocumentCardOut):
    """A document, with the way to it as far as you may read it."""

    path: list[FolderRef]
    space: SpaceRef

    @classmethod
    def of(cls, found: WholeDocument, actor: Actor) -> Self:
        path = [FolderRef.of(crumb) for crumb in found.path]
        return cls(**_card(found.seen, actor), path=path, space=SpaceRef.of(found.space))


def _card(seen: SeenDocument, actor: Actor) -> dict[str, object]:
    document, until = seen.document, seen.locked_until
    is_mine = document.locked_by == actor.id
    held: Literal["nobody", "oneself", "another"] = "another"
    if until is None or is_mine:
        held = "nobody" if until is None else "oneself"
    can = document_abilities(seen.behind.level, seen.above, locked_by=held, is_page=document.kind == "page")
    return {
        "id": document.id,
        "kind": document.kind,
        "name": document.name,
        "media_type": document.media_type,
        "group": document.group,
        "size": document.size,
        "number": document.number,
        "folder": FolderRef.of(seen.folder) if seen.folder else None,
        "level": name_of(seen.behind.level),
        "access": "own" if document.guard_id else "inherited",
        "created_by": person(seen.people, document.created_by),
        "changed_by": person(seen.people, document.changed_by),
        "created_at": document.created_at,
        "changed_at": document.changed_at,
        "lock": DocumentLockOut(by=person(seen.people, document.locked_by), is_mine=is_mine, until=until)
        if until
        else None,
        "file_id": seen.file_id,
        "url": url_of(seen.file_id),
        "preview": DocumentLookOut.of(seen.file_id, seen.look) if seen.look else None,
        "version": document.version,
        "abilities": can if actor.may_use("documents:write") else [],
    }
