"""Spaces and folders over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from parvis.accounts.actor import Actor
from parvis.communities.schemas.communities import CommunityRef
from parvis.documents.models import Level
from parvis.documents.policy import FolderAbility, Public, folder_abilities, name_of
from parvis.documents.queries.folders import Crumb, SeenFolder, SeenSpace, WholeFolder
from parvis.documents.queries.spaces import FoundSpace, Quotas
from parvis.kernel.schemas import In, Instant, Line, Out, refuse_null
from parvis.profiles.queries.people import Named
from parvis.profiles.schemas.people import PersonRef

Access = Literal["own", "inherited"]
ItemName = Annotated[Line, StringConstraints(min_length=1, max_length=200)]


class FolderDraft(In):
    """A new folder."""

    name: ItemName


class FolderChange(In):
    """What to change; what is absent stays."""

    name: ItemName | None = None
    parent_id: UUID | None = Field(None, description="The folder or space to move it into.")

    @model_validator(mode="after")
    def _empties_nothing(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self


class FolderCopyDraft(In):
    """Where to copy a folder to."""

    parent_id: UUID
    name: ItemName | None = Field(None, description="Default: its own, with a number where that is taken.")


class SpaceOut(Out):
    """The space of a community, or yours."""

    folder_id: UUID = Field(description="The folder that is the space.")
    kind: Literal["community", "own"]
    name: str = Field(description="The community’s, or yours.")
    community: CommunityRef | None
    used: int = Field(description="Bytes of all versions in it, with those in its trash.")
    quota: int = Field(description="Bytes that it may have at most.")
    level: Level = Field(description="Yours.")
    archived: bool = Field(description="Its community is: it is only read.")

    @classmethod
    def of(cls, found: FoundSpace, quotas: Quotas) -> Self:
        community = found.community
        return cls(
            folder_id=found.folder.id,
            kind="community" if community else "own",
            name=found.name,
            community=CommunityRef(id=community.id, name=community.name) if community else None,
            used=found.folder.used,
            quota=quotas.community if community else quotas.member,
            level=name_of(found.level),
            archived=community is not None and community.archived_at is not None,
        )


class FolderRef(Out):
    """A folder, as what stands in it names it."""

    id: UUID
    name: str

    @classmethod
    def of(cls, crumb: Crumb) -> Self:
        return cls(id=crumb.id, name=crumb.name)


class SpaceRef(Out):
    """The space in which something stands."""

    folder_id: UUID | None = Field(description="Null when you may not read there: then it has no name either.")
    kind: Literal["community", "own", "other"] = Field(description="`other`: somebody else’s.")
    name: str
    community: CommunityRef | None

    @classmethod
    def of(cls, seen: SeenSpace) -> Self:
        community = CommunityRef(id=seen.community.id, name=seen.community.name) if seen.community else None
        return cls(folder_id=seen.folder_id, kind=seen.kind, name=seen.name, community=community)


class FolderCardOut(Out):
    """A folder in a list, as you see it."""

    id: UUID
    name: str
    kind: Literal["space", "folder"]
    parent_id: UUID | None = Field(description="Null for a space, and where you may not read what it stands in.")
    level: Level = Field(description="What you may do: each with all before it.")
    access: Access = Field(description="Whether it has rights of its own, or those of what it stands in.")
    public: Public = Field(
        description="Who else reads it: the whole organisation, the community, some people, or nobody else."
    )
    folders: int = Field(description="How many in it you may read.")
    documents: int
    created_by: PersonRef | None
    changed_at: Instant
    version: int = Field(description="Of its `ETag`.")
    abilities: list[FolderAbility]

    @classmethod
    def card(cls, seen: SeenFolder, actor: Actor) -> Self:
        return cls(**_card(seen, actor))


class FolderOut(FolderCardOut):
    """A folder, with the way to it as far as you may read it."""

    path: list[FolderRef] = Field(description="From the outermost to what it stands in.")
    space: SpaceRef
    is_followed: bool = Field(description="You are told of what others add in it and below it.")

    @classmethod
    def of(cls, found: WholeFolder, actor: Actor) -> Self:
        return cls(
            **_card(found.seen, actor),
            path=[FolderRef.of(crumb) for crumb in found.path],
            space=SpaceRef.of(found.space),
            is_followed=found.is_followed,
        )


def person(people: Mapping[UUID, Named], member_id: UUID | None) -> PersonRef | None:
    """Of those whom the reader may find."""
    found = people.get(member_id) if member_id else None
    return PersonRef.of(found) if found else None


def _card(seen: SeenFolder, actor: Actor) -> dict[str, object]:
    folder = seen.folder
    is_space = folder.parent_id is None
    may_write = actor.may_use("documents:write")
    return {
        "id": folder.id,
        "name": seen.name,
        "kind": "space" if is_space else "folder",
        "parent_id": folder.parent_id if seen.above else None,
        "level": name_of(seen.behind.level),
        "access": "own" if folder.guard_id == folder.id else "inherited",
        "public": seen.behind.public,
        "folders": seen.folders,
        "documents": seen.documents,
        "created_by": person(seen.people, folder.created_by),
        "changed_at": folder.changed_at,
        "version": folder.version,
        "abilities": folder_abilities(seen.behind.level, seen.above, is_space=is_space) if may_write else [],
    }
