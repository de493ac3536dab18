"""Rights over HTTP: what is granted to whom, and who reads something by that."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from parvis.communities.schemas.communities import CommunityRef
from parvis.documents.models import Level
from parvis.documents.policy import name_of
from parvis.documents.queries.rights import FEW, Readers, Rights, SeenGrant
from parvis.kernel.schemas import Flag, In, Instant, Out
from parvis.profiles.schemas.people import PersonRef

from .folders import FolderRef

MOST_GRANTS = 100


class GrantDraft(In):
    """A level for one of these: a member, all of a community, all of an audience that was saved."""

    level: Level
    member_id: UUID | None = None
    community_id: UUID | None = None
    audience_id: UUID | None = None

    @model_validator(mode="after")
    def _to_one(self) -> Self:
        if sum(one is not None for one in (self.member_id, self.community_id, self.audience_id)) != 1:
            raise PydanticCustomError("one_subject", "a grant is to a member, a community or an audience")
        return self

    @property
    def to(self) -> UUID:
        found = self.member_id or self.community_id or self.audience_id
        assert found is not None
        return found


class RightsDraft(In):
    """Rights as they are to be. Inheriting, and nothing granted: it has no rights of its own."""

    inherits: Flag = Field(True, description="Whether the rights of what it stands in count too. Of a space: never.")
    grants: Annotated[list[GrantDraft], Field(max_length=MOST_GRANTS)]

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        if len({one.to for one in self.grants}) < len(self.grants):
            raise PydanticCustomError("twice", "each has one level")
        return self


class AudienceRef(Out):
    id: UUID
    name: str


class GrantOut(Out):
    """What is granted, and to whom. Who may not know what it is to is told its id alone."""

    level: Level
    member_id: UUID | None
    member: PersonRef | None
    community_id: UUID | None
    community: CommunityRef | None
    audience_id: UUID | None
    audience: AudienceRef | None
    people: int | None = Field(
        description="How many a community or an audience has; of an audience null: fewer than 5."
    )
    source: FolderRef | None = Field(description="Of an inherited one: where it was made.")
    granted_at: Instant

    @classmethod
    def of(cls, seen: SeenGrant, *, is_own: bool) -> Self:
        grant = seen.grant
        is_few = grant.audience_id is not None and (seen.people or 0) < FEW
        return cls(
            level=name_of(grant.level),
            member_id=grant.member_id,
            member=PersonRef.of(seen.person) if seen.person else None,
            community_id=grant.community_id,
            community=CommunityRef(id=seen.community.id, name=seen.community.name) if seen.community else None,
            audience_id=grant.audience_id,
            audience=AudienceRef(id=seen.audience.id, name=seen.audience.name) if seen.audience else None,
            people=None if is_few else seen.people,
            source=FolderRef.of(seen.source) if seen.source and not is_own else None,
            granted_at=grant.granted_at,
        )


class RightsOut(Out):
    """The rights of something. Beside them, who runs a community manages all that is in its space."""

    inherits: bool
    grants: list[GrantOut] = Field(description="Its own.")
    inherited: list[GrantOut] = Field(description="Those of what it stands in, as far as they count.")
    version: int = Field(description="Of the `ETag` of its rights; 0 while it has none of its own.")

    @classmethod
    def of(cls, found: Rights) -> Self:
        return cls(
            inherits=found.inherits,
            grants=[GrantOut.of(one, is_own=True) for one in found.own],
            inherited=[GrantOut.of(one, is_own=False) for one in found.inherited],
            version=found.version,
        )


class ReadingGroupOut(Out):
    """Many who read something together."""

    kind: Literal["organisation", "community", "audience"]
    community: CommunityRef | None
    audience: AudienceRef | None
    level: Level
    people: int | None = Field(description="Null for the organisation, and for fewer than 5 of an audience.")


class ReaderOut(Out):
    person: PersonRef
    level: Level


class DocumentReadersOut(Out):
    """Who can see something, as far as you may know."""

    people: int | None = Field(description="How many, each once; null: the whole organisation.")
    groups: list[ReadingGroupOut]
    items: list[ReaderOut] = Field(description="A page of those who may by themselves.")
    next: str | None

    @classmethod
    def of(cls, found: Readers, following: str | None) -> Self:
        groups = [_group(one) for one in found.groups]
        if found.is_open:
            everybody = {"kind": "organisation", "community": None, "audience": None, "level": "read", "people": None}
            groups.insert(0, ReadingGroupOut.model_validate(everybody))
        items = [ReaderOut(person=PersonRef.of(one.person), level=name_of(one.level)) for one in found.members]
        return cls(people=found.people, groups=groups, items=items, next=following)


def _group(seen: SeenGrant) -> ReadingGroupOut:
    said = GrantOut.of(seen, is_own=True)
    return ReadingGroupOut(
        kind="audience" if said.audience_id else "community",
        community=said.community,
        audience=said.audience,
        level=said.level,
        people=said.people,
    )
