"""What one is told of, and how, over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from parvis.kernel import clock
from parvis.kernel.etag import etag_of
from parvis.kernel.schemas import Flag, In, Instant, Out, refuse_null

from .models import DEFAULTS, Channel, Kind, Rhythm
from .queries import Choices, Chosen, Left

LONGEST_PAUSE = timedelta(days=366)
OF_KIND = (
    "`named`: who names or calls you; `answered`: who answers you; `followed`: what is said in your communities; "
    "`messages`: messages to you; `communities`: your way into them, and whom you let in; `events`: what becomes of "
    "them; `announcements`: what the organisation announces; `documents`: folders, pages and tasks; `contacts`, "
    "`mentoring`: who asks you, and who agreed; `moderation`: what is reported, and decided."
)


def _to_come(until: Any) -> Any:
    if until is not None and not clock.now() < until <= clock.now() + LONGEST_PAUSE:
        raise PydanticCustomError("pause", "a pause ends within a year")
    return until


class KindChange(In):
    """How one kind is told. What is absent stays."""

    here: Flag | None = Field(None, description="Among your notifications, with their number.")
    mail: Rhythm | None = None
    push: Flag | None = Field(None, description="On your devices that allow it.")

    @model_validator(mode="after")
    def _nothing_is_null(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self

    def wanted(self) -> Mapping[Channel, Rhythm]:
        """What is present."""
        found: dict[Channel, Rhythm] = {}
        if self.here is not None:
            found["here"] = "at_once" if self.here else "never"
        if self.mail is not None:
            found["mail"] = self.mail
        if self.push is not None:
            found["push"] = "at_once" if self.push else "never"
        return found


class NotificationChoicesChange(In):
    """What is absent stays."""

    kinds: dict[Kind, KindChange] = Field(default_factory=dict, description=OF_KIND)
    paused_until: Annotated[AwareDatetime | None, AfterValidator(_to_come)] = Field(
        None, description="No mails and no push notifications until then, but for what always comes; null: no pause."
    )

    @model_validator(mode="after")
    def _is_told_so(self) -> Self:
        for kind, change in self.kinds.items():
            if change.wanted().keys() - DEFAULTS[kind].keys():
                raise PydanticCustomError("channel", "this kind is not told by that way")
        return self

    def wanted(self) -> Chosen:
        """Of each kind that is present, what changes."""
        return {kind: change.wanted() for kind, change in self.kinds.items()}


class KindChoicesOut(Out):
    """How one kind is told; null by a way that it is not told by."""

    kind: Kind = Field(description=OF_KIND)
    here: bool | None
    mail: Rhythm
    push: bool | None


class NotificationChoicesOut(Out):
    """What you are told of, and how. Mails about the security of your account, and announcements that are essential,
    always come."""

    kinds: list[KindChoicesOut]
    paused_until: Instant | None
    abilities: list[Literal["change"]]

    @classmethod
    def of(cls, found: Choices, *, may_change: bool) -> Self:
        kinds = [
            KindChoicesOut(kind=kind, here=_flag(by, "here"), mail=by["mail"], push=_flag(by, "push"))
            for kind, by in found.chosen.items()
        ]
        return cls(kinds=kinds, paused_until=found.paused_until, abilities=["change"] if may_change else [])


class UnsubscriptionOut(Out):
    """A list of mails, and whether you have left it. `list`: a kind that is mailed at once, or a digest."""

    list: Kind | Literal["daily", "weekly"]
    left: bool
    kinds: Sequence[Kind] = Field(description="What of it would come no more; none once it is left.")

    @classmethod
    def of(cls, found: Left) -> Self:
        return cls.model_validate({"list": found.list, "left": found.is_left, "kinds": found.kinds})


def etag_of_choices(found: Choices) -> str:
    return etag_of(repr(found).encode())


def _flag(by: Mapping[Channel, Rhythm], channel: Channel) -> bool | None:
    return by[channel] == "at_once" if channel in by else None
