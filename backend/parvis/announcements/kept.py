"""What is kept of an announcement while it is written."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from parvis.audiences.rules import Rule
from parvis.files.shown import FILES, IMAGES, Files, Images
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Flag, In, Line, Prose
from parvis.posts.models import AnnouncedTo
from parvis.posts.schemas.announced import Facts
from parvis.posts.schemas.posts import MOST_PLACES

MOST_EXCLUDED = 20
Ids = Annotated[list[UUID], Field(max_length=MOST_PLACES)]
Excluded = Annotated[list[UUID], Field(max_length=MOST_EXCLUDED)]
TO = "All of the organisation, on the square; an audience; or communities that you run."
EXCLUDED = "Announcements: who was told one of them is not told this one."
ESSENTIAL = "Told also to those who were told much this week. Entered in the audit log."
FROZEN = "In place of a rule: an audience that was saved and frozen, with those who are in it."


class KeptDraft(In):
    """An announcement that is being written: anything may be missing."""

    title: Annotated[Line, StringConstraints(max_length=200)] = ""
    body: Annotated[Prose, StringConstraints(max_length=20_000)] = ""
    language: Language = "fr"
    images: Images = Field(default_factory=list, description=IMAGES)
    files: Files = Field(default_factory=list, description=FILES)
    facts: Facts = Field(default_factory=list)
    to: AnnouncedTo = Field("square", description=TO)
    rule: Rule | None = None
    audience_id: UUID | None = Field(None, description=FROZEN)
    places: Ids = Field(default_factory=list)
    excluded: Excluded = Field(default_factory=list, description=EXCLUDED)
    essential: Flag = Field(False, description=ESSENTIAL)
    asks: Flag = False
    by_mail: Flag = False
    closes_at: AwareDatetime | None = None
    send_at: AwareDatetime | None = Field(None, description="When it is to be sent by itself; it is whole then.")
