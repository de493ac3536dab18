"""Versions of documents over HTTP."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from parvis.accounts.actor import Actor
from parvis.documents.policy import may_write
from parvis.documents.queries.versions import SeenVersion
from parvis.files.schemas import url_of
from parvis.kernel.schemas import Flag, In, Instant, Line, Out, refuse_null
from parvis.profiles.schemas.people import PersonRef

from .folders import person

LONGEST_LOCK = 480
Label = Annotated[Line, StringConstraints(max_length=200)]
VersionAbility = Literal["change", "restore", "delete"]


class VersionDraft(In):
    """A new version made of an upload of yours."""

    file_id: UUID
    label: Label = ""


class VersionChange(In):
    """What to change; what is absent stays."""

    label: Label | None = None
    frozen: Flag | None = Field(None, description="Whether it is kept whatever happens to others.")

    @model_validator(mode="after")
    def _empties_nothing(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self


class LockDraft(In):
    minutes: Annotated[int, Field(ge=1, le=LONGEST_LOCK, strict=True)]


class DocumentVersionOut(Out):
    """What a document was from some moment on."""

    number: int
    label: str
    frozen: bool
    current: bool
    restored_from: int | None = Field(description="The version whose bytes it has.")
    size: int
    media_type: str
    created_by: PersonRef | None
    created_at: Instant
    file_id: UUID
    url: str
    abilities: list[VersionAbility]

    @classmethod
    def of(cls, seen: SeenVersion, actor: Actor) -> Self:
        version = seen.version
        may = may_write(seen.of.behind.level) and actor.may_use("documents:write")
        return cls(
            number=version.number,
            label=version.label,
            frozen=version.is_frozen,
            current=seen.is_current,
            restored_from=version.restored_from,
            size=version.size,
            media_type=version.media_type,
            created_by=person(seen.people, version.created_by),
            created_at=version.created_at,
            file_id=version.file_id,
            url=url_of(version.file_id),
            abilities=_abilities(seen) if may else [],
        )


def _abilities(seen: SeenVersion) -> list[VersionAbility]:
    if seen.is_current:
        return ["change"]
    return ["change", "restore"] if seen.version.is_frozen else ["change", "restore", "delete"]
