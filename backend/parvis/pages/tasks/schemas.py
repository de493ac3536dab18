"""Tasks of pages over HTTP."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.communities.schemas.communities import CommunityRef
from parvis.kernel.schemas import Out

from .finding import NO_DAY
from .queries import SeenTask


class PageTaskOut(Out):
    """A task that is yours, in a page."""

    key: str = Field(description="By which it is told from others of its page.")
    text: str
    due: date | None
    document_id: UUID
    page_name: str
    community: CommunityRef | None = Field(description="In whose space the page stands; null in a member’s own.")

    @classmethod
    def of(cls, seen: SeenTask) -> Self:
        task, community = seen.task, seen.community
        return cls(
            key=task.key,
            text=task.text,
            due=None if task.by_day == NO_DAY else date.fromisoformat(task.by_day),
            document_id=task.document_id,
            page_name=seen.page.name,
            community=CommunityRef(id=community.id, name=community.name) if community else None,
        )
