"""Which mails one gets, over HTTP."""

from collections.abc import Mapping
from typing import Literal, Self, cast

from pydantic import Field, model_validator

from parvis.kernel.etag import etag_of
from parvis.kernel.schemas import Flag, In, Out, refuse_null
from parvis.profiles.ties.models import MailKind
from parvis.profiles.ties.queries import MailChoices


class MailsOut(Out):
    """Which mails you get, of those that you can do without."""

    contact_requests: bool = Field(description="When somebody asks to be in contact.")
    mentoring: bool = Field(description="When somebody asks you for mentoring, or answers you.")
    community_invitations: bool = Field(description="When somebody invites you to a community.")
    announcements: bool = Field(description="When the organisation announces something to you, where it writes mails.")
    abilities: list[Literal["change"]]

    @classmethod
    def of(cls, chosen: MailChoices) -> Self:
        return cls.model_validate({**chosen, "abilities": ["change"]})


class MailsChange(In):
    """What is absent stays."""

    contact_requests: Flag | None = None
    mentoring: Flag | None = None
    community_invitations: Flag | None = None
    announcements: Flag | None = None

    @model_validator(mode="after")
    def _nothing_is_null(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self

    def wanted(self) -> Mapping[MailKind, bool]:
        return cast("Mapping[MailKind, bool]", self.model_dump(exclude_unset=True))


def etag_of_mails(chosen: MailChoices) -> str:
    return etag_of(repr(sorted(chosen.items())).encode())
