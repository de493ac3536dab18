"""A community over HTTP."""

import re
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from parvis.accounts.actor import Actor
from parvis.circles.models import Role
from parvis.communities.models import Access, By
from parvis.communities.policy import Ability, MemberAbility, abilities
from parvis.communities.queries import Seen
from parvis.communities.queries.suggestions import Why
from parvis.files.schemas import url_of
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import In, Instant, Line, Out, Prose, refuse_null
from parvis.kernel.text import fold, render_markdown
from parvis.profiles.schemas.people import PersonRef

MOST_TAGS = 12


def _once_each(tags: list[str]) -> list[str]:
    """Each once, whatever its case and accents, as it was written first."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(" ".join(fold(tag).split()), re.sub(r"\s+", " ", tag))
    return list(found.values())


Name = Annotated[Line, StringConstraints(min_length=2, max_length=100)]
Summary = Annotated[Line, StringConstraints(max_length=200)]
Description = Annotated[Prose, StringConstraints(max_length=10_000)]
Charter = Annotated[Prose, StringConstraints(max_length=20_000)]
Tag = Annotated[Line, StringConstraints(min_length=1, max_length=40)]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS), AfterValidator(_once_each)]


class CommunityDraft(In):
    """A new community. `description` and `charter` are Markdown."""

    name: Name
    access: Access
    summary: Summary = ""
    description: Description = ""
    language: Language = "fr"
    tags: Tags = Field(default_factory=list)
    charter: Charter = Field("", description="What members accept on joining; empty: nothing.")
    posting: By = "members"
    commenting: By = "members"
    uploading: By = "members"


class CommunityChange(In):
    """What to change; what is absent stays."""

    name: Name | None = None
    access: Access | None = None
    summary: Summary | None = None
    description: Description | None = None
    language: Language | None = None
    tags: Tags | None = None
    charter: Charter | None = Field(None, description="Members accept what is new of it before they take part again.")
    posting: By | None = None
    commenting: By | None = None
    uploading: By | None = None

    @model_validator(mode="after")
    def _empties_nothing(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self


class CommunityTextDraft(In):
    """A description or a charter that is being written."""

    text: Charter


class CommunityTextOut(Out):
    """How a text would be read."""

    html: str = Field(description="Rendered and sanitised.")


class MixOut(Out):
    """How many of each public, each person once; guests are of none."""

    student: int = 0
    alum: int = 0
    staff: int = 0
    partner: int = 0


class CommunityPicturesOut(Out):
    """What stands for a community's paving; null: its paving does, drawn from its id."""

    cover: str | None = Field(description="Where the wide picture is.")
    tile: str | None = Field(description="Where the square one is.")


class CommunityRef(Out):
    """A community, as what stands in it names it."""

    id: UUID
    name: str


class CommunityCardOut(CommunityRef):
    """A community in a list, as you stand to it."""

    summary: str
    access: Access
    tags: list[str]
    pictures: CommunityPicturesOut
    people: int
    mix: MixOut
    role: Role | None = Field(description="Yours; null when you are not in it.")
    asked: bool = Field(description="Whether your request to join waits.")
    invited: bool
    archived: bool
    active_at: Instant
    abilities: list[Ability]

    @classmethod
    def card(cls, seen: Seen, actor: Actor) -> Self:
        return cls(**_card(seen, actor))


class CommunityOut(CommunityCardOut):
    """A community, whole. `run_by`: its owners and moderators whom you may find."""

    description: str = Field(description="Markdown.")
    description_html: str = Field(description="The description, rendered and sanitised.")
    language: Language
    charter: str = Field(description="Markdown.")
    charter_html: str = Field(description="The charter, rendered and sanitised.")
    charter_version: int
    accepted_charter: int = Field(description="The version that you accepted last; 0: none.")
    posting: By
    commenting: By
    uploading: By
    run_by: list[PersonRef]
    member_since: Instant | None
    created_at: Instant
    version: int = Field(description="Of its `ETag`.")

    @classmethod
    def of(cls, seen: Seen, run_by: list[PersonRef], actor: Actor) -> Self:
        found = seen.community
        return cls(
            **_card(seen, actor),
            description=found.description,
            description_html=render_markdown(found.description),
            language=found.language,
            charter=found.charter,
            charter_html=render_markdown(found.charter),
            charter_version=found.charter_version,
            accepted_charter=seen.standing.accepted_charter,
            posting=found.posting,
            commenting=found.commenting,
            uploading=found.uploading,
            run_by=run_by,
            member_since=seen.since,
            created_at=found.created_at,
            version=found.version,
        )


class JoiningDraft(In):
    """What you accept in joining."""

    charter_version: int = Field(0, ge=0, description="Of the charter that you read; 0 when there is none.")


class RoleDraft(In):
    role: Role


class CommunityMemberOut(Out):
    """Somebody in a community."""

    person: PersonRef
    role: Role
    since: Instant
    until: Instant | None = Field(description="When a guest's stay ends.")
    abilities: list[MemberAbility]


class CommunityPresenceOut(Out):
    """Who of a community is connected now, without those who hide it."""

    online: int = Field(description="How many: where `member_ids` is null, of at most a minute ago.")
    member_ids: list[UUID] | None = Field(description="Who, of those whom you may find; null beyond 200 members.")


class TagCountOut(Out):
    tag: str
    label: str
    communities: int


class CommunitySuggestionOut(Out):
    """A community that may suit you, and why: of those you could come into, six at most."""

    community: CommunityCardOut
    why: Why = Field(
        description="Your contacts are in it; people of your programme are; it has subjects of yours; or it is lively."
    )
    people: int = Field(description="How many of these contacts, or of these people.")
    known: list[PersonRef] = Field(description="Two of these contacts.")
    subjects: list[str] = Field(description="Its tags among your interests and skills.")


class CommunitySuggestionsOut(Out):
    items: list[CommunitySuggestionOut]


class TagCountsOut(Out):
    communities: int = Field(description="How many are found.")
    items: list[TagCountOut]


def _picture(file_id: str | None) -> str | None:
    return url_of(UUID(file_id)) if file_id else None


def _card(seen: Seen, actor: Actor) -> dict[str, object]:
    found = seen.community
    return {
        "id": found.id,
        "name": found.name,
        "summary": found.summary,
        "access": found.access,
        "tags": list(seen.tags),
        "pictures": CommunityPicturesOut(**{which: _picture(found.pictures.get(which)) for which in ("cover", "tile")}),
        "people": seen.people,
        "mix": MixOut(**seen.mix),
        "role": seen.standing.role,
        "asked": seen.request is not None,
        "invited": seen.standing.is_invited,
        "archived": found.archived_at is not None,
        "active_at": found.active_at,
        "abilities": abilities(found, seen.standing) if actor.may_use("communities:write") else [],
    }
