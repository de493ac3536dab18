"""Something found, as it is shown."""

from collections.abc import Sequence
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.communities.models import Access
from parvis.communities.schemas.communities import CommunityPicturesOut
from parvis.documents.models import Group
from parvis.engagement.mentions import words_of
from parvis.files.looking.kinds import kind_of
from parvis.files.schemas import url_of
from parvis.kernel.schemas import Instant, Out
from parvis.profiles.schemas.people import PersonRef
from parvis.search.models import Kind
from parvis.search.passages import Marker, Piece, plain
from parvis.search.queries.hits import Hit
from parvis.search.queries.hits import Place as FoundPlace
from parvis.search.queries.hits import Target as FoundTarget

SearchReason = Literal["name", "title", "text", "file_text", "skill", "headline", "affiliation", "approximate"]
MOST_PASSAGES = 2
SKILLS = 3


class PassageOut(Out):
    """A stretch of plain text, and whether it is what was looked for."""

    text: str
    is_match: bool


class SearchPlaceOut(Out):
    """Where something stands."""

    kind: Literal["community", "conversation", "folder", "member_space"]
    id: UUID
    name: str = Field(description="Of a direct conversation: who is talked with. May be empty: a group without name.")

    @classmethod
    def of(cls, place: FoundPlace) -> Self:
        return cls(kind=place.kind, id=place.id, name=place.name)


class SearchTargetOut(Out):
    """By which the way there is known. `number`: of a message, in its conversation; of a reply, in its thread,
    which begins with the message `root_id`, whose own number is `thread_number`."""

    post_id: UUID | None
    document_id: UUID | None = Field(description="Of a comment of a page: that page.")
    thread_id: UUID | None = Field(description="Of a comment of a page: the discussion that it is in.")
    comment_id: UUID | None
    conversation_id: UUID | None
    message_id: UUID | None
    number: int | None
    thread_number: int | None
    root_id: UUID | None
    community_id: UUID | None
    folder_id: UUID | None

    @classmethod
    def of(cls, target: FoundTarget) -> Self:
        return cls.model_validate(target)


class FoundPersonOut(PersonRef):
    """Somebody who was found, as far as he shows himself to you."""

    headline: str | None
    city: str | None
    skills: list[str] = Field(description="The first three.")
    mentoring: bool = Field(description="Whether mentoring is offered.")


class FoundCommunityOut(Out):
    people: int
    access: Access
    summary: str
    pictures: CommunityPicturesOut
    archived: bool
    may_post: bool = Field(description="Whether you may post in it.")


class SearchFolderOut(Out):
    id: UUID
    name: str


class FoundDocumentOut(Out):
    media_type: str
    size: int
    group: Group
    folder: SearchFolderOut | None = Field(description="Where you may read it; null for what stands in a space itself.")
    space: SearchPlaceOut | None


class FoundEventOut(Out):
    starts_at: Instant
    ends_at: Instant


class SearchHitOut(Out):
    """Something found. `title` and `passages` are plain text, and never HTML."""

    kind: Kind
    id: UUID
    title: list[PassageOut] = Field(description="Of a comment: what it is said under. Of a message: nothing.")
    passages: list[list[PassageOut]]
    reason: SearchReason
    at: Instant | None
    place: SearchPlaceOut | None
    author: PersonRef | None = Field(description="Of somebody who was found: himself.")
    person: FoundPersonOut | None
    community: FoundCommunityOut | None
    document: FoundDocumentOut | None
    event: FoundEventOut | None
    target: SearchTargetOut

    @classmethod
    def of(cls, hit: Hit, marker: Marker, *, approximate: bool = False, most: int = MOST_PASSAGES) -> Self:
        title, body = _title(hit), body_of(hit)
        return cls(
            kind=hit.kind,
            id=hit.candidate.subject_id,
            title=passage_of(marker.marked(title)),
            passages=[passage_of(line) for line in _passages(hit, marker, body, most)],
            reason="approximate" if approximate else _reason(hit, marker, title),
            at=hit.candidate.at,
            place=SearchPlaceOut.of(hit.shown.place) if hit.shown.place else None,
            author=PersonRef.of(who) if (who := hit.author or hit.person) else None,
            person=_person(hit),
            community=_community(hit),
            document=_document(hit),
            event=_event(hit),
            target=SearchTargetOut.of(hit.shown.target),
        )


