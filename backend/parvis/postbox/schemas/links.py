"""Links of mails over HTTP."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints

from parvis.accounts.schemas.fields import Token
from parvis.kernel.schemas import In, Instant, Out
from parvis.postbox.links import Deed
from parvis.postbox.shown import Shown

Choice = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]


class MailLink(In):
    token: Token = Field(description="What stands after `#` in the link, up to the point.")


class MailLinkAnswer(MailLink):
    choices: Annotated[list[Choice], Field(max_length=50)] = Field(
        description="Of those that the link offers, in place of those before; none takes the answer back."
    )


class MailChoiceOut(Out):
    """`yes`, `maybe` or `no`, or an option of a poll with its label."""

    value: str
    label: str
    chosen: bool


class MailLinkOut(Out):
    """What a link of a mail is about, as its member may see it now."""

    deed: Deed
    name: str = Field(description="In whose name it acts.")
    title: str
    words: str
    choices: list[MailChoiceOut]
    multiple: bool = Field(description="Several may be chosen.")
    open: bool = Field(description="It may be answered, or changed.")
    starts_at: Instant | None = Field(description="Of an event.")
    until: Instant | None = Field(description="When it closes.")
    expires_at: Instant = Field(description="When the link ends.")
    path: str = Field(description="Where its member reads all of it, signed in.")

    @classmethod
    def of(cls, shown: Shown) -> Self:
        return cls.model_validate(shown)
