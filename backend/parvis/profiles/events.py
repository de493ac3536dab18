"""Facts about what members say of themselves."""

from typing import ClassVar

from parvis.accounts.events import MemberEvent


class InterestsChosen(MemberEvent):
    """A member chose interests anew: fetch `GET /me/interests`."""

    type: ClassVar[str] = "interests.chosen"
