"""Pages over HTTP."""

from collections.abc import Sequence
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.actor import Actor
from parvis.documents.schemas.documents import DocumentOut
from parvis.documents.schemas.folders import ItemName, person
from parvis.documents.schemas.versions import Label
from parvis.kernel.schemas import In, Instant, Out
from parvis.kernel.web import API
from parvis.profiles.schemas.people import PersonRef

from .authorship import WrittenBlock
from .comparing import Change, ComparedBlock
from .models import PagePicture
from .policy import PageLevel, abilities
from .queries import Authors, SeenPage, SeenPageVersion
from .templates import TEMPLATES, Template
from .tree import Node


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


class PageAuthorOut(Out):
    person: PersonRef | None = Field(description="Null: who left, or is not for you to find; all of these together.")
    letters: int

    @classmethod
    def all_of(cls, found: Authors) -> list[Self]:
        return [
            cls(person=PersonRef.of(one) if one else None, letters=letters)
            for one, letters in zip(found.people, found.letters, strict=True)
        ]


class AuthoredRunOut(Out):
    text: str
    author: int | None = Field(description="Which of the authors, from 0.")


class AuthoredBlockOut(Out):
    type: str
    level: int | None = Field(description="Of a heading.")
    runs: list[AuthoredRunOut]


class PageAuthorsOut(Out):
    """Who wrote which words of a page."""

    authors: list[PageAuthorOut] = Field(description="The most first.")
    blocks: list[AuthoredBlockOut]

    @classmethod
    def of(cls, blocks: Sequence[WrittenBlock], found: Authors) -> Self:
        return cls(
            authors=PageAuthorOut.all_of(found),
            blocks=[
                AuthoredBlockOut(
                    type=block.type,
                    level=block.level,
                    runs=[
                        AuthoredRunOut(text=run.text, author=None if run.client is None else found.at[run.client])
                        for run in block.runs
                    ],
                )
                for block in blocks
            ],
        )


class PagePictureDraft(In):
    file_id: UUID = Field(description="An upload of yours, which goes.")


class PagePictureOut(Out):
    """A picture that may stand in a page."""

    id: UUID
    url: str
    width: int
    height: int

    @classmethod
    def of(cls, made: PagePicture) -> Self:
        url = f"{API}/pages/{made.document_id}/pictures/{made.id}"
        return cls(id=made.id, url=url, width=made.width, height=made.height)


class WrittenVersionDraft(In):
    """A version of a page as it is now."""

    label: Label = ""


class WrittenVersionOut(Out):
    """What a page was at some moment."""

    number: int
    label: str
    is_frozen: bool
    is_current: bool = Field(description="The last that was kept: the page may say more by now.")
    created_at: Instant
    created_by: PersonRef | None
    authors: list[PersonRef] = Field(description="Who wrote since the one before, whom you may find.")
    characters: int
    restored_from: int | None

    @classmethod
    def of(cls, found: SeenPageVersion) -> Self:
        version = found.seen.version
        return cls(
            number=version.number,
            label=version.label,
            is_frozen=version.is_frozen,
            is_current=found.seen.is_current,
            created_at=version.created_at,
            created_by=person(found.seen.people, version.created_by),
            authors=[PersonRef.of(one) for one in found.authors],
            characters=found.characters,
            restored_from=version.restored_from,
        )


class WrittenVersionContentOut(Out):
    version: WrittenVersionOut
    content: dict[str, Any] = Field(description="Its tree, as that of a page.")


class ComparedRunOut(Out):
    text: str
    change: Literal["same", "added", "removed"]
    author: int | None = Field(description="Of what came, where it is known: which of the authors, from 0.")


class ComparedBlockOut(Out):
    change: Change
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    runs: list[ComparedRunOut] = Field(description="Its words, those that went and those that came in their place.")


class PageComparisonOut(Out):
    """What changed from a version to another, and who wrote what came."""

    authors: list[PageAuthorOut] = Field(description="The most first; empty where it is not known.")
    blocks: list[ComparedBlockOut]

    @classmethod
    def of(cls, found: Sequence[ComparedBlock], authors: Authors) -> Self:
        blocks = []
        for block in found:
            runs = [
                ComparedRunOut(
                    text=run.text,
                    change=run.change,
                    author=None if run.client is None else authors.at[run.client],
                )
                for run in block.runs
            ]
            blocks.append(ComparedBlockOut(change=block.change, before=block.before, after=block.after, runs=runs))
        return cls(authors=PageAuthorOut.all_of(authors), blocks=blocks)


class RestoredPageOut(Out):
    """A page that says again what a version said."""

    kept_number: int = Field(description="The version that says what it said until now.")
    seq: int
