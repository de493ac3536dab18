"""Pages published as articles, over HTTP."""

from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from parvis.accounts.auth import SignedIn
from parvis.documents.queries.spaces import Quotas
from parvis.documents.service.problems import SpaceFull
from parvis.files.service import QuotaExceeded
from parvis.files.shown import ImageDraft
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.i18n import Language
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import In, Instant, Out
from parvis.kernel.web import Reader, Writer, documented
from parvis.posts.schemas.posts import Places, Title

from . import illustrating, service
from .service import NothingToSay, Published, TooLong

router = APIRouter(prefix="/pages/{document_id:uuid}/publications", tags=["documents"])


async def _quotas(parvis: Running) -> Quotas:
    return parvis.part(Quotas)


async def _whose(actor: SignedIn) -> str:
    return str(actor.id)


KnownQuotas = Annotated[Quotas, Depends(_quotas)]
PUBLISHING = [limited("post", "60/hour", network="2400/hour", who=_whose)]


class PublicationDraft(In):
    """A page to be published as an article."""

    places: Places = Field(description="Communities, all of which you may post in.")
    title: Title = Field("", description="Default: the page's name.")
    language: Language = "fr"
    cover: ImageDraft | None = Field(None, description="A picture of yours, made before by `PUT /files/{id}/picture`.")


class PublicationOut(Out):
    """A page as an article: a post that says what a version of the page said."""

    post_id: UUID
    title: str
    number: int = Field(description="Of the version that it says.")
    published_at: Instant
    is_behind: bool = Field(description="Whether something was written in the page since.")
    is_own: bool = Field(description="Whether you posted it, and so may bring it up to date.")

    @classmethod
    def of(cls, found: Published) -> Self:
        publication = found.publication
        return cls(
            post_id=publication.post_id,
            title=found.title,
            number=publication.number,
            published_at=publication.published_at,
            is_behind=found.seq > publication.seq,
            is_own=found.is_own,
        )


class PublicationsOut(Out):
    items: list[PublicationOut]


@router.get("", responses=documented([NotFound]))
async def list_publications(document_id: UUID, actor: SignedIn, read: Reader) -> PublicationsOut:
    """The articles made of a page that you may read, the last first: twenty at most."""
    found = await read(service.published, actor, document_id)
    return PublicationsOut(items=[PublicationOut.of(one) for one in found])


@router.post(
    "",
    status_code=201,
    responses=documented([NotFound, Forbidden, SpaceFull, QuotaExceeded, TooLong, NothingToSay, IdempotencyKeyReused]),
    dependencies=PUBLISHING,
)
async def publish_page(
    document_id: UUID, draft: PublicationDraft, actor: SignedIn, quotas: KnownQuotas, parvis: Running, once: Once
) -> PublicationOut:
    """Publish a page as an article, for those who may write in it. What it says now is kept as a version of that name;
    the post says the same, shows the page's pictures after the cover (ten in all, where you may attach some), and
    refers to the page for those who may read that."""
    room = await parvis.database.read(illustrating.room_in, actor, document_id, draft.places, draft.cover)
    article = await service.write(parvis, actor, document_id, draft.language, room)
    return await once(
        PublicationOut.of,
        service.publish,
        *(actor, quotas, document_id, article, draft.places, draft.title, draft.language),
    )


@router.put(
    "/{post_id:uuid}",
    responses=documented([NotFound, Forbidden, SpaceFull, QuotaExceeded, TooLong, NothingToSay]),
    dependencies=PUBLISHING,
)
async def renew_publication(
    document_id: UUID, post_id: UUID, actor: SignedIn, quotas: KnownQuotas, parvis: Running, write: Writer
) -> PublicationOut:
    """Have an article of yours say and show what the page does now. What it said before stays to be read."""
    room = await parvis.database.read(illustrating.room_of, actor, document_id, post_id)
    article = await service.write(parvis, actor, document_id, actor.language or "fr", room)
    return PublicationOut.of(await write(service.renew, actor, quotas, document_id, post_id, article))
