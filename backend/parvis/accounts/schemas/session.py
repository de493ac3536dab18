"""Who am I, as the browser asks first."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public, Role
from parvis.accounts.names import given_name
from parvis.accounts.policy import Ability
from parvis.accounts.queries.viewer import Step, Viewer
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Out

from .avatar import AvatarOut


class ViewerOut(Out):
    """The member who asks."""

    id: UUID
    name: str
    given_name: str
    public: Public | None = Field(description="The one shown; null for guests.")
    publics: list[Public]
    affiliation: str | None = Field(description="What is studied or done, or where.")
    avatar: AvatarOut | None = Field(description="Your picture; without one, initials.")
    language: Language
    appearance: Literal["system", "light", "dark"]
    roles: list[Role]
    abilities: list[Ability]
    withheld_abilities: list[Ability] = Field(
        description="What you may do besides, once you have proved a second factor in this session."
    )
    next_steps: list[Step] = Field(description="What is left to do to settle in.")

    @classmethod
    def of(cls, actor: Actor, viewer: Viewer) -> Self:
        return cls.model_validate(
            {
                "id": actor.id,
                "name": viewer.name,
                "given_name": given_name(viewer.name),
                "public": actor.shown_public,
                "publics": list(actor.publics),
                "affiliation": viewer.affiliation,
                "avatar": viewer.avatar,
                "language": viewer.language,
                "appearance": viewer.appearance,
                "roles": sorted(actor.roles),
                "abilities": policy.abilities(actor),
                "withheld_abilities": policy.withheld_abilities(actor),
                "next_steps": viewer.next_steps,
            }
        )


class SessionOut(Out):
    """Nobody (`member` null), or who is signed in."""

    csrf_token: str | None = Field(description="In a browser's session: to be sent as `X-CSRF-Token` with every write.")
    member: ViewerOut | None
