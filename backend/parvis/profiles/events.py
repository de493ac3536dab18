"""Facts about what members say of themselves."""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Event, Told


class InterestsChosen(MemberEvent):
    """A member chose interests anew: fetch `GET /me/interests`."""

    type: ClassVar[str] = "interests.chosen"
    told = Told("interests:read")


class ProfileChanged(Event):
    """A member changed the own profile: fetch `GET /me/profile` anew, and `GET /session`, which shows the picture."""

    type: ClassVar[str] = "profile.changed"
    told = Told("profiles:read", ("kind", "id", "version"))
    kind: Literal["profile"] = "profile"
    id: UUID
    version: int

    def topic(self) -> str:
        return f"member:{self.id}"
