"""Pages over HTTP."""

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.documents.schemas.documents import DocumentOut
from parvis.documents.schemas.folders import ItemName
from parvis.kernel.schemas import In, Line, Out
from parvis.kernel.web import API
from parvis.profiles.schemas.people import PersonRef

from .policy import PageLevel, abilities
from .queries import SeenPage
from .templates import TEMPLATES, Template
from .tree import Node

Title = Annotated[Line, StringConstraints(max_length=200)]


class PageDraft(In):
    """A new page."""

    name: ItemName = Field(description="Where it is taken, a number is added.")
    template: Template = "empty"


class PageTemplateOut(Out):
    """What a page may begin with."""

    key: Template
    name: str
    summary: str

    @classmethod
    def all_in(cls, language: str) -> list[Self]:
        return [
            cls(key=key, name=model.name[language], summary=model.summary[language]) for key, model in TEMPLATES.items()
        ]


class PageTemplatesOut(Out):
    items: list[PageTemplateOut]


class WrittenPageOut(Out):
    """A page, as you see it now."""

    document: DocumentOut
    content: dict[str, Any] = Field(description="Its tree: nodes with `type`, `attrs`, `content`, `marks`, `text`.")
    text_length: int = Field(description="Letters.")
    people: int = Field(description="How many wrote in it.")
    contributors: list[PersonRef] = Field(description="The last twenty of them whom you may find.")
    seq: int = Field(description="The last that was written.")
    state_url: str = Field(description="Where it is read as a Yjs update.")
    abilities: list[PageLevel]

    @classmethod
    def of(cls, found: SeenPage, content: Node, text: str, actor: Actor) -> Self:
        return cls(
            document=DocumentOut.of(found.document, actor),
            content=content,
            text_length=len(text),
            people=found.people,
            contributors=[PersonRef.of(one) for one in found.writers],
            seq=found.written.seq,
            state_url=f"{API}/pages/{found.document.seen.document.id}/state",
            abilities=abilities(actor, found.level),
        )
