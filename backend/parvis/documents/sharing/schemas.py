"""Links that share, and what they lead to, over HTTP."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from parvis.accounts.schemas.fields import GivenPassword
from parvis.documents.models import Folder, Group
from parvis.documents.queries.documents import SeenDocument
from parvis.documents.schemas.folders import person
from parvis.kernel.schemas import Flag, In, Instant, Out
from parvis.profiles.schemas.people import PersonRef

from .models import ShareLink
from .queries import SeenLink, Shared

PAGE = "/shared"


class ShareLinkDraft(In):
    """A link to be made."""

    expires_at: AwareDatetime = Field(description="Within a year.")
    password: GivenPassword | None = Field(None, description="Asked of who opens it: 12 characters at least.")
    max_uses: Annotated[int, Field(ge=1, le=10_000, strict=True)] | None = Field(
        None, description="How often it can be opened; null: as often as one likes."
    )
    allows_download: Flag = Field(False, description="Whether files can be downloaded; else only pages are seen.")


class ShareUnlocking(In):
    """Who opens a link says its password, where it has one."""

    password: Annotated[str, StringConstraints(strip_whitespace=False, max_length=1024)] = ""


class ShareLinkOut(Out):
    """A link, to those who manage what it leads to. It works while its maker does so too."""

    id: UUID
    created_by: PersonRef | None
    created_at: Instant
    expires_at: Instant
    uses: int = Field(description="How often it was opened.")
    max_uses: int | None
    asks_password: bool
    allows_download: bool

    @classmethod
    def of(cls, seen: SeenLink) -> Self:
        return cls(**_told(seen))


class NewShareLinkOut(ShareLinkOut):
    link: str = Field(description="A path of this site, with the secret after `#`. Shown this once.")

    @classmethod
    def made(cls, seen: SeenLink, token: str) -> Self:
        return cls(**_told(seen), link=f"{PAGE}#{token}")


class SharedDocumentOut(Out):
    """A document that is shared, to who holds the link."""

    id: UUID
    kind: Literal["file", "page"]
    name: str
    media_type: str
    group: Group
    size: int
    changed_at: Instant
    pages: int = Field(description="How many of its pages can be seen.")

    @classmethod
    def of(cls, seen: SeenDocument) -> Self:
        document = seen.document
        return cls(
            id=document.id,
            kind="page" if document.kind == "page" else "file",
            name=document.name,
            media_type=document.media_type,
            group=document.group,
            size=document.size,
            changed_at=document.changed_at,
            pages=seen.look.drawn if seen.look else 0,
        )


class SharedPageOut(Out):
    """A page that is shared, as it is now."""

    html: str = Field(
        description="Safe to be put in another page: no scripts, no styles, links that lead to pages alone."
    )


class SharedFolderOut(Out):
    """A folder in what is shared."""

    id: UUID
    name: str
    changed_at: Instant

    @classmethod
    def of(cls, folder: Folder) -> Self:
        return cls(id=folder.id, name=folder.name, changed_at=folder.changed_at)


class SharedByLinkOut(Out):
    """What a link leads to. Before a link that asks for a password was opened, not what that is called."""

    kind: Literal["document", "folder"]
    asks_password: bool
    opened: bool = Field(description="Whether the ticket is good: else it is to be opened first.")
    allows_download: bool
    expires_at: Instant
    name: str | None
    folder_id: UUID | None = Field(description="Of a folder.")
    document: SharedDocumentOut | None = Field(description="Of a document.")

    @classmethod
    def of(cls, shared: Shared, *, opened: bool) -> Self:
        link, seen = shared.link, shared.seen
        is_told = opened or link.password_hash is None
        document = seen if isinstance(seen, SeenDocument) else None
        folder_id = None if isinstance(seen, SeenDocument) else seen.folder.id
        return cls(
            kind="folder" if document is None else "document",
            asks_password=link.password_hash is not None,
            opened=opened,
            allows_download=link.allows_download,
            expires_at=link.expires_at,
            name=_name(shared) if is_told else None,
            folder_id=folder_id if is_told else None,
            document=SharedDocumentOut.of(document) if document and is_told else None,
        )


class ShareTicketOut(Out):
    """What is shown with each request from then on, for a time."""

    ticket: str
    expires_at: Instant


def _name(shared: Shared) -> str:
    return shared.seen.document.name if isinstance(shared.seen, SeenDocument) else shared.seen.name


def _told(seen: SeenLink) -> dict[str, object]:
    link: ShareLink = seen.link
    return {
        "id": link.id,
        "created_by": person(seen.people, link.created_by),
        "created_at": link.created_at,
        "expires_at": link.expires_at,
        "uses": link.uses,
        "max_uses": link.max_uses,
        "asks_password": link.password_hash is not None,
        "allows_download": link.allows_download,
    }