def passage_of(pieces: Sequence[Piece]) -> list[PassageOut]:
    return [PassageOut(text=piece.text, is_match=piece.is_match) for piece in pieces]


def _title(hit: Hit) -> str:
    """As it is read: what people write is Markdown."""
    is_name = hit.candidate.kind in ("document", "person") or hit.shown.target.document_id is not None
    return hit.title if is_name else plain(words_of(hit.title))


def body_of(hit: Hit) -> str:
    document = hit.shown.document
    if document is not None:
        return plain(hit.body) if kind_of(document.media_type, document.name) == "markdown" else hit.body
    return hit.body if hit.candidate.kind == "person" else plain(words_of(hit.body))


def _passages(hit: Hit, marker: Marker, body: str, most: int) -> list[list[Piece]]:
    """Of people, the lines of what they show that were found, and nothing else."""
    if hit.kind != "person":
        return marker.passages(body, most)
    lines = [line for line in body.splitlines() if line.strip() and marker.finds(line)]
    return [marker.passages(line, 1)[0] for line in lines[:most]]


def _reason(hit: Hit, marker: Marker, title: str) -> SearchReason:
    if hit.kind == "person":
        return _reason_of_person(hit, marker, title)
    if hit.kind not in ("comment", "message") and marker.finds(title):
        return "name" if hit.kind in ("community", "document", "page") else "title"
    return "file_text" if hit.kind == "document" else "text"


def _reason_of_person(hit: Hit, marker: Marker, title: str) -> SearchReason:
    said = hit.shown.values
    if marker.finds(title):
        return "name"
    if marker.finds(said.get("headline") or ""):
        return "headline"
    if hit.person is not None and hit.person.affiliation and marker.finds(hit.person.affiliation):
        return "affiliation"
    return "skill" if marker.finds(" ".join(said.get("skills") or ())) else "text"


def _person(hit: Hit) -> FoundPersonOut | None:
    if hit.person is None:
        return None
    said, ref = hit.shown.values, PersonRef.of(hit.person)
    return FoundPersonOut(
        **dict(ref),
        headline=said.get("headline") or None,
        city=(said.get("place") or {}).get("city") or None,
        skills=list(said.get("skills") or ())[:SKILLS],
        mentoring=bool(said.get("mentoring")),
    )


def _community(hit: Hit) -> FoundCommunityOut | None:
    found = hit.shown.community
    if found is None:
        return None
    pictures = {which: found.pictures.get(which) for which in ("cover", "tile")}
    return FoundCommunityOut(
        people=hit.shown.people,
        access=found.access,
        summary=found.summary,
        pictures=CommunityPicturesOut(**{which: url_of(UUID(id_)) if id_ else None for which, id_ in pictures.items()}),
        archived=found.archived_at is not None,
        may_post=hit.shown.may_post,
    )


def _document(hit: Hit) -> FoundDocumentOut | None:
    found = hit.shown.document
    if found is None:
        return None
    return FoundDocumentOut(
        media_type=found.media_type,
        size=found.size,
        group=found.group,
        folder=SearchFolderOut(id=folder.id, name=folder.name) if (folder := hit.shown.folder) else None,
        space=SearchPlaceOut.of(hit.shown.space) if hit.shown.space else None,
    )


def _event(hit: Hit) -> FoundEventOut | None:
    if hit.shown.starts_at is None or hit.shown.ends_at is None:
        return None
    return FoundEventOut(starts_at=hit.shown.starts_at, ends_at=hit.shown.ends_at)
