"""Search over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.communities.models import Access
from parvis.communities.schemas.communities import CommunityPicturesOut
from parvis.documents.models import Group
from parvis.engagement.mentions import words_of
from parvis.files.looking.kinds import kind_of
from parvis.files.schemas import url_of
from parvis.kernel.schemas import In, Instant, Line, Out
from parvis.profiles.schemas.people import PersonRef

from .models import Kind
from .passages import Marker, Piece, plain
from .queries.finding import Results
from .queries.hits import Hit
from .queries.hits import Place as FoundPlace
from .queries.hits import Target as FoundTarget
from .queries.previewing import Nearby, Previewed
from .queries.recent import Kept
from .queries.suggesting import Suggested

SearchReason = Literal["name", "title", "text", "file_text", "skill", "headline", "affiliation", "approximate"]
FactKey = Literal[
    "affiliation",
    "headline",
    "city",
    "skills",
    "mentoring",
    "people",
    "access",
    "summary",
    "place",
    "author",
    "said_at",
    "starts_at",
    "ends_at",
    "size",
    "group",
    "changed_at",
    "folder",
]
MOST_PASSAGES = 2
SKILLS = 3
Typed = Annotated[Line, Field(min_length=1, max_length=200)]


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
        title, body = _title(hit), _body(hit)
        return cls(
            kind=hit.kind,
            id=hit.candidate.subject_id,
            title=_passage(marker.marked(title)),
            passages=[_passage(line) for line in _passages(hit, marker, body, most)],
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


class UnderstoodOut(Out):
    """What was understood of what was typed."""

    words: list[str]
    phrases: list[str]
    excluded: list[str]


class KindCountOut(Out):
    kind: Kind
    count: int
    is_limited: bool = Field(description="Whether there may be more.")


class SearchPageOut(Out):
    """A page of what is found. `counts`: of each kind, whatever kinds are asked for."""

    query: UnderstoodOut
    counts: list[KindCountOut]
    is_limited: bool = Field(description="Whether only the 5,000 newest were ranked: a very common word.")
    is_cut: bool = Field(description="Whether more is found than the 300 best, which are all that `sort=match` lists.")
    corrected: str | None = Field(description="What was looked for, when nothing was found as it was typed.")
    items: list[SearchHitOut]
    next: str | None

    @classmethod
    def of(cls, found: Results) -> Self:
        marker = Marker(found.asked.terms)
        return cls(
            query=UnderstoodOut(
                words=list(found.asked.words), phrases=list(found.asked.phrases), excluded=list(found.asked.excluded)
            ),
            counts=[
                KindCountOut(kind=kind, count=count, is_limited=found.is_limited)
                for kind, count in found.counts.items()
            ],
            is_limited=found.is_limited,
            is_cut=found.is_cut,
            corrected=found.corrected,
            items=[SearchHitOut.of(hit, marker, approximate=found.corrected is not None) for hit in found.hits],
            next=found.following,
        )


class SuggestionOut(SearchHitOut):
    """Something whose name begins so. `detail`: a line that tells it from others of its name."""

    detail: str | None


class SuggestionsOut(Out):
    items: list[SuggestionOut]

    @classmethod
    def of(cls, found: Suggested) -> Self:
        marker = Marker(found.terms)
        items = []
        for hit in found.hits:
            out = SearchHitOut.of(hit, marker, approximate=found.is_approximate, most=0)
            items.append(SuggestionOut(**dict(out), detail=_detail(hit)))
        return cls(items=items)


class FoundFactOut(Out):
    """Something worth knowing of what was found. `value`: a text, a number, an instant or a key, as its key says."""

    key: FactKey
    value: str


class FoundNearbyOut(Out):
    """Something beside it, that you may read too."""

    kind: Kind
    id: UUID
    title: str

    @classmethod
    def of(cls, one: Nearby) -> Self:
        return cls(kind=one.kind, id=one.id, title=one.title)


class FoundPreviewOut(SearchHitOut):
    """Something found, with more of what it says, and what is beside it."""

    facts: list[FoundFactOut]
    nearby: list[FoundNearbyOut]

    @classmethod
    def preview(cls, found: Previewed) -> Self:
        marker = Marker(found.asked.terms)
        out = SearchHitOut.of(found.hit, marker, most=0)
        body = _body(found.hit)
        passages = [] if found.hit.kind == "person" else marker.passages(body, 3, 300)
        shown = {**dict(out), "passages": [_passage(line) for line in passages]}
        return cls(**shown, facts=_facts(found.hit), nearby=[FoundNearbyOut.of(one) for one in found.nearby])


class RecentSearchDraft(In):
    """A search to be remembered: a result of it was opened, or Enter pressed."""

    q: Typed
    kinds: Annotated[list[Kind], Field(max_length=8)] = Field(default_factory=list)
    place_id: UUID | None = None


class RecentSearchOut(Out):
    id: UUID
    q: str
    kinds: list[Kind]
    place_id: UUID | None
    place: SearchPlaceOut | None = Field(description="As you may know of it now; null also when you may no longer.")
    at: Instant

    @classmethod
    def of(cls, kept: Kept) -> Self:
        one, place = kept.search, SearchPlaceOut.of(kept.place) if kept.place else None
        return cls(id=one.id, q=one.q, kinds=one.kinds, place_id=one.place_id, place=place, at=one.at)


class RecentSearchesOut(Out):
    items: list[RecentSearchOut]


def _passage(pieces: Sequence[Piece]) -> list[PassageOut]:
    return [PassageOut(text=piece.text, is_match=piece.is_match) for piece in pieces]


def _title(hit: Hit) -> str:
    """As it is read: what people write is Markdown."""
    is_name = hit.candidate.kind in ("document", "person") or hit.shown.target.document_id is not None
    return hit.title if is_name else plain(words_of(hit.title))


def _body(hit: Hit) -> str:
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


def _detail(hit: Hit) -> str | None:
    if hit.person is not None:
        return hit.person.affiliation or hit.shown.values.get("headline")
    if hit.shown.community is not None:
        return hit.shown.community.summary or None
    return hit.shown.place.name if hit.shown.place else None


def _facts(hit: Hit) -> list[FoundFactOut]:
    shown, said = hit.shown, hit.shown.values
    document, community = shown.document, shown.community
    known: dict[FactKey, object] = {
        "affiliation": hit.person.affiliation if hit.person else None,
        "headline": said.get("headline"),
        "city": (said.get("place") or {}).get("city"),
        "skills": ", ".join(list(said.get("skills") or ())[:SKILLS]),
        "mentoring": "open" if said.get("mentoring") else None,
        "people": shown.people if community else None,
        "access": community.access if community else None,
        "summary": community.summary if community else None,
        "place": shown.place.name if shown.place else None,
        "author": hit.author.name if hit.author else None,
        "said_at": _instant(hit) if document is None else None,
        "starts_at": shown.starts_at.isoformat() if shown.starts_at else None,
        "ends_at": shown.ends_at.isoformat() if shown.ends_at else None,
        "size": document.size if document and document.kind == "file" else None,
        "group": document.group if document else None,
        "changed_at": _instant(hit) if document else None,
        "folder": shown.folder.name if shown.folder else None,
    }
    return [FoundFactOut(key=key, value=str(value)) for key, value in known.items() if value not in (None, "")]


def _instant(hit: Hit) -> str | None:
    return hit.candidate.at.isoformat() if hit.candidate.at else None
